"""``python -m tests.fuzz``: mutants of the project's own examples, through every reader and every writer."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests import sharing

sharing.share()  # before anything imports its functions
if "atheris" in sys.argv:  # it counts in what is imported from here on
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    atheris.instrument_imports(include=["sovlint"]).__enter__()

from sovlint.frontends.recursion import deepen_stack  # noqa: E402
from tests.fuzz import corpus, runner, smaller  # noqa: E402
from tests.fuzz.cases import KINDS, case, tried  # noqa: E402
from tests.fuzz.engines import ENGINES, Plan  # noqa: E402
from tests.fuzz.seeds import ROOMS, seeds  # noqa: E402
from tests.fuzz.watch import Watch, limit  # noqa: E402


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument(
        "--seed",
        type=int,
        default=None,
        help="the same cases again; by default others each day",
    )
    parser.add_argument("--room", choices=ROOMS, default=None)
    parser.add_argument("--engine", choices=ENGINES, default="dice")
    parser.add_argument("--kind", choices=KINDS, default=None, help="cases of one kind alone")
    parser.add_argument(
        "--out", type=Path, default=Path(".fuzz"), help="where faults are kept"
    )
    parser.add_argument("--case", type=int, default=None, help="one case of a seed, alone")
    parser.add_argument(
        "--again", type=Path, default=None, help="a fault that was kept, alone"
    )
    parser.add_argument(
        "--smaller", action="store_true", help="make the case of --case or --again small"
    )
    return parser.parse_args()


def main() -> int:
    """Try cases for a while, or one."""
    asked = _arguments()
    deepen_stack()
    sharing.catalogue()
    seeds()
    seed = int(time.strftime("%Y%m%d")) if asked.seed is None else asked.seed
    if asked.case is not None or asked.again is not None:
        return _alone(asked, seed)
    plan = Plan(asked.minutes * 60, seed, asked.room, asked.kind, asked.out, asked.engine)
    tally = runner.run(plan)
    for sign, number in tally.signs.most_common():
        print(f"{number:6} {sign}")
    if tally.signs:
        print(
            f"What shows them is in {asked.out}: python -m tests.fuzz --again FILE [--smaller]"
        )
    return 1 if tally.signs else 0


def _alone(asked: argparse.Namespace, seed: int) -> int:
    found = (
        corpus.read(asked.again)
        if asked.again
        else case(seed, asked.case, asked.room, asked.kind)
    )
    if found is None:
        print("No such case can be made.")
        return 0
    watch = Watch()
    limit()
    with tempfile.TemporaryDirectory(prefix="fuzz") as folder:
        place = Path(folder) / "case"
        wrong = tried(found, place, watch)
        if asked.smaller and wrong:
            found = smaller.made_small(found, wrong[0].sign, place, watch)
            wrong = tried(found, place, watch)
    for name, raw in found.files.items():
        print(f"--- {name}\n{raw[:3000].decode('utf-8', 'replace')}")
    print(f"--- {found.kind} of {found.seed}, {found.how}")
    for each in wrong:
        print(f"FAULT {each.sign}\n{each.detail}")
    if asked.smaller and wrong:
        path = corpus.file_of(asked.out, f"small {wrong[0].sign}")
        corpus.keep(path, found, f"{wrong[0].sign}\n{wrong[0].detail}")
        print(f"kept as {path}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
