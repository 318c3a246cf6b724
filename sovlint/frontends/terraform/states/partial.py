"""Backends that files complete (``terraform init -backend-config=prod.s3.tfbackend``), which stand beside the root, in a
folder of it, or above it.

Source: Terraform's "Backend configuration", "Partial configuration". Which file a run is given isn't followed: of several
only what they all say is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from posixpath import basename, dirname
from typing import Final

from msgspec.structs import replace

from sovlint.expressions.environment import NOWHERE
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.nodes import Attribute, Block, Body
from sovlint.files.paths import upwards
from sovlint.frontends.terraform.modules.module import Module
from sovlint.frontends.terraform.syntax.hcl import parse
from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile
from sovlint.model.value import Known

_CALLED: Final = late_pattern(
    r".*\.tfbackend|(?:.*[._-])?backend(?:[._-].*)?\.(?:hcl|tfvars|conf|config)"
)
"""What people call such files; the first ending is the one that Terraform proposes."""
_MOST: Final = 20

ByFolder = Mapping[str, Sequence[str]]


def complete(modules: Iterable[Module], reader: Reader) -> list[str]:
    """Complete the backends of modules by such files; which files were used."""
    partial = [module for module in modules if module.state]
    files = _files(reader.paths) if partial else {}
    used: list[str] = []
    for module in partial if files else ():
        found = _of(module.folder, files)[:_MOST]
        said = [each for path in found if (each := _said(path, reader))]
        if said:
            used += found
            module.state = [_completed(block, said) for block in module.state]
    return used


def _files(paths: Iterable[str]) -> dict[str, list[str]]:
    """Such files, by folder."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if "backend" in path and _CALLED.fullmatch(basename(path)):
            found.setdefault(dirname(path), []).append(path)
    return found


def _of(folder: str, files: ByFolder) -> Sequence[str]:
    """Those of a root: in its folder, else in one right below it, else in the nearest one above it."""
    if folder in files:
        return files[folder]
    below = sorted(
        path
        for other, listed in files.items()
        if dirname(other) == folder and other
        for path in listed
    )
    if below:
        return below
    above = (*upwards(folder), "")
    return next((files[each] for each in above if each in files), ())


def _said(path: str, reader: Reader) -> Mapping[str, Attribute]:
    """What a file says, in Terraform's own syntax; nothing where it can't be read."""
    file = reader.read(path)
    if not isinstance(file, SourceFile):
        return {}
    body, failures = parse(file)
    return {} if failures else body.attributes


def _completed(block: Block, said: Sequence[Mapping[str, Attribute]]) -> Block:
    """A backend with what all files say alike; what they don't agree on isn't known."""
    if block.kind != "backend":
        return block
    first, *others = said
    agreed = {
        name: attribute
        for name, attribute in first.items()
        if all(name in other and _same(attribute, other[name]) for other in others)
    }
    body = Body({**block.body.attributes, **agreed}, block.body.blocks)
    return replace(block, body=body)


def _same(one: Attribute, other: Attribute) -> bool:
    values = [evaluate(each.expression, NOWHERE) for each in (one, other)]
    return (
        all(isinstance(each, Known) for each in values)
        and len({repr(each.value) for each in values if isinstance(each, Known)}) == 1
    )
