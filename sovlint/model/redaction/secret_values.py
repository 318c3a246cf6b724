"""How far a value goes that begins somewhere in a text, and what of it is written out: a secret has no other end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.model.redaction.patterns import QUOTE, LatePattern, late
from sovlint.model.redaction.secret_names import is_expression, is_literal, is_reference

SecretRange = tuple[int, int]
"""Where a secret begins and ends."""

_SOME: Final = 120
"""So much of a value tells whether it is a reference or an expression."""
_LONGEST: Final = 20_000
"""What is in quotes is no longer."""
_FEW: Final = 2_000
"""So far within an expression texts are looked for."""
OPENING: Final = late(rf"\$?({QUOTE})")
"""How a value begins that stands in quotes."""
_BARE: Final = late(
    r"""(?: \$\{[^}\s]{0,200}\} | "[^"\s,]+(?:"(?!\s*[,:\]}])) | '[^'\s,]+(?:'(?!\s*[,:\]}]))  # a"b"c: one word
          | (?![;&,][\w. -]{1,40}=) (?![)}\]]{1,9}(?:[\s"'`;,|&\\]|$)) (?!\\{1,8}["'`]|\\\r?\n|\\n) [^\s"'`] )+""",
    re.VERBOSE,
)
"""A word of a shell, up to the next setting of a connection string or of ``--set a=b,c=d``."""
PLAIN: Final = late(
    r"""(?: \$\{[^}\r\n]{0,200}\}
          | (?!\s\#) (?!,\s{0,40}\\?["']?[\w.-]{1,60}\\?["']?\s{0,9}[:=]) (?![}\]]\s{0,40}(?:[,}\]\r\n]|$))
          (?!\\{0,8}["'](?:[\s,}\])]|$)) [^\r\n] )+""",
    re.VERBOSE,
)
"""A plain scalar of YAML, or what a header says."""
_UNTIL: Final = {quote: late(rf"(?:\\.|[^{quote}\\\r\n])*") for quote in ('"', "'", "`")}
SCHEME: Final = late(
    r"(?:basic|bearer|token|digest|apikey|api-key|key|negotiate|bot|splunk|genie_?key)[ \t]+",
    re.IGNORECASE,
)
"""What stands before the secret of a header."""
_DEFAULT: Final = late(r"\$\{[\w.-]{1,100}(?::[-=]?|-|=)(?=[^?+}])([^}\r\n]*)")
_STRING: Final = late(r'"((?:\\.|[^"\\\r\n])*)"')


def value_at(text: str, at: int, bare: LatePattern = _BARE) -> SecretRange | None:
    """The value that begins at ``at``: what stands in quotes, else as much as ``bare`` takes."""
    opened = OPENING().match(text, at)
    if opened is None:
        met = None if is_reference(text[at : at + _SOME]) else bare().match(text, at)
        return met.span() if met is not None else None
    quote, start = opened[1], opened.end()
    if len(quote) > 1:
        return start, end_of(text, start, quote)
    met = _UNTIL[quote]().match(text, start)
    return met.span() if met is not None else None


def end_of(text: str, at: int, quote: str) -> int:
    """Where what is quoted ends: at the quote, or with the line."""
    most = min(at + _LONGEST, len(text))
    return min(
        place if place >= 0 else most
        for place in (text.find(mark, at, most) for mark in (quote, "\n"))
    )


def literal_in(text: str, stretch: SecretRange | None) -> Iterator[SecretRange]:
    """What of a value is written out: all of it, the default of a variable, or nothing."""
    if stretch is None:
        return
    start, end = stretch
    value = text[start:end]
    if (default := _DEFAULT().match(value)) is not None:
        if is_literal(default[1]):
            yield start + default.start(1), start + default.end(1)
    elif is_literal(value):
        yield start, end


def assigned_at(text: str, at: int, colon: bool, tight: bool) -> Iterator[SecretRange]:
    """What is written out of a value that is assigned, after a ``colon`` or another sign; ``tight``: without blanks."""
    scheme = SCHEME().match(text, at)
    if scheme is not None:
        yield from literal_in(text, value_at(text, scheme.end(), PLAIN))
    elif text.startswith("[", at):
        yield from texts_in(text, at, end_of(text, at, "]"))
    elif (not tight or colon) and is_expression(text[at : at + _SOME]):
        yield from _strings(text, at)
    elif (stretch := value_at(text, at, PLAIN if colon and not tight else _BARE)) is not None:
        inner = SCHEME().match(text, stretch[0]) if stretch[0] > at else None
        within = inner is not None and inner.end() < stretch[1]
        yield from literal_in(
            text, (inner.end(), stretch[1]) if inner is not None and within else stretch
        )


def _strings(text: str, at: int) -> Iterator[SecretRange]:
    """The texts of an expression: of both arms of a condition, or within a call, unless that reads a file."""
    end = end_of(text, at, "\n")
    if " ? " in text[at:end]:
        yield from texts_in(text, at, end)
        return
    opened = text.find("(", at, min(end, at + 100))
    if opened >= 0 and not text[at:opened].endswith(("file", "filebase64", "lookup")):
        yield from texts_in(text, opened, end)


def texts_in(text: str, at: int, end: int) -> Iterator[SecretRange]:
    """The texts in double quotes that are written out."""
    for met in _STRING().finditer(text, at, min(end, at + _FEW)):
        if is_literal(met[1]):
            yield met.span(1)


def lines_below(text: str, start: int, at: int, block: bool) -> Iterator[SecretRange]:
    """The lines of a value that begins below its key: all that stand deeper."""
    begin = text.rfind("\n", 0, start) + 1
    indent = start - begin - len(text[begin:start].lstrip(" -\"'"))
    for number, line in enumerate(_lines(text, at)):
        stood = text[line[0] : line[1]]
        bare = stood.strip()
        if number > 200 or (bare and len(stood) - len(stood.lstrip()) <= indent):
            return
        if not block and (
            bare.startswith(("-", "#"))
            or re.match(r"[\"']?[\w./-]+[\"']?\s*[:=(]", bare) is not None
        ):
            return
        if bare and is_literal(bare):
            yield line[0] + len(stood) - len(stood.lstrip()), line[0] + len(stood.rstrip())


def _lines(text: str, at: int) -> Iterator[SecretRange]:
    at = text.find("\n", at)
    while at >= 0:
        end = text.find("\n", at + 1)
        yield at + 1, len(text) if end < 0 else end
        at = end
