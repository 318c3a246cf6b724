"""Whose place a resource has: that of the parents that it surely names, or of what answers at an address.

Nothing is placed here. A ``PlaceOwner`` says whom to place, and what becomes of that place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule, Plugin
from sovlint.model.attributes import Found
from sovlint.model.resources.resource import Binding, Resource
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, is_null
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.places.placement_tasks import PlacementTask
from sovlint.resolve.references import answering_address, nearest, refers_to, repeats
from sovlint.resolve.values import no_evidence, steps


class PlaceOwner(Struct, frozen=True):
    """A resource whose place another one has, and the value at ``path`` that names it by its ``address``."""

    resource: Resource
    found: Found
    address: str
    path: str
    note: str

    def hand_down(self, place: ServicePlace) -> ServicePlace:
        """The owner's place, as that of the other one."""
        # How a value that names a resource of another root got here (``model.resources.resource.elsewhere``).
        from_elsewhere = self.found.value.because if self.address.startswith("/") else None
        causes = (*place.steps, *steps(from_elsewhere))
        return replace(
            place,
            decided=(
                Step(self.found.where, Note(self.note, {"address": self.address}), causes),
            ),
        )


def place_owners(
    task: PlacementTask, plugin: Plugin, binding: Binding, resources: KnownResources
) -> Sequence[PlaceOwner] | Unknown | None:
    """Whose place something has, of which it may be any: its parent's, else that of what answers at the host of its
    provider block; unknown where its parent isn't here."""
    if task.given is not None:
        return None
    named = _parents(task.resource, task.rule, resources)
    if named is not None or task.rule.fixed:
        return named
    hosts = (
        binding.settings.read(setting.path) for setting in plugin.settings if setting.host
    )
    found = next(filter(None, hosts), ())
    owner = answering(task.resource, found[0], resources) if len(found) == 1 else None
    return None if owner is None else [owner]


def answering(
    resource: Resource, found: Found, resources: KnownResources
) -> PlaceOwner | None:
    """The resource of this repository that answers at an address, if one does."""
    address = answering_address(found.value)
    owner = resources.other(resource, address) if address else None
    if address is None or owner is None:
        return None
    return PlaceOwner(owner, found, address, "", "resolve.own-address")


def _parents(
    resource: Resource, rule: PlacementRule, resources: KnownResources
) -> Sequence[PlaceOwner] | Unknown | None:
    """The parents that an attribute names, of which it may be any; unknown where it names something that isn't here.

    The first attribute that names something of this repository decides.
    """
    unknown: Unknown | None = None
    for path in rule.via:
        given = [
            found for found in resource.attributes.read(path) if not is_null(found.value)
        ]
        if not given:
            continue
        named = _named(resource, given, path, resources)
        if not isinstance(named, Unknown) or any(
            _nearest(resource, found, resources) for found in given
        ):
            return named
        unknown = named if unknown is None else unknown
    return unknown


def _named(
    resource: Resource, given: Iterable[Found], path: str, resources: KnownResources
) -> list[PlaceOwner] | Unknown:
    """What all of several values name; unknown where one of them names nothing for certain."""
    owners: list[PlaceOwner] = []
    for found in given:
        value = found.value
        among = value.among or () if isinstance(value, Unknown) else ()
        if any(is_null(member) for member in among):
            return _unnamed(found, path)
        members = [replace(found, value=member) for member in among]
        named = (
            _named(resource, members, path, resources)
            if members
            else _parent(resource, found, path, resources)
        )
        if isinstance(named, Unknown):
            return named
        owners.extend(named)
    return owners


def _parent(
    resource: Resource, found: Found, path: str, resources: KnownResources
) -> list[PlaceOwner] | Unknown:
    """The one resource that a value names; unknown where it may be another's, or is text made from its name."""
    value = found.value
    ends = _nearest(resource, found, resources)
    if not ends:
        return _by_name(resource, found, path, resources)
    address, owner = refers_to(value), ends[0]
    if (
        address is None
        or len(ends) > 1
        or not repeats(value, owner.attributes, resources.names(owner))
    ):
        reason = value.reason if isinstance(value, Unknown) else Reason.COMPUTED_AT_APPLY
        step = Step(found.where, Note("resolve.parent-here"))
        return Unknown(reason, path, step, note=Note("resolve.which-parent", {"name": path}))
    return [PlaceOwner(owner, found, address, path, "resolve.place-of-parent")]


def _by_name(
    resource: Resource, found: Found, path: str, resources: KnownResources
) -> list[PlaceOwner] | Unknown:
    """What a value surely names without a reference."""
    named = resources.names_here.named(resource, path, found.value)
    if len(named) != 1 or not named[0].sure:
        return _unnamed(found, path)
    owner = named[0].resource
    return [PlaceOwner(owner, found, owner.address, path, "resolve.place-of-parent")]


def _nearest(resource: Resource, found: Found, resources: KnownResources) -> list[Resource]:
    """The resources that a value was read from, as seen from the one that holds it."""
    return nearest(found.value, partial(resources.other, resource))


def _unnamed(found: Found, path: str) -> Unknown:
    """Why a value names nothing that is here."""
    if isinstance(found.value, Unknown):
        return found.value.bare()
    step = Step(found.where, Note("resolve.parent-here"))
    return no_evidence(path, step, Note("resolve.parent-elsewhere", {"name": path}))
