"""Edits as stretches of bytes, put into a file in one go; and what they change, as a diff for people."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.model.redaction.redact import mask_source, printable
from sovlint.model.text import Note

if TYPE_CHECKING:
    from tree_sitter import Node


class EditError(Exception):
    """An edit that can't be made safely: ``note`` says why."""

    def __init__(self, note: str, /, **params: object) -> None:
        super().__init__(note)
        self.note = Note(note, params)


class Splice(Struct, frozen=True):
    """Bytes that take the place of those from ``start`` to ``end`` (the same: they are put in between)."""

    start: int
    end: int
    text: bytes


def insertion(at: int, text: bytes) -> Splice:
    """Bytes that are put in at an offset."""
    return Splice(at, at, text)


def replacing(node: Node, text: bytes) -> Splice:
    """Bytes that take the place of a node."""
    return Splice(node.start_byte, node.end_byte, text)


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The file with all edits in it. They must not overlap."""
    for each in sorted(splices, key=lambda each: (each.start, each.end), reverse=True):
        data = data[: each.start] + each.text + data[each.end :]
    return data


def diff(path: str, before: bytes, after: bytes) -> str:
    """A unified diff as people read it: without secrets, and with nothing that a terminal would act on."""
    old, new = (
        mask_source(data.decode("utf-8", "backslashreplace")).split("\n")
        for data in (before, after)
    )
    lines = list(
        unified_diff(_ended(old), _ended(new), f"a/{path}", f"b/{path}", lineterm="")
    )
    return "".join(f"{_shown(line)}\n" for line in lines)


def _ended(lines: list[str]) -> list[str]:
    """The lines of a file; the mark that diffs have, where the last one doesn't end."""
    return (
        lines[:-1]
        if not lines[-1]
        else [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"]
    )


def _shown(line: str) -> str:
    written, mark, rest = line.partition("\n\\ ")
    return printable(written.removesuffix("\r").replace("\t", "    ")) + mark + rest


def line_end(data: bytes) -> bytes:
    """How a file ends its lines: by its first one."""
    at = data.find(b"\n")
    return b"\r\n" if at > 0 and data[at - 1 : at] == b"\r" else b"\n"


def indent_at(data: bytes, offset: int) -> bytes:
    """The blanks that the line of an offset begins with."""
    start = data.rfind(b"\n", 0, offset) + 1
    line = data[start:offset]
    return line[: len(line) - len(line.lstrip(b" \t"))]


def first_on_line(data: bytes, offset: int) -> bool:
    """Whether only blanks stand before an offset on its line."""
    return not data[data.rfind(b"\n", 0, offset) + 1 : offset].strip(b" \t")
