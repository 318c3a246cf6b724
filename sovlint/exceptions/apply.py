"""All exceptions against all findings, in this order: ignore comments, waivers, the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.exceptions.baseline import absorb
from sovlint.exceptions.baseline_file import Baseline
from sovlint.exceptions.inline import Inline
from sovlint.exceptions.ledger import LedgerEntry, Rules
from sovlint.exceptions.waivers import Waivers, check_names
from sovlint.model.exception import Audited, Ignore, Kind, State, Waiver
from sovlint.model.findings.finding import Finding
from sovlint.model.findings.identity import Identity
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Step


class Exceptions(Struct, frozen=True):
    """What there is to excuse findings by."""

    ignores: tuple[Ignore, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: Baseline | None = None


class AppliedExceptions(Struct, frozen=True):
    """Findings with what excuses them, those about ignore comments at their end; and what became of each exception."""

    findings: tuple[Finding, ...]
    audited: tuple[Audited, ...]


def apply(
    findings: Sequence[Finding],
    elsewhere: Sequence[Finding],
    exceptions: Exceptions,
    rules: Rules,
    wanted: Callable[[str], bool],
) -> AppliedExceptions:
    """Excuse what is excused of ``findings``.

    ``elsewhere`` are findings that aren't reported in this run: an exception that one of them needs is in use all the
    same. ``wanted`` says of a path whether it was asked for: exceptions elsewhere are left out of the audit.
    Raises ``SovlintError`` for a waiver of a policy that doesn't exist.
    """
    check_names(exceptions.waivers, rules)
    inline, waivers = Inline(exceptions.ignores, rules), Waivers(exceptions.waivers, rules)
    excused = [_excused(each, inline, waivers) for each in (*findings, *elsewhere)]
    excused[len(findings) : len(findings)] = [
        _excused(each, None, waivers)
        for each in inline.findings()
        if wanted(each.resource.span.path)
    ]
    asked = len(excused) - len(elsewhere)
    recorded: list[Audited] = []
    if exceptions.baseline is not None:
        absorbing = absorb(exceptions.baseline, excused, rules.policies, rules.known)
        excused, recorded = absorbing.findings, absorbing.audited
    reported = {each.identity for each in excused[:asked]}

    def told(where: Span, about: Iterable[Identity]) -> bool:
        """Whether an exception bears on what is reported: it is meant for some of it, or stands where was asked."""
        return wanted(where.path) or not reported.isdisjoint(about)

    entries = (*inline.entries, *waivers.entries)
    audited = [
        each.audited()
        for each in entries
        if told(each.where, (finding.identity for finding in each.met))
    ]
    audited += (
        each for each in recorded if told(each.where, (one.identity for one in each.absorbed))
    )
    return AppliedExceptions(tuple(excused[:asked]), tuple(sorted(audited, key=_order)))


def _excused(finding: Finding, inline: Inline | None, waivers: Waivers) -> Finding:
    """A finding that counts, with what excuses it; where that doesn't hold any more, the finding says so.

    Without ``inline``, comments don't count: none excuses what is said of another.
    """
    if not finding.counts:
        return finding
    covering = [*(inline.covering(finding) if inline else ()), *waivers.covering(finding)]
    for entry in covering:
        entry.met.append(finding)
    holding = next((entry for entry in covering if entry.fault is None), None)
    if holding is not None:
        return replace(finding, suppressed=holding.suppression())
    for entry in covering:
        finding = _lapsed(finding, entry)
    return finding


def _lapsed(finding: Finding, entry: LedgerEntry) -> Finding:
    """A finding that an exception would excuse if it held, saying why it doesn't."""
    step = Step(entry.where, Note(f"exceptions.{entry.kind.value}-here"))
    if entry.state is State.EXPIRED and entry.until is not None:
        params = {"headline": finding.headline, "until": entry.until.isoformat()}
        if entry.kind is Kind.WAIVER:
            params |= {"owner": entry.owner or "", "ticket": entry.ticket or ""}
        headline = Note(f"exceptions.lapsed-{entry.kind.value}", params)
        return replace(finding, headline=headline, because=(*finding.because, step))
    if entry.fault is None or entry.state is not State.INVALID:
        return finding
    remark = Note(f"exceptions.refused-{entry.kind.value}", {"why": entry.fault.why})
    return replace(
        finding, remarks=(*finding.remarks, remark), because=(*finding.because, step)
    )


def _order(audited: Audited) -> tuple[object, ...]:
    return audited.kind, audited.where, audited.policies
