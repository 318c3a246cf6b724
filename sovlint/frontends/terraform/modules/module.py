"""One folder of Terraform files, read into its blocks; overrides merged, nothing evaluated."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import TypeVar

from msgspec import Struct

from sovlint.expressions.functions.checkout import below_root
from sovlint.expressions.nodes import (
    Attribute,
    Block,
    Body,
    Expression,
    Literal,
    ObjectOf,
    Traversal,
    written_text,
)
from sovlint.frontends.terraform.claims import ENDINGS
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.frontends.terraform.syntax.blocks import BLOCKS, unknown_block
from sovlint.frontends.terraform.syntax.hcl import hcl_ignores
from sovlint.frontends.terraform.syntax.json_syntax import json_ignores
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.resources.resource import OfEntry
from sovlint.model.source import Located, SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Unknown, Value

Key = TypeVar("Key")


ANY_ALIAS = "*"
"""The alias of a provider block of which nobody knows the alias."""


class Module(Struct):
    """The blocks of a folder, by kind and name."""

    folder: str
    files: list[str] = []
    failures: list[Failure] = []
    remarks: list[Remark] = []
    ignores: list[Ignore] = []
    variables: dict[str, Block] = {}
    locals: dict[str, Attribute] = {}
    resources: dict[tuple[str, str], Block] = {}
    data: dict[tuple[str, str], Block] = {}
    calls: dict[str, Block] = {}
    outputs: dict[str, Block] = {}
    providers: dict[tuple[str, str], Block] = {}
    """By local name and alias (empty: the default)."""
    sources: dict[str, str] = {}
    """``required_providers``: local name -> source address, normalised."""
    lost: bool = False
    """Whether a file of it couldn't be read, wholly or in part."""
    lost_override: bool = False
    """Whether one of these was an override file: any attribute may have another value there."""
    state: list[Block] = []
    """``backend`` and ``cloud`` blocks."""
    planted: dict[str, Value] = {}
    """Values by name that stand for what another tool writes into this module's files."""
    unsettled: tuple[Unknown, Located] | None = None
    """Why provider blocks that nobody else writes may say anything, where another tool writes them unreadably."""
    entry: OfEntry | None = None
    """The catalogue's entry that says what is in it, where its code isn't here."""
    inner: dict[str, Module] = {}
    """The modules that its calls lead to, where these are made by such an entry."""

    def copied(self) -> Module:
        """The same blocks in tables of its own."""
        twin = copy(self)
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, (dict, list)):
                setattr(twin, name, value.copy())
        return twin


def load(
    folder: str, paths: list[str], reader: Reader, shared: Shared | None = None
) -> Module:
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
    if not file.repository:  # what another repository excuses isn't excused here
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
            yield Failure.at(block.head, unknown_block(block.kind))
        elif len(block.labels) != labels:
            params = {"kind": block.kind, "wanted": labels, "found": len(block.labels)}
            yield Failure.at(block.head, Note("terraform.block-labels", params))
    for attribute in body.attributes.values():
        yield Failure.at(
            attribute.where, Note("terraform.stray-argument", {"name": attribute.name})
        )


def is_read(path: str) -> bool:
    """Whether Terraform or OpenTofu reads a file of this name as part of its folder."""
    return path.endswith(ENDINGS)


def is_override(path: str) -> bool:
    """Whether a file's blocks are merged into those of the others."""
    stem = (
        posixpath.basename(path)
        .removesuffix(".json")
        .removesuffix(".tf")
        .removesuffix(".tofu")
    )
    return stem == "override" or stem.endswith("_override")


def local_source(block: Block) -> str | None:
    """The literal source of a module call."""
    return written_text(block.expression("source"))


def called_module(
    folder: str, source: str | None, modules: Mapping[str, Module], real: Callable[[str], str]
) -> Module | None:  # fmt: skip
    """The module that a call's source names, if it is among ``modules``. ``real`` follows links to folders."""
    named = called_folder(folder, source)
    return None if named is None else modules.get(real(named))


def called_folder(folder: str, source: str | None) -> str | None:
    """The folder that a call's source names, or ``None`` where it isn't a local path inside the repository."""
    if source is None or not source.startswith(("./", "../")):
        return None
    return below_root(folder, source)


def _add(module: Module, block: Block, override: bool) -> None:
    labels = block.labels
    if block.kind == "locals":
        module.locals.update(block.body.attributes)
    elif block.kind == "terraform":
        _add_settings(module, block)
    elif block.kind == "provider" and labels:
        alias = block.expression("alias")
        name = str(alias.value) if isinstance(alias, Literal) else ""
        if alias is not None and not isinstance(alias, Literal):
            name = ANY_ALIAS  # another tool writes it, and nobody knows what
        _put(module, module.providers, (labels[0], name), block, override)
    elif block.kind in ("resource", "data") and len(labels) == 2:
        table = module.resources if block.kind == "resource" else module.data
        _put(module, table, (labels[0], labels[1]), block, override)
    elif block.kind in ("variable", "output", "module") and len(labels) == 1:
        by_name = {
            "variable": module.variables,
            "output": module.outputs,
            "module": module.calls,
        }
        _put(module, by_name[block.kind], labels[0], block, override)


def _put(
    module: Module, table: dict[Key, Block], key: Key, block: Block, override: bool
) -> None:
    base = table.get(key)
    if base is not None and not override:
        # Terraform refuses what is declared twice: neither can be told to be the one that counts.
        name = " ".join((block.kind, *block.labels))
        module.remarks.append(
            Remark.at(block.head, Note("terraform.declared-twice", {"name": name}))
        )
    elif base is not None:
        kinds = {inner.makes for inner in block.body.blocks}
        kept = [inner for inner in base.body.blocks if inner.makes not in kinds]
        body = Body(
            {**base.body.attributes, **block.body.attributes}, [*kept, *block.body.blocks]
        )
        block = Block(base.kind, base.labels, body, base.where, base.head)
    table[key] = block


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
        named = key.root if isinstance(key, Traversal) else written_text(key)
        text = written_text(value) if named == "source" else None
        if text is not None:
            return text
    return None
