"""Charts of a small repository, read and placed in a cluster at Scaleway Paris, with the shipped catalogue."""

from __future__ import annotations

from sovlint.frontends.kubernetes import manifests
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.placement import Placed
from sovlint.model.resources.reading import Reading
from sovlint.model.source import Span
from sovlint.model.value import Fact, Known
from sovlint.resolve.resolver import resolve
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog

Files = dict[str, str | bytes | None]

CLUSTER = "scaleway fr-par"
"""What is shown of the cluster that is declared for everything here."""

CHART = "apiVersion: v2\nname: claims\nversion: 1.0.0\n"


def reading(files: Files) -> Reading:
    """What the front end makes of files."""
    clusters = (
        Cluster(lambda path: True, "scaleway", "fr-par", Span("sovlint.yaml", 1, 1, 1, 9)),
    )
    return manifests.read(
        MemoryReader(files), ReadOptions(clusters=clusters), catalog().hints()
    )


def placed(files: Files) -> dict[tuple[str, str | None], Placed]:
    """Everything placed, by address and variant."""
    found = reading(files)
    assert found.failures == ()
    resolved, _ = resolve(found.resources, catalog(), ClassRules(), (), DAY)
    return {(each.resource.address, each.resource.variant): each for each in resolved}


def chart(values: str, own: str = CHART) -> Placed:
    """The chart in ``chart/``, with these values."""
    return placed({"chart/Chart.yaml": own, "chart/values.yaml": values})["helm:claims", None]


def places(each: Placed) -> list[str]:
    """``role provider region`` of each placement; with a question mark where it isn't sure that it is there."""
    return sorted(
        " ".join(map(_short, (place.role, place.provider, place.region)))
        + ("" if _sure(place.sure) else " ?")
        for place in each.placements
    )


def _sure(fact: Fact[bool]) -> bool:
    return isinstance(fact, Known) and fact.value


def _short(fact: Fact[str]) -> str:
    if isinstance(fact, Known):
        return str(fact.value)
    if fact.among:
        return "|".join(sorted(str(member.value) for member in fact.among))
    return f"({fact.reason.value})"
