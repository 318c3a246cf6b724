"""What the Ansible of a repository puts on clusters, with each inventory: objects, and releases of charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import dirname
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.tree import Node, entries, get, items, text
from sovlint.expressions.templates.limits import MAX_WORLDS
from sovlint.frontends.base import FilesUnit
from sovlint.frontends.cluster.objects import ChartOrigin, ManifestObject
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.ansible.claims import deploys, short
from sovlint.frontends.kubernetes.ansible.contexts import TaskContext
from sovlint.frontends.kubernetes.ansible.deploying import K8sTask, UntoldPart
from sovlint.frontends.kubernetes.ansible.environments import inventories, of_playbook
from sovlint.frontends.kubernetes.ansible.inventories import HostInventory
from sovlint.frontends.kubernetes.ansible.plays import Plays, module_of, role_of
from sovlint.frontends.kubernetes.ansible.pointing import clusters_of, machines, pointed_by
from sovlint.frontends.kubernetes.ansible.releases import HelmTask
from sovlint.frontends.kubernetes.ansible.trees import YAML, AnsibleFiles
from sovlint.frontends.kubernetes.charts.chart_labels import chart_labels
from sovlint.frontends.kubernetes.charts.chart_variants import Charts
from sovlint.frontends.kubernetes.charts.files import packaged
from sovlint.frontends.kubernetes.charts.releases import ChartOfRelease
from sovlint.frontends.kubernetes.charts.rendering.render import ReleaseValues
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.frontends.kubernetes.helmfile.releases import HelmfileRelease
from sovlint.frontends.yaml_comments import template_ignores, yaml_ignores
from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import Reader
from sovlint.model.landing import Evidence
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.rules.hints import Hints

KIND: Final = "ansible"
"""What files of Ansible are called among what isn't read."""
MOST_OBJECTS: Final = 20_000
"""So many objects of all playbooks are read."""
WAYS: Final = 3
"""In how many ways a template is looked at of a release that may be given more values."""
_PLAYBOOK: Final = late_pattern(
    rb"^-?[ 	]+[\"']?(?:hosts|(?:ansible\.builtin\.)?import_playbook)[\"']?[ 	]*:",
    re.MULTILINE,
)
_READ: Final = frozenset(
    ("k8s", "helm", "k8s_info", "helm_info", "helm_repository", "helm_plugin", "k8s_json_patch", "k8s_scale",
     "k8s_exec", "k8s_log", "k8s_cluster_info", "k8s_rollback", "k8s_drain", "k8s_service", "k8s_cp", "set_fact",
     "include_vars", "include_tasks", "import_tasks", "include", "include_role", "import_role", "debug", "assert", "fail",
     "meta", "pause", "wait_for", "stat", "tempfile")
)  # fmt: skip
"""Modules of which all is read that bears on where data lands, or that put nothing anywhere."""


class InstalledByAnsible(Harvest):
    """What Ansible puts on clusters. ``used``: the files that it does so with, which aren't read by themselves then;
    ``untold``: what isn't here."""

    objects: list[ManifestObject] = field(default_factory=list)
    releases: list[ReleaseByAnsible] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    untold: list[UntoldByAnsible] = field(default_factory=list)

    def elsewhere(self) -> list[HelmfileRelease]:
        """Releases of charts that aren't here."""
        return [each.release for each in self.releases if each.release.folder is None]

    def wanted(self, charts: Charts) -> list[WantedChart]:
        """The charts of this repository, to render."""
        trees = {each.files.folder: each.chart for each in charts.variants}
        return [
            _wanted(each, trees) for each in self.releases if each.release.folder is not None
        ]


class UntoldByAnsible(Struct, frozen=True):
    """Something that a task puts on a cluster and of which nothing is known: in which task, of which playbook's folder,
    with which inventory."""

    part: UntoldPart
    task: str
    root: str
    variant: str | None


class ReleaseByAnsible(Struct, frozen=True):
    """A release, with the files that say so, and what shows where it is."""

    release: HelmfileRelease
    held_in: frozenset[str]
    evidence: tuple[Evidence, ...] = ()


def read_ansible(
    reader: Reader, paths: Iterable[str], charts: Charts, hints: Hints
) -> InstalledByAnsible:
    """What the playbooks and roles of a repository deploy. ``paths``: the YAML files that are no chart's."""
    result = InstalledByAnsible()
    files = AnsibleFiles(reader, result)
    needed, playbooks = _told(reader, paths)
    files.needed = frozenset(needed)
    folders = packaged(reader.paths).union(each.files.folder for each in charts.variants)
    reading = _Reading(files, result, folders, hints)
    reading.playbooks(playbooks)
    reading.others(needed)
    reading.close(needed)
    return result


