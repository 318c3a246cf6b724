"""Reading charts: ``Chart.yaml`` and values into trees, with what couldn't be read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from sovlint.documents import DocumentError, load
from sovlint.documents.tree import Node, from_document, get, is_map, items, made, size, text
from sovlint.frontends.cluster.charts.merge import GLOBAL, beneath, merged
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.files import ChartFiles, joined
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.inputs import Reader
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.rules.cluster.charts import ChartHints

LIBRARY = "library"
"""The type of a chart that only has templates for others."""

MAX_NODES = 200_000
"""Values of a chart and of those that it depends on are put together as long as they have no more nodes than this."""

_LOCAL = "file://"


class Dependency(Struct, frozen=True):
    """What a chart depends on: the name that values know it by, the chart's own, its repository, and where that is
    said."""

    key: str
    name: str
    repository: str
    conditions: tuple[str, ...]
    tags: tuple[str, ...]
    where: Span


class Trees(Harvest, kw_only=True):
    """What was read so far. ``paths``: all that may be read. ``trees``: by path, ``None`` for a file that can't be read
    or says nothing."""

    reader: Reader
    found: Mapping[str, ChartFiles]
    hints: ChartHints
    paths: frozenset[str] = frozenset()
    trees: dict[str, Node | None] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    """The files that there were to read."""
    whole: dict[str, tuple[Node, int]] = field(default_factory=dict)
    """By folder, a chart's own values with those of its dependencies, and how many nodes they have."""
    opened: set[str] = field(default_factory=set)
    """Folders whose values are being put together: charts may depend on each other in a circle."""

    def tree(self, path: str | None) -> Node | None:
        """The mapping that a file holds. One that is broken is a failure; one that is a template itself is skipped."""
        if path is None:
            return None
        if path not in self.trees:
            self.trees[path] = self._read(path)
        return self.trees[path]

    def _read(self, path: str) -> Node | None:
        file = self.reader.read(path)
        if isinstance(file, Note):
            self.refuse(path, file)
            return None
        self.sources.add(path)
        try:
            read = list(load(file.data, path))
        except DocumentError as error:
            if b"{{" in file.data:
                self.remark(error.span(path), "kubernetes.charts.templated")
                self.skipped.append(path)
            else:
                self.fail_parsing(path, error, "kubernetes.charts.unreadable")
                self.files.append(path)
            return None
        for document in read:
            self.remark_duplicates(document, "kubernetes.duplicate-key")
        self.files.append(path)
        self.ignores.extend(yaml_ignores(file))
        return from_document(read[0]) if read and isinstance(read[0].data, dict) else None


def values_of(trees: Trees, files: ChartFiles, over: Node | None) -> Node:
    """The values of a chart as its templates see them: its own with ``over`` laid on them, and beneath both those of
    the charts that it depends on. What a dependency that is switched off says is left out."""
    trees.opened.add(files.folder)
    values, _ = _values(trees, files, over)
    trees.opened.discard(files.folder)
    return values


def _values(trees: Trees, files: ChartFiles, over: Node | None) -> tuple[Node, int]:
    """Values, and at least how many nodes they have."""
    values = _own_values(trees, files, over)
    count = size(values)
    unpacked = _unpacked(trees, files)
    said = list(dependencies(trees, files, trees.tree(files.chart)))
    names = {each.name for each in said}
    unsaid = [
        Dependency(name, name, "", (), (), values.where)
        for name in unpacked
        if name not in names
    ]
    for each in (*said, *unsaid):
        if is_enabled(each, values) is False:
            values = without(values, each.key)
            continue
        defaults, more = _defaults(trees, files, each, unpacked.get(each.name))
        count += more
        if count > MAX_NODES:
            trees.fail(each.where, "kubernetes.charts.too-large", limit=MAX_NODES)
            return values, count
        values = beneath(values, each.key, defaults)
    return values, count


