"""How a class is written into a resource: the tag itself, and the form that a plug-in gives to tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct, field

BETWEEN: Final = "__"
"""Between several classes of one tag: what every cloud allows in a value, and the scan takes apart."""


class TagForm(Struct, frozen=True):
    """How tags of some resource types are written."""

    path: str
    """The argument, or the nested block; dots lead into blocks that must be there."""
    kind: Literal["map", "texts", "objects", "blocks"] = "map"
    """map (the default): k = "v"; texts: "k=v"; objects: {key, value}; blocks: blocks with key and value."""
    sign: Literal["=", ":"] = "="
    """What parts key and value of texts."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Further arguments that a block must have, as HCL."""
    lower: bool = False
    """Keys must be in lower case."""


class Tag(Struct, frozen=True):
    """The tag to write: its key where none is there yet, its value, and all keys that declare a class."""

    key: str
    value: str
    keys: tuple[str, ...]

    def declares(self, key: str | None) -> bool:
        """Whether a key declares a class: compared without case, and with ``-`` and ``_`` equal."""
        return key is not None and folded(key) in map(folded, self.keys)


def folded(key: str) -> str:
    """A key as keys are compared: without case, ``-`` equal to ``_``."""
    return key.casefold().replace("-", "_")
