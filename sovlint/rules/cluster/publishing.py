"""Programs of a cluster that make records for what other objects serve, so that somebody stands in front of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Final

from msgspec import Meta, Struct, field

from sovlint.model.decoding import SomeText, SourceKey, Texts, late_pattern
from sovlint.rules.destination import HeldDestination

_EQUAL: Final = late_pattern(r"\s*(?P<key>[^\s!=,()]+)\s*==?\s*(?P<value>[^\s!=,()]+)\s*\Z")
_AMONG: Final = late_pattern(r"\s*(?P<key>[^\s!=,()]+)\s+in\s*\((?P<values>[^()]*)\)\s*\Z")
_OFF: Final = ("false", "0", "no")


class Publisher(Struct, frozen=True, kw_only=True):
    """Objects that run such a program, and where its flags stand."""

    types: Annotated[Texts, Meta(min_length=1)]
    arguments: Texts = ()
    """Paths of its flags: `--name=value`, or an entry of a mapping."""
    values: Mapping[str, Texts] = field(default_factory=dict)
    """Paths of what stands for a flag, by the flag."""


class PublishedKind(Struct, frozen=True, kw_only=True):
    """Objects that it makes records for."""

    types: Annotated[Texts, Meta(min_length=1)]
    origin: SomeText
    """What it calls their kind."""
    each: SomeText = ""
    """Where each thing that is served stands; without it, the object is one. Other paths lead on from it."""
    hosts: Annotated[Texts, Meta(min_length=1)]
    annotations: SomeText = "metadata.annotations"
    behind: Texts = ()
    """Names of services that it leads to; without it, what the type `refers` to as a call."""
    routed: SomeText = ""
    """Hosts that other objects route to services."""
    filters: Mapping[str, Texts] = field(default_factory=dict)
    """By a flag that narrows what is published, the paths of what it is compared with."""


class Publishing(HeldDestination, frozen=True, kw_only=True):
    """A flag of such a program that has somebody stand in front of whatever it publishes."""

    key: SomeText
    """What names it in reports."""
    flag: SomeText
    known_by: Mapping[str, SomeText]
    """Flags and what they say, by which such a program is known, with the flag or without: of several, the nearest one
    publishes an object."""
    publishers: Annotated[tuple[Publisher, ...], Meta(min_length=1)]
    published: Annotated[tuple[PublishedKind, ...], Meta(min_length=1)]
    annotation: SomeText
    """By which an object says otherwise for itself."""
    origins: SomeText
    """The flag of the kinds of objects that are published."""
    domains: SomeText
    """The flag of the domains in which it makes records."""
    selects: SomeText
    """The flag of annotations that an object must have."""
    role: str = "edge"
    source: SourceKey


Flags = Mapping[str, tuple[str, ...]]
"""What a program is told, by its flags."""


def is_on(flags: Flags, flag: str) -> bool:
    """Whether a switch is on: it stands there, and nothing says that it is off."""
    return flag in flags and not any(each.lower() in _OFF for each in flags[flag])


def may_select(selectors: Iterable[str], annotations: Mapping[str, str]) -> bool:
    """Whether annotations may be those that are wanted: what a selector means that isn't a simple one isn't known."""
    return all(_may_select(each, annotations) for each in selectors)


def _may_select(selector: str, annotations: Mapping[str, str]) -> bool:
    equal, among = _EQUAL.match(selector), _AMONG.match(selector)
    if equal is not None:
        return annotations.get(equal["key"]) == equal["value"]
    if among is not None:
        values = {each.strip() for each in among["values"].split(",")}
        return annotations.get(among["key"]) in values
    return True


def may_lie_in(host: str, domains: Iterable[str]) -> bool:
    """Whether a host may lie in one of these domains; what is filled in later may be any."""
    written = [each.lower().strip(".") for each in domains]
    if not written or any("$" in each or "{" in each for each in (host, *written)):
        return True
    return any(host.lower() == each or host.lower().endswith(f".{each}") for each in written)
