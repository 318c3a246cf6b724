"""What a program of the cluster publishes, so that somebody stands in front of all of it: told of what is behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from sovlint.documents.cursor import Cursor
from sovlint.documents.scalars import scalar_text
from sovlint.frontends.cluster.object_index import Objects, nearest
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.source import Span
from sovlint.rules.cluster.publishing import (
    Flags,
    PublishedKind,
    Publisher,
    Publishing,
    is_on,
    may_lie_in,
    may_select,
)
from sovlint.rules.hints import Hints

_SIGN: Final = "--"


class Proxied(Struct, frozen=True):
    """An object that is published, how, by which rule, and where the flag stands that has somebody stand before it."""

    found: ManifestObject
    written: Cursor
    how: PublishedKind
    rule: Publishing
    where: Span


class _Running(Struct, frozen=True):
    """A program that publishes: what runs it, its flags, and where each of them stands."""

    found: ManifestObject
    flags: Flags
    places: Mapping[str, Span]


def proxied(objects: Objects, hints: Hints) -> Iterator[Proxied]:
    """Whatever programs publish by a flag that has somebody stand in front of it."""
    for rule in hints.publishing:
        running = list(_running(rule, objects))
        if not any(is_on(each.flags, rule.flag) for each in running):
            continue
        for how in rule.published:
            for kind in how.types:
                for found in objects.of_type(kind):
                    yield from _published(found, how, rule, running)


def _running(rule: Publishing, objects: Objects) -> Iterator[_Running]:
    for publisher in rule.publishers:
        for kind in publisher.types:
            for found in objects.of_type(kind):
                flags, places = _flags(found, publisher)
                known = any(
                    text in flags.get(name, ()) for name, text in rule.known_by.items()
                )
                if known or rule.flag in flags:
                    yield _Running(found, flags, places)


def _flags(found: ManifestObject, publisher: Publisher) -> tuple[Flags, Mapping[str, Span]]:
    """Flags with all that they say, and where each stands first."""
    flags: dict[str, tuple[str, ...]] = {}
    places: dict[str, Span] = {}
    for name, text, where in _written(found, publisher):
        flags[name] = (*flags.get(name, ()), *([text] if text else []))
        places.setdefault(name, where)
    return flags, places


def _written(found: ManifestObject, publisher: Publisher) -> Iterator[tuple[str, str, Span]]:
    for path in publisher.arguments:
        for each in found.get().every(path):
            text = scalar_text(each.data)
            if isinstance(each.parent.data, dict):
                yield f"{_SIGN}{each.path[-1]}", text, each.where
            elif text.startswith(_SIGN):
                name, _, value = text.partition("=")
                yield name, value, each.where
    for name, paths in publisher.values.items():
        for each in (one for path in paths for one in found.get().every(path)):
            if text := scalar_text(each.data):
                yield name, text, each.where


def _published(
    found: ManifestObject, how: PublishedKind, rule: Publishing, running: list[_Running]
) -> Iterator[Proxied]:
    by = {each.found: each for each in running}
    near = nearest(found, [each.found for each in running])
    for program in (by[each] for each in near):
        if not is_on(program.flags, rule.flag):
            continue
        for written in found.get().every(how.each) if how.each else [found.get()]:
            if _is_published(written, how, rule, program.flags):
                yield Proxied(found, written, how, rule, program.places[rule.flag])
                return


def _is_published(
    written: Cursor, how: PublishedKind, rule: Publishing, flags: Flags
) -> bool:
    """Whether a program with such flags may publish it, and nothing there says otherwise."""
    origins = flags.get(rule.origins, ())
    if origins and how.origin not in origins:
        return False
    annotations = {
        key: scalar_text(each.data)
        for parent in written.every(how.annotations)
        for key, each in parent.entries()
    }
    if rule.annotation in annotations or not may_select(
        flags.get(rule.selects, ()), annotations
    ):
        return False
    if not all(_passes(written, flags.get(name, ()), at) for name, at in how.filters.items()):
        return False
    hosts = [scalar_text(each.data) for path in how.hosts for each in written.every(path)]
    return any(each and may_lie_in(each, flags.get(rule.domains, ())) for each in hosts)


def _passes(written: Cursor, wanted: tuple[str, ...], paths: tuple[str, ...]) -> bool:
    """Whether one of what is written is wanted, where a flag says what is."""
    return not wanted or any(
        scalar_text(each.data) in wanted for path in paths for each in written.every(path)
    )
