"""The parts of the catalogue with what is worked out from them: the index of what ships, or of that and overlays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from sovlint.catalog.compiling import control, outside, ownership
from sovlint.catalog.compiling.shared import CONFIG, DATA, UNDECIDED, whole_plugin
from sovlint.catalog.compiling.tables import addresses, plugin_tables, workloads
from sovlint.catalog.compiling.words import with_lexicon
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.services import fixed_places
from sovlint.catalog.trie import grouped
from sovlint.errors import SovlintError
from sovlint.model.lookups.names import flat, fold, tokens, without_stops
from sovlint.rules.registry_modules import addresses as module_addresses

# --- Technology: the states whose companies make, or license to the operator, what a service runs on.
#
# What a provider lists, with that of every provider whose cloud is underneath. Open source and the operator's own
# software add none, where a source says so (``own_technology``); what nobody says is not known.
# What is licensed from others may be so from a day, or until one.


class TechnologyStates(Struct, frozen=True):
    """``codes`` of every service (``None``: not known), and ``services``: codes of those that differ."""

    codes: tuple[str, ...] | None
    services: Mapping[str, tuple[str, ...]]


def technology(parts: Data, provider: str, day: date) -> TechnologyStates:
    """What a provider's services run on, on ``day``. Providers below must not go round in a circle (``control``)."""
    data = parts["providers"][provider]
    listed = [entry for entry in data.get("technology", ()) if ownership.perhaps(entry, day)]
    everywhere = {entry["jurisdiction"] for entry in listed if "services" not in entry}
    known = ("own_technology" in data or bool(everywhere)) and data.get(
        "runs_on", ()
    ) is not None
    for below in data.get("runs_on") or ():
        found = technology(parts, below["provider"], day).codes
        known = known and found is not None
        everywhere.update(found or ())
    apart: dict[str, set[str]] = {}
    for entry in listed:
        for service in entry.get("services", ()):
            apart.setdefault(service, set(everywhere)).add(entry["jurisdiction"])
    return TechnologyStates(
        tuple(sorted(everywhere)) if known or _outside(parts, everywhere) else None,
        {service: tuple(sorted(codes)) for service, codes in apart.items()},
    )


def turns(parts: Data, provider: str) -> list[date]:
    """The days on which what a provider runs on may change, and the first day of all, in order."""
    data = parts["providers"][provider]
    days = {
        date.min,
        *(day for entry in data.get("technology", ()) for day in ownership.turns(entry)),
    }
    for below in data.get("runs_on") or ():
        days.update(turns(parts, below["provider"]))
    return sorted(days)


def _outside(parts: Data, codes: set[str]) -> bool:
    """Whether a state outside every area is among them: then what isn't known besides changes nothing."""
    return any(not parts["jurisdictions"][code].get("areas") for code in codes)


