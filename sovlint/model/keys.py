"""Where things stand in nested files: keys that lead to them, and conditions on what stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

KeyPath = tuple[str, ...]
"""Keys from the outermost one on; ``*`` stands for any one key or index."""

ANY: Final = "*"
_KEY: Final = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class Condition:
    """Something stands at ``at``, and is one of ``values`` where there are any."""

    at: KeyPath
    values: tuple[str, ...] = ()


def keys(path: str) -> KeyPath:
    """A dotted path as keys; a key that has dots itself stands in brackets (``a.[b.c].*``)."""
    return tuple(bracketed or plain for bracketed, plain in _KEY.findall(path))


def below(path: KeyPath, at: KeyPath) -> bool:
    """Whether what stands at ``path`` is at ``at``, or below."""
    return len(path) >= len(at) and all(want in (ANY, have) for want, have in zip(at, path, strict=False))
