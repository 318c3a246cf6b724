"""What judging and reporting need to know of the world: names and areas, drawn from the catalogue by ``lint``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sovlint.model.placement import Source
from sovlint.model.text import Bilingual


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A state (ISO 3166-1 alpha-2) or the EU: its names, the areas it lies in, and an adequacy decision, if any."""

    code: str
    name: Bilingual
    areas: tuple[str, ...] = ()
    adequacy: Source | None = None
    laws: tuple[Law, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """A law by which a state can compel a provider. ``status`` (in force, lapsed, ...) is for people."""

    name: Bilingual
    status: Bilingual
    source: Source


@dataclass(frozen=True, slots=True)
class State:
    """A state or the EU: its name, the areas it lies in, the laws by which it can compel, and adequacy (GDPR 45)."""

    code: str
    name: Bilingual
    areas: tuple[str, ...] = ()
    laws: tuple[Bilingual, ...] = ()
    adequate: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """``states`` by code; ``areas`` by id; ``classes``: names of data classes; ``covers``: class -> the classes that
    count as it; ``providers``: names by id; ``qualifications``: titles by name."""

    states: Mapping[str, State] = field(default_factory=dict)
    areas: Mapping[str, Bilingual] = field(default_factory=dict)
    classes: Mapping[str, Bilingual] = field(default_factory=dict)
    covers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    providers: Mapping[str, str] = field(default_factory=dict)
    qualifications: Mapping[str, Bilingual] = field(default_factory=dict)
