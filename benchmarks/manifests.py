"""``make measure-manifests``: how many workloads of real manifests are at a known cluster, and why the rest isn't.

For each folder: files, objects, workloads (what has the role ``compute``), the share whose cluster is known (its
provider; its region too), the reasons for the rest by kind, kinds that the catalogue doesn't have,
and every failure, for a person to read. A traceback ends the run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import run

FRONT_ENDS = {"kubernetes", "compose"}
"""The front ends whose resources run at, or in, a cluster or a host that somebody has to name."""
SHOWN = 12
"""As many kinds that the catalogue doesn't have are printed of one repository."""

Json = dict[str, Any]


@dataclass(slots=True)
class Measured:
    """What is counted; of one repository, or of all."""

    coverage: Counter[str] = field(default_factory=Counter)
    objects: int = 0
    workloads: int = 0
    provider: int = 0
    region: int = 0
    flows: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Measured) -> None:
        """Count another repository in."""
        for name in ("objects", "workloads", "provider", "region", "flows"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("coverage", "reasons", "unknown_kinds", "failures"):
            ours = getattr(self, name)
            ours.extend(getattr(other, name)) if isinstance(ours, list) else ours.update(
                getattr(other, name)
            )


def facts(folder: Path) -> tuple[Json, float]:
    """What ``sovlint facts`` prints of a folder, and the seconds that it took."""
    begun = time.perf_counter()
    arguments = (
        *run.SOVLINT,
        "facts",
        str(folder),
        "--format",
        "json",
        "--no-config",
        "--lang",
        "en",
    )
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if (
        done.returncode not in (0, 2, 3)
        or "Traceback" in done.stderr
        or "internal error" in done.stderr
    ):
        raise SystemExit(f"{folder}: {done.stderr}")
    return json.loads(done.stdout or "{}"), time.perf_counter() - begun


def measure(found: Json) -> Measured:
    """Counts what ``facts`` printed."""
    counted = Measured(
        coverage=Counter(
            {name: found["coverage"][name] for name in ("files", "failed", "skipped")}
        )
    )
    counted.failures = [
        f"{each['path']}:{each['line']} {each['message']}" for each in found["failures"]
    ]
    resources = [each for each in found["resources"] if each["front_end"] in FRONT_ENDS]
    addresses = {(each["root"], each["variant"], each["address"]) for each in resources}
    counted.objects = len(resources)
    sent_by = [each["from"] for each in found["flows"]]
    counted.flows = sum(
        (each["root"], each["variant"], each["address"]) in addresses for each in sent_by
    )
    for resource in resources:
        roles = {
            each["role"]: each for each in reversed(resource["placements"])
        }  # the first of each
        if None in roles:
            counted.unknown_kinds[resource["type"]] += 1
        if "compute" in roles:
            weigh(roles["compute"], counted)
    return counted


def weigh(placement: Json, counted: Measured) -> None:
    """Count where one workload runs, or the reason why that isn't known."""
    counted.workloads += 1
    for fact in ("provider", "region"):
        if placement[fact] is not None:
            setattr(counted, fact, getattr(counted, fact) + 1)
            continue
        reason = placement["unknown"].get(fact, "no reason given").split(":")[0]
        counted.reasons[
            f"{fact}: {reason}{', one of a few' if fact in placement['among'] else ''}"
        ] += 1


def show(name: str, counted: Measured, seconds: float) -> None:
    """Print what was counted."""
    coverage = counted.coverage
    print(
        f"\n{name}: {coverage['files']} files read, {coverage['failed']} failed, {coverage['skipped']} skipped; "
        f"{counted.objects} objects, {counted.workloads} workloads, {counted.flows} flows; {seconds:.1f} s"
    )
    if counted.workloads:
        for what, count in (("cluster", counted.provider), ("its region", counted.region)):
            print(f"  {what} known of {count} workloads ({count / counted.workloads:.0%})")
    for reason, count in counted.reasons.most_common():
        print(f"    {count:6} {reason}")
    kinds = counted.unknown_kinds
    for kind, count in kinds.most_common(SHOWN):
        print(f"    {count:6} not in the catalogue: {kind}")
    if len(kinds) > SHOWN:
        print(
            f"           and {len(kinds) - SHOWN} more kinds, {kinds.total()} objects in all"
        )
    for failure in counted.failures:
        print(f"    failed: {failure}")


def main(folders: Sequence[str]) -> int:
    """Measure every folder, then all of them together; 2 for bad usage."""
    if not folders:
        print("name folders: make measure-manifests FOLDERS=...", file=sys.stderr)
        return 2
    everything, spent = Measured(), 0.0
    for folder in folders:
        found, seconds = facts(Path(folder).resolve())
        counted = measure(found) if found else Measured()
        counted.failures.sort()
        show(Path(folder).resolve().name, counted, seconds)
        everything.add(counted)
        spent += seconds
    show(f"all {len(folders)}", everything, spent)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
