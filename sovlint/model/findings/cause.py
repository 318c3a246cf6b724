"""The one thing for want of which findings are unproven: whoever settles it settles them all."""

from __future__ import annotations

from msgspec import Struct

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
