"""How far a value goes that begins somewhere in a text, and what of it is written out: a secret has no other end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from sovlint.model.decoding import LatePattern, late
from sovlint.model.redaction.patterns import QUOTE
from sovlint.model.redaction.secret_names import is_expression, is_literal, is_reference

SecretRange = tuple[int, int]
"""Where a secret begins and ends."""
SecretRule = Callable[[str, re.Match[str]], Iterator[SecretRange]]
"""What is secret of what a pattern met in a text."""

_SOME: Final = 120
"""So much of a value tells whether it is a reference or an expression."""
_LONGEST: Final = 20_000
"""What is in quotes is no longer."""
_FEW: Final = 2_000
"""So far within an expression texts are looked for."""
_SHORT_MAP: Final = 400
"""So far the brace that closes the map of one secret is looked for."""
_LINE_END: Final = late(r"\n[ \t]*|[{,][ \t]*")
_FEW_LINES: Final = 8
_MOST_LINES: Final = 200
"""A value has no more lines."""
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
_UNTIL: Final = {
    '"': late(r'(?:\\.|[^"\\\r\n])*'),
    "'": late(r"(?:\\.|''(?![\s,;:)}\]]|$)|[^'\\\r\n])*"),
    "`": late(r"(?:\\.|[^`\\\r\n])*"),
}
"""What stands in quotes; YAML writes a single quote twice."""
SCHEME: Final = late(
    r"(?:basic|bearer|token|digest|apikey|api-key|key|negotiate|bot|splunk|genie_?key)[ \t]+",
    re.IGNORECASE,
)
"""What stands before the secret of a header."""
_DEFAULT: Final = late(r"\$\{[\w.-]{1,100}(?::[-=]?|-|=)(?=[^?+}])([^}\r\n]*)")
_STRING: Final = late(
    r"""(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote))[^\\\r\n])*)(?P=quote)"""
)
_HEREDOC: Final = late(
    r"""<<[-~]?[ \t]{0,9}["']?(?P<word>\w{1,60})["']?[^\r\n]{0,200}\r?\n"""
)
_INNER: Final = late(
    rf"""\{{?\s{{0,80}}{QUOTE}?(?:value|literal|inline|inlineString|plain|plaintext|raw){QUOTE}?
         [ \t]{{0,9}}(?P<sign>[:=])[ \t]{{0,9}}(?=\S)""",
    re.VERBOSE,
)
"""What holds the value of a map that is named like a secret."""
_ENTRY: Final = late(r"""[\w./-]{1,200}["']?\]?[ \t]{0,9}(?P<sign>=>|[:=])[ \t]{0,9}""")
_LIST: Final = late(
    r"""\[\s{0,200}(?:(?:"[^"\r\n]{0,400}"|'[^'\r\n]{0,400}')\s{0,200},?\s{0,200}){1,50}\]"""
)
_BRACES: Final = late(r"""[{}]|"(?:\\.|[^"\\\r\n])*\"""")
_OPEN_MAP: Final = late(r"[ \t]{0,9}\{")
_FIELD: Final = late(
    r"""["']?(?:value|[Dd]efault|defaultValue|plaintext)["']?[ \t]{0,9}:[ \t]{1,9}
        (?!["']?(?:/|alias/))(?=[^\s]+[ \t]*[},\r]?$)""",
    re.MULTILINE | re.VERBOSE,
)
"""What holds the value of a map that is named like a secret: one word, since words are a description."""
_OTHER: Final = late(r"[#\[-]|[\"']?[\w./-]+[\"']?\s*[:=(]")
"""How a line begins that is no text: an item, a comment, a key."""
_ITEM: Final = late(r"-[ \t]+(?![^\s:]+:(?:\s|$))")


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
    elif (long := _HEREDOC().match(text, at)) is not None:
        yield _until_word(text, long)
    elif (inner := _INNER().match(text, at)) is not None:
        yield from literal_in(text, value_at(text, inner.end(), PLAIN))
    elif text.startswith("{", at):
        yield from _fields_in(text, at)
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


def _fields_in(text: str, at: int) -> Iterator[SecretRange]:
    """What the value or the default is of a map in braces."""
    closed = text.find("}", at, at + _SHORT_MAP)
    for line in _LINE_END().finditer(text, at, max(at, closed)):
        field = _FIELD().match(text, line.end())
        if field is not None:
            yield from literal_in(text, value_at(text, field.end(), PLAIN))


def _until_word(text: str, met: re.Match[str]) -> SecretRange:
    """The lines of a text that goes on up to a line with a word of its own."""
    last = min(len(text), met.end() + _LONGEST)
    end = re.compile(rf"^[ \t]*{met['word']}\b", re.MULTILINE).search(text, met.end(), last)
    return met.end(), end.start() if end is not None else last


