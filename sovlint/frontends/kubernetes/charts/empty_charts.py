"""Charts that make nothing, by what is in their folders."""

from __future__ import annotations

from posixpath import basename
from typing import Final

from sovlint.documents.tree import Node
from sovlint.frontends.kubernetes.charts.chart_trees import Trees, dependencies
from sovlint.frontends.kubernetes.charts.files import SUBCHARTS, ChartFiles
from sovlint.model.source import SourceFile

_TEMPLATES: Final = "templates"
_HELPER: Final = "_"
_NOTES: Final = "NOTES.txt"
"""A template that is called so, or begins with the former, makes no object (Helm, "Template Functions and Pipelines")."""


def is_empty(trees: Trees, files: ChartFiles, chart: Node, values: Node) -> bool:
    """Whether a chart surely makes nothing: it has no values, depends on none, and neither templates nor charts are in
    it."""
    if values.value or not _says_nothing(trees, files):
        return False
    if any(dependencies(trees, files, chart)) or trees.reader.unlisted(files.folder):
        return False
    listed = trees.reader.listing(files.folder)
    return not any(_makes_objects(path[len(files.folder) :].lstrip("/")) for path in listed)


def _says_nothing(trees: Trees, files: ChartFiles) -> bool:
    """Whether the file of values, if there is one, holds comments alone: one that is broken has no tree either."""
    if files.values is None:
        return True
    file = trees.reader.read(files.values)
    if not isinstance(file, SourceFile):
        return False
    return all(
        line.lstrip().startswith(("#", "---", "{}")) or not line.strip()
        for _, line in file.lines()
    )


def _makes_objects(path: str) -> bool:
    """Whether a file of a chart may make objects: a template that is neither a helper nor the notes, or another chart."""
    folder, _, below = path.partition("/")
    name = basename(path)
    is_helper = name.startswith(_HELPER) or name == _NOTES
    return bool(below) and (folder == SUBCHARTS or (folder == _TEMPLATES and not is_helper))
