"""``sovlint scan --format github``: workflow commands that GitHub's runner turns into annotations of a change.

GitHub shows ten errors, ten warnings and ten notices of a step. So there is one annotation for each place where
something is declared, worst first: it names all policies that are broken there, and all that is said of it, once.
What waits for one thing has one annotation, at the first place of it.
An annotation for each finding would spend the ten on three or four resources, and stack up on the same line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.model.findings.finding import Finding, Report, Severity
from sovlint.model.findings.own_rules import RuleKind
from sovlint.model.redaction.redact import inert, safe_text
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.pieces import causes, contract, listing, remedies
from sovlint.report.pieces.blocks import order, placed_at, subject, told_at
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.markup import short
from sovlint.report.pieces.settling import ConfigKeys
from sovlint.report.pieces.style import Style
from sovlint.report.run import (
    attestations,
    difference,
    own_rules,
    provenance,
    summary,
    totals,
)

MOST_LINES: Final = 12
"""Sentences of one annotation; the rest are counted."""
MOST_REMEDIES: Final = 2
"""Sentences on what could take its place."""
MOST_DRAFTED: Final = 31
"""Lines of a configuration that are proposed: five attestations."""
MOST_NAMED: Final = 5
"""Resources, or places of exceptions, that are named; the rest are counted."""
MOST_RULES: Final = 60
"""Rules that don't ship and that are told one by one."""
MOST_REMARKS: Final = 20
"""Kinds of remarks that are told; the rest are counted."""
WIDEST: Final = 400
"""Characters of a line in an annotation."""

_COMMAND: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}
_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = {**_DATA, ":": "%3A", ",": "%2C"}


def render(report: Report, language: str, style: Style) -> str:
    """A command a line: findings worst first, what couldn't be read, and a summary; ``style`` has no bearing on it."""
    places: dict[Span, list[Finding]] = {}
    alone, together = causes.told(causes.grouped(listing.listed(report)))
    alone = [one for one in alone if one.counts]
    for finding in alone:
        places.setdefault(finding.span, []).append(finding)
    told = [
        (order(found[0]), _annotation(span, found, report.config_keys, language))
        for span, found in places.items()
    ]
    told += [
        (order(group.first), _waiting(group, report.config_keys, language))
        for group in together
    ]
    lines = [line for _, line in sorted(told, key=lambda each: each[0])]
    lines += [_failure(each) for each in contract.failures(report.failures, language)]
    lines += _rules(report, language)
    lines += [command("notice", "\n".join(_summary(report, language)), title="sovlint")]
    if not summary.judged(report):
        lines.append(
            command("warning", summary.nothing_judged(report, language), title="sovlint")
        )
    return "\n".join(lines) + "\n"


def command(name: str, message: str, **properties: str | int) -> str:
    """One workflow command. Lines of ``message`` are kept; nothing in it or in ``properties`` ends the command."""
    given = ",".join(
        f"{key}={_escaped(inert(str(value)), _PROPERTY)}" for key, value in properties.items()
    )
    return f"::{name} {given}::{_escaped(inert(message), _DATA)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in text)


def _annotation(span: Span, found: Sequence[Finding], keys: ConfigKeys, language: str) -> str:
    """All findings on what is declared at one place."""
    title = ", ".join(dict.fromkeys(safe_text(one.policy) for one in found))
    named = dict.fromkeys(subject(one.resource, language) for one in found)
    first, *others = found
    said = dict.fromkeys(
        [
            _said(first, None, language),
            *(_said(one, first.headline, language) for one in others),
        ],
    )
    lines = [_counted(list(named), MOST_NAMED, language), *list(said)[:MOST_LINES]]
    if len(said) > MOST_LINES:
        lines.append(phrase("formats.more-lines", language, count=len(said) - MOST_LINES))
    better = dict.fromkeys(
        remedies.sentence(one.remedies, language) for one in found if one.remedies is not None
    )
    lines += list(better)[:MOST_REMEDIES]
    lines += _settled_by(causes.by_cause(found), keys, language)
    return _at(span, first.severity, lines, title)


