"""At which hosts a repository answers itself, and which domains it manages: told by its resources, and asked only where a
host is met that nobody knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import dirname
from typing import Final

from msgspec import Struct

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.value import Known
from sovlint.resolve.attribute_texts import texts_in
from sovlint.resolve.places.inside_values import elements
from sovlint.rules.domains import is_public, registrable
from sovlint.rules.own_hosts import OwnHostsRule
from sovlint.rules.values.address_names import words_of
from sovlint.rules.values.value_hosts import (
    NamedHost,
    host_filled_by,
    hosts_of,
    is_registered,
    known_end,
)

_CHART: Final = "helm:"
_CLUSTERS: Final = "kubernetes"
"""The front end of what lands on clusters."""
_NAMESPACES: Final = ("metadata.namespace", "spec.targetNamespace")
_OF_ADDRESS: Final = 2
"""Words that a setting's name has of an address at most: ``BASE_URL``."""


class Serving(Struct, frozen=True):
    """A resource that names a host: whoever has it answers there, where ``leads`` is ``None``; else that tells who."""

    resource: Resource
    leads: Found | None = None


class ServedHosts:
    """The hosts that resources name as the repository's own; ``for_others``: what others may know of them too."""

    def __init__(
        self, resources: Sequence[Resource], catalog: Catalog, for_others: bool = False
    ) -> None:
        self._resources = resources
        self._catalog = catalog
        self._for_others = for_others

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

    @property
    def all(self) -> Mapping[str, Sequence[Serving]]:
        """Every host that is known, with whoever answers there; ``*.acme.fr`` stands for one label."""
        return self._serving

    def is_own(self, sent: Sent, asking: Resource) -> bool:
        """Whether the repository answers itself at each host that a plain address may have: something here has its name,
        or a setting that is called after another thing names it as a site of the software."""
        hosts = list(hosts_of(sent.value, _scope(asking)))
        return bool(hosts) and all(self._is_own(host, sent.key, asking) for host in hosts)

    def is_service_here(self, host: str) -> bool:
        """Whether a host of two labels is a service's of a namespace of the repository. A domain that somebody may have
        (``plex.media``) must be called as something here is, too."""
        name, _, namespace = host.partition(".")
        if namespace not in self._namespaces:
            return False
        is_named = any(
            name == each or name.startswith(f"{each}-") for each in self._workloads
        )
        return is_named or not is_public(host)

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        """The namespaces of what lands on clusters here."""
        return frozenset(
            text
            for each in self._resources
            if each.front_end == _CLUSTERS
            for path in _NAMESPACES
            for found in each.attributes.read(path)
            for text, _ in texts_in(found.value)
            if HOLE not in text
        )

    @cached_property
    def _workloads(self) -> frozenset[str]:
        landing = (each.address for each in self._resources if each.front_end == _CLUSTERS)
        return frozenset(address.rpartition("/")[2] for address in landing)

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
        for rule in self._catalog.hosts.own_hosts:
            if rule.for_others and not self._for_others:
                continue
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
        ends = {known_end(host.name) for host in (*named, *self._sites)}
        return frozenset(map(registrable, filter(is_registered, ends)))

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
                for host in (
                    hosts_of(sent.value, _scope(resource)) if sent.by is SentBy.OWN else ()
                ):
                    found[host].append(sent.key)
        return found


def _scope(resource: Resource) -> str:
    """Where names of variables mean the same as in a resource."""
    return resource.root or dirname(resource.where.span().path)


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
    texts = dict.fromkeys(told for value in found for told in texts_in(value))
    hosts = (
        host
        for text, culprit in texts
        for name in rule.hosts_in(text)
        for host in host_filled_by(name, culprit, _scope(resource))
    )
    yield from dict.fromkeys(hosts)
