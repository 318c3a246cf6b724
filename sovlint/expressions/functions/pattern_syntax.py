"""Patterns as Terraform reads them (RE2's syntax, in Go's reading of it): text -> nodes, or ``Refused``.

The rules are those of https://github.com/google/re2/wiki/Syntax and https://pkg.go.dev/regexp/syntax (read 2026-11-25).
"""

from __future__ import annotations

import re
from string import hexdigits

from msgspec import Struct

from sovlint.expressions.functions.pattern_classes import (
    ALL,
    NO_LINE_END,
    POSIX,
    Charset,
    NotReadPatternError,
    is_word,
    perl,
)
from sovlint.expressions.functions.pattern_nodes import (
    Assert,
    CapturingGroup,
    Chars,
    Concat,
    Either,
    PatternNode,
    Repeat,
)
from sovlint.expressions.kinds import Refused

_OCTAL = re.compile("[0-7]{1,3}")
MAX_REPEAT = 1000
"""How often Go lets something be repeated by number, also by numbers within numbers."""
MAX_HEIGHT = 100
"""Groups nested deeper than this aren't read (Go: 1000)."""


class ParsedPattern(Struct):
    """A pattern: what it is made of, and the names of its groups (``None``: it has none), from the first."""

    node: PatternNode
    names: list[str | None]


def parse(text: str) -> ParsedPattern:
    """The pattern. Raises ``Refused`` for what Go refuses, ``NotReadPatternError`` for what only we don't read."""
    parser = _Parser(text)
    node = parser.alternatives()
    if parser.at < len(text):
        raise Refused("an unexpected ) in a pattern")
    _check_repeats(node, MAX_REPEAT)
    return ParsedPattern(node, parser.names)


