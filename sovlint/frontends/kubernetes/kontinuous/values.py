"""Values of a project -> those of each part in one environment, as Kontinuous puts them together.

A key that begins with a dot is a path of keys. ``~extends`` names files that are laid on the one that names them, ``~tpl~``
begins keys whose values are templates, ``~.`` paths in objects, and whatever else begins with ``~`` is for the deployer.
Lists are replaced.
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
from sovlint.frontends.kubernetes.charts.rendering.values import at, laid, values_of
from sovlint.frontends.kubernetes.kontinuous.projects import (
    DEFAULT,
    Environment,
    KontinuousProject,
)
from sovlint.frontends.kubernetes.kontinuous.shapes import SHIPPED
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.inputs import Reader
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

CHART: Final = "~chart"
_EXTENDS: Final = "~extends"
TEMPLATE: Final = "~tpl"
SET: Final = "~"
"""Below which all stands that is set in every object of a part (``~.a.b``)."""
_ANCHORS: Final = "x-"
_CONFIGURED: Final = ("projectName", "repositoryName", "ciNamespace")
"""What a project's configuration says that templates are told."""
_PLUGIN: Final = "dependencies.fabrique"
_OTHERWISE: Final = tuple(
    f"{_PLUGIN}.{path}"
    for path in ("import", "options.domain", "options.devDomain", "valuesCompilers")
)
"""Where a project says that its hosts lie elsewhere, or may do."""
_DEEPEST: Final = 8
"""Files may extend files: so many times within each other."""


class ValuesReader:
    """Reads the values files of projects; what can't be read is told to ``harvest``, once."""

    def __init__(self, reader: Reader, harvest: Harvest) -> None:
        self._reader = reader
        self._harvest = harvest
        self._read: dict[str, Map] = {}

    def of(self, project: KontinuousProject, environment: Environment) -> Map:
        """The values of one environment: the shared ones with its own on them, and globals that it is told."""
        shared = self.file(project.values)
        values = laid(shared, self.file(environment.values))
        where = Span(project.values or project.config or project.folder, 1, 1, 1, 1)
        told = self._globals(project, environment, where)
        given = values.get(GLOBAL)
        values[GLOBAL] = laid(told, given) if isinstance(given, Map) else told
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

    def _globals(
        self, project: KontinuousProject, environment: Environment, where: Span
    ) -> Map:
        """What every template is told: of what isn't known here, that it isn't."""
        name = environment.name or DEFAULT
        config = self.file(project.config)
        known = {
            key: value for key in _CONFIGURED if isinstance(value := config.get(key), str)
        }
        told: dict[str, Any] = {key: _elsewhere(where, key) for key in SHIPPED.told}
        domain = _domain(config, name)
        if domain is not None:
            told["domain"] = domain
            told["host"] = _in_domain(where, domain)
            told["imageProject"] = known.get("projectName", told["imageProject"])
        shown = SHIPPED.environments.get(name, {})
        entries = {**told, **SHIPPED.fixed, **shown, **known, "env": name}
        return Map(entries, dict.fromkeys(entries, where))


def _domain(config: Map, environment: str) -> str | None:
    """The domain of an environment's host, where the project names the plug-in that tells it, and no other one."""
    plugin = at(config, _PLUGIN)
    if not isinstance(plugin, Map) or any(
        at(config, path) is not None for path in _OTHERWISE
    ):
        return None
    return SHIPPED.domains.get(environment)


def parts_of(values: Map) -> Iterator[tuple[str, Map]]:
    """The parts of a project that are installed, by name: what is said of each."""
    for key, value in values.items():
        if (
            key in (GLOBAL, "project", SET)
            or key.startswith(_ANCHORS)
            or not isinstance(value, Map)
        ):
            continue
        if value.get("enabled") is not False:
            yield key, value


def written_globals(told: Map) -> Map:
    """The global values that files say, of all that templates are told."""
    first = next(iter(told.places.values()), None)
    return Map(
        {
            key: value
            for key, value in told.items()
            if told.places.get(key) not in (None, first)
        },
        told.places,
    )


def given(value: Any) -> Any:
    """Values without what is for the deployer alone; keys of templates by their own names, and their places by
    both."""
    if isinstance(value, Map):
        made = Map()
        for key, item in value.items():
            name = key
            if key.startswith(TEMPLATE):
                name = key.split("~", 2)[-1]
            if name.startswith(("~", "_")) and name != SET:
                continue
            made[name] = given(item)
            if key in value.places:
                made.places[name] = made.places[key] = value.places[key]
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
        into = made
        plain = key.removeprefix(SET)
        *above, last = plain[1:].split(".") if plain.startswith(".") and plain[1:] else (key,)
        if key.startswith(f"{SET}."):
            above.insert(0, SET)
        for step in above:
            below = into.get(step)
            if not isinstance(below, Map):
                below = into[step] = Map()
                if place is not None:
                    into.places[step] = place
            into = below
        into[last] = inner
        if place is not None:
            into.places[last] = place
    return made


def _elsewhere(where: Span, key: str) -> TemplateHole:
    """A global value that is told where it is deployed."""
    return TemplateHole(_unknown(where, key), f".Values.{GLOBAL}.{key}")


def _in_domain(where: Span, domain: str) -> TemplateHole:
    """A host of which only the domain is known."""
    unknown = _unknown(where, "host")
    parts = (None, f".{domain}")
    return TemplateHole(unknown.but(parts=parts, holes=(unknown,)), f".Values.{GLOBAL}.host")


def _unknown(where: Span, key: str) -> Unknown:
    step = Step(where, Note("kubernetes.written"))
    return Unknown(Reason.FROM_ENVIRONMENT, f"{GLOBAL}.{key}", step)
