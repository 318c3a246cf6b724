"""Notes into sentences: every room's templates as data, and the one function that fills them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Final

from sovlint.model.redaction.redact import printable, safe_text
from sovlint.model.text import Bilingual, Note
from sovlint.report.messages.declared import templates

_PROBLEM: Final = "problem"
"""The parameter that holds what is wrong with a text, in the words of who reads it."""
_VOWELS: Final = tuple("AEIOUÉÈÊÎ")
"""How names begin before which `de` loses its vowel."""
_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def say(note: Note, language: str) -> str:
    """The sentence of ``note`` in ``language`` (``en`` or ``fr``), on one line and fit to be printed.

    Strings are taken for scanned text: secrets in addresses are masked, control characters are made visible. Raises
    ``KeyError`` for a key or placeholder that nobody declared, ``TypeError`` for a parameter that isn't text.
    """
    template = templates()[note.key][language]
    filled = {name: _filled(name, param, language) for name, param in note.params.items()}
    if language == "fr" and "de {" in template:
        template = _elided(template, filled)
    return template.format_map(filled)


def _elided(template: str, filled: Mapping[str, str]) -> str:
    """A French sentence in which `de` loses its vowel before a name that begins with one."""
    for name, text in filled.items():
        if text.startswith(_VOWELS):
            template = template.replace(f" de {{{name}}}", f" d'{{{name}}}")
    return template


def _filled(name: str, param: object, language: str) -> str:
    """A parameter as text; what a parser says is wrong is put into French, as far as its sentences are known."""
    if name != _PROBLEM or language != "fr" or not isinstance(param, str):
        return word(param, language)
    from sovlint.report.french import in_language

    return word(in_language(param, language), language)


def phrase(key: str, language: str, /, **params: object) -> str:
    """The sentence, or the words, of a key."""
    return say(Note(key, params), language)


def counted(key: str, number: int, language: str, **params: object) -> str:
    """A sentence about ``number`` things: ``<key>-one`` or ``<key>-many``, as the language's plural asks."""
    single = number == 1 or (number == 0 and language == "fr")
    written = written_number(number, language)
    return phrase(
        f"{key}-one" if single else f"{key}-many", language, count=written, **params
    )


def written_number(number: int, language: str) -> str:
    """How many, as sentences have it: in groups of three figures."""
    return f"{number:,}".replace(",", "," if language == "en" else "\u00a0")


def labelled(label: str, language: str) -> str:
    """A label and the colon after it, as the language sets it."""
    return phrase("report.label", language, label=label)


def written_day(day: date, language: str) -> str:
    """A day as sentences have it: in English as a computer writes it, in French as people do."""
    if language != "fr":
        return day.isoformat()
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {_MONTHS[day.month - 1]} {day.year}"


def written_month(text: str, language: str) -> str:
    """A month of the catalogue (YYYY-MM) as sentences have it; any other text as it is."""
    first = _french_day(f"{text}-01") if language == "fr" else ""
    return first.partition(" ")[2] or text


def _french_day(text: str) -> str:
    """A day that other rooms wrote as YYYY-MM-DD; empty for any other text."""
    if len(text) != len("YYYY-MM-DD") or text[4] != "-" or not text.isascii():
        return ""
    try:
        return written_day(date.fromisoformat(text), "fr")
    except ValueError:
        return ""


def word(param: object, language: str) -> str:
    """A parameter of a note as text in ``language``."""
    match param:
        case Enum():
            return str(param.value)
        case str():
            return (
                _french_day(param) or safe_text(param)
                if language == "fr"
                else safe_text(param)
            )
        case Bilingual():
            return printable(param[language])
        case Note():
            return say(param, language)
        case tuple() | list():
            return ", ".join(word(item, language) for item in param)
        case date():
            return written_day(param, language)
        case int() | float():
            return str(param)
    raise TypeError(f"not a parameter of a note: {type(param).__name__}")
