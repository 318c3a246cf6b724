"""What a run goes by that doesn't ship, in sentences and as data: the one place for every kind and every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sovlint.model.exception import State
from sovlint.model.findings.finding import Report
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind, Signed
from sovlint.model.redaction.redact import safe_text
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.pieces import contract
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.markup import short

MOST_NAMES: Final = 8
"""Names in a sentence; the JSON has them all."""
MOST_DETAILS: Final = 6
"""Details in a sentence, unless all is asked for; the JSON has them all."""
WIDEST: Final = 80
"""Characters of a value in a sentence, unless all is asked for; the JSON has it whole."""

LINES: Final = ("-", "+")
"""What details are called that are lines of a file without keys: one that is gone, and one that came."""

_EDITED: Final = (RuleKind.RULE_CHANGE, RuleKind.IGNORE_CHANGE)
"""Kinds about a file that a change edits: what matters most of it stands first."""
_CLOSED: Final = {"[": "]", "{": "}"}
_SIGNED: Final = frozenset(each.value for each in Signed)
_CATALOGUE: Final = "signer", "signature"
_STATES: Final = frozenset(state.value for state in State)


def told(report: Report, language: str) -> list[str]:
    """A sentence for each; where there is none, one that says that what ships is all that the run goes by."""
    return sentences(report, language) or [shipped_alone(report, language)]


def sentences(report: Report, language: str, full: bool = False) -> list[str]:
    """A sentence for each that is otherwise than it ships; with ``full`` it tells all that there is."""
    return [sentence(rule, language, full) for rule in report.own]


def shipped_alone(report: Report, language: str) -> str:
    """That nothing of the run's rules is anybody's own."""
    if report.facts_only:
        return phrase("report.rules-shipped", language)
    return phrase(
        "report.rules-shipped-set", language, policy_set=report.policy_set, as_of=report.as_of
    )


def sentence(rule: OwnRule, language: str, full: bool = False) -> str:
    """What is otherwise than it ships, where that stands, and what it was before."""
    said = _said(rule, language, full)
    if rule.path is not None:
        place = place_text(rule.path, rule.line)
        said = phrase("report.rule-at", language, sentence=said, place=place)
    if rule.of_change:
        said = phrase("report.rule-of-change", language, sentence=said)
    if rule.kind is RuleKind.RULES_FROM and rule.details:
        said = phrase("report.rule-rules-from-counts", language, sentence=said)
    details = list(_details(rule, language, full))
    return f"{labelled(said, language)} {', '.join(details)}" if details else said


def file_of(rule: OwnRule) -> str | None:
    """The file of the repository in which it stands, or that a change edits; ``None`` where there is none."""
    path = rule.names[0] if rule.kind in _EDITED and rule.names else rule.path
    return None if path is None or path.startswith("../") else safe_text(path)


def _name(name: str, language: str) -> str:
    """What a detail is called: states of exceptions and signatures have words, keys of files stand for themselves."""
    if name in _CATALOGUE:
        return phrase(f"report.catalogue-{name}", language)
    return phrase(f"report.state-{name}", language) if name in _STATES else name


def _said(rule: OwnRule, language: str, full: bool) -> str:
    key = f"report.rule-{rule.kind.value}"
    if not rule.names:
        return phrase(f"{key}-none", language)
    return phrase(key, language, names=tuple(_names(rule.names, language, full)))


def _names(names: Sequence[str], language: str, full: bool) -> Iterator[str]:
    most = len(names) if full else MOST_NAMES
    yield from names[:most]
    if len(names) > most:
        yield counted("report.rule-more", len(names) - most, language)


def _details(rule: OwnRule, language: str, full: bool) -> Iterator[str]:
    """What it says otherwise; what isn't told is counted, apart from what nobody tells."""
    most = len(rule.details) if full else MOST_DETAILS
    ordered = (
        rule.details if rule.kind in _EDITED else sorted(rule.details, key=_changes_nothing)
    )
    for detail in ordered[:most]:
        yield _detail(detail, language, full)
    if len(rule.details) > most:
        yield counted("report.rule-more-details", len(rule.details) - most, language)
    if rule.more:
        yield counted("report.rule-untold", rule.more, language)


def _changes_nothing(detail: RuleDetail) -> bool:
    """What says something else comes before what is added and taken away: there may be room for few."""
    return not (detail.before and detail.after)


def _detail(detail: RuleDetail, language: str, full: bool) -> str:
    """``name: before → after``; without what it was where nothing was there, and so on."""
    name = _name(detail.name, language)
    if not detail.before and not detail.after:
        return phrase("report.rule-detail-name", language, name=name)
    key = "changed"
    if not detail.before:
        key = "added"
    elif not detail.after:
        key = "removed"
    if not name or (key != "changed" and name in LINES):
        key = f"{key}-alone"
    before, after = (_value(each, language, full) for each in (detail.before, detail.after))
    return phrase(
        f"report.rule-detail-{key}", language, name=name, before=before, after=after
    )


def _value(text: str, language: str, full: bool) -> str:
    """A value in a sentence: a long list or map ends after one of its parts."""
    if text in _SIGNED:
        return phrase(f"report.catalogue-{text}", language)
    shown = safe_text(text)
    if full or len(shown) <= WIDEST:
        return shown
    closed = _CLOSED.get(shown[0])
    part = shown.rfind(", ", 0, WIDEST) if closed else -1
    return f"{shown[:part]}, …{closed}" if part > 0 else short(shown, WIDEST)


def entries(rules: Iterable[OwnRule], language: str) -> list[Json]:
    """Each as data, whole."""
    return [
        {
            **contract.fields(rule, "kind", "names", "path", "line", "of_change"),
            "details": [
                contract.fields(one, "name", "before", "after") for one in rule.details
            ],
            "more": rule.more,
            "message": sentence(rule, language),
        }
        for rule in rules
    ]
