"""What is said at the end: verdicts, severities, findings, coverage and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sovlint.model.placement import ClassClaim, Flow, Placed, Placement, Source
from sovlint.model.resource import Failure, Remark, Resource
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because


class Verdict(StrEnum):
    """What a policy says of a placement."""

    COMPLIANT = "compliant"
    VIOLATION = "violation"
    UNPROVEN = "unproven"


class Severity(StrEnum):
    """How much a finding matters: ``note`` never fails a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One policy's answer for one placement. ``headline`` says in a sentence who, whose law, where."""

    policy: str
    verdict: Verdict
    severity: Severity
    resource: Resource
    placement: Placement | None
    claims: tuple[ClassClaim, ...]
    headline: Note
    remarks: tuple[Note, ...] = ()
    """Further sentences: where the end of a certificate is assumed, what a default means, what to attest."""
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyText:
    """What a report says of a policy: its title, what it rests on, its citations and how to mend."""

    id: str
    title: Bilingual
    why: Bilingual
    remedy: Bilingual
    rests_on: tuple[str, ...]
    cites: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read and judged. ``resources = placed + config + unplaced``."""

    files: int = 0
    failed: int = 0
    skipped: int = 0
    resources: int = 0
    placed: int = 0
    config: int = 0
    unplaced: int = 0
    classified: int = 0
    class_unknown: int = 0

    def falls_short(self, percent: int) -> bool:
        """Whether fewer than ``percent`` of the resources carry a data class; never where there are none."""
        return self.classified * 100 < percent * self.resources


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a reporter may say. Pure data: rendering reads no file."""

    as_of: str
    catalogue_date: str
    policy_set: str
    placed: tuple[Placed, ...]
    flows: tuple[Flow, ...]
    findings: tuple[Finding, ...]
    """All of them, compliant ones too; reporters leave those out unless ``show_compliant``."""
    failures: tuple[Failure, ...]
    remarks: tuple[Remark, ...]
    coverage: Coverage
    policies: Mapping[str, PolicyText]
    excerpts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Source lines by (path, line), already masked, for every span that a finding shows."""
    show_compliant: bool = False
    min_classified: int | None = None
    assumed: str | None = None
    unjudged_roles: int = 0
    """Resources whose role isn't known and whose class is only assumed: counted, not judged."""
    hds_scope: str = "strict"
    left_out: int = 0
    """Resources that a policy leaves out only by the reading of ``hds_scope`` that was chosen."""
    facts_only: bool = False
