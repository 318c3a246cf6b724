"""Kustomizations below folders, built by Kustomize's own binary and here: how many are equal, and why the rest isn't.

    python benchmarks/kustomize.py FOLDER...

Both refuse a broken one. What needs the network (or a program) is refused by the binary, and told here.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import kustomize_house as house
from tests.differences import differences

SHOWN = 5
"""As many differences of one kustomization are printed."""


def main(arguments: list[str]) -> int:
    """Prints what became of every kustomization, and counts; 1 where any differs, 2 for bad usage."""
    if not arguments or house.BINARY is None:
        print("name folders; `kustomize` must be installed", file=sys.stderr)
        return 2
    counts: Counter[str] = Counter()
    spent = {"here": 0.0, "there": 0.0}
    for above in map(Path, arguments):
        for folder in house.folders(above):
            outcome, lines = compared(folder, spent)
            counts[outcome] += 1
            if outcome != "equal":
                print(f"{outcome}: {folder}", *lines, sep="\n    ")
    print(
        f"{sum(counts.values())} kustomizations:",
        ", ".join(f"{name} {count}" for name, count in counts.most_common()),
    )
    print(
        f"seconds: {spent['here']:.1f} here (each with its own listing of the repository), {spent['there']:.1f} there"
    )
    return 1 if counts["different"] or counts["refused here alone"] else 0


def compared(folder: Path, spent: dict[str, float]) -> tuple[str, list[str]]:
    """What became of one kustomization, and why, in lines to print."""
    start = time.monotonic()
    mine, account = house.ours(folder)
    spent["here"] += time.monotonic() - start
    failures = [
        f"{each.path}:{each.line} {each.note.key} {dict(each.note.params)}"
        for each in account.failures
    ]
    remarks = [
        f"{each.path}:{each.line} {each.note.key} {dict(each.note.params)}"
        for each in account.remarks
    ]
    start = time.monotonic()
    try:
        theirs = house.real(folder)
    except (house.Refused, subprocess.TimeoutExpired) as error:
        spent["there"] += time.monotonic() - start
        outcome = (
            "refused by both"
            if failures
            else "unknown here, refused there"
            if remarks
            else "refused there alone"
        )
        return outcome, [str(error)[:300], *failures[:SHOWN], *remarks[:SHOWN]]
    spent["there"] += time.monotonic() - start
    if failures:
        return "refused here alone", failures[:SHOWN]
    found = differences(
        {" ".join(key): each for key, each in mine.items()},
        {" ".join(key): each for key, each in theirs.items()},
    )
    return ("different", [*found[:SHOWN], *remarks[:SHOWN]]) if found else ("equal", [])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
