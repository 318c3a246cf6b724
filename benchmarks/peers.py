"""``make bench-peers``: sovlint and Trivy's evaluator (through tfparse) on the same Terraform roots, in one run.

Folders of whole repositories are given as arguments (``make bench-peers FOLDERS="a b"``); a generated repository comes
first. sovlint reads everything that it finds there and says where it lands; tfparse evaluates the roots that sovlint
found, and no others. Each is a fresh process, the two take turns, and the median counts.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import run

RUNS = 3
WANTED = 4.0
"""How many times as long the other one is to take."""
GENERATED = 100
"""Modules of the generated repository."""

EVALUATE = """
import sys, tfparse
for root in sys.argv[1:]:
    try:
        tfparse.load_from_path(root)
    except tfparse.ParseError:
        pass
"""


def roots_of(facts: str, top: Path) -> list[str]:
    """The folders of the Terraform roots in what ``sovlint facts`` printed."""
    found = {
        each["root"]
        for each in json.loads(facts)["resources"]
        if each["front_end"] == "terraform"
    }
    return [str(top / root) for root in sorted(found)]


def taken(command: Sequence[str], cwd: Path) -> tuple[float, str]:
    """Seconds that a command takes, and what it prints."""
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if done.returncode not in (
        0,
        2,
    ):  # a file that can't be read is none of our business here
        raise SystemExit(f"it broke: {' '.join(command[:4])}\n{done.stderr}")
    return seconds, done.stdout


def git_root(folder: Path) -> Path:
    """The folder that paths are relative to."""
    return next(
        (above for above in (folder, *folder.parents) if (above / ".git").exists()), folder
    )


def compare(folder: Path, name: str) -> tuple[float, float]:
    """Print one line; the median seconds of both."""
    facts = (*run.SOVLINT, "facts", str(folder), "--format", "json", "--no-config")
    roots = roots_of(taken(facts, folder)[1], git_root(folder))
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(taken(facts, folder)[0])
        theirs.append(taken((sys.executable, "-c", EVALUATE, *roots), folder)[0])
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(
        f"{name[-34:]:<34} {len(roots):5}  {mine:7.2f} s  {other:7.2f} s  {other / mine:5.1f}",
        flush=True,
    )
    return mine, other


def main(folders: Sequence[str]) -> None:
    """Time both and print a table, and the ratio over everything."""
    print(f"{'':<34} {'roots':>5}  {'sovlint':>9}  {'tfparse':>9}  ratio")
    with tempfile.TemporaryDirectory(prefix="sovlint-peers-") as name:
        generated = Path(name)
        files = run.generate(generated, GENERATED)
        times = [compare(generated, f"{files} generated files")]
    times += [compare(Path(folder).resolve(), folder) for folder in folders]
    mine, other = (sum(column) for column in zip(*times, strict=True))
    print(f"{'all':<34} {'':5}  {mine:7.2f} s  {other:7.2f} s  {other / mine:5.1f}", end="")
    print(f"  to reach {WANTED:.1f}: {'yes' if other / mine >= WANTED else 'NO'}")


if __name__ == "__main__":
    main(sys.argv[1:])
