"""What else may be made of a reading, for what is written over all repositories: by what it is asked by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sovlint.lint import Linted

Maker = Callable[[Linted, str], str]
"""A run, and the rest of what asked for it (``dora`` of ``register:dora``) -> JSON text."""

MAKERS: Final[Mapping[str, Maker]] = {}
"""By the word before the colon."""


def made(wants: tuple[str, ...], found: Linted) -> dict[str, str]:
    """All that is wanted and that somebody makes, by what it was asked by."""
    asked = {each: each.partition(":") for each in wants}
    return {
        each: MAKERS[kind](found, rest)
        for each, (kind, _, rest) in asked.items()
        if kind in MAKERS
    }
