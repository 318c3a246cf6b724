"""Words in the names of companies that only companies have: legal forms, and words for what holds others."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from sovlint.files.package_data import decoded
from sovlint.model.lookups.names import without_stops


class LegalForms(Struct, frozen=True):
    """Those that are known, as they are written."""

    forms: frozenset[str]


@cache
def _forms() -> frozenset[str]:
    return decoded("commands/writing/legal_forms.json", LegalForms).forms


def legal_form(name: str) -> str | None:
    """The word of a name by which it is a company's; ``None`` where no word of it is one. Letter by letter, since short
    forms are words of other languages, too."""
    words = without_stops(name).split()
    return next((word for word in reversed(words) if word in _forms()), None)
