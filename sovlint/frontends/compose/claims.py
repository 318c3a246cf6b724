"""Which files are Compose's, by their names, and which of a folder are read together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import basename, dirname
from typing import Final

from sovlint.model.decoding import late_pattern

_SHORT, _LONG = "compose", "docker-compose"

MAIN: Final = (f"{_SHORT}.yaml", f"{_SHORT}.yml", f"{_LONG}.yml", f"{_LONG}.yaml")
"""Names that Compose looks for, the first one there is."""

OVERRIDES: Final = (
    f"{_SHORT}.override.yml", f"{_SHORT}.override.yaml", f"{_LONG}.override.yml", f"{_LONG}.override.yaml",
)  # fmt: skip
"""Names that it looks for beside it, and merges."""

_NAME: Final = late_pattern(
    r"(?:docker-)?compose(?:\..+)?\.ya?ml\Z|docker-compose[-_].+\.ya?ml\Z"
)
_LIKELY: Final = late_pattern(r"compose[-_].+\.ya?ml\Z")
_ENDINGS: Final = (".yml", ".yaml")
_SERVICES: Final = late_pattern(rb"^services[ \t]*:[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def is_compose(path: str) -> bool:
    """Whether a file is claimed by its name alone."""
    return path.endswith(_ENDINGS) and _NAME.match(basename(path)) is not None


def may_be(path: str) -> bool:
    """Whether a name says it where the file has services too (``compose-e2e.yml``)."""
    return path.endswith(_ENDINGS) and _LIKELY.match(basename(path)) is not None


def has_services(data: bytes) -> bool:
    """Whether a text has ``services`` as an outermost key that opens a mapping."""
    return _SERVICES.search(data) is not None


def by_folder(paths: Iterable[str]) -> Mapping[str, list[str]]:
    """Paths by the folder that they stand in, in order."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(dirname(path), []).append(path)
    return found


def default(paths: Iterable[str]) -> list[str]:
    """What ``docker compose`` reads in a folder: the main file and its override; empty where there is no main one."""
    named = {basename(path): path for path in paths}
    main = [named[name] for name in MAIN if name in named][:1]
    return [*main, *[named[name] for name in OVERRIDES if name in named][:1]] if main else []
