"""Values that stand elsewhere: secrets, which this repository may write itself, and what is made when it is deployed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node
from sovlint.frontends.addresses import plain
from sovlint.frontends.workloads.nodes import NOTE, first, held_in, value_of
from sovlint.model.partial.holes import HOLE
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, Value, unroll
from sovlint.rules.hints import Hints

SecretValue = Callable[[str], "Value | None"]
"""Values of secrets, by the address of what keeps one."""
_ENTRY: Final = re.compile(r":([\w.-]+)::\Z")
"""How an entry of a secret that holds several is named behind it."""


def kept_value(node: Node, kept: SecretValue) -> Value:
    """The value of what is kept elsewhere: what is written there, where a thing of this repository is named."""
    inner = node.value
    for each in inner.values() if isinstance(inner, dict) else [node]:
        value = value_of(each)
        chain = () if value is None else unroll(value.because)
        for address in (step.refers for step in chain if step.refers):
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


def _part_named(value: Value | None, written: Value, node: Node) -> Value | None:
    """A secret as a whole, or the entry of it that is named behind it (``<secret>:host::``); ``None`` where it has none
    of that name, or nobody knows."""
    met = _ENTRY.search(plain(value) or "") if value is not None else None
    if met is None:
        return written
    inside = held_in(Node(Evaluated.of(written), node.where))
    return None if inside is None else first(inside, (met[1],))


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
