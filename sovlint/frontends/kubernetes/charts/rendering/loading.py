"""Charts -> ``Chart``: of a folder that the ``Reader`` lists, or of an archive in one; what depends on what.

Everything is read the way that Helm's loader does it: ``charts/`` holds subcharts, ``templates/`` templates, ``crds/``
definitions; all else is what ``.Files`` gives. Files are read when they are needed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Protocol, TypeVar

from msgspec import Struct, field

from sovlint.documents import DocumentError
from sovlint.documents.tree import is_map
from sovlint.expressions.templates.values import Map
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.files import (
    CHART,
    PACKAGED,
    REQUIREMENTS,
    SUBCHARTS,
    VALUES,
)
from sovlint.frontends.kubernetes.charts.rendering.archives import (
    INSIDE,
    LEAST,
    MAX_ARCHIVE,
    ArchiveError,
    files_in_archive,
)
from sovlint.frontends.kubernetes.charts.rendering.ignoring import HelmIgnore
from sovlint.frontends.kubernetes.charts.rendering.metadata import Metadata, metadata_of
from sovlint.frontends.kubernetes.charts.rendering.values import read_tree, read_values
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note

SCHEMA: Final = "values.schema.json"
IGNORE: Final = ".helmignore"
LOCAL: Final = "file://"
MAX_DEPTH: Final = 12
"""Charts in charts in charts …: what lies deeper isn't read."""
MAX_ALL_UNPACKED: Final = 300_000_000
"""Bytes that all archives of a repository may have unpacked."""

_TEMPLATES, _CRDS, _IN_CHARTS = "templates/", "crds/", f"{SUBCHARTS}/"
_DEFINITIONS = (".yaml", ".yml", ".json")

Parsed = TypeVar("Parsed")


class ChartFile(Protocol):
    """A file of a chart, in the repository or in an archive of it."""

    @property
    def path(self) -> str:
        """Where it is: what is in an archive follows its path after an exclamation mark."""
        ...

    def text(self) -> SourceFile | None:
        """The file; ``None`` where it is no text, or can't be read."""
        ...

    def bytes(self) -> bytes:
        """What it holds, text or not; nothing where it can't be read, or is larger than Helm takes."""
        ...


class Chart(Struct, eq=False):
    """A chart as it was loaded; nobody changes one.

    ``folder`` is its path, which for a packaged one is that of the archive. ``files``: all of its files by their paths
    in it.
    """

    folder: str
    metadata: Metadata
    values: Map
    files: Mapping[str, ChartFile]
    subcharts: list[Chart]
    schema: ChartFile | None = None

    def templates(self) -> Iterator[str]:
        """The paths of its templates in it."""
        return (name for name in self.files if name.startswith(_TEMPLATES))

    def definitions(self) -> Iterator[str]:
        """The paths of the definitions of custom resources that it brings."""
        return (
            name
            for name in self.files
            if name.startswith(_CRDS) and name.endswith(_DEFINITIONS)
        )

    def others(self) -> Iterator[str]:
        """The paths of files that ``.Files`` gives."""
        first = self.metadata.shown["APIVersion"] == "v1"
        apart = {CHART, VALUES, SCHEMA, "Chart.lock"}
        if not first:
            apart |= {REQUIREMENTS, "requirements.lock"}
        return (
            name
            for name in self.files
            if name not in apart
            and not name.startswith(_TEMPLATES)
            and (not name.startswith(_IN_CHARTS) or name.endswith(".prov"))
        )


