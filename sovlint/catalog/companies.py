"""Providers of the index: their regions, who controls them, and what they run on; texts that mean a region."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import partial

from sovlint.catalog.compiling import ownership
from sovlint.catalog.compiling.control import EVERYWHERE, hosts, sources
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.decoded import decoded, source
from sovlint.catalog.entries import Control, HeldFromOutside, Provider, Region, Technology
from sovlint.model.decoding import decode
from sovlint.model.lookups.profile import ControlStep, Maker
from sovlint.model.placement import Late, ShownBy, Shows, Source
from sovlint.model.text import Bilingual


def region(index: Data, provider_id: str, code: str) -> Region:
    """A region of a provider. Its areas are those of its country where it has one. Every provider has ``global``.

    At a provider that lists no regions, ``code`` may be a state or an area.
    """
    data = index["providers"][provider_id].get("regions", {}).get(code) or _place(index, code)
    country = data["country"]
    areas = data.get("areas") or (
        index["jurisdictions"][country].get("areas", ()) if country else ()
    )
    return decoded(index, Region, {**data, "code": code, "areas": areas})


def _place(index: Data, code: str) -> Data:
    if code in index["areas"]:
        return {
            "country": None,
            "areas": index["jurisdictions"].get(code, {}).get("areas", [code]),
        }
    return {"country": code if code in index["jurisdictions"] else None}


def provider(index: Data, provider_id: str) -> Provider:
    """A provider with all its regions."""
    data, entities = index["providers"][provider_id], index["entities"]
    below = data.get("runs_on", ())
    return Provider(
        id=provider_id,
        name=data["name"],
        aliases=tuple(data.get("aliases", ())),
        kind=data["kind"],
        status=data["status"],
        operator=entities[data["operator"]]["name"],
        makers=tuple(
            decoded(index, Maker, {**made, "name": entities[made["entity"]]["name"]})
            for made in data.get("technology", ())
        ),
        regions={
            code: region(index, provider_id, code)
            for code in ("global", *data.get("regions", ()))
        },
        sources=tuple(source(index, key) for key in data["sources"]),
        notes=decode(Bilingual, data["notes"]) if "notes" in data else None,
        runs_on=None if below is None else tuple(each["provider"] for each in below),
        run_apart=tuple(code for code in index["control"][provider_id] if code),
    )


def control(index: Data, provider_id: str, day: date, region: str) -> Control:
    """Who controls a provider on a day, in a region."""
    by_region = index["control"][provider_id]
    data = _on(by_region.get(region) or by_region[EVERYWHERE], day)
    steps = tuple(
        ControlStep(entity, through, code, source(index, key), *known)
        for entity, through, code, key, *known in data["steps"]
    )
    return Control(
        operator=data["operator"],
        states=tuple(data["codes"]),
        steps=steps,
        background=data["background"],
        open=tuple((what, name) for what, name in data["open"]),
        ages=None if data["ages"] is None else date.fromisoformat(data["ages"]),
        held_from_outside={
            area: HeldFromOutside(*bounds) for area, bounds in data["outside"].items()
        },
        evidence=Late(partial(_control_evidence, index, provider_id, day, region, steps)),
    )


def _control_evidence(
    index: Data, provider_id: str, day: date, region: str, steps: Sequence[ControlStep]
) -> Iterator[ShownBy]:
    """The steps of a chain; the operator of a region; the chains of the clouds underneath; and the sources that were
    read and close the chain, since nobody else controls what they are about."""
    name = index["providers"][provider_id]["name"]
    for step in steps:
        background = step.background or step.source.background
        yield ShownBy(
            Shows(step.through), step.entity, step.source, background, step.jurisdiction
        )
    own = index["providers"][provider_id].get("regions", {}).get(region, {}).get("operator")
    if own:
        yield _evidence(index, Shows.OPERATOR, f"{name} {region}", own["source"])
    for below in hosts(index, provider_id, region) or ():
        yield from control(index, below["provider"], day, EVERYWHERE).evidence
    told = {step.source for step in steps}
    for key in sorted(sources(index, provider_id, day, region)):
        closing = source(index, key)
        if closing not in told and not closing.background:
            yield ShownBy(Shows.OWNER, name, closing)


def _evidence(
    index: Data, shows: Shows, about: str, key: str, state: str | None = None
) -> ShownBy:
    found = source(index, key)
    return ShownBy(shows, about, found, found.background, state)


def ownership_sources(
    index: Data, provider_id: str, day: date, region: str
) -> Iterator[Source]:
    """The sources that show who controls a provider on a day in a region, and that nobody else does."""
    for key in sources(index, provider_id, day, region):
        yield source(index, key)


def turns(index: Data, provider_id: str) -> frozenset[date]:
    """The days from which somebody else may control a provider, in some region."""
    by_region = index["control"][provider_id].values()
    return frozenset(
        date.fromisoformat(since) for periods in by_region for since, _ in periods if since
    )


def technology(index: Data, provider_id: str, day: date) -> Technology:
    """What a provider runs on, on a day."""
    data = _on(index["technology"][provider_id], day)
    return Technology(
        None if data["codes"] is None else tuple(data["codes"]),
        {service: tuple(found) for service, found in data["services"].items()},
        tuple(_technology_evidence(index, provider_id, day)),
    )


def _technology_evidence(
    index: Data, provider_id: str, day: date
) -> Iterator[tuple[tuple[str, ...], ShownBy]]:
    data = index["providers"][provider_id]
    for made in data.get("technology", ()):
        if ownership.perhaps(made, day):
            maker = index["entities"][made["entity"]]["name"]
            yield (
                tuple(made.get("services", ())),
                _evidence(
                    index, Shows.TECHNOLOGY, maker, made["source"], made["jurisdiction"]
                ),
            )
    if own := data.get("own_technology"):
        yield (), _evidence(index, Shows.TECHNOLOGY, data["name"], own["source"])
    for below in data.get("runs_on") or ():
        yield from _technology_evidence(index, below["provider"], day)


def _on(periods: Sequence[tuple[str, Data]], day: date) -> Data:
    """What holds on a day, of periods that each begin on one."""
    return next(
        period
        for since, period in reversed(periods)
        if not since or date.fromisoformat(since) <= day
    )


def find_region(index: Data, provider_id: str, written: str) -> Region | None:
    """The region of a provider that a folded code, name, zone or longer form means; see ``Catalog.find_region``."""
    data = index["providers"].get(provider_id)
    if data is None:
        return None
    forms = (re.fullmatch(form, written) for form in data.get("region_forms", ()))
    texts = (written, *(inside[1] for inside in forms if inside))
    code = next((code for text in texts if (code := _code(index, provider_id, text))), None)
    if code is None and not data.get("regions"):
        code = index["places"].get(written)
    return region(index, provider_id, code) if code else None


def regions_spanned(index: Data, provider_id: str, written: str) -> Sequence[str]:
    """The codes of the regions of which something of a folded name may run in any; empty where the name says none."""
    spans: Mapping[str, Sequence[str]] = index["providers"][provider_id].get(
        "region_spans", {}
    )
    return next((codes for form, codes in spans.items() if fnmatchcase(written, form)), ())


def _code(index: Data, provider_id: str, written: str) -> str | None:
    """The code of a region that is written as such, or with one suffix."""
    names: Mapping[str, str] = index["regions"][provider_id]
    suffixes: Sequence[str] = index["providers"][provider_id].get("region_suffixes", ())
    without = (re.sub(f"(?:{suffix})$", "", written) for suffix in suffixes)
    return next((names[code] for code in (written, *without) if code in names), None)
