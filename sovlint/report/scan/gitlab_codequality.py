"""``sovlint scan --format gitlab-codequality``: the part of Code Climate's format that GitLab reads.

Each issue has a description, a check, a fingerprint that no other one has, a severity, a path and a first line.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sovlint.model.findings.finding import Report, Severity
from sovlint.model.redaction.redact import mask
from sovlint.report.pieces import contract, json_text, listing
from sovlint.report.pieces.blocks import told_at
from sovlint.report.pieces.causes import CauseGroup
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.style import Style
from sovlint.report.run import own_rules, summary

SEVERITY: Final = {
    Severity.ERROR: "critical",
    Severity.WARNING: "minor",
    Severity.NOTE: "info",
}
NOT_READ: Final = "not-read"
"""The check that stands for a file that should have been read and wasn't."""
OWN_RULE: Final = "own-rule"
"""The check that stands for a rule of the run that doesn't ship."""
BESIDES: Final = "remark"
"""The check that stands for what bears on how much was judged and is no finding."""
NAME: Final = "sovlint.yaml"
"""Where a rule that stands in no file of the repository, and a remark, are shown."""

_LINES_DOWN_TO: Final = 1


def render(report: Report, language: str, style: Style) -> str:
    """A list of issues, worst first: what couldn't be read, findings, rules of the run that don't ship, and remarks;
    ``style`` has no bearing on it."""
    return json_text.dump(
        [
            *_failures(report, language),
            *_findings(report, language),
            *_rules(report, language),
            *_besides(report, language),
        ],
        _LINES_DOWN_TO,
    )


def _failures(report: Report, language: str) -> Iterator[Json]:
    seen: Counter[str] = Counter()
    for each in contract.failures(report.failures, language):
        about = json_text.sort_key([each["path"], each["message"]])
        digest = _digest(about, seen)
        yield _issue(
            NOT_READ, "blocker", digest, each["path"], each["line"] or 1, each["message"]
        )


def _digest(about: str, seen: Counter[str]) -> str:
    """A fingerprint of what an issue is about; the second of the like has another one."""
    seen[about] += 1
    return hashlib.sha256(
        f"{about}{seen[about]}".encode(errors="backslashreplace")
    ).hexdigest()


def _findings(report: Report, language: str) -> Iterator[Json]:
    prints = listing.fingerprints(report)
    for one in listing.counting_entries(report):
        if isinstance(one, CauseGroup):
            where = told_at(one.first)
            message = listing.group_message(one, report.config_keys, language)
            fingerprint = one.fingerprint
        else:
            where, message = one.span, listing.message(one, language)
            fingerprint = prints[one]
        yield _issue(
            one.policy,
            SEVERITY[one.severity],
            fingerprint,
            mask(where.path),
            where.line,
            message,
        )


def _rules(report: Report, language: str) -> Iterator[Json]:
    """A rule that doesn't ship is an issue that informs: a change that brings it shows it as new."""
    seen: Counter[str] = Counter()
    entries = own_rules.entries(report.rules, language)
    for rule, each in zip(report.rules, entries, strict=True):
        path = own_rules.file_of(rule)
        about = json_text.sort_key(
            [each["kind"], each["path"] or "", each["names"], each["details"]]
        )
        digest = _digest(about, seen)
        line = rule.line if path else None
        yield _issue(OWN_RULE, "info", digest, path or NAME, line or 1, each["message"])


def _besides(report: Report, language: str) -> Iterator[Json]:
    """What isn't read or judged, one issue that informs for each kind."""
    seen: Counter[str] = Counter()
    for words in summary.besides(report, language):
        yield _issue(BESIDES, "info", _digest(words, seen), NAME, 1, words)


def _issue(
    check: str, severity: str, fingerprint: str, path: str, line: int, description: str
) -> Json:
    return {
        "type": "issue",
        "check_name": check,
        "description": description,
        "categories": ["Security"],
        "severity": severity,
        "fingerprint": fingerprint,
        "location": {"path": path, "lines": {"begin": line}},
    }
