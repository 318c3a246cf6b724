"""References between catalogue entries, and names that collide.

Works on merged parts (see ``files.py``): an overlay may refer to what ships, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sovlint.catalog.checks import (
    companies,
    configuration,
    endpoints,
    modules,
    plugins,
    qualifications,
    software,
)
from sovlint.catalog.checks.mentions import unlisted
from sovlint.catalog.checks.written import At, Faults
from sovlint.catalog.compiling import control
from sovlint.catalog.compiling.files import HOST_SECTIONS, CatalogueFile, Problem
from sovlint.catalog.compiling.words import with_lexicon
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.hosts import pattern
from sovlint.catalog.services import services_of
from sovlint.model.decoding import DecodedEntries
from sovlint.model.lookups.names import fold, without_stops
from sovlint.rules.names.signature import Signature
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.values.address_names import AddressNames
from sovlint.rules.values.by_value import ByValue
from sovlint.rules.values.value_kinds import ValueKind, ValueKinds

# --- Checks of what shows where a cluster is (``evidence.yaml``): whose it is, and patterns that can be read.


def evidence(_: str, data: Data, _parts: Data) -> Faults:
    """What is wrong with one entry, and where in it."""
    if sum(key in data for key in ("provider", "among")) > 1 or (
        "or" in data and "provider" not in data
    ):
        yield (), "say `provider`, with `or` if need be, or `among`."
    region = "value" in data and "region" in re.compile(data["value"]).groupindex
    if not (
        region
        or any(
            data.get(key)
            for key in ("provider", "among", "inside", "elsewhere", "server", "machine")
        )
        or data.get("payload") is False
    ):
        yield (), "this shows nothing: no provider, no region, nothing of volumes."
    if data["seen"] in ("annotation", "field") and "on" not in data:
        yield (), "say on which kinds (`on`): elsewhere it may mean nothing."
    if data["seen"] != "field" and any("*" in name[:-1] for name in data.get("names", ())):
        yield ("names",), "`*` stands at the end of a name, where it is no path of a field."
    if data["seen"] == "field" and "value" not in data:
        yield (), "say which values (`value`): that a field is there shows nothing."


_SHIPPED = "the shipped catalogue"
Check = Callable[[str, Any, Mapping[str, Any]], Faults]
"""An entry's id, the entry and all parts -> what is wrong with it."""

_CHECKS: Sequence[tuple[str, Check]] = (
    ("entities", companies.entity), ("providers", companies.provider), ("jurisdictions", companies.jurisdiction),
    ("like", companies.like),
    ("endpoints", endpoints.endpoint), ("not_placements", endpoints.not_placement),
    ("schemes", qualifications.scheme),
    ("terms", software.term),
    ("signatures", software.signature), ("values", software.value_kind),
    ("commands", software.command), ("deployments", software.deployment),
    ("instances", endpoints.instance),
    ("passed_over", software.passed_over),
    ("unread", software.unread),
    ("developers", software.developers),
    ("plugins", plugins.plugin),
    ("evidence", evidence),
    ("modules", modules.module),
)  # fmt: skip


_RESTS_ON: Mapping[str, frozenset[str]] = {
    "terms": frozenset(), "signatures": frozenset(), "passed_over": frozenset(), "unread": frozenset(),
    "developers": frozenset(), "values": frozenset(("values",)), "commands": frozenset(("commands",)),
    "deployments": frozenset(("deployments", "commands")),
}  # fmt: skip
"""Sections of which an entry is right by itself and by what stands in these. What ships is right already, and isn't
looked at again where nobody adds to these."""
_NAMING: Sequence[str] = (
    "entities", "providers", "jurisdictions", "like", "endpoints", "sends", "schemes", "classes", "terms", "images",
    "signatures", "values", "commands", "deployments", "tasks", "pipelines", "formats", "plugins", "evidence",
    "modules",
)  # fmt: skip
"""Sections whose entries name others."""


