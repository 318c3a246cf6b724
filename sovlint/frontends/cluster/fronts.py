"""What stands in front of workloads, or copies what they are sent: told of the workloads, whose class goes along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final

from msgspec import Struct, field

from sovlint.documents import DocumentError, Path, load
from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.documents.scalars import scalar_text
from sovlint.frontends.addresses import hosts_in
from sovlint.frontends.cluster.answering import services_of
from sovlint.frontends.cluster.labels import metadata_of
from sovlint.frontends.cluster.links import CALL, SERVICE
from sovlint.frontends.cluster.object_index import Objects, address_of, nearest
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.publishers import Proxied, proxied
from sovlint.model.resources.sent import Link, Sent
from sovlint.model.source import Span
from sovlint.model.value import Known, Value
from sovlint.rules.cluster.passing import Passing
from sovlint.rules.destination import NOTHING, AddressText, Setting, Told, sends
from sovlint.rules.hints import Hints

_MAX_TEXT: Final = 200_000
"""Longer texts are no configurations of what stands in front."""


class Passed(Struct):
    """Where what an object gets goes besides: to services here, and elsewhere."""

    links: list[Link] = field(default_factory=list)
    sends: list[Sent] = field(default_factory=list)


def passed(found: ManifestObject, objects: Objects, hints: Hints) -> Passed:
    """What other objects have done with what an object gets."""
    if objects.passed is None:
        objects.passed = _all(objects, hints)
    return objects.passed.get(found) or Passed()


def _all(objects: Objects, hints: Hints) -> dict[ManifestObject, Passed]:
    """By the object."""
    met: dict[ManifestObject, Passed] = {}
    for kind in hints.passing:
        for found in objects.of_type(kind):
            for rule in hints.passing[kind]:
                for written in _written(found, rule):
                    if _holds(written, rule):
                        _pass(found, written, rule, objects, hints, met)
    for each in proxied(objects, hints):
        _publish(each, objects, hints, met)
    return met


def _publish(
    each: Proxied, objects: Objects, hints: Hints, met: dict[ManifestObject, Passed]
) -> None:
    """What stands in front of something that a program publishes is told of what is behind."""
    rule, how = each.rule, each.how
    leads = Passing(
        types=how.types,
        key=rule.key,
        behind=how.behind,
        hosts=how.routed,
        role=rule.role,
        source=rule.source,
    )
    sent = list(sends(rule, Told(holder=Setting(rule.key, NOTHING, each.where))))
    for holder in _holders(each.found, each.written, leads, objects, hints):
        met.setdefault(holder, Passed()).sends += sent


def _written(found: ManifestObject, rule: Passing) -> Iterator[Cursor]:
    """Where what a rule looks at stands: the object, or texts that it holds."""
    if not rule.text:
        yield found.get()
        return
    for held in found.get().every(rule.text):
        text = held.text()
        if text and all(each in text for each in rule.contains):
            yield from _in_text(held, text)


def _in_text(held: Cursor, text: str) -> Iterator[Cursor]:
    if len(text) > _MAX_TEXT:
        return
    where = held.where
    is_file = where.end_line > where.line  # a generator of Kustomize read it
    above = where.line - 1 if is_file else where.line
    try:
        documents = list(load(text.encode(), where.path, above=above))
    except (DocumentError, UnicodeError):
        return
    yield from (Cursor.of(each) for each in documents)


def _holds(written: Cursor, rule: Passing) -> bool:
    def read(path: str) -> Iterator[Value]:
        return (Known(met.data) for met in written.every(path))

    return rule.is_meant(read)


def _pass(
    found: ManifestObject,
    written: Cursor,
    rule: Passing,
    objects: Objects,
    hints: Hints,
    met: dict[ManifestObject, Passed],
) -> None:
    services, sent = _ends(found, written, rule, objects)
    if not services and not sent:
        return
    for holder in _holders(found, written, rule, objects, hints):
        into = met.setdefault(holder, Passed())
        into.sends += sent
        into.links += [
            Link(CALL, address_of(service, holder), where) for service, where in services
        ]


# --- where it goes


def _ends(
    found: ManifestObject, written: Cursor, rule: Passing, objects: Objects
) -> tuple[list[tuple[ManifestObject, Span]], list[Sent]]:
    """The services here that something goes to, and where else it goes."""
    services: list[tuple[ManifestObject, Span]] = []
    sent: list[Sent] = []
    for path in rule.to:
        for met in written.every(path):
            if not _is_meant(met, rule):
                continue
            here = list(_services(found, met, objects))
            value = _address(met, rule)
            if here:
                services += [] if rule.outside else [(each, met.where) for each in here]
            elif value is not None:
                at = Setting(rule.key, value, met.where)
                written_to = rule.addresses([(AddressText(), [at])])
                sent += sends(rule, Told(addresses=list(written_to)))
    if rule.company is not None:
        where = next(written.every(rule.when[0].path), written).where
        sent += sends(rule, Told(holder=Setting(rule.key, NOTHING, where)))
    return services, sent


def _address(met: Cursor, rule: Passing) -> Value | None:
    text = met.text().replace(rule.but, "") if rule.but else met.text()
    return text_value(text, met.where, WRITTEN) if text else None


def _is_meant(met: Cursor, rule: Passing) -> bool:
    return all(
        scalar_text(met.parent.at(key).data).lower() == text
        for key, text in rule.beside.items()
    )


def _services(
    found: ManifestObject, named: Cursor, objects: Objects
) -> Iterator[ManifestObject]:
    """The services here that a host or a name leads to."""
    space = named.parent.text("namespace")
    for host in hosts_in(named.text(), bare=True):
        full = f"{host}.{space}" if space and "." not in host else host
        yield from services_of(found, full, objects)


# --- whose data it is


def _holders(
    found: ManifestObject, written: Cursor, rule: Passing, objects: Objects, hints: Hints
) -> Sequence[ManifestObject]:
    """The workloads behind; the object itself where what is behind isn't all here, or where it declares a class."""
    behind, whole = _behind(found, written, rule, objects, hints)
    holders = dict.fromkeys(
        each for service in behind for each in _workloads(service, objects)
    )
    if not holders or not whole or metadata_of(found.get()) is not None:
        holders[found] = None
    return list(holders)


