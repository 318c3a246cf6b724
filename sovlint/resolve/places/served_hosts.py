"""At which hosts a repository answers itself, and which domains it manages: told by its resources, and asked only where a
host is met that nobody knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import dirname
from typing import Final

from msgspec import Struct

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.partial.holes import HOLE, marked_text
from sovlint.model.resource import Resource, Sent, SentBy
from sovlint.model.value import Known, Unknown, Value
from sovlint.resolve.places.inside_values import elements
from sovlint.rules.domains import is_public, registrable
from sovlint.rules.own_hosts import OwnHostsRule
from sovlint.rules.values.address_names import words_of
from sovlint.rules.values.value_hosts import hosts_apart

_CHART: Final = "helm:"
_OF_ADDRESS: Final = 2
"""Words that a setting's name has of an address at most: ``BASE_URL``."""


class Serving(Struct, frozen=True):
    """A resource that names a host: whoever has it answers there, where ``leads`` is ``None``; else that tells who."""

    resource: Resource
    leads: Found | None = None


class NamedHost(Struct, frozen=True):
    """A host, with signs for what isn't known of it. ``culprit``: what that is, and ``scope`` where it has that name: two
    are the same where the same fills them. Nothing where all is known."""

    name: str
    culprit: str = ""
    scope: str = ""


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

    def is_own(self, sent: Sent, asking: Resource) -> bool:
        """Whether the repository answers itself at each host that a plain address may have: something here has its name,
        or a setting that is called after another thing names it as a site of the software."""
        hosts = list(_hosts_of(sent.value, asking))
        return bool(hosts) and all(self._is_own(host, sent.key, asking) for host in hosts)

    def is_called_here(self, key: str) -> bool:
        """Whether a setting is called after a chart of the repository: ``CLAIMS_SERVICE_URL`` of ``claims-service``."""
        words = words_of(key)
        names = (words[:-size] for size in range(1, _OF_ADDRESS + 1))
        return any(name in self._charts for name in names)

    @cached_property
    def _charts(self) -> frozenset[tuple[str, ...]]:
        """Names of charts here, in words; one word alone may be anything."""
        addresses = (each.address for each in self._resources)
        names = (each.removeprefix(_CHART) for each in addresses if each.startswith(_CHART))
        return frozenset(words for words in map(words_of, names) if len(words) > 1)

    def _is_own(self, host: NamedHost, key: str, asking: Resource) -> bool:
        sites = self._sites.get(host, ())
        names = self._catalog.address_names
        return any(names.is_called_apart(key, each) for each in sites) or any(
            self._is_beside(each, asking) for each in self._named_here(host)
        )

    def _named_here(self, host: NamedHost) -> Iterator[Resource]:
        """The resources that have the name of a host, or of a zone that isn't known and in which it lies. Of one of which
        all is known, records and what answers there say more (``at``)."""
        if HOLE not in host.name:
            if host.name not in self._serving:
                yield from self._here.get(host, ())
            return
        yield from self._here.get(host, ())
        if host.name.endswith(f".{HOLE}"):
            yield from self._here.get(NamedHost(HOLE, host.culprit, host.scope), ())

    def app_at(self, host: str, asking: Resource) -> Resource | None:
        """What is here and has a host from the platform that it runs on, by its name."""
        if not host.endswith(self._platforms):
            return None
        return next(
            (
                resource
                for pattern, resource in self._apps
                if pattern.fullmatch(host) and self._is_beside(resource, asking)
            ),
            None,
        )

    def _is_beside(self, serving: Resource, asking: Resource) -> bool:
        folder = self._passing(serving.where.span().path)
        return asking.where.span().path.startswith(folder)

    @cached_property
    def _passing(self) -> Callable[[str], str]:
        return self._catalog.hints().formats.passing

    @cached_property
    def _rules(self) -> Mapping[str, Sequence[OwnHostsRule]]:
        found = defaultdict(list)
        for rule in self._catalog.hosts.own_hosts:
            for kind in rule.types:
                found[kind].append(rule)
        return found

    @cached_property
    def _named(self) -> Sequence[tuple[Resource, OwnHostsRule, NamedHost]]:
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
        named = [host for _, rule, host in self._named if not rule.below]
        ends = {_known_end(host.name) for host in (*named, *self._sites)}
        return frozenset(map(registrable, filter(_is_registered, ends)))

    @cached_property
    def _serving(self) -> Mapping[str, Sequence[Serving]]:
        found: dict[str, list[Serving]] = defaultdict(list)
        for resource, rule, host in self._named:
            if rule.here:
                found[host.name].append(Serving(resource))
            if _leads(resource, rule):
                found[host.name] += (
                    Serving(resource, each) for each in _targets(resource, rule)
                )
        return {
            host: serving for host, serving in found.items() if serving and HOLE not in host
        }

    @cached_property
    def _here(self) -> Mapping[NamedHost, Sequence[Resource]]:
        """The resources that have a name of the network, by that."""
        found: dict[NamedHost, list[Resource]] = defaultdict(list)
        for resource, rule, host in self._named:
            if not rule.below:
                found[host].append(resource)
        return found

    @cached_property
    def _platforms(self) -> tuple[str, ...]:
        return tuple(rule.below for rule in self._catalog.hosts.own_hosts if rule.below)

    @cached_property
    def _apps(self) -> Sequence[tuple[re.Pattern[str], Resource]]:
        """The hosts that platforms give to what is here, with anything for what isn't known; those that are known first."""
        named = [(host.name, resource) for resource, rule, host in self._named if rule.below]
        return [
            (re.compile("[^.]+".join(map(re.escape, name.split(HOLE)))), resource)
            for name, resource in sorted(named, key=lambda each: HOLE in each[0])
            if name.strip(f"{HOLE}-").partition(".")[0]
        ]

    @cached_property
    def _sites(self) -> Mapping[NamedHost, Sequence[str]]:
        """The hosts that settings name as sites of the software, with the names of these."""
        found: dict[NamedHost, list[str]] = defaultdict(list)
        for resource in self._resources:
            for sent in resource.sends:
                for host in _hosts_of(sent.value, resource) if sent.by is SentBy.OWN else ():
                    found[host].append(sent.key)
        return found


