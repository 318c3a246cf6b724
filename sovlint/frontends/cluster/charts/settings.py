"""What values of charts give to containers as environment, and the configurations of collectors that they hold.

Values don't say what templates do with them. But a key such as ``SENTRY_DSN`` is a variable's name wherever it stands,
and so is the ``name`` of an entry in a list of ``{name, value}``: what names prove is data of the catalogue. A chart
may add settings of its own, so that a credential alone doesn't prove where data is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.documents.tree import Node, get, is_list, is_map, text, to_document
from sovlint.frontends.cluster.calls import is_name_in_cluster
from sovlint.frontends.cluster.charts.values import ValueAt, value_of, walk, with_own_services
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.frontends.cluster.pods import not_here
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, Value
from sovlint.rules.cluster.charts import ANY_KEY, ChartHints, key_of
from sovlint.rules.destination import Setting
from sovlint.rules.files.outlet import Outlet
from sovlint.rules.hints import Hints
from sovlint.rules.values.value_hosts import hosts_apart
from sovlint.settings.pipelines.readers import in_document, in_text

_NAME: Final = late_pattern(r"[A-Z][A-Z0-9_]{3,100}\Z")
"""What variables of an environment are called, by convention; nothing else in values is written so."""

_CONFIGURATIONS: Final = frozenset({
    "alternateconfig", "config", "configuration", "customconfig", "objstoreconfig", "structuredconfig",
})  # fmt: skip
"""Keys (as ``key_of`` has them) at which charts of collectors take a configuration as what it says: those of the
OpenTelemetry collector, Vector, Alertmanager, Thanos and Mimir."""

_BY_NAME: Final = (SentBy.ADDRESS, SentBy.URL)
_HOST_KEYS: Final = frozenset({"host", "hosts", "hostname", "hostnames"})
_FRONT_HOST: Final = late_pattern(r"(?:ingress|route)(?:external)?host(?:name)?s?")
_FRONT: Final = late_pattern(r"ingress|route|virtualservice", re.IGNORECASE)
"""Keys of what stands in front of a chart's thing, and of the hosts there."""

