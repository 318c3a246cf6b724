"""The one thing for want of which findings are unproven: whoever settles it settles them all."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.findings.identity import digest
from sovlint.model.text import Note


class Cause(Struct, frozen=True):
    """``kind`` is what sort of thing isn't known, ``name`` which one. ``why`` says what is missing, alike of everything
    that waits for it. ``claim`` is the qualification whose attestation, for the provider ``name``, settles it; empty
    where no attestation does.
    """

    kind: str
    name: str
    why: Note
    claim: str = ""

    @property
    def id(self) -> str:
        """``hds-contract:aws``: the same for all that waits for the same thing (design, section 5)."""
        return f"{self.kind}:{self.name}"

    @property
    def fingerprint(self) -> str:
        """A digest of the id alone: a placement more or less that waits for it changes nothing."""
        return digest(["cause", self.id])
