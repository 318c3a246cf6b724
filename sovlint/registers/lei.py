"""Legal entity identifiers: their form and check digits (ISO 17442-1, ISO/IEC 7064 MOD 97-10)."""

from __future__ import annotations

import re
from typing import Final

_LIKE_ONE: Final = re.compile(r"[0-9A-Za-z]{20}")
_FORM: Final = re.compile(r"[0-9A-Z]{18}[0-9]{2}")


def has_form_of_lei(written: str) -> bool:
    """Whether a text is made up like an LEI, whatever its check digits say."""
    return _LIKE_ONE.fullmatch(written) is not None


def is_lei(written: str) -> bool:
    """Whether a text is a legal entity identifier: twenty characters, of which the last two check the others."""
    if not _FORM.fullmatch(written):
        return False
    digits = "".join(str(int(char, 36)) for char in written)
    return int(digits) % 97 == 1
