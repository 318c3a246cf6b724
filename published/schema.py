"""What all readers of published schemas give: resource types with the paths of their arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

ANY = "*"
"""As the last step of a path: whatever stands below (the keys of a map, a value of any type)."""


def _untold(_type: str, _path: str) -> bool | None:
    return None


class SchemaError(Exception):
    """What isn't a published schema: where, and what was expected there."""


@dataclass(frozen=True)
class Schema:
    """The resource types of one version of a plug-in.

    ``types``: paths of arguments by type, nested ones with dots and without steps for lists (``rule.destination``).
    ``settings``: paths of the provider block; empty where the reader can't know them. ``version``: of the plug-in,
    ``None`` where what was read doesn't say. ``exports``: whether a type gives an attribute, argument or not
    (``status.*.url``: ``*`` for an element of a list); ``None`` where that isn't told.
    """

    origin: str
    version: str | None
    types: Mapping[str, frozenset[str]]
    settings: frozenset[str] = frozenset()
    exports: Callable[[str, str], bool | None] = _untold

    @cached_property
    def arguments(self) -> frozenset[str]:
        """Paths that at least one type is known to have."""
        return frozenset().union(*self.types.values()) - {ANY}


def has(paths: frozenset[str], written: str) -> bool:
    """Whether a path of the catalogue (steps for lists are ``*`` or numbers) is among published ones."""
    steps = [step for step in written.split(".") if step != ANY and not step.isdigit()]
    if ".".join(steps) in paths:
        return True
    return any(".".join((*steps[:length], ANY)) in paths for length in range(len(steps)))


def below(name: str, paths: Iterable[str]) -> frozenset[str]:
    """A path with everything that stands below it."""
    return frozenset({name, *(f"{name}.{path}" for path in paths)})