def _own_values(trees: Trees, files: ChartFiles, over: Node | None) -> Node:
    own = trees.tree(files.values) or Node({}, Span(files.chart, 1, 1, 1, 1))
    return merged(own, over) if is_map(over) else own


def _unpacked(trees: Trees, files: ChartFiles) -> dict[str, str]:
    """The folders of the charts that are unpacked in one, by their names."""
    return {_name(trees, folder): folder for folder in files.inside}


def _whole(trees: Trees, folder: str) -> tuple[Node, int]:
    """A chart's own values with those of its dependencies; put together once. In a circle it says nothing."""
    if folder in trees.opened:
        return Node({}, Span(trees.found[folder].chart, 1, 1, 1, 1)), 1
    if folder not in trees.whole:
        trees.opened.add(folder)
        values, count = _values(trees, trees.found[folder], None)
        trees.opened.discard(folder)
        trees.whole[folder] = without(values, GLOBAL), count
    return trees.whole[folder]


def dependencies(trees: Trees, files: ChartFiles, chart: Node | None) -> Iterator[Dependency]:
    """What a chart depends on, by ``Chart.yaml``, else as charts of the first version said it."""
    for holder in (chart, trees.tree(files.requirements)):
        for entry in items(get(holder, "dependencies")):
            name = text(get(entry, "name"))
            if name:
                yield Dependency(
                    text(get(entry, "alias")) or name,
                    name,
                    text(get(entry, "repository")),
                    tuple(
                        path.strip()
                        for path in text(get(entry, "condition")).split(",")
                        if path.strip()
                    ),
                    tuple(text(tag) for tag in items(get(entry, "tags"))),
                    entry.where,
                )


def is_enabled(each: Dependency, values: Node) -> bool | None:
    """Whether values switch a dependency on: the first of its conditions that is there, else its tags. ``None`` where
    that isn't known."""
    for path in each.conditions:
        found = get(values, *path.split("."))
        if found is not None and found.value is not None:
            return found.value if isinstance(found.value, bool) else None
    tagged = [found for tag in each.tags if (found := get(values, "tags", tag)) is not None]
    if not tagged:
        return True
    if all(isinstance(tag.value, bool) for tag in tagged):
        return any(tag.value for tag in tagged)
    return None


def without(values: Node, key: str) -> Node:
    """Values without a key."""
    return Node(
        {name: node for name, node in values.value.items() if name != key},
        values.where,
        values.end,
    )


def lacking(trees: Trees, files: ChartFiles, chart: Node, over: Node | None) -> Iterator[str]:
    """The names of charts that a chart depends on, with ``over`` on its own values, and that are neither here nor
    known."""
    unpacked = _unpacked(trees, files)
    values = _own_values(trees, files, over)
    for each in dependencies(trees, files, chart):
        here = _folder(trees, files, each, unpacked.get(each.name)) is not None
        if (
            not here
            and is_enabled(each, values) is not False
            and not trees.hints.published(each.name, each.repository)
        ):
            yield each.name


def _folder(
    trees: Trees, files: ChartFiles, each: Dependency, unpacked: str | None
) -> str | None:
    """Where a dependency is, if it is here."""
    folder = unpacked
    if folder is None and each.repository.startswith(_LOCAL):
        folder = posixpath.normpath(
            joined(files.folder, each.repository.removeprefix(_LOCAL))
        )
        folder = "" if folder == "." else folder
    return folder if folder is not None and folder in trees.found else None


def _defaults(
    trees: Trees, files: ChartFiles, each: Dependency, unpacked: str | None
) -> tuple[Node, int]:
    """What a dependency says by itself, as far as it is known: of a chart that is here, or of a published one."""
    folder = _folder(trees, files, each, unpacked)
    if folder is not None:
        return _whole(trees, folder)
    published = made(
        dict(trees.hints.published(each.name, each.repository) or {}), each.where
    )
    return published, size(published)


def _name(trees: Trees, folder: str) -> str:
    return text(get(trees.tree(trees.found[folder].chart), "name")) or posixpath.basename(
        folder
    )
