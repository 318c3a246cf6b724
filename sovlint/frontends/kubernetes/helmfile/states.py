"""A helmfile read for one environment: its parts, its bases and the environment's values, laid on each other.

Sources: Helmfile's documentation, "Environment Values", "Layering" and "Release Template"
(https://helmfile.readthedocs.io/en/latest/), background knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, field

from sovlint.documents.tree import (
    Node,
    entries,
    get,
    is_list,
    is_map,
    items,
    merged_entries,
    text,
)
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.charts.rendering.values import laid
from sovlint.frontends.kubernetes.helmfile.rendering import HelmfileTexts, data_of
from sovlint.frontends.kubernetes.helmfile.values import evaluated, open_at, unknown_of
from sovlint.model.source import Span

DEEPEST: Final = 6
"""Bases may have bases."""
_PART: Final = re.compile(r"^---[ \t]*(?:#.*)?$\n?", re.MULTILINE)
TEMPLATED: Final = (".gotmpl", ".tmpl")
"""How files are called that are templates."""


class HelmfileState(Struct):
    """What a helmfile says for one environment. ``values``: the environment's; ``rest`` of these is why there may be
    more. ``over``: what the helmfile that names it lays on them."""

    path: str
    environment: Any
    values: Map = field(default_factory=Map)
    tree: Node | None = None
    over: Map = field(default_factory=Map)


def state_of(
    path: str,
    environment: Any,
    values: Map,
    texts: HelmfileTexts,
    depth: int = 0,
    over: Map | None = None,
) -> HelmfileState:
    """A helmfile with its bases. ``environment``: a name, or a hole."""
    over = Map() if over is None else over
    state = HelmfileState(path, environment, laid(values, over), over=over)
    written = texts.text(path)
    for line, part in _parts(written or ""):
        tree = _tree(texts, state, part, line)
        if tree is None:
            continue
        before = state.values
        _take_environment(state, tree, texts)
        if state.values is not before and "{{" in part:
            tree = _tree(texts, state, part, line) or tree
        for base in items(get(tree, "bases")):
            _take_base(state, base, texts, depth)
        state.tree = _layered(state.tree, tree)
    return state


def context_of(release: Node, state: HelmfileState) -> str:
    """What a release calls its cluster, else its environment, else what holds for all; empty where none does."""
    own = get(release, "kubeContext")
    of_all = get(state.tree, "helmDefaults", "kubeContext")
    of_environment = get(state.tree, "environments", str(state.environment), "kubeContext")
    return next((said for at in (own, of_environment, of_all) if (said := text(at))), "")


def _parts(written: str) -> Iterator[tuple[int, str]]:
    start = 0
    for separator in [*_PART.finditer(written), None]:
        end = len(written) if separator is None else separator.start()
        if written[start:end].strip():
            yield written.count("\n", 0, start) + 1, written[start:end]
        start = end if separator is None else separator.end()


def _tree(texts: HelmfileTexts, state: HelmfileState, part: str, line: int) -> Node | None:
    """What a part says; of the ways in which it may come out the releases are put together."""
    whole: Node | None = None
    for tree in texts.trees(state.path, part, line, data_of(state.environment, state.values)):
        if is_map(tree):
            whole = tree if whole is None else _either(whole, tree)
    return whole


def _either(one: Node, other: Node) -> Node:
    """Two ways in which a part may come out: releases of both, those of one name once."""
    names = {_named(each) for each in items(get(one, "releases"))}
    more = [each for each in items(get(other, "releases")) if _named(each) not in names]
    return (
        _layered(one, Node({"releases": Node(more, other.where)}, other.where))
        if more
        else one
    )


def _named(release: Node) -> tuple[str, str]:
    return text(get(release, "namespace")), text(get(release, "name"))


def _layered(under: Node | None, over: Node) -> Node:
    """A layer on others: lists go on, maps are put together."""
    if under is None:
        return over

    def merge(_: str, there: Node | None, node: Node) -> Node | None:
        if is_list(there) and is_list(node):
            return Node([*there.value, *node.value], node.where)
        return _layered(there, node) if is_map(there) and is_map(node) else node

    return merged_entries(under, over, merge) if is_map(under) and is_map(over) else over


def _take_base(state: HelmfileState, base: Node, texts: HelmfileTexts, depth: int) -> None:
    path = texts.path(state.path, text(base)) if unknown_of(base) is None else None
    if path is None or depth >= DEEPEST:
        _open(state, base.where, text(base))
        return
    texts.bases.add(path)
    found = state_of(path, state.environment, state.values, texts, depth + 1, over=state.over)
    state.values = found.values
    if found.tree is not None:
        state.tree = _layered(state.tree, found.tree)


def _take_environment(state: HelmfileState, tree: Node, texts: HelmfileTexts) -> None:
    """The values that a part gives the environment."""
    if isinstance(state.environment, TemplateHole):
        return
    said = get(tree, "environments", state.environment)
    for entry in items(get(said, "values")):
        state.values = _with_entry(state, entry, texts)
    for entry in items(get(said, "secrets")):
        state.values = _with_entry(state, entry, texts)
    if said is not None:
        state.values = laid(state.values, state.over)


def given_to(entry: Node, state: HelmfileState, texts: HelmfileTexts) -> Map:
    """The values that a helmfile lays on those of one that it names."""
    given = HelmfileState(state.path, state.environment)
    for each in items(get(entry, "values")):
        given.values = _with_entry(given, each, texts)
    return given.values


def _with_entry(state: HelmfileState, entry: Node, texts: HelmfileTexts) -> Map:
    if is_map(entry):
        return laid(state.values, evaluated(entry))
    found = values_at(state.path, entry, data_of(state.environment, state.values), texts)
    if found is None:
        _open(state, entry.where, text(entry))
        return state.values
    return laid(state.values, found)


def values_at(path: str, entry: Node, data: Map, texts: HelmfileTexts) -> Map | None:
    """The values of a file that a helmfile names; ``None`` where they aren't here, or not one thing."""
    if unknown_of(entry) is not None:
        return None
    written = texts.line(path, text(entry), data)
    file = None if written is None else texts.path(path, written)
    read = None if file is None else texts.text(file)
    if file is None or read is None:
        return None
    found = list(texts.trees(file, read, 1, data if file.endswith(TEMPLATED) else None))
    if not found:
        return Map() if not read.strip() else None
    return evaluated(found[0]) if len(found) == 1 and is_map(found[0]) else None


def _open(state: HelmfileState, where: Span, named: str) -> None:
    """There may be values that aren't here."""
    values = Map(state.values, state.values.places)
    values.rest = open_at(where, named, ".Environment.Values")
    state.values = values


def environments(path: str, texts: HelmfileTexts) -> list[str]:
    """The names of the environments that a helmfile has values for; Helmfile's own where it names none."""
    unknown = open_at(Span(path, 1, 1, 1, 1), ".Environment.Name", ".Environment.Name")
    values = Map()
    values.rest = open_at(
        Span(path, 1, 1, 1, 1), ".Environment.Values", ".Environment.Values"
    )
    state = state_of(path, unknown, values, texts)
    return sorted(map(str, entries(get(state.tree, "environments")))) or ["default"]
