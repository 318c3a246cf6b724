"""Companies of the index: their regions, who controls them, and what they run on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sovlint.catalog.build.sources import bilingual, source
from sovlint.catalog.control import EVERYWHERE
from sovlint.catalog.entries import Control, HeldFromOutside, Provider, Region, Technology
from sovlint.catalog.written_data import Data
from sovlint.model.lookups.profile import ControlStep, Maker


def region(index: Data, provider_id: str, code: str) -> Region:
    """A region of a provider. Its areas are those of its country where it has one. Every provider has ``global``.

    At a provider that lists no regions, ``code`` may be a state or an area.
    """
    data = index["providers"][provider_id].get("regions", {}).get(code) or _place(index, code)
    country = data["country"]
    areas = data.get("areas") or (index["jurisdictions"][country].get("areas", ()) if country else ())
    cited = data.get("source")
    return Region(code, country, tuple(areas), data.get("pair"), source(index, cited) if cited else None)


def _place(index: Data, code: str) -> Data:
    if code in index["areas"]:
        return {"country": None, "areas": index["jurisdictions"].get(code, {}).get("areas", [code])}
    return {"country": code if code in index["jurisdictions"] else None}


def provider(index: Data, provider_id: str) -> Provider:
    """A provider with all its regions."""
    data, entities = index["providers"][provider_id], index["entities"]
    codes = {"global": None, **data.get("regions", {})}
    below = data.get("runs_on", ())
    return Provider(
        id=provider_id,
        name=data["name"],
        aliases=tuple(data.get("aliases", ())),
        kind=data["kind"],
        status=data["status"],
        operator=entities[data["operator"]]["name"],
        makers=tuple(_maker(index, entry) for entry in data.get("technology", ())),
        regions={code: region(index, provider_id, code) for code in codes},
        sources=tuple(source(index, key) for key in data["sources"]),
        notes=bilingual(data.get("notes")),
        runs_on=None if below is None else tuple(each["provider"] for each in below),
        run_apart=tuple(code for code in index["control"][provider_id] if code),
    )


def control(index: Data, provider_id: str, day: date, region: str) -> Control:
    """Who controls a provider on a day, in a region."""
    by_region = index["control"][provider_id]
    data = _on(by_region.get(region) or by_region[EVERYWHERE], day)
    return Control(
        operator=data["operator"],
        states=tuple(data["codes"]),
        steps=tuple(
            ControlStep(entity, through, code, source(index, key), *known)
            for entity, through, code, key, *known in data["steps"]
        ),
        background=data["background"],
        open=tuple((what, name) for what, name in data["open"]),
        held_from_outside={area: HeldFromOutside(*bounds) for area, bounds in data["outside"].items()},
    )


def turns(index: Data, provider_id: str) -> frozenset[date]:
    """The days from which somebody else may control a provider, in some region."""
    by_region = index["control"][provider_id].values()
    return frozenset(date.fromisoformat(since) for periods in by_region for since, _ in periods if since)


def technology(index: Data, provider_id: str, day: date) -> Technology:
    """What a provider runs on, on a day."""
    data = _on(index["technology"][provider_id], day)
    return Technology(
        None if data["codes"] is None else tuple(data["codes"]),
        {service: tuple(found) for service, found in data["services"].items()},
    )


def _on(periods: Sequence[tuple[str, Data]], day: date) -> Data:
    """What holds on a day, of periods that each begin on one."""
    written = day.isoformat()
    return next(period for since, period in reversed(periods) if since <= written)


def _maker(index: Data, data: Data) -> Maker:
    return Maker(
        index["entities"][data["entity"]]["name"], data["jurisdiction"], data.get("licensed", False),
        source(index, data["source"]), data.get("since"), data.get("until"), tuple(data.get("services", ())),
    )  # fmt: skip
