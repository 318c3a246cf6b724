"""``sovlint scan --format json``: findings, failures, coverage and counts (contract ``sovlint-report/1``)."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from sovlint.model.finding import Finding, Report, Verdict
from sovlint.model.placement import Placement
from sovlint.model.redact import mask
from sovlint.model.value import Fact, Known
from sovlint.report import contract
from sovlint.report.contract import Json
from sovlint.report.messages import say
from sovlint.report.style import Style
from sovlint.report.trail import finding_places

SCHEMA = "sovlint-report/1"

FINGERPRINT_LENGTH: Final = 32


def render(report: Report, language: str, style: Style) -> str:
    """The report as JSON text; ``style`` has no bearing on it."""
    return contract.dump(
        {
            "schema": SCHEMA,
            "as_of": report.as_of,
            "catalogue": report.catalogue_date,
            "policy_set": report.policy_set,
            "findings": findings(report, language),
            "failures": contract.failures(report.failures, language),
            "remarks": contract.remarks(report.remarks, language),
            "coverage": contract.coverage(report.coverage),
            "summary": {**contract.counts(report.findings), "suppressed": 0},
        }
    )


def findings(report: Report, language: str) -> list[Json]:
    """Violations and unproven ones; compliant ones where the report asks for them. Sorted."""
    listed = [
        finding(one, language)
        for one in report.findings
        if report.show_compliant or one.verdict is not Verdict.COMPLIANT
    ]
    return sorted(listed, key=_order)


def finding(found: Finding, language: str) -> Json:
    """One finding."""
    resource = found.resource
    where = resource.where.span()
    return {
        "policy": found.policy,
        "verdict": found.verdict.value,
        "severity": found.severity.value,
        **contract.identity(resource),
        "role": _known(found.placement.role) if found.placement else None,
        "path": mask(where.path),
        "line": where.line,
        "end_line": where.end_line,
        "message": say(found.headline, language),
        "remarks": [say(remark, language) for remark in found.remarks],
        "data": sorted({claim.data_class for claim in found.claims}),
        "how": contract.strongest(found.claims),
        "placement": contract.placement(found.placement, language) if found.placement else None,
        "because": contract.trail(finding_places(found), language),
        "sources": [contract.source(source) for source in dict.fromkeys(found.sources)],
        "fingerprint": fingerprint(found),
        "suppressed": None,
    }


def fingerprint(found: Finding) -> str:
    """A digest of what a finding is about; lines and wording may change without changing it."""
    resource, place = found.resource, found.placement
    about = [
        found.policy,
        resource.root,
        resource.variant,
        resource.address,
        *(_placement_identity(place) if place else (None, None, None)),
    ]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:FINGERPRINT_LENGTH]


def _placement_identity(place: Placement) -> tuple[str | None, str | None, str | None]:
    return _known(place.role), _known(place.provider), _known(place.region)


def _known(fact: Fact[str]) -> str | None:
    return contract.plain(fact.value, fact.sensitive) if isinstance(fact, Known) else None


def _order(item: Json) -> tuple[object, ...]:
    return (
        item["path"], item["line"], item["root"] or "", item["variant"] or "", item["address"], item["policy"],
        item["role"] or "", contract.sort_key(item),
    )  # fmt: skip
