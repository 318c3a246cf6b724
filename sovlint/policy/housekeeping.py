"""Findings about the evidence itself: unreadable classes, attestations out of date, qualifications soon over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import nearest
from sovlint.model.attestation import Attestation
from sovlint.model.classrules import DEFAULT_KEYS, OWN_KEY, Redefined
from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.placement import Placed, Placement
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource, written
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Reason, Step, Unknown, unroll
from sovlint.model.world import World
from sovlint.policy import causes, phrases
from sovlint.policy.policies import Policy, lesser
from sovlint.policy.requirements.leaf import Leaf, vouched


class Unheld(Struct, frozen=True):
    """What a policy asked of a placement and couldn't be proved: a qualification by its name, or a kind of claim."""

    resource: Resource
    placement: Placement
    name: str


def class_unknown(placed: Placed, policy: Policy, judged: bool) -> Finding | None:
    """One unproven finding where the classes of a resource aren't all known and no policy says so of those that are.

    ``judged``: whether some policy binds it; its findings then say that more classes are possible. Configuration
    carries no data.
    """
    unknown = placed.classes.unknown
    if unknown is None or judged or placed.is_config:
        return None
    key = "policy.class-unknown-more" if placed.classes.claims else "policy.class-unknown"
    headline = Note(key, {"why": unknown.why()})
    because = (unknown.because,) if unknown.because else ()
    finding = _finding(policy, Verdict.UNPROVEN, placed.resource, headline, because)
    return replace(finding, cause=causes.of_fact(unknown, placed.resource))


def strange_classes(
    all_placed: Iterable[Placed], policy: Policy, world: World
) -> Iterator[Finding]:
    """One finding for each declared value that means nothing, where it first matters; a default tag is one value."""
    first: dict[object, Finding] = {}
    others: dict[object, int] = {}
    for placed in all_placed:
        for value, because in () if placed.is_config else placed.classes.strange:
            key = (value, _origin(because) or placed.resource.identity)
            others[key] = others.get(key, -1) + 1
            if key not in first:
                headline = Note(
                    "policy.class-strange",
                    {"value": value, "known": tuple(sorted(world.classes))},
                )
                first[key] = _finding(
                    policy,
                    Verdict.VIOLATION,
                    placed.resource,
                    headline,
                    (because,),
                    _meant(value, world),
                )
    for origin, finding in first.items():
        count = others[origin]
        more = (Note("policy.class-strange-others", {"count": count}),) if count else ()
        yield replace(finding, remarks=finding.remarks + more)


def strange_keys(all_placed: Iterable[Placed], policy: Policy) -> Iterator[Finding]:
    """One finding for each key of ours that nobody knows, where it first matters."""
    first: dict[object, Finding] = {}
    for placed in all_placed:
        for key, because in placed.classes.strange_keys:
            at = (key, _origin(because) or placed.resource.identity)
            if at not in first:
                known = DEFAULT_KEYS if key == OWN_KEY else (OWN_KEY,)
                headline = Note("policy.key-strange", {"key": key, "known": known})
                first[at] = _finding(
                    policy, Verdict.VIOLATION, placed.resource, headline, (because,)
                )
    yield from first.values()


def undone(words: Iterable[Redefined], policy: Policy) -> Iterator[Finding]:
    """One finding for each own word that names a class and would mean something else."""
    for each in words:
        headline = Note(
            "policy.class-redefined", {"word": each.word, "class": each.data_class}
        )
        about = written(f"data.values[{each.word}]", "word", each.where)
        yield _finding(policy, Verdict.VIOLATION, about, headline, ())


def expired(
    attestations: Sequence[Attestation],
    unheld: Sequence[Unheld],
    policy: Policy,
    world: World,
    as_of: date,
) -> tuple[list[Finding], list[Remark]]:
    """For each attestation past its end: a finding for every resource that it would help, or else a remark."""
    findings: list[Finding] = []
    remarks: list[Remark] = []
    for attestation in attestations:
        if attestation.fault is not None or attestation.expires >= as_of:
            continue
        title = world.qualifications.get(attestation.qualification, attestation.claim)
        said = {
            "title": title,
            "owner": attestation.owner,
            "expires": attestation.expires.isoformat(),
        }
        headline = Note("policy.attestation-expired", said)
        helped = {
            each.resource.identity: each for each in unheld if _meets(attestation, each)
        }
        step = Step(attestation.where, Note("policy.attestation-here"))
        for each in helped.values():
            finding = _finding(policy, Verdict.VIOLATION, each.resource, headline, (step,))
            findings.append(replace(finding, placement=each.placement))
        if not helped:
            span = attestation.where.span()
            remarks.append(Remark(headline, span.path, span.line))
    return findings, remarks


