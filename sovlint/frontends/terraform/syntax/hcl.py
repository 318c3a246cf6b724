"""HCL text -> blocks and expressions with places. It and its ``hcl_*`` neighbours alone know tree-sitter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from sovlint.expressions.limits import MAX_BYTES
from sovlint.expressions.nodes import Body, Expression, Literal, Template
from sovlint.frontends.ignore_comments import MARK, Comment, ignores
from sovlint.frontends.terraform.syntax.hcl_expressions import Compiler
from sovlint.frontends.terraform.syntax.hcl_structure import Structure
from sovlint.frontends.terraform.syntax.templated import is_template, kept, whole
from sovlint.model.decoding import late_pattern
from sovlint.model.exception import Ignore
from sovlint.model.resources.reading import Failure
from sovlint.model.source import SourceFile, Stretch
from sovlint.model.text import Note

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

MAX_FAILURES = 5
"""Syntax errors reported per file; one mistake often makes several."""

MAX_BLANKS = 1_000
"""The parser takes time by the square of so many."""

_WITH_BODY = frozenset({"attribute", "block", "object_elem"})
_MARK = "SOVLINT_END_OF_TEMPLATE"
_EXPONENT = late_pattern(rb"(?<![\w.])([0-9]+(?:\.[0-9]+)?)([eE][+-]?[0-9]+)")
_TOP_LEVEL = late_pattern(
    rb"^[a-z_]+(?:[ \t]+(?:\"[^\"\n]*\"|[\w-]+))*[ \t]*\{", re.MULTILINE
)


def _new_parser() -> Parser:
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_hcl.language()))


_parser = lru_cache(maxsize=1)(_new_parser)


def parse(file: SourceFile) -> tuple[Body, list[Failure]]:
    """The body of a file, and a failure for each syntax error (at most ``MAX_FAILURES``); what is whole is kept."""
    beyond = _beyond(file)
    if beyond is not None:
        return Body(), [Failure(file.path, None, None, beyond)]
    root = _parser().parse(file.data).root_node
    numbers: dict[int, str] = {}
    patched = file.data
    if root.has_error:
        patched, numbers = _without_exponents(file.data)
        root = _parser().parse(patched).root_node if numbers else root
    if not root.has_error:
        structure, body = Structure(Compiler(file, numbers)), Body()
        structure.file_body(body, root)
        if not structure.strange:
            return body, []
    structure, body = Structure(Compiler(file, numbers)), Body()
    broken: list[Node] = []
    for part in _apart(patched):
        structure.file_body(body, part)
        broken.extend(_errors(part) if part.has_error else [])
    if is_template(file.data):
        return kept(body, structure.broken, file.data), [whole(file.path)]
    errors = [*broken, *structure.strange][:MAX_FAILURES] or _errors(root)
    return body, [
        _failure(node, file) for node in sorted(errors, key=lambda node: node.start_byte)
    ]


def _beyond(file: SourceFile) -> Note | None:
    """Why a file isn't parsed: it would take too long."""
    if len(file.data) > MAX_BYTES:
        return Note("discover.too-large", {"limit": MAX_BYTES >> 20})
    if _has_many_blanks(file.data):
        return Note("terraform.blanks", {"limit": MAX_BLANKS})
    return None


def _has_many_blanks(data: bytes) -> bool:
    """Whether more blanks stand in a row than are parsed. Such a row fills one of the stretches of half its length into
    which a file is cut, so that few files are looked at character by character."""
    size = MAX_BLANKS // 2 + 1
    starts = range(0, len(data) - size + 1, size)
    if not any(data[at : at + size].isspace() for at in starts):
        return False
    return re.search(rb"(?:\S|\A)\s{%d}" % (MAX_BLANKS + 1), data) is not None


def comments(file: SourceFile) -> Iterator[Stretch]:
    """Every comment of a file, with its marks, in order; those beside a syntax error too."""
    if _beyond(file) is not None:
        return
    stack = [_parser().parse(file.data).root_node]
    while stack:
        node = stack.pop()
        if node.type == "comment":
            yield Stretch(file, node.start_byte, node.end_byte)
        else:
            stack.extend(reversed(node.children))


