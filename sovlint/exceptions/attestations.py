"""Attestations as somebody must be able to rely on them: the evidence as it was read, an approver who isn't the owner,
dates that hold; and what became of each of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from sovlint.exceptions.ledger import absorbed, unapproved
from sovlint.files.nothing_said import says_nothing
from sovlint.model.attestation import Attestation, Proof, Vouched
from sovlint.model.exception import State
from sovlint.model.findings.finding import Finding, PolicyText, Verdict
from sovlint.model.placement import Placed
from sovlint.model.resources.resource import written
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Step, StepKind, unroll

IN_ORDER: Final = "attestation-in-order"
UNUSED: Final = "attestation-unused"
ENDS_SOON: Final = "attestation-ends-soon"
"""Ids of the housekeeping policies on attestations themselves."""

Digest = Callable[[str], str | Note]
"""Told a path relative to the git root, gives the SHA-256 of that file in lower case, or why it can't be read."""


def weighed(
    attestations: Iterable[Attestation], digest: Digest, longest: Mapping[str, int], day: date
) -> tuple[Attestation, ...]:
    """Attestations with why they don't count, where they don't, and no longer than ``longest`` (months by kind of
    claim) lets them. That one is past its end is no fault of it."""
    return tuple(
        _capped(replace(each, fault=_fault(each, digest, day)), longest)
        for each in attestations
    )


def faults(attestations: Iterable[Attestation]) -> Iterator[tuple[Located, Note]]:
    """What is wrong with attestations that were weighed, and where; that one ended isn't wrong."""
    for each in attestations:
        why = _why(each)
        if why is not None:
            yield (each.proof.where if each.proof and each.fault else each.where), why


def ended(attestations: Iterable[Attestation], day: date) -> Iterator[tuple[Located, Note]]:
    """Where attestations stand that are past their end, and when that was."""
    for each in attestations:
        if each.expires < day:
            yield each.where, Note("exceptions.expired", {"until": each.expires.isoformat()})


def audit(
    attestations: Sequence[Attestation],
    placed: Iterable[Placed],
    findings: Sequence[Finding],
    day: date,
    soon: int,
) -> tuple[Vouched, ...]:
    """What became of each attestation. ``placed`` is all that there is, since one may be needed where nobody asked;
    ``findings`` are those reported. One that ends within ``soon`` days says so."""
    if not attestations:
        return ()
    placed = tuple(placed)
    filling = [step for each in placed for step in _filled(each)]
    overruled = dict(where for each in placed for where in _overruled(each))
    needed = {step.where for step in filling}
    used = {step.where for chain in filling for step in unroll(chain)}
    # What lifts a law fills nothing: it is used where a finding says so.
    lifting = {each.where for each in attestations if each.derogation}
    lifted = lifting & {where for each in findings for where in _places(each.because)}
    needed |= lifted
    used |= lifted
    resting: dict[Located, list[Finding]] = {}
    for finding in findings:
        if finding.verdict is not Verdict.UNPROVEN:
            for where in dict.fromkeys(_places(finding.because)):
                resting.setdefault(where, []).append(finding)
    return tuple(
        _vouched(
            each,
            _state(each, used, day),
            resting.get(each.where, []),
            day,
            soon if each.where in needed else -1,
            overruled.get(each.where),
        )
        for each in attestations
    )


def housekeeping(
    audited: Iterable[Vouched], policies: Mapping[str, PolicyText]
) -> Iterator[Finding]:
    """What there is to say of attestations themselves: not in order, of no use, soon over."""
    for each in audited:
        for policy, headline in _told(each):
            text = policies.get(policy)
            if text is not None:
                about = written(f"attestation[{each.claim}]", "attestation", each.where)
                yield Finding(
                    text.id, Verdict.VIOLATION, text.severity, about, None, (), headline
                )