def ends_soon(
    finding: Finding, leaves: Iterable[Leaf], policy: Policy, world: World, as_of: date
) -> Iterator[Finding]:
    """For a compliant finding: one more for each qualification that it rests on and that ends in the policy's days.

    An attestation's end is its owner's business until it has come; then ``attestation-expired`` says so.
    """
    for leaf in leaves:
        held = leaf.holding
        if held is None or leaf.verdict is not Verdict.COMPLIANT or finding.placement is None:
            continue
        days = _days_to(held.until, policy, as_of)
        if held.until is None or days is None or held.attested:
            continue
        params = {
            "title": world.qualifications.get(held.name, held.name),
            "provider": phrases.provider(finding.placement, world),
            "until": held.until.isoformat(),
            "days": days,
        }
        reminder = _reminder(finding, policy, Note("policy.ends-soon", params))
        remarks = (Note("policy.offer", {"offer": held.offer}),) if held.offer else ()
        yield replace(reminder, remarks=remarks, sources=held.sources)


def ages_soon(
    finding: Finding, policy: Policy, world: World, as_of: date
) -> Iterator[Finding]:
    """For a compliant finding on control: one more where the sources that show it are to be read again within the
    policy's days. What somebody attests is its owner's business."""
    placement = finding.placement
    if placement is None or placement.control_until is None or vouched(placement.control):
        return
    days = _days_to(placement.control_until, policy, as_of)
    if days is None:
        return
    params = {
        "provider": phrases.provider(placement, world),
        "until": placement.control_until.isoformat(),
        "days": days,
    }
    yield replace(_reminder(finding, policy, Note("policy.ages-soon", params)), remarks=())


def _days_to(until: date | None, policy: Policy, as_of: date) -> int | None:
    """How many days are left until an end; ``None`` where none is stated, it is past, or is further than the policy
    looks."""
    if until is None:
        return None
    left = until - as_of
    # The days as a number are others each day: only whoever is told them asks.
    near = timedelta() <= left <= timedelta(days=policy.within_days)
    return left.days if near else None


def _reminder(finding: Finding, policy: Policy, headline: Note) -> Finding:
    """What a finding rests on, as a finding of its own; it costs no more than that one would."""
    return replace(
        finding,
        policy=policy.id,
        verdict=Verdict.VIOLATION,
        severity=lesser(policy.severity, finding.severity),
        headline=headline,
        rests=None,
    )


def class_waits_for_caller(placed: Placed) -> bool:
    """Whether a class isn't known only for want of a caller of this library."""
    return waits_for_caller(placed.resource, placed.classes.unknown)


def waits_for_caller(resource: Resource, unknown: Unknown | None) -> bool:
    """Whether something of a library isn't known only for want of a caller."""
    return (
        resource.library
        and unknown is not None
        and unknown.reason is Reason.CALLER_NOT_IN_REPO
    )


def library_remarks(unjudged: Sequence[Resource]) -> list[Remark]:
    """One remark for each library folder, with how many of its resources wait for a caller's values."""
    folders: dict[str, set[tuple[str, str, str]]] = {}
    for resource in unjudged:
        folder = (
            resource.root
            if resource.root is not None
            else resource.span.path.rpartition("/")[0]
        )
        folders.setdefault(folder, set()).add(resource.identity)
    return [
        Remark(
            Note("policy.library", {"folder": folder or ".", "count": len(found)}),
            folder or ".",
        )
        for folder, found in sorted(folders.items())
    ]


def _finding(
    policy: Policy,
    verdict: Verdict,
    resource: Resource,
    headline: Note,
    because: tuple[Because, ...],
    remarks: tuple[Note, ...] = (),
) -> Finding:
    severity = policy.unproven if verdict is Verdict.UNPROVEN else policy.severity
    return Finding(
        policy.id, verdict, severity, resource, None, (), headline, remarks, because
    )


def _origin(because: Because) -> Span | None:
    """Where a declared value stands in the end: the last step of its chain that has a place."""
    places = [step.where for step in unroll(because) if step.where is not None]
    return places[-1].span() if places else None


def _meant(value: str, world: World) -> tuple[Note, ...]:
    close = nearest(value.lower(), world.classes)
    return (Note("policy.class-meant", {"class": close}),) if close else ()


def _meets(attestation: Attestation, unheld: Unheld) -> bool:
    placement, resource = unheld.placement, unheld.resource
    provider, region = (
        fact.value if isinstance(fact, Known) else None
        for fact in (placement.provider, placement.region)
    )
    return (
        (attestation.kind if attestation.claims_fact else attestation.qualification)
        == unheld.name
        and attestation.at(provider, region)
        and attestation.about(resource.address, resource.span.path)
    )
