"""Trivy's evaluator (through tfparse) again, on expressions made at random: what is known here is what it finds.

It gives null for what it fails at within an object, so that only what it finds without a null is compared.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import tfparse

from sovlint.expressions.kinds import Failed
from sovlint.model.value import Known
from tests.frontends.terraform import house
from tests.oracle.expressions import expression

pytestmark = pytest.mark.oracle

SEEDS = range(4)
EACH = 150


def theirs(expressions: list[str], folder: Path) -> dict[int, str]:
    """The JSON of each expression that the other reader has a value for, by its place."""
    blocks = [
        f'resource "x_y" "e{at}" {{\n  v = jsonencode({each})\n}}\n'
        for at, each in enumerate(expressions)
    ]
    (folder / "main.tf").write_text("".join(blocks), encoding="utf-8")
    found = tfparse.load_from_path(str(folder))["x_y"]
    values = {
        int(block["__tfmeta"]["path"].removeprefix("x_y.e")): block.get("v")
        for block in found
    }
    return {at: value for at, value in values.items() if isinstance(value, str)}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_known_is_what_the_other_finds(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    expressions = [expression(dice) for _ in range(EACH)]
    compared, differences = 0, []
    for at, there in theirs(expressions, tmp_path).items():
        here = house.value(f"jsonencode({expressions[at]})")
        if "null" in there or not isinstance(here, (Known, Failed)):
            continue
        compared += 1
        if isinstance(here, Failed) or here.value != there:
            differences.append((expressions[at], here, there))
    assert differences == []
    assert compared > EACH // 2
