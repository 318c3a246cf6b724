"""Where resources send data by the settings of what they run: functions and apps, objects of clusters, charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sovlint.frontends.terraform.structure import tree
from sovlint.model.hints import Hints
from sovlint.model.resource import Link, Resource, Sent
from sovlint.model.signature import Signal
from sovlint.model.value import Unknown, Value


def sending(resources: Iterable[Resource], hints: Hints) -> Iterator[Resource]:
    """Resources with where they send data, and what of the repository they use. Those of all roots may be given."""
    waiting: list[Resource] = []
    for each in resources:
        if each.type in hints.workloads:
            yield _with_settings(each, hints)
        elif each.type in hints.applied or each.type in hints.installs:
            waiting.append(each)
        else:
            yield each
    if waiting:
        from sovlint.frontends.terraform.applied import applied  # imported late: few repositories have any of it

        yield from applied(waiting, hints)


def _with_settings(resource: Resource, hints: Hints) -> Resource:
    from sovlint.frontends.workloads.read import signals

    rule = hints.workloads[resource.type]
    found = tree(resource.attributes, rule.names, rule.encoded)
    return resource if found is None else gone(resource, list(signals(found, rule, hints)))


def gone(resource: Resource, signals: Sequence[Signal]) -> Resource:
    """A resource with where its data goes. To what this repository declares it is a link; whether that keeps data, the
    catalogue says, so that what is sent there is told besides."""
    links: dict[tuple[str, str], Link] = {}
    sends: list[Sent] = []
    for signal in signals:
        kept = None if signal.kept_in is None else read_from(signal.kept_in)
        address = kept or host_of(signal.sent.value)
        if address and address != resource.address:
            links.setdefault((signal.link, address), Link(signal.link, address, signal.sent.where, signal.back))
        if not kept:
            sends.append(signal.sent)
    return replace(resource, links=(*resource.links, *links.values()), sends=(*resource.sends, *sends))


def host_of(value: Value) -> str | None:
    """The address of the resource that answers at an address."""
    return value.host_of if isinstance(value, Unknown) else None


def read_from(value: Value) -> str | None:
    """The address of the resource that a value was read from, as it stands."""
    step = value.because
    while step is not None and step.refers is None and len(step.parents) == 1:
        step = step.parents[0]
    return None if step is None else step.refers
