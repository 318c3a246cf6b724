"""The whole edit of one file: a class declared at one place in it, checked by a second reader. Pure: bytes to bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from sovlint.edit.hcl_check import check
from sovlint.edit.hcl_syntax import Syntax
from sovlint.edit.hcl_tags import splices
from sovlint.edit.splice import EditError, spliced
from sovlint.rules.tagging import Tag, TagForm

if TYPE_CHECKING:
    from tree_sitter import Node

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
