"""Unknowns for what is past a limit: each says which, and how much there is at least."""

from __future__ import annotations

from sovlint.expressions import limits
from sovlint.expressions.kinds import content
from sovlint.expressions.limits import Work
from sovlint.expressions.sizes import measure
from sovlint.model.text import Note
from sovlint.model.value import Reason, Unknown, UnknownKind, Value


def is_beyond(value: Value) -> bool:
    """Whether a value isn't known because it, or what it is made from, is past a limit."""
    return isinstance(value, Unknown) and value.kind is UnknownKind.BEYOND_LIMIT


def _beyond(key: str, detail: str, **params: int) -> Unknown:
    return Unknown(
        Reason.UNSUPPORTED_EXPRESSION,
        detail,
        note=Note(key, params),
        kind=UnknownKind.BEYOND_LIMIT,
    )


def elements(number: int) -> Unknown:
    """A collection of ``number`` elements."""
    limit = limits.MAX_ELEMENTS
    return _beyond(
        "terraform.beyond-elements",
        f"more than {limit} elements",
        number=min(number, limits.COUNTED),
        limit=limit,
    )


def text(limit: int = limits.MAX_TEXT) -> Unknown:
    """A text that is longer than ``limit``, or would be."""
    return _beyond(
        "terraform.beyond-text", f"a text of more than {limit} characters", limit=limit
    )


def text_parts() -> Unknown:
    """What comes in a text after more literals and holes than are kept."""
    limit = limits.MAX_PARTS
    return _beyond(
        "terraform.beyond-text-parts", f"a text of more than {limit} parts", limit=limit
    )


def parts() -> Unknown:
    """A value made of too many parts, or nested too deeply."""
    limits_of = {"limit": limits.MAX_SIZE, "levels": limits.MAX_NESTING}
    return _beyond("terraform.beyond-parts", "a value larger than is kept", **limits_of)


def value(large: Value) -> Unknown:
    """A value just made that is too large."""
    inner = content(large)
    if isinstance(inner, (tuple, dict)) and len(inner) > limits.MAX_ELEMENTS:
        return elements(len(inner))
    return parts()


def work() -> Unknown:
    """What isn't evaluated any more, since the root has cost too much."""
    return _beyond("terraform.beyond-work", "more work than one root is given")


def instances(number: int) -> Unknown:
    """Keys of a block that has ``number`` instances."""
    limit = limits.MAX_INSTANCES
    return _beyond(
        "terraform.beyond-instances",
        f"more than {limit} instances",
        number=min(number, limits.COUNTED),
        limit=limit,
    )


def resources(number: int, each: int) -> Unknown:
    """Keys of a block with ``number`` instances that hold ``each`` resources."""
    limit = limits.MAX_EXPANDED
    return _beyond(
        "terraform.beyond-resources",
        "more instances than are read",
        number=number,
        each=each,
        limit=limit,
    )


def afforded(made: Value, cost: Work) -> Value:
    """A value just made, unless it is too large or the root has cost too much: whoever walks it will end."""
    size = measure(made, cost.limit)
    within = cost.spend(cost.limit if size is None else size)
    return made if size is not None else (value(made) if within else work())
