"""Charts below folders, rendered by Helm's own binary and here: how many are equal, and why the rest isn't.

    python benchmarks/helm.py FOLDER... [--helm 3] [--keep FOLDER] [--only TEXT] [--time]

Each chart that lies in no other one is rendered with its default values, and with each ``ci/*-values.yaml`` laid over
them. ``--keep``: a folder for what Helm has printed, so that it isn't asked again. ``--time``: nothing is compared; all
charts are rendered with their defaults, in one process. benchmarks/charts.txt names the charts that were measured.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sovlint.files.discover import discover
from sovlint.files.repository import Repository
from sovlint.frontends.recursion import deepen_stack
from tests import helm_house as house
from tests.helm_binary import binary

SHOWN = 6
"""As many differences of one chart are printed."""


def main(arguments: Sequence[str]) -> int:
    """Prints what became of every chart, and counts; 1 where any differs, 2 for bad usage."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--helm", default="4")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--time", action="store_true")
    given = parser.parse_args(arguments)
    deepen_stack()
    if given.time:
        return timed(given.folders, given.only)
    if binary(given.helm) is None:
        print(
            "Helm's binary isn't here: `python -m tests.helm_binary` gets it", file=sys.stderr
        )
        return 2
    counts: Counter[str] = Counter()
    spent = {"here": 0.0, "there": 0.0}
    for above in given.folders:
        repository = discover((above,))
        for folder in charts(repository, above, given.only):
            outcome, lines = compared(repository, folder, given, spent)
            counts[outcome] += 1
            if outcome != "equal":
                print(f"{outcome}: {folder}", *lines, sep="\n    ", flush=True)
    rendered = counts["equal"] + counts["different"]
    print(f"{sum(counts.values())} charts:", dict(counts.most_common()))
    print(
        f"of {rendered} that Helm renders, {counts['equal'] / max(1, rendered):.2%} are equal"
    )
    print(f"seconds: {spent['here']:.1f} here, {spent['there']:.1f} there")
    return 1 if counts["different"] else 0


def charts(repository: Repository, above: Path, only: str) -> Iterator[str]:
    """The folders of charts that lie in no other chart, and that are no libraries."""
    found = [
        path.rpartition("/")[0]
        for path in repository.paths
        if path.rpartition("/")[2] == "Chart.yaml"
    ]
    known = set(found)
    inside = above.resolve().relative_to(repository.root).as_posix()
    for folder in found:
        parts = folder.split("/")
        outer = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
        if known.intersection(outer) or only not in folder:
            continue
        if inside != "." and not f"{folder}/".startswith(f"{inside}/"):
            continue
        text = (repository.root / folder / "Chart.yaml").read_text("utf-8", "replace")
        if "\ntype: library" not in text:
            yield folder


def timed(folders: Sequence[Path], only: str) -> int:
    """Prints how long all charts take with their default values, and how much memory."""
    start, working = time.monotonic(), time.process_time()
    count = files = 0
    for above in folders:
        repository = discover((above,))
        for folder in charts(repository, above, only):
            count += 1
            try:
                files += len(house.ours(repository, folder).files)
            except Exception as error:  # told, and the next chart is tried
                print(f"crash: {folder}: {type(error).__name__}: {error}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds, worked = time.monotonic() - start, time.process_time() - working
    print(
        f"{count} charts, {files} files: {seconds:.1f} s, of which {worked:.1f} s on a processor; {peak:.0f} MB at most"
    )
    return 0


def compared(
    repository: Repository, folder: str, given: argparse.Namespace, spent: dict[str, float]
) -> tuple[str, list[str]]:
    """What became of one chart with all values that it is tested with."""
    at = repository.root / folder
    refused: list[str] = []
    different: list[str] = []
    rendered = False
    for values in ((), *((path,) for path in sorted(at.glob("ci/*-values.y*ml")))):
        name = values[0].name if values else "defaults"
        start = time.monotonic()
        printed, problem = _real(at, values, given)
        spent["there"] += time.monotonic() - start
        start = time.monotonic()
        try:
            mine = house.ours(repository, folder, values, given.helm)
        except Exception as error:  # told, and the next chart is tried
            mine = house.Ours()
            mine.problems.append(f"crash: {type(error).__name__}: {error}")
        spent["here"] += time.monotonic() - start
        if problem is not None:
            if not mine.problems and house.is_readable(mine):
                refused.append(f"{name}: refused there alone: {problem[:400]}")
            continue
        rendered = True
        lines = house.compared(mine, printed)
        different += [f"{name}: {line}" for line in lines[:SHOWN]]
    if different:
        return "different", different[: SHOWN * 3]
    if rendered:
        return "equal", []
    return ("refused there alone", refused) if refused else ("refused by both", [])


def _real(
    folder: Path, values: tuple[Path, ...], given: argparse.Namespace
) -> tuple[str, str | None]:
    """What Helm printed, or why it didn't; kept where that is wanted."""
    name = "\n".join(map(str, (given.helm, folder, *values)))
    kept = given.keep / hashlib.sha256(name.encode()).hexdigest() if given.keep else None
    if kept is not None and kept.exists():
        first, _, text = kept.read_text("utf-8").partition("\n")
        return (text, None) if first == "rendered" else ("", text)
    try:
        text, problem = house.real(folder, values, given.helm), None
    except (house.Refused, subprocess.TimeoutExpired) as error:
        text, problem = "", str(error)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(
            f"rendered\n{text}" if problem is None else f"refused\n{problem}", "utf-8"
        )
    return text, problem


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
