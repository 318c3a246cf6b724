"""How names are compared: without case, accents and spaces; and how a term is cut into tokens."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold(name: str) -> str:
    """A name for looking up: lower case, without accents and spaces (``France Central`` -> ``francecentral``)."""
    return "".join(without_accents(name).casefold().split())


def tokens(term: str) -> list[str]:
    """The words of a term, lower case and without accents: ``dossier médical`` -> ``dossier``, ``medical``."""
    return _WORD.findall(without_accents(term).casefold())


def without_accents(text: str) -> str:
    """``santé`` -> ``sante``. Plain ASCII comes back as it is."""
    if text.isascii():
        return text
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
