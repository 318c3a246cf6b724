"""Texts with holes: several pieces -> one value, and a value -> one text in which a sign stands for each hole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Final

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.parts import Parts, tidy
from sovlint.model.value import MAX_AMONG, Because, Known, Unknown, Value

HOLE: Final = "\x00"
"""What stands for a part that isn't known, in a text that is looked at as one."""

_OWN: Final = "\x01"
_ADDRESS: Final = late_pattern(
    rf"\s*(?:(?:jdbc:)?[a-zA-Z{HOLE}][a-zA-Z0-9+.{HOLE}-]*://)?(?:[^/?#@\s]*@)?{_OWN}(?::[0-9{HOLE}]*)?(?:[/?#].*)?",
    re.DOTALL,
)
"""Scheme, user, the address, port and path. With anything else before or behind it the host would be another one."""


# --- one text, with a sign for each hole


def marked_text(parts: Iterable[str | None]) -> str:
    """Literals and holes as one text, with ``HOLE`` for each hole, and for nothing else."""
    return "".join(HOLE if part is None else part.replace(HOLE, "") for part in parts)


def marked_parts(text: str) -> Parts:
    """The literals and holes of such a text."""
    return parts_between(text.split(HOLE))


def parts_between(literals: Iterable[str]) -> Parts:
    """Literals with a hole between each two. Neighbouring holes stay apart: a default may be put into each."""
    parts = [part for literal in literals for part in (None, literal)]
    return tuple(part for part in parts[1:] if part != "")


# --- several pieces, one value


def joined_pieces(pieces: Sequence[Value], because: Because) -> Value:
    """The texts of pieces one after the other, with ``because`` as the chain of the whole.

    It is known where all of them are. Otherwise the first that isn't gives the reason; the text keeps its literals, and
    all that it may be where each piece is one of a few. It is sensitive where a piece is.
    """
    sensitive = any(piece.sensitive for piece in pieces)
    doubt = next((piece for piece in pieces if isinstance(piece, Unknown)), None)
    if doubt is None:
        return Known(
            "".join(str(piece.value) for piece in pieces if isinstance(piece, Known)),
            because,
            sensitive,
        )
    filled = [
        piece for piece in pieces if not (isinstance(piece, Known) and piece.value == "")
    ]
    if len(filled) == 1:
        return doubt.but(because=because, parts=parts_of(doubt), sensitive=sensitive)
    return doubt.bare().but(
        because=because,
        parts=tidy(part for piece in filled for part in parts_of(piece)),
        among=_all_texts(filled),
        sensitive=sensitive,
        host_of=host_of(filled),
        holes=holes_of(filled),
    )


def parts_of(piece: Value) -> Parts:
    """The literals and holes that a piece brings: one hole where nothing is known of it."""
    return (str(piece.value),) if isinstance(piece, Known) else piece.parts or (None,)


def holes_of(pieces: Iterable[Value]) -> tuple[Unknown, ...]:
    """What stands at each hole of pieces; a piece as a whole where that can't be told apart."""
    return tuple(
        hole for piece in pieces if isinstance(piece, Unknown) for hole in _own_holes(piece)
    )


def _own_holes(piece: Unknown) -> Sequence[Unknown]:
    count = parts_of(piece).count(None)
    return piece.holes if len(piece.holes) == count else (piece,) * count


def host_of(pieces: Sequence[Value]) -> str | None:
    """The address of the resource that answers at the text that pieces make, if one surely does."""
    own = next(
        (piece for piece in pieces if isinstance(piece, Unknown) and piece.host_of), None
    )
    if own is None:
        return None
    text = "".join(_OWN if piece is own else _without_signs(piece) for piece in pieces)
    return own.host_of if _is_own_address(text) else None


def _is_own_address(text: str) -> bool:
    return text.count(_OWN) == 1 and _ADDRESS.fullmatch(text) is not None


# --- a part of such a text


def cut_text(value: Unknown, cut: Callable[[str], str | None]) -> Unknown:
    """What ``cut`` leaves of a text with holes, which it gets as one with signs; ``None`` is nothing at all.

    The resource whose address stands in a hole answers at what is left, where its host is that address.
    """
    holes = _told_apart(value)
    own = next((number for number, hole in enumerate(holes) if hole.host_of), None)
    text = cut(_with_own(parts_of(value), own))
    if text is None:
        return value.but(parts=None)
    answers = value.host_of
    if own is not None:
        answers = holes[own].host_of if _is_own_address(text) else None
    return value.but(parts=marked_parts(text.replace(_OWN, HOLE)), host_of=answers)


def _told_apart(value: Unknown) -> tuple[Unknown, ...]:
    """What stands at each hole of a text; nothing where that isn't known of each by itself."""
    count = parts_of(value).count(None)
    if len(value.holes) == count:
        return value.holes
    return (value,) if count == 1 else ()


def _with_own(parts: Parts, own: int | None) -> str:
    """Literals and holes as one text, with a sign of its own for the hole of that number."""
    text = marked_text(part if part is None else part.replace(_OWN, "") for part in parts)
    pieces = text.split(HOLE)
    if own is None:
        return text
    return HOLE.join(pieces[: own + 1]) + _OWN + HOLE.join(pieces[own + 1 :])


def _without_signs(piece: Value) -> str:
    """A piece as one text; of one that is known, without what could be taken for a sign."""
    if isinstance(piece, Known):
        return str(piece.value).replace(_OWN, "").replace(HOLE, "")
    return marked_text(parts_of(piece))


def _all_texts(pieces: Sequence[Value]) -> tuple[Known[object], ...] | None:
    """All texts that pieces make, where each is one of a few."""
    choices: list[tuple[object, ...]] = []
    count = 1
    for piece in pieces:
        if isinstance(piece, Unknown) and not piece.among:
            return None
        members = (piece,) if isinstance(piece, Known) else piece.among or ()
        choices.append(tuple(member.value for member in members))
        count *= len(members)
        if count > MAX_AMONG:
            return None
    texts = dict.fromkeys("".join(map(str, choice)) for choice in product(*choices))
    return tuple(Known(text) for text in texts)
