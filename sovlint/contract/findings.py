"""What policies say of placements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from sovlint.contract.places import Because, Bilingual, Placement, Qualification, Role
from sovlint.contract.shape import Count, Fingerprint, Line, Shape

DataClass = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]
"""An id of a data class."""


How = Literal["declared", "intrinsic", "propagated", "inferred", "default"]
"""How a data class got to a resource."""


class Source(Shape, frozen=True):
    """Where a fact of the catalogue or of a policy comes from."""

    url: str
    date: str
    supports: str
    background: bool
    confidence: Literal["high", "medium", "low"] | None
    """How far what it supports may be relied on; null where nobody judged that."""

    read_by: str | UnsetType = UNSET
    """The role of who read it, where that is said."""

    read_on: str | UnsetType = UNSET
    reviewed_by: str | UnsetType = UNSET
    """The role of who read it again."""

    reviewed_on: str | UnsetType = UNSET
    words: str | UnsetType = UNSET
    """The words of the source that the fact rests on."""

    overlay: str | UnsetType = UNSET
    """The file of an overlay that names it, with its folder."""


class Remedy(Shape, frozen=True):
    """A service that would comply."""

    kind: str
    """The kind of service that it shares with what it would replace."""

    provider: str
    name: str
    """The provider's name."""

    service: str | None
    """Null where a vendor's services are all alike."""

    region: str | None
    country: str | None
    also: tuple[str, ...]
    """Further regions that are as good."""

    until: str | None
    """The last day on which it complies as far as is known today: the end of a qualification. Null where it
    rests on nothing that ends.
    """

    until_assumed: bool
    """Whether the end of a qualification was assumed, since none was found."""

    qualifications: tuple[Qualification, ...]
    """The qualifications that the policies ask for and that it holds."""

    attest: tuple[str, ...]
    """Qualifications that somebody must attest first."""


class Suppression(Shape, frozen=True):
    """What excuses a finding, and until when."""

    kind: Literal["inline", "waiver", "baseline"]
    reason: str
    until: str | None
    path: str
    line: Line


class Finding(Shape, frozen=True, kw_only=True):
    """What one policy says of one placement."""

    policy: str
    verdict: Literal["violation", "unproven", "compliant"]
    severity: Literal["error", "warning", "note"]
    root: str | None
    variant: str | None
    address: str
    role: Role
    path: str
    line: Line
    end_line: Line
    message: str
    """What is wrong, in the language that was asked for."""

    messages: Bilingual | UnsetType = UNSET
    """The same in both languages. `import sovlint` gives it; `--format json` leaves it out."""

    remarks: tuple[str, ...]
    data: Annotated[tuple[DataClass, ...], Meta(extra_json_schema={"uniqueItems": True})]
    how: Mapping[DataClass, How]
    """How each class got there, the strongest way."""

    placement: Placement | None
    because: Because
    sources: tuple[Source, ...]
    fingerprint: Fingerprint
    """A digest of policy, root, variant, address, role, provider and region."""

    basis: Literal["sourced", "soil", "background"] | None
    """Of what complies: whether sources were read for every fact that it needs (`sourced`), or some fact is
    general knowledge (`background`). Of a violation, what is behind what is said of who can compel: sources
    that were read; the state on whose soil it stands; general knowledge alone. Null where it isn't proved,
    and of a violation of a policy that doesn't ask who can compel.
    """

    rests: Literal["proof", "word", "weak"] | None
    """What it rests on, where it complies: code and sources that were read (`proof`); somebody's word somewhere in it,
    an attestation or what the configuration says of places, hosts or data (`word`); a fact that is general knowledge, or
    whose source is to be read again soon (`weak`). Null of what doesn't comply.
    """

    rests_on: tuple[Literal["law", "referential", "doctrine", "risk"], ...]
    """What this finding rests on: that of its policy, or law alone where the configuration says that a law binds
    the organisation for this data. Empty where it is about the evidence itself.
    """

    ground: Literal["law", "doctrine", "choice"]
    """What it rests on in a word: a law (perhaps for some alone), doctrine or a referential, or what the policy
    set chose.
    """

    remedies: tuple[Remedy, ...] | None
    """Services of the same kind that are proved to comply, on this day, with all policies that bind the
    placement, longest first. Empty where none is proved to; null where nobody looked.
    """

    remedies_if_attested: tuple[Remedy, ...] | None
    """Where none is proved to comply: those that would once the qualifications under attest are attested."""

    cause: str | None
    """What an unproven finding waits for, where that is one thing: `kind:name`. Findings of one cause are
    settled together, and people are told them as one. Kinds: cluster, clusters-overlap, cluster-region,
    project, variable, caller, environment, computed, module, chart, host, values (of settings whose names say
    nothing, in a root or folder), type, region, place, owners, inventory, created (what violates if it is
    created: the id of what that waits for follows), setting (one resource's own), and hds-contract, hds-
    listing and their like for other qualifications.
    """

    suppressed: Suppression | None


class Summary(Shape, frozen=True):
    """Counts; a suppressed finding is counted as that alone."""

    violation: Count
    unproven: Count
    compliant: Count
    compliant_unsourced: Count
    """How many of the compliant ones rest on general knowledge of some fact (`basis` is `background`)."""

    compliant_on_proof: Count
    compliant_on_word: Count
    compliant_on_weak: Count
    """How many of the compliant ones rest on each; together they are the compliant ones."""

    suppressed: Count


class Verdicts(Shape, frozen=True):
    """How many findings count, by verdict."""

    violation: Count
    unproven: Count
    compliant: Count
