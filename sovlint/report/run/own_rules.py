"""What a run goes by that doesn't ship, in sentences and as data: the one place for every kind and every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.model.exception import State
from sovlint.model.findings.finding import Report
from sovlint.model.findings.own_rules import OwnRule, RuleDetail
from sovlint.model.redaction.redact import safe_text
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.pieces import contract
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.markup import short

MOST_NAMES: Final = 8
"""Names in a sentence; the JSON has them all."""
MOST_DETAILS: Final = 6
"""Details in a sentence; the JSON has them all."""
WIDEST: Final = 80
"""Characters of a value in a sentence; the JSON has it whole."""

_STATES: Final = frozenset(state.value for state in State)


def told(report: Report, language: str) -> list[str]:
    """A sentence for each; where there is none, one that says that what ships is all that the run goes by."""
    return sentences(report, language) or [shipped_alone(report, language)]


def sentences(report: Report, language: str) -> list[str]:
    """A sentence for each that is otherwise than it ships."""
    return [sentence(rule, language) for rule in report.own]


def shipped_alone(report: Report, language: str) -> str:
    """That nothing of the run's rules is anybody's own."""
    if report.facts_only:
        return phrase("report.rules-shipped", language)
    return phrase(
        "report.rules-shipped-set", language, policy_set=report.policy_set, as_of=report.as_of
    )


def sentence(rule: OwnRule, language: str) -> str:
    """What is otherwise than it ships, where that stands, and what it was before."""
    said = _said(rule, language)
    if rule.path is not None:
        place = place_text(rule.path, rule.line)
        said = phrase("report.rule-at", language, sentence=said, place=place)
    if rule.of_change:
        said = phrase("report.rule-of-change", language, sentence=said)
    if not rule.details:
        return said
    details = [replace(each, name=_name(each.name, language)) for each in rule.details]
    return f"{labelled(said, language)} {', '.join(_details(details, language))}"


def _name(name: str, language: str) -> str:
    """What a detail is called: states of exceptions have words, keys of files stand for themselves."""
    return phrase(f"report.state-{name}", language) if name in _STATES else name


def _said(rule: OwnRule, language: str) -> str:
    key = f"report.rule-{rule.kind.value}"
    if not rule.names:
        return phrase(f"{key}-none", language)
    return phrase(key, language, names=tuple(_names(rule.names, language)))


def _names(names: Sequence[str], language: str) -> Iterator[str]:
    yield from names[:MOST_NAMES]
    if len(names) > MOST_NAMES:
        yield counted("report.rule-more", len(names) - MOST_NAMES, language)


def _details(details: Sequence[RuleDetail], language: str) -> Iterator[str]:
    for detail in sorted(details, key=_changes_nothing)[:MOST_DETAILS]:
        yield _detail(detail, language)
    if len(details) > MOST_DETAILS:
        yield counted("report.rule-more", len(details) - MOST_DETAILS, language)


def _changes_nothing(detail: RuleDetail) -> bool:
    """What says something else comes before what is added and taken away: there may be room for few."""
    return not (detail.before and detail.after)


def _detail(detail: RuleDetail, language: str) -> str:
    """``name: before → after``; without what it was where nothing was there, and so on."""
    if not detail.before and not detail.after:
        return phrase("report.rule-detail-name", language, name=detail.name)
    key = "changed"
    if not detail.before:
        key = "added"
    elif not detail.after:
        key = "removed"
    before, after = (short(safe_text(each), WIDEST) for each in (detail.before, detail.after))
    return phrase(
        f"report.rule-detail-{key}", language, name=detail.name, before=before, after=after
    )


def entries(rules: Iterable[OwnRule], language: str) -> list[Json]:
    """Each as data, whole."""
    return [
        {
            **contract.fields(rule, "kind", "names", "path", "line", "of_change"),
            "details": [contract.fields(one, "name", "before", "after") for one in rule.details],
            "message": sentence(rule, language),
        }
        for rule in rules
    ]