def _waiting(group: causes.CauseGroup, keys: ConfigKeys, language: str) -> str:
    """What waits for one thing, at the first place: how much, the first of it, and what settles it."""
    first, left = causes.named_first(group)
    listed = [
        f"{safe_text(span.path)}:{span.line} {name}"
        for span, name in (placed_at(one, language) for one in first)
    ]
    if left:
        listed.append(counted("report.cause-more", left, language))
    lines = [
        causes.headline(group, language),
        *listed,
        *_settled_by([group.findings], keys, language),
    ]
    title = ", ".join(map(safe_text, group.policies))
    return _at(told_at(group.first), group.first.severity, lines, title)


def _settled_by(
    groups: Sequence[Sequence[Finding]], keys: ConfigKeys, language: str
) -> Iterator[str]:
    """What settles what findings wait for, after a sentence each; as many lines as there is room for."""
    room = MOST_DRAFTED
    for draft in causes.drafts(groups, keys):
        if room > 0:
            yield draft.said(language)
            yield from draft.lines[:room]
        room -= len(draft.lines)


def _at(span: Span, severity: Severity, lines: Sequence[str], title: str) -> str:
    """An annotation of a place; a column only where that is one line, as GitHub wants it."""
    where: dict[str, str | int] = {
        "file": safe_text(span.path),
        "line": span.line,
        "endLine": span.end_line,
    }
    if span.line == span.end_line:
        where["col"] = span.column
    message = "\n".join(short(line, WIDEST) for line in lines)
    return command(_COMMAND[severity], message, **where, title=short(title, WIDEST))


def _said(finding: Finding, first: Note | None, language: str) -> str:
    """``error[policy-id]: what is found``, without what the headline ``first`` says too."""
    tag = (
        f"{phrase(f'report.{finding.severity.value}', language)}[{safe_text(finding.policy)}]"
    )
    return f"{labelled(tag, language)} {listing.headline(finding, language, first)}"


def _counted(names: Sequence[str], most: int, language: str) -> str:
    """The names, the first ones where there are too many."""
    listed = ", ".join(names[:most])
    if len(names) <= most:
        return listed
    return phrase("formats.more", language, words=listed, count=len(names) - most)


def _failure(failure: Json) -> str:
    where: dict[str, str | int] = {"file": safe_text(failure["path"])}
    if failure["line"] is not None:
        where["line"] = failure["line"]
        if failure["column"] is not None:
            where["col"] = failure["column"]
    return command("error", short(failure["message"], WIDEST), **where, title="sovlint")


def _rules(report: Report, language: str) -> Iterator[str]:
    """What doesn't ship of what the run goes by, a line each, in as many notices as it takes."""
    told = own_rules.sentences(report, language)
    lines = [short(each, WIDEST) for each in told[:MOST_RULES]]
    if len(told) > MOST_RULES:
        lines.append(phrase("formats.more-lines", language, count=len(told) - MOST_RULES))
    heading = phrase(
        "formats.rules", language, policy_set=report.policy_set, as_of=report.as_of
    )
    for start in range(0, len(lines), MOST_LINES):
        some = lines[start : start + MOST_LINES]
        yield command("notice", "\n".join((heading, *some)), title="sovlint")
    for rule in report.rules:
        if rule.kind is RuleKind.LABELS_FELL:  # it fails the run, as an error does
            yield command(
                "error", own_rules.sentence(rule, language, full=True), title="sovlint"
            )


def _summary(report: Report, language: str) -> Iterator[str]:
    """Counts, what must be looked after, and how much was read and judged."""
    yield listing.sentence(totals.counts(report, language))
    yield from totals.by_severity(report, language)
    if report.difference is not None:
        yield from difference.told(report, report.difference, language)
    if lapsed := listing.lapsed(report.exceptions):
        places = (place_text(one.where.path, one.where.line) for one in lapsed)
        said = counted("formats.lapsed", len(lapsed), language)
        listed = _counted(list(dict.fromkeys(places)), MOST_NAMED, language)
        yield phrase("formats.lapsed-places", language, lapsed=said, places=listed)
    if report.attestations:
        told = [attestations.line(each, language) for each in attestations.ordered(report)]
        yield phrase(
            "formats.vouched", language, attestations=_counted(told, MOST_NAMED, language)
        )
    if report.failures:
        yield counted(
            "report.incomplete", len({failure.path for failure in report.failures}), language
        )
    if not report.own:
        yield own_rules.shipped_alone(report, language)
    if told := summary.remarks(report.remarks, language):
        yield phrase(
            "formats.remarks-told", language, remarks=_counted(told, MOST_REMARKS, language)
        )
    yield from totals.scope(report, language)
    yield from provenance.whole(report, language)
