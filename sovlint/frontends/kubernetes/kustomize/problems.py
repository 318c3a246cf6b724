"""What is wrong with a kustomization, what isn't known of it, and how much work one may cost."""

from __future__ import annotations

from msgspec import Struct, field

from sovlint.frontends.harvest import Harvest
from sovlint.model.source import Span
from sovlint.model.text import Note

MAX_OBJECTS = 20_000
"""A kustomization that grows past this many objects is refused."""
MAX_KUSTOMIZATIONS = 2_000
"""So is one that leads to more kustomizations than this, each counted as often as it is used."""
MAX_NODES = 2_000_000
"""Or to more nodes of YAML than this."""
MAX_WORK = 40_000_000
"""Comparisons that one may ask for: patches, selectors and references times objects."""
MAX_ALL_NODES = 6_000_000
"""All kustomizations of a repository together are built as long as they stay below this many nodes."""


class RefusedError(Exception):
    """Something that Kustomize refuses, or that is too large to be built: what, and where."""

    def __init__(self, where: Span, key: str, **params: object) -> None:
        super().__init__(key)
        self.where = where
        self.note = Note(key, params)


class TooMuchError(RefusedError):
    """One that costs too much: nothing more of this root is read."""


class Total(Struct):
    """What all roots of a repository have cost together."""

    nodes: int = 0


class Account(Harvest, kw_only=True):
    """What was found wrong in one root, and what it has cost so far. ``matched``: where patches stand whose targets are
    here."""

    total: Total = field(default_factory=Total)
    matched: set[Span] = field(default_factory=set)
    objects: int = 0
    kustomizations: int = 0
    nodes: int = 0
    work: int = 0

    def visit(self, where: Span) -> None:
        """Count one more kustomization."""
        self.kustomizations += 1
        if self.kustomizations > MAX_KUSTOMIZATIONS:
            raise TooMuchError(
                where, "kubernetes.kustomize.too-many", count=MAX_KUSTOMIZATIONS
            )

    def load(self, where: Span, objects: int, nodes: int) -> None:
        """Count objects and their nodes."""
        self.objects += objects
        self.nodes += nodes
        self.total.nodes += nodes
        if (
            self.objects > MAX_OBJECTS
            or self.nodes > MAX_NODES
            or self.total.nodes > MAX_ALL_NODES
        ):
            raise TooMuchError(where, "kubernetes.kustomize.too-large")

    def spend(self, where: Span, work: int) -> None:
        """Count work."""
        self.work += work
        if self.work > MAX_WORK:
            raise TooMuchError(where, "kubernetes.kustomize.too-large")
