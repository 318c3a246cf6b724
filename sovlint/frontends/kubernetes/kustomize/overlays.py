"""All kustomizations of a repository: which of them are roots, and the objects of each."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from posixpath import dirname

from sovlint.documents import DocumentError
from sovlint.documents.tree import children, get, text, to_document
from sovlint.frontends.base import FilesUnit
from sovlint.frontends.cluster.kinds import is_object, type_of
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.claims import KUSTOMIZATIONS, is_manifest
from sovlint.frontends.kubernetes.kustomize.built import Overlays
from sovlint.frontends.kubernetes.kustomize.changes.build import RootBuilder
from sovlint.frontends.kubernetes.kustomize.files import Cache, KustomizeFiles, resolved
from sovlint.frontends.kubernetes.kustomize.kustomization import (
    Kustomization,
    is_kustomization,
    read,
)
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError, Total
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile

USES = ("resources", "bases", "components", "generators", "transformers", "validators")
"""Keys under which a kustomization names others that it uses."""


def overlays(paths: Iterable[str], cache: Cache) -> Overlays:
    """Builds every kustomization among ``paths`` that no other one uses.

    Where some use each other in a circle, the first of them by path stands for all. A component that nothing uses is
    built by itself; what it changes may be anywhere.
    """
    built = Overlays()
    found = _read_all(sorted(paths), cache, built)
    total = Total()
    for folder in _roots(found, cache.reader):
        files = KustomizeFiles(cache)
        account = Account(total=total)
        items = RootBuilder(files, account).build(folder)
        used = {path for path in files.read if isinstance(cache.files.get(path), SourceFile)}
        left = _left_to_plain_reading(cache, used)
        built.failures.update(
            dict.fromkeys(each for each in account.failures if each.path not in left)
        )
        built.remarks.update(account.remarks)
        built.units.append(FilesUnit(folder, None, files.read))
        built.used |= used - left
        for item in items:
            add_object(item, folder, found[folder], built)
    return built


def _read_all(paths: list[str], cache: Cache, built: Overlays) -> dict[str, Kustomization]:
    """The kustomizations by folder; what can't be read is a failure."""
    found: dict[str, Kustomization] = {}
    for path in paths:
        folder = dirname(path)
        file = cache.file(path)
        if not isinstance(file, SourceFile):
            built.refuse(path, file)
            continue
        try:
            each = read(folder, file, KustomizeFiles(cache), Account())
        except RefusedError as error:
            built.used.add(path)
            built.refuse(error.where, error.note)
            continue
        if is_kustomization(each.node):
            found.setdefault(folder, each)
        else:
            built.plain.append(path)
    return found


def _roots(found: dict[str, Kustomization], reader: Reader) -> Iterator[str]:
    """Folders of those that nothing else uses, then one of each circle that is left."""
    uses = {
        folder: {path for path in _uses(each, reader) if path in found}
        for folder, each in found.items()
    }
    used = {path for folder, paths in uses.items() for path in paths if path != folder}
    reached: set[str] = set()
    for folder in [*(each for each in uses if each not in used), *uses]:
        if folder in reached:
            continue
        yield folder
        waiting = [folder]
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting.extend(uses[each])


def _uses(each: Kustomization, reader: Reader) -> Iterator[str]:
    for key in USES:
        for entry in children(each.get(key)):
            path = resolved(each.folder, text(entry))
            if path is not None:
                yield reader.real(path)


def add_object(item: Item, root: str, kustomization: Kustomization, built: Overlays) -> None:
    """Adds an item to what is ``built``, if it is an object of a cluster; a remark where it has no name."""
    version, kind = text(get(item.node, "apiVersion")), item.kind.kind
    if not kind or not version or not is_object(version, kind):
        return
    name = item.name or (text(get(item.node, "metadata", "generateName")) + "*").lstrip("*")
    if not name:
        built.remark(item.node.where, "kubernetes.nameless")
        return
    document = to_document(item.node)
    built.objects.append(
        ManifestObject(
            document, (), item.file, kind, type_of(version, kind), name, item.namespace, document.data, root,
            kustomization.file.path, used_at=item.used_at,
        )
    )  # fmt: skip


def _left_to_plain_reading(cache: Cache, used: set[str]) -> set[str]:
    """Files that can't be read as a whole, and look like manifests: they are read document by document, and that says
    what is wrong with them."""
    return {
        path
        for path in used
        if isinstance(cache.documents.get(path), DocumentError)
        and isinstance(file := cache.files.get(path), SourceFile)
        and posixpath.basename(path) not in KUSTOMIZATIONS
        and is_manifest(file.data)
    }
