"""Counting what an index holds, and reading the dates of its sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sovlint.catalog.checks.copies import copied
from sovlint.catalog.compiling.shared import UNDECIDED, whole_plugin
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.plugin_types import type_entry
from sovlint.catalog.releases import VERSION
from sovlint.catalog.services import kinds_of
from sovlint.model.lookups.contents import Inventory, SourceReading

NO_ROLE: Final = "none"
"""Counts types without a role of their own."""

_FACTS: Final = (
    "jurisdictions",
    "entities",
    "providers",
    "endpoints",
    "not_placements",
    "schemes",
    "registries",
    "images",
    "signatures",
    "values",
    "commands",
    "deployments",
    "pipelines",
    "tasks",
    "instances",
    "own_hosts",
    "modules",
)
"""Sections whose entries name the source of each fact."""
_DATE: Final = re.compile(r"\b(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\b")


def inventory(index: Data) -> Inventory:
    """What an index holds."""
    facts = Counter(
        index["sources"][key]["background"]
        for section in _FACTS
        for key in _cited(index[section])
    )
    return Inventory(
        date=index["date"],
        providers=len(index["providers"]),
        services=len(set(_services(index))),
        kindless=sum(
            1
            for owner, service in set(_services(index))
            if not _has_kind(index, owner, service)
        ),
        regions=sum(len(data.get("regions", ())) for data in index["providers"].values()),
        hosts=len(index["endpoints"]),
        plugins=len(index["plugins"]),
        types=dict(Counter(_roles(index)).most_common()),
        offers={name: len(scheme["offers"]) for name, scheme in index["schemes"].items()},
        sourced=facts[False],
        background=facts[True],
        readings=tuple(_readings(index)),
        version=index.get(VERSION, ""),
        copies=tuple(copied(index)),
        undecided=sum(len(data.get(UNDECIDED, ())) for data in index["plugins"].values()),
    )


def earliest_day(written: str) -> date | None:
    """The earliest day that a source's date may mean: of the latest of several, and the first of a month or a year."""
    found = []
    for year, month, day in _DATE.findall(written):
        try:
            found.append(date(int(year), int(month or 1), int(day or 1)))
        except ValueError:  # a version, or no day of the calendar
            continue
    return max(found, default=None)


def _cited(value: Any) -> Iterator[str]:
    """The ids of all sources that facts name."""
    if isinstance(
        value, Mapping
    ):  # a section of the index is decoded entry by entry, and no dict
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield inner
            else:
                yield from _cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited(inner)


def _services(index: Data) -> Iterator[tuple[str, str]]:
    """Provider (or the plug-in that nobody in particular is behind) and service, however often."""
    for entry in index["endpoints"].values():
        if entry.get("service"):
            yield entry["provider"], entry["service"]
    for plugin, data in index["plugins"].items():
        owner = _owner(plugin, data)
        for entry in data.get("types", {}).values():
            for rule in entry.get("placements", [entry]):
                if rule.get("service"):
                    through = rule.get("through")
                    yield (
                        _owner(through, index["plugins"][through]) if through else owner,
                        rule["service"],
                    )


def _owner(plugin: str, data: Data) -> str:
    return data.get("provider", {}).get("default") or data.get("same_types_as") or plugin


def _has_kind(index: Data, owner: str, service: str) -> bool:
    """Whether somebody said of which kind a service is; of a plug-in's, at one of those who may be behind it."""
    behind: tuple[str, ...] = ()
    if owner in index["plugins"]:
        behind = tuple(
            whole_plugin(index["plugins"], owner).get("provider", {}).get("candidates", ())
        )
    return any(kinds_of(index, each, service) is not None for each in (owner, *behind))


def _roles(index: Data) -> Iterator[str]:
    """The first role of each type, and of each pattern of types."""
    for plugin, data in index["plugins"].items():
        for name in (*data.get("types", ()), *data.get("config", ())):
            entry = type_entry(index, plugin, name)
            yield (entry.rules[0].role if entry and entry.rules else None) or NO_ROLE


def _readings(index: Data) -> Iterator[SourceReading]:
    for key, source in index["sources"].items():
        if not source["background"]:
            file, _, name = key.partition(":")[2].partition("#")
            yield SourceReading(
                file,
                name,
                source["date"],
                earliest_day(source["date"]),
                bool(source.get("reviewed_by")),
            )
