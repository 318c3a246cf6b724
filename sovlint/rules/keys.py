"""Where things stand in nested files: keys that lead to them, and conditions on what stands there."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct, field

from sovlint.model.decoding import Texts

KeyPath = tuple[str, ...]
"""Keys from the outermost one on; ``*`` stands for any one key or index."""

ANY: Final = "*"
_PART: Final = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


def path_parts(path: str) -> KeyPath:
    """The parts of a dotted path; a key that has dots itself stands in brackets (``annotations.[acme.dev/zone].*``).

    Of an empty path, and of ``.``, there are none.
    """
    if "[" not in path:
        return tuple(filter(None, path.split(".")))
    return tuple(bracketed or plain for bracketed, plain in _PART.findall(path))


class DottedPath(KeyPath):
    """Keys that are written as ``path_parts`` has them."""

    schema: ClassVar = {"type": "string", "minLength": 1}

    @classmethod
    def from_written(cls, written: str) -> DottedPath:
        """Of what is written."""
        return cls(path_parts(written))


HERE: Final = DottedPath()


class Condition(Struct, frozen=True):
    """Something stands at ``at``, and is one of ``values`` where there are any."""

    at: DottedPath
    values: Texts = field(default=(), name="in")
    """One of these stands there; in configuration files in lower case."""


Conditions = Annotated[tuple[Condition, ...], Meta(min_length=1)]


def below(path: KeyPath, at: KeyPath) -> bool:
    """Whether what stands at ``path`` is at ``at``, or below."""
    for want, have in zip(
        at, path, strict=False
    ):  # not with `all`, which takes twice as long: this is asked most
        if want not in (ANY, have):
            return False
    return len(path) >= len(at)
