"""``make measure-clusters``: of real repositories, how many workloads of Kubernetes are at a known cluster, and draws
of them for a person to read.

Workloads are what runs pods, and what installs a chart: a chart itself, a release, an application. For each folder one
row as ``tests/frontends/kubernetes/clusters/where.csv`` has it: workloads, those whose provider is known, those whose
region is; below it the places that were found, and the reasons for the rest. Then as many placements as asked for,
drawn with a fixed seed: those whose provider is known, or all the others where none is; each with the lines that show
it. A traceback ends the run.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import manifests
from manifests import Json

WORKLOADS = {
    "Application.argoproj.io",
    "ApplicationSet.argoproj.io",
    "Chart",
    "CronJob",
    "DaemonSet",
    "Deployment",
    "DeploymentConfig.apps.openshift.io",
    "HelmChart.helm.cattle.io",
    "HelmRelease.helm.toolkit.fluxcd.io",
    "Job",
    "Pod",
    "ReplicaSet",
    "StatefulSet",
}
SEED = 20
DRAWN = 20
SHOWN = 12
"""As many places, or reasons, are printed of one repository."""
STEPS = 6
"""As many steps are printed of what shows a placement."""
WIDTH = 110

Workload = tuple[Json, Json | None]
"""A resource, with where it runs; ``None`` where it has no placement."""


def workloads(found: Json) -> Iterator[Workload]:
    """The workloads of what ``facts`` printed."""
    for resource in found.get("resources", ()):
        if resource["front_end"] != "kubernetes" or resource["type"] not in WORKLOADS:
            continue
        placements = resource["placements"]
        running = [each for each in placements if each["role"] == "compute"]
        yield resource, next(iter(running or placements), None)


def reason(placement: Json | None, fact: str) -> str:
    """Why a fact of a placement isn't known."""
    if placement is None:
        return "no placement"
    among = ", one of a few" if fact in placement["among"] else ""
    return f"{placement['unknown'].get(fact, 'no reason given')}{among}"


def has(workload: Workload, fact: str) -> bool:
    """Whether a fact of where a workload runs is known."""
    placement = workload[1]
    return placement is not None and placement[fact] is not None


def show_counts(name: str, every: Sequence[Workload], seconds: float) -> None:
    """Print the row of a repository, its places, and the reasons for the rest."""
    known = [each for each in every if has(each, "provider")]
    regions = sum(has(each, "region") for each in every)
    print(f"\n{name},{len(every)},{len(known)},{regions}  ({seconds:.1f} s)")
    places = Counter(f"{at['provider']} {at['region']}" for _, at in known if at)
    reasons = Counter(
        f"provider: {reason(each[1], 'provider')}" for each in every if each not in known
    )
    reasons.update(
        f"region: {reason(each[1], 'region')}" for each in known if not has(each, "region")
    )
    for counted in (places, reasons):
        for what, count in counted.most_common(SHOWN):
            print(f"    {count:6} {what}")


def drawn(every: Sequence[Workload], count: int) -> list[Workload]:
    """Workloads to read by hand: of those whose provider is known; of the others, where none is."""
    known = [each for each in every if has(each, "provider")]
    chosen = sorted(known or every, key=_key)
    random.Random(SEED).shuffle(chosen)
    return sorted(chosen[:count], key=_key)


def _key(workload: Workload) -> tuple[str, str, str]:
    resource = workload[0]
    return resource["root"] or "", resource["variant"] or "", resource["address"]


def show_drawn(folder: Path, workload: Workload) -> None:
    """Print one workload, where it is said to run, and the lines that show it."""
    resource, placement = workload
    at = placement or {"provider": None, "region": None, "because": []}
    fields = (resource["root"], resource["variant"], resource["address"], resource["path"])
    print("|".join(str(each or "") for each in (*fields, at["provider"], at["region"])))
    if at["provider"] is None:
        print(f"      {reason(placement, 'provider')}")
    for step in at["because"][:STEPS]:
        line = _line(folder / step["path"], step["line"]) if step["path"] else ""
        print(f"      {step['path']}:{step['line']} {step['note'][:WIDTH]} | {line}")


def _line(path: Path, number: int) -> str:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "?"
    return lines[number - 1].strip()[:WIDTH] if number <= len(lines) else "?"


def main(arguments: Sequence[str]) -> int:
    """Measure every folder; 2 for bad usage."""
    parser = argparse.ArgumentParser(prog="make measure-clusters")
    parser.add_argument("--draw", type=int, default=DRAWN, help="placements of each folder")
    parser.add_argument("folders", nargs="+", type=Path)
    given = parser.parse_args(arguments)
    for folder in given.folders:
        found, seconds = manifests.facts(folder.resolve())
        every = list(workloads(found))
        show_counts(folder.resolve().name, every, seconds)
        for each in drawn(every, given.draw):
            show_drawn(folder, each)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
