"""Placed or not, payload or configuration: one meaning, whatever asks."""

from __future__ import annotations

import pytest

from sovlint.model.attributes import NoAttributes
from sovlint.model.placement import Classes, Placed, Placement
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.source import Span
from sovlint.model.value import Fact, Known, Reason, Unknown

WHERE = Span("main.tf", 1, 1, 2, 1)
NOT = Unknown(Reason.NOT_IN_CATALOGUE)


def placed(*places: tuple[str | None, str | None]) -> Placed:
    """A resource with placements in these roles at these providers; ``None``: not known."""

    def fact(value: str | None) -> Fact[str]:
        return NOT if value is None else Known(value)

    found = tuple(Placement(fact(role), fact(by), *(NOT,) * 7) for role, by in places)
    resource = Resource("t.r", "t", "terraform", "", None, False, TRUE, WHERE, NoAttributes())
    return Placed(resource, Classes(), found)


@pytest.mark.parametrize(
    ("places", "is_placed", "is_config"),
    [
        ((), False, False),
        ((("at-rest", "a"),), True, False),
        ((("at-rest", "a"), ("replica", None)), False, False),
        ((("at-rest", "a"), (None, "a")), False, False),
        (((None, "a"),), False, False),
        ((("config", "a"),), True, True),
        ((("config", None),), False, True),
        ((("config", "a"), ("at-rest", "a")), True, False),
    ],
)
def test_what_is_placed(
    places: tuple[tuple[str | None, str | None], ...], is_placed: bool, is_config: bool
) -> None:
    each = placed(*places)
    assert (each.is_placed, each.is_config) == (is_placed, is_config)
