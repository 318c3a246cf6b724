"""A text -> the outlets that are used by the pipeline that it configures, if it configures one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sovlint.documents import Document, DocumentError, Path, load
from sovlint.model.decoding import late_pattern
from sovlint.rules.files.outlet import Outlet
from sovlint.settings.pipelines import fluent_bit, metrics, opentelemetry, vector

MAX_TEXT = 1_000_000
"""Longer texts are no configurations."""

OutletReader = Callable[[Document, Path], Iterator[Outlet]]

_HEADS = late_pattern(
    r"pipelines?\b|sinks|remote_write|receivers|storage|objstore|bucket|\[OUTPUT\]",
    re.IGNORECASE,
)
"""Without any of these, a text isn't worth parsing."""

READERS: tuple[OutletReader, ...] = (
    opentelemetry.outlets, fluent_bit.outlets, vector.outlets, metrics.remote_writes, metrics.receivers,
    metrics.objects,
)  # fmt: skip
"""Each knows its own configurations by their shape, and says nothing of others."""


def in_text(text: str, path: str, above: int = 0, left: int = 0) -> Iterator[Outlet]:
    """The outlets in a text that stands in a file below so many lines, and so many columns from the left."""
    if len(text) > MAX_TEXT or not _HEADS.search(text):
        return
    if fluent_bit.is_classic(text):
        yield from fluent_bit.classic(text, path, above, left)
        return
    for document in _documents(text, path, above, left):
        yield from in_document(document)


def in_document(document: Document, at: Path = ()) -> Iterator[Outlet]:
    """The outlets in what stands at ``at`` in a document."""
    for reader in READERS:
        yield from reader(document, at)


def _documents(text: str, path: str, above: int, left: int) -> list[Document]:
    try:
        return [
            each
            for each in load(text.encode(), path, above=above, left=left)
            if isinstance(each.data, dict)
        ]
    except (DocumentError, UnicodeError):
        pass
    from sovlint.documents.syntaxes import toml

    try:
        return [toml.load(text, path, above, left)]
    except DocumentError:
        return []
