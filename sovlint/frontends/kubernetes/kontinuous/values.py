"""Values of a project -> those of each part in one environment, as Kontinuous puts them together.

A key that begins with a dot is a path of keys. ``~extends`` names files that are laid on the one that names them, ``~tpl~``
begins keys whose values are templates, and whatever else begins with ``~`` is for the deployer. Lists are replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any, Final

from sovlint.documents import DocumentError, load
from sovlint.documents.go_scalars import go_scalar
from sovlint.documents.tree import from_document
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import List, Map
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendering.values import laid, values_of
from sovlint.frontends.kubernetes.kontinuous.projects import Environment, Project
from sovlint.frontends.kubernetes.kontinuous.shapes import SHIPPED
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.inputs import Reader
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

CHART: Final = "~chart"
_EXTENDS: Final = "~extends"
_TEMPLATE: Final = "~tpl"
_ANCHORS: Final = "x-"
_DEEPEST: Final = 8
"""Files may extend files: so many times within each other."""


class ValuesReader:
    """Reads the values files of projects; what can't be read is told to ``harvest``, once."""

    def __init__(self, reader: Reader, harvest: Harvest) -> None:
        self._reader = reader
        self._harvest = harvest
        self._read: dict[str, Map] = {}

    def of(self, project: Project, environment: Environment) -> Map:
        """The values of one environment: the shared ones with its own on them, and globals that it is told."""
        shared = self.file(project.values)
        values = laid(shared, self.file(environment.values))
        where = Span(project.values or project.config or project.folder, 1, 1, 1, 1)
        told = self._globals(project, environment, where)
        given = values.get(GLOBAL)
        put = laid(told, given) if isinstance(given, Map) else told
        put.rest = told.rest
        values[GLOBAL] = put
        if project.code:
            values.rest = _elsewhere(Span(project.code[0], 1, 1, 1, 1), ".Values")
        return values

    def file(self, path: str | None, depth: int = 0) -> Map:
        """What a file says; nothing, where it can't be read."""
        if path is None or depth > _DEEPEST:
            return Map()
        if path not in self._read:
            self._read[path] = Map()
            self._read[path] = self._extended(path, self._parsed(path), depth)
        return self._read[path]

    def _parsed(self, path: str) -> Map:
        file = self._reader.read(path)
        if isinstance(file, Note):
            self._harvest.refuse(path, file)
            return Map()
        self._harvest.files.append(path)
        try:
            found = next(iter(load(file.data, path, read=go_scalar)), None)
        except DocumentError as error:
            self._harvest.fail_parsing(path, error, "kubernetes.charts.unreadable")
            return Map()
        self._harvest.ignores.extend(yaml_ignores(file))
        if found is None or not isinstance(found.data, dict):
            return Map()
        self._harvest.remark_duplicates(found, "kubernetes.duplicate-key")
        made: Map = values_of(from_document(found), file)
        return made

    def _extended(self, path: str, values: Map, depth: int) -> Map:
        named = values.pop(_EXTENDS, None)
        values = _expanded(values)
        for name in named if isinstance(named, list) else [named]:
            if isinstance(name, str):
                beside = normpath(join(dirname(path), name))
                values = laid(values, self.file(beside, depth + 1))
        return values

    def _globals(self, project: Project, environment: Environment, where: Span) -> Map:
        """What every template is told: of what isn't known here, that it isn't."""
        name = environment.name or "dev"
        config = self.file(project.config)
        known: dict[str, Any] = {"env": name, **SHIPPED.environments.get(name, {})}
        known.update(
            {
                key: value
                for key in ("projectName", "repositoryName", "ciNamespace")
                if isinstance(value := config.get(key), str)
            }
        )
        made = Map(known, {key: where for key in known})
        made.rest = _elsewhere(where, ".Values.global")
        return made


def parts_of(values: Map) -> Iterator[tuple[str, Map]]:
    """The parts of a project that are installed, by name: what is said of each."""
    for key, value in values.items():
        if key in (GLOBAL, "project") or key.startswith(_ANCHORS) or not isinstance(value, Map):
            continue
        if value.get("enabled") is not False:
            yield key, value


def given(value: Any) -> Any:
    """Values without what is for the deployer; keys of templates by their own names."""
    if isinstance(value, Map):
        made = Map()
        for key, item in value.items():
            name = key
            if key.startswith(_TEMPLATE):
                name = key.split("~", 2)[-1]
            if name.startswith(("~", "_")):
                continue
            made[name] = given(item)
            if key in value.places:
                made.places[name] = value.places[key]
        made.rest = value.rest
        return made
    if isinstance(value, list):
        return List(map(given, value), getattr(value, "places", ()))
    return value


def _expanded(value: Any) -> Any:
    """Values in which paths of keys are mappings."""
    if isinstance(value, list):
        return List(map(_expanded, value), getattr(value, "places", ()))
    if not isinstance(value, Map):
        return value
    made = Map()
    for key, item in value.items():
        inner, place = _expanded(item), value.places.get(key)
        at = made
        *above, last = key[1:].split(".") if key.startswith(".") and key[1:] else (key,)
        for step in above:
            below = at.get(step)
            if not isinstance(below, Map):
                below = at[step] = Map()
                if place is not None:
                    at.places[step] = place
            at = below
        at[last] = inner
        if place is not None:
            at.places[last] = place
    return made


def _elsewhere(where: Span, key: str) -> TemplateHole:
    step = Step(where, Note("kubernetes.written"))
    return TemplateHole(Unknown(Reason.FROM_ENVIRONMENT, key, step), key)
