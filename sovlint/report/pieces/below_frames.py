"""What stands below the frames of a block: data, placement, remarks, what the policies rest on, evidence, remedies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sovlint.model.findings.finding import Finding, PolicyText, Report
from sovlint.model.redaction.redact import printable, safe_text
from sovlint.model.source import Span
from sovlint.report.messages import labelled, phrase, say
from sovlint.report.pieces import causes, contract, remedies
from sovlint.report.pieces.already_said import AlreadySaid
from sovlint.report.pieces.blocks import FindingBlock, Other
from sovlint.report.pieces.fact_words import class_words, place, placement_line, term
from sovlint.report.pieces.frames import Mark
from sovlint.report.pieces.settling import ConfigKeys
from sovlint.report.pieces.style import Style, columns_of, wrap

MOST_ELSEWHERE: Final = 5
"""Further places of one finding that are named unasked; `--full` names all."""

MOST_OTHERS: Final = 5
"""Instances of one declaration that are listed by name; the rest are counted."""

GENERAL: Final = frozenset(
    {"policy.background", "policy.class-assumed", "policy.class-inferred"}
)
"""Remarks that say the same under every policy: they are made once a report."""


def below(
    block: FindingBlock,
    report: Report,
    again: Sequence[Mark],
    already_said: AlreadySaid,
    language: str,
    style: Style,
    gutter: int,
) -> list[str]:
    """The ``= name: text`` lines of a block; ``again`` are places that earlier blocks show.

    What a policy rests on, and its remedy, stand where it is first met.
    """
    policies = report.policies
    named = (
        policies[name]
        for name in dict.fromkeys(one.policy for one in block.findings)
        if name in policies
    )
    new = [policy for policy in named if policy.id not in already_said.policies]
    already_said.policies.update(policy.id for policy in new)
    said: list[tuple[str, str]] = [
        *(("also", other) for other in _others(block.others, style.full)),
        *(
            _facts(block.findings, language, style.columns - gutter)
            if block.cause is None
            else _data(block.findings, language)
        ),
        *_again(again),
        *_remarks(block.findings, already_said, language),
        *_rests_on(new, already_said, language),
        *_law(block.findings, policies, already_said, language),
        *_evidence(block, already_said),
        *_help(new, language),
        *_instead(block.findings, already_said, language),
    ]
    lines: list[str] = []
    for name, text in said:
        label = phrase(f"report.{name}", language)
        first = f"{' ' * gutter} = {labelled(label, language)} "
        wrapped = wrap(text, style.columns, first, " " * (gutter + 5))
        wrapped[0] = wrapped[0].replace(label, style.paint(label, "strong"), 1)
        lines += wrapped
    return [*lines, *settled_by(block.findings, language, style, gutter, report.config_keys)]


def _others(others: Sequence[Other], full: bool) -> list[str]:
    """Those declared at the same place by name, as many as are worth it; those declared elsewhere with their places, a
    few of them unless all is asked for."""
    here = [other.subject for other in others if other.span is None]
    elsewhere: dict[Span, list[str]] = {}
    for other in others:
        if other.span is not None:
            elsewhere.setdefault(other.span, []).append(other.subject)
    listed = [
        f"{place(span)} {', '.join(_cut(names, MOST_OTHERS))}"
        for span, names in elsewhere.items()
    ]
    return [*_cut(here, MOST_OTHERS), *(listed if full else _cut(listed, MOST_ELSEWHERE))]


def _cut(names: Sequence[str], most: int) -> list[str]:
    return [*names[:most], f"+ {len(names) - most}"] if len(names) > most else list(names)


def settled_by(
    findings: Sequence[Finding],
    language: str,
    style: Style,
    gutter: int,
    keys: ConfigKeys,
) -> list[str]:
    """What settles what findings wait for, as it is to be written or typed."""
    lines: list[str] = []
    for draft in causes.drafts(causes.by_cause(findings), keys):
        name = "attest" if draft.attests else "settle"
        label = labelled(phrase(f"report.{name}", language), language)
        first = f"{' ' * gutter} = {label} "
        said = draft.said(language)
        lines += [*wrap(said, style.columns, first, " " * (gutter + 5)), *draft.lines]
    return lines


def _data(findings: Sequence[Finding], language: str) -> list[tuple[str, str]]:
    ways = contract.strongest(claim for finding in findings for claim in finding.claims)
    return [("data", ", ".join(class_words(ways, language)))] if ways else []


def _facts(findings: Sequence[Finding], language: str, columns: int) -> list[tuple[str, str]]:
    said = _data(findings, language)
    placed = findings[0].placement
    if placed is None:
        return said
    room = columns - columns_of(
        f" = {labelled(phrase('report.placed', language), language)} "
    )
    return [*said, ("placed", placement_line(placed, language, room))]


def _again(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Places that earlier blocks show, by file: ``path:line,line``."""
    lines: dict[str, set[int]] = {}
    for mark in marks:
        lines.setdefault(safe_text(mark.span.path), set()).add(mark.span.line)
    named = (
        f"{path}:{','.join(map(str, sorted(numbers)))}" for path, numbers in lines.items()
    )
    return [("shown-above", " ".join(named))] if marks else []


