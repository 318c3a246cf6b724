"""What a person vouches for: an attestation fills an unknown, and never overrides what the code proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sovlint.model.source import Located


@dataclass(frozen=True, slots=True)
class Attestation:
    """A claim about a subject. ``provider`` and ``region`` are catalogue ids (``None``: any); ``matches_address`` and
    ``matches_path`` are made from globs (``None``: any). Valid from ``issued`` to ``expires``, both inclusive."""

    qualification: str
    provider: str | None
    region: str | None
    matches_address: Callable[[str], bool] | None
    matches_path: Callable[[str], bool] | None
    evidence: str
    owner: str
    issued: date
    expires: date
    where: Located

    def about(self, address: str, path: str) -> bool:
        """Whether its globs, where it has any, match a resource with this address, declared in this file."""
        return (self.matches_address is None or self.matches_address(address)) and (
            self.matches_path is None or self.matches_path(path)
        )

    def at(self, provider: str | None, region: str | None) -> bool:
        """Whether it speaks of this provider and region; ``None`` is one that isn't known."""
        return self.provider in (None, provider) and self.region in (None, region)

    def valid(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.issued <= day <= self.expires
