"""What all parts of an answer are: frozen, and nothing in them that isn't named here."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an answer. A key that may be missing is `UNSET`; a fact that isn't known is `None`.

    The text below a field says what it means. `docs/schemas.py` puts it into the JSON Schema.
    """


Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""A day in ISO's form."""

Line = Annotated[int, Meta(ge=1)]
"""A line or a column, from 1."""

Count = Annotated[int, Meta(ge=0)]
"""How many."""

Some = Annotated[int, Meta(ge=1)]
"""How many, where there is one at least."""

Text = Annotated[str, Meta(min_length=1)]
"""A text that says something."""

Fingerprint = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
"""What a finding is told by from run to run."""

Digest = Annotated[str, Meta(pattern=r"^sha256:[0-9a-f]{64}$")]
"""What a file is told by."""
