"""An object while a kustomization is built: its tree, and what it was called before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from sovlint.documents.tree import Node, copied, ensured, get, is_map, text
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk, Id, kind_of
from sovlint.frontends.kubernetes.kustomize.problems import RefusedError
from sovlint.model.source import SourceFile, Span


class Item(Struct, eq=False):
    """``earlier``: (kind, name, namespace) that it had, oldest first. ``prefixes`` and ``suffixes`` that were given to
    it, first ones first. ``hashed``: whether its name ends with a hash of its content. ``variables``: names of the
    variables that are read from it. ``open``: whether part of its content isn't known (a file that isn't there).
    ``used_at``: where this repository names the other one that it is of."""

    node: Node
    file: SourceFile
    earlier: list[tuple[str, str, str]] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    suffixes: list[str] = field(default_factory=list)
    hashed: bool = False
    behaviour: str = ""
    variables: list[str] = field(default_factory=list)
    open: bool = False
    used_at: Span | None = None

    @property
    def kind(self) -> Gvk:
        """Its group, version and kind."""
        return kind_of(text(get(self.node, "apiVersion")), text(get(self.node, "kind")))

    @property
    def name(self) -> str:
        """Its name as it is now."""
        return text(get(self.node, "metadata", "name"))

    @property
    def namespace(self) -> str:
        """The namespace that it names; empty where it names none."""
        return text(get(self.node, "metadata", "namespace"))

    @property
    def id(self) -> Id:
        """What it is called now."""
        return Id(self.kind, self.name, self.namespace)

    def earlier_ids(self) -> list[Id]:
        """What it was called before, oldest first; group and version are those of today."""
        now = self.kind
        return [
            Id(Gvk(now.group, now.version, kind), name, space)
            for kind, name, space in self.earlier
        ]

    def first_id(self) -> Id:
        """What it was called first."""
        return self.earlier_ids()[0] if self.earlier else self.id

    def any_ids(self) -> list[Id]:
        """All that it was or is called."""
        return [*self.earlier_ids(), self.id]

    def remember(self) -> None:
        """Keep what it is called now, before that changes."""
        now = self.id
        self.earlier.append((now.kind.kind, now.name, now.effective_namespace))

    def metadata(self, where: Span) -> Node:
        """Its ``metadata``, made where there is none. Raises ``RefusedError`` where that is no mapping."""
        found = ensured(self.node, "metadata", where) if is_map(self.node) else self.node
        if not is_map(found):
            raise RefusedError(found.where, "kubernetes.kustomize.not-a-map")
        return found

    def labels(self, part: str = "labels") -> dict[str, str]:
        """Its labels, or ``annotations``."""
        found = get(self.node, "metadata", part)
        return (
            {key: text(value) for key, value in found.value.items()} if is_map(found) else {}
        )

    def copy(self) -> Item:
        """The same, which can be changed without changing this one."""
        return Item(
            copied(self.node), self.file, list(self.earlier), list(self.prefixes), list(self.suffixes), self.hashed,
            self.behaviour, list(self.variables), self.open,
        )  # fmt: skip


def matching(items: Iterable[Item], wanted: Id) -> Iterator[Item]:
    """Those that are, or were, called so."""
    return (each for each in items if any(known.same(wanted) for known in each.any_ids()))


def same_end(one: list[str], other: list[str]) -> bool:
    """Whether the shorter list is the end of the longer one; an empty list is the end of an empty one alone."""
    shorter, longer = sorted((one, other), key=len)
    return not longer if not shorter else longer[-len(shorter) :] == shorter
