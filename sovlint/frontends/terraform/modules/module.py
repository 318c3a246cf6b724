"""One folder of Terraform files, read into its blocks; overrides merged, nothing evaluated."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import copy
from typing import TypeVar

from msgspec import Struct, field

from sovlint.expressions.nodes import Attribute, Block, Body, Expression, Literal, ObjectOf, Traversal
from sovlint.frontends.terraform.claims import ENDINGS
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.frontends.terraform.syntax.blocks import BLOCKS, unknown_block
from sovlint.frontends.terraform.syntax.ignores import hcl_ignores
from sovlint.frontends.terraform.syntax.json_syntax import json_ignores
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader
from sovlint.model.resource import Failure, Remark
from sovlint.model.source import Located, SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Unknown, Value

Key = TypeVar("Key")


class Module(Struct):
    """The blocks of a folder, by kind and name."""

    folder: str
    files: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    variables: dict[str, Block] = field(default_factory=dict)
    locals: dict[str, Attribute] = field(default_factory=dict)
    resources: dict[tuple[str, str], Block] = field(default_factory=dict)
    data: dict[tuple[str, str], Block] = field(default_factory=dict)
    calls: dict[str, Block] = field(default_factory=dict)
    outputs: dict[str, Block] = field(default_factory=dict)
    providers: dict[tuple[str, str], Block] = field(default_factory=dict)
    """By local name and alias (empty: the default)."""
    sources: dict[str, str] = field(default_factory=dict)
    """``required_providers``: local name -> source address, normalised."""
    lost: bool = False
    """Whether a file of it couldn't be read, wholly or in part."""
    lost_override: bool = False
    """Whether one of these was an override file: any attribute may have another value there."""
    state: list[Block] = field(default_factory=list)
    """``backend`` and ``cloud`` blocks."""
    planted: dict[str, Value] = field(default_factory=dict)
    """Values by name that stand for what another tool writes into this module's files."""
    unsettled: tuple[Unknown, Located] | None = None
    """Why provider blocks that nobody else writes may say anything, where another tool writes them unreadably."""

    def copied(self) -> Module:
        """The same blocks in tables of its own."""
        twin = copy(self)
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, (dict, list)):
                setattr(twin, name, value.copy())
        return twin


def load(folder: str, paths: list[str], reader: Reader, shared: Shared | None = None) -> Module:
    """Read the files of one folder, override files last, as Terraform merges them. ``shared``: files parsed already."""
    module = Module(folder)
    shared = shared or Shared()
    for path in sorted(paths, key=lambda path: (is_override(path), path)):
        found = reader.read(path)
        module.files.append(path)
        if not isinstance(found, SourceFile):
            module.failures.append(Failure(path, None, None, found))
            continue
        add(module, found, path, shared)
    module.lost = bool(module.failures)
    module.lost_override = any(is_override(failure.path) for failure in module.failures)
    return module


def add(module: Module, file: SourceFile, path: str, shared: Shared) -> None:
    """Add the blocks of a file that Terraform finds at ``path``."""
    body, failures = shared.parse(file)
    module.failures.extend(failures)
    module.ignores.extend((json_ignores if path.endswith(".json") else hcl_ignores)(file))
    if not failures:  # one mistake would be told twice
        module.failures.extend(_refused(body))
    for block in body.blocks:
        _add(module, block, is_override(path))


def _refused(body: Body) -> Iterator[Failure]:
    """What stands in a file and Terraform and OpenTofu refuse: a misspelt block would never be read, silently."""
    for block in body.blocks:
        labels = BLOCKS.get(block.kind)
        if labels is None:
            yield _at(block.head, unknown_block(block.kind))
        elif len(block.labels) != labels:
            params = {"kind": block.kind, "wanted": labels, "found": len(block.labels)}
            yield _at(block.head, Note("terraform.block-labels", params))
    for attribute in body.attributes.values():
        yield _at(attribute.where, Note("terraform.stray-argument", {"name": attribute.name}))


