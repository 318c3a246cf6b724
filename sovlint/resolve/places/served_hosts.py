"""At which hosts a repository answers itself, and which domains it manages: told by its resources, and asked only where a
host is met that nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.resource import Resource
from sovlint.model.value import Known, Unknown, Value
from sovlint.resolve.places.inside_values import elements
from sovlint.rules.domains import registrable
from sovlint.rules.own_hosts import OwnHostsRule


class Serving(Struct, frozen=True):
    """A resource that names a host: whoever has it answers there, where ``leads`` is ``None``; else that tells who."""

    resource: Resource
    leads: Found | None = None


class ServedHosts:
    """The hosts that resources name as the repository's own."""

    def __init__(self, resources: Sequence[Resource], catalog: Catalog) -> None:
        self._resources = resources
        self._catalog = catalog

    def owns(self, host: str) -> bool:
        """Whether a host lies in a registered domain of which the repository serves or manages something."""
        return registrable(host) in self._domains

    def at(self, host: str, asking: Resource) -> Sequence[Serving]:
        """Who answers at a host as other resources say; ``*.acme.fr`` of an ingress stands for one label. What examples
        and tests serve, nobody serves outside of these."""
        _, _, above = host.partition(".")
        found = self._serving.get(host) or self._serving.get(f"*.{above}") or ()
        return [
            each
            for each in found
            if each.resource is not asking and self._is_beside(each.resource, asking)
        ]

    def led_by(self, record: Resource) -> Sequence[Serving]:
        """What a record points at, whatever it is called."""
        return [
            Serving(record, each)
            for rule in self._rules.get(record.type, ())
            if _leads(record, rule)
            for each in _targets(record, rule)
        ]

    def _is_beside(self, serving: Resource, asking: Resource) -> bool:
        folder = self._passing(serving.where.span().path)
        return asking.where.span().path.startswith(folder)

    @cached_property
    def _passing(self) -> Callable[[str], str]:
        return self._catalog.hints().formats.passing

    @cached_property
    def _rules(self) -> Mapping[str, Sequence[OwnHostsRule]]:
        found = defaultdict(list)
        for rule in self._catalog.own_hosts:
            for kind in rule.types:
                found[kind].append(rule)
        return found

    @cached_property
    def _named(self) -> Sequence[tuple[Resource, OwnHostsRule, str]]:
        """Every host that a resource names, with the rule by which it does."""
        return [
            (each, rule, host)
            for each in self._resources
            for rule in self._rules.get(each.type, ())
            if not rule.only_with or each.attributes.read(rule.only_with)
            for host in _hosts(each, rule)
        ]

    @cached_property
    def _domains(self) -> frozenset[str]:
        hosts = {host.removeprefix("*.") for _, _, host in self._named}
        return frozenset(map(registrable, hosts))

    @cached_property
    def _serving(self) -> Mapping[str, Sequence[Serving]]:
        found: dict[str, list[Serving]] = defaultdict(list)
        for resource, rule, host in self._named:
            if rule.here:
                found[host].append(Serving(resource))
            if _leads(resource, rule):
                found[host] += (Serving(resource, each) for each in _targets(resource, rule))
        return {host: serving for host, serving in found.items() if serving}


def _leads(resource: Resource, rule: OwnHostsRule) -> bool:
    """Whether a record may be of a type that leads anywhere."""
    read = resource.attributes.read(rule.kind) if rule.kind else ()
    types = [each.value.value for each in read if isinstance(each.value, Known)]
    return not types or bool({*rule.kinds} & {*map(str, types)})


def _targets(resource: Resource, rule: OwnHostsRule) -> Iterator[Found]:
    """What a record points at, each element of a list by itself."""
    read = (each for path in rule.leads for each in resource.attributes.read(path))
    yield from (target for each in read for target in elements(each))


def _hosts(resource: Resource, rule: OwnHostsRule) -> Iterator[str]:
    found = (each.value for path in rule.hosts for each in resource.attributes.read(path))
    texts = dict.fromkeys(text for value in found for text in _texts(value))
    yield from dict.fromkeys(host for text in texts for host in rule.hosts_in(text))


def _texts(value: object) -> Iterator[str]:
    """The texts in a value that are known, keys of maps apart; of one that may be several, each."""
    match value:
        case Known():
            yield from _texts(value.value)
        case Unknown():
            yield from _each(value.among or ())
        case str():
            yield value
        case tuple() | list():
            yield from _each(value)
        case dict():
            yield from _each(value.values())


def _each(values: Iterable[Value | object]) -> Iterator[str]:
    for each in values:
        yield from _texts(each)
