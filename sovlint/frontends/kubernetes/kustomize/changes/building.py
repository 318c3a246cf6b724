"""What changes, generators and transformers ask of the build that they are a part of (``build.RootBuilder``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from sovlint.documents.tree import Node
from sovlint.frontends.kubernetes.kustomize.changes.gathered import Gathered
from sovlint.frontends.kubernetes.kustomize.kustomization import Kustomization
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.problems import Account
from sovlint.model.source import SourceFile


class Build(Protocol):
    """The build of one root, as far as it has come."""

    account: Account
    """What is wrong, and what the build has cost."""

    def step(self) -> AbstractContextManager[None]:
        """A step, in which what is refused is kept; the next one follows all the same."""
        ...

    def make(self, found: Kustomization, kind: str, entry: Node, into: Gathered) -> None:
        """Adds the object of an entry of a generator. Raises ``RefusedError``."""
        ...

    def source(self, path: str) -> SourceFile | None:
        """The file at a path; ``None`` where it can't be read."""
        ...

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path."""
        ...

    def inner(self, path: str, used: Node) -> list[Item]:
        """What the kustomization of a folder comes to, apart from everything else. Raises ``RefusedError``."""
        ...

    def replacement(self, found: Kustomization, entry: Node) -> Iterator[Node]:
        """The replacement that an entry is, or those in the file that it names."""
        ...

    def trees(
        self, found: Kustomization, entry: Node, at: str, inline: str = ""
    ) -> list[Node]:
        """The documents that an entry names under ``at``, or holds under ``inline``. Raises ``RefusedError``."""
        ...

    def named(self, found: Kustomization, entry: Node) -> list[Node]:
        """The documents of the file that ``entry`` names; none where it isn't known what that holds."""
        ...
