"""A declared cluster beside what else shows where it is: that fills a region that isn't declared, or contradicts it.

What nodes must have, what makes volumes and the address of an API server bind what runs there: where they speak of
another place, either the declaration or the manifests are wrong, and nobody can tell which. Annotations of load
balancers, ingresses and service accounts do nothing on a cluster that doesn't know them, and are often left over from
another: that is only said. What is declared to be at another provider speaks of that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from msgspec import Struct

from sovlint.catalog.entries import Provider
from sovlint.catalog.load import Catalog
from sovlint.model.landing import Evidence, Level
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Named
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Step, Unknown, Value
from sovlint.resolve.clusters.weighing import (
    Made,
    Shown,
    code_of,
    looked_up,
    named_by,
    place_of,
    remark_at,
    weaker_remark,
    weighed,
)
from sovlint.resolve.facts.service_place import region_of
from sovlint.resolve.values import members, one_of_names, value_of


class DeclaredCluster(Struct, frozen=True):
    """What becomes of a declared place on one cluster, and what is said of it."""

    provider: Value
    region: Value
    remarks: tuple[Remark, ...] = ()


def beside(
    named: Named, evidence: Iterable[Evidence], catalog: Catalog, made: Made
) -> DeclaredCluster | None:
    """A declared place with what is seen of the cluster; ``None`` where nothing is, or nobody knows the provider."""
    assert isinstance(named.provider, Known)
    entry = catalog.find_provider(str(named.provider.value))
    if entry is None:
        return None
    here = [
        each
        for each in evidence
        if each.declared is None or catalog.find_provider(each.declared) is entry
    ]
    shown = looked_up(here, catalog, made)
    if not shown:
        return None
    against = [each for each in shown if each.providers and entry.id not in each.providers]
    binding = [each for each in against if each.level < Level.ANNOTATIONS]
    if binding:
        return _otherwise(named, entry, binding)
    others = tuple(
        weaker_remark(entry.id, each.providers[0], each.step) for each in against[:1]
    )
    for_it = [each for each in shown if each not in against]
    return _region(named, entry, for_it, others, catalog)


def _otherwise(named: Named, entry: Provider, against: Sequence[Shown]) -> DeclaredCluster:
    names = (entry.id, *(name for name in named_by(against) if name != entry.id))
    open_ = _open(named.provider, entry.id, names, against[0], ", ".join(names[1:]))
    assert open_.note is not None
    return DeclaredCluster(open_, open_.bare(), (remark_at(open_.note, against[0].step),))


def _region(
    named: Named,
    entry: Provider,
    shown: Sequence[Shown],
    others: tuple[Remark, ...],
    catalog: Catalog,
) -> DeclaredCluster:
    """A declared region, unless nodes or volumes have to be in another; without one, the region that is shown."""
    provider: Known[object] = Known(entry.id, named.provider.because)
    written = named.region
    if not isinstance(written, Known) or written.value is None:
        found = weighed(shown, catalog)
        is_shown = value_of(found.provider) == entry.id and isinstance(found.region, Known)
        return DeclaredCluster(
            named.provider, found.region if is_shown and found.region else written, others
        )
    declared = region_of(cast("Fact[str]", provider), cast("Fact[str]", written), catalog)
    if isinstance(declared, Unknown):
        return DeclaredCluster(named.provider, written, others)
    code = declared.value.code
    for each in shown:
        told = code_of(provider, each, catalog)
        codes = [member.value for member in members(told)] if told is not None else []
        if not codes or code in codes:
            continue
        if each.level < Level.ANNOTATIONS:
            open_ = _open(written, code, (code, *codes), each, ", ".join(codes))
            assert open_.note is not None
            return DeclaredCluster(
                named.provider, open_, (*others, remark_at(open_.note, each.step))
            )
        others = (*others, weaker_remark(code, codes[0], each.step))
    return DeclaredCluster(named.provider, written, others[:1])


def _open(
    declared: Value, one: str, among: Sequence[str], against: Shown, other: str
) -> Unknown:
    """One of several, with both places in the message: where it is declared, and what speaks against that."""
    by = declared.because or Step(None, Note("kubernetes.cluster-declared"))
    params = {
        "one": one,
        "at": place_of(by),
        "other": other,
        "by": place_of(against.step),
        "shown": against.step.note,
    }
    note = Note("resolve.cluster-declared-otherwise", params)
    return one_of_names(among, Step(None, note, (by, against.step)), note)