def hcl_ignores(file: SourceFile) -> list[Ignore]:
    """The ignore comments of a file."""
    if MARK not in file.data:
        return []
    ends = _block_ends(file)
    return ignores(_comments(file), file, block_end=lambda line: ends.get(line, line))


def _block_ends(file: SourceFile) -> dict[int, int]:
    """The last line of what begins on each line: a block, an attribute, an entry of an object."""
    ends: dict[int, int] = {}
    stack = [] if _beyond(file) is not None else [_parser().parse(file.data).root_node]
    while stack:
        node = stack.pop()
        if node.type in _WITH_BODY:
            line, end = node.start_point[0] + 1, node.end_point[0] + 1
            ends[line] = max(end, ends.get(line, 0))
        stack.extend(node.children)
    return ends


def _comments(file: SourceFile) -> Iterator[Comment]:
    for stretch in comments(file):
        where = stretch.span()
        before = file.line(where.line)[: where.column - 1]
        text = file.data[stretch.start : stretch.end].decode("utf-8", "replace")
        after = file.line(where.end_line)[where.end_column - 1 :]
        yield Comment(text, where, not before.strip() and not after.strip())


def parse_expression(text: str, path: str) -> Expression | None:
    """An expression given outside a file (``--var``), or ``None`` where it isn't one."""
    file = SourceFile(path, b"v = " + text.encode() + b"\n")
    body, failures = parse(file)
    attribute = body.attributes.get("v")
    if failures or attribute is None or len(body.attributes) + len(body.blocks) > 1:
        return None
    return attribute.expression


def parse_template(text: str, path: str) -> Expression | None:
    """A template file, or a string of the JSON syntax, as an expression; ``None`` where it isn't one."""
    if "${" not in text and "%{" not in text:
        return Literal(text)
    found = parse_expression(f"<<{_MARK}\n{text}\n{_MARK}\n", path)
    if not isinstance(found, Template):
        return None
    pieces = list(found.pieces)
    last = pieces[-1]
    if isinstance(last, Literal) and isinstance(
        last.value, str
    ):  # the line break that the heredoc adds
        pieces[-1:] = [Literal(last.value[:-1])] if last.value != "\n" else []
    return pieces[0] if len(pieces) == 1 else Template(tuple(pieces))


def _apart(data: bytes) -> Iterator[Node]:
    """Trees of a broken file's blocks, each read by itself, so that one mistake doesn't swallow its neighbours."""
    from tree_sitter import Point, Range

    starts = sorted({0, *(match.start() for match in _TOP_LEVEL.finditer(data))})
    parser = _new_parser()
    row = 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        after = row + data.count(b"\n", start, end)
        parser.included_ranges = [Range(Point(row, 0), Point(after, 0), start, end)]
        row = after
        yield parser.parse(data).root_node


def _errors(root: Node) -> list[Node]:
    found: list[Node] = []
    stack = [root]
    while stack and len(found) < MAX_FAILURES:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(node)
        elif node.has_error:
            stack.extend(reversed(node.children))
    return found


def _without_exponents(data: bytes) -> tuple[bytes, dict[int, str]]:
    """The grammar lacks numbers such as ``1e3``: make the exponent zeros and remember the number by its offset.

    That may hit text as well, and does no harm there: text is always taken from the file itself.
    """
    numbers: dict[int, str] = {}

    def zeros(match: re.Match[bytes]) -> bytes:
        numbers[match.start()] = match.group().decode()
        return match.group(1) + b"0" * len(match.group(2))

    return _EXPONENT.sub(zeros, data), numbers


def _failure(node: Node, file: SourceFile) -> Failure:
    line, column = file.position(node.start_byte)
    if node.is_missing:
        note = Note("terraform.syntax-missing", {"what": node.type})
    else:
        text = (
            file.data[node.start_byte : node.end_byte]
            .decode("utf-8", "replace")
            .strip()
            .splitlines()
        )
        note = Note("terraform.syntax-error", {"near": (text[0] if text else "")[:40]})
    return Failure(file.path, line, column, note)