def list_of_texts(text: str, at: int) -> Iterator[SecretRange]:
    """The texts of a list in brackets that begins at ``at``, on however many lines, if it holds nothing else."""
    met = _LIST().match(text, at)
    if met is not None:
        yield from texts_in(text, at, met.end())


def _strings(text: str, at: int) -> Iterator[SecretRange]:
    """The texts of an expression: of both arms of a condition, or within a call, unless that reads a file. Of a call
    that looks a variable up the first is a name."""
    end = end_of(text, at, "\n")
    question = text.find(" ? ", at, end)
    if question >= 0:
        yield from texts_in(text, question, end)
        return
    opened = text.find("(", at, min(end, at + 100))
    called = text[at:opened] if opened >= 0 else "file"
    if called.endswith(("file", "filebase64", "lookup")):
        return
    found = texts_in(text, opened, end)
    if called.endswith(("get", "getenv", "fetch", "env")):
        next(found, None)
    yield from found


def texts_in(text: str, at: int, end: int) -> Iterator[SecretRange]:
    """The texts in quotes that are written out."""
    for met in _STRING().finditer(text, at, min(end, at + _FEW)):
        if is_literal(met["text"]):
            yield met.span("text")


def map_below(text: str, start: int, at: int) -> Iterator[SecretRange]:
    """Every value of a map whose key begins at ``start`` and ends at ``at``: in braces, or on lines that stand deeper."""
    opened = _OPEN_MAP().match(text, at)
    if opened is None:
        yield from _values_below(text, start, at)
        return
    end = _closed(text, opened.end())
    for entry in _ENTRY().finditer(text, opened.end(), end):
        yield from assigned_at(text, entry.end(), entry["sign"] == ":", False)
    yield end, end  # so far it has looked


def _closed(text: str, at: int) -> int:
    """Where the brace is closed that was opened before ``at``."""
    depth, last = 1, min(len(text), at + 4 * _FEW)
    for brace in _BRACES().finditer(text, at, last):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return brace.start()
    return last


def _values_below(text: str, start: int, at: int) -> Iterator[SecretRange]:
    for begin, end in _deeper_lines(text, start, at, items=True):
        if text.startswith("#", begin) or is_reference(text[begin:end]):
            continue
        entry = _ENTRY().match(text, begin, end)
        if entry is not None:
            yield from literal_in(text, value_at(text, entry.end(), PLAIN))
        elif is_literal(text[begin:end]):
            yield begin, end


def lines_below(text: str, start: int, at: int, block: bool) -> Iterator[SecretRange]:
    """The lines of a value that begins below its key: all that stand deeper. Of a map, what its value or default is."""
    for begin, end in _deeper_lines(text, start, at, items=False):
        bare = text[begin:end]
        if not block and _OTHER().match(bare) is not None:
            yield from _value_below(text, start, at)
            return
        if is_literal(bare):
            yield begin, end


def items_below(text: str, start: int, at: int) -> Iterator[SecretRange]:
    """The items of a list below its key that are texts."""
    for begin, end in _deeper_lines(text, start, at, items=True):
        item = _ITEM().match(text, begin, end)
        if item is None:
            return
        yield from literal_in(text, value_at(text, item.end(), PLAIN))


def _value_below(text: str, start: int, at: int) -> Iterator[SecretRange]:
    for begin, end in islice(_deeper_lines(text, start, at, items=False), _FEW_LINES):
        field = _FIELD().match(text, begin, end)
        if field is not None:
            yield from literal_in(text, value_at(text, field.end(), PLAIN))


def _deeper_lines(text: str, start: int, at: int, items: bool) -> Iterator[SecretRange]:
    """Lines below that stand deeper than what begins at ``start``, blank ones and the blanks around left out; ``items``
    of a list may stand as deep."""
    begin = text.rfind("\n", 0, start) + 1
    indent = start - begin - len(text[begin:start].lstrip(" -\"'"))
    for number, (first, last) in enumerate(_lines(text, at)):
        stood = text[first:last]
        bare = stood.strip()
        deep = len(stood) - len(stood.lstrip())
        as_deep = items and deep == indent and bare.startswith("- ")
        if number > _MOST_LINES or (bare and deep <= indent and not as_deep):
            return
        if bare:
            yield first + deep, first + deep + len(bare)


def _lines(text: str, at: int) -> Iterator[SecretRange]:
    at = text.find("\n", at)
    while at >= 0:
        end = text.find("\n", at + 1)
        yield at + 1, len(text) if end < 0 else end
        at = end
