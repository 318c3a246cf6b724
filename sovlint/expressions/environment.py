"""What names mean while an expression is evaluated: a scope, and the names bound inside of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from sovlint.expressions.files import Files
from sovlint.expressions.kinds import unsupported
from sovlint.expressions.limits import Work
from sovlint.expressions.nodes import Expression, TraversalStep
from sovlint.model.value import Value


class Scope(Protocol):
    """What names mean in a module."""

    @property
    def files(self) -> Files:
        """The files that functions may read."""
        ...

    @property
    def work(self) -> Work:
        """What evaluating may still cost."""
        ...

    def name(
        self, root: str, steps: Sequence[TraversalStep], env: Env
    ) -> tuple[Value, int] | None:
        """The value that ``root`` and the first steps stand for, and how many steps that took (``None``: no such)."""
        ...


class Env(Struct, eq=False):
    """A scope with the names bound here: ``each``, ``count``, ``for`` variables, iterators of dynamic blocks."""

    scope: Scope
    bound: Mapping[str, Value] = {}

    def bind(self, names: Mapping[str, Value]) -> Env:
        """The same scope with further names."""
        return Env(self.scope, {**self.bound, **names})


class Memory(Struct, eq=False):
    """The values of names, each found once."""

    _found: dict[tuple[str, ...], Value] = {}

    def once(self, key: tuple[str, ...], compute: Callable[[], Value]) -> Value:
        """The value of a name. One that leads to itself, or through too many others, is unknown."""
        found = self._found.get(key)
        if found is None:
            name = ".".join(filter(None, key))
            self._found[key] = unsupported(f"{name} refers to itself")
            try:
                found = compute()
            except RecursionError:
                found = unsupported(f"{name} leads too far")
            self._found[key] = found
        return found


class NoNames(Struct, eq=False):
    """A scope without names: what a template file, or a value given from outside, can refer to."""

    files: Files
    work: Work

    def name(
        self, root: str, steps: Sequence[TraversalStep], env: Env
    ) -> tuple[Value, int] | None:
        """Nothing, whatever the name."""
        return None


NOWHERE = Env(NoNames(Files(), Work(own=sys.maxsize)))
"""Where nothing has a name and no file can be read."""


Evaluate = Callable[[Expression, Env], Value]
"""What evaluates an expression: handed to those that ``evaluate`` itself is made of."""
