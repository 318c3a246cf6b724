"""Sets of characters in patterns: ranges, Perl's and POSIX's classes (ASCII alone, as RE2 has them)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

Ranges = tuple[tuple[int, int], ...]

_LAST = 0x10FFFF
_LAST_ASCII = 127


class NotReadPatternError(Exception):
    """What isn't read here: a class of Unicode, characters other than ASCII where case doesn't matter, ``\\B``, and
    groups that are nested too deep."""


class Charset(Struct, frozen=True):
    """The characters in some ranges of codes, first and last included. They are in order and apart."""

    ranges: Ranges

    @classmethod
    def of(cls, sign: str) -> Charset:
        """A single character."""
        return cls(((ord(sign), ord(sign)),))

    def with_(self, other: Charset) -> Charset:
        """The characters of both."""
        return Charset(_in_order((*self.ranges, *other.ranges)))

    def negated(self) -> Charset:
        """All others."""
        found, at = [], 0
        for low, high in self.ranges:
            if at < low:
                found.append((at, low - 1))
            at = high + 1
        return Charset((*found, (at, _LAST)) if at <= _LAST else tuple(found))

    def folded(self) -> Charset:
        """Those that differ in case alone as well. Raises ``NotReadPatternError`` for others than ASCII."""
        if any(high > _LAST_ASCII for _, high in self.ranges):
            raise NotReadPatternError
        signs = {chr(code) for low, high in self.ranges for code in range(low, high + 1)}
        found = [(ord(other), ord(other)) for sign in signs for other in _alike(sign)]
        return Charset(_in_order((*self.ranges, *found)))

    def is_apart(self, other: Charset) -> bool:
        """Whether no character is in both."""
        return not any(
            low <= last and first <= high
            for low, high in self.ranges
            for first, last in other.ranges
        )

    def written(self) -> str:
        """The same for Python's ``re``."""
        if not self.ranges:
            return r"[^\s\S]"
        return f"[{''.join(f'{_escape(low)}-{_escape(high)}' for low, high in self.ranges)}]"


def _in_order(ranges: Iterable[tuple[int, int]]) -> Ranges:
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return tuple(found)


def _escape(code: int) -> str:
    return f"\\U{code:08x}"


def _alike(sign: str) -> str:
    """The characters that differ from one of ASCII in case alone, as Unicode folds them."""
    return sign.lower() + sign.upper() + {"k": "\u212a", "s": "\u017f"}.get(sign.lower(), "")


def is_word(sign: str) -> bool:
    """Whether a character is one of words, as ``\\w`` has them."""
    return sign.isascii() and (sign.isalnum() or sign == "_")


ALL = Charset(((0, _LAST),))
NO_LINE_END = Charset(((10, 10),)).negated()
_DIGIT: Ranges = ((48, 57),)
_UPPER: Ranges = ((65, 90),)
_LOWER: Ranges = ((97, 122),)
_WORD: Ranges = (*_DIGIT, *_UPPER, (95, 95), *_LOWER)
_PERL = {
    "d": Charset(_DIGIT),
    "w": Charset(_WORD),
    "s": Charset(((9, 10), (12, 13), (32, 32))),
}
POSIX = {
    "alnum": Charset((*_DIGIT, *_UPPER, *_LOWER)), "alpha": Charset((*_UPPER, *_LOWER)), "ascii": Charset(((0, 127),)),
    "blank": Charset(((9, 9), (32, 32))), "cntrl": Charset(((0, 31), (127, 127))), "digit": Charset(_DIGIT),
    "graph": Charset(((33, 126),)), "lower": Charset(_LOWER), "print": Charset(((32, 126),)),
    "punct": Charset(((33, 47), (58, 64), (91, 96), (123, 126))), "space": Charset(((9, 13), (32, 32))),
    "upper": Charset(_UPPER), "word": Charset(_WORD), "xdigit": Charset((*_DIGIT, (65, 70), (97, 102))),
}  # fmt: skip


def perl(sign: str) -> Charset:
    """``\\d``, ``\\s``, ``\\w`` and, in capitals, all others."""
    found = _PERL[sign.lower()]
    return found.negated() if sign.isupper() else found
