"""Values of a chart: each with the keys that lead to it, and what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from sovlint.documents import Path
from sovlint.documents.attributes import text_value
from sovlint.documents.dialects import GO, TO_FILL_IN, variable_pattern
from sovlint.documents.tree import Node, get, is_map, parts
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import joined_pieces
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, UnknownKind, Value
from sovlint.rules.cluster.charts import key_of
from sovlint.rules.keys import KeyPath, ReadAt

# --- Variables in the values of charts that the kubelet fills in, of a container that templates give them to.

_VARIABLE: Final = re.compile(r"\$\([A-Z][A-Z0-9_]*\)")


def with_variables(value: Value) -> Value:
    """A text with holes where it names variables as the kubelet fills them in: templates give it to a container."""
    if not isinstance(value, Known) or "$(" not in str(value.value):
        return value
    last, pieces = 0, list[Value]()
    written = str(value.value)
    for met in _VARIABLE.finditer(written):
        pieces.append(Known(written[last : met.start()]))
        pieces.append(Unknown(Reason.FROM_ENVIRONMENT, met[0], value.because))
        last = met.end()
    return joined_pieces([*pieces, Known(written[last:])], value.because) if pieces else value


SWITCH = "enabled"
"""The key by which charts turn a part of themselves on and off."""

MAX_DEPTH = 60
"""Values are looked at no deeper than this."""

_RELEASE = variable_pattern(GO, r"\$?\.Release\.(?:Name|Namespace)")
"""What Helm itself fills in: labels of a host, without dots."""
_STAND_IN = "release"
_OWN_SERVICE = late_pattern(
    rf"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@\s]*@)?[\w-]*{_STAND_IN}[\w-]*(?:\.{_STAND_IN}(?:\.svc[\w.]*)?)?(?::\d+)?(?:[/?#]\S*)?"
)
"""A service of the release: its name, or that and the namespace."""
ENCRYPTED = "ENC["
"""How the texts of a file that SOPS has encrypted begin."""


def value_of(node: Node, note: str = WRITTEN) -> Value:
    """A scalar as a value; what is encrypted, or still to be filled in, isn't known."""
    written = node.value
    if isinstance(written, str):
        if written.startswith(ENCRYPTED):
            unread = Note("kubernetes.charts.encrypted")
            return Unknown(
                Reason.FROM_ENVIRONMENT,
                "encrypted",
                Step(node.where, Note(note)),
                note=unread,
            )
        return with_variables(text_value(written, node.where, note))
    return Known(written, Step(node.where, Note(note)))


def with_release(node: Node) -> Node:
    """A value with labels that stand in for the release's name and namespace."""
    written = node.value
    if not isinstance(written, str) or not _RELEASE.search(written):
        return node
    return Node(_RELEASE.sub(_STAND_IN, written), node.where)


def with_own_services(node: Node) -> Node:
    """The same, where the value is the address of a service of the release."""
    filled = with_release(node)
    is_one = isinstance(filled.value, str) and _OWN_SERVICE.fullmatch(filled.value)
    return filled if is_one else node


class ValueAt(Struct, frozen=True):
    """A value with the keys and indices that lead to it, and what is around it, outermost first."""

    path: Path
    node: Node
    around: tuple[Node, ...] = ()
    off: Unknown | None = None
    """Why it may not be in use, where it or something around it is switched off: the templates say what a switch is for."""


def walk(values: Node) -> Iterator[ValueAt]:
    """Every value in values."""
    return _walk(ValueAt((), values, (), _off((), values)))


def _walk(here: ValueAt) -> Iterator[ValueAt]:
    if len(here.path) > MAX_DEPTH:
        return
    yield here
    for key, item in parts(here.node):
        path, around = (*here.path, key), (*here.around, here.node)
        off = _off(path, item) if here.off is None else here.off
        yield from _walk(ValueAt(path, item, around, off))


def _off(path: Path, node: Node) -> Unknown | None:
    switch = get(node, SWITCH) if is_off(node) else None
    return switched_off(".".join(map(str, (*path, SWITCH))), switch.where) if switch else None


def switched_off(name: str, where: Span) -> Unknown:
    """Why something may not be sent that a switch of a chart, which is off, may be there for."""
    note = Note("settings.off", {"name": name})
    step = Step(where, note)
    return Unknown(
        Reason.REMOTE_MODULE, name, step, note=note, kind=UnknownKind.VALUES_UNTOLD
    )


def maps(values: Node) -> Iterator[tuple[KeyPath, Node, bool]]:
    """Every mapping with the keys that lead to it, and whether it or one around it is switched off."""
    for each in walk(values):
        if is_map(each.node):
            yield (
                tuple(key for key in each.path if isinstance(key, str)),
                each.node,
                each.off is not None,
            )


def value_at(node: Node | None, path: str) -> Node | None:
    """What stands at a dotted path of keys, compared as those of rules are."""
    for part in path.split("."):
        if not is_map(node):
            return None
        node = next(
            (item for key, item in node.value.items() if key_of(key) == key_of(part)), None
        )
    return node


def reader(node: Node | None) -> ReadAt:
    """What conditions read of a mapping: one in it says that it is there."""

    def read(path: str) -> Iterator[Value]:
        found = value_at(node, path)
        if found is not None:
            is_scalar = not isinstance(found.value, (dict, list))
            yield value_of(found) if is_scalar else Known(bool(found.value))

    return read


def is_open(written: str) -> bool:
    """Whether something in a text is still to be filled in."""
    return TO_FILL_IN.is_in(written)


def is_off(node: Node | None) -> bool:
    """Whether a mapping says that it is switched off."""
    switch = get(node, SWITCH)
    return switch is not None and switch.value is False
