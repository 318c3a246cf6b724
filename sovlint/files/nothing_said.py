"""Texts that stand where something must be said, and say that there is nothing: ``evidence: none``."""

from __future__ import annotations

import unicodedata
from functools import cache

from sovlint.files.package_data import decoded


@cache
def _words() -> frozenset[str]:
    """Words for nothing, of both languages: letters and digits alone, without accents."""
    by_language = decoded("files/nothing_said.json", dict[str, list[str]])
    return frozenset(word for words in by_language.values() for word in words)


def says_nothing(text: str) -> bool:
    """Whether a text has no word, or only one for nothing, whatever its case, accents and punctuation."""
    letters = "".join(each for each in unicodedata.normalize("NFKD", text) if each.isalnum())
    return not letters or letters.casefold() in _words()
