"""Where the clusters are that a repository creates, by the address of what creates them."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Step, StepKind, Unknown
from sovlint.resolve.facts.service_place import ServicePlace, one_of_places
from sovlint.resolve.places.placer import Placer


def created_place(
    placer: Placer, root: str, variant: str | None, address: str
) -> ServicePlace | None:
    """Where the cluster at an address sits, as seen from a root; ``None`` where there is none."""
    found = placer.resources.at(root, variant or "", address)
    return None if found is None or found.unreadable is not None else _itself(found, placer)


def made_place(placer: Placer, root: str, address: str) -> ServicePlace | None:
    """Where the resources at an address put the cluster that they make; ``None`` where they don't say. Of several objects
    of that name, or variants of a root, any may be meant."""
    known = placer.resources
    found = known.all_declared(root, "", address) or known.in_variants(root, address)
    places = [_itself(each, placer) for each in found if _says_where(each, placer)]
    return one_of_places(places, address) if places else None


def _says_where(resource: Resource, placer: Placer) -> bool:
    """Whether its main rule gives another place than that of the cluster which the resource stands on."""
    is_here = (
        placer.resources.seen(resource).named is not None
        and placer.resources.main_rule(resource).through is None
    )
    return not is_here and resource.unreadable is None


def _itself(resource: Resource, placer: Placer) -> ServicePlace:
    """The place of a cluster, with where that is written at the end of all that decides it."""
    place = placer.place_of(resource)
    if _is_joined(resource, placer):
        note, kind = Note("resolve.cluster-joined"), StepKind.HINTED
    else:
        note, kind = Note("resolve.cluster-itself"), StepKind.SEEN
    return replace(place, decided=(Step(resource.where, note, place.steps, kind=kind),))


def _is_joined(resource: Resource, placer: Placer) -> bool:
    """Whether machines of elsewhere may join a cluster: what makes it says so, or may say it."""
    hint = placer.catalog.hints().clusters.creators.get(resource.type)
    if hint is None or hint.joined is None:
        return False
    values = (found.value for found in resource.attributes.read(hint.joined.path))
    return any(
        isinstance(each, Unknown) or each.value in hint.joined.values for each in values
    )
