"""The type of a service, by the kinds that the catalogue knows it under."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sovlint.model.value import Known
from sovlint.registers.drafting.dora.services import types_of


def types(*kinds: str) -> list[str]:
    """The types of an arrangement with one service of these kinds."""
    landed = SimpleNamespace(
        placement=SimpleNamespace(provider=Known("acme"), service=Known("store"))
    )
    offering = SimpleNamespace(kinds=lambda provider, service: kinds)
    material: Any = SimpleNamespace(world=SimpleNamespace(offering=offering))
    arrangement: Any = SimpleNamespace(landed=[landed])
    return types_of(arrangement, material)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("object-storage",), "S17"),
        (("object-storage", "block-storage"), "S17"),
        (("object-storage", "relational-database"), ""),
        (("object-storage", "no-such-kind"), ""),
        ((), ""),
    ],
)
def test_a_service_of_two_types_is_asked_about(kinds: tuple[str, ...], expected: str) -> None:
    """A cell holds one value: the first of two would be a guess, written into what is filed."""
    assert types(*kinds) == [expected]
