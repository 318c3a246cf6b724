"""Tasks of ``helm`` -> releases of charts, with the values that they give."""

from __future__ import annotations

from posixpath import normpath
from typing import Any, Final

from sovlint.documents.tree import Node, get, text
from sovlint.expressions.jinja.ways import TriedWay
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.text import TemplateHole, has_holes
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.ansible.contexts import TaskContext
from sovlint.frontends.kubernetes.ansible.documents import helm_values
from sovlint.frontends.kubernetes.ansible.evaluating import every_way
from sovlint.frontends.kubernetes.ansible.trees import places
from sovlint.frontends.kubernetes.charts.rendering.values import laid
from sovlint.frontends.kubernetes.helmfile.releases import HelmfileRelease
from sovlint.frontends.kubernetes.helmfile.values import evaluated, open_at, with_set
from sovlint.model.value import Unknown

_ABSENT: Final = ("absent", "uninstalled")


class HelmTask:
    """A task of ``helm``, in one turn of its loop."""

    def __init__(self, arguments: Node, task: Node, context: TaskContext) -> None:
        self.arguments = arguments
        self.task = task
        self.context = context
        self.scope = context.scope

    def releases(self, folders: frozenset[str], environment: str) -> list[HelmfileRelease]:
        """What it installs: a chart of one of ``folders``, or one that isn't here; nothing, where it takes it away."""
        found = [
            each for each in every_way(self.context, self._values, 2) if each.error is None
        ]
        made: dict[str, HelmfileRelease] = {}
        for way in found:
            release = self._release(way, folders, environment)
            if release is not None:
                made.setdefault(repr((release.folder, release.name, release.values)), release)
        return list(made.values())

    def _values(self, run: TemplateRun) -> dict[str, Any]:
        """All arguments, worked out."""
        names = self.arguments.value
        return {name: self.scope.evaluated(node, run) for name, node in names.items()}

    def _release(
        self, way: TriedWay[dict[str, Any]], folders: frozenset[str], environment: str
    ) -> HelmfileRelease | None:
        given = way.result or {}
        state = given.get("release_state", given.get("state"))
        if state in _ABSENT:
            return None
        unsure = [each.unknown.bare() for each, _ in way.assumed]
        if isinstance(state, TemplateHole):
            unsure.insert(0, state.unknown.bare())
        if self.context.perhaps is not None:
            unsure.insert(0, self.context.perhaps)
        reference = self._line(given, "chart_ref", "chart")
        alias, _, chart = reference.rstrip("/").rpartition("/")
        repository = self._line(
            given, "chart_repo_url", "repo_url"
        ) or self.context.state.charts.get(alias, alias)
        return HelmfileRelease(
            self._folder(reference, folders),
            environment,
            self._line(given, "release_name", "name") or chart,
            self._line(given, "release_namespace", "namespace"),
            self._laid(given),
            self.task,
            chart,
            repository,
            next(iter(unsure), None),
        )

    def _line(self, given: dict[str, Any], *names: str) -> str:
        """A text that is known; an empty one for one that isn't."""
        value = next((given[name] for name in names if name in given), "")
        return "" if not isinstance(value, str) or has_holes(value) else str(value)

    def _folder(self, reference: str, folders: frozenset[str]) -> str | None:
        """The folder of a chart that lies in the repository. A plain name is one of a repository of charts, if nothing
        here is called so."""
        for path in (
            places(normpath(reference), self.context.folders("files")) if reference else ()
        ):
            if path in folders:
                return path
        return None

    def _laid(self, given: dict[str, Any]) -> Map:
        """The values, as they are laid on each other: files, then what is written, then single ones."""
        values = Map()
        for path in _listed(given.get("values_files")):
            found = self._of_file(path)
            if found is None:
                values = Map(values, values.places)
                values.rest = self._open("values_files")
            else:
                values = laid(values, found)
        written = given.get("release_values", given.get("values"))
        if isinstance(written, Map):
            values = laid(values, helm_values(written, self.context.holes))
            rest = written.rest
            values.rest = values.rest if rest is None else self._open("values", rest.unknown)
        elif written is not None:
            values.rest = self._open("values", getattr(written, "unknown", None))
        for each in _listed(given.get("set_values")):
            path, _, value = (
                str(each.get("value", "")).partition("=")
                if isinstance(each, Map)
                else ("", "", "")
            )
            if path and not has_holes(path + value):
                with_set(values, path, Node(value, self.task.where))
            else:
                values.rest = self._open("set_values")
        return values

    def _of_file(self, path: Any) -> Map | None:
        if not isinstance(path, str) or has_holes(path):
            return None
        found = self.context.files.find(path, self.context.folders("files"))
        tree = None if found is None else self.context.files.tree(found)
        if tree is None or found is None:
            return None
        self.context.used.add(found)
        made = evaluated(tree)
        return made if isinstance(made, Map) else None

    def _open(self, detail: str, unknown: Unknown | None = None) -> TemplateHole:
        node = get(self.arguments, detail) or self.task
        made = open_at(node.where, text(node) or detail, ".Values")
        return made if unknown is None else TemplateHole(unknown.bare(), ".Values")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
