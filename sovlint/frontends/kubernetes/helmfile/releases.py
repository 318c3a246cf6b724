"""The charts of this repository that helmfiles install, each with its values in each environment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.tree import Node, get, is_map, items, merged_entries, text
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendering.values import laid
from sovlint.frontends.kubernetes.charts.wanted_charts import HelmfilePatches
from sovlint.frontends.kubernetes.claims import is_helmfile
from sovlint.frontends.kubernetes.helmfile.release_entry import ReleaseEntry
from sovlint.frontends.kubernetes.helmfile.rendering import HelmfileTexts
from sovlint.frontends.kubernetes.helmfile.states import (
    HelmfileState,
    context_of,
    environments,
    given_to,
    state_of,
)
from sovlint.model.inputs import Reader
from sovlint.model.value import Unknown

MOST_ENVIRONMENTS: Final = 20
"""So many environments of one helmfile are read."""
DEEPEST: Final = 4
"""Helmfiles may name others."""
_PATH: Final = re.compile(r"[\w./*?-]+\.ya?ml(?:\.gotmpl)?")

FindChart = Callable[[str, str], str | None]
"""The folder of a chart of this repository: by its name and the repository that it is taken from."""


class HelmfileRelease(Struct, frozen=True):
    """A chart that a helmfile installs in one environment: its folder (``None`` for one that isn't here), the release's
    name and namespace, the values that are laid on the chart's own, where the release is written, and what the chart is
    called, with the repository that it is taken from."""

    folder: str | None
    environment: str
    name: str
    namespace: str
    values: Map
    where: Node
    chart: str = ""
    repository: str = ""
    perhaps: Unknown | None = None
    """Why it isn't known whether it is installed."""
    patches: HelmfilePatches | None = None
    """What it changes in what its chart renders to."""
    untold: Unknown | None = None
    """Why nothing is known of what it makes, whatever its values say."""
    context: str = ""
    """What it calls the cluster that it goes to, or its environment or helmfile does."""

    @property
    def variant(self) -> str:
        """What tells it from other releases of the chart."""
        return f"{self.environment}/{self.namespace or '-'}/{self.name}"

    @property
    def root(self) -> str:
        """The folder of the helmfile."""
        return dirname(self.where.where.path)

    @property
    def held_in(self) -> tuple[str, ...]:
        """The file that says where it is deployed."""
        return (self.where.where.path,)


class Helmfiles(Harvest):
    """What the helmfiles of a repository install: charts that are here, and charts that aren't (``elsewhere``).
    ``apart``: helmfiles with a release that names a cluster of its own."""

    releases: list[HelmfileRelease] = field(default_factory=list)
    elsewhere: list[HelmfileRelease] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    patches: set[str] = field(default_factory=set)
    """Files of patches that releases name: what they hold is no object."""


def read_helmfiles(reader: Reader, folders: Iterable[str], chart: FindChart) -> Helmfiles:
    """What every helmfile of a repository installs. ``folders`` are those of its charts."""
    result = Helmfiles()
    reading = _Reading(HelmfileTexts(reader, result), frozenset(folders), chart, result)
    found = [path for path in reader.paths if is_helmfile(path)]
    named = {each for path in found for each in reading.named_by(path)}
    for path in found:
        if path not in named:
            reading.read(path, None, 0)
    for path in found:  # those that name each other in a circle, or aren't reached
        if path not in result.met | reading.texts.bases:
            reading.read(path, None, 0)
    values = {path for path in reading.texts.read if path.endswith(".gotmpl")}
    result.files.extend(sorted((values | result.met) - reading.texts.broken))
    return result


class _Reading:
    def __init__(
        self,
        texts: HelmfileTexts,
        folders: frozenset[str],
        chart: FindChart,
        result: Helmfiles,
    ) -> None:
        self.texts = texts
        self.folders = folders
        self.chart = chart
        self.result = result
        self._read: set[tuple[str, str]] = set()
        """The helmfiles that were read, with what each was given."""

    def named_by(self, path: str) -> Iterator[str]:
        """The helmfiles that another one names, as far as that is written plainly."""
        for written in _PATH.findall(self.texts.text(path) or ""):
            for found in self.texts.paths_of(path, written):
                if found != path and is_helmfile(found):
                    yield found

    def read(self, path: str, given: Mapping[str, Map] | None, depth: int) -> None:
        """A helmfile and those that it names, in each environment. ``given``: the environments that it is read for, with
        the values that are laid on those that it has."""
        self.result.met.add(path)
        if given is None:
            names = environments(path, self.texts)[:MOST_ENVIRONMENTS]
            given = {name: Map() for name in names}
        if (path, repr(given)) in self._read:
            return
        self._read.add((path, repr(given)))
        inner: dict[tuple[str, int | None], dict[str, Map]] = {}
        for name, over in given.items():
            state = state_of(path, name, Map(), self.texts, over=over)
            for entry in items(get(state.tree, "releases")):
                self._release(entry, state)
            for number, entry in enumerate(items(get(state.tree, "helmfiles"))):
                values = given_to(entry, state, self.texts)
                written = text(get(entry, "path")) if is_map(entry) else text(entry)
                for found in self.texts.paths_of(path, written):
                    gives = values or values.rest is not None
                    key = (found, number if gives else None)
                    inner.setdefault(key, {})[name] = values
        for (found, _), said in inner.items() if depth < DEEPEST else ():
            self.read(found, said, depth + 1)

    def _release(self, written: Node, state: HelmfileState) -> None:
        release = _inherited(written, state.tree)
        made = ReleaseEntry(release, state, self.texts)
        if made.is_off():
            return
        written_chart = made.line("chart")
        folder = self._folder(written_chart, state)
        if get(release, "kubeContext") is not None:
            self.result.apart.add(written.where.path)
        alias, _, name = (written_chart or "").rpartition("/")
        found = HelmfileRelease(
            folder,
            str(state.environment),
            made.name,
            made.namespace,
            made.values(),
            written,
            name,
            _repository(state.tree, alias) or alias,
            made.perhaps(),
            made.patches(),
            context=context_of(release, state),
        )
        self.result.patches |= made.patch_files
        self._add(found)
        for entry in items(get(release, "dependencies")):
            self._add(self._dependency(found, entry, state))
        changed = made.changed_by(state.tree)
        if changed is not None:
            self.result.elsewhere.append(_untold(found, changed))

    def _add(self, found: HelmfileRelease) -> None:
        here, elsewhere = self.result.releases, self.result.elsewhere
        (elsewhere if found.folder is None else here).append(found)

    def _dependency(
        self, of: HelmfileRelease, entry: Node, state: HelmfileState
    ) -> HelmfileRelease:
        """A chart that a release adds to its own: it is given what the values say under its name."""
        written = text(get(entry, "chart"))
        alias, _, name = written.rpartition("/")
        folder = self._folder(written, state)
        return replace(
            of,
            folder=folder,
            values=_inner(of.values, text(get(entry, "alias")) or name),
            where=entry,
            chart=name,
            repository=_repository(state.tree, alias) or alias,
            patches=None if folder is None else of.patches,
        )

    def _folder(self, written: str | None, state: HelmfileState) -> str | None:
        """The chart of this repository that a release installs: by its path, else by its name."""
        if written is None or "://" in written:
            return None
        path = normpath(join(dirname(state.path), written))
        folder = "" if path == "." else path
        if not written.startswith("/") and folder in self.folders:
            return folder
        alias, slash, name = written.partition("/")
        if not slash or "/" in name or alias.startswith("."):
            return None
        return self.chart(name, _repository(state.tree, alias))


def _untold(found: HelmfileRelease, why: Unknown) -> HelmfileRelease:
    """What isn't known of a release that is read besides."""
    return replace(found, folder=None, values=Map(), chart="", untold=why, patches=None)


def _inner(values: Map, key: str) -> Map:
    """The values of a chart in another one: what is said under its name, with what holds for all."""
    under, shared = values.get(key), values.get(GLOBAL)
    found = Map(under, under.places) if isinstance(under, Map) else Map()
    found.rest = under if isinstance(under, TemplateHole) else found.rest or values.rest
    if isinstance(shared, Map):
        found = laid(Map({GLOBAL: shared}, {}), found)
    return found


def _repository(tree: Node | None, alias: str) -> str:
    for each in items(get(tree, "repositories")):
        if text(get(each, "name")) == alias:
            return text(get(each, "url"))
    return ""


def _inherited(release: Node, tree: Node | None) -> Node:
    """A release with the templates beneath that it inherits from."""
    for each in items(get(release, "inherit")):
        template = get(tree, "templates", text(get(each, "template")))
        if is_map(template):
            release = merged_entries(template, release, lambda _key, _there, node: node)
    return release
