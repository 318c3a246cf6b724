"""Which services there are at a provider, and of which kinds they are: what one may take the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.catalog.compiling.shared import whole_plugin
from sovlint.catalog.compiling.written_data import Data
from sovlint.model.lookups.names import fold

ANYBODY: Final = "*"
"""Stands for every provider, where a service is the same whoever runs it."""
ANY_SERVICE: Final = "*"
"""Stands for all services of a provider that aren't listed."""
NO_KIND: Final = "none"
"""The kind of services whose place no other takes."""


def services_of(parts: Data) -> dict[str, set[str]]:
    """The services that something leads to, by provider: a type of a plug-in, a host, an offer. A provider that has
    none is there too. What a plug-in reaches counts for all of its candidates, and under ``ANYBODY``."""
    found: dict[str, set[str]] = {provider: set() for provider in parts["providers"]}
    for plugin, data in parts["plugins"].items():
        if data.get("same_types_as", plugin) not in parts["plugins"]:
            continue  # told elsewhere as a mistake
        for through, service in set(_of_types(parts["plugins"], plugin)):
            reached = (
                whole_plugin(parts["plugins"], through) if through in parts["plugins"] else {}
            )
            for candidate in (ANYBODY, *reached.get("provider", {}).get("candidates", ())):
                found.setdefault(candidate, set()).add(service)
    for entry in parts["endpoints"].values():
        if entry.get("service"):
            found.setdefault(entry["provider"], set()).add(entry["service"])
    for scheme in parts["schemes"].values():
        for offer in scheme["offers"]:
            named = (*(offer.get("services") or ()), *offer.get("excluded", ()))
            found.setdefault(offer["provider"], set()).update(
                name for name in named if name != ANY_SERVICE
            )
    return found


def _of_types(plugins: Data, plugin: str) -> Iterator[tuple[str, str]]:
    """Each service, and the plug-in through which it is reached: this one, unless its rule names another."""
    data = plugins[plugin]
    for entry in data.get("types", {}).values():
        for rule in entry.get("placements", [entry]):
            if rule.get("service"):
                yield rule.get("through") or plugin, rule["service"]
    if data.get("same_types_as"):
        yield from (
            (plugin, service) for _, service in _of_types(plugins, data["same_types_as"])
        )


def kinds_of(index: Data, provider: str, service: str | None) -> tuple[str, ...] | None:
    """The kinds of a service, none where it has no peer; ``None`` where nobody said.

    What a provider's own list doesn't say is asked of what holds for anybody, and of the provider whose services go by
    the same names. A service that isn't known is of the kind of all of its vendor's, if they are alike.
    """
    listed = index["services"]
    own, namesake = listed.get(provider, {}), listed.get(index["like"].get(provider), {})
    wanted = service or ANY_SERVICE
    found = (
        own.get(wanted)
        or listed.get(ANYBODY, {}).get(wanted)
        or namesake.get(wanted)
        or own.get(ANY_SERVICE)
    )
    return None if found is None else tuple(kind for kind in found if kind != NO_KIND)


def tells_apart(index: Data, provider: str) -> bool:
    """Whether services of a provider are listed by themselves."""
    listed = index["services"]
    namesake = index["like"].get(provider)
    return any(name != ANY_SERVICE for name in listed.get(namesake or provider, ()))


def fixed_places(parts: Data) -> dict[str, dict[str, str]]:
    """By provider, the services that the rules of all their types put in one place, whatever is written: its code."""
    found: dict[str, dict[str, set[str | None]]] = {}
    for plugin in parts["plugins"]:
        for through, service, region in _rules(parts["plugins"], plugin):
            reached = (
                whole_plugin(parts["plugins"], through) if through in parts["plugins"] else {}
            )
            fixed = region if isinstance(region, str) else None
            for candidate in reached.get("provider", {}).get("candidates", ()):
                found.setdefault(candidate, {}).setdefault(service, set()).add(fixed)
    return {
        provider: alone
        for provider, services in found.items()
        if (
            alone := {
                service: code
                for service, codes in services.items()
                if len(codes) == 1 and (code := next(iter(codes))) is not None
            }
        )
    }


def _rules(plugins: Data, plugin: str) -> Iterator[tuple[str, str, object]]:
    """Each rule of a plug-in's types that has a service: the plug-in through which it is reached, the service, and what
    is said of its region."""
    for entry in plugins[plugin].get("types", {}).values():
        for rule in entry.get("placements", [entry]):
            if rule.get("service"):
                yield rule.get("through") or plugin, rule["service"], rule.get("region")


def of_kind(listed: Data, kind: str) -> Iterator[tuple[str, str | None]]:
    """Every provider and service of a kind, in order; a vendor whose services are all alike has one, ``None``."""
    for provider in sorted(set(listed) - {ANYBODY}):
        for service, kinds in sorted(listed[provider].items()):
            if kind in kinds:
                yield provider, None if service == ANY_SERVICE else service


def named(index: Data, provider: str, written: str) -> str | None:
    """The service of a provider that is called exactly so, by its id or a name of its own, whatever the case."""
    listed = index["services"].get(provider, {})
    names = {**index["called"].get(provider, {}), **{service: service for service in listed}}
    wanted = fold(written)
    return next((names[name] for name in names if fold(name) == wanted != ANY_SERVICE), None)
