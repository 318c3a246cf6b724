"""Files whose recipes are scripts (make, just), and Jenkinsfiles: which scripts stand in them. Nothing is ever run.

Variables of the file are put in where they are sure. What the caller may set (``?=``), what a function makes and what
nobody sets here is a hole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from posixpath import dirname, join
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import SourceFile, Span

MAX_DEPTH: Final = 5
MAX_TEXT: Final = 20_000
MAX_VARIABLE: Final = 1_000
MAX_SCRIPTS: Final = 2_000
"""Variables that are made of others are followed no further, no longer texts are made, longer variables are holes, and
of a file with more scripts or variables no further ones are read."""

_ASSIGNED: Final = late_pattern(
    r"(?:(?:export|override)\s+)*([A-Za-z_][\w.-]*)\s*(\?=|:{1,3}=|\+=|=)\s*(.*)", re.DOTALL
)
_VARIABLE: Final = late_pattern(
    r"\$\$|\$[({]([\w.-]+)[)}]|\$[@<^?*+%|]|\{\{\s*([\w.-]+(?:\(\))?)\s*\}\}"
)
_FUNCTION: Final = late_pattern(
    r"\$[({](?:shell\s+)?(?P<name>abspath|realpath|readlink -f|lastword|firstword|strip|patsubst\s+%/,\s*%,|dirname|dir|cd)"
    r"\s*(?P<word>[\w./-]+)(?:\s*(?:&&|;)\s*pwd)?\s*[)}]"
)
"""A function of a path that says which path that is."""
_PREFIX: Final = late_pattern(r"^[\s@+-]*")
_TOKEN: Final = late_pattern(
    r"\b(?:sh|bat|powershell)\s*\(?\s*(?:script\s*:\s*)?(?P<sign>\"\"\"|'''|\"|')(?P<script>.*?)(?P=sign)"
    r"|\bdir\s*\(\s*(?P<quote>[\"'])(?P<folder>[^\"'\n]*)(?P=quote)\s*\)\s*\{|[{}]",
    re.DOTALL,
)
_ENVIRONMENT: Final = late_pattern(
    r"(?<![\w.])([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'][^\n]*)"
)
_QUOTED: Final = late_pattern(r"([\"'])([^\"'$]*)\1")


class RecipeScript(Struct, frozen=True):
    """One script: its text with holes, where it stands, and the folder in which it runs, relative to its base."""

    text: str
    where: Span
    folder: str = ""
    target: str = ""
    """What tells the scripts of one target from those of another."""


class Recipes(Struct, frozen=True):
    """What a file says: its scripts in order, and the variables that they get (``None``: not known)."""

    scripts: tuple[RecipeScript, ...] = ()
    variables: Mapping[str, tuple[str | None, Span]] = {}


def recipes(file: SourceFile, own: str = ".", folder: str = ".") -> Recipes:
    """The recipes of a Makefile or a justfile. Each line of a recipe is a script of its own. ``own``: the folder of the
    file; ``folder``: that in which it runs, as a rule the same."""
    scripts: list[RecipeScript] = []
    variables = _MakeVariables(own, folder)
    target = ""
    for number, line in _logical(file):
        where = Span(file.path, number, 1, number, 1)
        if line[:1].isspace():
            scripts.append(RecipeScript(_PREFIX.sub("", line), where, target=target))
        elif (met := _ASSIGNED.match(line)) is not None:
            variables.assign(met, where)
        elif ":" in line:
            target = line
    filled = (
        replace(each, text=variables.filled(each.text)) for each in scripts[:MAX_SCRIPTS]
    )
    return Recipes(tuple(filled), variables.values())


class _MakeVariables:
    """Variables of a file; ``None`` for what the caller may set."""

    def __init__(self, own: str, folder: str) -> None:
        self._built_in = {
            "MAKEFILE_LIST": join(own, "Makefile"),
            "CURDIR": folder,
            "justfile_directory()": own,
        }
        self._written: dict[str, str | None] = {}
        self._places: dict[str, Span] = {}
        self._known: dict[tuple[str, int], str] = {}

    def assign(self, met: re.Match[str], where: Span) -> None:
        """``NAME := value`` and the like."""
        name, sign, value = met[1], met[2], met[3].strip().strip("\"'")
        before = self._written.get(name) or ""
        if name in self._written or len(self._written) < MAX_SCRIPTS:
            added = f"{before} {value}" if sign == "+=" else value
            self._written[name] = None if sign == "?=" else added[:MAX_TEXT]
            self._places[name] = where

    def values(self) -> dict[str, tuple[str | None, Span]]:
        """What each variable holds, where that is known, and where it is written."""
        found = {name: self._value(name, MAX_DEPTH) for name in self._written}
        return {
            name: (None if HOLE in value else value, self._places[name])
            for name, value in found.items()
        }

    def filled(self, text: str, depth: int = MAX_DEPTH) -> str:
        """A text with variables put in; what isn't known is a hole."""

        def replaced(met: re.Match[str]) -> str:
            return "$" if met[0] == "$$" else self._value(met[1] or met[2] or "", depth)

        found = _VARIABLE.sub(replaced, text[:MAX_TEXT])
        for _ in range(MAX_DEPTH if _FUNCTION.search(found) else 0):
            found = _FUNCTION.sub(_path_of, found)
        return _without_functions(found)[:MAX_TEXT]

    def _value(self, name: str, depth: int) -> str:
        key = (name, depth)
        if key not in self._known:
            written = self._written.get(name, self._built_in.get(name))
            found = HOLE if written is None or depth == 0 else self.filled(written, depth - 1)
            self._known[key] = found if len(found) <= MAX_VARIABLE else HOLE
        return self._known[key]


