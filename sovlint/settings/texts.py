"""Readers of line-based files: Java properties, INI and whatever a pattern of a line can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sovlint.model.source import SourceFile, Span
from sovlint.rules.configuration import Entry, Format
from sovlint.rules.keys import KeyPath
from sovlint.settings.values import valued

_PROPERTY: Final = re.compile(r"[ \t\f]*((?:\\.|[^\s:=\\])+)[ \t\f]*[=:]?[ \t\f]*(.*)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_SECTION: Final = re.compile(r"\s*\[([^\]]+)\]\s*(?:[#;].*)?$")
_SIGN: Final = re.compile(r"[=:]")
_COMMENT: Final = re.compile(r"\s[#;]")
_KEY: Final = re.compile(r"[^.\[\]]+")
_OPAQUE: Final = re.compile(r"(?<![^\s;{}])#[^\n]*|<%(?!=).{0,400}?%>|\{%.{0,400}?%\}", re.DOTALL)
"""Comments, and what templates do rather than say."""
_SIGNS: Final = re.compile(r"\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}|(?P<end>[;{}])")
"""What ends a directive or the head of a block, but for what variables and templates have around them."""
MAX_DIRECTIVE: Final = 2_000
"""Longer ones aren't looked at."""
_SEPARATOR: Final = re.compile(r"[#!]---\s*$")


def properties(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """Java's properties (``java.util.Properties.load``); ``#---`` parts documents, as Spring Boot does."""
    documents: list[list[Entry]] = [[]]
    for number, line in _logical(file):
        if _SEPARATOR.match(line):
            documents.append([])
        elif line.strip() and line.lstrip()[0] not in "#!":
            met = _PROPERTY.match(line)
            if met is not None:
                where = Span(file.path, number, 1, number, len(file.line(number)) + 1)
                path = tuple(_KEY.findall(_plain(met[1])))
                documents[-1].append(Entry(path, valued(_plain(met[2]).strip(), where, kind.default), where))
    return [tuple(each) for each in documents]


def _logical(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Lines put together where one ends with an odd number of backslashes; a comment never goes on."""
    start, whole = 0, ""
    for number, line in enumerate(file.data.decode("utf-8", "replace").splitlines(), start=1):
        start = start if whole else number
        whole += line.lstrip() if whole else line
        comment = whole.lstrip()[:1] in ("#", "!")
        if not comment and (len(whole) - len(whole.rstrip("\\"))) % 2:
            whole = whole[:-1]
            continue
        yield start, whole
        whole = ""
    if whole:
        yield start, whole


def _plain(text: str) -> str:
    def escaped(met: re.Match[str]) -> str:
        inner = met[1]
        return chr(int(inner[1:], 16)) if len(inner) > 1 else _ESCAPES.get(inner, inner)

    return _ESCAPE.sub(escaped, text) if "\\" in text else text


def ini(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """Sections with ``key = value``; lines without a sign, and comments, say nothing."""
    found: list[Entry] = []
    section: KeyPath = ()
    for number, line in enumerate(file.data.decode("utf-8", "replace").splitlines(), start=1):
        if line.lstrip()[:1] in ("#", ";", ""):
            continue
        if head := _SECTION.match(line):
            section = (head[1].strip(),)
        elif met := _SIGN.search(line):
            where = Span(file.path, number, 1, number, len(line) + 1)
            text = _COMMENT.split(line[met.end() :], maxsplit=1)[0].strip().strip("\"'")
            if key := line[: met.start()].strip():
                found.append(Entry((*section, key), valued(text, where, kind.default), where))
    return [tuple(found)]


def lines(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """Lines that the format's pattern finds, but for comments."""
    found: list[Entry] = []
    for number, line in enumerate(file.data.decode("utf-8", "replace").splitlines(), start=1):
        if kind.line is None or line.lstrip().startswith(("#", "//", ";", "--", "*")):
            continue
        if met := kind.line.search(line):
            where = Span(file.path, number, met.start() + 1, number, met.end() + 1)
            found.append(Entry((met["name"],), valued(met["value"].strip("\"'"), where, kind.default), where))
    return [tuple(found)]


def directives(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """Directives that the format's pattern finds, as nginx has them: up to ``;``, in blocks or not, however they are
    laid out. Each is looked at with single blanks and without quotes, as ``proxy_pass https://a.acme.fr;``."""
    text = _OPAQUE.sub(_blanked, file.data.decode("utf-8", "replace"))
    found: list[Entry] = []
    counts: Counter[str] = Counter()
    line, upto = 1, 0
    for at, written in _directives(text):
        said = " ".join(re.sub("[\"']", "", written).split())
        met = None if kind.line is None else kind.line.search(said)
        if met is not None:
            line, upto = line + text.count("\n", upto, at), at
            start = at - text.rfind("\n", 0, at)
            where = Span(file.path, line, start, line, start + len(written.partition("\n")[0]))
            found.append(Entry(_numbered(met["name"], counts), valued(met["value"], where, kind.default), where))
    return [tuple(found)]


def _numbered(name: str, counts: Counter[str]) -> KeyPath:
    """The key of a directive, told from those before it that are called the same."""
    number = counts[name]
    counts[name] += 1
    return (name, str(number)) if number else (name,)


def _directives(text: str) -> Iterator[tuple[int, str]]:
    """What ends with ``;``, and where it begins."""
    start = 0
    for sign in _SIGNS.finditer(text):
        if sign["end"] is None:
            continue
        if sign["end"] == ";" and sign.start() - start < MAX_DIRECTIVE:
            written = text[start : sign.end()]
            yield start + len(written) - len(written.lstrip()), written.lstrip()
        start = sign.end()


def _blanked(met: re.Match[str]) -> str:
    """A comment or what a template has for itself as blanks, so that all else stays where it is."""
    return re.sub(r"[^\n]", " ", met[0])
