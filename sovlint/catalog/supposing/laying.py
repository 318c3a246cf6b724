"""Suppositions, laid over the parts of the catalogue: for a second judgement alone, so that nobody need trust them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sovlint.catalog.catalog import Catalog
from sovlint.catalog.compiling.compile import link
from sovlint.catalog.compiling.control import above, operator
from sovlint.catalog.compiling.ownership import TOPS
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.supposing import laws
from sovlint.catalog.supposing.errors import SuppositionError
from sovlint.catalog.supposing.laws import state_named
from sovlint.errors import SovlintError, did_you_mean
from sovlint.model.findings.supposition import (
    NO_TERM,
    AdequacyChange,
    Buyer,
    LawChange,
    RegionMove,
    SupposedEvent,
    SupposedLapse,
    Supposition,
    Takeover,
)
from sovlint.model.lookups.names import fold

# --- A supposed takeover: whoever buys a company holds all of it, and those who held it hold it no more.

ALL = 100
"""Per cent."""
_OWNERSHIP = ("owners", "no_majority", "held_within")
"""What is said of who holds a company."""


def laid(event: Takeover, catalog: Catalog, parts: Data, source: str, _day: date) -> Data:
    """The parts of the catalogue with a takeover in them."""
    bought = _bought(event, catalog)
    company = parts["entities"][bought]
    if company.get("kind") in TOPS:
        raise SuppositionError(
            ("company",), f"`{company['name']}` is no company: nobody can buy it."
        )
    buyer = catalog.entity_named(event.by.name)
    if buyer == bought:
        raise SuppositionError(("by", "name"), f"`{company['name']}` can't buy itself.")
    entities = dict(parts["entities"])
    if buyer is None:
        buyer = f"{source}-buyer"
        entities[buyer] = _buyer(event.by, catalog, source)
    else:
        _same_seat(event.by, entities[buyer], catalog)
    edge = {"entity": buyer, "share": ALL, "majority": True, "source": source}
    if event.term.since is not None:
        edge["since"] = event.term.since.isoformat()
    kept = {key: value for key, value in company.items() if key not in _OWNERSHIP}
    entities[bought] = {**kept, "owners": [edge]}
    return {**parts, "entities": entities, "schemes": _doubted(parts, bought)}


def _doubted(parts: Data, bought: str) -> dict[str, Any]:
    """Qualifications, of which nobody knows whether they are kept where they limit who may hold the company that is
    bought, or one that it holds."""
    held = {
        provider
        for provider in parts["providers"]
        if bought in above(parts, operator(parts, provider))
    }
    return {name: _scheme(scheme, held) for name, scheme in parts["schemes"].items()}


def _scheme(scheme: Data, held: Collection[str]) -> Data:
    limiting = {each["id"] for each in scheme["versions"] if each.get("limits_owners")}
    offers = [
        {**offer, "owners_changed": True}
        if offer["provider"] in held and offer["version"] in limiting
        else offer
        for offer in scheme["offers"]
    ]
    return {**scheme, "offers": offers}


def provider_named(written: str, catalog: Catalog) -> str:
    """The id of a provider. Raises ``SuppositionError`` where the catalogue has none that is called so."""
    found = catalog.find_provider(written)
    if found is None:
        raise SuppositionError(
            ("provider",),
            f"the catalogue has no provider `{written}`.",
            did_you_mean(written, catalog.provider_names)
            or "`sovlint provider` lists those that it has.",
        )
    return found.id


def _bought(event: Takeover, catalog: Catalog) -> str:
    """The id of the company that is bought."""
    if event.company is None:
        provider = provider_named(event.provider or "", catalog)
        return str(catalog.written["providers"][provider]["operator"])
    found = catalog.entity_named(event.company)
    if found is None:
        raise SuppositionError(
            ("company",),
            f"the catalogue has no company `{event.company}`.",
            did_you_mean(event.company, catalog.written["entities"])
            or "`sovlint provider ID` names the company that runs a provider, and those who hold it.",
        )
    return found


def _buyer(by: Buyer, catalog: Catalog, source: str) -> dict[str, Any]:
    """The entry of a buyer that the catalogue doesn't have."""
    if by.seat is None:
        raise SuppositionError(
            ("by", "name"),
            f"the catalogue has no company `{by.name}`: nobody knows where it is seated.",
            "Say it: `seat: US`.",
        )
    entry: dict[str, Any] = {
        "name": by.name,
        "seat": state_named(by.seat, catalog, "by", "seat"),
        "source": source,
        "owners": None,
    }
    if by.kind is not None:
        return {**entry, "kind": by.kind, "owners": []}
    if by.no_majority:
        return {**entry, "no_majority": {"source": source}, "owners": []}
    return entry


def _same_seat(by: Buyer, known: Data, catalog: Catalog) -> None:
    """Raises ``SuppositionError`` where somebody whom the catalogue has is said to be seated elsewhere."""
    if by.seat is None or state_named(by.seat, catalog, "by", "seat") == known["seat"]:
        return
    raise SuppositionError(
        ("by", "seat"),
        f"`{known['name']}` is seated in {known['seat']} by the catalogue, not in {by.seat}.",
        "Leave `seat` out, or suppose a buyer of another name.",
    )


