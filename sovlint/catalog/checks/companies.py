"""Checks of companies and states: who holds whom, regions, laws, and kinds of services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sovlint.catalog.checks.written import At, Faults, listed, period, regex
from sovlint.catalog.compiling import ownership, within
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.services import ANY_SERVICE, NO_KIND
from sovlint.documents import closest
from sovlint.model.lookups.names import fold
from sovlint.model.placement import GLOBAL_REGION

RESERVED = "new"
_UNSAID = (
    "nothing says who holds it: write `owners` (null where nobody found who does), `no_majority` or `held_within` with "
    "what says so, or the `kind` of somebody whom nobody can hold."
)


def entity(_: str, data: Data, parts: Data) -> Faults:
    """Who holds a company, and what reaches it."""
    if not {"owners", "no_majority", "held_within", "kind"} & set(data):
        yield (), _UNSAID
    for index, holding in enumerate(data.get("owners") or ()):
        if holding.get("share", 0) > ownership.HALF and not holding.get("majority", True):
            yield ("owners", index), f"{holding['share']} % is a majority."
        yield from period(holding, ("owners", index))
    yield from period(data.get("no_majority") or {}, ("no_majority",))
    yield from _held_within(data.get("held_within"), parts)
    for index, reach in enumerate(data.get("reach", ())):
        yield from period(reach, ("reach", index))


def _held_within(said: Data | None, parts: Data) -> Faults:
    """That all of a company is held in an area: from when until when, and sources that say when they were read."""
    if said is None:
        return
    yield from period(said, ("held_within",))
    for key in within.source_keys(said):
        if key in parts["sources"] and within.read_day(parts["sources"][key]) is None:
            name = key.rpartition("#")[2]
            yield (
                ("held_within",),
                f"its source `{name}` doesn't say when it was read, so that it never counts: write `read_on`.",
            )


def jurisdiction(_: str, data: Data, parts: Data) -> Faults:
    """The areas of a state, and the days of its laws."""
    yield from period(data.get("adequacy", {}), ("adequacy",))
    for index, law in enumerate(data.get("laws", ())):
        yield from period(law, ("laws", index))
        yield from period(
            {"since": law.get("until"), "until": law.get("continues_until")}, ("laws", index)
        )


def provider(_: str, data: Data, parts: Data) -> Faults:
    """Who runs a provider, what it runs on, and its regions."""
    if RESERVED in (data["id"], *data.get("aliases", ())):
        yield ("id",), f"`{RESERVED}` is no name: `sovlint provider {RESERVED}` is a command."
    for index, technology in enumerate(data.get("technology", ())):
        yield from period(technology, ("technology", index))
    for index, suffix in enumerate(data.get("region_suffixes", ())):
        yield from regex(suffix, ("region_suffixes", index))
    for index, form in enumerate(data.get("region_forms", ())):
        yield from regex(form, ("region_forms", index), groups=1)
    for form, codes in data.get("region_spans", {}).items():
        for index, code in enumerate(codes):
            if code != GLOBAL_REGION and code not in data.get("regions", {}):
                yield ("region_spans", form, index), f"`{code}` isn't a region here."
    yield from _regions(data.get("regions", {}), parts)


def _regions(regions: Data, parts: Data) -> Faults:
    taken: dict[str, str] = {}
    for code, region in regions.items():
        at: At = ("regions", code)
        if region.get("pair") and region["pair"] not in regions:
            yield (
                (*at, "pair"),
                f"`{region['pair']}` isn't a region here.{closest(region['pair'], list(regions))}",
            )
        for name in {
            fold(name) for name in (code, *region.get("names", ()), *region.get("zones", ()))
        }:
            if name in taken:
                yield at, f"`{name}` means `{taken[name]}` already."
            taken[name] = code


def services(
    provider: str,
    kinds_of: Mapping[str, Sequence[str]],
    parts: Data,
    owned: Mapping[str, set[str]],
) -> Faults:
    """Kinds that don't exist, and services that nothing leads to: they couldn't be anybody's remedy. ``owned``:
    services that types, hosts and offers lead to, by provider."""
    if provider not in owned:
        yield from listed(parts, "providers", provider, ())
        return
    there = owned[provider]
    for service, kinds in kinds_of.items():
        if service not in there and service != ANY_SERVICE:
            meant = closest(service, sorted(there))
            yield (
                (),
                f"`{service}` is no service of {provider}: no type, host or offer.{meant}",
            )
        for kind in kinds:
            if kind != NO_KIND:
                yield from listed(parts, "kinds", kind, (kind,))


def like(provider: str, other: str, parts: Data) -> Faults:
    """Two providers, of which one is read as the other."""
    yield from listed(parts, "providers", provider, ())


def called(
    provider: str, names: Mapping[str, str], parts: Data, owned: Mapping[str, set[str]]
) -> Faults:
    """Names by which people know services, of providers and services that there are."""
    yield from listed(parts, "providers", provider, ())
    for name, service in names.items():
        if service not in owned.get(provider, ()):
            meant = closest(service, sorted(owned.get(provider, ())))
            yield (
                (name,),
                f"`{service}` is no service of {provider}: no type, host or offer.{meant}",
            )
