"""Secrets that are known by their own form, whatever stands beside them: tokens of vendors, hashes, addresses to post to.

Their forms are data: ``forms.json``. A form is looked for only where its mark stands in the text.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct, json

_FILE: Final = Path(__file__).with_name("forms.json")
_NO_LETTER_BEFORE: Final = r"(?<![0-9A-Za-z])"
_REST_OF_ADDRESS: Final = r"""[^\s"'<>`\\]+"""


class SecretForm(Struct, frozen=True):
    """A form: ``mark`` is what a text must have for it to be there, ``form`` a regular expression."""

    vendor: str
    kind: str
    mark: str
    form: str
    source: str


class SecretForms(Struct, frozen=True):
    """All forms: of ``tokens``, which are secrets themselves, and of ``addresses``, behind which the path is one."""

    sources: dict[str, dict[str, str | None]]
    tokens: tuple[SecretForm, ...]
    addresses: tuple[SecretForm, ...]


@cache
def secret_forms() -> SecretForms:
    """The forms that ship."""
    return json.decode(_FILE.read_bytes(), type=SecretForms)


def without_tokens(text: str, hidden: str) -> str:
    """``text`` with ``hidden`` in place of every token, and of every path that is a secret."""
    for token in secret_forms().tokens:
        if token.mark in text:
            text = _token(token.form).sub(hidden, text)
    if "/" not in text:
        return text
    low = text.lower()
    for address in secret_forms().addresses:
        if address.mark in low:
            text = _address(address.form).sub(rf"\g<host>{hidden}", text)
    return text


@cache
def _token(form: str) -> re.Pattern[str]:
    return re.compile(f"{_NO_LETTER_BEFORE}(?:{form})")


@cache
def _address(form: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<host>{_NO_LETTER_BEFORE}(?:{form})){_REST_OF_ADDRESS}", re.IGNORECASE
    )
