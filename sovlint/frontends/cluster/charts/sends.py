"""Where the values of a chart send data: addresses and companies at keys that the catalogue knows the meaning of.

What is under ``enabled: false`` is left out: charts bring examples of every backend, switched off. So is a backend that
another one is chosen over (``type: filesystem`` beside ``s3``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sovlint.documents.dialects import GO, variable_pattern
from sovlint.documents.tree import Node, is_map, text
from sovlint.frontends.cluster.charts.settings import told
from sovlint.frontends.cluster.charts.values import ValueAt, is_open, is_said, value_of, walk
from sovlint.model.resource import Sent
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.charts import ANY_KEY, ChartHints, Sending, key_of
from sovlint.rules.hints import Hints

_RELEASE = variable_pattern(GO, r"\$?\.Release\.(?:Name|Namespace)")
"""What Helm itself fills in: labels of a host, without dots."""

_STAND_IN = "release"


def sends_of(values: Node, hints: Hints) -> list[Sent]:
    """Where values send data. An address that a variable's name explains, too, is told once, by that name: the
    signature knows its role and its region."""
    named = told(values, hints)
    met = {_address(each) for each in named}
    return [
        *(each for each in _by_keys(values, hints.charts) if _address(each) not in met),
        *named,
    ]


def _address(each: Sent) -> tuple[str, str]:
    """What is sent to, and where that is written."""
    value = each.value
    return repr(each.where), repr(value.value) if isinstance(value, Known) else repr(
        value.parts
    )


def _by_keys(values: Node, hints: ChartHints) -> list[Sent]:
    """What keys that the catalogue knows the meaning of say of where data is sent."""
    return [
        each
        for entry in walk(values)
        if entry.path and not entry.off
        for each in _sent(entry, hints)
    ]


def _sent(entry: ValueAt, hints: ChartHints) -> list[Sent]:
    """What one value says, by the first rule that makes something of it."""
    keys = [key_of(key) if isinstance(key, str) else ANY_KEY for key in entry.path]
    for path, sending in hints.sends.get(keys[-1], ()):
        if _leads(keys, path):
            found = list(
                _to_company(entry, sending)
                if sending.provider
                else _to_address(entry, sending)
            )
            if found:
                return found
    return []


def _leads(keys: Sequence[str], path: Sequence[str]) -> bool:
    """Whether keys end as a path does; ``*`` stands for any of them."""
    last = keys[-len(path) :]
    return len(last) == len(path) and all(
        part in (ANY_KEY, key) for key, part in zip(last, path, strict=True)
    )


def _to_address(entry: ValueAt, sending: Sending) -> Iterator[Sent]:
    written = entry.node.value
    if not isinstance(written, str) or not written.strip() or not entry.around:
        return
    holder, name = entry.around[-1], str(entry.path[-2]) if len(entry.path) > 1 else ""
    outer = entry.around[-2] if len(entry.around) > 1 else None
    if not _is_chosen(sending, name, outer) or not _holds(sending, holder, outer):
        return
    filled = (
        Node(_RELEASE.sub(_STAND_IN, written), entry.node.where)
        if _RELEASE.search(written)
        else entry.node
    )
    address = value_of(filled)
    yield Sent(
        address,
        entry.node.where,
        sending.role,
        _named(entry),
        region=_region(sending, holder),
    )


def _to_company(entry: ValueAt, sending: Sending) -> Iterator[Sent]:
    holder = entry.node
    if not is_map(holder) or not holder.value:
        return
    outer = entry.around[-1] if entry.around else None
    if not _is_chosen(sending, str(entry.path[-1]), outer) or not _holds(
        sending, holder, outer
    ):
        return
    region = _region(sending, holder)
    doubt = _doubt(sending, holder, outer)
    if doubt is not None:
        yield Sent(doubt, holder.where, sending.role, _named(entry), region=region)
    else:
        yield Sent(
            Known(None), holder.where, sending.role, _named(entry), sending.provider, region
        )


def _doubt(sending: Sending, holder: Node, outer: Node | None) -> Unknown | None:
    """What is still to be filled in of that which decides whose it is."""
    deciding = [
        *(_at(holder, path) for path in sending.when),
        *(_at(outer, key) for key in sending.chosen_by),
    ]
    for node in deciding:
        value = value_of(node) if node is not None and isinstance(node.value, str) else None
        if isinstance(value, Unknown):
            return value.bare()
    return None


def _is_chosen(sending: Sending, name: str, outer: Node | None) -> bool:
    """Whether a backend isn't one that another is chosen over; where it must be chosen by name, whether it is."""
    chosen = [text(_at(outer, key)) for key in sending.chosen_by]
    said = [each for each in chosen if each]
    if not said:
        return not sending.must_be_chosen
    return any(is_open(each) or key_of(each) == key_of(name) for each in said)


def _holds(sending: Sending, holder: Node, outer: Node | None) -> bool:
    if any(is_said(_at(holder, path)) for path in sending.absent):
        return False
    if any(is_said(_at(outer, path)) for path in sending.absent_above):
        return False
    if sending.marks and not any(is_said(_at(holder, mark)) for mark in sending.marks):
        return False
    found = ((text(_at(holder, path)), values) for path, values in sending.when.items())
    return all(is_open(written) or written in values for written, values in found)


def _region(sending: Sending, holder: Node) -> Value | None:
    for path in sending.region:
        node = _at(holder, path)
        if node is not None and isinstance(node.value, str) and node.value:
            return value_of(node)
    return None


def _at(node: Node | None, path: str) -> Node | None:
    """What stands at a dotted path of keys, compared as those of rules are."""
    for part in path.split("."):
        if not is_map(node):
            return None
        node = next(
            (item for key, item in node.value.items() if key_of(key) == key_of(part)), None
        )
    return node


def _named(entry: ValueAt) -> str:
    return f"values {'.'.join(map(str, entry.path))}"
