"""What texts a pattern matches: a few, each spelt out, or texts with holes. Only what is surely read alike counts."""

from __future__ import annotations

from sovlint.frontends.terraform.parts import Parts, tidy
from sovlint.model.value import MAX_AMONG

MAX_WRITTEN = 256
"""Longer patterns are not spelt out."""
_MANY = 2 * MAX_AMONG
_DIGITS = "0123456789"


class _Stop(Exception):  # noqa: N818 - not an error: the pattern says nothing that can be spelt out
    pass


def texts_of(pattern: str) -> list[Parts] | None:
    """Texts, some with holes, that hold everything in which ``pattern`` is found; ``None``: nothing can be said."""
    if len(pattern) > MAX_WRITTEN:
        return None
    try:
        reader = _Reader(pattern)
        found = reader.alternatives()
        if reader.at < len(pattern):
            return None
        spelt = [tidy((*(() if start else (None,)), *parts, *(() if end else (None,)))) for start, parts, end in found]
    except (_Stop, IndexError, RecursionError):
        return None
    return list(dict.fromkeys(spelt))


_Branch = tuple[bool, Parts, bool]
"""Whether it is held to the start, its text, and whether it is held to the end."""


class _Reader:
    """Reads a pattern once, from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self, inside: bool = False) -> list[_Branch]:
        found = self._branch(inside)
        while self._takes("|"):
            found += self._branch(inside)
            if len(found) > _MANY:
                raise _Stop
        return found

    def _branch(self, inside: bool) -> list[_Branch]:
        """One alternative. Anchors count at its two ends, outside of groups or around all of one."""
        start = self._takes("^") or self._takes("\\A")
        texts: list[Parts] = [()]
        held = False
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            if self._takes("$") or self._takes("\\z"):
                held = True
                if self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
                    raise _Stop
                break
            piece = self._repeated(self._atom())
            texts = [(*before, *after) for before in texts for after in piece]
            if len(texts) > _MANY:
                raise _Stop
        if inside and (start or held):
            raise _Stop
        return [(start, text, held) for text in texts]

    def _atom(self) -> list[Parts]:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == ".":
            return [(None,)]
        if sign == "\\":
            return self._escape()
        if sign in "*+?{}^]":
            raise _Stop
        return [(sign,)]

    def _group(self) -> list[Parts]:
        if self._takes("?"):
            if self._takes("P<") or (self._takes("<") and self.pattern[self.at] not in "=!"):
                while self._next() != ">":
                    pass
            elif not self._takes(":"):
                raise _Stop
        found = self.alternatives(inside=True)
        if not self._takes(")"):
            raise _Stop
        return [parts for _, parts, _ in found]

    def _class(self) -> list[Parts]:
        if self._takes("^"):
            self._letters()
            return [(None,)]
        letters = self._letters()
        return [(letter,) for letter in letters] if letters is not None else [(None,)]

    def _letters(self) -> list[str] | None:
        """The letters of a class, ``None`` where they are many; ends behind it."""
        letters: list[str] | None = []
        first = True
        while True:
            sign = self._next()
            if sign == "]" and not first:
                return None if letters is not None and len(letters) > MAX_AMONG else letters
            first = False
            if sign == "[":
                raise _Stop
            if sign == "\\":
                sign = self._next()
                if sign.isalnum():
                    if sign not in "dwsDWS":
                        raise _Stop
                    letters = [*letters, *_DIGITS] if sign == "d" and letters is not None else None
                    continue
            last = sign
            if self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]":
                self.at += 1
                last = self._next()
                if last in "\\[" or last < sign:
                    raise _Stop
            span = range(ord(sign), ord(last) + 1)
            letters = [*letters, *map(chr, span)] if letters is not None and len(span) <= MAX_AMONG else None

    def _escape(self) -> list[Parts]:
        sign = self._next()
        if sign == "d":
            return [(digit,) for digit in _DIGITS]
        if sign in "wsWSD":
            return [(None,)]
        if sign.isalnum():
            raise _Stop
        return [(sign,)]

    def _repeated(self, piece: list[Parts]) -> list[Parts]:
        if self.at >= len(self.pattern) or self.pattern[self.at] not in "*+?{":
            return piece
        sign = self._next()
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign) or self._bounds()
        self._takes("?")  # whether it takes many or few: it is found in the same texts
        if self.at < len(self.pattern) and self.pattern[self.at] in "*+?{":
            raise _Stop
        if most is None or most > 8 or sum(len(piece) ** times for times in range(least, most + 1)) > _MANY:
            return [(None,)]
        found: list[Parts] = []
        for times in range(least, most + 1):
            texts: list[Parts] = [()]
            for _ in range(times):
                texts = [(*before, *after) for before in texts for after in piece]
            found += texts
        return found

    def _bounds(self) -> tuple[int, int | None]:
        end = self.pattern.index("}", self.at) if "}" in self.pattern[self.at :] else -1
        least, comma, most = self.pattern[self.at : end].partition(",")
        if end < 0 or not least.isdecimal() or not (most.isdecimal() or not most):
            raise _Stop
        self.at = end + 1
        return int(least), (int(most) if most else None) if comma else int(least)

    def _takes(self, text: str) -> bool:
        if not self.pattern.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def _next(self) -> str:
        sign = self.pattern[self.at]
        self.at += 1
        return sign
