"""The repositories that a register is put together of."""

from __future__ import annotations

from msgspec import Struct


class Member(Struct, frozen=True):
    """A repository of a fleet, as it was read: how many of its resources carry a class, how many are configuration, and how
    many of its files couldn't be read. ``reason``: why it has no register, where it has none."""

    repository: str
    commit: str = ""
    classified: int = 0
    resources: int = 0
    config: int = 0
    failed: int = 0
    reason: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it couldn't be read."""
        return bool(self.reason)