class ChartLoader(Struct):
    """Loads charts of a repository, each folder or archive once. Whatever can't be read is a failure of ``harvest``."""

    reader: Reader
    harvest: Harvest
    loaded: dict[str, Chart | None] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    unpacked: int = 0

    def chart(self, folder: str) -> Chart | None:
        """The chart in a folder; ``None`` where none can be read, or where charts hold each other in a circle."""
        if folder in self.opened or len(self.opened) > MAX_DEPTH:
            return None
        if folder not in self.loaded:
            self.opened.add(folder)
            self.loaded[folder] = self._loaded(folder)
            self.opened.discard(folder)
        return self.loaded[folder]

    def _loaded(self, folder: str) -> Chart | None:
        if folder.endswith(PACKAGED):
            return self._packaged(ListedFile(self.reader, folder), 0)
        return self._of_folder(folder)

    def _of_folder(self, folder: str) -> Chart | None:
        listed = dict(_listed(self.reader, folder))
        ignored = _text_of(self.reader, listed.get(IGNORE))
        rules = HelmIgnore(ignored)
        files = {
            name: ListedFile(self.reader, path)
            for name, path in listed.items()
            if not rules.ignores(name)
        }
        return self._chart(folder, files)

    def _chart(
        self, folder: str, files: Mapping[str, ChartFile], depth: int = 0
    ) -> Chart | None:
        """A chart of its files."""
        tree = self._parsed(files.get(CHART), read_tree)
        if not is_map(tree):
            return None
        metadata = metadata_of(tree, self._parsed(files.get(REQUIREMENTS), read_tree))
        subcharts = self._subcharts(folder, files, depth)
        if INSIDE not in files[CHART].path:
            here = {each.metadata.name for each in subcharts}
            subcharts += self._beside(folder, metadata, here)
        return Chart(
            folder,
            metadata,
            self._parsed(files.get(VALUES), read_values) or Map(),
            files,
            subcharts,
            files.get(SCHEMA),
        )

    def _beside(self, folder: str, metadata: Metadata, here: set[str]) -> Iterator[Chart]:
        """The charts of this repository that ``helm dependency build`` would copy into ``charts/``."""
        for each in metadata.dependencies:
            if each.repository.startswith(LOCAL) and each.name not in here:
                here.add(each.name)
                found = self.chart(beside(folder, each.repository))
                if found is not None:
                    yield found

    def _parsed(
        self, held: ChartFile | None, parse: Callable[[SourceFile], Parsed]
    ) -> Parsed | None:
        file = held.text() if held is not None else None
        if held is not None and file is None:
            why = self.reader.read(held.path)
            if isinstance(why, Note):
                self.harvest.refuse(held.path, why)
        if file is None:
            return None
        try:
            return parse(file)
        except DocumentError as error:
            self.harvest.fail_parsing(file.path, error, "kubernetes.charts.unreadable")
            return None

    def _subcharts(
        self, folder: str, files: Mapping[str, ChartFile], depth: int
    ) -> list[Chart]:
        """The charts in ``charts/``, by name."""
        found: list[Chart] = []
        if depth >= MAX_DEPTH:
            return found
        for name, inner in sorted(_by_subchart(files).items()):
            if name.startswith(("_", ".")):
                continue
            if inner is None:
                chart = self._packaged(files[f"{_IN_CHARTS}{name}"], depth)
            else:
                start = len(f"{_IN_CHARTS}{name}/")
                chart = self._chart(
                    f"{folder}/{SUBCHARTS}/{name}" if folder else f"{SUBCHARTS}/{name}",
                    {each[start:]: files[each] for each in inner},
                    depth + 1,
                )
            if chart is not None:
                found.append(chart)
        return found

    def _packaged(self, held: ChartFile, depth: int) -> Chart | None:
        try:
            if self.unpacked > MAX_ALL_UNPACKED:
                raise ArchiveError(
                    f"all archives unpack to more than {MAX_ALL_UNPACKED // 1_000_000} MB"
                )
            files = files_in_archive(held.bytes(), held.path)
            self.unpacked += LEAST + sum(len(file.data) for file in files.values())
        except ArchiveError as error:
            where = held.path.partition(INSIDE)[0]
            self.harvest.fail(where, "kubernetes.charts.archive", problem=str(error))
            return None
        return self._chart(
            held.path, {name: _Packed(file) for name, file in files.items()}, depth + 1
        )


class ListedFile:
    """A file of the repository (implements ``ChartFile``). A text is read once, whatever releases its chart has."""

    __slots__ = ("_file", "_reader", "path")

    def __init__(self, reader: Reader, path: str) -> None:
        self._reader = reader
        self._file: SourceFile | Note | None = None
        self.path = path

    def text(self) -> SourceFile | None:
        """The file; ``None`` where it can't be read."""
        if self._file is None:
            self._file = self._reader.read(self.path)
        return None if isinstance(self._file, Note) else self._file

    def bytes(self) -> bytes:
        """What it holds; nothing where it is too large."""
        data = self._reader.peek(self.path, MAX_ARCHIVE + 1)
        return data if len(data) <= MAX_ARCHIVE else b""


class _Packed:
    """A file of an archive, which is there already."""

    __slots__ = ("_file", "path")

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self.path = file.path

    def text(self) -> SourceFile | None:
        try:
            self._file.data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        return self._file

    def bytes(self) -> bytes:
        return self._file.data


def _by_subchart(names: Iterable[str]) -> dict[str, list[str] | None]:
    """The files of each chart in ``charts/``; ``None`` for one that is an archive."""
    found: dict[str, list[str] | None] = {}
    for each in names:
        if not each.startswith(_IN_CHARTS):
            continue
        name, _, inner = each.removeprefix(_IN_CHARTS).partition("/")
        if not inner:
            if name.endswith(PACKAGED):
                found[name] = None
            continue
        files = found.setdefault(name, [])
        if files is not None:
            files.append(each)
    return found


def _listed(reader: Reader, folder: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """The files below a folder, by their paths in it, with where they are; folders behind links too."""
    start = len(folder) + 1 if folder else 0
    for path in reader.listing(folder):
        yield path[start:], path
    if depth > MAX_DEPTH:
        return
    for path in reader.unlisted(folder):
        linked = path.rstrip("/")
        real = reader.real(linked)
        if path.endswith("/") and real != linked and not f"{linked}/".startswith(f"{real}/"):
            for name, found in _listed(reader, real, depth + 1):
                yield f"{linked[start:]}/{name}", found


def _text_of(reader: Reader, path: str | None) -> str:
    file = reader.read(path) if path is not None else None
    return file.data.decode("utf-8") if isinstance(file, SourceFile) else ""


def beside(folder: str, repository: str) -> str:
    """The folder that ``file://…`` names, from a chart's folder."""
    joined = posixpath.normpath(posixpath.join(folder, repository.removeprefix(LOCAL)))
    return "" if joined == "." else joined


def nowhere(folder: str) -> Span:
    """The place of a chart of which no line says a thing."""
    return Span(f"{folder}/{CHART}" if folder else CHART, 1, 1, 1, 1)
