"""Text of a shell -> its tree, by tree-sitter-bash. This module, ``words.py`` and ``script.py`` alone know it."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sovlint.frontends.shell.language.variables import Text
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

MAX_TEXT: Final = 200_000
"""Longer scripts aren't read to their end."""

_SIGN: Final = "\U0010fffd"
"""What stands for a hole while a text is parsed: the parser takes a zero for the end."""
_SIGN_BYTES: Final = _SIGN.encode()

_AS_LETTERS: Final = bytes(range(128)) + b"x" * 128
"""What the parser gets for bytes of other letters than ASCII's: it asks C's ``isalpha`` about any of them, which may end
the whole program where there are more than 256. They are letters of words."""
_BEHIND_VARIABLE: Final = late_pattern(rb"\$\{[^}]*\}|(\$[A-Za-z_]\w*)[./,+-]")
"""Behind a variable without braces, these make the parser end the word at its dollar sign (``u:$P@$HOST/x``). A colon
doesn't."""
_BOTH_WAYS: Final = late_pattern(r"(\d)<>(\s*/dev/)")
"""What the parser doesn't know: ``3<>/dev/tcp/host/80``."""

_PLAIN: Final = late_pattern(rf"[\w\s./:@,%+=;&{_SIGN}-]*")
_WORDS: Final = late_pattern(
    r"(?:^|[\s;&])(?:[A-Za-z_]\w*\+?=|(?:export|declare|typeset|local|readonly|unset|for|select|case|while|until|if"
    r"|function|read|set|source|\.)\s)"
)
"""Texts of plain words need no parser, unless they are among these."""

ParsedTexts = dict[bytes, "Node | None"]
"""Texts that were parsed, with their trees, which nobody changes: containers run the same scripts again and again."""
_MAX_TREES: Final = 500
_MAX_OPEN: Final = 300
"""Of brackets that nothing closes, or opens, the parser asks each what the next could mean: such texts aren't parsed."""
_CHUNK: Final = 4096
_MAX_STEPS: Final = 200
_BYTES_A_STEP: Final = 50
"""So often the parser may read and report, and once more for so many bytes, before it is lost in a text: ten times what
scripts of people take. A count, not a time: what is read must not depend on the machine."""


def _for_parser(data: bytes) -> bytes:
    """What the parser gets of a text: as long as that, so that its places are those of the text."""
    letters = data.translate(_AS_LETTERS)
    return _BEHIND_VARIABLE.sub(lambda met: met[1] + b":" if met[1] else met[0], letters)


class ShellSyntax:
    """A text, its tree, and what stands at its holes."""

    __slots__ = ("_data", "_holes", "_plain", "_signs", "_source", "root")

    def __init__(self, source: Text, trees: ParsedTexts | None = None) -> None:
        text = source.text[:MAX_TEXT].replace(_SIGN, "").replace(HOLE, _SIGN)
        text = _BOTH_WAYS.sub(r"\1>>\2", text)
        self._data = text.encode("utf-8", "replace")
        self._plain = text if self._data.isascii() else None
        """All of it, where each byte is a character, and none a hole."""
        self._source = source
        self._signs = _found(self._data)
        whole = source.text.count(HOLE) == len(source.holes)
        self._holes = source.holes if whole else ()
        is_plain = _PLAIN.fullmatch(text) is not None and _WORDS.search(text) is None
        trees = {} if trees is None else trees
        self.root: Node | None = None if is_plain else _tree(self._data, trees)
        """``None`` where nothing but words stands there, and where the parser would be lost in it."""

    @property
    def text(self) -> str:
        """All of it, with holes."""
        return self._data.decode("utf-8", "replace").replace(_SIGN, HOLE)

    def of(self, node: Node) -> str:
        """What is written at a node, with holes. The node itself would ask the parser's source again."""
        return self._decoded(node.start_byte, node.end_byte)

    def start_of(self, node: Node) -> int:
        """Where a node begins: in quotes the parser counts the blanks before a variable as its own."""
        text = self._data[node.start_byte : node.end_byte]
        return node.start_byte + len(text) - len(text.lstrip())

    def between(self, start: int, end: int) -> Text:
        """What is written between two bytes, as it stands."""
        text = self._decoded(start, end)
        count = text.count(HOLE)
        first = bisect_left(self._signs, start) if count else 0
        holes = self._holes[first : first + count]
        return Text(text, self._source.doubt, self._source.sensitive, holes=holes)

    def _decoded(self, start: int, end: int) -> str:
        if self._plain is not None:
            return self._plain[start:end]
        return self._data[start:end].decode("utf-8", "replace").replace(_SIGN, HOLE)


def _found(data: bytes) -> list[int]:
    """Where the signs stand."""
    found: list[int] = []
    at = data.find(_SIGN_BYTES)
    while at >= 0:
        found.append(at)
        at = data.find(_SIGN_BYTES, at + 1)
    return found


def _tree(data: bytes, trees: ParsedTexts) -> Node | None:
    if data not in trees:
        if len(trees) >= _MAX_TREES:
            trees.clear()
        trees[data] = _parse(_for_parser(data))
    return trees[data]


@lru_cache(maxsize=1)
def _parser() -> Parser:
    from importlib.machinery import PathFinder

    from tree_sitter import Language, Parser

    # The package itself imports `importlib.resources`, for queries that nobody asks it for: 18 ms.
    package = PathFinder.find_spec("tree_sitter_bash")
    folder = None if package is None else package.submodule_search_locations
    spec = PathFinder.find_spec("tree_sitter_bash._binding", folder)
    if spec is None or spec.loader is None:
        raise ImportError("tree_sitter_bash")
    binding = spec.loader.create_module(spec)
    if binding is None:
        raise ImportError("tree_sitter_bash")
    spec.loader.exec_module(binding)
    return Parser(Language(binding.language()))


def _parse(data: bytes) -> Node | None:
    if abs(data.count(b")") - data.count(b"(")) > _MAX_OPEN:
        return None
    left = _MAX_STEPS + len(data) // _BYTES_A_STEP

    def is_lost(_offset: int = 0, _has_error: bool = False) -> bool:
        nonlocal left
        left -= 1
        return left < 0

    def read(start: int, _point: object) -> bytes:
        return b"" if is_lost() else data[start : start + _CHUNK]

    parser = _parser()
    try:
        root = parser.parse(read, progress_callback=is_lost).root_node
    except ValueError:
        parser.reset()
        return None
    return None if left < 0 else root
