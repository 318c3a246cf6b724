"""Dockerfiles (Containerfiles) -> trees: what each stage sets, and what it runs.

``stages.0.ENV.NAME`` holds a value, ``stages.0.RUN.0`` a script, ``stages.0.START.0`` the script that a container
starts. A command that is a list of words has its program at ``PROGRAM`` and the others below ``WORDS``. What stands
before the first stage is at ``ARG``. ``stages.0.COPY./app/`` holds what of the repository is copied there, and
``stages.0.WORKDIR`` the folder in which all that runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from posixpath import join
from typing import Final

from sovlint.documents.tree import Node, Pairs
from sovlint.model.source import SourceFile, Span
from sovlint.rules.keys import KeyPath

MAX_INSTRUCTION: Final = 100_000
"""Of a longer instruction no more is looked at."""

_HEAD: Final = re.compile(r"\s*([A-Za-z]+)\s+(.*)", re.DOTALL)
_GOES_ON: Final = re.compile(r"[\\`]\s*$")
_OPTION: Final = re.compile(r"--[\w-]+(?:=\S*)?\s+")
_HERE: Final = re.compile(r"<<-?([\"']?)(\w+)\1")
_PAIR: Final = re.compile(r"([\w.:/-]+)=((?:\"(?:\\.|[^\"\\])*\"|'[^']*'|\\.|[^\s\"'\\])*)")
_PLAIN: Final = re.compile(r"([\w.:/-]+)\s+(.*)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_SETS: Final = ("ENV", "ARG", "LABEL")
_STARTS: Final = ("CMD", "ENTRYPOINT")
_COPIES: Final = ("COPY", "ADD")
_OF_ANOTHER: Final = "--from="


def trees(file: SourceFile) -> list[Node]:
    """What a file says. Variables stay as they are written."""
    whole = Pairs()
    stage = _Stage()
    number = -1
    for where, name, rest in _instructions(file):
        if name == "FROM":
            stage.end(whole, number)
            stage, number = _Stage(), number + 1
        elif name in _SETS:
            at = ("stages", str(number)) if number >= 0 else ()
            for key, value, below in _pairs(rest):
                whole.add((*at, name, key), Node(value, _own(where, below)))
        elif number >= 0:
            stage.add(whole, ("stages", str(number)), name, rest, where)
    stage.end(whole, number)
    return [whole.tree(file.path)]


class _Stage:
    """What a stage runs: each script as it comes, and what a container starts once the stage is at its end."""

    def __init__(self) -> None:
        self._scripts = 0
        self._starts: dict[str, tuple[list[str] | str, Span]] = {}
        self._folder: tuple[str, Span] | None = None

    def add(self, whole: Pairs, at: KeyPath, name: str, rest: str, where: Span) -> None:
        """One more instruction."""
        is_of_another = rest.startswith(_OF_ANOTHER)
        while met := _OPTION.match(rest):
            rest = rest[met.end() :]
        words = _words(rest)
        if name in _STARTS:
            self._starts[name] = (words or rest, where)
        elif name == "RUN":
            script = " ".join(map(_quoted, words)) if words else rest
            whole.add((*at, "RUN", str(self._scripts)), Node(script, where))
            self._scripts += 1
        elif name == "WORKDIR":
            self._folder = join(self._in_folder(), _bare(rest)), where
        elif name in _COPIES and not is_of_another:
            *sources, target = words or rest.split() or [""]
            target = join(self._in_folder(), target + "/" * (len(sources) > 1))
            for source in sources:
                whole.add((*at, "COPY", target), Node(source, where))

    def _in_folder(self) -> str:
        return "/" if self._folder is None else self._folder[0]

    def end(self, whole: Pairs, number: int) -> None:
        """What a container of the stage starts: the words of CMD follow those of ENTRYPOINT."""
        at = ("stages", str(number))
        if self._folder is not None:
            whole.add((*at, "WORKDIR"), Node(*self._folder))
        words: list[tuple[str, Span]] = []
        for name in reversed(_STARTS):
            said, where = self._starts.get(name, ([], None))
            if isinstance(said, str) and where is not None:
                whole.add((*at, "START", name), Node(said, where))
            elif where is not None:
                words += [(word, where) for word in said]
        for index, (word, where) in enumerate(words):
            keys = ("PROGRAM",) if index == 0 else ("WORDS", str(index - 1))
            whole.add((*at, *keys), Node(word, _own(where)))


def _instructions(file: SourceFile) -> Iterator[tuple[Span, str, str]]:
    """Each instruction with its name and all that follows, on whatever lines; comments are left out."""
    lines = iter(file.lines())
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        said, last = [line], number
        while _GOES_ON.search(said[-1]):
            said[-1] = _GOES_ON.sub("", said[-1])
            last, following = next(lines, (last, ""))
            said.append("" if following.lstrip().startswith("#") else following)
            if following.lstrip().startswith("#"):
                said[-1] = "\\"  # a comment between two lines doesn't end the instruction
        met = _HEAD.match("\n".join(said)[:MAX_INSTRUCTION])
        if met is None:
            continue
        number += met.string.count("\n", 0, met.start(2))
        rest = met[2]
        here = [each[2] for each in _HERE.finditer(rest)] if met[1].upper() == "RUN" else []
        for word in here:
            rest, last = _with_text(rest, word, lines, last)
        yield Span(file.path, number, 1, last, 1), met[1].upper(), rest.strip()


def _with_text(
    rest: str, word: str, lines: Iterator[tuple[int, str]], last: int
) -> tuple[str, int]:
    """An instruction with the text that follows it up to a line with ``word``; alone, the text is the script."""
    text = []
    for number, line in lines:
        last = number
        if line.strip() == word:
            break
        text.append(line)
    alone = _HERE.fullmatch(rest.strip()) is not None
    script = "\n".join(text)
    return (script if alone else f"{rest}\n{script}\n{word}\n"), last


def _pairs(rest: str) -> Iterator[tuple[str, str, int]]:
    """``NAME=value ...``, or ``NAME value``; with how many lines are before each."""
    first = _PAIR.match(rest)
    if first is None:
        plain = _PLAIN.match(rest)
        if plain is not None:
            yield plain[1], _bare(plain[2].replace("\n", " ").strip()), 0
        return
    for met in _PAIR.finditer(rest):
        value = _bare(met[2]).replace("\n", " ")
        yield _bare(met[1]), value, rest.count("\n", 0, met.start())


def _bare(text: str) -> str:
    quoted = text[:1] in "\"'" and text[:1] == text[-1:] and len(text) > 1
    return _ESCAPED.sub(r"\1", text[1:-1] if quoted else text)


def _words(rest: str) -> list[str]:
    """The words of a command that is written as a list; none where it is a script."""
    if not rest.lstrip().startswith("["):
        return []
    try:
        found = json.loads(rest.replace("\n", " "))
    except ValueError:
        return []
    return [str(each) for each in found] if isinstance(found, list) else []


def _own(where: Span, below: int = 0) -> Span:
    """A place of its own, some lines further down: settings of one instruction are told apart by theirs."""
    line = where.line + below
    return Span(where.path, line, where.column, max(line, where.end_line), where.end_column)


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
