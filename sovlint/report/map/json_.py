"""``sovlint map --format json``: the map for other programs (contract ``sovlint-map/1``)."""

from __future__ import annotations

from sovlint.model.findings.finding import Report
from sovlint.report.messages import word
from sovlint.report.pieces import contract, json_text
from sovlint.report.pieces.contract import fields, written
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.landings import MapLine, landings
from sovlint.report.pieces.style import Style
from sovlint.report.run import own_rules

SCHEMA = "sovlint-map/1"


def render(report: Report, language: str, style: Style) -> str:
    """The map as JSON text; ``style`` has no bearing on it."""
    lines = landings(report)
    codes = sorted({code for line in lines for code in line.compelled_by})
    return json_text.dump(
        {
            "schema": SCHEMA,
            "as_of": report.as_of,
            "catalogue": report.catalogue_date,
            "policy_set": report.policy_set,
            "lines": [_line(line) for line in lines],
            "states": {code: _state(code, report, language) for code in codes},
            "failures": contract.failures(report.failures, language),
            "rules": own_rules.entries(report.rules, language),
            "coverage": contract.coverage(report.coverage),
        }
    )


def _line(line: MapLine) -> Json:
    return {
        **fields(line, "company", "provider", "perhaps", "compelled_by", "others"),
        **fields(line, "country", "countries", "areas", "worldwide", "regions"),
        "placements": line.count,
        "classes": dict(line.classes),
        **fields(line, "unclassified", "class_unknown"),
        "roles": dict(line.roles),
        **fields(line, "verdict", "severity", "ground"),
        "verdicts": {verdict.value: count for verdict, count in line.verdicts.items()},
        "policies": dict(line.policies),
        **fields(line, "excused"),
    }


def _state(code: str, report: Report, language: str) -> Json:
    """What a code is called, where it lies, and the laws by which it can compel, in the language of the report."""
    state = report.world.states.get(code)
    if state is None:
        name = report.world.areas.get(code)
        return {"name": written(name), "areas": [], "laws": []}
    laws = [word(law, language) for law in state.laws]
    return {"name": written(state.name), "areas": list(state.areas), "laws": laws}