def jenkins(file: SourceFile) -> Recipes:
    """The scripts of a Jenkinsfile, each in the folders of the blocks ``dir('x') { ... }`` that it stands in, and what
    environments give them."""
    text = file.data.decode("utf-8", "replace")
    ends = [met.start() for met in re.finditer("\n", text)]
    scripts: list[RecipeScript] = []
    blocks: list[str] = []
    for met in _TOKEN.finditer(text):
        if met["script"] is not None and len(scripts) < MAX_SCRIPTS:
            folder = "/".join(filter(None, blocks))
            scripts.append(
                RecipeScript(met["script"], _at(file, ends, met.start("script")), folder)
            )
        elif met[0].endswith("{"):
            blocks.append(met["folder"] or "")
        elif met[0] == "}" and blocks:
            blocks.pop()
    outside = _TOKEN.sub(_blank, text)
    variables: dict[str, tuple[str | None, Span]] = {}
    for met in islice(_ENVIRONMENT.finditer(outside), MAX_SCRIPTS):
        quoted = _QUOTED.fullmatch(met[2])
        value = None if quoted is None else quoted[2]
        variables[met[1]] = (value, _at(file, ends, met.start(1)))
    return Recipes(tuple(scripts), variables)


def _blank(met: re.Match[str]) -> str:
    """Blanks in place of a script, so that no place moves."""
    return met[0] if met["script"] is None else re.sub(r"[^\n]", " ", met[0])


def _logical(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Lines with those that they go on with, and the number of the first."""
    start, held = 0, ""
    for number, line in file.lines():
        start = start if held else number
        held += line
        if line.endswith("\\"):
            held += "\n"
        elif held.strip():
            yield start, held
            held = ""
        else:
            held = ""
    if held.strip():
        yield start, held


def _path_of(met: re.Match[str]) -> str:
    """What a function makes of a path."""
    name, path = met["name"], met["word"]
    if name == "dir":
        return path[: path.rfind("/") + 1] or "./"
    if name == "dirname":
        return dirname(path.rstrip("/")) or ("/" if path[0] == "/" else ".")
    return path.rstrip("/") or "/" if name.startswith("patsubst") else path


def _without_functions(text: str) -> str:
    """A text with a hole for each ``$(function ...)`` of make; the shell's own ``$(...)`` were holes anyway."""
    kept: list[str] = []
    at = 0
    while (start := text.find("$(", at)) >= 0:
        kept += (text[at:start], HOLE)
        at = _closing(text, start + 2)
    return "".join((*kept, text[at:]))


def _closing(text: str, at: int) -> int:
    """Behind the bracket that closes what began before ``at``."""
    depth = 1
    while at < len(text) and depth:
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
    return at


def _at(file: SourceFile, ends: Sequence[int], start: int) -> Span:
    """The line at which a character of a text stands whose lines end at ``ends``."""
    number = bisect_left(ends, start) + 1
    return Span(file.path, number, 1, number, 1)
