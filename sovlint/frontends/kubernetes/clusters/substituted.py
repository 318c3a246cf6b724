"""What Flux puts into the objects of a path that it applies: values of variables, which paths of further ones may have.

Source: Flux, "Post build variable substitution" (https://fluxcd.io/flux/components/kustomize/kustomizations/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

VARIABLE: Final = re.compile(r"\$\{(\w+)(?::?[-=]([^}]*))?\}")
"""``${NAME}``, with a default (``${NAME:=text}``) or without."""
MOST: Final = 5_000
"""Paths that are filled in; past it, what they would be filled with is left out."""

Substitutes = Mapping[str, str]
"""Values by the names of variables."""


class AppliedPath(Struct, frozen=True):
    """A path that an object of ``source`` applies, and what is put into the objects there."""

    source: str
    path: Any
    substitutes: Substitutes = field(default_factory=dict)


def filled_paths(
    applied: Iterable[AppliedPath], below: Callable[[Any], Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Folder and folder that is applied from there, with variables filled in by whoever applies the former; ``below``:
    the folders that applying a path applies."""
    waiting: dict[str, list[AppliedPath]] = {}
    for each in applied:
        waiting.setdefault(each.source, []).append(each)
    known: dict[str, set[tuple[tuple[str, str], ...]]] = {folder: {()} for folder in waiting}
    queue: list[tuple[str, Substitutes]] = [(folder, {}) for folder in waiting]
    for _ in range(MOST):
        if not queue:
            return
        source, given = queue.pop()
        for each in waiting.get(source, ()):
            path = _filled(each.path, given)
            handed = _all_filled(each.substitutes, given)
            for target in below(path):
                yield source, target
                key = tuple(sorted(handed.items()))
                if key not in known.setdefault(target, set()):
                    known[target].add(key)
                    queue.append((target, handed))


def substitutes_of(written: Any) -> Substitutes:
    """What ``spec.postBuild.substitute`` says."""
    found = written.items() if isinstance(written, dict) else ()
    return {str(name): str(value) for name, value in found if isinstance(value, (str, int))}


def _all_filled(written: Substitutes, given: Substitutes) -> Substitutes:
    return {name: str(_filled(text, given)) for name, text in written.items()}


def _filled(written: Any, given: Substitutes) -> Any:
    """A text with what is known put in; a variable that isn't stays, with its default too: who applies it may say."""
    if not isinstance(written, str) or not given:
        return written
    return VARIABLE.sub(lambda found: given.get(found[1], found[2] or found[0]), written)
