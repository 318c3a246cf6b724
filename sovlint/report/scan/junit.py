"""``sovlint scan --format junit``: a suite for each policy, a case for each placement that it judges, and one for each
thing that isn't known, whatever waits for it.

Errors fail their case. Warnings and notes pass, as they do for the exit code, and say so in what the case prints;
what is excused is skipped, with the reason. Files that couldn't be read are errors in a suite of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from junitparser import Attr, Error, IntAttr, JUnitXml, Skipped, TestCase, TestSuite
from junitparser import Failure as Failed

from sovlint.model.findings.finding import Finding, Report, Severity, Verdict
from sovlint.model.findings.own_rules import OwnRule, RuleKind
from sovlint.model.redaction.redact import inert, printable, safe_text
from sovlint.model.resources.reading import Failure
from sovlint.report.messages import labelled, phrase, say, word
from sovlint.report.pieces import causes, listing, remedies
from sovlint.report.pieces.blocks import order, subject, told_at
from sovlint.report.pieces.causes import CauseGroup
from sovlint.report.pieces.fact_words import place, placement_line, role_name
from sovlint.report.pieces.markup import short
from sovlint.report.pieces.settling import ConfigKeys
from sovlint.report.pieces.style import Style
from sovlint.report.run import attestations, own_rules, provenance, summary

NOT_READ: Final = "sovlint.not-read"
"""The suite of files that couldn't be read."""
ATTESTATIONS: Final = "sovlint.attestations"
"""The suite that lists attestations."""
RULES: Final = "sovlint.rules"
"""The suite that lists the rules of the run that don't ship."""
WIDEST: Final = 240
"""Characters of a name."""
_WIDTH: Final = 200


class LocatedCase(TestCase):
    """A case that says where what it is about is declared; GitLab makes that a link."""

    file = Attr()
    line = IntAttr()


def render(report: Report, language: str, style: Style) -> str:
    """The report as XML; ``style`` has no bearing on it. Cases of a policy are listed worst first."""
    xml = JUnitXml("sovlint")
    for suite in _suites(report, language):
        xml.add_testsuite(suite)
    xml.update_statistics()  # type: ignore[no-untyped-call]
    return inert(xml.tostring().decode()) + "\n"  # type: ignore[no-untyped-call]


def _suites(report: Report, language: str) -> Iterator[TestSuite]:
    by_policy: dict[str, list[Finding | CauseGroup]] = {name: [] for name in report.policies}
    alone, together = causes.grouped(sorted(report.findings, key=order), fewest=1)
    found: list[tuple[Finding, Finding | CauseGroup]] = [(one, one) for one in alone]
    found += [(group.first, group) for group in together]
    for _, each in sorted(found, key=lambda pair: order(pair[0])):
        by_policy.setdefault(each.policy, []).append(each)
    if report.failures:
        yield _suite(
            NOT_READ,
            (
                _failure(one, language)
                for one in sorted(report.failures, key=summary.failure_order)
            ),
        )
    for policy, findings in by_policy.items():
        suite = _suite(
            policy, (_any_case(one, report.config_keys, language) for one in findings)
        )
        suite.add_property("as_of", report.as_of)
        suite.add_property("policy_set", printable(report.policy_set))
        for name, value in provenance.properties(report):
            suite.add_property(f"provenance.{name}", printable(value))
        yield suite
    yield _rules(report, language)
    if report.attestations:
        yield _vouched(report, language)


def _rules(report: Report, language: str) -> TestSuite:
    """What the run goes by that doesn't ship: a case that passes for each, since servers show no property of a suite. It
    fails where the share of labelled resources fell, since that fails the run.
    Where there is nothing, a property says so; and what isn't read or judged."""
    suite = TestSuite(RULES)
    if not report.own:
        suite.add_property("rule", own_rules.shipped_alone(report, language))
    cases = []
    for rule in report.rules:
        told = short(own_rules.sentence(rule, language), WIDEST * 4)
        suite.add_property("rule", told)
        case = _rule_case(rule, told)
        if rule.kind is RuleKind.LABELS_FELL:
            failed = Failed(told, rule.kind.value)
            failed.text = own_rules.sentence(rule, language, full=True)
            case.result = [failed]
        cases.append(case)
    suite.add_testcases(cases)
    for told in summary.besides(report, language):
        suite.add_property("note", short(told, WIDEST * 4))
    return suite


