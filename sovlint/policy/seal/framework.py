"""The framework as data: objectives, criteria, and what bounds their levels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.model.text import Bilingual

FILE: Final = Path(__file__).with_name("framework.yaml")
LEVELS: Final = range(5)
ALL: Final = "all"
"""Stands for every objective."""


class Criterion(Struct, frozen=True):
    """A criterion of an objective. ``inert``: every answer to it grants the highest level."""

    id: str
    name: Bilingual
    inert: bool


class Objective(Struct, frozen=True):
    """An objective and its criteria."""

    id: str
    name: Bilingual
    criteria: tuple[Criterion, ...]


class Rule(Struct, frozen=True):
    """Where ``when`` is proved of a placement, the answers left to a criterion grant ``at_most`` this level."""

    criterion: str
    when: str
    at_most: int


class Framework(Struct, frozen=True):
    """All of it."""

    objectives: Mapping[str, Objective]
    rules: tuple[Rule, ...]

    def criterion(self, name: str) -> Criterion:
        """The criterion of an id."""
        objective = self.objectives[name.partition(".")[0]]
        return next(each for each in objective.criteria if each.id == name)


@cache
def framework() -> Framework:
    """The framework that ships, read once."""
    from sovlint.documents import load  # imported late: brings in yaml

    (document,) = load(FILE.read_bytes(), FILE.name)
    data: Mapping[str, Any] = document.data
    return Framework(
        {
            name: Objective(name, _named(each), tuple(map(_criterion, each["criteria"])))
            for name, each in data["objectives"].items()
        },
        tuple(Rule(**each) for each in data["ceilings"]),
    )


def levels(asked: str) -> tuple[str, int]:
    """``SOV-2=3`` as an objective and a level."""
    objective, _, level = asked.partition("=")
    return objective, int(level)


def check_minimum(asked: str) -> str:
    """What is asked of an objective, or of all of them. Raises ``SovlintError`` for what can't be."""
    objective, _, level = asked.partition("=")
    known = framework().objectives
    if objective not in (ALL, *known) or level not in map(str, LEVELS):
        raise SovlintError(
            f"`{asked}` isn't a minimum of a SEAL level.",
            f"It is OBJECTIVE=LEVEL, as in SOV-2=3: {', '.join(known)} or {ALL}, and 0 to 4.",
        )
    return asked


def _criterion(data: Mapping[str, Any]) -> Criterion:
    return Criterion(data["id"], _named(data), data.get("inert", False))


def _named(data: Mapping[str, Any]) -> Bilingual:
    return Bilingual(data["en"], data["fr"])
