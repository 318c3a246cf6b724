"""Keys of a file -> the names by which signatures know settings, and by which people do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from sovlint.rules.keys import KeyPath

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _of_path(key: str) -> str:
    """A key, of which a path (``/slack/token``) is several."""
    return key.strip("/").replace("/", "_") if key.startswith("/") else key


STYLES: Final[Mapping[str, Callable[[KeyPath], str]]] = {
    "plain": lambda path: "_".join(map(_of_path, path)),
    "double": lambda path: "__".join(path),
    "snake": lambda path: "_".join(_HUMP.sub("_", part) for part in path),
    "ended": lambda path: "_".join((*path[:-1], _HUMP.sub("_", path[-1]))),
    "last": lambda path: path[-1].rpartition("/")[2],
}
"""``plain``: keys with ``_`` between them (``spring.datasource.url``). ``double``: with ``__``, as .NET reads them from
variables. ``snake``: with ``_`` at every hump too (``Smtp:hostName``). ``ended``: at humps of the last key alone
(``SendGrid:ApiKey``). ``last``: the last key alone, and of one that is a path the last part."""


def join_keys(path: KeyPath) -> str:
    """How people call a setting: keys with dots between them."""
    return ".".join(path)


def address_of(path: str, key: str) -> str:
    """What a thing of a file is called among resources, whose keys lead to it."""
    return f"config:{path}#{key}"
