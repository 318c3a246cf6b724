"""What texts a pattern matches: a few, each spelt out, or texts with holes. Never fewer than it does."""

from __future__ import annotations

from itertools import product

from sovlint.expressions.functions.pattern_classes import Charset, NotReadPatternError
from sovlint.expressions.functions.pattern_nodes import (
    Assert,
    CapturingGroup,
    Chars,
    Concat,
    Either,
    PatternNode,
    Repeat,
)
from sovlint.expressions.functions.pattern_syntax import parse
from sovlint.expressions.kinds import Refused
from sovlint.model.partial.parts import Parts, tidy
from sovlint.model.value import MAX_AMONG

MAX_WRITTEN = 256
"""Longer patterns are not spelt out."""
_MANY = 2 * MAX_AMONG
_HOLE: list[Parts] = [(None,)]


class _Stop(Exception):  # noqa: N818 - not an error: the pattern says nothing that can be spelt out
    pass


def texts_of(pattern: str) -> list[Parts] | None:
    """Texts, some with holes, that hold everything in which ``pattern`` is found; ``None``: nothing can be said."""
    if len(pattern) > MAX_WRITTEN:
        return None
    try:
        node = parse(pattern).node
        branches = [text for branch in _branches(node) for text in _held(branch)]
    except (_Stop, Refused, NotReadPatternError):
        return None
    return list(dict.fromkeys(branches))


def _branches(node: PatternNode) -> tuple[PatternNode, ...]:
    """The alternatives of a pattern, through groups around all of it."""
    while isinstance(node, CapturingGroup):
        node = node.item
    return node.items if isinstance(node, Either) else (node,)


def _held(branch: PatternNode) -> list[Parts]:
    """What one alternative is found in: more may stand before and after it, unless it is held to the ends."""
    items = branch.items if isinstance(branch, Concat) else (branch,)
    start = () if items and items[0] == Assert("text start") else (None,)
    end = () if items and items[-1] == Assert("text end") else (None,)
    return [tidy((*start, *text, *end)) for text in _texts(branch)]


def _texts(node: PatternNode) -> list[Parts]:
    """What a part of a pattern matches. A place alone (a word's end, say) only narrows that, and is passed over."""
    if isinstance(node, Chars):
        return _signs(node.among)
    if isinstance(node, CapturingGroup):
        return _texts(node.item)
    if isinstance(node, Either):
        return _few([text for item in node.items for text in _texts(item)])
    if isinstance(node, Repeat):
        return _repeated(node)
    found: list[Parts] = [()]
    for item in node.items if isinstance(node, Concat) else ():
        found = _chained([found, _texts(item)])
    return found


def _signs(among: Charset) -> list[Parts]:
    """The characters of a set; a hole where they are many."""
    if sum(high - low + 1 for low, high in among.ranges) > MAX_AMONG:
        return _HOLE
    return [(chr(code),) for low, high in among.ranges for code in range(low, high + 1)]


def _repeated(node: Repeat) -> list[Parts]:
    piece = _texts(node.item)
    most = node.most
    if (
        most is None
        or most > 8
        or sum(len(piece) ** times for times in range(node.least, most + 1)) > _MANY
    ):
        return _HOLE
    return [
        text for times in range(node.least, most + 1) for text in _chained([piece] * times)
    ]


def _chained(pieces: list[list[Parts]]) -> list[Parts]:
    return _few(
        [tuple(part for text in texts for part in text) for texts in product(*pieces)]
    )


def _few(texts: list[Parts]) -> list[Parts]:
    if len(texts) > _MANY:
        raise _Stop
    return texts
