"""A change by the rules of a revision, and by its own: what it brings is held to the first, what stood before to the
milder of the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.exceptions.own_exceptions import awaiting
from sovlint.exceptions.record import SEVERITIES, VERDICTS, excusing, match, recorded
from sovlint.model.attestation import Attestation
from sovlint.model.exception import Kind, Suppression
from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.findings.identity import Identity
from sovlint.model.text import Note

FindingKey = tuple[object, ...]
"""What one finding is about, by whatever rules: policy, resource and role."""


class TwoResults(Struct, frozen=True):
    """All findings, each as it counts by both; ``stood``: those that were there before."""

    findings: tuple[Finding, ...]
    stood: frozenset[Finding]


def by_both(
    own: Report,
    theirs: Report,
    before: Report | None,
    name: str,
    *,
    only_new: bool,
    stricter: bool = False,
    answers: Sequence[Attestation] = (),
) -> TwoResults:
    """The findings of ``theirs`` (by the rules of the revision ``name``, without any ignore comment), softened where
    ``own`` is milder and they stood ``before``; and those that only ``own`` has.

    ``only_new``: whether what stood doesn't count anyhow, so that nobody asks by what rules it would. ``stricter``:
    whether ``own`` binds what it alone finds worse, too, of what stood. ``answers`` are attestations that only the
    change has.
    """
    both = _Both(own, theirs, before, name, only_new, answers)
    findings = (*map(both.theirs, theirs.findings), *both.only_own(stricter))
    return TwoResults(findings, frozenset(filter(both.is_old, findings)))


def beyond(
    found: Iterable[Finding], others: Sequence[Finding], stood: Iterable[Finding]
) -> list[Finding]:
    """Those of ``others`` that count, that nothing ``found`` is as grave as, and that ``stood`` nowhere."""
    records = recorded(
        (each for each in stood if each.verdict is not Verdict.COMPLIANT),
        lambda each: each.resource.span,
    )
    old = excusing(records, match(records, others))
    worst: dict[FindingKey, tuple[int, int]] = {}
    for each in found:
        if each.counts:
            worst[_key(each)] = max(_badness(each), worst.get(_key(each), (0, 0)))
    return [
        each
        for each in others
        if each.counts and each not in old and _badness(each) > worst.get(_key(each), (0, 0))
    ]


class _Both:
    """One comparison."""

    def __init__(
        self,
        own: Report,
        theirs: Report,
        before: Report | None,
        name: str,
        only_new: bool,
        answers: Sequence[Attestation],
    ) -> None:
        there = before.findings if before else ()
        were = [each for each in there if each.verdict is not Verdict.COMPLIANT]
        self._name = name
        self._only_new = only_new
        self._excuses = _excuses(were)
        self._own = _by_key(own.findings)
        self._theirs = _by_key(theirs.findings)
        self._resources = (
            {each.resource.identity for each in before.placed} if before else set()
        )
        records = recorded(were, lambda each: each.resource.span)
        candidates = (*theirs.findings, *self._others())
        self._stood = set(excusing(records, match(records, candidates)))
        self._answers = answers
        self._old: set[Finding] = set()

    def is_old(self, finding: Finding) -> bool:
        """Whether what a finding is about was there before, no better."""
        return finding in self._old

    def theirs(self, finding: Finding) -> Finding:
        """A finding by the rules of the revision, as it counts."""
        if not finding.counts:
            return finding
        twins = self._own.get(_key(finding), [])
        if finding not in self._stood:
            return self._brought(finding, twins)
        softened = self._softened(finding, twins)
        self._old.add(softened)
        return softened

    def only_own(self, stricter: bool) -> Iterable[Finding]:
        """What the rules of the change find, and the others don't."""
        for finding in self._others():
            if finding in self._stood:
                kept = self._excused_by_theirs(finding)
                self._old.add(kept)
                yield kept
            elif finding.resource.identity in self._resources and not stricter:
                yield self._excused_by_theirs(finding)
            else:
                yield finding

    def _others(self) -> list[Finding]:
        """Counting findings of the change's own rules that no finding of the others is about."""
        return [
            each
            for found in self._own.values()
            for each in found
            if each.counts and not self._against(_key(each))
        ]

    def _against(self, key: FindingKey) -> bool:
        return any(
            each.verdict is not Verdict.COMPLIANT for each in self._theirs.get(key, ())
        )

    def _brought(self, finding: Finding, twins: Sequence[Finding]) -> Finding:
        """What the change brings or worsens: it counts, the worse of the two, and says what its own rules would."""
        worst = max((each for each in twins if each.counts), key=_badness, default=None)
        if worst is not None and _badness(worst) >= _badness(finding):
            return finding if _badness(worst) == _badness(finding) else worst
        remark = Note(
            "exceptions.own-milder", {"base": self._name, "why": _why(worst, twins)}
        )
        finding = awaiting(finding, self._answers, self._name)
        return replace(finding, remarks=(*finding.remarks, remark))

    def _softened(self, finding: Finding, twins: Sequence[Finding]) -> Finding:
        """What stood before: as it was excused there, or as it is by the rules of the change where these are milder."""
        excuse = self._excuses.get(finding.identity)
        if excuse is not None:
            return replace(finding, suppressed=excuse)
        worst = max((each for each in twins if each.counts), key=_badness, default=None)
        if worst is not None:
            return worst if _badness(worst) < _badness(finding) else finding
        excused = next((each.suppressed for each in twins if each.suppressed), None)
        if excused is not None:
            return replace(finding, suppressed=excused)
        if self._only_new:
            return finding
        return replace(finding, suppressed=self._milder(finding, "exceptions.own-finds-none"))

    def _excused_by_theirs(self, finding: Finding) -> Finding:
        return replace(
            finding, suppressed=self._milder(finding, "exceptions.theirs-find-none")
        )

    def _milder(self, finding: Finding, key: str) -> Suppression:
        return Suppression(
            Kind.BASELINE, Note(key, {"base": self._name}), None, finding.resource.span
        )


def _excuses(were: Iterable[Finding]) -> Mapping[Identity, Suppression]:
    """How what stood was excused there, where all that is alike was."""
    counting = {each.identity for each in were if each.counts}
    return {
        each.identity: each.suppressed
        for each in were
        if each.suppressed is not None and each.identity not in counting
    }


def _by_key(findings: Iterable[Finding]) -> dict[FindingKey, list[Finding]]:
    found: dict[FindingKey, list[Finding]] = defaultdict(list)
    for each in findings:
        found[_key(each)].append(each)
    return found


def _key(finding: Finding) -> FindingKey:
    path = finding.resource.span.path if finding.resource.root is None else None
    return finding.policy, finding.resource.identity, finding.identity.role, path


def _why(worst: Finding | None, twins: Sequence[Finding]) -> Note:
    """Why a finding would count less by the rules of the change."""
    if worst is not None:
        return Note(
            "exceptions.own-less-grave", {"severity": Note(f"report.{worst.severity.value}")}
        )
    excused = next((each.suppressed for each in twins if each.suppressed), None)
    if excused is None:
        return Note("exceptions.own-none")
    where = excused.where
    params = {"place": f"{where.path}:{where.line}"}
    return Note(f"exceptions.own-excused-{excused.kind.value}", params)


def _badness(one: Finding) -> tuple[int, int]:
    return VERDICTS.index(one.verdict), SEVERITIES.index(one.severity)
