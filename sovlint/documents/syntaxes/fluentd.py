"""Fluentd's files -> trees: ``<match **>`` and other blocks, with a name and a value on each line.

A block is a key and its number among those of that name, as in ``documents/syntaxes/braces.py``.
"""

from __future__ import annotations

from typing import Final

from sovlint.documents.errors import MAX_DEPTH, DocumentError
from sovlint.documents.syntaxes.lines import placed_lines
from sovlint.documents.tree import Node, Pairs
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile

_OPEN: Final = late_pattern(r"<(\w+)(?:\s[^>]*)?>\s*$")
_SHUT: Final = late_pattern(r"</(\w+)>\s*$")
_COMMENT: Final = late_pattern(r"\s#\s.*$")


def trees(file: SourceFile) -> list[Node]:
    """What a file says. Raises ``DocumentError``."""
    whole = Pairs()
    blocks = [whole]
    for where, line in placed_lines(file):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if _SHUT.match(text):
            blocks = blocks[:-1] or [whole]
        elif head := _OPEN.match(text):
            if len(blocks) > MAX_DEPTH:
                raise DocumentError("nested too deeply", where.line, 1)
            blocks.append(blocks[-1].block((head[1],), where))
        else:
            name, _, rest = text.partition(" ")
            value = _COMMENT.sub("", rest).strip().strip("\"'")
            blocks[-1].add((name,), Node(value, where))
    return [whole.tree(file.path)]
