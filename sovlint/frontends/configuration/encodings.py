"""Configuration files that aren't UTF-8: properties were long Latin-1, and Windows' shell writes UTF-16."""

from __future__ import annotations

from typing import Final

from sovlint.model.inputs import PEEKED, Reader
from sovlint.model.source import SourceFile

_MARKS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def in_another_encoding(path: str, reader: Reader) -> SourceFile | None:
    """The beginning of a file that ``reader`` refuses, as UTF-8, up to the end of a line; ``None`` where it is no text.

    Names and addresses are ASCII: whichever Latin encoding it is, only comments and labels may come out wrong.
    """
    data = reader.peek(path)
    encoding = _MARKS.get(data[:2])
    if encoding is not None:
        text = data[2:].decode(encoding, "replace")
    elif data and b"\0" not in data:
        text = data.decode("cp1252", "replace")
    else:
        return None
    whole = text if len(data) < PEEKED else text[: text.rfind("\n") + 1]
    return SourceFile(path, whole.encode())
