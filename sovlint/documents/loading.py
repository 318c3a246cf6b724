"""YAML and JSON texts -> documents, within bounds of what hostile input may cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import yaml

from sovlint.documents.document import Document
from sovlint.documents.errors import DocumentError, TooLargeError
from sovlint.documents.nodes import Builder, expanded, start_of
from sovlint.documents.places import shift_of
from sovlint.documents.scalars import scalar

if TYPE_CHECKING:
    from yaml.nodes import Node

MAX_CHARACTERS = 8_000_000
"""Longer texts are refused: reading takes up to ninety times their size."""
MAX_NODES = 500_000
"""Documents that grow past this many nodes (aliases expanded) are refused."""
LONG = 500_000
"""In texts of more characters than this, nodes are counted before they are made."""
MAX_DOCUMENTS = 50_000
"""Of a text with more documents than this, no further ones are read."""

_TOO_DEEP = "exceeded maximum nesting depth"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ANCHOR = re.compile(r"(?:^|[-:?,\[{\r\x85\u2028\u2029]|![^\s!]*[ \t])[ \t]*&([0-9A-Za-z_-]+)", re.MULTILINE)
"""An anchor, where nothing but a tag or what begins a value may stand before it. In prose there are others."""
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


# Where PyYAML parses in C it composes there too: the composer in Python has to stand before it.
_COMPOSER: Any = type("_Composer", (yaml.composer.Composer, _LOADER), {}) if _LOADER is not yaml.SafeLoader else _LOADER


class _Reusing(_COMPOSER):  # type: ignore[misc]
    """Loads texts in which an anchor is set again: an alias means the nearest one above it (YAML 1.2.2, 7.1).

    PyYAML refuses them, although whatever else reads manifests (Go) doesn't. A third as fast, so only where needed.
    """

    def __init__(self, text: str) -> None:
        _LOADER.__init__(self, text)
        yaml.composer.Composer.__init__(self)

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event: Any = self.peek_event()
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        composed: Node | None = super().compose_node(parent, index)
        return composed


def load(
    data: bytes | str,
    path: str,
    most: int = MAX_NODES,
    read: Callable[[str], object] = scalar,
    above: int = 0,
    left: int = 0,
) -> Iterator[Document]:
    """The documents of a YAML (or JSON) text; scalars follow YAML 1.2, so that ``NO`` stays a country.

    ``read``: what plain scalars are, where not that. A document of more than ``most`` nodes is refused. ``above`` and
    ``left``: how many lines and columns of the file stand before the text. Raises ``DocumentError`` where the text
    can't be read; documents before the error have been given by then.
    """
    try:
        yield from _load(data, most, Builder(path, read, shift_of(above, left)))
    except DocumentError as error:
        error.line += above
        raise


def _load(data: bytes | str, most: int, builder: Builder) -> Iterator[Document]:
    try:
        text = _SURROGATES.sub(_character, data.decode("utf-8-sig") if isinstance(data, bytes) else data)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DocumentError("not UTF-8 text", line, 1) from None
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"longer than {MAX_CHARACTERS:,} characters", 1, 1)
    loader = (_Reusing if reuses_anchors(text) else _LOADER)(text)
    try:
        if len(text) > LONG:
            _count(text, most)
        count = 0
        while loader.check_node():
            node: Any = loader.get_node()
            count += 1
            if count > MAX_DOCUMENTS:
                raise TooLargeError(f"more than {MAX_DOCUMENTS:,} documents", *start_of(node))
            may_be_large = ("*" in text and "&" in text) or len(text) > most  # every node has a character
            if may_be_large and expanded(node, {}) > most:
                raise TooLargeError(f"more than {most:,} nodes once aliases are expanded", *start_of(node))
            yield builder.document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        kind = TooLargeError if error.problem == _TOO_DEEP else DocumentError
        raise kind(error.problem or "not valid YAML", line, column) from None
    except yaml.YAMLError as error:
        raise DocumentError(str(error).splitlines()[0], 1, 1) from None
    except RecursionError:
        raise TooLargeError("nested too deeply", 1, 1) from None
    finally:
        loader.dispose()


def reuses_anchors(text: str) -> bool:
    """Whether an anchor seems to be set twice, in one document or in several."""
    anchors = _ANCHOR.findall(text) if "&" in text else ()
    return len(set(anchors)) < len(anchors)


def _count(text: str, most: int) -> None:
    """Raise ``DocumentError`` where a document has more than ``most`` nodes, without making any."""
    found = 0
    for event in yaml.parse(text, Loader=_LOADER):
        found = 0 if isinstance(event, yaml.DocumentStartEvent) else found + isinstance(event, yaml.NodeEvent)
        if found > most:
            line, column = (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
            raise TooLargeError(f"more than {most:,} nodes", line + 1, column + 1)


def tagged(text: str) -> bool:
    """Whether a YAML text has explicit tags (``!x``), as far as it can be read."""
    try:
        return any(isinstance(token, yaml.TagToken) for token in yaml.scan(text, Loader=_LOADER))
    except yaml.YAMLError:
        return False


def _character(match: re.Match[str]) -> str:
    """JSON writes characters beyond U+FFFF as two escapes, which YAML doesn't know."""
    high, low = int(match.group(1), 16), int(match.group(2), 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
