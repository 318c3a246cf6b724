"""What lies inside an area, or is accepted besides: states able to compel, makers, and the place of something."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import Soil
from sovlint.model.text import Bilingual
from sovlint.model.value import Fact
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.phrases import members


class Bounds(Struct, frozen=True):
    """An area, and the states accepted besides those that lie in it."""

    world: World
    area: str
    accept: tuple[str, ...]

    @property
    def name(self) -> Bilingual:
        """The area's name."""
        return phrases.area_name(self.area, self.world)

    def inside(self, code: str) -> bool:
        """Whether a state lies in the area; one that is accepted needn't."""
        return code in self.world.states and self.area in self.world.states[code].areas

    def outside(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Those of ``codes`` that are out of bounds, as far as is known."""
        return tuple(
            code for code in codes if code not in self.accept and not self.inside(code)
        )

    def verdict(self, codes: tuple[str, ...]) -> Verdict:
        """Whether all of ``codes`` are within bounds."""
        outside = self.outside(codes)
        if any(
            code in self.world.states and code not in self.world.areas for code in outside
        ):
            return Verdict.VIOLATION
        # A code that the catalogue has no state for may be anybody's, and that of an area any of its states'.
        return Verdict.UNPROVEN if outside else Verdict.COMPLIANT

    def soil(self, soil: Soil) -> Verdict:
        """Whether the state whose soil it is is within bounds. No place known adds no state."""
        if soil == Soil() or self.area in soil.areas:
            return Verdict.COMPLIANT
        return Verdict.UNPROVEN if soil.state is None else self.verdict((soil.state,))

    def surely_outside(self, fact: Fact[tuple[str, ...]]) -> tuple[str, ...]:
        """Codes out of bounds that every possible value has."""
        possible = members(fact)
        return tuple(
            code
            for code in self.outside(codes_of(fact))
            if all(code in codes for codes in possible)
        )


def codes_of(fact: Fact[Any]) -> tuple[str, ...]:
    """All codes that a fact names or may name, each once, in order."""
    found = ((value,) if isinstance(value, str) else value for value in members(fact))
    return tuple(dict.fromkeys(code for codes in found for code in codes))
