"""Kustomizations as Flux and Argo CD apply them: with what the objects that apply them change there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.tree import Node, is_list, plain
from sovlint.frontends.base import FilesUnit
from sovlint.frontends.cluster.objects import ManifestObject, those_here
from sovlint.frontends.kubernetes.claims import KUSTOMIZATIONS, YAML_ENDINGS, is_manifest
from sovlint.frontends.kubernetes.deployers.changes import (
    LISTED,
    AppliedFolder,
    GeneratedBy,
    applied_folders,
    filling,
)
from sovlint.frontends.kubernetes.kustomize.built import Overlays
from sovlint.frontends.kubernetes.kustomize.changes.build import RootBuilder
from sovlint.frontends.kubernetes.kustomize.files import Cache, KustomizeFiles
from sovlint.frontends.kubernetes.kustomize.kustomization import Kustomization
from sovlint.frontends.kubernetes.kustomize.overlays import add_object
from sovlint.frontends.kubernetes.kustomize.problems import Account, Total
from sovlint.model.source import SourceFile, Span

DEEPEST = 3
"""What is changed may apply and change others: so many times."""
MOST = 500
"""Folders that are built again with what somebody changes there."""


class Changed(Struct):
    """The objects as they are applied. ``by``: those that change others; ``built``: what was read for it."""

    objects: list[ManifestObject]
    by: set[ManifestObject] = field(default_factory=set)
    built: Overlays = field(default_factory=Overlays)


def as_applied(
    objects: Sequence[ManifestObject], cache: Cache, generated: GeneratedBy
) -> Changed:
    """Objects with those in place of them that somebody's changes make. A folder that one applies as it is, and another
    with changes, gives both."""
    applying = _Applying(cache, generated, Changed(list(objects)))
    fresh: Sequence[ManifestObject] = objects
    for _ in range(DEEPEST):
        fresh = applying.round(fresh)
        if not fresh:
            break
    return applying.result


class _Applying:
    def __init__(self, cache: Cache, generated: GeneratedBy, result: Changed) -> None:
        self._cache = cache
        self._reader = cache.reader
        self._generated = generated
        self._total = Total()
        self._left = MOST
        self._matched = cache.matched
        self._kustomized: set[str] = set()
        """Folders that have a kustomization, of those that were built."""
        self.result = result

    def round(self, fresh: Iterable[ManifestObject]) -> Sequence[ManifestObject]:
        """Carries out what ``fresh`` objects change. Returns what came of it."""
        by_folder: dict[str, list[AppliedFolder]] = {}
        for each in those_here(fresh):
            for applied in applied_folders(each, self._generated):
                by_folder.setdefault(applied.folder, []).append(applied)
        made: list[ManifestObject] = []
        for folder, listed in by_folder.items():
            filled = len({each.fills for each in listed}) > 1
            filled = filled and self._names_any(folder, filling(each.by for each in listed))
            if filled or any(each.keys for each in listed):
                made += self._folder(folder, listed, filled)
        return made

    def _names_any(self, folder: str, names: re.Pattern[str]) -> bool:
        """Whether what stands in a folder, or is built there, names any of some variables."""
        return any(
            names.search(repr(each.data))
            for each in self.result.objects
            if f"{each.built_in}/".startswith(f"{folder}/")
        )

    def _folder(
        self, folder: str, listed: Sequence[AppliedFolder], filled: bool
    ) -> Iterator[ManifestObject]:
        """The objects of a folder for each way in which it is changed, or in which variables are put in (``filled``)."""
        ways = {_told(each): each for each in listed}
        made = {
            way: self._build(each)
            for way, each in list(ways.items())[: self._left]
            if each.keys or filled
        }
        self._left -= len(made)
        done = {way: objects for way, objects in made.items() if objects}
        self.result.by.update(each.by for each in listed if _told(each) in done)
        before: list[ManifestObject] = []
        if len(done) == len(ways):
            paths = {one.file.path for every in done.values() for one in every}
            before = self._forgotten(folder, paths)
        names: set[str] = set()
        for way, objects in done.items():
            by = ways[way].by
            variant = None if len(ways) == 1 else _variant(by, names)
            found = [replace(one, variant=variant, applied_by=by) for one in objects]
            if variant is None:
                found = _as_before(found, before)
            self.result.objects.extend(found)
            yield from found

    def _forgotten(self, folder: str, paths: set[str]) -> list[ManifestObject]:
        """Takes away what stood there without changes, and returns it."""
        inner = {folder} if folder in self._kustomized else self._kustomized
        gone = [
            each
            for each in self.result.objects
            if each.variant is None
            and (
                each.file.path in paths
                if each.root is None
                else each.root in inner and f"{each.root}/".startswith(f"{folder}/")
            )
        ]
        left_out = set(gone)
        self.result.objects = [each for each in self.result.objects if each not in left_out]
        return gone

    def _build(self, applied: AppliedFolder) -> list[ManifestObject]:
        """What a folder comes to with changes; nothing where it can't be built."""
        files = KustomizeFiles(self._cache)
        account = Account(total=self._total)
        if not (
            applied.generates or isinstance(files.kustomization(applied.folder), SourceFile)
        ):
            return []
        tops: list[Kustomization] = []

        def top(found: Kustomization | None) -> Kustomization:
            if found is not None:
                self._kustomized.add(applied.folder)
            tops.append(_with(found or self._made(applied), applied.keys))
            return tops[-1]

        items = RootBuilder(files, account, top).build(applied.folder)
        built = Overlays()
        for item in items if tops else ():
            add_object(item, applied.folder, tops[0], built)
        self._matched |= account.matched
        failed = bool(account.failures)
        self.result.built.remarks.update(account.remarks)
        self.result.built.units.append(
            FilesUnit(applied.folder, None, {*files.read, applied.by.file.path})
        )
        return [] if failed else built.objects

    def _made(self, applied: AppliedFolder) -> Kustomization:
        """The kustomization that Flux makes of a folder that has none."""
        where = Span(applied.by.file.path, 1, 1, 1, 1)
        names = [Node(each, where) for each in self._resources(applied.folder)]
        keys = {"resources": Node(names, where)}
        return Kustomization(applied.folder, applied.by.file, Node({}, where), keys)

    def _resources(self, folder: str) -> Iterator[str]:
        """The manifests below a folder; of an inner folder with a kustomization that folder."""
        below = [path for path in self._reader.paths if path.startswith(f"{folder}/")]
        inner = {
            posixpath.dirname(path)
            for path in below
            if posixpath.basename(path) in KUSTOMIZATIONS
        }
        outermost = [each for each in sorted(inner) if not _is_within(each, inner)]
        self._kustomized.update(outermost)
        yield from (posixpath.relpath(each, folder) for each in outermost)
        for path in below:
            if _is_within(path, inner) or not path.endswith(YAML_ENDINGS):
                continue
            if is_manifest(self._reader.peek(path)):
                yield posixpath.relpath(path, folder)