def _behind(
    found: ManifestObject, written: Cursor, rule: Passing, objects: Objects, hints: Hints
) -> tuple[list[ManifestObject], bool]:
    """The services behind, and whether all that are named are here."""
    if found.type == SERVICE:
        return [found], True
    if not rule.behind and not rule.hosts:
        return _referred(found, objects, hints)
    services: list[ManifestObject] = []
    missing: set[Path] = set()
    for path in rule.behind:
        for met in written.every(path):
            if rule.beside and _is_meant(met, rule):
                continue  # that is where the copy goes
            here = list(_services(found, met, objects))
            services += here
            if not here and _names_somebody(met.text(), rule):
                missing.add(met.path[:-1])
    for host in written.every(rule.hosts) if rule.hosts else ():
        if rule.behind and host.path[:-1] not in missing:
            continue
        for route in _routes(found, host.text(), objects, hints):
            services += _referred(route, objects, hints)[0]
            missing.discard(host.path[:-1])
    return services, not missing


def _names_somebody(text: str, rule: Passing) -> bool:
    """Whether a text names a host at all: a tunnel answers some requests itself."""
    nobody = any(fnmatchcase(text, each) for each in rule.nobody)
    return not nobody and any(hosts_in(text, bare=True))


def _referred(
    found: ManifestObject, objects: Objects, hints: Hints
) -> tuple[list[ManifestObject], bool]:
    services: list[ManifestObject] = []
    whole = True
    for each in hints.refers.get(found.type, ()):
        if each.flow != CALL or each.to != SERVICE:
            continue
        for named in found.get().every(each.path):
            here = list(_services(found, named, objects))
            services += here
            whole = whole and bool(here)
    return services, whole


def _routes(
    found: ManifestObject, host: str, objects: Objects, hints: Hints
) -> Iterator[ManifestObject]:
    """What routes a host, or hosts of a pattern, to services here."""
    if not host:
        return
    for kind, rules in hints.serving.items():
        for route in objects.of_type(kind):
            served = (each.text() for rule in rules for each in route.get().every(rule.path))
            near = route.scope == found.scope or route.scope is None or found.scope is None
            if near and any(each and fnmatchcase(each, host) for each in served):
                yield route


def _workloads(service: ManifestObject, objects: Objects) -> Sequence[ManifestObject]:
    """The workloads that a service leads to; itself where they aren't here."""
    selector = service.get().mapping("spec", "selector")
    return nearest(service, list(objects.selected(service, selector))) or [service]
