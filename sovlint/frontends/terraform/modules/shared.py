"""Files parsed once, wherever they stand: a link shows its own path, and shares all that isn't a place.

Identical copies are the same to it as links: what a file says depends on its bytes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sovlint.expressions.nodes import Attribute, Block, Body
from sovlint.frontends.terraform.syntax import hcl, json_syntax
from sovlint.model.resources.reading import Failure
from sovlint.model.source import Located, SourceFile, Stretch

if TYPE_CHECKING:
    from sovlint.frontends.terraform.syntax.kept_trees import KeptTrees


class Shared(Struct, eq=False):
    """The files that were parsed in one run, by what they hold."""

    trees: KeptTrees | None = None
    """What was parsed in earlier runs."""
    _parsed: dict[tuple[bool, bytes], tuple[Body, list[Failure]]] = {}

    def parse(self, file: SourceFile) -> tuple[Body, list[Failure]]:
        """The body of a file, and what is wrong with it, with places in that file."""
        in_json = file.path.endswith(".json")
        key = (in_json, file.data)
        found = self._parsed.get(key)
        if found is None:
            self._parsed[key] = json_syntax.parse(file) if in_json else self._of_hcl(file)
            return self._parsed[key]
        body, failures = found
        return _body(body, file), [replace(failure, path=file.path) for failure in failures]

    def _of_hcl(self, file: SourceFile) -> tuple[Body, list[Failure]]:
        return hcl.parse(file) if self.trees is None else self.trees.parse(file)


def _body(body: Body, file: SourceFile) -> Body:
    attributes = {
        name: _attribute(attribute, file) for name, attribute in body.attributes.items()
    }
    return Body(attributes, [_block(block, file) for block in body.blocks])


def _attribute(attribute: Attribute, file: SourceFile) -> Attribute:
    return Attribute(
        attribute.name, lambda: attribute.expression, _place(attribute.where, file)
    )


def _block(block: Block, file: SourceFile) -> Block:
    body, where, head = (
        _body(block.body, file),
        _place(block.where, file),
        _place(block.head, file),
    )
    return Block(block.kind, block.labels, body, where, head)


def _place(where: Located, file: SourceFile) -> Located:
    if isinstance(where, Stretch):
        return Stretch(file, where.start, where.end)
    return replace(where.span(), path=file.path)
