"""Errors and help in French. They are written in English where they arise, and their English is the key.

Whatever ends a run is rare, so its sentences are looked up when one is shown, and no run that goes well pays for it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from sovlint.report.french.errors import ERRORS
from sovlint.report.french.usage import USAGE
from sovlint.report.messages import TEMPLATES

SENTENCES: Final[Mapping[str, str]] = {**USAGE, **ERRORS}
"""English -> French, with the same holes."""
SPOKEN: Final = frozenset({"problem", "reason", "more", "why", "kind", "listed", "value"})
"""Holes that hold a sentence or words of ours, which are put into French as well; all others hold what people wrote."""

_AT: Final = re.compile(r"((?:[^\s:]|[^\s:] (?=\S))+:\d+(?::\d+)?): (.+)", re.DOTALL)
"""A place in a file, and what is wrong there."""
_END: Final = re.compile(r"(?<=[.?:]) ")


def in_language(text: str, language: str) -> str:
    """What is wrong, or a hint, in ``language``; as it is where nobody gave the French for it."""
    if language != "fr":
        return text
    return "\n".join(map(_french, text.split("\n")))


def _french(text: str) -> str:
    if text in SENTENCES:
        return SENTENCES[text]
    for matched, french in _patterns():
        if found := matched(text):
            return french.format_map({name: _filled(name, each) for name, each in found.items()})
    if placed := _AT.fullmatch(text):
        return f"{placed[1]} : {_french(placed[2])}"
    return _in_parts(text)


def _filled(name: str, written: str) -> str:
    return _french(written) if name.rstrip("0123456789") in SPOKEN else written


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
    """What tells each sentence with holes, those with most words of their own first; then those of reports."""
    ours = sorted(SENTENCES.items(), key=lambda both: -_said(both[0]))
    others = ((english, french) for english, french in TEMPLATES.values() if _said(english) > 12)
    return tuple((_matching(english), french) for english, french in (*ours, *others))


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
