"""Small catalogue folders for tests, written from texts."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

SHIPPED = Path(__file__).parents[2] / "sovlint" / "catalog"

SOURCES = """
sources:
  annual: {url: https://example.org/report, date: "2026-01-05", supports: seat and owners, basis: read}
  known: {url: null, date: not read, supports: what is generally known, basis: background}
"""


def folder(at: Path, **files: str) -> Path:
    """A catalogue folder below ``at``: ``providers__own="..."`` writes ``providers/own.yaml``."""
    for name, text in files.items():
        path = at / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return at


def provider(**changes: str) -> str:
    """A provider file that is right, but for ``changes`` (top-level keys as YAML; an empty one leaves the key out)."""
    keys = {
        "id": "casa",
        "name": "Casa Cloud",
        "kind": "iaas",
        "status": "active",
        "operator": "scaleway-sas",
        "regions": "{fr-one: {country: FR, zones: [fr-one-a], source: annual}}",
    } | changes
    return "\n".join(f"{key}: {value}" for key, value in keys.items() if value) + SOURCES


def world(at: Path, **files: str) -> Path:
    """A catalogue that stands on its own: two states, the areas, and what ``files`` add."""
    jurisdictions = """
        sources: {treaty: {url: null, date: "1994", supports: who belongs to the area, basis: read}}
        areas: {EEA: {en: Area, fr: Espace}}
        jurisdictions:
          FR: {en: France, fr: France, areas: [EEA], source: treaty}
          US: {en: United States, fr: États-Unis}
    """
    return folder(at, jurisdictions=jurisdictions, **files)
