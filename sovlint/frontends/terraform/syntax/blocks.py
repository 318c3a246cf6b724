"""Which blocks a Terraform file may have, and what is said of one that it may not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sovlint.model.text import Note

BLOCKS: Final[Mapping[str, int]] = {
    "terraform": 0, "provider": 1, "variable": 1, "locals": 0, "output": 1, "module": 1, "resource": 2, "data": 2,
    "ephemeral": 2, "moved": 0, "import": 0, "removed": 0, "check": 1, "action": 2,
    "language": 0,
}  # fmt: skip
"""Every kind of block that a file may have, and how many labels it has (Terraform 1.14 and OpenTofu 1.12)."""


def unknown_block(kind: str) -> Note:
    """That there is no such kind of block, with the one that was probably meant."""
    from difflib import get_close_matches  # imported late: 0.02 s

    close = get_close_matches(kind, BLOCKS, n=1)
    meant = Note("terraform.block-meant", {"kind": close[0]}) if close else ""
    return Note("terraform.block-unknown", {"kind": kind, "meant": meant})
