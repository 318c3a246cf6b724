"""What a run goes by that doesn't ship, in sentences and as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.model.findings.own_rules import OwnRule, RuleKind
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import contract
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.pieces.json_text import Json

MOST_NAMES: Final = 8
"""Names in a sentence; the JSON has them all."""

_KEYS: Final[Mapping[RuleKind, str]] = {
    RuleKind.POLICY_SET: "report.rule-policy-set",
    RuleKind.POLICY: "report.rule-policy",
    RuleKind.OVERLAY: "report.rule-overlay",
    RuleKind.EXCLUDE: "report.rule-exclude",
    RuleKind.EXCLUDED: "report.rule-excluded",
    RuleKind.PASSED_OVER: "report.rule-passed-over",
    RuleKind.TRACKED: "report.rule-ignored-though-tracked",
    RuleKind.EXCLUDE_LOCAL: "report.rule-exclude-local",
    RuleKind.ENVIRONMENT: "report.rule-environment",
    RuleKind.UNUSED: "report.rule-unused",
}


def sentences(report: Report, language: str) -> list[str]:
    """A sentence for each."""
    return [sentence(rule, language) for rule in report.rules]


def sentence(rule: OwnRule, language: str) -> str:
    """What is otherwise than it ships."""
    if rule.kind is RuleKind.OVERLAY and not rule.names:
        return phrase("report.rule-overlay-adds", language, place=_place(rule))
    names = list(rule.names[:MOST_NAMES]) or [_none(rule, language)]
    if more := len(rule.names) - MOST_NAMES if len(rule.names) > MOST_NAMES else 0:
        names.append(counted("report.rule-more", more, language))
    return phrase(_key(rule), language, names=tuple(names), place=_place(rule))


def _key(rule: OwnRule) -> str:
    at = rule.kind is RuleKind.EXCLUDE_LOCAL and rule.path is not None
    return f"{_KEYS[rule.kind]}-at" if at else _KEYS[rule.kind]


def _none(rule: OwnRule, language: str) -> str:
    """What stands for names where there are none."""
    local = rule.kind is RuleKind.EXCLUDE_LOCAL
    return phrase("report.rule-exclude-local-none", language) if local else ""


def entries(report: Report, language: str) -> list[Json]:
    """Each as data."""
    return [
        {
            **contract.fields(rule, "kind", "names", "path", "line"),
            "message": sentence(rule, language),
        }
        for rule in report.rules
    ]


def _place(rule: OwnRule) -> str:
    return "" if rule.path is None else place_text(rule.path, rule.line)
