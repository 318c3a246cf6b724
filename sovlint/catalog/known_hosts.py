"""Who answers at a host, as far as the catalogue knows it, or the configuration says it of a house's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from sovlint.catalog import hints, hosts
from sovlint.catalog.decoded import source
from sovlint.catalog.entries import HostMatch
from sovlint.catalog.instances import Instances
from sovlint.catalog.trie import Hosts
from sovlint.model.house import House, OwnHosts
from sovlint.model.partial.holes import marked_text
from sovlint.rules.domains import literal_end
from sovlint.rules.own_hosts import OwnHostsRule


class KnownHosts:
    """The hosts of the catalogue's companies. ``takes`` says which part data plays that is sent to a service of a
    provider."""

    def __init__(
        self, index: Mapping[str, Any], takes: Callable[[str, str | None], str | None]
    ) -> None:
        self._index = index
        self._takes = takes
        self._met: dict[Sequence[str | None], HostMatch | None] = {}
        self.house = House()
        """What is known of the hosts of a house, of those that the catalogue doesn't have."""

    @cached_property
    def _instances(self) -> tuple[Instances, ...]:
        return tuple(hints.entries(self._index, Instances, "instances"))

    def instances_in(self, text: str) -> Sequence[str]:
        """The hosts that stand for the instances of services which a text calls otherwise; holes are signs in both."""
        return next((hosts for each in self._instances if (hosts := each.hosts_in(text))), ())

    @cached_property
    def own_hosts(self) -> tuple[OwnHostsRule, ...]:
        """Where a repository says at which hosts it answers itself."""
        return tuple(hints.entries(self._index, OwnHostsRule, "own_hosts"))

    def match(self, parts: Sequence[str | None]) -> HostMatch | None:
        """What a bare host (no scheme, port or path), as literals and holes in order, proves; see ``hosts.agreed``."""
        parts = tuple(parts)
        if parts not in self._met:
            self._met[parts] = self._by_catalogue(parts)
        return self._met[parts] or self._by_house(parts)

    def _by_catalogue(self, parts: Sequence[str | None]) -> HostMatch | None:
        host = hosts.known(parts)
        found = self._hosts.match(host) if host else None
        if host is None or found is None or found.provider is None:
            return None
        read = source(self._index, found.source) if found.source else None
        shown = found.open and hosts.shows(host, self._shown)
        service = None if shown else found.service
        said = found.takes or self._takes(found.provider, service)
        nothing = said == hosts.TAKES_NOTHING
        return HostMatch(
            found.provider,
            service,
            found.region,
            found.region_hole,
            read,
            takes=None if nothing else said,
            takes_nothing=nothing,
            shown=shown,
        )

    def _by_house(self, parts: Sequence[str | None]) -> HostMatch | None:
        """What the configuration says of a host that the catalogue surely doesn't have."""
        own = self._own(parts)
        if own is None or own.provider is None:
            return None
        takes = self._takes(own.provider, own.service)
        return HostMatch(own.provider, own.service, own.region, takes=takes, said=own.where)

    def is_inside(self, parts: Sequence[str | None]) -> bool:
        """Whether the configuration says that data doesn't leave by a host, and the catalogue doesn't have it."""
        own = self._own(parts)
        return own is not None and own.inside

    def _own(self, parts: Sequence[str | None]) -> OwnHosts | None:
        host = hosts.known(parts) if self.house.hosts else None
        own = self.house.of(marked_text(parts)) if host else None
        return None if own is None or self.may_have(parts) else own

    def covered_by(self, glob: str) -> bool:
        """Whether a glob of hosts covers some of the catalogue's."""
        end = literal_end(glob)
        return self.may_have((glob,) if end == glob else (None, end))

    def may_have(self, parts: Sequence[str | None]) -> bool:
        """Whether a host, or one of those that it may be, is one of the catalogue's."""
        host = hosts.known(parts)
        return host is not None and self._hosts.may_have(host)

    def at_house(self, house: House) -> KnownHosts:
        """The same with what is known of a house's own hosts."""
        found = copy(self)
        found.house = house
        return found

    def not_placement(self, host: str) -> bool:
        """Whether data doesn't land there: documentation, schemas, issue trackers."""
        read = hosts.known((host,))
        found = self._hosts.match(read) if read else None
        return found is not None and found.provider is None

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(self._index["shown"])

    @cached_property
    def _hosts(self) -> Hosts:
        return Hosts(self._index["hosts"])
