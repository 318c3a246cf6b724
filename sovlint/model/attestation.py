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

    def valid(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.issued <= day <= self.expires
