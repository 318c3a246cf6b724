"""Names of arguments that say what is copied, and where to: a source, or a target."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_TARGETS: Final = frozenset(("destination", "destinations", "target", "targets", "sink"))
_SOURCES: Final = frozenset(("source", "sources", "src"))


def _last(path: str) -> str | None:
    """The last word of a path that says either."""
    words = (word.lower() for word in reversed(_WORDS.findall(path)))
    return next((word for word in words if word in _TARGETS or word in _SOURCES), None)


def is_copied(path: str) -> bool:
    """Whether an argument names what is copied, or where to."""
    return _last(path) is not None


def is_target(path: str) -> bool:
    """Whether that is where to."""
    return _last(path) in _TARGETS


def thing_copied(name: str) -> str:
    """What is copied, by the name of an argument without those words: ``bucket`` of ``source_bucket``."""
    return "_".join(each for each in name.split("_") if each not in _TARGETS | _SOURCES)


def without_form(name: str) -> str:
    """What an argument names, without the word for how: ``snapshot`` of ``snapshot_identifier``."""
    return name.removesuffix("_id").removesuffix("_name").removesuffix("_identifier")
