"""Sets of characters in patterns: ranges, Perl's and POSIX's classes (ASCII alone, as RE2 has them), Unicode's."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from msgspec import Struct

from sovlint.expressions.kinds import Refused

Ranges = tuple[tuple[int, int], ...]

_KINDS = {
    "C": "cfos",
    "L": "lmotu",
    "M": "cen",
    "N": "dlo",
    "P": "cdefios",
    "S": "ckmo",
    "Z": "lps",
}
CATEGORIES = frozenset(
    category + kind for category, kinds in _KINDS.items() for kind in ("", *kinds)
)
"""Unicode's general categories, as Go has them."""


class UnknownClassError(Exception):
    """A class of Unicode that this reader has no table of (a script)."""


class Charset(Struct, frozen=True):
    """Characters in some ranges or of some categories; ``fold``: those that differ in case alone as well; ``but``: all
    others."""

    ranges: Ranges
    tests: tuple[Callable[[str], bool], ...] = ()
    fold: bool = False
    but: bool = False

    @classmethod
    def of(cls, sign: str) -> Charset:
        """A single character."""
        return cls(((ord(sign), ord(sign)),))

    def has(self, sign: str) -> bool:
        """Whether a character is in it."""
        found = self._has(sign) or (self.fold and any(map(self._has, alike(sign))))
        return found is not self.but

    def _has(self, sign: str) -> bool:
        code = ord(sign)
        return any(low <= code <= high for low, high in self.ranges) or any(
            test(sign) for test in self.tests
        )

    def with_(self, other: Charset) -> Charset:
        """The characters of both."""
        if other.but or other.fold:
            return Charset(self.ranges, (*self.tests, other.has), self.fold, self.but)
        return Charset(
            (*self.ranges, *other.ranges), (*self.tests, *other.tests), self.fold, self.but
        )

    def negated(self) -> Charset:
        """All others."""
        return Charset(self.ranges, self.tests, self.fold, not self.but)

    def folded(self) -> Charset:
        """Those that differ in case alone as well."""
        return (
            Charset(self.ranges, self.tests, True, self.but)
            if not self.but
            else Charset((), (self.has,), True)
        )

    def written(self) -> str | None:
        """The same for Python's ``re``; ``None`` where only ``has`` can tell."""
        if self.tests or (self.fold and any(high > 127 for _, high in self.ranges)):
            return None
        ranges = list(self.ranges)
        if self.fold:
            signs = {chr(code) for low, high in ranges for code in range(low, high + 1)}
            ranges.extend((ord(other), ord(other)) for sign in signs for other in alike(sign))
        if not ranges:
            return r"[^\s\S]" if not self.but else r"[\s\S]"
        inner = "".join(f"{_escape(low)}-{_escape(high)}" for low, high in ranges)
        return f"[{'^' if self.but else ''}{inner}]"


def _escape(code: int) -> str:
    return f"\\U{code:08x}"


def alike(sign: str) -> tuple[str, ...]:
    """The characters that differ from one in case alone (Unicode's simple folding)."""
    base = {sign, sign.lower(), sign.upper(), sign.casefold()}
    base |= {other.upper() for other in base} | {other.lower() for other in base}
    if base & {"k", "K"}:
        base.add("\u212a")
    if base & {"s", "S"}:
        base.add("\u017f")
    return tuple(other for other in base if len(other) == 1 and _root(other) == _root(sign))


def _root(sign: str) -> str:
    folded = sign.casefold()
    return folded if len(folded) == 1 else sign.lower()


def is_word(sign: str) -> bool:
    """Whether a character is one of words, as ``\\w`` has them."""
    return sign.isascii() and (sign.isalnum() or sign == "_")


ALL = Charset(((0, 0x10FFFF),))
NO_LINE_END = Charset(((10, 10),), but=True)
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


def unicode_class(name: str, negated: bool) -> Charset:
    """``\\p{...}``: a general category. Raises ``UnknownClassError`` for scripts, ``Refused`` for what is neither."""
    if name == "Any":
        found = ALL
    elif name in CATEGORIES:
        found = Charset((), (lambda sign: unicodedata.category(sign).startswith(name),))
    elif len(name) > 2 and name[0].isupper() and name.replace("_", "").isalpha():
        raise UnknownClassError
    else:
        raise Refused("a class of Unicode that there isn't")
    return found.negated() if negated else found