def link(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Parts with what is worked out from them: control, and tables to look names, regions and types up.

    References between entries must be sound (``check.py`` says where they aren't); raises ``SovlintError`` for control
    that goes round in a circle.
    """
    providers = parts["providers"]
    plugins = {plugin: whole_plugin(parts["plugins"], plugin) for plugin in parts["plugins"]}
    return {
        **parts,
        "control": {provider: _control(parts, provider) for provider in providers},
        "technology": {provider: _technology(parts, provider) for provider in providers},
        "titles": {provider: data["name"] for provider, data in providers.items()},
        "names": company_names(parts),
        "regions": {provider: region_names(data) for provider, data in providers.items()},
        "places": place_names(parts),
        "hosts": grouped([*parts["endpoints"].values(), *parts["not_placements"].values()]),
        "lexicon": _lexicon(parts["terms"]),
        "address_names": with_lexicon(parts["address_names"], parts["terms"]),
        "plugin_names": {
            address.casefold(): plugin for address, plugin in addresses(plugins)
        },
        "flat_types": {
            plugin: _flat_types(plugins[plugin])
            for plugin in sorted(
                {
                    data["stands_for"]["plugin"]
                    for data in plugins.values()
                    if "stands_for" in data
                }
            )
        },
        "hints": plugin_tables(plugins),
        "module_names": _module_names(parts["modules"]),
        "workloads": workloads(plugins),
        "fixed_places": fixed_places(parts),
    }


def region_names(provider: Mapping[str, Any]) -> dict[str, str]:
    """Folded code, name or zone -> code, for the regions of a provider; a code wins over names and zones."""
    regions = provider.get("regions", {})
    others = {
        fold(name): code
        for code, data in regions.items()
        for name in (*data.get("names", ()), *data.get("zones", ()))
    }
    return {"global": "global", **others, **{fold(code): code for code in regions}}


def _flat_types(plugin: Mapping[str, Any]) -> dict[str, str]:
    """Types of a plug-in by their names without case and underscores: what custom resources that stand for them say."""
    return {
        flat(name): name
        for section in (DATA, CONFIG, UNDECIDED)
        for name in plugin.get(section, ())
    }


def _module_names(modules: Mapping[str, Any]) -> dict[str, str]:
    """The ids of modules by all addresses that calls may give: that of the registry, and that of the repository."""
    return {
        address: module
        for module, data in modules.items()
        for address in module_addresses(module, data["repository"])
    }


def company_names(parts: Mapping[str, Any]) -> dict[str, str]:
    """Ids of providers by all that they may be called: ids, names, aliases, and the name of the company that runs one,
    as contracts have it (Zendesk, Inc.): where it runs others too, of the one that is called like it (Twilio). All of
    them without stops and hyphens as well."""
    providers, entities = parts["providers"], parts["entities"]
    run: dict[str, list[str]] = {}
    for provider, data in providers.items():
        if data.get("operator") in entities:
            run.setdefault(data["operator"], []).append(provider)
    legal = {}
    for company, listed in run.items():
        name = fold(without_stops(entities[company]["name"]))
        alike = (
            listed
            if len(listed) == 1
            else [each for each in listed if name.startswith(fold(providers[each]["name"]))]
        )
        if len(alike) == 1:
            legal[name] = alike[0]
    given = [
        (name, provider)
        for provider, data in providers.items()
        for name in (*data.get("aliases", ()), data["name"], provider)
    ]
    plain = {fold(without_stops(name)): provider for name, provider in given}
    return {**legal, **plain, **{fold(name): provider for name, provider in given}}


def _lexicon(terms: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All terms with their words, longest first."""
    found = [
        {
            "shown": term,
            "data_class": data["class"],
            "tokens": tokens(term),
            "unless": [tokens(phrase) for phrase in data.get("unless", ())],
        }
        for term, data in terms.items()
    ]
    return sorted(found, key=lambda term: (-len(term["tokens"]), term["tokens"]))


def place_names(parts: Mapping[str, Any]) -> dict[str, str]:
    """Folded code or name -> code, of states and areas: what a region may be at a provider that lists none."""
    named = {**parts["jurisdictions"], **parts["areas"]}
    return {
        fold(name): code
        for code, data in named.items()
        for name in (code, data["en"], data["fr"])
    }


def _control(parts: Mapping[str, Any], provider: str) -> dict[str, Any]:
    """Who controls a provider, by region where one has an operator of its own, and by period within.

    A period is ``[first day, what holds from then on]``, the first one without a day.
    """
    try:
        control.refuse_circles(parts, provider)
    except control.ControlError as error:
        raise SovlintError(f"The catalogue's {error.kind} don't fit: {error}.") from None
    regions = (control.EVERYWHERE, *control.regions_apart(parts, provider))
    return {region: _periods(parts, provider, region) for region in regions}


def _periods(parts: Mapping[str, Any], provider: str, region: str) -> list[list[Any]]:
    found: list[list[Any]] = []
    for day in control.turns(parts, provider, region):
        period = _on_a_day(parts, provider, day, region)
        if not found or found[-1][1] != period:
            found.append([day.isoformat() if found else "", period])
    return found


def _on_a_day(
    parts: Mapping[str, Any], provider: str, day: date, region: str
) -> dict[str, Any]:
    found = control.steps(parts, provider, day, region)
    return {
        "operator": control.operator(parts, provider, region),
        "codes": sorted({step.jurisdiction for step in found}),
        "steps": [list(astuple(step)) for step in found],
        "background": all(step.background for step in found),
        "open": [list(each) for each in control.unfound(parts, provider, day, region)],
        "ages": _written(control.held_until(parts, provider, day, region)),
        "outside": {
            area: outside.bounds(parts, control.operator(parts, provider, region), area, day)
            for area in outside.areas(parts)
        },
    }


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _technology(parts: Mapping[str, Any], provider: str) -> list[list[Any]]:
    """What a provider runs on, by period (see ``_control``)."""
    found: list[list[Any]] = []
    for day in turns(parts, provider):
        made = technology(parts, provider, day)
        period = {"codes": made.codes, "services": made.services}
        if not found or found[-1][1] != period:
            found.append([day.isoformat() if found else "", period])
    return found
