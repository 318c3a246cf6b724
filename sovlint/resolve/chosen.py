"""What a resource chooses by tags, or by patterns of names: a backup of all that carries a tag, say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property

from msgspec import Struct

from sovlint.catalog.entries import SelectionRule
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.resource import Labels, Resource
from sovlint.model.value import Known, Unknown, Value
from sovlint.resolve.conditions import is_excluded
from sovlint.resolve.names.forms import as_text
from sovlint.resolve.places.known_resources import KnownResources

_ANY = "*"


class WantedTag(Struct, frozen=True):
    """A tag that chooses: its key, and the value (``*``: any part of it); a value that isn't known may be any."""

    key: str
    value: str


class Selections:
    """The resources that others choose. Services are those of the catalogue."""

    def __init__(self, resources: Sequence[Resource], known: KnownResources) -> None:
        self._resources = resources
        self._known = known

    def by(self, resource: Resource, rule: SelectionRule) -> Iterator[Resource]:
        """What a rule of a resource's type chooses: in its own root and variant, and in the roots beside it."""
        if is_excluded(resource, rule.unless):
            return
        patterns = list(_patterns(resource, rule)) if rule.names else []
        tags = [] if rule.names else list(_tags(resource, rule))
        for service in rule.services if patterns or tags or rule.every else ():
            for each in self._of_service.get(service, ()):
                if each is resource or not _beside(resource, each):
                    continue
                if self._known.names_here.same_region(resource, each) is False:
                    continue
                if (
                    rule.every
                    or any(_carries(each, tag) for tag in tags)
                    or any(self._known.names_here.fits(each, pattern) for pattern in patterns)
                ):
                    yield each

    @cached_property
    def _of_service(self) -> Mapping[str, Sequence[Resource]]:
        found = defaultdict(list)
        for each in self._resources:
            entry = self._known.entry(each)
            services = {rule.service for rule in entry.rules} if entry else set()
            for service in services:
                if service is not None and entry is not None and not entry.config:
                    found[service].append(each)
        return found


def _beside(one: Resource, other: Resource) -> bool:
    """Whether two resources may be of one account: of one variant, where they are of one root."""
    return one.root != other.root or one.variant == other.variant


def _patterns(resource: Resource, rule: SelectionRule) -> Iterator[str]:
    for found in resource.attributes.read(rule.at):
        for value in _each(found.value):
            text = as_text(value)
            if _ANY in text:
                yield text.replace(HOLE, _ANY)


def _each(value: Value) -> Iterator[Value]:
    """A value, or each element of a list."""
    if isinstance(value, Known) and isinstance(value.value, tuple):
        yield from value.value
    else:
        yield value


def _tags(resource: Resource, rule: SelectionRule) -> Iterator[WantedTag]:
    """The tags that a rule names: things of a key and a value, a map, or texts of both."""
    if rule.key is None:
        for found in resource.attributes.read(rule.at):
            for value in _each(found.value):
                yield from _in_map(value)
        return
    keys = resource.attributes.read(f"{rule.at}.*.{rule.key}")
    values = resource.attributes.read(f"{rule.at}.*.{rule.value}")
    told = [as_text(found.value) or _ANY for found in values]
    for position, found in enumerate(keys):
        wanted = told[position] if len(told) == len(keys) else _ANY
        yield WantedTag(as_text(found.value).removeprefix(rule.prefix), wanted)


def _in_map(value: Value) -> Iterator[WantedTag]:
    """The tags of a map, or of a text with a colon between key and value."""
    entries = value.value if isinstance(value, Known) else value.entries
    if isinstance(entries, str):
        key, sign, wanted = entries.partition(":")
        yield WantedTag(key, wanted if sign else _ANY)
    elif isinstance(entries, Mapping):
        for key, inner in entries.items():
            yield WantedTag(str(key), as_text(inner) or _ANY)


def _carries(resource: Resource, tag: WantedTag) -> bool:
    """Whether a resource may carry a tag: what isn't known of a value may be what is wanted."""
    return any(_may_hold(labels, tag) for labels in resource.labels)


def _may_hold(labels: Labels, tag: WantedTag) -> bool:
    value = labels.entries
    entries = value.value if isinstance(value, Known) else value.entries
    if not isinstance(entries, Mapping) or tag.key not in entries:
        return False
    wanted = tag.value.replace(HOLE, _ANY)
    for each in _members(entries[tag.key]):
        text = as_text(each)
        if not text or HOLE in text or fnmatchcase(text, wanted):
            return True
    return False


def _members(value: Value) -> Sequence[Value]:
    return value.among or (value,) if isinstance(value, Unknown) else (value,)
