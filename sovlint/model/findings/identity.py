"""What a finding is about, apart from where it stands and how it is worded: the parts of its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import astuple

FINGERPRINT_LENGTH: Final = 32


class Identity(Struct, frozen=True):
    """Policy, root, variant, address, role, provider and region, and the host at which nobody knows who answers. No
    line and no message.

    Facts that aren't known are ``None``.
    """

    policy: str
    root: str | None
    variant: str | None
    address: str
    role: str | None
    provider: str | None
    region: str | None
    host: str | None = None

    @property
    def fingerprint(self) -> str:
        """A digest: lines and wording may change without changing it. Where there is no host it is as it was when none
        was part of it."""
        *parts, host = astuple(self)
        return digest(parts if host is None else [*parts, host])


def digest(parts: Sequence[str | None]) -> str:
    """A fingerprint of ``parts``."""
    from hashlib import sha256  # imported late: few reports show fingerprints

    return sha256(json.dumps(parts).encode()).hexdigest()[:FINGERPRINT_LENGTH]
