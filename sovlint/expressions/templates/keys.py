"""What tells holes apart: a key that is made of what a value was made of, the same whenever it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sovlint.expressions.templates.limits import CHARACTERS, MAX_KEY, STEP
from sovlint.expressions.templates.text import TemplateHole, TemplateHoles, is_hole
from sovlint.expressions.templates.values import Map, TemplateObject

_TURN = 1_000
COLLECTIONS = (dict, list, Mapping, Sequence)
"""What holds values; first what most of these are, which is told faster."""


def made_by(name: str, arguments: Sequence[Any], holes: TemplateHoles) -> str:
    """The key of what a function gives of these arguments."""
    keys = _Keys(holes)
    return shortened(f"{name}({','.join(map(keys.of, arguments))})")


def shortened(key: str) -> str:
    """A key of bounded length, still another one than that of anything else."""
    if len(key) <= MAX_KEY:
        return key
    from hashlib import blake2b  # imported late: few keys are long

    digest = blake2b(key.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return f"{key[: MAX_KEY // 2]}#{digest}"


class _Keys:
    """Keys of the values of one call. What is in several places is looked at once."""

    def __init__(self, holes: TemplateHoles) -> None:
        self.holes = holes
        self.known: dict[int, str] = {}

    def of(self, value: Any) -> str:
        """What a value is, in a key."""
        if isinstance(value, TemplateHole):
            return f"<{value.key}>"
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, COLLECTIONS):
            found = self.known.get(id(value))
            if found is None:
                self.known[id(value)] = "itself"
                found = self.known[id(value)] = shortened(self._collection(value))
            return found
        if isinstance(value, TemplateObject):
            return f"object {value.printed}"
        return f"{type(value).__name__} {value}"

    def _collection(self, value: Mapping[str, Any] | Sequence[Any]) -> str:
        if not isinstance(value, Mapping):
            return f"[{','.join(map(self.of, value))}]"
        entries = ",".join(f"{self.of(key)}:{self.of(value[key])}" for key in sorted(value))
        rest = value.rest if isinstance(value, Map) else None
        return f"{{{entries}{'' if rest is None else '...' + self.of(rest)}}}"

    def _text(self, text: str) -> str:
        if text.isascii():
            return shortened(repr(str(text)))
        named = (f"<{self.holes.hole(each).key}>" if is_hole(each) else each for each in text)
        return shortened(f"'{''.join(named)}'")


def first_hole(value: Any, holes: TemplateHoles) -> TemplateHole | None:
    """The first thing in a value that isn't known."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, TemplateHole):
            return each
        if isinstance(each, str):
            character = next(filter(is_hole, each), None) if not each.isascii() else None
            if character is not None:
                return holes.hole(character)
        elif isinstance(each, COLLECTIONS) and id(each) not in seen:
            seen.add(id(each))
            waiting.extend(reversed(_parts(each)))
    return None


def pay_for(value: Any, afford: Callable[[int], None]) -> None:
    """Pay for a value that is going to be gone through: each part as often as it is met. Raises ``TooCostlyError``."""
    waiting = [value]
    cost = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            cost += len(each) // CHARACTERS
        elif isinstance(each, COLLECTIONS):
            parts = _parts(each)
            cost += STEP * (len(parts) + STEP)
            waiting.extend(parts)
        if cost > _TURN:
            afford(cost)
            cost = 0
    afford(cost)


def _parts(value: Mapping[str, Any] | Sequence[Any]) -> list[Any]:
    if not isinstance(value, Mapping):
        return list(value)
    parts = [part for entry in value.items() for part in entry]
    if isinstance(value, Map) and value.rest is not None:
        parts.append(value.rest)
    return parts