def _at(where: Located, note: Note) -> Failure:
    span = where.span()
    return Failure(span.path, span.line, span.column, note)


def is_read(path: str) -> bool:
    """Whether Terraform or OpenTofu reads a file of this name as part of its folder."""
    return path.endswith(ENDINGS)


def is_override(path: str) -> bool:
    """Whether a file's blocks are merged into those of the others."""
    stem = posixpath.basename(path).removesuffix(".json").removesuffix(".tf").removesuffix(".tofu")
    return stem == "override" or stem.endswith("_override")


def local_source(block: Block) -> str | None:
    """The literal source of a module call."""
    attribute = block.body.attributes.get("source")
    expression = attribute.expression if attribute else None
    return expression.value if isinstance(expression, Literal) and isinstance(expression.value, str) else None


def called_folder(folder: str, source: str | None) -> str | None:
    """The folder that a call's source names, or ``None`` where it isn't a local path inside the repository."""
    if source is None or not source.startswith(("./", "../")):
        return None
    joined = posixpath.normpath(posixpath.join(folder or ".", source))
    if joined.startswith(".."):
        return None
    return "" if joined == "." else joined


def _twice(module: Module, block: Block, name: str) -> None:
    """Terraform refuses what is declared twice: neither can be told to be the one that counts."""
    span = block.head.span()
    module.remarks.append(Remark(Note("terraform.declared-twice", {"name": name}), span.path, span.line))


def _add(module: Module, block: Block, override: bool) -> None:
    labels = block.labels
    if block.kind == "locals":
        module.locals.update(block.body.attributes)
    elif block.kind == "terraform":
        _add_settings(module, block)
    elif block.kind == "provider" and labels:
        alias = block.body.attributes.get("alias")
        name = alias.expression.value if alias and isinstance(alias.expression, Literal) else ""
        _put(module, module.providers, (labels[0], str(name)), block, override)
    elif block.kind in ("resource", "data") and len(labels) == 2:
        table = module.resources if block.kind == "resource" else module.data
        _put(module, table, (labels[0], labels[1]), block, override)
    elif block.kind in ("variable", "output", "module") and len(labels) == 1:
        table_by_name = {"variable": module.variables, "output": module.outputs, "module": module.calls}[block.kind]
        _put(module, table_by_name, labels[0], block, override)


def _put(module: Module, table: dict[Key, Block], key: Key, block: Block, override: bool) -> None:
    base = table.get(key)
    if base is not None and not override:
        _twice(module, block, " ".join((block.kind, *block.labels)))
    elif base is not None:
        kinds = {_makes(inner) for inner in block.body.blocks}
        kept = [inner for inner in base.body.blocks if _makes(inner) not in kinds]
        body = Body({**base.body.attributes, **block.body.attributes}, [*kept, *block.body.blocks])
        block = Block(base.kind, base.labels, body, base.where, base.head)
    table[key] = block


def _makes(block: Block) -> str:
    """The kind of nested block that one stands for: dynamic and static ones take each other's place."""
    return block.labels[0] if block.kind == "dynamic" and block.labels else block.kind


def _add_settings(module: Module, block: Block) -> None:
    for inner in block.body.blocks:
        if inner.kind in ("backend", "cloud"):
            module.state = [inner]
        elif inner.kind == "required_providers":
            for name, attribute in inner.body.attributes.items():
                source = _source(attribute.expression)
                if source:
                    module.sources[name] = source


def _source(expression: Expression) -> str | None:
    """The ``source`` of an entry of ``required_providers``; a bare version constraint names none."""
    if not isinstance(expression, ObjectOf):
        return None
    for key, value in expression.pairs:
        named = key.value if isinstance(key, Literal) else key.root if isinstance(key, Traversal) else None
        if named == "source" and isinstance(value, Literal) and isinstance(value.value, str):
            return value.value
    return None
