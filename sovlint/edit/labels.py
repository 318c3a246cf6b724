"""The whole edit of one file: a class declared at one place in it, checked by a second reader. Pure: bytes to bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from sovlint.edit.hcl_syntax import Syntax
from sovlint.edit.hcl_tags import splices
from sovlint.edit.splice import EditError, spliced
from sovlint.rules.tagging import Tag, TagForm

if TYPE_CHECKING:
    from tree_sitter import Node
from collections.abc import Iterator
from typing import Any

from sovlint.edit.hcl_library import hcl_library
from sovlint.edit.splice import Splice

# --- Two readers look at an edited file: what isn't the tag must be to both what it was before.

_COMMENTS: Final = ("__comments__", "__inline_comments__")


def check(
    before: Syntax,
    splices: Sequence[Splice],
    after: bytes,
    kind: str,
    labels: Sequence[str],
    path: str,
) -> None:
    """Raise ``EditError`` where the edited file isn't the old one but for what stands at ``path`` of the block of this
    kind and these labels."""
    edited = Syntax(after)
    if _tokens(before, _old(splices)) != _tokens(edited, _new(splices)):
        raise EditError("edit.changes-more")
    old, new = _read(before.data), _read(after)
    if sorted(_comments(old)) != sorted(_comments(new)):
        raise EditError("edit.changes-more")
    for data in (old, new):
        _without(data, kind, labels, path.split("."))
    if _bare(old) != _bare(new):
        raise EditError("edit.changes-more")


def _old(splices: Sequence[Splice]) -> list[tuple[int, int]]:
    return sorted((each.start, each.end) for each in splices)


def _new(splices: Sequence[Splice]) -> list[tuple[int, int]]:
    """Where the new bytes stand in the edited file."""
    found, shift = [], 0
    for each in sorted(splices, key=lambda each: (each.start, each.end)):
        found.append((each.start + shift, each.start + shift + len(each.text)))
        shift += len(each.text) - (each.end - each.start)
    return found


def _tokens(syntax: Syntax, left_out: Sequence[tuple[int, int]]) -> list[tuple[str, bytes]]:
    """The tokens of a file, but for those within some stretches."""
    found, stack = [], [syntax.root]
    while stack:
        node = stack.pop()
        if node.child_count:
            stack.extend(reversed(node.children))
        elif not any(
            start <= node.start_byte and node.end_byte <= end for start, end in left_out
        ):
            found.append((node.type, syntax.data[node.start_byte : node.end_byte]))
    return found


def _read(data: bytes) -> dict[str, Any]:
    """A file as python-hcl2 reads it."""
    library = hcl_library()
    try:
        read: dict[str, Any] = library.loads(data.decode("utf-8"))
    except Exception as error:  # whatever a parser that somebody else wrote may raise
        raise EditError("edit.second-reader") from error
    return read


def _comments(value: Any) -> Iterator[str]:
    """The words of all comments. Where one belongs, and whether its marks do, python-hcl2 decides by its neighbours."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _COMMENTS:
                for each in inner:
                    yield from (
                        str(each.get("value", ""))
                        .replace("/*", " ")
                        .replace("*/", " ")
                        .split()
                    )
            else:
                yield from _comments(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _comments(inner)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in _COMMENTS}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _without(
    data: dict[str, Any], kind: str, labels: Sequence[str], path: Sequence[str]
) -> None:
    """Take the tags of one block out."""
    bodies: list[Any] = list(data.get(kind, ()))
    for label in labels:
        bodies = [
            inner for each in bodies for key, inner in each.items() if key.strip('"') == label
        ]
    for step in path[:-1]:
        bodies = [
            inner
            for each in bodies
            for inner in each.get(step, ())
            if isinstance(inner, dict)
        ]
    for each in bodies:
        each.pop(path[-1], None)


_BOM: Final = b"\xef\xbb\xbf"
_VARIABLE: Final = re.compile(r"\bvar\.([A-Za-z_][\w-]*)")


class BlockPlace(Struct, frozen=True):
    """A block of a Terraform file: its first line, its kind, and its labels."""

    line: int
    kind: str
    labels: tuple[str, ...]


def in_block(
    data: bytes, place: BlockPlace, tag: Tag, forms: Sequence[TagForm], added: TagForm | None
) -> bytes:  # fmt: skip
    """The file with the tag in a block. Raises ``EditError`` where that can't be done safely.

    ``forms``: where a tag may be already, in the order in which it is looked for; ``added``: where it goes otherwise.
    """
    head, data = _apart(data)
    syntax = Syntax(data)
    block = _block(syntax, place)
    try:
        form, found = splices(syntax, block, tag, forms, added)
        edited = spliced(data, found)
        check(syntax, found, edited, place.kind, place.labels, form.path)
    except RecursionError:
        raise EditError("edit.not-understood") from None
    return head + edited


def variables_of(data: bytes, place: BlockPlace, forms: Sequence[TagForm]) -> list[str]:
    """The variables that the tags of a block are made of, as they are written there."""
    syntax = Syntax(_apart(data)[1])
    block = _block(syntax, place)
    for form in forms:
        attribute = syntax.attribute(block, form.path)
        if attribute is not None:
            return list(
                dict.fromkeys(_VARIABLE.findall(syntax.text(syntax.value(attribute))))
            )
    return []


def sets(data: bytes, place: BlockPlace, name: str) -> bool:
    """Whether a block has an argument of this name."""
    syntax = Syntax(_apart(data)[1])
    return syntax.attribute(_block(syntax, place), name) is not None


def _apart(data: bytes) -> tuple[bytes, bytes]:
    """A byte order mark, if there is one, and the rest of a file."""
    return (_BOM, data[len(_BOM) :]) if data.startswith(_BOM) else (b"", data)


def _block(syntax: Syntax, place: BlockPlace) -> Node:
    for block in syntax.blocks(syntax.root):
        same = syntax.kind(block) == place.kind and syntax.labels(block) == place.labels
        if same and block.start_point.row + 1 == place.line:
            return block
    raise EditError("edit.not-understood")
