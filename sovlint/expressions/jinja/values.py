"""What expressions of Jinja work on: the values of templates, and what is not there at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.keys import first_hole
from sovlint.expressions.templates.running import Execution
from sovlint.expressions.templates.text import TemplateHole, has_holes
from sovlint.expressions.templates.values import Map
from sovlint.model.value import Reason, Unknown


class UnsetHole(TemplateHole, frozen=True, eq=False):
    """A variable that nothing here gives a value: whoever runs the play may, and may not."""


class NotThere:
    """What surely isn't defined: a key that a map doesn't have."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Omitted(NotThere):
    """What an argument is that isn't given (``omit``)."""

    __slots__ = ()


def unset(name: str) -> UnsetHole:
    """A variable without a value."""
    return UnsetHole(Unknown(Reason.UNSET_VARIABLE, name), f"jinja:{name}")


def as_hole(value: NotThere) -> UnsetHole:
    """What Ansible would refuse, as something that isn't known: whoever runs the play gives it."""
    return unset(value.name)


def is_unknown(value: Any) -> bool:
    """Whether anything isn't known of a value, looking no further than texts."""
    return isinstance(value, (TemplateHole, NotThere)) or (
        isinstance(value, str) and has_holes(value)
    )


def holds_unknown(run: Execution, value: Any) -> bool:
    """Whether anything in a value isn't known."""
    if isinstance(value, NotThere):
        return True
    if isinstance(value, Mapping) and isinstance(value, Map) and value.rest is not None:
        return True
    return first_hole(value, run.holes) is not None


def known_number(value: Any) -> bool:
    """Whether a value is a number that is known."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