def _variant(by: ManifestObject, met: set[str]) -> str:
    """What objects are told apart by that somebody applies: its name, with where it stands if another one has that."""
    name = f"{by.namespace or '-'}/{by.name}"
    where = by.root if by.root is not None else posixpath.dirname(by.file.path)
    made, number = name, 1
    while made in met:
        further = f"#{number}" if number > 1 else ""
        made, number = f"{name}@{where or '.'}{further}", number + 1
    met.add(made)
    return made


def _as_before(
    found: Sequence[ManifestObject], before: Iterable[ManifestObject]
) -> list[ManifestObject]:
    """Objects, each as it was before where nothing of it has changed."""
    same = {each.address: each for each in before}
    return [
        there
        if (there := same.get(each.address)) is not None and there.data == each.data
        else each
        for each in found
    ]


def _is_within(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(f"{each}/") for each in folders)


def _told(applied: AppliedFolder) -> str:
    """What is changed and put in, as a text to tell it from other changes."""
    changed = {key: plain(node) for key, node in sorted(applied.keys.items())}
    return repr((changed, applied.fills))


def _with(found: Kustomization, keys: Mapping[str, Node]) -> Kustomization:
    """A kustomization with more keys: lists go on, all else is replaced."""
    made = dict(found.keys)
    for key, node in keys.items():
        before = made.get(key)
        if key in LISTED and before is not None and is_list(before) and is_list(node):
            node = Node([*before.value, *node.value], node.where)
        made[key] = node
    return Kustomization(found.folder, found.file, found.node, made)
