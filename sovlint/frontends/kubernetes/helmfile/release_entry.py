"""One entry of a helmfile's releases in one environment: whether it is installed, and with which values."""

from __future__ import annotations

from sovlint.documents.tree import Node, get, is_map, items, text
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.charts.rendering.values import at, laid
from sovlint.frontends.kubernetes.helmfile.rendering import HelmfileTexts, data_of
from sovlint.frontends.kubernetes.helmfile.states import (
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
from sovlint.model.value import Unknown


class ReleaseEntry:
    """One release, whose texts may be templates themselves."""

    def __init__(self, node: Node, state: HelmfileState, texts: HelmfileTexts) -> None:
        self.node = node
        self.state = state
        self.texts = texts
        self.name = text(get(node, "name"))
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
        """What is laid on the values of the chart. What isn't here may say anything."""
        values = Map()
        for entry in items(get(self.node, "values")):
            if is_map(entry):
                values = laid(values, evaluated(entry))
                continue
            found = values_at(self.state.path, entry, self.data, self.texts)
            if found is None:
                values = Map(values, values.places)
                values.rest = open_at(entry.where, ".Values", ".Values")
            else:
                values = laid(values, found)
        for entry in (*items(get(self.node, "secrets")), *items(get(self.node, "setString"))):
            values.rest = open_at(entry.where, ".Values", ".Values")
        for entry in items(get(self.node, "set")):
            said = get(entry, "value")
            path = text(get(entry, "name"))
            if said is not None and path:
                with_set(values, path, said)
            else:
                values.rest = open_at(entry.where, ".Values", ".Values")
        return values
