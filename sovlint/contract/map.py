"""What lands with which company, and in whose reach: `sovlint-map/1`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from sovlint.contract.places import Bilingual
from sovlint.contract.reading import Coverage, Failure
from sovlint.contract.rules import Rule
from sovlint.contract.shape import Count, Shape, Some


class MapLine(Shape, frozen=True):
    """What lands with one company, in one country."""

    company: str
    """What people call it; empty where nobody knows."""

    provider: str | None
    """Its id in the catalogue."""

    perhaps: tuple[str, ...]
    """Where it isn't known, companies of which it is one."""

    compelled_by: tuple[str, ...]
    """Codes of the states that can compel it, or can where it stands; of an area, where some state of it is all
    that is known.
    """

    others: bool
    """Whether other states may be able to, too."""

    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")] | None
    countries: tuple[str, ...]
    """Where it isn't known, countries of which it is one."""

    areas: tuple[str, ...]
    """Where that isn't known either, areas that it lies in."""

    worldwide: bool
    """Whether the service has no region of its own."""

    regions: tuple[str, ...]
    placements: Some
    classes: Mapping[str, Some]
    """Data classes, with the placements that carry each."""

    unclassified: Count
    """Placements without a class."""

    class_unknown: Count
    """Those of them whose class can't be read."""

    roles: Mapping[str, Some]
    """Roles; `unknown` where that isn't known."""

    verdict: Literal["violation", "unproven", "compliant"] | None
    """The worst; null where no policy binds it."""

    severity: Literal["error", "warning", "note"] | None
    ground: Literal["law", "doctrine", "choice"] | None
    """The gravest that a violation goes against: a law (perhaps for some alone), doctrine or a referential, or
    what the policy set chose. Null where nothing is violated.
    """

    verdicts: Mapping[str, Some]
    """Placements by the worst that is said of each, excused ones too."""

    policies: Mapping[str, Some]
    """Policies that give that verdict, with the placements of which they do."""

    excused: Count
    """Placements of which all that isn't compliant is excused."""


class MapState(Shape, frozen=True):
    """What a code of a state means; no name where nobody knows it."""

    name: Bilingual | None
    areas: tuple[str, ...]
    laws: tuple[str, ...]


class Map(Shape, frozen=True):
    """What lands with which company, which states can compel it, and in which country: the worst first."""

    schema: Literal["sovlint-map/1"]
    as_of: str
    catalogue: str
    policy_set: str
    lines: tuple[MapLine, ...]
    states: Mapping[str, MapState]
    failures: tuple[Failure, ...]
    rules: tuple[Rule, ...]
    """What the run goes by that doesn't ship; empty where it goes by what ships alone."""

    coverage: Coverage
