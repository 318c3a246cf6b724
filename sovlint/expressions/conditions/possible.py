"""What a name may be, by several conditions at once: values, and texts with holes, one of which it is."""

from __future__ import annotations

from sovlint.model.partial.parts import Parts, may_be
from sovlint.model.value import MAX_AMONG, Known, same

Possible = list["Known[object] | Parts"]
"""Values, and texts with holes, one of which it is. None at all: the condition can't be met."""

MAX_POSSIBLE = 8 * MAX_AMONG
"""More are not kept."""


def exact(one: Possible, other: Possible) -> Possible:
    """What is possible under both: of two descriptions the narrower, and of it what the other allows too."""
    sure, rest = (one, other) if _sureness(one) <= _sureness(other) else (other, one)
    return [
        each
        for each in sure
        if not isinstance(each, Known) or any(_fits(each, also) for also in rest)
    ]


def _sureness(these: Possible) -> tuple[bool, int]:
    return any(not isinstance(each, Known) for each in these), len(these)


def _fits(value: Known[object], other: Known[object] | Parts) -> bool:
    if isinstance(other, Known):
        return same(value.value, other.value)
    return isinstance(value.value, str) and may_be(value.value, other)


def both(one: Possible | None, other: Possible | None) -> Possible | None:
    """What is possible where two conditions hold; ``None`` is anything."""
    if one is None:
        return other
    return one if other is None else exact(one, other)


def either(one: Possible | None, other: Possible | None) -> Possible | None:
    """What is possible where one of two conditions holds, not known which; ``None`` is anything."""
    if one is None or other is None or len(one) + len(other) > MAX_POSSIBLE:
        return None
    return one + [
        each
        for each in other
        if each not in one and not any(_equal(each, also) for also in one)
    ]


def _equal(one: Known[object] | Parts, other: Known[object] | Parts) -> bool:
    return (
        isinstance(one, Known) and isinstance(other, Known) and same(one.value, other.value)
    )
