"""What a release may name: the other objects of a repository, and files of values."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from sovlint.documents import DocumentError
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, get, is_map, is_true, items, text, trees_in
from sovlint.frontends.cluster.objects import ManifestObject, of_scope, those_here
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.chart_trees import Trees
from sovlint.frontends.kubernetes.charts.files import PACKAGED, joined
from sovlint.frontends.kubernetes.clusters.application_sets import ParameterSet
from sovlint.frontends.kubernetes.clusters.generator_files import GeneratorFiles
from sovlint.frontends.kubernetes.clusters.generators import GeneratorSources, parameters
from sovlint.frontends.kubernetes.clusters.registered import argo_clusters
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

_ANY_OF = "*?["
"""What paths have that name several files of values."""


class Neighbours(Struct):
    """The other objects of a repository that a release may name, by type, namespace and name."""

    objects: Mapping[tuple[str, str, str], Sequence[ManifestObject]]
    trees: Trees
    harvest: Harvest
    unread: list[Node] = field(default_factory=list)
    """References to values that aren't here to read."""

    @staticmethod
    def of(objects: Sequence[ManifestObject], trees: Trees, harvest: Harvest) -> Neighbours:
        """From all objects that are here."""
        found: dict[tuple[str, str, str], list[ManifestObject]] = {}
        for each in those_here(objects):
            found.setdefault((each.type, each.namespace, each.name), []).append(each)
        return Neighbours(found, trees, harvest)

    def remark_unread(self) -> None:
        """One remark for all values that aren't here to read."""
        if self.unread:
            where = min(entry.where for entry in self.unread)
            self.harvest.remark(
                where, "kubernetes.charts.values-elsewhere", count=len(self.unread)
            )

    def parameters(self, application_set: ManifestObject) -> list[ParameterSet]:
        """What the generators of an application set give."""
        secrets = (
            each
            for (kind, _, _), several in self.objects.items()
            if kind == "Secret"
            for each in several
        )
        sources = GeneratorSources(argo_clusters(secrets), GeneratorFiles(self.trees.reader))
        return parameters(application_set.get("spec"), sources)

    def find(
        self, asking: ManifestObject, kind: str, namespace: str, name: str
    ) -> ManifestObject | None:
        """The object of a name: of the same root, else one of no root, else the only one."""
        return of_scope(asking.scope, self.objects.get((kind, namespace, name), ()))


def local_chart(trees: Trees, written: str) -> str | None:
    """The chart of this repository at a path from its top, a folder or an archive; ``None`` where there is none."""
    path = posixpath.normpath(written.lstrip("/")) if written else ""
    folder = "" if path == "." else path
    is_here = folder in trees.found or (folder.endswith(PACKAGED) and folder in trees.paths)
    return folder if written and is_here else None


def value_files(beside: Neighbours, folder: str, at: Node | None, key: str) -> list[Node]:
    """Files of values by their paths: from the chart's folder, or from the top of the repository (``$ref/``, ``/``).
    Those that aren't here are unread, unless they may be missing."""
    found = []
    may_be_missing = is_true(at, "ignoreMissingValueFiles")
    for written in items(get(at, key)):
        name = text(written)
        start = "" if name.startswith(("/", "$")) else folder
        inner = name.partition("/")[2] if name.startswith("$") else name.lstrip("/")
        path = posixpath.normpath(joined(start, inner))
        trees = [
            tree for each in _named(beside.trees, path) if (tree := beside.trees.tree(each))
        ]
        found += trees
        if not trees and (path not in beside.trees.paths) and not may_be_missing:
            beside.unread.append(written)
    return found


def _named(trees: Trees, path: str) -> list[str]:
    """The files that a path names, which may be a pattern."""
    if path in trees.paths or not any(mark in path for mark in _ANY_OF):
        return [path] if path in trees.paths else []
    return sorted(fnmatch.filter(trees.paths, path))


def unread_value(where: Node) -> Evaluated:
    """A value that is kept elsewhere."""
    step = Step(where.where, Note("kubernetes.written"))
    return Evaluated.of(Unknown(Reason.FROM_ENVIRONMENT, _name_of(where), step))


def _name_of(entry: Node) -> str:
    """What people call the place that a value is kept at."""
    return "/".join(filter(None, (text(get(entry, key)) for key in ("name", "valuesKey"))))


def inner_values(node: Node | None, file: SourceFile, beside: Neighbours) -> Node | None:
    """The values that a text holds; a text that is a template, or broken, holds none that can be read."""
    if node is None or is_map(node):
        return node
    try:
        read = trees_in(node, file)
    except DocumentError:
        beside.harvest.remark(node.where, "kubernetes.charts.inline-unreadable")
        return None
    return read[0] if read and is_map(read[0]) else None
