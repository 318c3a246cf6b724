"""From the text of one manifest to its placements, in a cluster at Scaleway Paris, with the shipped catalogue."""

from __future__ import annotations

from sovlint.frontends.kubernetes import manifests
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.placement import Placed
from sovlint.model.source import Span
from sovlint.model.value import Fact, Known
from sovlint.resolve.resolver import resolve, settle
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog, shown

CLUSTER = "scaleway fr-par"
"""What ``places`` shows of the cluster that is declared for everything here."""


def placed(text: str) -> list[Placed]:
    """All objects of a manifest, placed."""
    clusters = (
        Cluster(lambda path: True, "scaleway", "fr-par", Span("sovlint.yaml", 1, 1, 1, 9)),
    )
    reading = manifests.read(
        MemoryReader({"a.yaml": text}), ReadOptions(clusters=clusters), catalog().hints()
    )
    assert reading.failures == ()
    resources, _ = settle(reading, catalog(), DAY)
    return list(resolve(resources, catalog(), ClassRules(), (), DAY)[0])


def custom(version: str, kind: str, body: str, metadata: str = "") -> str:
    """The text of a custom resource called ``x``, in a namespace ``claims``."""
    more = f", {metadata}" if metadata else ""
    head = f"apiVersion: {version}\nkind: {kind}\n"
    return f"{head}metadata: {{name: x, namespace: claims{more}}}\n{body}\n---\n"


METADATA = "metadata: {name: a, namespace: b}\n"


def places(api_version: str, kind: str, body: str, metadata: str = METADATA) -> list[str]:
    """``role provider region`` of each placement of an object with this ``body`` (indented by nothing)."""
    text = f"apiVersion: {api_version}\nkind: {kind}\n{metadata}{body}"
    (only,) = placed(text)
    return [
        " ".join(map(_short, (each.role, each.provider, each.region)))
        for each in only.placements
    ]


def _short(fact: Fact[str]) -> str:
    """A value; the values that it is among; of what isn't known, the reason in parentheses."""
    if isinstance(fact, Known):
        return str(fact.value)
    if fact.among:
        return "|".join(sorted(str(member.value) for member in fact.among))
    return f"({fact.reason.value})"


def sent_by(text: str, *facts: str) -> dict[str, set[str]]:
    """The role of what objects send and these ``facts`` of where it lands, by kind and name; only of those that send
    something."""
    found: dict[str, set[str]] = {}
    for each in placed(text):
        name = each.resource.address.removeprefix("k8s:").partition("/")[2]
        for place in each.placements:
            if place.sent:
                assert isinstance(place.role, Known)
                shown_facts = (shown(getattr(place, fact)) for fact in facts)
                found.setdefault(name, set()).add(" ".join((place.role.value, *shown_facts)))
    return found
