"""Values that stand elsewhere: secrets, which this repository may write itself, and what is made when it is deployed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node
from sovlint.frontends.addresses import plain
from sovlint.frontends.workloads.nodes import NOTE, first, held_in, value_of
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value, unroll
from sovlint.rules.hints import Hints
from sovlint.rules.values.address_text import SCHEME

SecretValue = Callable[[str], "Value | None"]
"""Values of secrets, by the address of what keeps one, or the name under which it is kept (`name_kept_under`)."""
_ENTRY: Final = late_pattern(r":([\w.-]+)::\Z")
"""How an entry of a secret that holds several is named behind it."""
_VARIABLE: Final = late_pattern(r"(?:var|local)\.\w+|terraform\.workspace")
"""What has one value in all of a module."""


def kept_value(node: Node, kept: SecretValue) -> Value:
    """The value of what is kept elsewhere: what is written there, where a thing of this repository is named."""
    inner = node.value
    for each in inner.values() if isinstance(inner, dict) else [node]:
        value = value_of(each)
        if value is None:
            continue
        referred_to = [step.refers for step in unroll(value.because) if step.refers]
        for address in (*referred_to, *name_kept_under(value)):
            written = kept(address)
            told = None if written is None else _part_named(value, written, node)
            if told is not None:
                return told
    return Unknown(
        Reason.FROM_ENVIRONMENT,
        "secret",
        Step(node.where, Note(NOTE)),
        note=Note("settings.kept"),
    )


def name_kept_under(value: Value) -> tuple[str, ...]:
    """What a path under which something is kept is the same as, wherever it is written in a module: its text, with what
    fills its holes. Nothing where that isn't known, or it is no path: ``/${var.environment}/redis/host`` is one."""
    if isinstance(value, Known):
        text = str(value.value)
        return (text,) if "/" in text else ()
    parts = value.parts or ()
    text = "".join(part or HOLE for part in parts)
    if "/" not in text:
        return ()
    holes = [hole.detail for hole in value.holes] or [value.detail]
    is_told = len(holes) == text.count(HOLE) and all(map(_VARIABLE.fullmatch, holes))
    return (" ".join((text, *holes)),) if is_told else ()


def _part_named(value: Value | None, written: Value, node: Node) -> Value | None:
    """A secret as a whole, or the entry of it that is named behind it (``<secret>:host::``); ``None`` where it has none
    of that name, or nobody knows."""
    met = _ENTRY.search(plain(value) or "") if value is not None else None
    if met is None:
        return written
    inside = held_in(Node(Evaluated.of(written), node.where))
    return None if inside is None else first(inside, (met[1],))


def written_itself(value: Value | None) -> Value | None:
    """A value that is written where others only say where theirs is kept: an address, what a resource here answers at, or
    what a module makes that isn't here to read."""
    if isinstance(value, Known):
        return value if SCHEME.match(str(value.value)) else None
    if value is None:
        return None
    is_address = bool(SCHEME.match(plain(value) or ""))
    is_made = value.reason is Reason.REMOTE_MODULE or value.host_of is not None
    return value if is_address or is_made else None


def made_later(node: Node) -> Unknown:
    """The value of what a function of the format makes once it is deployed."""
    return Unknown(
        Reason.UNSUPPORTED_EXPRESSION,
        "value",
        Step(node.where, Note(NOTE)),
        note=Note("settings.computed"),
    )


def referred(value: Value, hints: Hints) -> Value:
    """A value; unknown where it only says where a secret is kept."""
    text = plain(value)
    if text is None or not hints.formats.references.match(text.replace(HOLE, "x")):
        return value
    return Unknown(
        Reason.FROM_ENVIRONMENT, "secret", value.because, note=Note("settings.kept")
    )
