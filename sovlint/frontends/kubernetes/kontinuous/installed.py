"""What Kontinuous installs: the objects of each environment of each project, and what shows where these are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final

from msgspec import Struct, field

from sovlint.documents import Document, DocumentError, load
from sovlint.frontends.base import FilesUnit
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendered_charts import RenderedCharts
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.frontends.kubernetes.clusters.fields import kinds_and_fields
from sovlint.frontends.kubernetes.kontinuous.parts import Part, unjudged
from sovlint.frontends.kubernetes.kontinuous.projects import (
    DEFAULT,
    Environment,
    KontinuousProject,
)
from sovlint.frontends.kubernetes.kontinuous.rendering import EnvironmentRendering
from sovlint.frontends.kubernetes.kontinuous.values import ValuesReader
from sovlint.frontends.yaml_comments import template_ignores
from sovlint.model.inputs import Reader
from sovlint.model.landing import Evidence
from sovlint.model.source import SourceFile
from sovlint.rules.hints import ClusterHints

_EXTENDED: Final = ("dependencies", "fabrique", "extends")
EXTENSION: Final = "Extension.kontinuous"
"""The type by which the catalogue knows what a configuration extends."""


class InstalledByKontinuous(Struct):
    """What all projects come to: objects, charts of the repository to render, parts of which nothing but the values is
    here, and what shows where environments are."""

    objects: list[ManifestObject] = field(default_factory=list)
    wanted: list[WantedChart] = field(default_factory=list)
    elsewhere: list[Part] = field(default_factory=list)
    shown: dict[tuple[str, str | None], tuple[Evidence, ...]] = field(default_factory=dict)


def installed_by_kontinuous(
    reader: Reader, found: Sequence[KontinuousProject], harvest: Harvest, hints: ClusterHints
) -> InstalledByKontinuous:
    """What the projects of a repository install."""
    result = RenderedCharts()
    values = ValuesReader(reader, result)
    rendering = EnvironmentRendering(reader, result)
    made = InstalledByKontinuous()
    for project in found:
        for environment in project.environments:
            rendered = rendering.of(project, environment, values.of(project, environment))
            made.objects.extend(rendered.objects)
            made.wanted.extend(rendered.wanted)
            made.elsewhere.extend(rendered.elsewhere)
            made.shown[project.folder, environment.variant] = tuple(
                _shown(reader, project, environment, hints)
            )
            files = (*project.files, *environment.paths)
            result.units.append(FilesUnit(project.folder, environment.variant, files))
    made.elsewhere.extend(unjudged(result, found))
    result.files.extend(sorted(result.templates))
    for path in sorted(result.templates):
        file = reader.read(path)
        if isinstance(file, SourceFile):
            result.ignores.extend(template_ignores(file))
    harvest.add(result)
    return made


def _shown(
    reader: Reader, project: KontinuousProject, environment: Environment, hints: ClusterHints
) -> Iterator[Evidence]:
    """What a configuration extends shows of the cluster of an environment."""
    file = reader.read(project.config) if project.config is not None else None
    if not isinstance(file, SourceFile):
        return
    try:
        document = next(iter(load(file.data, file.path)), None)
    except DocumentError:
        return  # told where its values are read
    for number, entry in enumerate(_extended(document)):
        if isinstance(entry, dict) and _applies(entry.get("ifEnv"), environment):
            assert document is not None
            at = (*_EXTENDED, number)
            found = ManifestObject(document, at, file, "Extension", EXTENSION, "", "", entry)
            yield from kinds_and_fields(found, hints)


def _extended(document: Document | None) -> Sequence[object]:
    data: object = None if document is None else document.data
    for key in _EXTENDED:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, list) else ()


def _applies(patterns: object, environment: Environment) -> bool:
    """Whether an extension is one of an environment: the last pattern that its name meets decides."""
    listed = patterns if isinstance(patterns, list) else [patterns]
    if patterns is None:
        return True
    decided = False
    for each in map(str, listed):
        negated = each.startswith("!")
        if fnmatchcase(environment.name or DEFAULT, each.removeprefix("!")):
            decided = not negated
    return decided
