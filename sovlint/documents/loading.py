"""YAML and JSON texts -> documents, within bounds of what hostile input may cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sovlint.documents.document import Document
from sovlint.documents.errors import MAX_CHARACTERS, MAX_NODES, DocumentError, TooLargeError
from sovlint.documents.places import shift_of
from sovlint.documents.scalars import scalar
from sovlint.model.decoding import late_pattern

_ANCHOR = late_pattern(
    r"(?:^|[-:?,\[{\r\x85\u2028\u2029]|![^\s!]*[ \t])[ \t]*&([0-9A-Za-z_-]+)", re.MULTILINE
)
"""An anchor, where nothing but a tag or what begins a value may stand before it. In prose there are others."""
_LIKE_ANCHOR = late_pattern("&([0-9A-Za-z_-]+)")
"""An anchor, or anything like one: found faster."""
_SURROGATES = late_pattern(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


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
        yield from _load(data, path, most, read, shift_of(above, left))
    except DocumentError as error:
        error.line += above
        raise


def _load(
    data: bytes | str, path: str, most: int, read: Callable[[str], object], shift: int
) -> Iterator[Document]:
    try:
        text = _SURROGATES.sub(
            _character, data.decode("utf-8-sig") if isinstance(data, bytes) else data
        )
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DocumentError("not UTF-8 text", line, 1) from None
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"longer than {MAX_CHARACTERS:,} characters", 1, 1)
    from sovlint.documents.nodes import Builder, composed

    yield from composed(text, most, reuses_anchors(text), Builder(path, read, shift))


def reuses_anchors(text: str) -> bool:
    """Whether an anchor seems to be set twice, in one document or in several."""
    return _has_twice(_LIKE_ANCHOR, text) and _has_twice(_ANCHOR, text)


def _has_twice(written: re.Pattern[str], text: str) -> bool:
    found = written.findall(text) if "&" in text else ()
    return len(set(found)) < len(found)


def tagged(text: str) -> bool:
    """Whether a YAML text has explicit tags (``!x``), as far as it can be read."""
    from sovlint.documents.nodes import has_tags

    return has_tags(text)


def _character(match: re.Match[str]) -> str:
    """JSON writes characters beyond U+FFFF as two escapes, which YAML doesn't know."""
    high, low = int(match.group(1), 16), int(match.group(2), 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
