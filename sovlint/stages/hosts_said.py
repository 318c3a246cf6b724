"""What there is to remark on ``hosts`` of the configuration: what the catalogue has, what never counts, what is unused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sovlint.catalog.load import Catalog
from sovlint.model.house import OwnHosts, covers
from sovlint.model.partial.holes import HOLE, marked_parts, marked_text
from sovlint.model.placement import Placed
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Unknown, Value, unroll
from sovlint.resolve.facts.endpoints import host_parts
from sovlint.rules.values.address_text import addresses
from sovlint.rules.values.value_kinds import texts_of


def known_hosts(own: Sequence[OwnHosts], catalog: Catalog) -> Iterator[Remark]:
    """Globs of hosts that cover some that the catalogue has, which stay what they are there, and globs that never count:
    of those that match a host as well, the first counts."""
    met: list[tuple[str, OwnHosts]] = []
    for entry in own:
        for glob in entry.globs:
            if catalog.hosts.covered_by(glob):
                yield _remark(entry, "known", glob=glob)
            first = next((each for each in met if covers(each[0], glob)), None)
            if first is not None:
                other, line = first[0], first[1].where.span().line
                key = "twice" if other == glob else "covered"
                yield _remark(entry, key, glob=glob, other=other, line=line)
            met.append((glob, entry))


def unused_hosts(
    own: Sequence[OwnHosts], resources: Iterable[Resource], placed: Iterable[Placed]
) -> Iterator[Remark]:
    """Globs of hosts that match none to which anything here sends data."""
    if not own:
        return
    answered, hosts = _met(placed)
    hosts |= {
        host for each in resources for sent in each.sends for host in _hosts_of(sent.value)
    }
    for entry in own:
        if entry.where.span() in answered and len(entry.globs) == 1:
            continue
        for glob in entry.globs:
            alone = OwnHosts((glob,), entry.where)
            if not any(_may_be(alone, host) for host in hosts):
                yield _remark(entry, "unused", glob=glob)


def _remark(entry: OwnHosts, key: str, **params: object) -> Remark:
    return Remark.at(entry.where, Note(f"config.hosts-{key}", params))


def _met(placed: Iterable[Placed]) -> tuple[set[Span], set[str]]:
    """The entries by which something is placed, and the hosts of which it isn't known where they are."""
    answered, hosts = set(), set()
    for each in placed:
        for placement in each.placements:
            provider = placement.provider
            chains = (provider.because, *placement.because)
            steps = (step for because in chains for step in unroll(because))
            answered |= {step.where.span() for step in steps if step.where is not None}
            if isinstance(provider, Unknown):
                hosts.add(provider.detail.removeprefix("host "))
    return answered, hosts


def _hosts_of(value: Value) -> Iterator[str]:
    """The host of each address that a value may hold, with signs for holes."""
    for text in texts_of(value):
        for address in addresses(text):
            yield marked_text(host_parts(marked_parts(address)))


def _may_be(entry: OwnHosts, host: str) -> bool:
    is_open = HOLE in host
    return entry.may_have(host) if is_open else bool(entry.nearness(host))
