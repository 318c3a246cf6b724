"""What copies whole namespaces, or all volumes of a driver, to a store (``copies`` of plug-ins), and what it copies.

What is in a root is copied by what copies in that root, else by what no kustomization builds, else by that of the one
other root which has any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct, field

from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.bound_volumes import CLAIM, STORAGE_CLASS
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.cluster.object_index import (
    SECRET,
    Objects,
    address_of,
    class_of,
    selects,
)
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.resources.sent import Link
from sovlint.rules.cluster.copying import Copying, Store
from sovlint.rules.hints import Hints
from sovlint.rules.keys import path_parts

BACKUP = "backup"
HOLDS_DATA = frozenset({CLAIM, SECRET, "ConfigMap", *KINDS.claim_templates})
"""Built-in kinds that hold data, or of which volumes are made; any custom resource may."""
VOLUMES = frozenset({CLAIM, *KINDS.claim_templates})


class Backups(Struct, frozen=True):
    """All that copies, with how it does."""

    copiers: Sequence[tuple[ManifestObject, Copying]]
    objects: Objects
    apart: Callable[[ManifestObject, ManifestObject], bool]
    """Whether two objects are on different clusters."""
    known: dict[tuple[ManifestObject, Copying], list[tuple[Store, list[ManifestObject]]]] = (
        field(default_factory=dict)
    )
    """The stores of copiers, once looked for."""

    @classmethod
    def of(
        cls,
        found: Iterable[ManifestObject],
        objects: Objects,
        hints: Hints,
        apart: Callable[[ManifestObject, ManifestObject], bool],
    ) -> Backups:
        """What copies among these objects."""
        return cls(
            [(each, how) for each in found for how in hints.copies.get(each.type, ())],
            objects,
            apart,
        )

    def links(self, found: ManifestObject) -> Iterator[Link]:
        """From an object to the stores that it is copied to; to the copier itself, where its store isn't here. From a
        copier to its stores: what it is labelled with goes there."""
        for store in self.stores(found):
            yield Link(BACKUP, address_of(store, found), found.get("metadata").where)
        if not self.copiers or not _holds_data(found):
            return
        near = _near(found, [each for each in self.copiers if self._covers(*each, found)])
        for copier, how in near:
            where = (
                copier.get(path_parts(how.within)[0]).where if how.within else copier.where()
            )
            for store in self._stores(copier, how, found.type):
                yield Link(BACKUP, address_of(store, found), where)

    def stores(self, copier: ManifestObject) -> Sequence[ManifestObject]:
        """The stores of what copies that are here; of anything else, none. Those for volumes alone don't count."""
        return [
            store
            for each, how in self.copiers
            if each is copier
            for store in self._stores(copier, how, "")
            if store is not copier
        ]

    def _covers(self, copier: ManifestObject, how: Copying, found: ManifestObject) -> bool:
        if found.type == copier.type or any(found.type == store.to for store in how.stores):
            return False
        if how.provisioner and not self._made_by(found, how):
            return False
        told = copier.get(*path_parts(how.within))
        wanted, left_out = (_texts(told, key) for key in (how.namespaces, how.but))
        if not _among(found.namespace, wanted or ["*"]) or (
            left_out and _among(found.namespace, left_out)
        ):
            return False
        selectors = [
            each
            for written in how.labels
            for each in told.every(written)
            if each.data is not None
        ]
        labels = found.get().mapping("metadata", "labels")
        # What else a selector demands isn't tried: it is taken to fit.
        if selectors and not any(
            selects(each.mapping("matchLabels"), labels) for each in selectors
        ):
            return False
        return not self.apart(copier, found)

    def _made_by(self, claim: ManifestObject, how: Copying) -> bool:
        """Whether a driver makes the volume of a claim: by its class, or by the name of one that the driver brings."""
        name = class_of(claim) if claim.type == CLAIM else None
        classes = self.objects.find(claim, STORAGE_CLASS, name, "") if name else ()
        if classes:
            return any(each.data.get("provisioner") == how.provisioner for each in classes)
        return name in how.classes

    def _stores(
        self, copier: ManifestObject, how: Copying, kind: str
    ) -> Iterator[ManifestObject]:
        key = copier, how
        if key not in self.known:
            told = copier.get(*path_parts(how.within))
            self.known[key] = [
                (store, list(self._named(copier, told, store))) for store in how.stores
            ]
        for store, found in self.known[key]:
            if not store.volumes or kind in VOLUMES:
                yield from found
        if not any(found for store, found in self.known[key] if not store.volumes):
            yield copier

    def _named(
        self, copier: ManifestObject, told: Cursor, store: Store
    ) -> Iterator[ManifestObject]:
        """The stores that a copier names; where it names none, the default one, else the only one."""
        names = [name for each in told.every(store.path) if (name := each.text())]
        if names:
            yield from (
                each for name in names for each in self.objects.find(copier, store.to, name)
            )
            return
        every = self.objects.meant(copier, self.objects.of_type(store.to), copier.namespace)
        default = [
            each
            for each in every
            if store.default and each.get(*path_parts(store.default)).data is True
        ]
        yield from default or [each for each in every if each.name == "default"] or every


def _holds_data(found: ManifestObject) -> bool:
    return found.type in HOLDS_DATA or "." in found.type


def _near(
    found: ManifestObject, among: Sequence[tuple[ManifestObject, Copying]]
) -> Sequence[tuple[ManifestObject, Copying]]:
    for scope in (found.scope, None):
        if same := [each for each in among if each[0].scope == scope]:
            return same
    return among if len({each.scope for each, _ in among}) == 1 else ()


def _among(namespace: str, patterns: Iterable[str]) -> bool:
    """Whether a namespace is named. What names none may be in any, and is only where all are meant."""
    return any(
        fnmatchcase(namespace, each) if namespace else each == "*" for each in patterns
    )


def _texts(told: Cursor, key: str) -> list[str]:
    return (
        [each.data for each in told.items(key) if isinstance(each.data, str)] if key else []
    )