def _told(reader: Reader, paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """The files with tasks that deploy, and the playbooks, by their bytes."""
    needed: list[str] = []
    playbooks: list[str] = []
    for path in paths:
        file = reader.read(path)
        if not isinstance(file, SourceFile):
            continue
        if deploys(file.data):
            needed.append(path)
        if _PLAYBOOK.search(file.data) is not None:
            playbooks.append(path)
    return needed, playbooks


class _Reading:
    """Reads all playbooks with their inventories. Implements ``plays.Deployer``."""

    def __init__(
        self,
        files: AnsibleFiles,
        result: InstalledByAnsible,
        folders: frozenset[str],
        hints: Hints,
    ) -> None:
        self.files = files
        self.result = result
        self.folders = folders
        self.hints = hints
        self.every = inventories(files)
        self.visited: set[str] = set()
        self._root = ""
        self._variant: str | None = None
        self._met: dict[tuple[str, str | None, str], set[str]] = {}
        self._before: dict[str, int] = {}

    def playbooks(self, paths: Sequence[str]) -> None:
        """Those that no other one imports."""
        found = [path for path in paths if _is_playbook(self.files.tree(path))]
        imported = {each for path in found for each in _imported(path, self.files)}
        for path in found:
            if path not in imported:
                self._read(path)

    def others(self, needed: Sequence[str]) -> None:
        """Tasks that no playbook here comes to: of roles for others, each by its main file first."""
        for path in sorted(needed, key=lambda path: ("/main." not in path, path)):
            if path in self.visited or self.files.tree(path) is None:
                continue
            for inventory, name in self._inventories(path):
                self._alone(path, inventory, name)

    def _alone(self, path: str, inventory: HostInventory | None, variant: str | None) -> None:
        """A file of tasks that no play comes to, as its role is run."""
        role = role_of(path)
        plays = Plays(self.files, path, inventory, self)
        self._begin(role if role is not None else dirname(path), variant)
        context = plays.context(path, "")
        if role is not None:
            name, stem = (
                role.rpartition("/")[2],
                path.rpartition("/tasks/")[2].rpartition(".")[0],
            )
            beside = replace(context, playbook=f"{dirname(role)}/{name}.yml", role=role)
            plays.role(name, beside, {}, stem)
        if path not in plays.visited:
            plays.tasks_of(path, context)
        self._end(plays)

    def _inventories(self, path: str) -> list[tuple[HostInventory | None, str | None]]:
        """The inventories that a file is read with, and what tells the readings apart where there are several."""
        fitting = of_playbook(path, self.every)
        if len(fitting) < 2:
            return [(each, None) for each in fitting] or [(None, None)]
        return [(each, each.name or each.folder or "inventory") for each in fitting]

    def _read(self, path: str) -> None:
        for inventory, variant in self._inventories(path):
            plays = Plays(self.files, path, inventory, self)
            self._begin(dirname(path), variant)
            plays.read(path)
            self._end(plays)

    def _begin(self, root: str, variant: str | None) -> None:
        self._root, self._variant = root, variant
        self._before = {
            "objects": len(self.result.objects),
            "releases": len(self.result.releases),
        }

    def _end(self, plays: Plays) -> None:
        """What was read in one go: all of it hangs on the files that it came to."""
        result = self.result
        self.visited |= plays.visited
        made = result.objects[self._before["objects"] :]
        if not made and len(result.releases) == self._before["releases"]:
            return
        held = frozenset((*plays.used, *plays.visited))
        result.used |= held
        result.units.append(FilesUnit(self._root, self._variant, held))

    def begins(self, pattern: str, play: Node, context: TaskContext) -> None:
        """See ``plays.Deployer``."""
        found = machines(context, context.inventory, pattern, play, self.hints)
        context.state.machines = tuple(found)

    def task(self, module: str, arguments: Node, task: Node, context: TaskContext) -> None:
        """See ``plays.Deployer``."""
        if module == "k8s":
            self._k8s(arguments, task, context)
        elif module == "helm":
            self._helm(arguments, task, context)
        elif module == "helm_repository":
            name = text(get(arguments, "name")) or text(get(arguments, "repo_name"))
            context.state.charts[name] = text(get(arguments, "url")) or text(
                get(arguments, "repo_url")
            )
        elif module in ("template", "copy"):
            place = text(get(arguments, "dest")).strip()
            if place:
                marked = {
                    **arguments.value,
                    **({"template": arguments} if module == "template" else {}),
                }
                context.state.written[place] = Node(marked, arguments.where)
        else:
            pointed = pointed_by(module, arguments, task, context, self.hints)
            if pointed is not None:
                context.state.clusters = (pointed,)

    def _k8s(self, arguments: Node, task: Node, context: TaskContext) -> None:
        if len(self.result.objects) >= MOST_OBJECTS:
            self.beyond(task)
            return
        shown = clusters_of(arguments, task, context)
        made = K8sTask(arguments, task, context, self.result)
        name = text(get(task, "name")) or "k8s"
        for found in made.objects(self._root, self._variant, shown):
            if self._is_new(found):
                self.result.objects.append(found)
        for part in made.untold.values():
            self._untell(part, name)

    def beyond(self, task: Node) -> None:
        """Implements ``plays.Deployer``."""
        note = Note("kubernetes.ansible.beyond")
        self._untell(UntoldPart(task.where.path, task.where, note), "beyond")

    def _untell(self, part: UntoldPart, name: str) -> None:
        untold = UntoldByAnsible(part, name, self._root, self._variant)
        if untold not in self.result.untold:
            self.result.untold.append(untold)

    def _is_new(self, found: ManifestObject) -> bool:
        """Whether it isn't the same as an object before: of another play, or another playbook."""
        met = self._met.setdefault((found.root or "", found.variant, found.address), set())
        told = repr((found.data, found.exists))
        is_new = told not in met
        met.add(told)
        return is_new

    def _helm(self, arguments: Node, task: Node, context: TaskContext) -> None:
        environment = self._variant or "ansible"
        held = frozenset((context.playbook, context.path, *context.used))
        shown = clusters_of(arguments, task, context)
        for release in HelmTask(arguments, task, context).releases(self.folders, environment):
            self.result.releases.append(ReleaseByAnsible(release, held, shown))

    def close(self, needed: Sequence[str]) -> None:
        """Which files are read by now, and which are in part."""
        result = self.result
        used = {path for path in (*result.used, *needed) if path in self.files.read}
        for path in sorted(used - self.files.broken):
            if (
                path.endswith(YAML)
                and path in self.visited
                and not _all_read(self.files.tree(path))
            ):
                result.recognised.append((KIND, path))
            else:
                result.files.append(path)
            file = self.files.file(path)
            if file is not None:
                ignores = yaml_ignores if path.endswith(YAML) else template_ignores
                result.ignores.extend(ignores(file))


def _is_playbook(tree: Node | None) -> bool:
    """Whether a file is a list of plays."""
    return any(
        short(key) in ("hosts", "import_playbook")
        for play in items(tree)
        for key in entries(play)
    )


def _imported(path: str, files: AnsibleFiles) -> Iterator[str]:
    """The playbooks that one imports."""
    for play in items(files.tree(path)):
        for key, node in entries(play).items():
            found = (
                files.find(text(node), [dirname(path)])
                if short(key) == "import_playbook"
                else None
            )
            if found is not None:
                yield found


def _all_read(tree: Node | None) -> bool:
    """Whether everything in a file of tasks or plays is read that bears on where data lands."""
    for each in items(tree):
        inner = [get(each, key) for key in _HOLDING]
        if any(part is not None for part in inner):
            if not all(_all_read(part) for part in inner):
                return False
        elif "hosts" not in entries(each) and module_of(each)[0] not in _READ:
            return False
    return True


_HOLDING: Final = (
    "block",
    "rescue",
    "always",
    "pre_tasks",
    "tasks",
    "post_tasks",
    "handlers",
)
"""Keys under which tasks stand."""


def _wanted(by: ReleaseByAnsible, charts: Mapping[str, Node]) -> WantedChart:
    each = by.release
    assert each.folder is not None
    release = ChartOfRelease(
        each.folder, each.name, each.namespace, Node({}, each.where.where)
    )
    rest = each.values.rest
    chart = charts.get(each.folder)
    return WantedChart(
        each.folder,
        each.variant,
        None,
        release,
        ChartOrigin(
            None,
            () if chart is None else tuple(chart_labels(chart)),
            by.held_in,
            pointed=by.evidence,
            varied=True,
        ),
        0,
        ReleaseValues(each.values, {}, rest),
        MAX_WORLDS if rest is None else WAYS,
        perhaps=each.perhaps,
    )