_NAME: Final = re.compile(
    r"(?:var|local|data|module)\.[\w.\[\]\"*-]+|\$\{?\w+\}?|\{\{[^{}]*\}\}"
)
"""What names something that isn't known."""


def _known_end(name: str) -> str:
    """The whole labels that are known of a host, up to the first that isn't."""
    _, hole, end = name.rpartition(HOLE)
    return (end.partition(".")[2] if hole else end).removeprefix("*.")


def _is_registered(domain: str) -> bool:
    """Whether a domain is one that somebody registered, or lies below it: not ``gov.uk``, in which everybody is."""
    below = f"x.{domain}"
    return bool(domain) and is_public(domain) and registrable(below) != below


def _hosts_of(value: Value, asking: Resource) -> Iterator[NamedHost]:
    for name, culprit in hosts_apart(value):
        yield from _host(name, culprit, asking)


def _host(name: str, culprit: str, asking: Resource) -> Iterator[NamedHost]:
    """A host; nothing where too little is known of it to tell it from others."""
    if HOLE not in name:
        yield NamedHost(name)
        return
    if _is_registered(_known_end(name)):
        yield NamedHost(name, culprit)
    elif _NAME.fullmatch(culprit):
        yield NamedHost(name, culprit, asking.root or dirname(asking.where.span().path))


def _leads(resource: Resource, rule: OwnHostsRule) -> bool:
    """Whether a record may be of a type that leads anywhere."""
    read = resource.attributes.read(rule.kind) if rule.kind else ()
    types = [each.value.value for each in read if isinstance(each.value, Known)]
    return not types or bool({*rule.kinds} & {*map(str, types)})


def _targets(resource: Resource, rule: OwnHostsRule) -> Iterator[Found]:
    """What a record points at, each element of a list by itself."""
    read = (each for path in rule.leads for each in resource.attributes.read(path))
    yield from (target for each in read for target in elements(each))


def _hosts(resource: Resource, rule: OwnHostsRule) -> Iterator[NamedHost]:
    found = (each.value for path in rule.hosts for each in resource.attributes.read(path))
    texts = dict.fromkeys(told for value in found for told in _texts(value))
    hosts = (
        host
        for text, culprit in texts
        for name in rule.hosts_in(text)
        for host in _host(name, culprit, resource)
    )
    yield from dict.fromkeys(hosts)


def _texts(value: object) -> Iterator[tuple[str, str]]:
    """The texts in a value, keys of maps apart, with signs for what isn't known, and what that is; of one that may be
    several, each."""
    match value:
        case Known():
            yield from _texts(value.value)
        case Unknown():
            yield from _of_unknown(value)
        case str():
            yield value, ""
        case tuple() | list():
            yield from _each(value)
        case dict():
            yield from _each(value.values())


def _of_unknown(value: Unknown) -> Iterator[tuple[str, str]]:
    inner = (*(value.among or ()), *(value.entries or {}).values())
    if value.encodes is not None:
        yield from _texts(value.encodes)
    elif inner:
        yield from _each(inner)
    elif value.each is None:
        whole = len(value.holes) == (value.parts or ()).count(None)
        told = " ".join(hole.detail for hole in value.holes) if whole else value.detail
        yield marked_text(value.parts or (None,)), told or value.detail


def _each(values: Iterable[Value | object]) -> Iterator[tuple[str, str]]:
    for each in values:
        yield from _texts(each)
