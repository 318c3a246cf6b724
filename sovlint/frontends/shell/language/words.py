"""Words of a shell's text, as it would hand them to a program: quotes taken away, variables filled in, fields split.

After POSIX, "Shell Command Language", with arrays and ``$'...'`` of bash. What only a run would tell is a hole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from sovlint.frontends.shell.language.parameters import expanded
from sovlint.frontends.shell.language.syntax import ShellSyntax
from sovlint.frontends.shell.language.variables import Text, Variables, hole, nowhere
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.model.value import Unknown

if TYPE_CHECKING:
    from tree_sitter import Node


# --- ``$'...'`` of bash: what its escapes stand for.

_ESCAPE: Final = late_pattern(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|(.))",
    re.DOTALL,
)
_SIGNS: Final = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v",
}  # fmt: skip


def ansi(text: str) -> str:
    """The text that is meant."""
    return _ESCAPE.sub(_meant, text)


def _meant(met: re.Match[str]) -> str:
    digits = met[1] or met[2] or met[3]
    if met[5] is not None:
        return _SIGNS.get(met[5], met[5])
    number = int(digits, 16) if digits else int(met[4], 8)
    is_sign = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_sign else ""


MAX_DEPTH: Final = 40
"""Words that are nested deeper are holes."""

FED: Final = "/dev/fd/63"
"""What a program gets that reads from, or writes to, other commands: a file that isn't there for long."""

_BLANKS: Final = late_pattern(r"[ \t\n]+")
_ESCAPED: Final = late_pattern(r"\\(\n|.)", re.DOTALL)
_ESCAPED_IN_QUOTES: Final = late_pattern(r"\\([\n$`\"\\])")

WordPiece = Sequence[Text]
"""A part of a word; between each two texts of it one field ends."""


class ShellWords:
    """The words of one text. ``run`` reads the commands that stand in it, ``$(...)`` for one, and gives what they print
    where that is told."""

    __slots__ = ("_depth", "_run", "_syntax", "_variables")

    def __init__(
        self, syntax: ShellSyntax, variables: Variables, run: Callable[[Node], Text | None]
    ) -> None:
        self._syntax = syntax
        self._variables = variables
        self._run = run
        self._depth = 0

    def fields(self, node: Node) -> list[Text]:
        """The words that one word of the text makes: none, where it is a variable that is empty."""
        found: list[Text] = []
        kept: list[bool] = []
        for piece, quoted in self._pieces(node):
            for number, text in enumerate(piece):
                if number or not found:
                    found.append(Text(quoted=quoted))
                    kept.append(False)
                found[-1].add(text)
                kept[-1] |= quoted
        return [text for text, keep in zip(found, kept, strict=True) if keep or text.text]

    def whole(self, node: Node) -> Text:
        """One text, which nothing splits: what is assigned, or fed."""
        return joined(
            (joined(piece, " ") for piece, _ in self._pieces(node, splits=False)), ""
        )

    def all_fields(self, nodes: Iterable[Node]) -> list[Text]:
        """The words that several make: the elements of an array, or of a loop."""
        return [text for node in nodes for text in self.fields(node)]

    def _pieces(self, node: Node, splits: bool = True) -> Iterable[tuple[WordPiece, bool]]:
        """The parts of a word, and whether each stands in quotes."""
        if self._depth >= MAX_DEPTH:
            return [((hole(nowhere("...")),), True)]
        self._depth += 1
        found = list(self._parts(node, splits))
        self._depth -= 1
        return found

    def _parts(self, node: Node, splits: bool) -> Iterable[tuple[WordPiece, bool]]:
        kind = node.type
        if kind == "concatenation":
            for child in node.children:
                yield from self._pieces(child, splits)
        elif kind in ("command_name", "translated_string") and node.named_children:
            yield from self._pieces(node.named_children[0], splits)
        elif kind in _QUOTED:
            yield self._quoted(node), True
        elif kind in _HOLES:
            printed = self._run(node)
            text = (
                Text(FED)
                if kind == "process_substitution"
                else printed or hole(_why(self._syntax.of(node).lstrip()))
            )
            yield (text,), kind == "process_substitution"
        elif kind in ("simple_expansion", "expansion"):
            found = self._expanded(node)
            yield (_split(found) if splits else found), False
        else:
            text = self._syntax.between(node.start_byte, node.end_byte)
            yield (
                (replace(text, text=_ESCAPED.sub(_unescaped, text.text)),),
                "\\" in text.text,
            )

    def _quoted(self, node: Node) -> WordPiece:
        text = self._syntax.between(node.start_byte, node.end_byte)
        if node.type == "raw_string":
            return (replace(text, text=text.text[1:-1]),)
        if node.type == "ansi_c_string":
            return (replace(text, text=ansi(text.text[2:-1])),)
        end = -1 if text.text.endswith('"') and len(text.text) > 1 else None
        return self.inside(node, node.start_byte + 1, node.end_byte + (end or 0))

    def inside(self, node: Node, start: int, end: int) -> WordPiece:
        """What stands between quotes, or in a here-document: literals, and what is expanded between them."""
        texts: list[Text] = [Text()]
        for child in node.named_children:
            if child.type in _EXPANDING:
                texts[-1].add(self._literal(start, self._syntax.start_of(child)))
                start = child.end_byte
                for number, text in enumerate(self._one(child)):
                    if number:
                        texts.append(Text())
                    texts[-1].add(text)
        texts[-1].add(self._literal(start, end))
        return texts

    def _one(self, node: Node) -> WordPiece:
        return next((piece for piece, _ in self._pieces(node, splits=False)), ())

    def _literal(self, start: int, end: int) -> Text:
        text = self._syntax.between(start, max(start, end))
        return replace(text, text=_ESCAPED_IN_QUOTES.sub(_unescaped, text.text))

    def _expanded(self, node: Node) -> WordPiece:
        if node.type == "simple_expansion":
            return self._variables.all_of(self._syntax.of(node).lstrip()[1:])
        return expanded(node, self._syntax, self._variables, self.whole)


_QUOTED: Final = frozenset({"string", "raw_string", "ansi_c_string"})
_HOLES: Final = frozenset({
    "command_substitution", "process_substitution", "arithmetic_expansion",
})  # fmt: skip
_EXPANDING: Final = frozenset({
    "simple_expansion", "expansion", "command_substitution", "process_substitution", "arithmetic_expansion",
})  # fmt: skip


def joined(texts: Iterable[Text], sign: str) -> Text:
    """Texts one after the other."""
    found = Text()
    for number, text in enumerate(texts):
        if number and sign:
            found.add(Text(sign))
        found.add(text)
    return found


def _why(text: str) -> Unknown:
    if text.startswith("`"):
        return nowhere("`...`")
    return nowhere("$((...))" if text.startswith("$((") else "$(...)")


def _unescaped(met: re.Match[str]) -> str:
    return "" if met[1] == "\n" else met[1]


def _split(texts: WordPiece) -> list[Text]:
    """The fields that values make which stand in no quotes."""
    found: list[Text] = []
    for text in texts:
        found += _fields_of(text)
    return found or [Text()]


def _fields_of(text: Text) -> list[Text]:
    fields = _BLANKS.split(text.text)
    if len(fields) == 1:
        return [text]
    whole = len(text.holes) == text.text.count(HOLE)
    found: list[Text] = []
    at = 0
    for field in fields:
        count = field.count(HOLE)
        holes = text.holes[at : at + count] if whole else ()
        found.append(replace(text, text=field, holes=holes))
        at += count
    return found
