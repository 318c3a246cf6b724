"""How names are compared: without case, accents and spaces; and how names and terms are cut into words."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
"""Capitals that no small letter follows, a word with or without a capital, digits, a word of another script."""
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ẞ": "SS"})


def fold(name: str) -> str:
    """A name for looking up: lower case, without accents and spaces (``France Central`` -> ``francecentral``)."""
    return "".join(without_accents(name).casefold().split())


def without_stops(name: str) -> str:
    """A name of a company without full stops, commas and hyphens: ``Zendesk, Inc.`` and ``Zendesk Inc`` are one."""
    return name.replace(",", " ").replace("-", " ").replace(".", "")


def same_company(one: str, other: str) -> bool:
    """Whether two names are one company's: without case, accents, spaces and stops. Nothing is no name."""
    return bool(other) and fold(without_stops(one)) == fold(without_stops(other))


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name in any style, lower case and without accents.

    ``dossierMedical``, ``dossier-medical`` and ``DOSSIER_MÉDICAL`` are two each, and so is ``CIM10``.
    """
    return tuple(word.lower() for word in _WORD.findall(without_accents(name)))


def without_accents(text: str) -> str:
    """``santé`` -> ``sante``, ``cœur`` -> ``coeur``. Plain ASCII comes back as it is."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text).translate(_LIGATURES)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def flat(name: str) -> str:
    """A name without case and underscores: what ``storage_account_id`` and ``storageAccountID`` have in common."""
    return name.replace("_", "").lower()
