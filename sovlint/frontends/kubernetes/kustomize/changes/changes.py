"""What a kustomization changes in the objects that it has gathered, field by field in Kustomize's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sovlint.documents.tree import Node, get, is_map, text
from sovlint.frontends.kubernetes.kustomize.changes import (
    extras,
    helm_charts,
    replacements,
    transformers,
)
from sovlint.frontends.kubernetes.kustomize.changes.building import Build
from sovlint.frontends.kubernetes.kustomize.changes.gathered import Gathered
from sovlint.frontends.kubernetes.kustomize.changes.patches import Patcher, patcher_of
from sovlint.frontends.kubernetes.kustomize.files import inner_nodes
from sovlint.frontends.kubernetes.kustomize.kustomization import Kustomization
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.problems import RefusedError, TooMuchError

Transformation = Callable[[Node], None]


def change(build: Build, found: Kustomization, into: Gathered) -> None:
    """Carries out all that changes objects; what is refused is kept, and the rest follows all the same."""
    items, fields = into.items, into.specs.fields
    patcher = patcher_of(build, into)
    run = _Run(build, found, into)
    run.each(
        "patchesstrategicmerge",
        lambda each: _strategic(build, found, each, patcher),
        costs=False,
    )
    run.each(
        "patches",
        lambda each: patcher.patch(each, build.trees(found, each, "path", "patch")),
        costs=False,
    )
    run.one(
        "namespace", lambda node: transformers.namespace(items, node, fields["namespace"])
    )
    run.one(
        "nameprefix", lambda node: transformers.affix(items, node, fields["nameprefix"], True)
    )
    run.one(
        "namesuffix",
        lambda node: transformers.affix(items, node, fields["namesuffix"], False),
    )
    run.each("labels", lambda each: extras.labels(items, each, into.specs), costs=False)
    run.one(
        "commonlabels", lambda node: transformers.entries(items, node, fields["commonlabels"])
    )
    run.one(
        "commonannotations",
        lambda node: transformers.entries(items, node, fields["commonannotations"]),
    )
    run.each(
        "patchesjson6902",
        lambda each: patcher.json(each, build.trees(found, each, "path", "patch")),
        costs=False,
    )
    run.each("replicas", lambda each: _replicas(build, each, into))
    for key in ("images", "imagetags"):
        run.each(key, lambda each: transformers.images(items, each, fields["images"]))
    if into.charts:
        helm_charts.remember(into.charts, run.changes_of_rendered(found))
    _those_alike(run, into.charts, into)
    for patched in into.patched:
        _those_alike(run, [patched], into)
    for entry in run.entries("replacements"):
        for each in build.replacement(found, entry):
            with build.step():
                _replace(build, each, into)
    with build.step():
        extras.transform(build, found, into)


def _replace(build: Build, entry: Node, into: Gathered) -> None:
    """A replacement, in what charts render to as well."""
    if into.charts:
        made = replacements.settled(into.items, entry, into.open, build.account)
        helm_charts.remember(into.charts, [("replacements", made)])
    replacements.replace(into.items, entry, into.open, build.account)


def _those_alike(run: _Run, items: list[Item], into: Gathered) -> None:
    """Charts, and objects of which nothing but patches is here, get the namespace and labels that all others do."""
    if not items:
        return
    fields = into.specs.fields
    run.one(
        "namespace", lambda node: transformers.namespace(items, node, fields["namespace"])
    )
    run.each("labels", lambda each: extras.labels(items, each, into.specs), costs=False)
    run.one(
        "commonlabels", lambda node: transformers.entries(items, node, fields["commonlabels"])
    )
    run.one(
        "commonannotations",
        lambda node: transformers.entries(items, node, fields["commonannotations"]),
    )


class _Run:
    """Steps by the fields that ask for them. ``costs``: whether a step looks at every object once."""

    def __init__(self, build: Build, found: Kustomization, into: Gathered) -> None:
        self._build = build
        self._found = found
        self._into = into

    def entries(self, key: str) -> Iterator[Node]:
        """The entries of a field."""
        with self._build.step():
            yield from self._found.listed(key)

    def each(self, key: str, step: Transformation, costs: bool = True) -> None:
        """A step for each entry of a field."""
        for entry in self.entries(key):
            with self._build.step():
                if costs:
                    self._spend(entry)
                step(entry)

    def one(self, key: str, step: Transformation) -> None:
        """A step for a field that has one value, if it is there."""
        node = self._found.get(key)
        if node is not None and (is_map(node) or text(node)):
            with self._build.step():
                self._spend(node)
                step(node)

    def changes_of_rendered(self, found: Kustomization) -> Iterator[tuple[str, Node]]:
        """What is changed in objects that a chart renders to: fields, with entries whose patches stand in them."""
        for entry in self.entries("patchesstrategicmerge"):
            with self._build.step():
                for tree in _merged_trees(self._build, found, entry):
                    yield "patchesStrategicMerge", tree
        for key, field in (("patches", "patches"), ("patchesjson6902", "patchesJson6902")):
            for entry in self.entries(key):
                with self._build.step():
                    for tree in self._build.trees(found, entry, "path", "patch"):
                        yield field, Node({**entry.value, "patch": tree}, entry.where)
        for entry in self.entries("images"):
            yield "images", entry

    def _spend(self, node: Node) -> None:
        self._build.account.spend(node.where, len(self._into.items))


def _replicas(build: Build, entry: Node, into: Gathered) -> None:
    try:
        transformers.replicas(into.items, entry, into.specs.fields["replicas"])
    except TooMuchError:
        raise
    except RefusedError as error:
        if not into.open:
            raise
        build.account.remark(
            error.where, "kubernetes.kustomize.target-unknown", name=text(get(entry, "name"))
        )


def _strategic(build: Build, found: Kustomization, entry: Node, patcher: Patcher) -> None:
    for tree in _merged_trees(build, found, entry):
        with build.step():
            patcher.named(tree)


def _merged_trees(build: Build, found: Kustomization, entry: Node) -> list[Node]:
    """What an entry of ``patchesStrategicMerge`` holds: a patch, or the name of a file with patches."""
    written = text(entry)
    inline = "\n" in written.strip() or written.lstrip().startswith("{")
    return inner_nodes(entry, found.file) if inline else build.named(found, entry)
