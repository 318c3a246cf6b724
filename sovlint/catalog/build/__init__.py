"""Entries from the plain data of the index, built when they are first asked for."""

from __future__ import annotations

from sovlint.catalog.build.data_classes import data_class, images, kind, terms
from sovlint.catalog.build.jurisdictions import jurisdiction
from sovlint.catalog.build.plugins import plugin, stands_for, type_entry
from sovlint.catalog.build.providers import control, provider, region, technology, turns
from sovlint.catalog.build.qualifications import scheme
from sovlint.catalog.build.sources import bilingual, source, text

__all__ = [
    "bilingual",
    "control",
    "data_class",
    "images",
    "jurisdiction",
    "kind",
    "plugin",
    "provider",
    "region",
    "scheme",
    "source",
    "stands_for",
    "technology",
    "terms",
    "text",
    "turns",
    "type_entry",
]
