"""One policy's answer for one placement as a finding: verdict, severity, headline, remarks and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Basis, Finding, Severity, Verdict
from sovlint.model.findings.rests import Rests
from sovlint.model.placement import Placed, Placement
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Because, Reason, Unknown
from sovlint.model.world import World
from sovlint.policy import causes, phrases
from sovlint.policy.binding.bind import Bound, Reach
from sovlint.policy.policies import Policy, lesser
from sovlint.policy.requirements.logic import Answer

T = TypeVar("T")


class Case(Struct, frozen=True):
    """A policy that binds a placement of a resource, and what its requirement answers."""

    placed: Placed
    placement: Placement
    policy: Policy
    scope: Reach
    bound: Bound
    answer: Answer
    told: tuple[Note, ...] = ()
    """What else there is to say of it: of the organisation, or of a derogation."""
    lifted: Because = None
    """The attestation of a derogation."""

    @property
    def doubt(self) -> Unknown | None:
        """Why it isn't sure that the resource, or this placement of it, exists at all."""
        facts = (self.placed.resource.exists, self.placement.sure)
        return next((fact for fact in facts if isinstance(fact, Unknown)), None)

    @property
    def verdict(self) -> Verdict:
        """The answer; a violation by what may never be created is unproven."""
        if self.answer.verdict is Verdict.VIOLATION and self.doubt is not None:
            return Verdict.UNPROVEN
        return self.answer.verdict

    @property
    def severity(self) -> Severity:
        """What it costs: by verdict, by role, by how sure the class is."""
        level = (
            self.policy.unproven if self.verdict is Verdict.UNPROVEN else self.policy.severity
        )
        if self.placed.resource.is_left_out:
            level = lesser(level, Severity.WARNING)
        return lesser(level, self.bound.ceiling)

    @property
    def cause(self) -> Cause | None:
        """The one thing that all that was asked waits for, where it is unproven; else ``None``.

        Where only its existence is in doubt, that is it. Where an answer is open too, that comes first: it is open
        whether or not the resource exists.
        """
        resource, placement = self.placed.resource, self.placement
        if self.answer.verdict is Verdict.UNPROVEN:
            return causes.common(self._waits())
        if self.verdict is Verdict.UNPROVEN and self.doubt is not None:
            return causes.of_doubt(self.doubt, resource, placement)
        return None

    def _waits(self) -> Iterator[Cause | None]:
        """What each fact waits for that left a question open."""
        resource, placement = self.placed.resource, self.placement
        for leaf in self.answer.leaves:
            if leaf.unsourced and not leaf.unknowns:
                yield from (causes.of_source(each, placement) for each in leaf.unsourced)
                continue
            if leaf.holding is not None:
                yield causes.of_holding(leaf.holding, resource, placement)
                continue
            yield from (causes.of_fact(each, resource, placement) for each in leaf.unknowns)
            if not leaf.unknowns:
                yield None

    @property
    def waits_for_caller(self) -> bool:
        """Whether it is unproven only for want of a caller of this library."""
        if self.verdict is not Verdict.UNPROVEN or not self.placed.resource.library:
            return False
        if self.answer.verdict is not Verdict.UNPROVEN:
            return self.doubt is not None and self.doubt.reason is Reason.CALLER_NOT_IN_REPO
        return all(
            leaf.unknowns
            and all(unknown.reason is Reason.CALLER_NOT_IN_REPO for unknown in leaf.unknowns)
            for leaf in self.answer.leaves
        )


