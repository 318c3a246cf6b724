"""Where the values of a chart send data: addresses and companies at keys that the catalogue knows the meaning of.

Of what is under ``enabled: false`` it is only asked: charts bring examples of every backend, switched off. A backend that
another one is chosen over (``type: filesystem`` beside ``s3``) is left out.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, get, is_list, is_map, text
from sovlint.frontends.cluster.charts.by_value import sends_by_value
from sovlint.frontends.cluster.charts.settings import told
from sovlint.frontends.cluster.charts.values import (
    MAX_DEPTH,
    ValueAt,
    is_open,
    reader,
    value_at,
    value_of,
    walk,
    with_release,
)
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known, Unknown, Value, known_of
from sovlint.rules.cluster.charts import ANY_KEY, ChartHints, Sending, key_of, leads
from sovlint.rules.destination import NOTHING, AddressText, Setting, Told, sends
from sovlint.rules.hints import Hints
from sovlint.rules.repeats import first_of_each, rules_before_values

# --- Texts in values of a chart that are wholly another one of the same values (``{{ .Values.global.host }}``).

_REFERENCE: Final = late_pattern(
    r"\{\{-?\s*(?:tpl\s+)?\$?\.Values\.([\w-]+(?:\.[\w-]+)*)(?:\s+[$.])?\s*-?\}\}"
)
"""Helm's documentation, "The tpl function" and "Values Files"."""


def with_referred(values: Node) -> Node:
    """The same values, where each such text is what it refers to, at the line of that."""
    written = (each.node.value for each in walk(values))
    if any(isinstance(text, str) and _REFERENCE.fullmatch(text.strip()) for text in written):
        return _filled(values, (values,))
    return values


def told_once(found: list[Sent]) -> list[Sent]:
    """Without what is told again where others refer to a value: the same address of one line, in one role."""
    return list(
        first_of_each(found, lambda sent: (sent.role, sent.where, repr(known_of(sent.value))))
    )


def _filled(node: Node, around: tuple[Node, ...]) -> Node:
    if len(around) > MAX_DEPTH:
        return node
    if is_map(node):
        held = {key: _filled(item, (*around, item)) for key, item in node.value.items()}
        return Node(held, node.where, node.end, node.tag)
    if is_list(node):
        listed = [_filled(item, (*around, item)) for item in node.value]
        return Node(listed, node.where, node.end, node.tag)
    return _referred(node, around)


def _referred(node: Node, around: tuple[Node, ...]) -> Node:
    """What a text refers to; itself where nothing has that path, or several things have it that differ: a chart reads its
    values from a block of its parent's, too."""
    text = node.value
    met = _REFERENCE.fullmatch(text.strip()) if isinstance(text, str) else None
    if met is None:
        return node
    found = [get(each, *met[1].split(".")) for each in around]
    texts = {each.value: each for each in found if each is not None and _is_plain(each)}
    return next(iter(texts.values())) if len(texts) == 1 else node


def _is_plain(node: Node) -> bool:
    """Whether a value is a text that refers to nothing itself."""
    return isinstance(node.value, str) and bool(node.value) and "{{" not in node.value


def sends_of(values: Node, hints: Hints) -> list[Sent]:
    """Where values send data. An address that a variable's name explains, too, is told once, by that name: the
    signature knows its role and its region."""
    whole = with_referred(values)
    found = _sends_of(whole, hints)
    return found if whole is values else told_once(found)


class KeptSends:
    """The same, worked out once for what says the same at the same places: environments share most of their values."""

    __slots__ = ("_hints", "_kept")

    def __init__(self, hints: Hints) -> None:
        self._hints = hints
        self._kept: dict[Hashable, Sequence[Sent]] = {}

    def of(self, values: Node) -> Sequence[Sent]:
        """Where values send data."""
        told = _told(values)
        found = self._kept.get(told)
        if found is None:
            found = self._kept[told] = tuple(sends_of(values, self._hints))
        return found


def _told(node: Node) -> Hashable:
    """What a tree says, and where; of what isn't known, and of what isn't all known, which one that is."""
    value = node.value
    if type(node) is not Node:
        return node
    if isinstance(value, dict):
        inner: Hashable = tuple((key, _told(item)) for key, item in value.items())
    elif isinstance(value, list):
        inner = tuple(map(_told, value))
    else:
        inner = value, value.given if isinstance(value, Evaluated) else None
    return inner, type(value), node.where, node.end


def _sends_of(values: Node, hints: Hints) -> list[Sent]:
    named = told(values, hints)
    met = {_address(each) for each in named}
    by_keys = [each for each in _by_keys(values, hints.charts) if _address(each) not in met]
    met.update(map(_address, by_keys))
    by_value = sends_by_value(
        values,
        hints,
        lambda entry: _is_known(entry, hints.charts) or _is_name(entry, hints.charts),
    )
    others = [each for each in by_value if _address(each) not in met]
    return rules_before_values([*by_keys, *named, *others], lambda each: each, by_place=True)


