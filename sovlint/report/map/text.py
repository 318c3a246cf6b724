"""``sovlint map``: every line of the map, what couldn't be read, and how much carries a class."""

from __future__ import annotations

from sovlint.model.findings.finding import Report
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import map_table
from sovlint.report.pieces.landings import landings
from sovlint.report.pieces.style import Style, whole
from sovlint.report.run import label_first, own_rules, totals
from sovlint.report.run.summary import failure_line, failure_order


def render(report: Report, language: str, style: Style) -> str:
    """The map, then what it covers."""
    lines = landings(report)
    said = [
        failure_line(each, language) for each in sorted(report.failures, key=failure_order)
    ]
    coverage = report.coverage
    if said:
        said.append(counted("report.incomplete", coverage.failed, language))
    said += [*totals.left_out(report, language), totals.read_line(coverage, language)]
    said += own_rules.told(report, language)
    if report.assumed:
        said.append(phrase("report.assumed", language, assumed=report.assumed))
    if coverage.resources:
        said.append(totals.classified(coverage, language))
    told = map_table.render(lines, report, language, style) if lines else []
    if label_first.is_asked(report):
        told += ["", *label_first.render(report, language, style)]
    return whole([*told, *([""] if told else []), *style.paragraphs(said)])
