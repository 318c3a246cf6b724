"""What a kustomization has come to so far, while it is built."""

from __future__ import annotations

from msgspec import Struct, field

from sovlint.frontends.kubernetes.kustomize.changes.variables import Variable
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import Shape, shape_of
from sovlint.frontends.kubernetes.kustomize.names.openapi import OpenApiSchema
from sovlint.frontends.kubernetes.kustomize.names.specs import Specs
from sovlint.frontends.kubernetes.kustomize.problems import RefusedError

ItemKey = tuple[Gvk, str, str]
"""What no two objects of a build have in common."""


class Gathered(Struct):
    """What a kustomization has come to so far. ``open``: whether there may be objects that aren't known; ``beyond``: whether
    these come from what isn't in the repository at all, as those do not that a chart here renders to."""

    items: list[Item] = field(default_factory=list)
    charts: list[Item] = field(default_factory=list)
    """Charts that are installed: no objects of the build, so that nothing is looked for among them."""
    specs: Specs = field(default_factory=Specs)
    variables: list[Variable] = field(default_factory=list)
    schema: OpenApiSchema | None = None
    open: bool = False
    beyond: bool = False
    patched: list[Item] = field(default_factory=list)
    """Objects that aren't here, as what is said of them by patches: nothing is looked for among them."""

    def shape(self, kind: Gvk) -> Shape | None:
        """What lists of a kind are told apart by."""
        return shape_of(kind) if self.schema is None else self.schema.shape(kind)

    def absorb(self, other: Gathered, have: set[ItemKey] | None = None) -> None:
        """Add all that another one has. Raises ``RefusedError`` for an object that is there already."""
        self.specs.merge(other.specs)
        self.charts.extend(other.charts)
        self.variables.extend(each for each in other.variables if each not in self.variables)
        self.schema = self.schema or other.schema
        self.open = self.open or other.open
        self.beyond = self.beyond or other.beyond
        self.patched.extend(other.patched)
        self.append(other.items, have)

    def opened(self) -> None:
        """There may be objects that aren't in the repository."""
        self.open = self.beyond = True

    def append(self, items: list[Item], have: set[ItemKey] | None = None) -> None:
        """Add objects. Raises ``RefusedError`` for one that is there already, when all others are added. ``have``: what is
        there, as far as somebody knows that; it is kept up to date."""
        have = {key_of(each) for each in self.items} if have is None else have
        twice: list[Item] = []
        for item in items:
            key = key_of(item)
            (twice if key in have else self.items).append(item)
            have.add(key)
        if twice:
            refused, kind = twice[0], twice[0].kind.kind
            raise RefusedError(
                refused.node.where, "kubernetes.kustomize.twice", kind=kind, name=refused.name
            )


def key_of(item: Item) -> ItemKey:
    """What no two objects of a build have in common."""
    now = item.id
    return now.kind, now.name, now.effective_namespace
