"""What the formats that servers read share: which findings are listed, in which order, and what is said of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sovlint.model.exception import Audited, Kind, State
from sovlint.model.findings.finding import Finding, Report, Severity, Verdict
from sovlint.model.placement import Placed, Source
from sovlint.model.redaction.redact import mask, safe_text
from sovlint.model.text import Note
from sovlint.report.messages import counted, labelled, phrase, say
from sovlint.report.pieces import causes, remedies
from sovlint.report.pieces.blocks import order, placed_at, subject
from sovlint.report.pieces.headlines import further
from sovlint.report.pieces.markup import short
from sovlint.report.pieces.settling import ConfigKeys

LONGEST: Final = 2000
"""Characters of a sentence; what a scanned file makes longer is cut."""

_LAPSED: Final = {State.EXPIRED: 0, State.INVALID: 1, State.UNUSED: 2}


def shown(report: Report) -> list[Finding]:
    """Violations and unproven ones, and compliant ones where asked for, as they come."""
    return [
        one
        for one in report.findings
        if report.show_compliant or one.verdict is not Verdict.COMPLIANT
    ]


def listed(report: Report) -> list[Finding]:
    """What is shown: worst first, suppressed ones last."""
    return sorted(shown(report), key=lambda one: (one.suppressed is not None, order(one)))


def unexcused(report: Report) -> list[Finding]:
    """What is shown and nothing excuses, worst first."""
    return [one for one in listed(report) if one.suppressed is None]


def placed(report: Report) -> list[Placed]:
    """All resources, by root, variant, address and place."""
    return sorted(report.placed, key=lambda one: (*one.resource.identity, one.resource.span))


def counting(report: Report) -> list[Finding]:
    """Those that nothing excuses, worst first."""
    return sorted((one for one in report.findings if one.counts), key=order)


def headline(finding: Finding, language: str, first: Note | None = None) -> str:
    """What is found, as a sentence without what the headline ``first`` says too; an unproven one says that it is."""
    words = say(further(finding.headline, first) if first else finding.headline, language)
    if finding.verdict is Verdict.UNPROVEN:
        words = phrase("formats.unproven", language, headline=words)
    return sentence(words)


def message(finding: Finding, language: str) -> str:
    """The resource, what is found, and what there is to remark on it, in sentences."""
    about = labelled(short(subject(finding.resource, language), LONGEST), language)
    return f"{about} {sentences(finding, language)}"


def sentences(finding: Finding, language: str) -> str:
    """What is found, what there is to remark on it, and what could take its place."""
    said = [
        headline(finding, language),
        *(sentence(say(remark, language)) for remark in finding.remarks),
    ]
    if finding.remedies is not None:
        said.append(remedies.sentence(finding.remedies, language))
    said.append(causes.asked(finding, language))
    return " ".join(filter(None, said))


def entries(report: Report) -> list[Finding | causes.CauseGroup]:
    """What is listed, of each cause one entry however few wait for it: worst first, suppressed ones last."""
    alone, together = causes.grouped(listed(report), fewest=1)
    every = [(one, one) for one in alone] + [(group.first, group) for group in together]
    every.sort(key=lambda each: (each[0].suppressed is not None, order(each[0])))
    return [entry for _, entry in every]


def counting_entries(report: Report) -> list[Finding | causes.CauseGroup]:
    """Those of which something counts."""
    return [one for one in entries(report) if one.counts]


def group_message(group: causes.CauseGroup, keys: ConfigKeys, language: str) -> str:
    """How many placements wait for what, the first of them a line each, and what settles it. Of one alone, all that is
    said of it."""
    named_first, left = causes.named_first(group)
    lines = [group_headline(group, language)]
    if len(named_first) == 1:
        lines.append(message(group.first, language))
    else:
        lines += [placement_place(one, language) for one in named_first]
    if left:
        lines.append(counted("report.cause-more", left, language))
    for draft in causes.drafts([group.findings], keys):
        lines += [draft.said(language), *draft.lines]
    return "\n".join(lines)


def group_headline(group: causes.CauseGroup, language: str) -> str:
    """How many placements wait, and for what, in a sentence that says that it isn't proved."""
    words = causes.headline(group, language)
    return sentence(phrase("formats.unproven", language, headline=words))


def placement_place(finding: Finding, language: str) -> str:
    """Where a placement is declared, and what it is called."""
    span, name = placed_at(finding, language)
    return short(f"{safe_text(span.path)}:{span.line} {name}", LONGEST)


def sentence(words: str) -> str:
    """``words`` with a capital, where they begin with a plain word, and a full stop, where they have none."""
    words = short(words, LONGEST)
    if words.partition(" ")[0].isalpha():
        words = words[0].upper() + words[1:]
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def fingerprints(report: Report) -> Mapping[Finding, str]:
    """A fingerprint for each finding, none of them twice.

    Placements that differ in nothing that a fingerprint is made of are numbered in the order of their place, compliant
    and suppressed ones too, so that a number stays when another one is excused.
    """
    seen: Counter[str] = Counter()
    unique: dict[Finding, str] = {}
    for finding in sorted(report.findings, key=lambda one: (one.resource.span, order(one))):
        own = finding.identity.fingerprint
        seen[own] += 1
        unique[finding] = own if seen[own] == 1 else f"{own}-{seen[own]}"
    return unique


def severities(findings: Sequence[Finding]) -> Mapping[Severity, int]:
    """How many there are of each severity, errors first; severities that none has are left out."""
    counts = Counter(one.severity for one in findings)
    return {severity: counts[severity] for severity in Severity if counts[severity]}


def lapsed(exceptions: Iterable[Audited]) -> list[Audited]:
    """The exceptions that somebody must look after: expired, invalid and unused ones, in this order, then by place."""
    concerned = (one for one in exceptions if one.state in _LAPSED)
    return sorted(
        concerned, key=lambda one: (_LAPSED[one.state], one.where, one.kind, one.policies)
    )


def compared(report: Report) -> bool:
    """Whether findings are told from those that stood before: with another revision, or with a baseline."""
    excused = (one.suppressed.kind for one in report.findings if one.suppressed is not None)
    return report.difference is not None or Kind.BASELINE in (
        *excused,
        *(one.kind for one in report.exceptions),
    )


def web_address(sources: Iterable[Source]) -> str | None:
    """The first address of ``sources`` that a browser opens, without secrets."""
    return next(
        (mask(one.url) for one in sources if one.url.startswith(("https://", "http://"))),
        None,
    )
