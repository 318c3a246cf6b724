"""What was found, judged by nobody: `sovlint-facts/1`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from sovlint.contract.findings import DataClass, How
from sovlint.contract.places import Because, Identity, Placement, Reason
from sovlint.contract.reading import Coverage, Failure, Remark, UnjudgedAddress
from sovlint.contract.rules import Provenance, Rule
from sovlint.contract.shape import Day, Line, Shape


class Claim(Shape, frozen=True):
    """A data class of a resource, and what led to it."""

    data_class: DataClass = field(name="class")
    how: How
    because: Because


class Resource(Shape, frozen=True, kw_only=True):
    """Something that a repository declares, with its data classes and its placements."""

    address: str
    type: str
    front_end: Literal["terraform", "kubernetes", "saas", "compose", "configuration"]
    root: str | None
    variant: str | None
    library: bool
    exists: Annotated[bool | None, Meta(extra_json_schema={"enum": [True, None]})]
    """Whether it is sure to be there; null where that isn't known, with the reason in `unknown`."""

    path: str
    line: Line
    end_line: Line
    data: tuple[Claim, ...] | None
    data_unmatched: tuple[str, ...] | UnsetType = UNSET
    """Classifications in a vocabulary of somebody else's (CycloneDX) that are no class here. Absent where there
    are none.
    """

    unknown: Mapping[Literal["data", "exists"], Reason]
    placements: tuple[Placement, ...]
    same_as: tuple[Identity, ...] | UnsetType = UNSET
    """Other resources that declare the same service, or send data to it. Absent where there are none."""


class FlowEnd(Shape, frozen=True):
    """Where data goes: a resource, or a provider of which no resource is declared. The keys of the other are
    left out.
    """

    root: str | UnsetType | None = UNSET
    variant: str | UnsetType | None = UNSET
    address: str | UnsetType = UNSET
    provider: str | UnsetType | None = UNSET


class Flow(Shape, frozen=True):
    """Data going from one resource to another, or to a provider."""

    kind: str
    source: Identity = field(name="from")
    to: FlowEnd
    path: str
    line: Line


class Facts(Shape, frozen=True):
    """What was found, judged by nobody. A fact that isn't known is null, and its name is a key of `unknown`."""

    schema: Literal["sovlint-facts/1"]
    as_of: Day
    catalogue: str
    """The date of the catalogue."""

    resources: tuple[Resource, ...]
    flows: tuple[Flow, ...]
    failures: tuple[Failure, ...]
    remarks: tuple[Remark, ...]
    coverage: Coverage
    shown: tuple[UnjudgedAddress, ...]
    """Addresses outside that are only shown or fetched, as the names of their settings say: not judged."""

    doubtful: tuple[UnjudgedAddress, ...]
    """Addresses that are judged only where a data class is declared, since little shows that anything is sent
    there.
    """

    rules: tuple[Rule, ...]
    """What the run goes by that doesn't ship; empty where it goes by what ships alone."""

    provenance: Provenance | None
