"""What other repositories offer -> places, with a chain that goes on in their files.

It fills what nothing here tells, and overrides nothing. What is offered by several is one of them, known as far as they
agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.offers import Offer, OfferKind, Offers, image_key
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Located, Span
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, StepKind, Unknown
from sovlint.resolve.facts.service_place import ServicePlace, one_of_places, region_of
from sovlint.resolve.names.forms import as_text
from sovlint.resolve.values import members, no_evidence, value_of

PROVIDER: Final = "provider"
SERVICE: Final = "service"
REGION: Final = "region"
"""The names of an offer's facts."""


def offered_place(
    offers: Sequence[Offer], where: Located | None, catalog: Catalog
) -> ServicePlace:
    """Where others put what is asked for at a place here: one of several places, where several offer it."""
    return one_of_places([_place(each, where, catalog) for each in offers], names_of(offers))


def names_of(offers: Iterable[Offer]) -> str:
    """The repositories that offer something."""
    return ", ".join(sorted({each.repository for each in offers}))


def filled(here: ServicePlace, there: ServicePlace) -> ServicePlace:
    """A place with what others offer of it where it isn't known here; itself, where they speak of another company."""
    if isinstance(here.provider, Known):
        if value_of(there.provider) != here.provider.value or isinstance(here.region, Known):
            return here
        if here.region.among or here.region.parts or not members(there.region):
            return here
        return replace(here, region=there.region, decided=(*here.decided, *there.decided))
    if here.provider.among or not members(there.provider):
        return here
    service = here.service if isinstance(here.service, Known) else there.service
    return replace(there, service=service, decided=(*there.decided, *here.decided))


def offered_step(offer: Offer, where: Located | None) -> Step:
    """That it is asked for here, and made there; then what led to its place there."""
    about = {"repository": offer.repository, "address": offer.address or offer.path}
    beyond: Step | None = None
    for each in reversed(offer.because):
        at = Span.elsewhere(each.repository or offer.repository, each.path, each.line)
        note = Note("resolve.offered-step", {"said": each.note})
        beyond = Step(at, note, (beyond,) if beyond else ())
    made = Step(
        Span.elsewhere(offer.repository, offer.path, offer.line),
        Note("resolve.offered-there", {"address": about["address"]}),
        (beyond,) if beyond else (),
    )
    return Step(where, Note("resolve.offered", about), (made,))


def ask_for_images(resources: Iterable[Resource], offers: Offers) -> None:
    """Ask whose the images are that run here: it proves no place, and shows who depends on whom."""
    images = {each for resource in resources for each in map(as_text, resource.images)}
    for key in filter(None, map(image_key, images)):
        if HOLE not in key:
            offers.find(OfferKind.IMAGE, key)


def _place(offer: Offer, where: Located | None, catalog: Catalog) -> ServicePlace:
    step = offered_step(offer, where)
    provider = _fact(offer, PROVIDER, step)
    region = region_of(provider, _fact(offer, REGION, step), catalog)
    return ServicePlace(provider, _fact(offer, SERVICE, step), region, (step,))


def _fact(offer: Offer, name: str, step: Step) -> Fact[str]:
    found = offer.facts.get(name)
    if found is None or not (found.value or found.among):
        return no_evidence(name, step)
    if found.hinted:
        step = Step(step.where, step.note, step.parents, kind=StepKind.HINTED)
    if found.value:
        return Known(found.value, step)
    among = tuple(Known(each) for each in found.among)
    return Unknown(Reason.MULTI_VALUED, name, step, among=among)
