"""Charts of the repository that a root of another front end installs."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from sovlint.model.source import Span
from sovlint.model.value import Fact, Unknown


class InstalledRelease(Struct, frozen=True, eq=False):
    """One release: the chart's folder, the release's name and namespace (empty where that isn't known), and what
    installs it, by its root, variant and address.

    ``values`` is the tree (``documents/tree.py``) of what is laid on the chart's own values. ``open``: why there may be
    more; ``exists``: whether it is installed at all.
    """

    folder: str
    name: str
    namespace: str
    values: Any
    open: Unknown | None
    exists: Fact[bool]
    where: Span
    root: str
    variant: str | None
    address: str