def _remarks(
    findings: Sequence[Finding], already_said: AlreadySaid, language: str
) -> list[tuple[str, str]]:
    """Remarks that weren't made before: general ones of any policy, others of the same policy."""
    new: dict[str, None] = {}
    for finding in findings:
        for remark in finding.remarks:
            text = say(remark, language)
            about = "" if remark.key in GENERAL else finding.policy
            if (about, text) not in already_said.remarks:
                new[text] = None
                already_said.remarks.add((about, text))
    return [("remark", text) for text in new]


def _rests_on(
    policies: Iterable[PolicyText], already_said: AlreadySaid, language: str
) -> list[tuple[str, str]]:
    said = []
    for policy in policies:
        if policy.rests_on:
            kinds = tuple(term("rests-on", kind, language) for kind in policy.rests_on)
            line = phrase("report.policy-rests-on", language, policy=policy.id, kinds=kinds)
            said.append(
                ("rests-on", f"{line} {already_said.references(policy.cites)}".rstrip())
            )
    return said


def _law(
    findings: Sequence[Finding],
    policies: Mapping[str, PolicyText],
    already_said: AlreadySaid,
    language: str,
) -> list[tuple[str, str]]:
    """What findings rest on by law where their policies say otherwise of themselves, once a policy."""
    said = []
    for each in findings:
        if not each.cites or policies[each.policy].cites == each.cites:
            continue
        kinds = tuple(term("rests-on", kind, language) for kind in each.rests_on)
        line = phrase("report.policy-rests-on", language, policy=each.policy, kinds=kinds)
        if not already_said.mark_said(line):
            said.append(("rests-on", f"{line} {already_said.references(each.cites)}"))
    return said


def _evidence(block: FindingBlock, already_said: AlreadySaid) -> list[tuple[str, str]]:
    """The sources of what was found, those that no earlier block refers to."""
    new = [source for source in block.sources if source not in already_said.sources]
    return [("sources", already_said.references(new))] if new else []


def _instead(
    findings: Sequence[Finding], already_said: AlreadySaid, language: str
) -> list[tuple[str, str]]:
    """What could take its place: all findings of a block name the same."""
    found = next((one.remedies for one in findings if one.remedies is not None), None)
    if found is None:
        return []
    text = remedies.sentence(found, language)
    if already_said.mark_said(text):
        text = phrase("report.remedies-above", language, kind=found.kind.name)
    return [("instead", text)]


def _help(policies: Iterable[PolicyText], language: str) -> list[tuple[str, str]]:
    said = dict.fromkeys(
        printable(policy.remedy[language]) for policy in policies if policy.remedy[language]
    )
    return [("help", text) for text in said]
