"""The outlines of countries, as they ship: ``docs/outlines.py`` makes the file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from sovlint.files.package_data import decoded


class Outline(Struct, frozen=True):
    """One country on one map: where its mark stands, in units, and its path in tenths; none where it is a point."""

    at: tuple[float, float]
    path: str = ""


class OutlineMap(Struct, frozen=True):
    """One map: its size in units, its countries by code, those that are points, and the land that has no code."""

    projection: str
    scale: str
    width: int
    height: int
    points: tuple[str, ...]
    nobody: str
    countries: Mapping[str, Outline]


class Outlines(Struct, frozen=True):
    """The whole file: where it comes from, names by code (English, French), the members of the EEA, the two maps."""

    source: Mapping[str, str]
    names: Mapping[str, tuple[str, str]]
    members: frozenset[str]
    world: OutlineMap
    eea: OutlineMap

    def name(self, code: str, language: str) -> str:
        """What a country is called; its code where nobody knows."""
        return self.names.get(code, (code, code))[language == "fr"]


@cache
def outlines() -> Outlines:
    """What ships beside this module."""
    return decoded("report/page/outlines.json", Outlines)
