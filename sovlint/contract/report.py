"""What a scan found: `sovlint-report/1`."""

from __future__ import annotations

from typing import Literal

from sovlint.contract.changes import Difference, Outcome
from sovlint.contract.exceptions import Attestation, UsedException
from sovlint.contract.findings import Finding, Summary
from sovlint.contract.reading import Coverage, Failure, Remark
from sovlint.contract.rules import Provenance, Rule
from sovlint.contract.shape import Day, Shape


class Report(Shape, frozen=True):
    """One finding per policy and placement. Compliant means that the evidence in the repository and the
    catalogue supports the policy, and no more than that.
    """

    schema: Literal["sovlint-report/1"]
    as_of: Day
    catalogue: str
    """The date of the catalogue."""

    policy_set: str
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    remarks: tuple[Remark, ...]
    coverage: Coverage
    exceptions: tuple[UsedException, ...]
    """Every ignore comment, waiver and entry of the baseline, and what became of it."""

    rules: tuple[Rule, ...]
    """What the run goes by that doesn't ship; empty where it goes by what ships alone."""

    attestations: tuple[Attestation, ...]
    """Every attestation of the configuration that bears on what is reported, and what became of it."""

    difference: Difference | None
    """With --diff-base: what was compared with. Findings that stood there are suppressed with the kind baseline."""

    suppose: tuple[Outcome, ...]
    """With --suppose: what would be otherwise by each supposition alone, and last by all at once where there are
    several.
    """

    provenance: Provenance | None
    summary: Summary
    """Counts; a suppressed finding is counted as that alone."""
