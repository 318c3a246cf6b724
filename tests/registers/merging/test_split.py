"""The insurer's repository, told in two halves: put together, they say what the whole says."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from sovlint.commands.parts import drafting
from sovlint.model.request import Request
from sovlint.registers.drafting import REGISTERS
from sovlint.registers.drafting.material import Material
from sovlint.registers.merging.members import Member
from sovlint.registers.merging.merged import REPOSITORIES, Fleet, merged
from sovlint.registers.read_back import carried, read_back
from sovlint.registers.register import Register
from sovlint.registers.words import cell_text, content_text
from tests.registers.drafts import AS_OF
from tests.scratch import ROOT

HOUSE = ROOT / "fixtures" / "mutuelle"
WHOLE = ("infra", "k8s", "modules", "saas.yaml", "sovlint.yaml")
PARTS: Mapping[str, tuple[str, ...]] = {
    "claims": ("infra/remboursements", "k8s/prod", "modules", "sovlint.yaml"),
    "rest": (
        "infra/archives", "infra/analyses", "infra/tiers-payant", "infra/portail", "infra/site-public", "k8s/recette",
        "saas.yaml", "sovlint.yaml",
    ),
}  # fmt: skip
FUNCTIONS = "B_06.01"
Said = dict[tuple[str, str, str], str]

APART: Mapping[str, frozenset[tuple[str, str, str]]] = {
    # How many of a fleet's resources carry a class is of the fleet, and so is which commits were read.
    "tender": frozenset(
        {
            ("statement", "statement", "repository"),
            ("statement", "statement", "commit"),
            ("statement", "statement", "classified"),
            # One half knows a certificate of all that it has there, and the other half doesn't.
            ("answers", "scaleway.FR", "hds"),
            ("answers", "scaleway.FR", "rests"),
            # Each half names its own resources of a rule.
            ("answers", "scaleway.FR", "broken"),
        }
    ),
    "dora": frozenset(),
}


@pytest.fixture(scope="module")
def materials(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Material]:
    root = tmp_path_factory.mktemp("split")
    return {name: _material(root / name, kept) for name, kept in {"": WHOLE, **PARTS}.items()}


def _material(folder: Path, kept: tuple[str, ...]) -> Material:
    for path in kept:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (HOUSE / path).is_dir() else shutil.copy
        copy(HOUSE / path, folder / path)
    found = drafting.material(Request(paths=(folder,), as_of=AS_OF))
    return found


def said(register: Register) -> Said:
    """What each cell says in English, by sheet, row and column. Functions are numbered by each, and compared apart."""
    return {
        (sheet.form.id, row.name, column.id): cell_text(cell, column, register, "en")
        for sheet in register.sheets
        for row, column, cell in sheet.filled()
        if column.id != REPOSITORIES and sheet.form.id != FUNCTIONS
    }


def functions(register: Register) -> set[str]:
    """The folders that stand for functions."""
    if register.form.id != "dora":
        return set()
    rows = register.sheet(FUNCTIONS).rows
    return {content_text(row.cells["root"].contents[0], "en") for row in rows}


@pytest.mark.parametrize("form", ["dora", "tender"])
def test_two_halves_say_what_the_whole_says(
    form: str, materials: Mapping[str, Material]
) -> None:
    drafts = {
        name: REGISTERS[form](replace(each, repository=name))
        for name, each in materials.items()
    }
    whole = drafts.pop("")
    parts = {
        name: read_back(carried(each), whole.world, name) for name, each in drafts.items()
    }
    members = tuple(Member(name, "c") for name in parts)
    together = merged(form, parts, Fleet(members, AS_OF, whole.world))
    one = said(whole)
    # What only one repository knows has its name there.
    other = {
        (sheet, row.removeprefix("rest:").removeprefix("claims:"), id): text
        for (sheet, row, id), text in said(together).items()
    }
    differ = {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
    assert differ == APART[form]
    assert functions(together) == functions(whole)
