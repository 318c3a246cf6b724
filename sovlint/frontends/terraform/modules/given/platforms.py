"""What resources hand to the roots that a platform runs: variables of its workspaces and stacks, by the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sovlint.expressions.nodes import Block, Literal, Traversal
from sovlint.frontends.terraform.modules.given.rows import Handed, OtherValue, folder_of
from sovlint.frontends.terraform.modules.module import Module
from sovlint.rules.hints import Hints, SetsVariable

_PREFIX: Final = "TF_VAR_"


def by_platforms(modules: Mapping[str, Module], hints: Hints) -> Iterator[Handed]:
    """All of them. Where nothing says which root is meant, those are whose state a platform keeps; else any other."""
    kept = tuple(folder for folder, module in modules.items() if _is_kept(module))
    for module in modules.values():
        for (kind, _), block in module.resources.items():
            rule = hints.sets_variables.get(kind)
            value = None if rule is None else _value(block, rule)
            if rule is not None and value is not None:
                folder = _folder(block, rule, module)
                folders = kept if folder is None else (folder_of("", folder),)
                yield Handed(value.where.span().path, folders, (value,))


def _value(block: Block, rule: SetsVariable) -> OtherValue | None:
    name = _literal(block, rule.name)
    if name is None or not (name.startswith(_PREFIX) or _is_bare(block, rule)):
        return None
    attribute = block.attribute(rule.value)
    where = block.head if attribute is None else attribute.where
    text = _literal(block, rule.value)
    return OtherValue(name.removeprefix(_PREFIX), where, text, wins=False)


def _is_bare(block: Block, rule: SetsVariable) -> bool:
    return rule.bare and all(_literal(block, at) != word for at, word in rule.unless.items())


def _literal(block: Block, name: str) -> str | None:
    found = block.expression(name)
    return (
        str(found.value) if isinstance(found, Literal) and found.value is not None else None
    )


def _folder(block: Block, rule: SetsVariable, module: Module) -> str | None:
    """The folder of the root, where what runs it stands in the same module."""
    refers = block.expression(rule.of)
    if not isinstance(refers, Traversal) or not refers.steps:
        return None
    name = refers.steps[0]
    runs = module.resources.get((refers.root, name)) if isinstance(name, str) else None
    return None if runs is None else _literal(runs, rule.folder)


def _is_kept(module: Module) -> bool:
    """Whether a platform that runs Terraform keeps its state."""
    return any(block.kind == "cloud" or "remote" in block.labels for block in module.state)
