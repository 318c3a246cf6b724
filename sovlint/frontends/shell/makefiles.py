"""Files whose recipes are scripts (make, just), and Jenkinsfiles: which scripts stand in them. Nothing is ever run.

Variables of the file are put in where they are sure. What the caller may set (``?=``), what a function makes and what
nobody sets here is a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.holes import HOLE
from sovlint.model.source import SourceFile, Span

MAX_DEPTH: Final = 5
MAX_TEXT: Final = 20_000
"""Variables that are made of others are followed no further, and no longer texts are made."""

_ASSIGNED: Final = re.compile(
    r"(?:(?:export|override)\s+)*([A-Za-z_][\w.-]*)\s*(\?=|:{1,3}=|\+=|=)\s*(.*)", re.DOTALL
)
_VARIABLE: Final = re.compile(r"\$\$|\$[({]([\w.-]+)[)}]|\$[@<^?*+%|]|\{\{\s*([\w.-]+)\s*\}\}")
_PREFIX: Final = re.compile(r"^[\s@+-]*")
_SHELL: Final = re.compile(
    r"\b(?:sh|bat|powershell)\s*\(?\s*(?:script\s*:\s*)?(\"\"\"|'''|\"|')(.*?)\1", re.DOTALL
)
_ENVIRONMENT: Final = re.compile(
    r"(?<![\w.])([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'][^\n]*)"
)
_FOLDER: Final = re.compile(r"\bdir\s*\(\s*([\"'])(.*?)\1\s*\)\s*\{")
_QUOTED: Final = re.compile(r"([\"'])([^\"'$]*)\1")


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


def recipes(file: SourceFile) -> Recipes:
    """The recipes of a Makefile or a justfile. Each line of a recipe is a script of its own."""
    scripts: list[RecipeScript] = []
    written: dict[str, str | None] = {}
    places: dict[str, Span] = {}
    target = ""
    for number, line in _logical(file):
        where = Span(file.path, number, 1, number, 1)
        if line[:1].isspace():
            scripts.append(RecipeScript(_PREFIX.sub("", line), where, target=target))
        elif (met := _ASSIGNED.match(line)) is not None:
            name, sign, value = met.groups()
            before = written.get(name) or ""
            value = value.strip().strip("\"'") if sign == ":=" else value.strip()
            written[name] = None if sign == "?=" else f"{before} {value}" if sign == "+=" else value
            places[name] = where
        elif ":" in line:
            target = line
    filled = (replace(each, text=_filled(each.text, written, MAX_DEPTH)) for each in scripts)
    values = {name: _value(written, name) for name in written}
    return Recipes(tuple(filled), {name: (values[name], places[name]) for name in written})


def jenkins(file: SourceFile) -> Recipes:
    """The scripts of a Jenkinsfile, and what its environments give them."""
    text = file.data.decode("utf-8", "replace")
    scripts = [
        RecipeScript(met[2], _at(file, text, met.start()), _folder_at(text, met.start()))
        for met in _SHELL.finditer(text)
    ]
    variables = {}
    outside = _SHELL.sub(lambda met: re.sub(r"[^\n]", " ", met[0]), text)
    for met in _ENVIRONMENT.finditer(outside):
        quoted = _QUOTED.fullmatch(met[2])
        value = None if quoted is None else quoted[2]
        variables[met[1]] = (value, _at(file, text, met.start(1)))
    return Recipes(tuple(scripts), variables)


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


def _value(written: Mapping[str, str | None], name: str) -> str | None:
    value = written[name]
    filled = None if value is None else _filled(value, written, MAX_DEPTH)
    return None if filled is None or HOLE in filled else filled


def _filled(text: str, written: Mapping[str, str | None], depth: int) -> str:
    """A text with variables put in; what isn't known is a hole."""

    def replaced(met: re.Match[str]) -> str:
        if met[0] == "$$":
            return "$"
        value = written.get(met[1] or met[2] or "")
        if value is None or depth == 0:
            return HOLE
        return _filled(value, written, depth - 1)

    return _without_functions(_VARIABLE.sub(replaced, text[:MAX_TEXT]))[:MAX_TEXT]


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


def _at(file: SourceFile, text: str, start: int) -> Span:
    number = text.count("\n", 0, start) + 1
    return Span(file.path, number, 1, number, 1)


def _folder_at(text: str, start: int) -> str:
    """The folders of the blocks ``dir('x') { ... }`` that something stands in, joined."""
    around = []
    for met in _FOLDER.finditer(text, 0, start):
        inside = text[met.end() : start]
        if inside.count("{") >= inside.count("}"):
            around.append(met[2])
    return "/".join(around)
