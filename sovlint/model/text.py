"""Words that are rendered late: a note is a key with parameters, and speaks English or French only in a report."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from sovlint.model.decoding import SomeText

LANGUAGES = ("en", "fr")
BLANK = "???"
"""What only people know, in what is drafted for them: ``sovlint check`` tells every one that was left."""


class Bilingual(Struct, frozen=True):
    """A text that data (a policy, the catalogue) gives in both languages."""

    en: SomeText
    fr: SomeText

    def __getitem__(self, language: str) -> str:
        """The text in ``language`` (``en`` or ``fr``)."""
        return self.fr if language == "fr" else self.en


class Note(Struct, frozen=True):
    """A message to be: ``key`` names its template in ``report/messages``, ``params`` fill it.

    A parameter is a string, a number, a ``Bilingual``, another ``Note``, or a tuple of these (joined with commas).
    """

    key: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.key, *sorted(self.params)))
