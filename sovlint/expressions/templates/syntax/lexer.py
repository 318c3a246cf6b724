"""The text of a template -> its tokens, as Go's ``text/template/parse`` cuts them."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.syntax.positions import TextLines

BLANKS = " \t\r\n"

_ENDS = r"(?=[ \t\r\n.,|:()]|\}\}|\Z)"
"""What may follow a name: anything else would be part of a word."""

_TOKEN = re.compile(
    rf"""
    (?P<close>(?:[ \t\r\n]+-)?\}}\}})
    |(?P<space>[ \t\r\n]+)
    |(?P<field>\.[^\W\d]\w*){_ENDS}
    |(?P<dot>\.)(?![0-9]){_ENDS}
    |(?P<variable>\$\w*){_ENDS}
    |(?P<name>[^\W\d]\w*){_ENDS}
    |(?P<string>"(?:[^"\\\n]|\\[^\n])*")
    |(?P<raw>`[^`]*`)
    |(?P<character>'(?:[^'\\\n]|\\[^\n])*')
    |(?P<number>[+-]?(?:
        0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?
        |0[oO][0-7_]*
        |0[bB][01_]*
        |(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]*)?
     )i?)(?!\w)
    |(?P<declare>:=)
    |(?P<assign>=)
    |(?P<bar>\|)
    |(?P<open>\()
    |(?P<shut>\))
    |(?P<mark>[\x21-\x7e])
    """,
    re.VERBOSE,
)

_UNENDED = {
    '"': "unterminated quoted string",
    "`": "unterminated raw quoted string",
    "'": "unterminated character constant",
}
_KEYWORDS = frozenset(
    [
        "block",
        "break",
        "continue",
        "define",
        "else",
        "end",
        "if",
        "nil",
        "range",
        "template",
        "with",
    ]
)


class Token(NamedTuple):
    """A piece of a template. ``spaced``: blanks stand before it.

    Kinds: ``text``; ``begin`` (``{{``) and ``close``; ``field``, ``dot``, ``variable``, ``name``, ``keyword``, ``bool``,
    ``string``, ``raw``, ``character``, ``number``; ``declare``, ``assign``, ``bar``, ``open``, ``shut``, ``mark`` (any
    other character); ``end`` of the text.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False


def tokens_of(text: str) -> list[Token]:
    """All tokens of a template. Raises ``TemplateError``."""
    return _Lexer(text).tokens()


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Token] = []

    def tokens(self) -> list[Token]:
        at = 0
        while True:
            begin = self.text.find("{{", at)
            if begin < 0:
                break
            trims = _trims_before(self.text, begin + 2)
            self._literal(at, begin, trims)
            inside = begin + (4 if trims else 2)
            if self.text.startswith("/*", inside):
                at = self._after_comment(inside)
            else:
                self.found.append(Token("begin", "{{", begin, inside))
                at = self._after_action(inside)
        self._literal(at, len(self.text), False)
        self.found.append(Token("end", "", len(self.text), len(self.text)))
        return self.found

    def _literal(self, start: int, end: int, trims: bool) -> None:
        literal = self.text[start:end]
        if trims:
            literal = literal.rstrip(BLANKS)
        if literal:
            self.found.append(Token("text", literal, start, end))

    def _after_comment(self, at: int) -> int:
        """Behind a comment, which begins at ``at``, and behind the blanks that it takes along."""
        end = self.text.find("*/", at)
        if end < 0:
            self._refuse("unclosed comment", at)
        end += 2
        trims = self.text[end + 1 : end + 4] == "-}}" and self.text[end] in BLANKS
        if trims:
            end += 2
        if not self.text.startswith("}}", end):
            self._refuse("comment ends before closing delimiter", end)
        return self._after_blanks(end + 2) if trims else end + 2

    def _after_blanks(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in BLANKS:
            at += 1
        return at

    def _after_action(self, at: int) -> int:
        """Behind an action, whose content begins at ``at``, and behind the blanks that it takes along."""
        match = _TOKEN.match
        spaced = False
        while True:
            found = match(self.text, at)
            if found is None:
                self._refuse_at(at)
            kind = found.lastgroup or ""
            written = found[0]
            if kind == "space":
                spaced = True
                at = found.end()
                continue
            if kind == "close":
                self.found.append(Token(kind, written, at, found.end(), spaced))
                return found.end() if written == "}}" else self._after_blanks(found.end())
            if kind == "name":
                kind = _kind_of_word(written)
            elif kind == "mark" and written != ",":
                self._refuse_at(at)
            self.found.append(Token(kind, written, at, found.end(), spaced))
            spaced = False
            at = found.end()

    def _refuse_at(self, at: int) -> NoReturn:
        """Say why what stands at ``at`` is no token."""
        character = self.text[at : at + 1]
        if not character:
            self._refuse("unclosed action", at)
        if character in _UNENDED:
            self._refuse(_UNENDED[character], at)
        word = re.match(r"[+-]?[0-9.]+\w*|[.$]?\w*", self.text[at : at + 100])
        written = word[0] if word is not None else ""
        if written.lstrip("+-.")[:1].isdigit() or character in "+-":
            self._refuse(f"bad number syntax: {(written or character)!r}", at)
        bad = self.text[at + len(written) : at + len(written) + 1] or character
        if written:
            self._refuse(f"bad character U+{ord(bad):04X} {bad!r}", at + len(written))
        if "!" <= bad <= "~":
            self._refuse(f'unexpected "{bad}" in action', at)
        self._refuse(f"unrecognized character in action: U+{ord(bad):04X} {bad!r}", at)

    def _refuse(self, message: str, at: int) -> NoReturn:
        raise TemplateError(message, *TextLines(self.text).position(at))


def _trims_before(text: str, at: int) -> bool:
    """Whether an action, whose braces end at ``at``, takes the blanks before it along."""
    return (
        text.startswith("-", at)
        and text[at + 1 : at + 2] in ("", *BLANKS)
        and at + 1 < len(text)
    )


def _kind_of_word(word: str) -> str:
    if word in _KEYWORDS:
        return "keyword"
    return "bool" if word in ("true", "false") else "name"
