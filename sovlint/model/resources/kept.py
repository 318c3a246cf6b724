"""What a repository keeps that others read: states of Terraform, whose outputs are made into data where that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from sovlint.model.source import Located
from sovlint.model.text import Bilingual, Note

InWords = Callable[[Note], Bilingual]
"""A note as sentences."""
KeptThing = Mapping[str, Any]
"""What others are told of a resource: where it is, what it is, and what it is called."""
ThingAt = Callable[[str, str, str], KeptThing | None]
"""What is at a root, a variant and an address, if that is placed."""


class KeptState(Struct, frozen=True, eq=False):
    """The state of a root: what others call it (``keys``), what people do, and where the root says who keeps it.

    ``outputs`` gives what is known of each output, as data.
    """

    keys: tuple[str, ...]
    label: str
    where: Located
    outputs: Callable[[InWords, ThingAt], Mapping[str, Any]]