Laying = Callable[[Any, Catalog, Data, str, date], Data]
"""An event, the catalogue of today, the parts so far, the id of the source that says it, and the day that is judged ->
the parts with it. Raises ``SuppositionError``."""


def supposing(catalog: Catalog, supposed: Sequence[Supposition], day: date) -> Catalog:
    """The catalogue as it would be on ``day`` where all of this were so. Raises ``SovlintError``, with the place, where
    a name is none that the catalogue has, or a company would hold itself."""
    parts = catalog.written
    for number, each in enumerate(supposed):
        parts = _laid(each, catalog, parts, f"suppose#{number}", day)
    try:
        return catalog.instead(link(parts))
    except SovlintError as error:
        at = supposed[0].span
        raise SovlintError(f"{at.position}: {error.message}", error.hint) from None


def day_of(supposition: Supposition, catalog: Catalog, today: date) -> date:
    """The first day, from ``today`` on, on which all of a supposition holds: a qualification that isn't renewed lasts
    until its own end, where no other is supposed."""
    days = [supposition.day(today)]
    for event in supposition.events.values():
        if isinstance(event, SupposedLapse) and event.term == NO_TERM:
            days += _own_ends(event, catalog)
    return max(days)


def _own_ends(event: SupposedLapse, catalog: Catalog) -> Iterator[date]:
    """The days after the last ones of the offers that a lapse is about; none where a name is wrong, which is told
    elsewhere."""
    provider = catalog.find_provider(event.provider)
    scheme = catalog.schemes.get(fold(event.qualification))
    if provider is None or scheme is None:
        return
    for offer in scheme.offers.get(provider.id, ()):
        if offer.until is not None and event.offer in (None, offer.offer):
            yield offer.until + timedelta(days=1)


def _laid(
    supposition: Supposition, catalog: Catalog, parts: Data, source: str, day: date
) -> Data:
    said = {
        "url": "",
        "date": day.isoformat(),
        "supports": supposition.title,
        "supports_fr": supposition.title,
        "background": False,
    }
    parts = {**parts, "sources": {**parts["sources"], source: said}}
    for key, event in supposition.events.items():
        try:
            parts = _LAYING[type(event)](event, catalog, parts, source, day)
        except SuppositionError as error:
            at = supposition.at(key, *error.keys)
            raise SovlintError(f"{at.position}: {error.problem}", error.hint) from None
    return parts


def _lapse(
    event: SupposedLapse, catalog: Catalog, parts: Data, source: str, day: date
) -> Data:
    schemes = parts["schemes"]
    name = fold(event.qualification)
    if name not in schemes:
        raise SuppositionError(
            ("qualification",),
            f"the catalogue has no qualification `{event.qualification}`.",
            did_you_mean(name, schemes) or f"It has: {', '.join(sorted(schemes))}.",
        )
    provider = provider_named(event.provider, catalog)
    offers = schemes[name]["offers"]
    own = [each for each in offers if each["provider"] == provider]
    if not own:
        raise SuppositionError(
            ("provider",),
            f"the catalogue has no {name} of `{event.provider}`: there is nothing to lapse.",
            f"`sovlint provider {provider}` tells what it holds.",
        )
    named = [each for each in own if event.offer in (None, each["offer"])]
    if not named:
        listed = ", ".join(f"`{each['offer']}`" for each in own)
        raise SuppositionError(
            ("offer",),
            f"`{event.offer}` is no offer of `{event.provider}` that {name} covers.",
            f"It has: {listed}.",
        )
    lapsed = [_lapsed(each, event, source, day) if each in named else each for each in offers]
    return _with(parts, "schemes", name, {**schemes[name], "offers": lapsed})


def _lapsed(
    offer: Mapping[str, Any], event: SupposedLapse, source: str, day: date
) -> dict[str, Any]:
    """An offer that ends on the day that is supposed, else on its own, and isn't renewed."""
    yesterday = (day - timedelta(days=1)).isoformat()
    until = event.term.until.isoformat() if event.term.until else offer["until"] or yesterday
    ends = min(until, offer["until"] or until)
    return {**offer, "until": ends, "not_renewed": True, "source": source}


def _region(event: RegionMove, catalog: Catalog, parts: Data, source: str, day: date) -> Data:
    provider = provider_named(event.provider, catalog)
    data = parts["providers"][provider]
    found = catalog.find_region(provider, event.region)
    if found is None or found.code not in data.get("regions", {}):
        known = tuple(data.get("regions", {}))
        raise SuppositionError(
            ("region",),
            f"the catalogue has no region `{event.region}` of `{event.provider}`.",
            did_you_mean(event.region, known) or f"It has: {', '.join(known)}.",
        )
    state = laws.state_named(event.country, catalog, "country")
    region = {**data["regions"][found.code], "country": state, "source": source}
    region.pop("areas", None)
    regions = {**data["regions"], found.code: region}
    return _with(parts, "providers", provider, {**data, "regions": regions})


def _with(parts: Data, section: str, name: str, entry: Any) -> Data:
    return {**parts, section: {**parts[section], name: entry}}


_LAYING: Final[Mapping[type[SupposedEvent], Laying]] = {
    Takeover: laid,
    SupposedLapse: _lapse,
    LawChange: laws.law_laid,
    AdequacyChange: laws.adequacy_laid,
    RegionMove: _region,
}
