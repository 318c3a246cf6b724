"""The data classes that charts declare: in ``Chart.yaml``, by the object that installs them, and in their templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.documents.tree import Node, get, is_map, text
from sovlint.frontends.cluster.labels import (
    DECLARER,
    KEY,
    declared,
    metadata_of,
    strange_keys,
    undeclaring,
)
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.inputs import Reader
from sovlint.model.resources.resource import Labels
from sovlint.model.source import SourceFile, Span

_WRITTEN_CLASS: Final = re.compile(re.escape(KEY) + r"[\"']?\s*:\s*[\"']?([\w,;+ -]+)")


def chart_labels(chart: Node) -> Iterator[Labels]:
    """The class that ``Chart.yaml`` itself declares."""
    written = get(chart, "annotations", KEY)
    if written is not None and text(written):
        yield declared(f"{DECLARER}.chart", text(written), written.where)
    said = get(chart, "annotations")
    if is_map(said) and (strange := strange_keys(said.value)):
        yield undeclaring(
            f"{DECLARER}.chart", {key: said.value[key].where for key in strange}
        )


def inherited_labels(by: ManifestObject, chart: Node | None) -> tuple[Labels, ...]:
    """What a chart, and the object that installs it, declare of all that it renders to."""
    own = metadata_of(by.get(), f"{DECLARER}.release")
    declared = tuple(chart_labels(chart)) if chart is not None else ()
    return declared if own is None else (*declared, own)


def labels_in_template(reader: Reader, path: str) -> Iterator[Labels]:
    """The classes that stand in a template which can't be rendered: what it makes is lost, and they mustn't be."""
    file = reader.read(path)
    for number, line in file.lines() if isinstance(file, SourceFile) else ():
        met = _WRITTEN_CLASS.search(line)
        if met is not None:
            where = Span(path, number, met.start() + 1, number, met.end() + 1)
            yield declared(f"{DECLARER}.template.{number}", met[1].strip(), where)