class References:
    """The checks of one set of merged parts; problems are told at the entry of the files at hand (``origins``).
    ``is_laid_over``: all else ships, and was checked by itself."""

    def __init__(
        self,
        parts: Mapping[str, Any],
        where: Mapping[tuple[str, str], tuple[CatalogueFile, At]],
        is_laid_over: bool = False,
    ) -> None:
        self.parts = parts
        self.where = where
        self._is_laid_over = is_laid_over
        self._added_to = {section for section, _ in where}

    def problems(self) -> list[Problem]:
        """All of them, sorted."""
        found = [
            self._located(section, entry, at, message)
            for section, check in (
                *_CHECKS,
                ("services", self._services),
                ("called", self._called),
                ("formats", self._format),
            )
            for entry, data in self._to_check(section)
            for at, message in check(entry, data, self.parts)
        ]
        found += [
            self._located(section, entry, at, message)
            for section in self.parts
            if section in _NAMING
            for entry, data in self._at_hand(section)  # no name of what ships is taken away
            for at, message in unlisted(section, data, self.parts)
        ]
        found += [
            self._located(*problem)
            for problem in (*self._names(), *self._plugin_names(), *self._hosts())
        ]
        if not found:
            found += [self._located(*problem) for problem in self._circles()]
        return sorted(
            set(found), key=lambda problem: (problem.path, problem.line, problem.message)
        )

    def _to_check(self, section: str) -> Iterable[tuple[str, Any]]:
        """The entries of a section that may be wrong."""
        entries: Mapping[str, Any] = self.parts[section]
        rests_on = _RESTS_ON.get(section)
        if rests_on is None or rests_on & self._added_to:
            return entries.items()
        return self._at_hand(section)

    def _at_hand(self, section: str) -> Iterable[tuple[str, Any]]:
        """The entries of a section that the files at hand have."""
        entries: Mapping[str, Any] = self.parts[section]
        if not self._is_laid_over:
            return entries.items()
        if section not in self._added_to:
            return ()
        return [each for each in entries.items() if (section, each[0]) in self.where]

    def _located(self, section: str, entry: str, at: At, message: str) -> Problem:
        file, start = self.where.get((section, entry), (None, ()))
        if file is None:
            return Problem(_SHIPPED, 1, 1, f"{section}, `{entry}`: {message}")
        return file.problem((*start, *at), message)

    def _format(self, name: str, data: Mapping[str, Any], parts: Mapping[str, Any]) -> Faults:
        at_hand = (
            "formats",
            name,
        ) in self.where  # what an overlay adds may meet examples of what ships
        tried = at_hand and not list(unlisted("formats", data, parts))
        yield from configuration.problems(
            name, data, parts, self._signatures if tried else None
        )

    @cached_property
    def _signatures(self) -> Signatures | None:
        """All signatures; ``None`` where one is no signature, which is told at it."""
        written = self.parts["signatures"]
        broken = any(list(software.patterns(data)) for data in written.values())
        if broken:
            return None
        kinds = ValueKinds(list(DecodedEntries(ValueKind, self.parts["values"]).values()))
        names = AddressNames(with_lexicon(self.parts["address_names"], self.parts["terms"]))
        return Signatures(
            list(DecodedEntries(Signature, written).values()), lambda: ByValue(kinds, names)
        )

    def _services(
        self, provider: str, listed: Mapping[str, Sequence[str]], parts: Mapping[str, Any]
    ) -> Faults:
        yield from companies.services(provider, listed, parts, self._owners)

    def _called(
        self, provider: str, names: Mapping[str, str], parts: Mapping[str, Any]
    ) -> Faults:
        yield from companies.called(provider, names, parts, self._owners)

    @cached_property
    def _owners(self) -> Mapping[str, set[str]]:
        return services_of(self.parts)

    def _names(self) -> Iterator[tuple[str, str, At, str]]:
        names: list[tuple[str, str, At]] = []
        for provider, data in self.parts["providers"].items():
            aliases = [
                (alias, ("aliases", index))
                for index, alias in enumerate(data.get("aliases", ()))
            ]
            written: dict[str, At] = {}
            for name, at in ((provider, ("id",)), (data["name"], ("name",)), *aliases):
                written.setdefault(fold(without_stops(name)), at)
            names += ((name, provider, at) for name, at in written.items())
        yield from self._claimed("providers", names)

    def _plugin_names(self) -> Iterator[tuple[str, str, At, str]]:
        names: list[tuple[str, str, At]] = []
        for plugin, data in self.parts["plugins"].items():
            others = (
                (source, ("sources_of", index))
                for index, source in enumerate(data.get("sources_of", ()))
            )
            names += (
                (source.casefold(), plugin, at) for source, at in ((plugin, ("id",)), *others)
            )
            names += (
                (f"group {group}", plugin, ("groups", i))
                for i, group in enumerate(data.get("groups", ()))
            )
            if "local_name" in data:
                names.append((f"local name {data['local_name']}", plugin, ("local_name",)))
        yield from self._claimed("plugins", names)

    def _claimed(
        self, section: str, names: Iterable[tuple[str, str, At]]
    ) -> Iterator[tuple[str, str, At, str]]:
        """Names that two entries claim, told at one of the files at hand, with the place of the other."""
        taken: dict[str, tuple[str, At]] = {}
        for name, entry, at in names:
            one, other = (entry, at), taken.setdefault(name, (entry, at))
            if one[0] == other[0]:
                continue
            if (section, one[0]) not in self.where:
                one, other = other, one
            yield (
                section,
                *one,
                f"`{name}` means {other[0]} already ({self._place(section, *other)}).",
            )

    def _place(self, section: str, entry: str, at: At) -> str:
        """Where an entry stands, as far as that is at hand."""
        file, start = self.where.get((section, entry), (None, ()))
        if file is None:
            return f"in {_SHIPPED}"
        found = file.problem((*start, *at), "")
        return f"at {found.path}:{found.line}"

    def _hosts(self) -> Iterator[tuple[str, str, At, str]]:
        """Patterns that claim the same hosts: neither is more specific. Told at one of the files at hand."""
        taken: dict[tuple[object, ...], tuple[str, str]] = {}
        for section in HOST_SECTIONS:
            for host, data in self.parts[section].items():
                one, other = (
                    (section, host),
                    taken.setdefault(pattern(data).shape, (section, host)),
                )
                if one == other:
                    continue
                if one not in self.where:
                    one, other = other, one
                entry = self.parts[other[0]][other[1]]
                whose = entry.get("provider") or "no placement"
                yield (
                    *one,
                    (),
                    f"`{one[1]}` claims the hosts of `{other[1]}` ({whose}) at {entry['at']}.",
                )

    def _circles(self) -> Iterator[tuple[str, str, At, str]]:
        for provider in self.parts["providers"]:
            try:
                control.refuse_circles(self.parts, provider)
            except control.ControlError as error:
                yield error.kind, error.id, (), f"{error}."