_OF_COLLECTORS: Final = ("exporters", "service")
"""Keys that a configuration of the OpenTelemetry collector has, whether it uses any exporter or none."""
_REFERENCES: Final = (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap"))
_SECRETS: Final = (("secretRef", "secretName", "secret"), ("key", "secretKey"))
"""What charts call the secret that holds a variable's value, and its key there."""
_OTHERS: Final = Unknown(Reason.REMOTE_MODULE, "templates")
"""Why there may be settings that values don't show."""


def told(values: Node, hints: Hints) -> list[Sent]:
    """Where environments and configurations in values send data; each address once for a role and a line."""
    met: dict[tuple[str, str, str, str], Sent] = {}
    own = own_hosts(values)
    for each in walk(values):
        for sent in _sent(each, hints, own):
            sent = replace(sent, off=each.off)
            met.setdefault((sent.role, sent.key, repr(sent.where), repr(sent.value)), sent)
    return list(met.values())


def own_hosts(values: Node) -> frozenset[tuple[str, str]]:
    """The hosts at which the chart's own thing answers."""
    return frozenset(host for each in walk(values) for host in _served(each))


def is_own(value: Value, own: frozenset[tuple[str, str]]) -> bool:
    """Whether the chart's own thing, or a part of the same release, answers at each host of an address: what fills
    ``${FQDN}`` of its ingress is in ``web-${FQDN}`` too."""
    hosts = set(hosts_apart(value))
    ends = {_end_of_release(*host) for host in own} - {None}
    return bool(hosts) and all(
        host in own or _end_of_release(*host) in ends for host in hosts
    )


def _end_of_release(name: str, filled_by: str) -> str | None:
    """What fills the end of a host, domain and all, behind nothing or the name of a part (``web-``)."""
    part, hole, end = name.partition(HOLE)
    is_end = bool(hole) and not end and (not part or part.endswith("-"))
    return filled_by if is_end and "." not in part else None


def _served(entry: ValueAt) -> Iterator[tuple[str, str]]:
    """The hosts at which the chart's own thing answers: those of its ingresses and routes."""
    keys = [key_of(key) for key in entry.path if isinstance(key, str)]
    if not keys or not isinstance(entry.node.value, str):
        return
    is_host = keys[-1] in _HOST_KEYS and any(map(_FRONT.search, keys[:-1]))
    if is_host or _FRONT_HOST.fullmatch(keys[-1]):
        yield from hosts_apart(value_of(entry.node))


def _sent(here: ValueAt, hints: Hints, own: frozenset[tuple[str, str]]) -> Iterator[Sent]:
    settings = _kept(here, hints.charts)
    if settings is None:
        settings = _settings(here.node)
    for signal in hints.signatures.signals(settings, (_OTHERS,)):
        sent = signal.sent
        is_served = sent.by in _BY_NAME and is_own(sent.value, own)
        if not is_served and not is_name_in_cluster(sent.value):
            yield sent
    yield from (signal.sent for signal in hints.signatures.untold(settings))
    for outlet in _outlets_at(here):
        for signal in outlet.signals(hints.outlets):
            if not is_name_in_cluster(signal.sent.value):
                yield signal.sent


# --- environments


def _settings(node: Node) -> Sequence[Setting]:
    """The variables that a mapping, or a list of entries, gives."""
    found: dict[str, Setting] = {}
    if is_map(node):
        for name, item in node.value.items():
            value = _given(item) if _NAME.match(str(name)) else None
            if value is not None:
                found[str(name)] = Setting(str(name), value, item.where)
    elif is_list(node):
        for entry in node.value:
            name = text(get(entry, "name"))
            value = _given(entry) if _NAME.match(name) else None
            if value is not None:
                written = get(entry, "value") or entry
                found[name] = Setting(name, value, written.where)
    return tuple(found.values())


def _kept(here: ValueAt, hints: ChartHints) -> Sequence[Setting] | None:
    """The settings that a mapping, or a list of entries, names, and whose values are kept elsewhere; ``None`` where it
    is neither."""
    keys = [key_of(key) if isinstance(key, str) else ANY_KEY for key in here.path]
    rule = hints.kept_at(keys)
    if rule is None:
        return None
    named = _entries(here.node, rule.name) if rule.name else _keys(here.node)
    return [Setting(name, _elsewhere(each.where), each.where) for name, each in named]


def _keys(node: Node) -> Iterator[tuple[str, Node]]:
    return iter(node.value.items()) if is_map(node) else iter(())


def _entries(node: Node, names: Sequence[str]) -> Iterator[tuple[str, Node]]:
    for entry in node.value if is_list(node) else ():
        called = (
            [text(entry)] if not is_map(entry) else [text(get(entry, key)) for key in names]
        )
        name = next(filter(None, called), "")
        if name:
            yield name, entry


def _elsewhere(where: Span) -> Value:
    step = Step(where, Note(WRITTEN))
    note = Note("kubernetes.charts.kept-elsewhere")
    return Unknown(Reason.FROM_ENVIRONMENT, "secret", step, note=note)


def _given(node: Node) -> Value | None:
    """What a variable is given: a scalar, or an entry with ``value`` or ``valueFrom``; ``None`` for anything else."""
    if not is_map(node):
        return None if node.value is None or is_list(node) else _scalar(node)
    inner = get(node, "value")
    if inner is not None:
        return (
            None if is_map(inner) or is_list(inner) or inner.value is None else _scalar(inner)
        )
    source = get(node, "valueFrom") or node
    for key, kind in _REFERENCES:
        name = text(get(source, key, "name"))
        if name:
            return not_here(kind, name, node.where)
    if (off := get(node, "disabled")) is not None and off.value is True:
        return None
    secret, secret_key = (
        next(filter(None, (text(get(node, key)) for key in keys)), "") for keys in _SECRETS
    )
    return (
        not_here("Secret", secret, node.where, secret_key) if secret and secret_key else None
    )


def _scalar(node: Node) -> Value:
    return value_of(with_own_services(node))


# --- collectors


def has_outlets(here: ValueAt) -> bool:
    """Whether a value is the configuration of a collector: it says by its outlets where data goes."""
    is_collector = all(get(here.node, key) is not None for key in _OF_COLLECTORS)
    return is_collector or any(True for _ in _outlets_at(here))


def _outlets_at(here: ValueAt) -> Iterator[Outlet]:
    yield from _outlets(here.node, str(here.path[-1]) if here.path else "")


def _outlets(node: Node, key: str) -> Iterator[Outlet]:
    """The outlets of a configuration that stands in values as what it says, or as text of several lines."""
    if is_map(node):
        if key_of(key) in _CONFIGURATIONS:
            yield from in_document(to_document(node))
    elif isinstance(node.value, str) and "\n" in node.value:
        first = node.where.line
        yield from in_text(
            node.value, node.where.path, first if node.end.end_line > first else first - 1
        )
