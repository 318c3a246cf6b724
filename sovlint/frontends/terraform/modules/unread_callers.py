"""Folders of modules that something here runs or calls which no front end reads as a caller: Terraform Stacks, CDKTF, a
program, a script. They are no libraries, whatever values they are given there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import basename, dirname, join, normpath
from typing import Final

from sovlint.frontends.shell.run_names import candidates
from sovlint.frontends.terraform.modules.given.rows import may_be, tells
from sovlint.frontends.terraform.modules.roots import is_below
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile, Span
from sovlint.rules.files.formats import Formats
from sovlint.rules.hints import Hints

MOST_FILES: Final = 500
MOST_BYTES: Final = 500_000
"""Of a repository with more files of programs, no further ones are looked at, and no larger ones."""

_TERRAFORM: Final = re.compile(rb"terraform|tofu", re.IGNORECASE)
_RUNS: Final = re.compile(rb"(?:terraform|tofu)\b(?s:.*)\b(?:plan|apply)\b")
_NAMED: Final = re.compile(
    rb"(?:[\"'`=}\[,(]|(?:^|[:-])[ \t]+|\bcd[ \t]+)[ \t]*"
    rb"(/?\.{0,2}[\w.@-]*(?:/[\w.@-]+)*)/?(?=[\"'`\s,;&\])}]|$)",
    re.MULTILINE,
)
_OF_A_PATH: Final = re.compile(
    rb"(?:dir|directory|path|folder|root|source|\bcd)[\"']?[ \t]*[:=]?[ \t]*[\"']?$",
    re.IGNORECASE,
)
"""What stands before a word that is the name of a folder, though it has no slash."""
_WORD: Final = re.compile(r"[^a-z0-9]+")
_COMMENT: Final = (b"#", b"//", b"*")


def unread_callers(
    folders: Collection[str], reader: Reader, hints: Hints
) -> Mapping[str, Span]:
    """Those of ``folders`` that an unread file names, or that a pipeline or a script runs, with the first place."""
    passing = hints.formats.passing
    wanted = frozenset(each for each in folders if not passing(f"{each}/"))
    found: dict[str, Span] = {}
    if wanted:
        for folder, where in (*_named(wanted, reader, hints), *_run(wanted, reader, hints)):
            found.setdefault(folder, where)
    return found


def _named(
    folders: Collection[str], reader: Reader, hints: Hints
) -> Iterator[tuple[str, Span]]:
    """By files that declare infrastructure in another language, and by programs that have to do with Terraform."""
    left = MOST_FILES
    formats = hints.formats
    for path in reader.paths:
        kind = hints.unread.of(path)
        is_code = kind is None and path.rpartition(".")[2] in hints.unread.endings
        if not (is_code or (kind is not None and kind.declares)) or formats.passing(path):
            continue
        if is_code and (not left or formats.is_of_tests(path) or _tests(path, formats)):
            continue
        left -= is_code
        file = reader.read(path)
        if not isinstance(file, SourceFile) or len(file.data) > MOST_BYTES:
            continue
        here = (
            kind.in_folder.encode() if kind is not None and dirname(path) in folders else b""
        )
        if here and re.search(here, file.data, re.MULTILINE):
            yield dirname(path), Span(path, 1, 1, 1, 1)
        if not is_code or _TERRAFORM.search(file.data):
            yield from _in_text(file, folders, holding=not is_code)


def _tests(path: str, formats: Formats) -> bool:
    """Whether the name of a program says that it tests others."""
    return not formats.tests.isdisjoint(_WORD.split(basename(path).lower()))


def _in_text(
    file: SourceFile, folders: Collection[str], holding: bool
) -> Iterator[tuple[str, Span]]:
    """The folders that a text names, from its own or from the root of the repository. ``holding``: those below one that
    it names, too, where that is no module itself."""
    for match in _NAMED.finditer(file.data):
        line = file.data[file.data.rfind(b"\n", 0, match.start(1)) + 1 : match.start(1)]
        if line.lstrip().startswith(_COMMENT):
            continue
        if b"/" not in match[0] and not _OF_A_PATH.search(line):
            continue
        named = match[1].decode("utf-8", "replace").lstrip("/")
        number = file.data.count(b"\n", 0, match.start(1)) + 1
        where = Span(file.path, number, 1, number, 1)
        for base in (dirname(file.path), ""):
            folder = normpath(join(base, named))
            if folder in folders:
                yield folder, where
            elif holding and folder != ".":
                yield from ((each, where) for each in folders if is_below(each, folder))


def _run(
    folders: Collection[str], reader: Reader, hints: Hints
) -> Iterator[tuple[str, Span]]:
    """By pipelines and scripts that plan or apply there."""
    if not candidates(reader.paths, hints):
        return
    from sovlint.frontends.shell.runs import runs
    from sovlint.frontends.terraform.modules.given.pipelines import applied_in

    for run in runs(reader, hints, lambda file: _RUNS.search(file.data) is not None):
        for folder, where in applied_in(run):
            if tells(folder):
                yield from ((each, where) for each in folders if may_be(folder, each))
