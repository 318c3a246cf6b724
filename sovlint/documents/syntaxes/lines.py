"""Files of which a pattern of a line, or of a directive, tells what they say -> trees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.documents.tree import Node, Pairs
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile, Span
from sovlint.rules.keys import KeyPath

MAX_DIRECTIVE: Final = 2_000
"""Longer ones aren't looked at."""

_COMMENTS: Final = ("#", "//", ";", "--", "* ", "*/")
_OPAQUE: Final = late_pattern(
    r"(?<![^\s;{}])#[^\n]*|<%(?!=).{0,400}?%>|\{%.{0,400}?%\}", re.DOTALL
)
"""Comments, and what templates do rather than say."""
_SIGNS: Final = late_pattern(r"\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}|(?P<end>[;{}])")
"""What ends a directive or the head of a block, but for what variables and templates have around them."""
_REMARKS: Final = late_pattern(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
"""Comments of SQL."""
_END: Final = late_pattern(r"(?P<end>;)")

_SET: Final = late_pattern(r"set \$(\w+) ([^$\s]+) ?;")
_VARIABLE: Final = late_pattern(r"\$\{?(\w+)\b\}?")
_QUOTES: Final = late_pattern("[\"']")
_WORD: Final = late_pattern(r"\"[^\"]*\"|'[^']*'|[^\s\"']+")


def placed_lines(file: SourceFile) -> Iterator[tuple[Span, str]]:
    """The lines of a file, each with where it stands."""
    for number, line in file.lines():
        yield Span(file.path, number, 1, number, len(line) + 1), line


def trees(file: SourceFile, pattern: re.Pattern[str]) -> list[Node]:
    """Lines in which a pattern with the groups ``name`` and ``value`` is found, but for comments. With a group
    ``values`` each word of it is one, at its number among those of that name."""
    whole = Pairs()
    counts: Counter[str] = Counter()
    for where, line in placed_lines(file):
        met = None if line.lstrip().startswith(_COMMENTS) else pattern.search(line)
        if met is None:
            continue
        said = met.groupdict()
        if said.get("values") is not None:
            for word in _WORD.findall(said["values"]):
                own = Span(file.path, where.line, met.start() + 1, where.line, met.end() + 1)
                whole.add((met["name"], str(counts[met["name"]])), Node(_bare(word), own))
                counts[met["name"]] += 1
        elif said.get("value") is not None:
            own = Span(file.path, where.line, met.start() + 1, where.line, met.end() + 1)
            whole.add((met["name"],), Node(_bare(said["value"]), own))
    return [whole.tree(file.path)]


def _bare(word: str) -> str:
    return word.strip("\"'")


def directives(file: SourceFile, pattern: re.Pattern[str]) -> list[Node]:
    """Directives in which a pattern is found, as nginx has them: up to ``;``, in blocks or not, however they are laid
    out. Each is looked at with single blanks and without quotes, as ``proxy_pass https://a.acme.fr;``, and with the
    variables put in that the file sets itself."""
    text = _OPAQUE.sub(_blanked, file.data.decode("utf-8", "replace"))
    found = list(_directives(text, _SIGNS))
    variables = _set_once(said for _, _, said in found)
    filled = (
        (at, written, _VARIABLE.sub(lambda met: variables.get(met[1], met[0]), said))
        for at, written, said in found
    )
    return [_tree(file, text, pattern, filled)]


def statements(file: SourceFile, pattern: re.Pattern[str]) -> list[Node]:
    """Statements of SQL in which a pattern is found, each with single blanks and without quotes."""
    text = _REMARKS.sub(_blanked, file.data.decode("utf-8", "replace"))
    return [_tree(file, text, pattern, _directives(text, _END))]


def _tree(
    file: SourceFile,
    text: str,
    pattern: re.Pattern[str],
    found: Iterable[tuple[int, str, str]],
) -> Node:
    """What a pattern finds in directives, each with the place where it begins."""
    whole = Pairs()
    counts: Counter[str] = Counter()
    line, upto = 1, 0
    for at, written, said in found:
        met = pattern.search(said)
        if met is None:
            continue
        line, upto = line + text.count("\n", upto, at), at
        start = at - text.rfind("\n", 0, at)
        where = Span(file.path, line, start, line, start + len(written.partition("\n")[0]))
        whole.add(_numbered(met["name"], counts), Node(met["value"], where))
    return whole.tree(file.path)


def _set_once(directives: Iterable[str]) -> dict[str, str]:
    """Variables that a file sets itself (``set $api https://api.acme.fr;``), and to one thing alone."""
    found: dict[str, set[str]] = {}
    for said in directives:
        if (met := _SET.fullmatch(said)) is not None:
            found.setdefault(met[1], set()).add(met[2])
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def _numbered(name: str, counts: Counter[str]) -> KeyPath:
    """The key of a directive, told from those before it that are called the same."""
    number = counts[name]
    counts[name] += 1
    return (name, str(number)) if number else (name,)


def _directives(text: str, signs: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """What ends with ``;``: where it begins, how it is written, and with single blanks and without quotes."""
    start = 0
    for sign in signs.finditer(text):
        if sign["end"] is None:
            continue
        if sign["end"] == ";" and sign.start() - start < MAX_DIRECTIVE:
            written = text[start : sign.end()]
            kept = written.lstrip()
            said = " ".join(_QUOTES.sub("", kept).split())
            yield start + len(written) - len(kept), kept, said
        start = sign.end()


def _blanked(met: re.Match[str]) -> str:
    """A comment or what a template has for itself as blanks, so that all else stays where it is."""
    return re.sub(r"[^\n]", " ", met[0])
