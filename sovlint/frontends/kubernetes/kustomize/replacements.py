"""``replacements``: a value of one object written into fields of others."""

from __future__ import annotations

from sovlint.frontends.kubernetes.kustomize.items import Item
from sovlint.frontends.kubernetes.kustomize.nodes import Node
from sovlint.frontends.kubernetes.kustomize.problems import Account


def replace(items: list[Item], entry: Node, open_: bool, account: Account) -> None:
    """Carries out one replacement."""
