"""Texts of the page in both languages: both are written, and the page hides one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from sovlint.model.redaction.redact import mask, printable
from sovlint.model.text import Bilingual, Note
from sovlint.report.messages import counted, phrase, say

LONGEST: Final = 1200
"""Characters of a text; what a scanned file makes longer is cut."""

_CODE: Final = re.compile(r"`([^`]+)`")


class Both(Struct, frozen=True):
    """One text in English and French. A template writes it as two spans, or as it is where the two are the same."""

    en: str
    fr: str

    def __html__(self) -> str:
        """What a template puts into the page: escaped, cut where it is far too long."""
        english, french = _marked(self.en), _marked(self.fr)
        if english == french:
            return english
        return f'<span lang="en">{english}</span><span lang="fr">{french}</span>'

    def __bool__(self) -> bool:
        return bool(self.en or self.fr)

    def __getitem__(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


def told(write: Callable[[str], str]) -> Both:
    """What ``write`` says in each language."""
    return Both(write("en"), write("fr"))


def said(key: str, **params: object) -> Both:
    """The sentence of a key."""
    return told(lambda language: phrase(key, language, **_in(params, language)))


def number(key: str, count: int, **params: object) -> Both:
    """The sentence of a key about so many things."""
    return told(lambda language: counted(key, count, language, **_in(params, language)))


def left_over(key: str, left: int) -> Both | None:
    """A sentence about what is left, where anything is."""
    return number(key, left) if left > 0 else None


def noted(note: Note) -> Both:
    """A note as a sentence."""
    return told(lambda language: say(note, language))


def named(name: Bilingual | str) -> Both:
    """A name that data gives."""
    if isinstance(name, Bilingual):
        return Both(printable(name.en), printable(name.fr))
    return Both(printable(name), printable(name))


def joined(texts: Iterable[Both], between: str = ", ") -> Both:
    """Texts, one after the other."""
    listed = list(texts)
    return Both(
        between.join(each.en for each in listed), between.join(each.fr for each in listed)
    )


def token(text: str) -> str:
    """An id as one word that needs no escape, in an attribute or in an address: whatever else than letters, digits and
    ``-._~/`` is written as its code, behind ``=``."""
    return quote(mask(text), safe="-._~/", errors="backslashreplace").replace("%", "=") or "-"


def cut(text: str, longest: int = LONGEST) -> str:
    """``text``, or its beginning where it is too long."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _marked(text: str) -> str:
    """A text escaped, and what stands between backquotes as code."""
    from markupsafe import escape  # an extra, which paper doesn't need

    return _CODE.sub(r"<code>\1</code>", str(escape(cut(text))))


def _in(params: dict[str, object], language: str) -> dict[str, object]:
    return {
        name: given[language] if isinstance(given, Both) else given
        for name, given in params.items()
    }
