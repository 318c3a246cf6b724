"""What a change brings along to excuse or to attest, where others judge what it brings: what of it holds by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from sovlint.exceptions.ledger import absorbed
from sovlint.model.attestation import CONTROL, COUNTRY, Attestation
from sovlint.model.exception import Absorbed, Audited, State
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.text import Note
from sovlint.model.value import Known


def audit(
    own: Report, theirs: Report, found: Iterable[Finding], name: str
) -> tuple[Audited, ...]:
    """The exceptions of both, each with what it excuses of what was ``found`` by both; of those that excuse nothing of
    it, that they count once they are at the revision ``name``."""
    excused = {absorbed(each) for each in found if each.suppressed is not None}
    theirs_too = {each.where: each for each in theirs.exceptions}
    held = [
        _held(each, excused, name) for each in own.exceptions if each.where not in theirs_too
    ]
    return (*theirs.exceptions, *held)


def _held(each: Audited, excused: Collection[Absorbed], name: str) -> Audited:
    still = tuple(one for one in each.absorbed if one in excused)
    if len(still) == len(each.absorbed):
        return each
    why = each.why or Note("exceptions.counts-later", {"base": name})
    state = State.USED if still else State.UNUSED
    return replace(each, absorbed=still, state=state, why=why)


def brought(own: Iterable[Attestation], theirs: Iterable[Attestation]) -> list[Attestation]:
    """The attestations that only the change has."""
    known = {_said(each) for each in theirs}
    return [each for each in own if each.fault is None and _said(each) not in known]


def _said(each: Attestation) -> tuple[object, ...]:
    return each.claim, each.evidence, each.owner, each.issued, each.expires


def awaiting(finding: Finding, answers: Iterable[Attestation], name: str) -> Finding:
    """A finding that an attestation of the change answers: it says so in place of asking for one."""
    cause = finding.cause
    answer = next((each for each in answers if _answers(each, finding)), None)
    if answer is None or cause is None:
        return finding
    where = answer.where.span()
    params = {"place": f"{where.path}:{where.line}", "base": name}
    why = Note("exceptions.attested-later", {"why": cause.why, **params})
    remarks = (*finding.remarks, Note("exceptions.own-attests", params))
    return replace(finding, cause=replace(cause, why=why, claim=""), remarks=remarks)


def _answers(each: Attestation, finding: Finding) -> bool:
    """Whether it speaks of what isn't known of a finding, and of its resource."""
    if not _is_missing(each, finding):
        return False
    resource, identity = finding.resource, finding.identity
    return each.about(resource.address, resource.span.path) and each.at(
        identity.provider, identity.region
    )


def _is_missing(each: Attestation, finding: Finding) -> bool:
    """Whether what it claims is what isn't known."""
    cause, placement = finding.cause, finding.placement
    if cause is None or placement is None:
        return False
    if each.kind == COUNTRY:
        return not isinstance(placement.country, Known)
    if each.kind == CONTROL:
        return not isinstance(placement.control, Known)
    return bool(each.qualification) and cause.claim == each.qualification
