"""What a file proves of where data goes, and the file that proves it."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.resources.sent import Sent
from sovlint.rules.files.configuration import FilePart
from sovlint.rules.files.formats import Claim


class FileEvidence(Struct, frozen=True):
    """One thing that a file proves: by which signature or proof (``id``), at which key, and where data goes.

    ``held_in``: the files that its steps, or its settings, are of. Their data is sent, as that of the file in which the
    line stands.
    """

    id: str
    key: str
    sent: Sent
    claim: Claim
    environment: str | None = None
    held_in: frozenset[str] = frozenset()


class Read(Struct, frozen=True):
    """A file that was read, and its parts."""

    claim: Claim
    parts: tuple[FilePart, ...]
