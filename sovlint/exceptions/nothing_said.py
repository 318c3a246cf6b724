"""Texts that stand where something must be said, and say that there is nothing: ``evidence: none``."""

from __future__ import annotations

import unicodedata
from typing import Final

_WORDS: Final = frozenset(
    (
        "none", "no", "nil", "null", "nothing", "noevidence", "na", "notavailable", "notapplicable", "tbd", "tba", "tbc",
        "todo", "fixme", "pending", "later", "unknown", "x", "xx", "xxx", "test", "placeholder", "missing",
        "aucun", "aucune", "aucunepreuve", "neant", "rien", "non", "so", "sansobjet", "nonapplicable", "nc", "nr",
        "avenir", "acompleter", "adefinir", "aconfirmer", "afaire", "enattente", "inconnu", "inconnue", "manquant",
        "manquante",
    )
)  # fmt: skip
"""English and French words for nothing, letters and digits alone, without accents."""


def says_nothing(text: str) -> bool:
    """Whether a text has no word, or only one for nothing, whatever its case, accents and punctuation."""
    letters = "".join(each for each in unicodedata.normalize("NFKD", text) if each.isalnum())
    return not letters or letters.casefold() in _WORDS
