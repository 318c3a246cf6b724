"""Qualifications of the index."""

from __future__ import annotations

from datetime import date

from sovlint.catalog.build.sources import bilingual, source, text
from sovlint.catalog.entries import Hosting, Limits, Offer, Scheme, Version
from sovlint.catalog.written_data import Data


def scheme(index: Data, name: str) -> Scheme:
    """A qualification with all its offers, by provider."""
    data = index["schemes"][name]
    offers: dict[str, list[Offer]] = {}
    for entry in data["offers"]:
        offers.setdefault(entry["provider"], []).append(_offer(index, entry))
    return Scheme(
        name=name,
        title=text(data["title"]),
        versions=tuple(_version(index, entry) for entry in data["versions"]),
        complete=data["complete"],
        read=date.fromisoformat(data["read"]),
        source=source(index, data["source"]),
        offers={holder: tuple(found) for holder, found in offers.items()},
        years=data.get("years", 3),
        always_ordered=data.get("always_ordered", False),
    )


def _version(index: Data, data: Data) -> Version:
    limits, hosting = data.get("limits_owners"), data.get("hosting")
    return Version(
        id=data["id"],
        since=_day(data.get("since")),
        until=_day(data.get("until")),
        limits_owners=_limits(limits),
        hosting=_hosting(index, hosting) if hosting else None,
    )


def _hosting(index: Data, data: Data) -> Hosting:
    area = data["area"]
    return Hosting(area, text(index["areas"][area]), data["clause"], source(index, data["source"]))


def _limits(data: Data | None) -> Limits | None:
    return Limits(data["area"], data["single"], data["together"], data["clause"]) if data else None


def _offer(index: Data, data: Data) -> Offer:
    regions, services = data.get("regions"), data.get("services")
    return Offer(
        provider=data["provider"],
        offer=data["offer"],
        version=data.get("version"),
        since=_day(data.get("since")),
        until=_day(data.get("until")),
        regions=None if regions is None else tuple(regions),
        area=data.get("area"),
        services=None if services is None else tuple(services),
        excluded=tuple(data.get("excluded", ())),
        services_complete=data.get("services_complete", False),
        indistinct=data.get("indistinct", False),
        requires=bilingual(data.get("requires")),
        source=source(index, data["source"]),
        note=bilingual(data.get("note")),
        assumable=data.get("assumable", False),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
