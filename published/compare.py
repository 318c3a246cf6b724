"""Compares a plug-in's file with a published schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from published.plugin import Plugin
from published.schema import ANY, Schema, has
from sovlint.catalog.compiling.shared import CONFIG, DATA, UNDECIDED

OPEN_PERCENT = 5.0
"""How many of the published types may be undecided or not listed."""


@dataclass(frozen=True, slots=True)
class WrongPath:
    """A path that the file names and the schema doesn't have; ``type`` is ``None`` for what holds for all types."""

    type: str | None
    key: str
    path: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of every published type, and what of the file the schema doesn't know.

    ``data``, ``config``, ``undecided`` and ``unlisted`` part the published types. ``unknown``: types or patterns of the
    file that cover nothing in the schema, and aren't retired. ``returned``: retired ones that it has. ``placeless``:
    data types for which neither an argument nor the provider block can say where they are.
    """

    plugin: str
    origin: str
    version: str | None
    data: tuple[str, ...]
    config: tuple[str, ...]
    undecided: tuple[str, ...]
    unlisted: tuple[str, ...]
    retired: int
    unknown: tuple[str, ...]
    returned: tuple[str, ...]
    placeless: tuple[str, ...]
    wrong: tuple[WrongPath, ...]

    @property
    def published(self) -> int:
        """How many types the schema has."""
        return len(self.data) + len(self.config) + len(self.undecided) + len(self.unlisted)

    @property
    def open_percent(self) -> float:
        """How many per cent of the published types nobody has decided on."""
        return 100 * (len(self.undecided) + len(self.unlisted)) / self.published

    @property
    def sound(self) -> bool:
        """Whether few enough are open, and the file says nothing that the schema contradicts."""
        return self.open_percent <= OPEN_PERCENT and not (
            self.wrong or self.unknown or self.returned
        )


def compare(plugin: Plugin, schema: Schema) -> Comparison:
    """One plug-in's file against one schema."""
    by: dict[str | None, list[str]] = {}
    for name in sorted(schema.types):
        by.setdefault(plugin.decided(name), []).append(name)
    data = tuple(by.get(DATA, ()))
    return Comparison(
        plugin=plugin.name,
        origin=schema.origin,
        version=schema.version,
        data=data,
        config=tuple(by.get(CONFIG, ())),
        undecided=tuple(by.get(UNDECIDED, ())),
        unlisted=tuple(by.get(None, ())),
        retired=len(plugin.own.get("retired", ())),
        unknown=tuple(sorted(set(_unknown(plugin, schema)))),
        returned=tuple(
            sorted(name for name in plugin.own.get("retired", ()) if name in schema.types)
        ),
        placeless=tuple(name for name in data if not _has_place(plugin, schema, name)),
        wrong=tuple(_wrong(plugin, schema)),
    )


def _unknown(plugin: Plugin, schema: Schema) -> Iterator[str]:
    yield from (name for name in plugin.listed() if name not in schema.types)
    yield from (
        name
        for name in plugin.computed()
        if name not in schema.types and not plugin.retired(name)
    )
    for pattern in plugin.patterns():
        if not any(name.startswith(pattern[:-1]) for name in schema.types):
            yield pattern


def _wrong(plugin: Plugin, schema: Schema) -> Iterator[WrongPath]:
    for name in sorted(schema.types):
        for written in dict.fromkeys(plugin.paths(name)):
            if not (
                has(schema.types[name], written.path) or plugin.retired(name, written.path)
            ):
                yield WrongPath(name, written.key, written.path)
        for written in dict.fromkeys(plugin.pieces(name)):
            if not (
                has(schema.types[name], written.path) or has(schema.settings, written.path)
            ):
                yield WrongPath(name, written.key, written.path)
        for written in dict.fromkeys(plugin.exported(name)):
            if schema.exports(name, written.path) is False and not plugin.retired(
                name, written.path
            ):
                yield WrongPath(name, written.key, written.path)
    yield from _wrong_anywhere(plugin, schema)


def _wrong_anywhere(plugin: Plugin, schema: Schema) -> Iterator[WrongPath]:
    """Paths that are of no one type: arguments of any, and settings of the plug-in itself."""
    for known, paths in (
        (schema.arguments, plugin.anywhere()),
        (schema.settings, plugin.settings()),
    ):
        for written in paths if known else ():
            if not (has(known, written.path) or plugin.retired(ANY, written.path)):
                yield WrongPath(None, written.key, written.path)


def _has_place(plugin: Plugin, schema: Schema, name: str) -> bool:
    """Whether each placement of a type has something that can say where it is."""
    places = plugin.data.get("region", {})
    hosts = [
        each
        for each in plugin.data.get("provider", {}).get("settings", ())
        if each.get("host")
    ]
    if places.get("settings") or places.get("settings_zone") or hosts:
        return True
    usual = (*places.get("resource", ()), *places.get("zone", ()))
    own = ("region", "zone", "via", "each_region", "each_endpoint", "paired", "host")
    return all(
        any(rule.get(key) for key in own)
        or any(has(schema.types[name], path) for path in usual)
        for rule in plugin.rules(name)
        if rule.get("role") != CONFIG
    )