def _rule_case(rule: OwnRule, told: str) -> TestCase:
    case = LocatedCase(short(told, WIDEST), RULES)
    path = own_rules.file_of(rule)
    if path is not None:
        case.file = safe_text(path)
    if path is not None and rule.line is not None:
        case.line = rule.line
    case.system_out = told
    return case


def _vouched(report: Report, language: str) -> TestSuite:
    """A suite without cases: what the others rest on that no code shows, each attestation a property."""
    suite = TestSuite(ATTESTATIONS)
    for each in attestations.ordered(report):
        suite.add_property(
            "attestation", short(attestations.line(each, language), WIDEST * 2)
        )
    return suite


def _suite(name: str, cases: Iterable[TestCase]) -> TestSuite:
    suite = TestSuite(printable(name))
    suite.add_testcases(list(cases))
    return suite


def _any_case(one: Finding | CauseGroup, keys: ConfigKeys, language: str) -> TestCase:
    return (
        _waiting(one, keys, language) if isinstance(one, CauseGroup) else _case(one, language)
    )


def _waiting(group: CauseGroup, keys: ConfigKeys, language: str) -> TestCase:
    """One case for all that waits for one thing; skipped only where each of it is excused."""
    where = told_at(group.first)
    case = _named(group.cause.id, group.policy, where.path)
    case.line = where.line
    _outcome(
        case,
        group.first,
        listing.group_headline(group, language),
        listing.group_message(group, keys, language),
        language,
    )
    return case


def _case(finding: Finding, language: str) -> TestCase:
    where = finding.span
    case = _named(_name(finding, language), finding.policy, where.path)
    case.line = where.line
    if finding.verdict is not Verdict.COMPLIANT:
        said = "\n".join(_said(finding, language))
        _outcome(case, finding, listing.headline(finding, language), said, language)
    return case


def _outcome(
    case: TestCase, finding: Finding, message: str, said: str, language: str
) -> None:
    """What becomes of a case for which ``finding`` speaks."""
    if finding.suppressed is not None:
        case.result = [
            Skipped(
                short(word(finding.suppressed.reason, language), WIDEST),
                finding.suppressed.kind.value,
            )
        ]
    elif finding.severity is Severity.ERROR:
        failed = Failed(message, finding.verdict.value)
        failed.text = said
        case.result = [failed]
    else:
        warned = labelled(phrase(f"report.{finding.severity.value}", language), language)
        case.system_out = "\n".join([f"{warned} {message}", said])


def _named(name: str, policy: str, path: str) -> LocatedCase:
    case = LocatedCase(short(safe_text(name), WIDEST), printable(policy))
    case.file = safe_text(path)
    return case


def _name(finding: Finding, language: str) -> str:
    """The resource, and the role where a placement has one."""
    name = subject(finding.resource, language)
    if finding.placement is None:
        return name
    return f"{name} ({role_name(finding.placement.role, language, phrase('report.unknown-role', language))})"


def _said(finding: Finding, language: str) -> Sequence[str]:
    """The place, the placement, the remarks and what could take its place, a line each."""
    where = finding.span
    placed = (
        [placement_line(finding.placement, language, _WIDTH)] if finding.placement else []
    )
    remarks = (listing.sentence(say(remark, language)) for remark in finding.remarks)
    instead = [remedies.sentence(finding.remedies, language)] if finding.remedies else []
    return [place(where), *placed, *remarks, *instead]


def _failure(failure: Failure, language: str) -> TestCase:
    line = summary.failure_line(failure, language)
    case = _named(failure.path, NOT_READ, failure.path)
    case.result = [Error(line, "not-read")]
    return case