def _check_repeats(node: PatternNode, left: int) -> None:
    if isinstance(node, Repeat):
        times = node.least if node.most is None else node.most
        if times > left:
            raise Refused("a pattern repeats too often")
        _check_repeats(node.item, left // times if times else left)
    elif isinstance(node, CapturingGroup):
        _check_repeats(node.item, left)
    elif isinstance(node, (Concat, Either)):
        for item in node.items:
            _check_repeats(item, left)


class _Parser(Struct, eq=False):
    """Reads a pattern once, from left to right. ``flags`` are those that hold here: of ``imsU``."""

    text: str
    at: int = 0
    names: list[str | None] = []
    flags: frozenset[str] = frozenset()
    depth: int = 0

    def alternatives(self) -> PatternNode:
        self.depth += 1
        if self.depth > MAX_HEIGHT:
            raise NotReadPatternError
        flags = self.flags
        branches = [self._branch()]
        while self._takes("|"):
            branches.append(self._branch())
        self.flags = flags  # those set within a group end with it
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def _branch(self) -> PatternNode:
        items: list[PatternNode] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            items.extend(self._piece())
        return items[0] if len(items) == 1 else Concat(tuple(items))

    def _piece(self) -> list[PatternNode]:
        if self._takes("\\Q"):
            end = self.text.find("\\E", self.at)
            quoted = self.text[self.at : end if end >= 0 else None]
            self.at = len(self.text) if end < 0 else end + 2
            items: list[PatternNode] = [
                Chars(self._folded(Charset.of(sign))) for sign in quoted
            ]
            if items:
                items[-1] = self._repeated(items[-1])
            return items
        atom = self._atom()
        return [] if atom is None else [self._repeated(atom)]

    def _atom(self) -> PatternNode | None:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return Chars(self._class())
        if sign == "\\":
            return self._escape()
        if sign == ".":
            return Chars(ALL if "s" in self.flags else NO_LINE_END)
        if sign == "^":
            return Assert("line start" if "m" in self.flags else "text start")
        if sign == "$":
            return Assert("line end" if "m" in self.flags else "text end")
        if sign in "*+?" or (sign == "{" and self._bounds_at(self.at - 1) is not None):
            raise Refused("nothing to repeat in a pattern")
        return Chars(self._folded(Charset.of(sign)))

    def _group(self) -> PatternNode | None:
        if not self._takes("?"):
            return self._remembered(None)
        if self._takes("P<") or self._takes("<"):
            name = self._until(">")
            if not name or not all(map(is_word, name)):
                raise Refused("a name of a group in a pattern")
            return self._remembered(name)
        before = self.flags
        if not self._flags():
            return None
        node = self.alternatives()
        self.flags = before
        self._close()
        return node

    def _remembered(self, name: str | None) -> PatternNode:
        self.names.append(name)
        number = len(self.names)
        node = CapturingGroup(number, self.alternatives())
        self._close()
        return node

    def _close(self) -> None:
        if not self._takes(")"):
            raise Refused("a missing ) in a pattern")

    def _flags(self) -> bool:
        """Take flags; whether they open a group (``(?i:``), and don't hold from here on (``(?i)``)."""
        flags, away, seen = set(self.flags), False, False
        while True:
            sign = self._next()
            if sign in "imsU":
                (flags.discard if away else flags.add)(sign)
                seen = True
            elif sign == "-" and not away:
                away, seen = True, False
            elif sign in ":)" and (seen or not away):
                self.flags = frozenset(flags)
                return sign == ":"
            else:
                raise Refused("a group that RE2 doesn't have")

    def _repeated(self, item: PatternNode) -> PatternNode:
        bounds = self._bounds()
        if bounds is None:
            return item
        greedy = self._takes("?") is ("U" in self.flags)
        if self._bounds() is not None:
            raise Refused("a repetition repeated in a pattern")
        return Repeat(item, *bounds, greedy)

    def _bounds(self) -> tuple[int, int | None] | None:
        sign = self.text[self.at : self.at + 1]
        if sign in ("*", "+", "?"):
            self.at += 1
            return {"*": (0, None), "+": (1, None)}.get(sign, (0, 1))
        found = self._bounds_at(self.at) if sign == "{" else None
        if found is None:
            return None
        (least, most), self.at = found
        if least > MAX_REPEAT or (most is not None and (most > MAX_REPEAT or most < least)):
            raise Refused("a number of times in a pattern")
        return least, most

    def _bounds_at(self, at: int) -> tuple[tuple[int, int | None], int] | None:
        """The numbers in braces, and what follows them; ``None``: the brace is a character as any other."""
        end = self.text.find("}", at, at + 24)
        least, comma, most = self.text[at + 1 : end].partition(",")
        if end < 0 or not _is_number(least) or not (_is_number(most) or not most):
            return None
        return (int(least), (int(most) if most else None) if comma else int(least)), end + 1

    def _escape(self) -> PatternNode:
        sign = self.text[self.at : self.at + 1]
        places = {"A": "text start", "z": "text end", "b": "word"}
        if sign == "B":
            raise NotReadPatternError
        if sign in places:
            self.at += 1
            return Assert(places[sign])
        return Chars(self._folded(self._class_escape() or Charset.of(self._character())))

    def _class_escape(self) -> Charset | None:
        """The set that an escape stands for; ``None`` where it is a single character."""
        sign = self._next()
        if sign in "dswDSW":
            return perl(sign)
        if sign in "pP":
            raise NotReadPatternError
        self.at -= 1
        return None

    def _character(self) -> str:
        """The single character of an escape, behind its backslash."""
        sign = self._next()
        simple = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
        if sign in simple:
            return simple[sign]
        if sign in "01234567":
            digits = _OCTAL.findall(self.text, self.at - 1)[0]
            if sign != "0" and len(digits) == 1:
                raise Refused("a reference back, which RE2 doesn't have")
            self.at += len(digits) - 1
            return chr(int(digits, 8))
        if sign == "x":
            digits = self._until("}") if self._takes("{") else self._next() + self._next()
            if (
                not digits
                or set(digits) - set(hexdigits)
                or len(digits) > 8
                or int(digits, 16) > 0x10FFFF
            ):
                raise Refused("an escape in a pattern")
            return chr(int(digits, 16))
        if sign.isascii() and not sign.isalnum():
            return sign
        raise Refused("an escape that RE2 doesn't have")

    def _class(self) -> Charset:
        negated = self._takes("^")
        found = Charset(())
        first = True
        while first or not self._takes("]"):
            first = False
            if self.text.startswith("[:", self.at) and ":]" in self.text[self.at + 2 :]:
                self.at += 2
                name = self._until(":]")
                inner = POSIX.get(name.removeprefix("^"))
                if inner is None:
                    raise Refused("a class that RE2 doesn't have")
                found = found.with_(inner.negated() if name.startswith("^") else inner)
                continue
            sign = self._next()
            if sign == "\\":
                inner = self._class_escape()
                if inner is not None:
                    found = found.with_(inner)
                    continue
                sign = self._character()
            last = sign
            if self.text.startswith("-", self.at) and self.text[
                self.at + 1 : self.at + 2
            ] not in (
                "]",
                "",
            ):
                self.at += 1
                last = self._next()
                last = self._character() if last == "\\" else last
                if last < sign:
                    raise Refused("a range that runs backwards")
            found = found.with_(Charset(((ord(sign), ord(last)),)))
        found = self._folded(found)
        return found.negated() if negated else found

    def _folded(self, chars: Charset) -> Charset:
        return chars.folded() if "i" in self.flags else chars

    def _until(self, end: str) -> str:
        at = self.text.find(end, self.at)
        if at < 0:
            raise Refused("a pattern that ends early")
        found, self.at = self.text[self.at : at], at + len(end)
        return found

    def _takes(self, text: str) -> bool:
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def _next(self) -> str:
        if self.at >= len(self.text):
            raise Refused("a pattern that ends early")
        self.at += 1
        return self.text[self.at - 1]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
