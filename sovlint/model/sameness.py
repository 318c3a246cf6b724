"""Services that code uses, and where an inventory differs: found by ``resolve``, told by ``policy`` and ``edit``."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from sovlint.model.placement import Placement
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Bilingual


class Differs(StrEnum):
    """How the two differ."""

    UNDECLARED = "undeclared"
    """The inventory doesn't have the vendor."""
    REGION = "region"
    """It has it elsewhere."""
    PRODUCT = "product"
    """It has another product of the vendor."""
    SELF_HOSTED = "self-hosted"
    """It has the vendor's product as one's own, and the code uses the vendor's."""


class Mismatch(Struct, frozen=True):
    """One difference, told once for each root. ``resource`` and ``placement`` are where the code first shows it,
    ``entry`` the entry of the inventory that says otherwise (``None``: none has the vendor) and ``said`` its region or
    product; ``kind`` is that of the service, where its provider has many others; ``more`` counts the other resources
    that show the same."""

    differs: Differs
    resource: Resource
    placement: Placement
    entry: Resource | None = None
    said: str = ""
    kind: Bilingual | None = None
    more: int = 0


class Use(Struct, frozen=True):
    """A service that code uses and that belongs in an inventory: whose it is (id and name), its region where that is
    known, the resources that use it, the data classes that these have, and its kind, where its provider has many."""

    provider: str
    name: str
    region: str
    resources: tuple[Resource, ...]
    classes: tuple[str, ...] = ()
    kind: Bilingual | None = None
