"""The module that a unit uses, with what Terragrunt writes into it; or a call of one that isn't here."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from msgspec import Struct

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import content, known_text
from sovlint.expressions.nodes import Attribute, Block, Body, Literal, Traversal
from sovlint.expressions.values import attribute as attribute_of
from sovlint.frontends.terraform.modules import callees
from sovlint.frontends.terraform.modules.module import Module, is_read, load
from sovlint.frontends.terraform.modules.resource_values import META
from sovlint.frontends.terraform.terragrunt import merge
from sovlint.frontends.terraform.terragrunt.config import TerragruntConfig
from sovlint.frontends.terraform.terragrunt.generated import write
from sovlint.model.inputs import Reader
from sovlint.model.source import Located
from sovlint.model.value import Known, Unknown, Value

_GIVEN = "sovlint_given_"


class Target(Struct, frozen=True):
    """The folder of a unit's module (``None``: it isn't here), and the source that names it (``None``: none does).

    ``variant`` and ``doubt``: what tells it from others, and why it isn't known, where it may be one of several.
    """

    folder: str | None
    piece: merge.Piece | None
    source: Value | None
    variant: str | None = None
    doubt: Unknown | None = None


class Open(dict[str, Attribute]):
    """Arguments of which there may be others than those that are known."""

    def __init__(self, known: Mapping[str, Attribute], rest: Attribute) -> None:
        super().__init__(known)
        self._rest = rest

    def get(self, name: str, default: object = None) -> Attribute | None:  # type: ignore[override]
        """The argument, or one that isn't known; those of the block itself are all written."""
        return super().get(name, None if name in META else self._rest)


def module_of(
    config: TerragruntConfig, target: Target, modules: Mapping[str, Module], reader: Reader
) -> tuple[Module, tuple[Located, ...]]:
    """A unit's module, its own to change, and the place of what takes it from elsewhere."""
    writes = {
        _written(piece, label): piece
        for label, piece in merge.named(config, "generate").items()
    }
    own = {posixpath.basename(path) for path in _files(target, config, modules)}
    kept = {name: piece for name, piece in writes.items() if not _skipped(piece, name in own)}
    module = (
        _call(config, target)
        if target.folder is None
        else _own(config, target, modules, reader, set(kept))
    )
    for name, piece in kept.items():
        contents = piece.attribute("contents")
        if contents is not None and is_read(name):
            write(module, name, contents, piece.config)
    _remote_state(config, module)
    return module, () if target.piece is None or target.folder is None else (
        target.piece.where,
    )


def _files(
    target: Target, config: TerragruntConfig, modules: Mapping[str, Module]
) -> list[str]:
    """The Terraform files of a unit: those of its module, and those that stand beside it, which win."""
    by_name: dict[str, str] = {}
    for folder in (target.folder, config.folder):
        module = modules.get(folder) if folder is not None else None
        for path in module.files if module else ():
            by_name[posixpath.basename(path)] = path
    return list(by_name.values())


def _own(
    config: TerragruntConfig,
    target: Target,
    modules: Mapping[str, Module],
    reader: Reader,
    written: set[str],
) -> Module:
    assert target.folder is not None
    files = _files(target, config, modules)
    left = [path for path in files if posixpath.basename(path) not in written]
    found = modules[target.folder]
    if left == list(found.files):
        return found.copied()
    return load(target.folder, left, reader, config.context.bodies.shared)


def _written(piece: merge.Piece, label: str) -> str:
    """The name of the file that a ``generate`` block writes."""
    value = piece.value("path")
    text = known_text(value)
    if text is not None:
        return text.removeprefix("./")
    last = value.parts[-1] if isinstance(value, Unknown) and value.parts else None
    return posixpath.basename(last) if last and "/" in last else f"{label}.tf"


def _skipped(piece: merge.Piece, there: bool) -> bool:
    return content(piece.value("disable")) is True or (
        there and content(piece.value("if_exists")) == "skip"
    )


def _call(config: TerragruntConfig, target: Target) -> Module:
    """A module that calls the one that isn't here, with the unit's inputs for arguments."""
    assert target.piece is not None
    module = Module(config.folder)
    block = target.piece.block
    attribute = target.piece.attribute("source")
    where = attribute.where if attribute else block.head
    source = Literal(callees.source_as_known(target.source))
    arguments = _arguments(module, merge.inputs(config), where)
    arguments["source"] = Attribute("source", lambda: source, where)
    name = posixpath.basename(config.folder) or "terragrunt"
    module.calls[name] = Block("module", (name,), Body(arguments), block.where, block.head)
    return module


def _arguments(module: Module, values: Value, where: Located) -> dict[str, Attribute]:
    """The entries of a map as arguments of a block, planted in a module; open where the map is."""
    entries = values.value if isinstance(values, Known) else values.entries or {}
    found: dict[str, Attribute] = {}
    for name in entries if isinstance(entries, Mapping) else ():
        if name not in META:
            found[name] = _planted(module, name, attribute_of(values, name), where)
    if isinstance(values, Known):
        return found
    return Open(found, _planted(module, "", values.bare(), where))


def _planted(module: Module, name: str, value: Value, where: Located) -> Attribute:
    key = f"{_GIVEN}{len(module.planted)}"
    module.planted[key] = value
    step = value.because
    return Attribute(
        name, lambda: Traversal(key, ()), step.where if step and step.where else where
    )


def _remote_state(config: TerragruntConfig, module: Module) -> None:
    """``remote_state``: where the unit's state lies. It stands in for the backend that the module names."""
    piece = next(merge.pieces(config, "remote_state"), None)
    if piece is None:
        return
    backend = piece.value("backend")
    kind = str(backend.value) if isinstance(backend, Known) else "unknown"
    attribute = piece.attribute("config")
    arguments: dict[str, Attribute] = {}
    if attribute is not None:
        arguments = _arguments(
            module, evaluate(attribute.expression, piece.config.env), attribute.where
        )
    own = next((block for block in module.state if block.labels == (kind,)), None)
    if own is not None and not isinstance(arguments, Open):
        arguments = {**own.body.attributes, **arguments}
    module.state = [
        Block("backend", (kind,), Body(arguments), piece.block.where, piece.block.head)
    ]
