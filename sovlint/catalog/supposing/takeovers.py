"""A supposed takeover: whoever buys a company holds all of it, and those who held it hold it no more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sovlint.catalog.catalog import Catalog
from sovlint.catalog.compiling.control import above, operator
from sovlint.catalog.compiling.ownership import TOPS
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.supposing.errors import SuppositionError
from sovlint.catalog.supposing.laws import state_named
from sovlint.errors import did_you_mean
from sovlint.model.findings.supposition import Buyer, Takeover

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