def _told(each: Vouched) -> Iterator[tuple[str, Note]]:
    said = {"claim": each.claim, "owner": each.owner, "until": each.until.isoformat()}
    if each.state is State.INVALID:
        yield IN_ORDER, Note("exceptions.attestation-void", {**said, "why": each.why or ""})
    elif each.why is not None:
        yield IN_ORDER, Note("exceptions.attestation-capped", {**said, "why": each.why})
    if each.state is State.UNUSED and each.overruled is not None:
        yield (
            UNUSED,
            Note("exceptions.attestation-overruled", {**said, "why": each.overruled}),
        )
    elif each.state is State.UNUSED:
        yield UNUSED, Note("exceptions.attestation-unused", said)
    if each.days is not None:
        yield ENDS_SOON, Note("exceptions.attestation-ends-soon", {**said, "days": each.days})


def _fault(each: Attestation, digest: Digest, day: date) -> Note | None:
    why = unapproved(each.owner, each.approver, each.issued, day)
    file = each.proof.path if each.proof else None
    if why is None and file is None and says_nothing(each.evidence):
        return Note("exceptions.evidence-none", {"evidence": each.evidence})
    return _unlike(each.proof, digest) if why is None and each.proof else why


def _unlike(proof: Proof, digest: Digest) -> Note | None:
    """Why a file isn't the evidence that somebody read; one kept elsewhere can't be looked at."""
    if proof.path is None:
        return None
    found = digest(proof.path)
    if isinstance(found, Note):
        return Note("exceptions.evidence-unreadable", {"path": proof.path, "why": found})
    if proof.sha256 is None:
        return Note(
            "exceptions.evidence-without-digest", {"path": proof.path, "found": found}
        )
    if proof.sha256 != found:
        return Note(
            "exceptions.evidence-differs",
            {"path": proof.path, "wanted": proof.sha256, "found": found},
        )
    return None


def _capped(each: Attestation, longest: Mapping[str, int]) -> Attestation:
    months = longest.get(each.kind)
    if months is None:
        return each
    end = latest(each.issued, months)
    return replace(each, expires=end, written=each.expires) if each.expires > end else each


def latest(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _why(each: Attestation) -> Note | None:
    if each.fault is not None:
        return each.fault
    if each.written is None:
        return None
    params = {"written": each.written.isoformat(), "until": each.expires.isoformat()}
    return Note("exceptions.attestation-too-long", params)


def _vouched(
    each: Attestation,
    state: State,
    resting: Sequence[Finding],
    day: date,
    soon: int,
    overruled: Note | None,
) -> Vouched:
    left = each.expires - day
    near = state is State.USED and left <= timedelta(days=soon)
    return Vouched(
        state=state,
        kind=each.kind,
        claim=each.claim,
        owner=each.owner,
        approver=each.approver,
        evidence=each.evidence,
        sha256=each.proof.sha256 if each.proof else None,
        checked=each.fault is None and each.proof is not None and each.proof.path is not None,
        issued=each.issued,
        until=each.expires,
        where=each.where.span(),
        turned=tuple(absorbed(finding) for finding in resting) if state is State.USED else (),
        days=left.days if near else None,
        why=_why(each) if state is not State.EXPIRED or each.written else None,
        overruled=overruled if state in (State.USED, State.UNUSED) else None,
    )


def _state(each: Attestation, used: Collection[Located | None], day: date) -> State:
    if each.fault is not None:
        return State.INVALID
    if each.expires < day:
        return State.EXPIRED
    return State.USED if each.where in used else State.UNUSED


def _filled(placed: Placed) -> Iterator[Step]:
    """The steps by which attestations fill something of a resource; those before a step fill it as well, but end
    sooner."""
    for placement in placed.placements:
        for holding in placement.holdings:
            if isinstance(holding.held, Known) and holding.held.because:
                yield holding.held.because
        yield from (each.because for each in placement.levels if each.because)
        for fact in (placement.country, placement.control):
            if (
                isinstance(fact, Known)
                and fact.because
                and fact.because.kind is StepKind.VOUCHED
            ):
                yield fact.because


def _overruled(placed: Placed) -> Iterator[tuple[Located, Note]]:
    """The places of attestations that say otherwise than what is known of a resource, with what that is."""
    for holding in (each for placement in placed.placements for each in placement.holdings):
        for where in holding.overruled:
            why = holding.note.params["why"] if holding.note else None
            if isinstance(why, Note):
                yield where, why


def _places(chains: Iterable[Because]) -> Iterator[Located]:
    return (
        step.where for chain in chains for step in unroll(chain) if step.where is not None
    )
