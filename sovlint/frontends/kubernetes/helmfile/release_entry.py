"""One entry of a helmfile's releases in one environment: whether it is installed, and with which values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, get, is_list, is_map, is_null, items, text
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.charts.rendering.values import at, laid
from sovlint.frontends.kubernetes.charts.wanted_charts import HelmfilePatches
from sovlint.frontends.kubernetes.helmfile.rendering import HelmfileTexts, data_of
from sovlint.frontends.kubernetes.helmfile.states import (
    TEMPLATED,
    HelmfileState,
    values_at,
)
from sovlint.frontends.kubernetes.helmfile.values import (
    evaluated,
    open_at,
    plain,
    unknown_of,
    with_set,
)
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

_CHANGING: Final = ("transformers", "postRenderer")
"""Fields by which a release has what it makes changed, and that aren't carried out here."""


class ReleaseEntry:
    """One release, whose texts may be templates themselves."""

    def __init__(self, node: Node, state: HelmfileState, texts: HelmfileTexts) -> None:
        self.node = node
        self.state = state
        self.texts = texts
        self.name = text(get(node, "name"))
        self.patch_files: set[str] = set()
        self.namespace = ""
        self.namespace = self.line("namespace") or ""
        self.name = self.line("name") or self.name

    @property
    def data(self) -> Map:
        """What its texts see."""
        release = Map({"Name": self.name, "Namespace": self.namespace, "Labels": Map()})
        return data_of(self.state.environment, self.state.values, Release=release)

    def line(self, key: str) -> str | None:
        """A text of the release; ``None`` where it isn't there, or not known."""
        node = get(self.node, key)
        if node is None or unknown_of(node) is not None:
            return None
        return self.texts.line(self.state.path, text(node), self.data)

    def is_off(self) -> bool:
        """Whether it surely isn't installed in this environment."""
        if plain(getattr(get(self.node, "installed"), "value", None)) is False:
            return True
        installed = self.line("installedTemplate") or self.line("installed") or ""
        if installed.strip() == "false":
            return True
        condition = self.line("condition") or ""
        return condition != "" and at(self.state.values, condition) is False

    def perhaps(self) -> Unknown | None:
        """Why it isn't known whether it is installed; ``None`` where it surely is."""
        for key in ("installed", "installedTemplate"):
            node = get(self.node, key)
            if node is not None and self.line(key) is None:
                unknown = unknown_of(node)
                return open_at(node.where, key, key).unknown if unknown is None else unknown
        condition = get(self.node, "condition")
        values = self.state.values
        if condition is None or values.rest is None or at(values, text(condition)) is True:
            return None
        return open_at(condition.where, text(condition), "condition").unknown

    def values(self) -> Map:
        """What is laid on the values of the chart. What isn't here may say anything; of what is encrypted here, the keys
        are known."""
        values = Map()
        for entry in self._listed("values"):
            values = self._laid(values, entry)
        for entry in self._rendered("valuesTemplate"):
            values = self._laid(values, entry)
        for entry in self._listed("secrets"):
            values = self._laid(values, entry)
        for entry in (*self._listed("set"), *self._rendered("setTemplate")):
            self._put(values, entry)
        for entry in self._listed("setString"):
            self._put(values, entry, True)
        return values

    def _put(self, values: Map, entry: Node, as_text: bool = False) -> None:
        """What one entry of ``set`` puts into values: one value, a list, or the text of a file."""
        path, named = text(get(entry, "name")), get(entry, "file")
        said = get(entry, "value") or get(entry, "values")
        if said is None and named is not None:
            said, as_text = self._text_of(named), True
        if said is not None and path:
            with_set(values, path, said, as_text)
        else:
            values.rest = _open(entry, ".Values")

    def _text_of(self, named: Node) -> Node:
        """The text of a file, which isn't known where it isn't here."""
        written = self.texts.line(self.state.path, text(named), self.data)
        path = None if written is None else self.texts.path(self.state.path, written)
        held = None if path is None else self.texts.text(path)
        if path is None or held is None:
            return Node(Evaluated.of(_open(named, text(named)).unknown), named.where)
        return Node(held.rstrip("\n"), Span(path, 1, 1, 1, 1))

    def patches(self) -> HelmfilePatches | None:
        """What the release changes in what its chart renders to; ``None`` where it changes nothing."""
        merged = [
            tree
            for each in self._listed("strategicMergePatches")
            for tree in self._patch(each)
        ]
        json = [tree for each in self._listed("jsonPatches") for tree in self._patch(each)]
        namespace = self.line("forceNamespace") or ""
        return (
            HelmfilePatches(merged, json, namespace) if merged or json or namespace else None
        )

    def changed_by(self, tree: Node | None) -> Unknown | None:
        """Why nobody knows what becomes of all that the release makes: a program, or transformers, change it."""
        defaults = get(tree, "helmDefaults")
        for key in _CHANGING:
            for holder in (self.node, defaults):
                named = get(holder, key)
                if named is not None and not is_null(named) and named.value != []:
                    note = Note("kubernetes.helmfile.changed-by", {"field": key})
                    step = Step(named.where, Note("kubernetes.written"))
                    return Unknown(Reason.TEMPLATED, key, step, note=note)
        return None

    def _patch(self, entry: Node) -> list[Node]:
        """A patch that stands here, or those of the file that is named; those that aren't here change nothing."""
        if is_map(entry):
            return [entry]
        written = self.texts.line(self.state.path, text(entry), self.data)
        path = None if written is None else self.texts.path(self.state.path, written)
        held = None if path is None else self.texts.text(path)
        if path is None or held is None:
            return []
        self.patch_files.add(path)
        data = self.data if path.endswith(TEMPLATED) else None
        trees = list(self.texts.trees(path, held, 1, data))
        return [each for tree in trees for each in (items(tree) if is_list(tree) else [tree])]

    def _listed(self, key: str) -> Iterator[Node]:
        yield from items(get(self.node, key))

    def _rendered(self, key: str) -> Iterator[Node]:
        """The entries at a key whose texts are templates."""
        yield from map(self._filled, self._listed(key))

    def _filled(self, node: Node) -> Node:
        value = node.value
        if is_map(node):
            value = {key: self._filled(each) for key, each in value.items()}
        elif isinstance(value, list):
            value = [self._filled(each) for each in value]
        elif isinstance(value, str) and unknown_of(node) is None:
            written = self.texts.line(self.state.path, value, self.data)
            value = Evaluated.of(_open(node, value).unknown) if written is None else written
        return Node(value, node.where, node.end)

    def _laid(self, values: Map, entry: Node) -> Map:
        if is_map(entry):
            return laid(values, evaluated(entry))
        found = values_at(self.state.path, entry, self.data, self.texts)
        if found is not None:
            return laid(values, found)
        values = Map(values, values.places)
        values.rest = _open(entry, ".Values")
        return values


def _open(node: Node, detail: str) -> TemplateHole:
    return open_at(node.where, detail, ".Values")
