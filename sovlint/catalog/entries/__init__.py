"""The types of catalogue entries. What the YAML files say, checked, resolved and ready to ask."""

from __future__ import annotations

from sovlint.catalog.entries.data_classes import DataClass, ImageEntry, KindEntry, LexiconTerm
from sovlint.catalog.entries.plugins import Plugin, ProviderSetting, TypesWithTags
from sovlint.catalog.entries.providers import (
    Control,
    HeldFromOutside,
    HostMatch,
    Provider,
    Region,
    Technology,
)
from sovlint.catalog.entries.qualifications import (
    Hosting,
    Limits,
    Scheme,
    ServiceOffer,
    Version,
)
from sovlint.catalog.entries.resource_types import (
    NOBODY,
    FlowRule,
    PlacementRule,
    SelectionRule,
    StandsFor,
    TypeEntry,
)

__all__ = [
    "NOBODY",
    "Control",
    "DataClass",
    "FlowRule",
    "HeldFromOutside",
    "HostMatch",
    "Hosting",
    "ImageEntry",
    "KindEntry",
    "LexiconTerm",
    "Limits",
    "PlacementRule",
    "Plugin",
    "Provider",
    "ProviderSetting",
    "Region",
    "Scheme",
    "SelectionRule",
    "ServiceOffer",
    "StandsFor",
    "Technology",
    "TypeEntry",
    "TypesWithTags",
    "Version",
]
