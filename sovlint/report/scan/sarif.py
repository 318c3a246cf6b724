"""``sovlint scan --format sarif``: one run of SARIF 2.1.0, within what GitHub's code scanning takes.

Section numbers in the modules ``sarif*`` are those of the OASIS standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint import __version__
from sovlint.model.findings.finding import Finding, Report
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import contract, json_text, listing
from sovlint.report.pieces.causes import CauseGroup
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.style import Style
from sovlint.report.run import difference, own_rules, provenance, totals
from sovlint.report.scan import json_
from sovlint.report.scan.sarif_results import group_result, result
from sovlint.report.scan.sarif_rules import rules
from sovlint.report.scan.sarif_text import ROOT, message_text, place

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

MOST_RESULTS: Final = 25_000
"""What GitHub takes of one run; it shows the first 5000."""

_LINES_DOWN_TO: Final = 4
"""The log, its runs, their fields, and each result on a line of its own."""


def render(report: Report, language: str, style: Style) -> str:
    """The report as a SARIF log; ``style`` has no bearing on it."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run(report, language)]}
    return json_text.dump(log, _LINES_DOWN_TO)


def run(report: Report, language: str) -> Json:
    """The only run (3.14): rules, results worst first, and what couldn't be read."""
    found = listing.entries(report)
    kept = found[:MOST_RESULTS]
    described = rules(report.policies, [one.policy for one in kept], language)
    return {
        "tool": {"driver": {"name": "sovlint", "version": __version__, "semanticVersion": __version__,
                            "rules": described}},
        **filled(versionControlProvenance=_cloned_from(report)),
        "automationDetails": {"id": f"sovlint/{report.policy_set}/"},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": phrase("formats.root-folder", language)}}},
        "invocations": [_invocation(report, len(found) - len(kept), language)],
        "results": _results(kept, described, report, language),
        "properties": _properties(report, language),
    }  # fmt: skip


def _results(
    kept: Sequence[Finding | CauseGroup],
    described: Sequence[Json],
    report: Report,
    language: str,
) -> list[Json]:
    index = {rule["id"]: number for number, rule in enumerate(described)}
    prints, compared = listing.fingerprints(report), listing.compared(report)
    return [
        group_result(one, index[one.policy], report, compared, language)
        if isinstance(one, CauseGroup)
        else result(one, index[one.policy], prints[one], report.excerpts, compared, language)
        for one in kept
        if one.policy in index
    ]


def _invocation(report: Report, left_out: int, language: str) -> Json:
    """How the run went (3.20): it failed where a file that should have been read wasn't."""
    told = [
        *_left_out(left_out, language),
        *_failures(report, language),
        *_remarks(report, language),
        *(_notification("note", each, None) for each in totals.left_out(report, language)),
    ]
    return {
        "executionSuccessful": not report.failures,
        "toolExecutionNotifications": told,
        "toolConfigurationNotifications": list(_own_rules(report, language)),
    }


def _left_out(number: int, language: str) -> Iterator[Json]:
    if number:
        yield {
            "level": "warning",
            "message": {"text": counted("formats.left-out", number, language)},
        }


def _failures(report: Report, language: str) -> Iterator[Json]:
    for each in contract.failures(report.failures, language):
        yield _notification(
            "error", each["message"], place(each["path"], each["line"], each["column"])
        )


def _remarks(report: Report, language: str) -> Iterator[Json]:
    for each in contract.remarks(report.remarks, language):
        yield _notification(
            "note",
            each["message"],
            place(each["path"], each["line"], None) if each["path"] else None,
        )


def _own_rules(report: Report, language: str) -> Iterator[Json]:
    """What the run goes by that doesn't ship (3.20.20), or that there is nothing."""
    if not report.own:
        yield _notification("note", own_rules.shipped_alone(report, language), None)
    for rule in report.own:
        path = own_rules.file_of(rule)
        where = place(path, rule.line, None) if path else None
        yield _notification("note", own_rules.sentence(rule, language), where)


def _notification(level: str, words: str, where: Json | None) -> Json:
    return {
        "level": level,
        "message": {"text": message_text(words)},
        "locations": [where] if where else [],
    }


def _properties(report: Report, language: str) -> Json:
    """What SARIF has no word for: on which day and by what was judged, how much was read, what became of exceptions
    and attestations."""
    exceptions = [json_.audited(one, language) for one in report.exceptions]
    attestations = [json_.vouched(one, language) for one in report.attestations]
    return {
        "as_of": report.as_of,
        "catalogue": report.catalogue_date,
        "policy_set": report.policy_set,
        "summary": contract.summary(report.findings),
        "coverage": contract.coverage(report.coverage),
        "exceptions": [{**one, "absorbed": len(one["absorbed"])} for one in exceptions],
        "attestations": [{**one, "turned": len(one["turned"])} for one in attestations],
        "difference": _difference(report, language),
        "rules": own_rules.entries(report.rules, language),
        **filled(provenance=provenance.data(report)),
    }


def _cloned_from(report: Report) -> list[Json]:
    """The revision (3.14.11), where it can be told of which repository: the standard asks for that."""
    found = report.provenance.checkout if report.provenance else None
    if found is None or found.repository is None or found.commit is None:
        return []
    mapped = {"uriBaseId": ROOT}
    return [
        {"repositoryUri": found.repository, "revisionId": found.commit, "mappedTo": mapped}
    ]


def _difference(report: Report, language: str) -> Json | None:
    found = report.difference
    if found is None:
        return None
    return {
        **contract.fields(found, "base", "commit"),
        "added": len(listing.counting(report)),
        "left": found.left,
        "removed": len(found.removed),
        "unread": found.unread,
        "moves": [*difference.moved(report, found, language)],
    }
