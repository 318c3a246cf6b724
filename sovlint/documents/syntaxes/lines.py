"""Files of which a pattern of a line, or of a directive, tells what they say -> trees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sovlint.documents.tree import Node, Pairs
from sovlint.model.source import SourceFile, Span
from sovlint.rules.keys import KeyPath

MAX_DIRECTIVE: Final = 2_000
"""Longer ones aren't looked at."""

_COMMENTS: Final = ("#", "//", ";", "--", "*")
_OPAQUE: Final = re.compile(
    r"(?<![^\s;{}])#[^\n]*|<%(?!=).{0,400}?%>|\{%.{0,400}?%\}", re.DOTALL
)
"""Comments, and what templates do rather than say."""
_SIGNS: Final = re.compile(r"\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}|(?P<end>[;{}])")
"""What ends a directive or the head of a block, but for what variables and templates have around them."""


def placed_lines(file: SourceFile) -> Iterator[tuple[Span, str]]:
    """The lines of a file, each with where it stands."""
    for number, line in file.lines():
        yield Span(file.path, number, 1, number, len(line) + 1), line


def trees(file: SourceFile, pattern: re.Pattern[str]) -> list[Node]:
    """Lines in which a pattern with the groups ``name`` and ``value`` is found, but for comments."""
    whole = Pairs()
    for where, line in placed_lines(file):
        met = None if line.lstrip().startswith(_COMMENTS) else pattern.search(line)
        if met is not None:
            stretch = Span(file.path, where.line, met.start() + 1, where.line, met.end() + 1)
            whole.add((met["name"],), Node(met["value"].strip("\"'"), stretch))
    return [whole.tree(file.path)]


def directives(file: SourceFile, pattern: re.Pattern[str]) -> list[Node]:
    """Directives in which a pattern is found, as nginx has them: up to ``;``, in blocks or not, however they are laid
    out. Each is looked at with single blanks and without quotes, as ``proxy_pass https://a.acme.fr;``."""
    text = _OPAQUE.sub(_blanked, file.data.decode("utf-8", "replace"))
    whole = Pairs()
    counts: Counter[str] = Counter()
    line, upto = 1, 0
    for at, written in _directives(text):
        said = " ".join(re.sub("[\"']", "", written).split())
        met = pattern.search(said)
        if met is not None:
            line, upto = line + text.count("\n", upto, at), at
            start = at - text.rfind("\n", 0, at)
            where = Span(
                file.path, line, start, line, start + len(written.partition("\n")[0])
            )
            whole.add(_numbered(met["name"], counts), Node(met["value"], where))
    return [whole.tree(file.path)]


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
