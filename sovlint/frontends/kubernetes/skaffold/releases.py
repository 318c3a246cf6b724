"""The charts that files of Skaffold install, each with its values: as a file says it, and as each of its profiles does.

Source: Skaffold's schema (https://github.com/GoogleContainerTools/skaffold/tree/359a940c/pkg/skaffold/schema/latest). Values
are laid on each other in the order of ``valuesFiles``, ``overrides``, ``setValues``, ``setValueTemplates``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath
from typing import Final

from msgspec import field
from msgspec.structs import replace

from sovlint.documents import DocumentError, load
from sovlint.documents.attributes import Evaluated
from sovlint.documents.go_scalars import go_scalar
from sovlint.documents.tree import Node, copied, from_document, get, is_map, items, text
from sovlint.expressions.templates.values import Map
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendering.values import laid
from sovlint.frontends.kubernetes.helmfile.releases import HelmfileRelease
from sovlint.frontends.kubernetes.helmfile.rendering import HelmfileTexts
from sovlint.frontends.kubernetes.helmfile.values import evaluated, open_at, with_set
from sovlint.frontends.kubernetes.kustomize.changes import json_patch
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.inputs import Reader

_VERSION: Final = "skaffold/"
_DEFAULT: Final = "default"
"""What is installed without any profile."""
_SECTIONS: Final = ("deploy", "manifests")
_ACTION: Final = "{{"


class SkaffoldReleases(Harvest):
    """What files of Skaffold install: charts that are here, and charts that aren't (``elsewhere``)."""

    releases: list[HelmfileRelease] = field(default_factory=list)
    elsewhere: list[HelmfileRelease] = field(default_factory=list)


def read_skaffold(
    reader: Reader, paths: Iterable[str], folders: Iterable[str]
) -> SkaffoldReleases:
    """What the files at ``paths`` install. ``folders`` are those of the repository's charts."""
    result = SkaffoldReleases()
    texts = HelmfileTexts(reader, result)
    here = frozenset(folders)
    for path in paths:
        written = texts.text(path)
        try:
            read = list(load((written or "").encode(), path, read=go_scalar))
        except DocumentError as error:
            result.fail_parsing(path, error, "kubernetes.unreadable")
            continue
        trees = [from_document(each) for each in read if isinstance(each.data, dict)]
        configs = [
            each for each in trees if text(get(each, "apiVersion")).startswith(_VERSION)
        ]
        for config in configs:
            for profile, tree, patched in _profiles(config):
                context = text(get(tree, "deploy", "kubeContext"))
                for entry in _releases(tree):
                    found = _release_of(entry, path, profile, patched, texts, here)
                    into = result.elsewhere if found.folder is None else result.releases
                    into.append(replace(found, context=context))
        if configs:
            result.files.append(path)
    return result


def _profiles(config: Node) -> Iterator[tuple[str, Node, Node | None]]:
    """Each profile that installs otherwise, with what it comes to, and where it patches what isn't followed."""
    yield _DEFAULT, config, None
    for profile in items(get(config, "profiles")):
        if not is_map(profile):
            continue
        own = {key: profile.value[key] for key in _SECTIONS if key in profile.value}
        patched = get(profile, "patches")
        if own or patched is not None:
            tree = Node({**config.value, **own}, config.where)
            name = text(get(profile, "name")) or _DEFAULT
            changed = tree if patched is None else _patched(tree, patched)
            if changed is None:
                yield name, tree, patched
            else:
                yield name, changed, None


def _patched(tree: Node, patches: Node) -> Node | None:
    """A configuration with the patches of a profile; ``None`` where one can't be made."""
    made = copied(tree)
    replaces = {"op": Node("replace", patches.where)}
    listed = [
        Node({**replaces, **each.value}, each.where) if is_map(each) else each
        for each in items(patches)
    ]
    try:
        json_patch.apply(made, Node(listed, patches.where), Account())
    except RefusedError:
        return None
    return made


def _releases(tree: Node) -> Iterator[Node]:
    for section in _SECTIONS:
        yield from filter(is_map, items(get(tree, section, "helm", "releases")))


def _release_of(
    entry: Node,
    path: str,
    profile: str,
    patched: Node | None,
    texts: HelmfileTexts,
    here: frozenset[str],
) -> HelmfileRelease:
    written = text(get(entry, "chartPath"))
    local = normpath(join(dirname(path), written)) if written else None
    folder = "" if local == "." else local
    if folder not in here or _ACTION in written:
        folder = None
    values = _values(entry, path, texts)
    if patched is not None:
        values.rest = open_at(patched.where, ".Values", ".Values")
    chart = written or text(get(entry, "remoteChart"))
    name, namespace = (_plain(get(entry, key)) for key in ("name", "namespace"))
    return HelmfileRelease(
        folder, profile, name, namespace, values, entry, chart.rpartition("/")[2],
        text(get(entry, "repo")),
    )  # fmt: skip


def _plain(node: Node | None) -> str:
    """A text that is no template."""
    written = text(node)
    return "" if _ACTION in written else written


def _values(entry: Node, path: str, texts: HelmfileTexts) -> Map:
    """What is laid on the values of the chart. What isn't here may say anything."""
    values = Map()
    for each in items(get(entry, "valuesFiles")):
        found = _of_file(each, path, texts)
        if found is None:
            values = Map(values, values.places)
            values.rest = open_at(each.where, ".Values", ".Values")
        else:
            values = laid(values, found)
    overrides = get(entry, "overrides")
    if is_map(overrides):
        values = laid(values, evaluated(overrides))
    for key in ("setValues", "setValueTemplates", "setFiles"):
        for name, node in _flat(get(entry, key)):
            is_open = key == "setFiles" or _ACTION in text(node)
            with_set(values, name, _open(node, name) if is_open else node)
    return values


def _of_file(named: Node, path: str, texts: HelmfileTexts) -> Map | None:
    file = texts.path(path, text(named)) if _ACTION not in text(named) else None
    written = None if file is None else texts.text(file)
    if file is None or written is None:
        return None
    found = list(texts.trees(file, written, 1, None))
    return evaluated(found[0]) if len(found) == 1 and is_map(found[0]) else None


def _flat(node: Node | None, above: str = "") -> Iterator[tuple[str, Node]]:
    """Paths with what is set there, which may be written as mappings in mappings."""
    for key, inner in node.value.items() if is_map(node) else ():
        if is_map(inner):
            yield from _flat(inner, f"{above}{key}.")
        else:
            yield f"{above}{key}", inner


def _open(node: Node, name: str) -> Node:
    return Node(
        Evaluated.of(open_at(node.where, name, f".Values.{name}").unknown), node.where
    )
