"""``make bench``: how long sovlint takes, each run a fresh process. Folders given as arguments are scanned as well."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOVLINT = (sys.executable, "-m", "sovlint")
RUNS = 7

SMALL = """\
provider "aws" {
  region = "eu-west-3"
}

resource "aws_s3_bucket" "claims" {
  bucket = "claims"
  tags   = { data_class = "health" }
}
"""


def timed(arguments: Sequence[str], cwd: Path, runs: int = RUNS) -> tuple[float, float]:
    """The least and the median time of a command in seconds. What it finds doesn't matter."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        done = subprocess.run([*SOVLINT, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - begun)
        if "internal error" in done.stderr:
            raise SystemExit(done.stderr)
    return min(times), statistics.median(times)


def line(what: str, seconds: tuple[float, float], target: float | None) -> str:
    """One line of the table; the target (design, section 8) is compared with the median."""
    least, median = seconds
    goal = "" if target is None else f"  to reach {target:.2f} s: {'yes' if median <= target else 'NO'}"
    return f"{what:<34} {least:6.2f} s  {median:6.2f} s{goal}"


def main(folders: Sequence[str]) -> None:
    """Time everything and print a table."""
    print(f"Python {platform.python_version()}, {platform.machine()}; each {RUNS} times in a fresh process")
    print(f"{'':<34} {'least':>8}  {'median':>8}")
    with tempfile.TemporaryDirectory(prefix="sovlint-bench-") as name:
        folder = Path(name)
        (folder / "main.tf").write_text(SMALL, encoding="utf-8")
        timed(["scan", "main.tf"], folder, runs=1)  # the catalogue is compiled and the modules are cached by now
        print(line("sovlint --version", timed(["--version"], ROOT), 0.15))
        print(line("scan of one small file", timed(["scan", "main.tf"], folder), 0.40))
    for given in ("fixtures/mutuelle", *folders):
        path = (ROOT / given).resolve() if given.startswith("fixtures/") else Path(given).resolve()
        print(line(f"scan of {given[-26:]}", timed(["scan", str(path)], path, runs=3), None))


if __name__ == "__main__":
    main(sys.argv[1:])
