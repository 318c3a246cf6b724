"""A helmfile, or a file of values that is a template -> trees, one for each way in which what isn't known may decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from posixpath import dirname, join, normpath
from typing import Any, Final

from sovlint.documents import DocumentError, load
from sovlint.documents.go_scalars import go_scalar
from sovlint.documents.tree import Node, from_document
from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import (
    Execution,
    TemplateError,
    TemplateFunction,
)
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.template_set import TemplateSet
from sovlint.expressions.templates.text import PlacedText, TemplateHole, has_holes
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.rendered_text import (
    BrokenDocument,
    DocumentReader,
    RenderedText,
)
from sovlint.frontends.harvest import Harvest
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note

# --- Functions that Helmfile gives its templates besides Helm's.
#
# Source: Helmfile's documentation, "Template Functions" (https://helmfile.readthedocs.io/en/latest/templating_funcs/),
# background knowledge. What asks the environment, a program or a store of secrets isn't known.

ReadText = Callable[[str], str | None]
"""The text of a file of the repository, by its path from the helmfile's folder; ``None`` for one that isn't there."""

_UNKNOWN: Final = (
    "env", "requiredEnv", "exec", "envExec", "fetchSecretValue", "expandSecretRefs", "readDir", "readDirEntries",
)  # fmt: skip


def functions(read: ReadText) -> Mapping[str, TemplateFunction]:
    """All functions that a helmfile may call."""
    own: dict[str, TemplateFunction] = {name: _asking(name) for name in _UNKNOWN}
    own |= {"get": _get, "getOrNil": _get_or_nil, "readFile": _reading(read)}
    own |= {"isFile": _testing("isFile", read), "isDir": _asking("isDir")}
    return _OwnAndHelms(own)


class _OwnAndHelms(Mapping[str, TemplateFunction]):
    """Functions of one's own, then Helm's: those are imported one by one."""

    def __init__(self, own: Mapping[str, TemplateFunction]) -> None:
        self._own = own

    def __getitem__(self, name: str) -> TemplateFunction:
        return self._own[name] if name in self._own else FUNCTIONS[name]

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in FUNCTIONS

    def __iter__(self) -> Any:
        return iter({**self._own, **dict.fromkeys(FUNCTIONS)})

    def __len__(self) -> int:
        return len({*self._own, *FUNCTIONS})


def _asking(name: str) -> TemplateFunction:
    def ask(run: Execution, *arguments: Any) -> Any:
        return run.unknown(name, *arguments)

    return ask


def _reading(read: ReadText) -> TemplateFunction:
    def read_file(run: Execution, *arguments: Any) -> Any:
        (path,) = arguments
        if not isinstance(path, str) or has_holes(path):
            return run.unknown("readFile", path)
        found = read(path)
        return run.unknown("readFile", path) if found is None else found

    return read_file


def _testing(name: str, read: ReadText) -> TemplateFunction:
    """Whether a file is there: one that isn't in the repository may be there when Helmfile runs."""

    def test(run: Execution, *arguments: Any) -> Any:
        (path,) = arguments
        known = isinstance(path, str) and not has_holes(path) and read(path) is not None
        return True if known else run.unknown(name, path)

    return test


_MISSING: Final = object()


def _get(run: Execution, *arguments: Any) -> Any:
    """``get "a.b" default object``, or without a default, which must be there then."""
    *given, target = arguments
    path, default = given[0], given[1] if len(given) > 1 else _MISSING
    found = _at(run, path, target)
    if found is not _MISSING:
        return found
    if default is _MISSING:
        raise TemplateError(f"no value exist for key {path}")
    return default


def _get_or_nil(run: Execution, *arguments: Any) -> Any:
    found = _at(run, arguments[0], arguments[-1])
    return None if found is _MISSING else found


def _at(run: Execution, path: Any, target: Any) -> Any:
    """What stands at a path of keys with dots between them."""
    if not isinstance(path, str) or has_holes(path):
        return run.unknown("get", path, target)
    for key in path.split("."):
        if isinstance(target, TemplateHole):
            return run.unknown("get", path, target)
        if not isinstance(target, dict):
            return _MISSING
        if key not in target:
            rest = target.rest if isinstance(target, Map) else None
            return _MISSING if rest is None else run.unknown("get", path, rest)
        target = target[key]
    return target


MOST_WAYS: Final = 8
"""So many ways in which a file may come out are looked at; one that may come out in as many counts as unread too."""
WORK: Final = 2_000_000
"""What rendering one file may cost."""
_ACTION: Final = "{{"
_ANY_OF: Final = "*?["
"""What paths have that name several files."""


