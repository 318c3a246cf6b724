"""Lines of a scanned file: numbered as reports count them."""

from __future__ import annotations

import pytest

from sovlint.model.source import SourceFile


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", [(1, "")]),
        (b"a\r\nb\n", [(1, "a"), (2, "b"), (3, "")]),
        (b"a\rb\nc", [(1, "a"), (1, "b"), (2, "c")]),
        ("a\fb\u2028c\x85d\ne".encode(), [(1, "a\fb\u2028c\x85d"), (2, "e")]),
        (b"\xff\nb", [(1, "\ufffd"), (2, "b")]),
    ],
)
def test_lines(data: bytes, lines: list[tuple[int, str]]) -> None:
    file = SourceFile("a", data)
    assert list(file.lines()) == lines
    assert file.line(2) == dict(lines).get(2, "")
