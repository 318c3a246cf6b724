"""Which variable a name means, told when a template is compiled: each declaration has a place in the frame of its
template."""

from __future__ import annotations

from typing import Any

Frame = list[Any]
"""What the closures of one template work on: the execution, the pieces written so far, ``$``, then the variables."""

RUN, PIECES, ROOT, FIRST = 0, 1, 2, 3
"""Where each is in a frame."""


class VariableScope:
    """The variables of one template. ``elements``: those that are elements of a collection, for which nil isn't Go's
    zero value: it has no fields."""

    def __init__(self) -> None:
        self._visible: list[tuple[str, int]] = [("$", ROOT)]
        self.elements: set[int] = set()
        self.size = FIRST

    def declare(self, name: str, is_element: bool = False) -> int:
        """A place for a variable."""
        place = self.size
        self.size += 1
        self._visible.append((name, place))
        if is_element:
            self.elements.add(place)
        return place

    def find(self, name: str) -> int | None:
        """The place of the variable that a name means here; ``None`` where it has been declared in another arm only."""
        return next(
            (place for known, place in reversed(self._visible) if known == name), None
        )

    def mark(self) -> int:
        """How many variables are visible."""
        return len(self._visible)

    def forget(self, mark: int) -> None:
        """Only those before ``mark`` are visible from now on."""
        del self._visible[mark:]
