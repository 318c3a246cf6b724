"""The place of what a resource belongs to: one parent that it surely names, one of several, or none that is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule
from sovlint.model.attributes import Attributes, Found
from sovlint.model.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Because, Reason, Step, Unknown, Value, either, is_null
from sovlint.resolve.facts.regions import Place
from sovlint.resolve.reading import nearest, refers_to, repeats


class Parent(Struct, frozen=True):
    """Something that others belong to: its place, and the paths (``names``) of attributes by which others name it."""

    place: Place
    attributes: Attributes
    names: tuple[str, ...]


FindParent = Callable[[Resource, str], Parent | None]
"""The resource at an address, as seen from another resource's root; ``None`` where there is none."""


def inherited(resource: Resource, rule: PlacementRule, find: FindParent) -> Place | Unknown | None:
    """The place of the parent that an attribute refers to; unknown where it refers to something that isn't here.

    The first attribute that names something of this repository decides.
    """
    unknown: Unknown | None = None

    def parent(address: str) -> Parent | None:
        return find(resource, address)

    for path in rule.via:
        given = [found for found in resource.attributes.read(path) if not is_null(found.value)]
        if not given:
            continue
        above = _together([_of_parent(found, path, parent) for found in given], path)
        if isinstance(above, Place) or any(nearest(found.value, parent) for found in given):
            return above
        unknown = above if unknown is None else unknown
    return unknown


def _of_parent(found: Found, path: str, parent: Callable[[str], Parent | None]) -> Place | Unknown:
    """The place of what an attribute names: one of several where it may be one of several, else unknown."""
    value = found.value
    if isinstance(value, Unknown) and value.among:
        if any(is_null(member) for member in value.among):
            return _orphan(found, path)
        return _together([_of_parent(replace(found, value=member), path, parent) for member in value.among], path)
    address, parents = refers_to(value), nearest(value, parent)
    if not parents:
        return _orphan(found, path)
    above = parents[0]
    if address is None or len(parents) > 1 or not repeats(value, above.attributes, above.names):
        reason = value.reason if isinstance(value, Unknown) else Reason.COMPUTED_AT_APPLY
        step = Step(found.where, Note("resolve.parent-here"))
        return Unknown(reason, path, step, note=Note("resolve.which-parent", {"name": path}))
    chain = _chains((*above.place.decided, *_from_elsewhere(value, address)))
    step = Step(found.where, Note("resolve.place-of-parent", {"address": address}), chain)
    return Place(above.place.provider, above.place.service, above.place.region, (step,))


def own_place(resource: Resource, found: Found, find: FindParent) -> Place | None:
    """The place of the resource of this repository that answers at an address, if one does."""
    address = found.value.host_of if isinstance(found.value, Unknown) else None
    above = find(resource, address) if address else None
    if above is None:
        return None
    chain = _chains((*above.place.decided, *_from_elsewhere(found.value, address or "")))
    step = Step(found.where, Note("resolve.own-address", {"address": address}), chain)
    return Place(above.place.provider, above.place.service, above.place.region, (step,))


def _from_elsewhere(value: Value, address: str) -> tuple[Because, ...]:
    """How a value that names a resource of another root got here (``model.resource.elsewhere``)."""
    return (value.because,) if address.startswith("/") else ()


def _together(places: Sequence[Place | Unknown], path: str) -> Place | Unknown:
    """The place that is one of several, known as far as they agree."""
    sure: list[Place] = []
    for each in places:
        if isinstance(each, Unknown):
            return each
        sure.append(each)
    if len(sure) == 1:
        return sure[0]
    decided = tuple(cause for each in sure for cause in each.decided)
    several = Unknown(Reason.MULTI_VALUED, path, decided[0] if decided else None)
    return Place(
        either([each.provider for each in sure], several),
        either([each.service for each in sure], several),
        either([each.region for each in sure], several),
        decided,
    )


def _orphan(found: Found, path: str) -> Unknown:
    if isinstance(found.value, Unknown):
        return found.value.bare()
    step = Step(found.where, Note("resolve.parent-here"))
    return Unknown(Reason.NO_EVIDENCE, path, step, note=Note("resolve.parent-elsewhere", {"name": path}))


def _chains(decided: tuple[Because, ...]) -> tuple[Step, ...]:
    return tuple(step for step in decided if step is not None)
