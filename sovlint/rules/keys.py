"""Where things stand in nested files: keys that lead to them, and conditions on what stands there."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

KeyPath = tuple[str, ...]
"""Keys from the outermost one on; ``*`` stands for any one key or index."""

ANY: Final = "*"
_PART: Final = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


class Condition(Struct, frozen=True):
    """Something stands at ``at``, and is one of ``values`` where there are any."""

    at: KeyPath
    values: tuple[str, ...] = ()


def path_parts(path: str) -> KeyPath:
    """The parts of a dotted path; a key that has dots itself stands in brackets (``annotations.[acme.dev/zone].*``).

    Of an empty path, and of ``.``, there are none.
    """
    if "[" not in path:
        return tuple(filter(None, path.split(".")))
    return tuple(bracketed or plain for bracketed, plain in _PART.findall(path))


def below(path: KeyPath, at: KeyPath) -> bool:
    """Whether what stands at ``path`` is at ``at``, or below."""
    for want, have in zip(at, path, strict=False):  # not with `all`, which takes twice as long: this is asked most
        if want not in (ANY, have):
            return False
    return len(path) >= len(at)
