"""Roots where who calls whom depends on values: sources of modules that are made of variables and locals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from posixpath import basename, dirname, join, normpath
from typing import Final

from sovlint.expressions.nodes import Block
from sovlint.frontends.shell.run_names import candidates
from sovlint.frontends.terraform.modules import callees
from sovlint.frontends.terraform.modules.given.rows import may_be, tells
from sovlint.frontends.terraform.modules.module import Module, called_folder, local_source
from sovlint.frontends.terraform.modules.module_instance import RootContext
from sovlint.frontends.terraform.modules.roots import Root, find, is_below
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.frontends.terraform.modules.variables import gather
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.source import SourceFile, Span
from sovlint.rules.files.formats import Formats
from sovlint.rules.hints import Hints

# --- Folders of modules that something here runs or calls which no front end reads as a caller: Terraform Stacks, CDKTF, a
# program, a script. They are no libraries, whatever values they are given there.

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


MAX_ROUNDS = 5
"""What is called tells which folders are roots, and these tell what is called. It settles at once in what people
write."""


def roots(
    modules: Mapping[str, Module],
    tfvars: Sequence[str],
    options: ReadOptions,
    reader: Reader,
    hints: Hints,
    used: Iterable[str] = (),
) -> list[Root]:
    """All roots and libraries (``roots.find``). A folder that a root calls with its values is none; one that is but
    called with other values is a library, so that every folder is read."""
    used = frozenset(used)
    found = find(modules, tfvars, options, reader.real, used=used)
    made = {
        folder
        for folder, module in modules.items()
        if any(map(_is_made, module.calls.values()))
    }
    calls: dict[str, set[str]] = {}
    for _ in range(MAX_ROUNDS if made else 0):
        calls = {}
        for root in found:
            if made & root.reached:
                given = gather(root.values, options.variables, reader)
                scope = ModuleScope(
                    RootContext(modules, reader, hints), modules[root.folder], given=given
                )
                _walk(scope, calls)
        again = find(modules, tfvars, options, reader.real, calls, used)
        if again == found:
            break
        found = again
    known = {root.folder for root in found if not root.library} | used
    callers = _callers(modules.keys() - known, reader, hints, options)
    return (
        find(modules, tfvars, options, reader.real, calls, used, callers)
        if callers
        else found
    )


def _callers(
    folders: Collection[str], reader: Reader, hints: Hints, options: ReadOptions
) -> Mapping[str, Span]:
    """What calls folders and isn't read; as it was found before, where the files that were looked through are the same."""
    if options.cache is None:
        return unread_callers(folders, reader, hints)
    found: Mapping[str, Span] = options.cache.reading(
        f"callers of {sorted(folders)}",
        reader,
        lambda asking: unread_callers(folders, asking, hints),
    )
    return found


def _is_made(call: Block) -> bool:
    return local_source(call) is None and "source" in call.body.attributes


def _walk(scope: ModuleScope, calls: dict[str, set[str]]) -> None:
    """Add the folders that calls name by an expression, be they there or not, by the folder that calls."""
    folder = scope.module.folder
    for call in scope.module.calls.values():
        target = (
            called_folder(folder, callees.source(scope, call)) if _is_made(call) else None
        )
        if target is not None:
            calls.setdefault(folder, set()).add(scope.world.reader.real(target))
        for _, child in scope.children(call):
            _walk(child, calls)