def compose(
    case: Case,
    subject: Mapping[str, Note],
    world: World,
    from_default: Callable[[Because], Note | None],
) -> Finding:
    """The finding of a case. ``from_default`` tells of a chain whether it starts at a variable's default."""
    defaults: list[Note] = []
    for step in (
        step for leaf in case.answer.leaves for step in leaf.because if step is not None
    ):
        if (note := from_default(step)) is not None and note not in defaults:
            defaults.append(note)
    return Finding(
        policy=case.policy.id,
        verdict=case.verdict,
        severity=case.severity,
        resource=case.placed.resource,
        placement=case.placement,
        claims=case.bound.claims,
        headline=_headline(case, subject, world),
        remarks=(*_remarks(case, world), *defaults),
        because=_evidence(case),
        basis=None if case.verdict is Verdict.UNPROVEN else case.answer.basis,
        rests=_rests(case),
        rests_on=case.policy.rests_on,
        cites=case.policy.cites if case.policy.in_law else (),
        sources=tuple(
            dict.fromkeys(source for leaf in case.answer.leaves for source in leaf.sources)
        ),
    )


def _headline(case: Case, subject: Mapping[str, Note], world: World) -> Note:
    params: dict[str, object] = {
        "data": phrases.data(case.bound.claims, world),
        **subject,
        "found": (*(leaf.note for leaf in case.answer.leaves), *_how_sure(case)),
    }
    if case.placement.sent:
        params["role"] = phrases.sent(subject["role"], case.placement.sent, case.bound.claims)
    if case.doubt is not None and case.verdict is Verdict.UNPROVEN:
        return Note("policy.headline-if-created", {**params, "why": case.doubt.why()})
    return Note("policy.headline", params)


def _role_unknown(resource: Resource) -> Note:
    """What to do where nobody knows what a resource does with data."""
    if resource.is_missing:
        return Note("policy.module-path-absent")
    if resource.is_elsewhere:
        return Note("policy.module-rest" if resource.entry else "policy.module-absent")
    return Note("policy.role-unknown", {"type": resource.type})


def _remarks(case: Case, world: World) -> Iterator[Note]:
    if case.policy.remark is not None:
        yield Note("policy.says", {"text": case.policy.remark})
    yield from case.told
    for leaf in case.answer.leaves:
        yield from leaf.remarks
    if _is_unsourced(case):
        yield _on_unsourced(case)
    if not case.bound.role_known:
        yield _role_unknown(case.placed.resource)
    yield from phrases.of_classes(case.bound.claims, case.placed.classes)
    contested = tuple(c for c in case.bound.claims if c.data_class in case.scope.contested)
    if contested:
        yield Note("policy.contested", {"data": phrases.class_names(contested, world)})


def _how_sure(case: Case) -> tuple[Note, ...]:
    return (Note("policy.unsourced"),) if _is_unsourced(case) else ()


def _rests(case: Case) -> Rests | None:
    """What it rests on, where it complies, as far as that is known here: whose word it is, others tell."""
    if case.verdict is not Verdict.COMPLIANT:
        return None
    return Rests.WEAK if _is_unsourced(case) else Rests.PROOF


def _is_unsourced(case: Case) -> bool:
    return case.verdict is Verdict.COMPLIANT and case.answer.basis is Basis.BACKGROUND


def _on_unsourced(case: Case) -> Note:
    """That it complies by general knowledge, and of what."""
    weak = (each for leaf in case.answer.leaves for each in leaf.unsourced)
    return Note("policy.on-unsourced", {"facts": phrases.unsourced(weak, case.placement)})


def _evidence(case: Case) -> tuple[Because, ...]:
    """The chains behind the class, then those of place and provider, then of the facts that decided; each once."""
    classes = (claim.because for claim in case.bound.claims)
    leaves = (step for leaf in case.answer.leaves for step in leaf.because)
    doubt = (
        (case.doubt.because,)
        if case.doubt is not None and case.verdict is Verdict.UNPROVEN
        else ()
    )
    return _once(
        step
        for step in (*classes, *case.placement.because, *leaves, *doubt, case.lifted)
        if step is not None
    )


def _once(items: Iterable[T]) -> tuple[T, ...]:
    """Without repeats. Steps are told apart by identity, which is their equality."""
    kept: list[T] = []
    for item in items:
        if not any(item is other for other in kept):
            kept.append(item)
    return tuple(kept)