class HelmfileTexts:
    """Reads and renders the files of one repository. ``read``: those that there were to read; ``broken``: those of which
    something can't be."""

    def __init__(self, reader: Reader, harvest: Harvest) -> None:
        self.reader = reader
        self.harvest = harvest
        self.read: set[str] = set()
        self.broken: set[str] = set()
        self.bases: set[str] = set()
        """Files that helmfiles are laid on."""
        self._paths = frozenset(reader.paths)
        self._documents = DocumentReader()
        self._texts: dict[str, str | None] = {}
        self._trees: dict[tuple[str, str, int], tuple[Node, ...]] = {}

    def path(self, beside: str, written: str) -> str | None:
        """The file of the repository that a helmfile names; ``None`` where there is none."""
        if written.startswith("/") or "://" in written:
            return None
        path = normpath(join(dirname(beside), written))
        return path if path in self._paths else None

    def paths_of(self, beside: str, written: str) -> list[str]:
        """The files of the repository that a helmfile names by a path, which may be a pattern."""
        found = self.path(beside, written)
        if found is not None or not any(mark in written for mark in _ANY_OF):
            return [] if found is None else [found]
        pattern = normpath(join(dirname(beside), written))
        depth = pattern.count("/")
        return [
            path
            for path in sorted(self._paths)
            if path.count("/") == depth and fnmatchcase(path, pattern)
        ]

    def text(self, path: str) -> str | None:
        """The text of a file."""
        if path not in self._texts:
            self._texts[path] = self._decoded(self.reader.read(path))
        if self._texts[path] is not None:
            self.read.add(path)
        return self._texts[path]

    @staticmethod
    def _decoded(file: SourceFile | Note) -> str | None:
        return file.data.decode("utf-8", "replace") if isinstance(file, SourceFile) else None

    def trees(self, path: str, text: str, line: int, data: Map | None) -> Iterator[Node]:
        """The trees that a text comes to, which stands in a file from a line on. It is no template without ``data``."""
        if data is None or _ACTION not in text:
            yield from self._plain(path, text, line)
            return
        source = TemplateSource(path, path, text, line)
        templates = TemplateSet([source], functions(lambda name: self._beside(path, name)))
        for error in templates.failures.values():
            self._remark(path, error.line, error.message)
            return
        nowhere = Span(path, line, 1, line, 1)
        for number, world in enumerate(templates.render(path, data, Purse(WORK, 0, [0]))):
            if world.error is not None:
                if not number:
                    self._remark(
                        world.error.path or path, world.error.line, world.error.message
                    )
                continue
            rendered = RenderedText(world.text, world.holes, nowhere)
            for document in self._documents.read(rendered):
                if isinstance(document, BrokenDocument):
                    self._remark(path, document.where.line, document.problem)
                else:
                    yield from_document(document)
            if number + 1 == MOST_WAYS:
                self.broken.add(path)
                return

    def line(self, path: str, written: str, data: Map) -> str | None:
        """A text that may be a template itself, rendered; ``None`` where not all of it is known."""
        if _ACTION not in written:
            return written
        source = TemplateSource(path, path, written)
        templates = TemplateSet([source], functions(lambda name: self._beside(path, name)))
        if templates.failures:
            return None
        world = next(templates.render(path, data, Purse(WORK, 0, [0])))
        text = str(world.text)
        is_known = world.error is None and not world.assumed and text.isascii()
        return text if is_known else None

    def _beside(self, path: str, name: str) -> PlacedText | None:
        found = self.path(path, name)
        text = None if found is None else self.text(found)
        if text is None or found is None:
            return None
        return PlacedText.written(text, Span(found, 1, 1, 1, 1))

    def _plain(self, path: str, text: str, line: int) -> tuple[Node, ...]:
        """The trees of what is no template, read once for all environments and releases."""
        key = (path, text, line)
        if key not in self._trees:
            self._trees[key] = tuple(self._read_plain(path, text, line))
        return self._trees[key]

    def _read_plain(self, path: str, text: str, line: int) -> Iterator[Node]:
        try:
            for document in load(text.encode(), path, above=line - 1, read=go_scalar):
                if document.data is not None:
                    yield from_document(document)
        except DocumentError as error:
            self._remark(path, error.line, error.problem)

    def _remark(self, path: str, line: int, problem: str) -> None:
        self.broken.add(path)
        where = Span(path, max(line, 1), 1, max(line, 1), 1)
        self.harvest.remark(where, "kubernetes.helmfile.unreadable", problem=problem)


def data_of(environment: Any, values: Map, **more: Any) -> Map:
    """What the templates of a helmfile see."""
    held = Map({"Name": environment, "Values": values, "KubeContext": ""})
    return Map(
        {
            "Environment": held,
            "Values": values,
            "StateValues": values,
            "Namespace": "",
            **more,
        }
    )
