"""Where something stands, and where data lands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from sovlint.contract.shape import Day, Line, Shape

Reason = Annotated[
    str,
    Meta(
        pattern=r"^(unset-variable|from-environment|caller-not-in-repo|computed-at-apply|remote-module"
        r"|unsupported-expression|templated|multi-valued|not-in-catalogue|no-evidence)(: [\s\S]*)?$"
    ),
]
"""Why a fact isn't known: a reason, which is scripted against, and perhaps a detail after a colon."""


Role = (
    Literal[
        "at-rest",
        "compute",
        "replica",
        "backup",
        "logs",
        "keys",
        "edge",
        "registry",
        "state",
        "processor",
        "ai",
        "config",
    ]
    | None
)
"""What a placement does with the data; null where that isn't known."""


class Place(Shape, frozen=True, kw_only=True):
    """A line of a file, and what it shows."""

    repository: str | UnsetType = UNSET
    """The name of another repository that the file is of; left out for this one."""

    path: str
    """Relative to the git root, with forward slashes."""

    line: Line
    note: str


Because = Annotated[tuple[Place, ...], Meta(max_length=40)]
"""The places that led to a fact, from the use back to the origin, each once."""


Codes = (
    Annotated[
        tuple[Annotated[str, Meta(pattern=r"^([A-Z]{2}|EEA|\*{3})$")], ...],
        Meta(extra_json_schema={"uniqueItems": True}),
    ]
    | None
)
"""Codes of states (ISO 3166, or EEA for some state of it; `***` for one that isn't said); null where they aren't
known.
"""


class Qualification(Shape, frozen=True):
    """A qualification that is held."""

    name: str
    version: str | None
    offer: str | None
    until: Day | None
    """The last day on which it is valid, if known."""

    attested: str | UnsetType = UNSET
    """Who vouches for it, where an attestation fills the unknown."""

    activities: tuple[Annotated[int, Meta(ge=1, le=6)], ...] | UnsetType = UNSET
    """The activities that the offer is certified for, by their numbers in the referential; left out where no
    source says it.
    """


class Placement(Shape, frozen=True):
    """One resource, in one role, at one provider and region."""

    role: Role
    provider: str | None
    """An id of the catalogue."""

    service: str | None
    region: str | None
    """An id of the catalogue; `global` for a service without a region, a multi-region by its name."""

    country: Annotated[str, Meta(pattern=r"^([A-Z]{2}|\*{3})$")] | None
    area: Annotated[tuple[str, ...], Meta(extra_json_schema={"uniqueItems": True})] | None
    control: Codes
    technology: Codes
    qualifications: tuple[Qualification, ...]
    """Those valid on `as_of` for this service in this region; one that is neither here nor in `unknown` is known
    not to be held, unless nobody named it here (C5, ISO 27001: schemes that no set that ships asks for).
    """

    exists: bool | None
    """Whether this placement exists at all, given that the resource does."""

    unknown: Mapping[
        Annotated[
            str,
            Meta(
                pattern=r"^(role|provider|service|region|country|area|control|technology|exists|qualifications\..+)$"
            ),
        ],
        Reason,
    ]
    """Facts that are null, each with its reason."""

    among: Mapping[
        Literal[
            "role",
            "provider",
            "service",
            "region",
            "country",
            "area",
            "control",
            "technology",
            "exists",
        ],
        Annotated[tuple[Any, ...], Meta(min_length=2)],
    ]
    """Values proved to hold an unknown fact."""

    because: Because


class Identity(Shape, frozen=True):
    """What tells one resource from another."""

    root: str | None
    variant: str | None
    address: str


class Bilingual(Shape, frozen=True):
    """A text in both languages."""

    en: str
    fr: str
