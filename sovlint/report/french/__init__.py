"""Errors and help in French. They are written in English where they arise, and their English is the key.

Whatever ends a run is rare, so its sentences are looked up when one is shown, and no run that goes well pays for it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from sovlint.files.package_data import decoded
from sovlint.report.messages.declared import templates

SPOKEN: Final = frozenset({"problem", "reason", "more", "why", "kind", "listed", "value"})
"""Holes that hold a sentence or words of ours, which are put into French as well; all others hold what people wrote."""

_AT: Final = re.compile(r"((?:[^\s:]|[^\s:] (?=\S))+:\d+(?::\d+)?): (.+)", re.DOTALL)
"""A place in a file, and what is wrong there."""
_PLACES: Final = {
    "`the document`": "`le document`",
    "(in the shipped catalogue)": "(dans le catalogue livré)",
    "the shipped catalogue:1:1": "le catalogue livré",
}
"""What stands in the place of a file or of a path in it, in sentences whatever they say."""
_OR: Final = " or "
"""Stands between kinds of values, where one may be of any."""
_END: Final = re.compile(r"(?<=[.?:]) ")


class HelpWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of help, English -> French: what stands for a value, headings, labels in brackets, and defaults."""

    values: Mapping[str, str]
    headings: Mapping[str, str]
    labels: Mapping[str, str]
    defaults: Mapping[str, str]


@cache
def help_words() -> HelpWords:
    """Those that ship."""
    return decoded("report/french/words.json", HelpWords)


def sentences(name: str) -> Mapping[str, str]:
    """A file of sentences, English -> French, with the same holes: ``usage`` or ``errors``."""
    return decoded(f"report/french/{name}.json", dict[str, str])


@cache
def all_sentences() -> Mapping[str, str]:
    """What help and click say, and what ends a run or is found wrong by ``sovlint check``."""
    return {**sentences("usage"), **sentences("errors")}


def in_language(text: str, language: str) -> str:
    """What is wrong, or a hint, in ``language``; as it is where nobody gave the French for it."""
    if language != "fr":
        return text
    said = "\n".join(map(_french, text.split("\n")))
    for english, french in _PLACES.items():
        said = said.replace(english, french)
    return said


def _french(text: str) -> str:
    if known := all_sentences().get(text):
        return known
    for matched, french in _patterns():
        if (found := matched(text)) is not None:
            return french.format_map(
                {name: _filled(name, each) for name, each in found.items()}
            )
    if placed := _AT.fullmatch(text):
        return f"{placed[1]} : {_french(placed[2])}"
    return _in_parts(text)


def _filled(name: str, written: str) -> str:
    if name.rstrip("0123456789") not in SPOKEN:
        return written
    return (
        " ou ".join(map(_french, written.split(_OR))) if name == "kind" else _french(written)
    )


def _in_parts(text: str) -> str:
    """Several sentences, or one of ours with a full stop after it: each by itself."""
    for end in _END.finditer(text):
        first = text[: end.start()]
        if (french := _french(first)) != first:
            return f"{french} {_french(text[end.end() :])}"
    return f"{_french(text[:-1])}." if text.endswith(".") else text


_Match = Callable[[str], Mapping[str, str] | None]


@cache
def _patterns() -> tuple[tuple[_Match, str], ...]:
    """What tells each sentence with holes: ours, then those of reports, and those with most words of their own first."""
    reports = ((each.en, each.fr) for each in templates().values() if _said(each.en) > 12)
    both = (*_longest_first(all_sentences().items()), *_longest_first(reports))
    return tuple((_matching(english), french) for english, french in both)


def _longest_first(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda both: -_said(both[0]))


def _said(template: str) -> int:
    return sum(len(text) for text, *_ in string.Formatter().parse(template))


def _matching(template: str) -> _Match:
    pattern, seen = "", set()
    before = ""
    for text, name, *_ in string.Formatter().parse(template):
        pattern += re.escape(text)
        before = text or before
        if name is None:
            continue
        inside = "[^`]*?" if before.endswith("`") else ".+?"
        pattern += f"(?P={name})" if name in seen else f"(?P<{name}>{inside})"
        seen.add(name)
    compiled = re.compile(pattern, re.DOTALL)

    def match(text: str) -> Mapping[str, str] | None:
        found = compiled.fullmatch(text)
        return found.groupdict() if found else None

    return match