def _address(each: Sent) -> tuple[str, str, Hashable]:
    """What is sent to, and where that is written."""
    value = each.value
    text = repr(value.value) if isinstance(value, Known) else repr(value.parts)
    return repr(each.where), text, known_of(each.names)


def _by_keys(values: Node, hints: ChartHints) -> list[Sent]:
    """What keys that the catalogue knows the meaning of say of where data is sent."""
    return [
        replace(each, off=entry.off)
        for entry in walk(values)
        if entry.path and not _is_name(entry, hints)
        for each in _sent(entry, hints)
    ]


def _is_known(entry: ValueAt, hints: ChartHints) -> bool:
    """Whether a rule knows what stands at a key, or around it."""
    keys = _keys(entry)
    return any(
        leads(keys[:end], path)
        for end in range(1, len(keys) + 1)
        for path, _ in hints.sends.get(keys[end - 1], ())
    )


def _is_name(entry: ValueAt, hints: ChartHints) -> bool:
    """Whether a value stands where settings are named that are kept elsewhere: it says where, and no address."""
    keys = _keys(entry)
    return any(hints.kept_at(keys[:end]) is not None for end in range(1, len(keys)))


def _keys(entry: ValueAt) -> list[str]:
    return [key_of(key) if isinstance(key, str) else ANY_KEY for key in entry.path]


def _sent(entry: ValueAt, hints: ChartHints) -> list[Sent]:
    """What one value says, by the first rule that makes something of it."""
    keys = _keys(entry)
    for path, sending in hints.sends.get(keys[-1], ()):
        if leads(keys, path):
            told = (_of_company if sending.company else _of_address)(entry, sending)
            if told is not None:
                return list(sends(sending, told))
    return []


def _of_address(entry: ValueAt, sending: Sending) -> Told | None:
    """What is told where an address stands."""
    written = entry.node.value
    if not isinstance(written, str) or not written.strip() or not entry.around:
        return None
    holder, name = entry.around[-1], str(entry.path[-2]) if len(entry.path) > 1 else ""
    outer = entry.around[-2] if len(entry.around) > 1 else None
    if not _is_chosen(sending, name, outer) or not _is_meant(sending, holder, outer):
        return None
    at = Setting(_named(entry), value_of(with_release(entry.node)), entry.node.where)
    addresses = list(sending.addresses([(AddressText(sending.text), [at])]))
    return Told(addresses=addresses, regions=_regions(sending, holder)) if addresses else None


def _of_company(entry: ValueAt, sending: Sending) -> Told | None:
    """What is told where a mapping stands that says whose it is."""
    holder = entry.node
    if not is_map(holder) or not holder.value:
        return None
    outer = entry.around[-1] if entry.around else None
    if not _is_chosen(sending, str(entry.path[-1]), outer):
        return None
    if not _is_meant(sending, holder, outer):
        return None
    return Told(
        holder=Setting(_named(entry), NOTHING, holder.where),
        regions=_regions(sending, holder),
        doubt=_doubt(sending, holder, outer),
    )


def _doubt(sending: Sending, holder: Node, outer: Node | None) -> Unknown | None:
    """What is still to be filled in of that which decides whose it is."""
    facts: list[Value] = [each.held(reader(holder), there=True) for each in sending.when]
    chosen = (value_at(outer, key) for key in sending.chosen_by)
    facts += [value_of(each) for each in chosen if each is not None and not is_map(each)]
    return next((each.bare() for each in facts if isinstance(each, Unknown)), None)


def _is_chosen(sending: Sending, name: str, outer: Node | None) -> bool:
    """Whether a backend isn't one that another is chosen over; where it must be chosen by name, whether it is."""
    chosen = [text(value_at(outer, key)) for key in sending.chosen_by]
    said = [each for each in chosen if each]
    if not said:
        return not sending.must_be_chosen
    return any(is_open(each) or key_of(each) == key_of(name) for each in said)


def _is_meant(sending: Sending, holder: Node, outer: Node | None) -> bool:
    """Whether what stands in a mapping, and beside it, is what a rule means, or may be."""
    beside = reader(outer)
    return sending.may_be_meant(reader(holder)) and not any(
        each.surely(beside) for each in sending.unless_beside
    )


def _regions(sending: Sending, holder: Node) -> list[Setting]:
    """The first region that is written."""
    found = ((path, value_at(holder, path)) for path in sending.region)
    return [
        Setting(path, value_of(node), node.where)
        for path, node in found
        if node is not None and isinstance(node.value, str) and node.value
    ][:1]


def _named(entry: ValueAt) -> str:
    return f"values {'.'.join(map(str, entry.path))}"
