"""Texts that refer to other keys of the same file (``${spring.datasource.url}``): what stands there is put in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.interpolation import WRITTEN
from sovlint.documents.tree import Node
from sovlint.model.decoding import late_pattern
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Step, Value
from sovlint.rules.keys import KeyPath

MAX_DEPTH: Final = 5
"""Keys that refer to others are followed no further than this."""
MAX_TEXT: Final = 2_000
MAX_REFERENCES: Final = 20
"""So many of one text are followed."""
_REFERENCE: Final = late_pattern(r"\$\{([\w.-]+)(?::[^${}]*)?\}")
_SECRET: Final = late_pattern(r"pass|pwd|secret|token|credential|key$", re.IGNORECASE)
"""Names of what is kept apart: it isn't put into other texts."""
_PROFILE: Final = late_pattern(r"%[^.]+\.")
"""In front of a key that one profile alone has."""


class Filled(Struct, frozen=True):
    """A leaf with what its references lead to, and where that stands."""

    node: Node
    wheres: tuple[Span, ...] = ()

    def told(self, value: Value | None) -> Value | None:
        """A value, with the lines that it is made of."""
        if value is None or not self.wheres or value.because is None:
            return value
        others = (Step(where, Note(WRITTEN)) for where in self.wheres)
        step = Step(self.node.where, Note(WRITTEN), (value.because, *others))
        return replace(value, because=step)


class OwnKeys:
    """The texts of a file by their keys, with dots between them; without those that a profile has otherwise."""

    __slots__ = ("_nodes",)

    def __init__(self, leaves: Sequence[tuple[KeyPath, Node]]) -> None:
        named = {".".join(path): node for path, node in leaves if isinstance(node.value, str)}
        elsewhere = {
            _PROFILE.sub("", name, count=1) for name in named if _PROFILE.match(name)
        }
        self._nodes: Mapping[str, Node] = {
            name: node
            for name, node in named.items()
            if name not in elsewhere and not _SECRET.search(name)
        }

    def filled(self, node: Node) -> Filled:
        """A leaf with what other keys of its file say put in."""
        if not isinstance(node.value, str) or "${" not in node.value:
            return Filled(node)
        wheres: list[Span] = []
        text = self._put_in(node.value, wheres, MAX_DEPTH)
        if not wheres:
            return Filled(node)
        return Filled(Node(text, node.where, node.end, node.tag), tuple(wheres))

    def _put_in(self, text: str, wheres: list[Span], depth: int) -> str:
        def replaced(met: re.Match[str]) -> str:
            node = self._nodes.get(met[1])
            if node is None or depth == 0 or len(wheres) >= MAX_REFERENCES:
                return met[0]
            wheres.append(node.where)
            return self._put_in(str(node.value), wheres, depth - 1)

        return _REFERENCE.sub(replaced, text) if len(text) <= MAX_TEXT else text
