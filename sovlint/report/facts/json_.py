"""``sovlint facts --format json``: what was found, judged by nobody (contract ``sovlint-facts/1``)."""

from __future__ import annotations

from collections.abc import Iterable

from sovlint.model.findings.finding import Report, UnjudgedAddress
from sovlint.model.placement import Placed
from sovlint.model.redaction.redact import mask
from sovlint.report.pieces import contract, json_text, listing
from sovlint.report.pieces.contract import fields
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.style import Style
from sovlint.report.run import own_rules, provenance

SCHEMA = "sovlint-facts/1"


def render(report: Report, language: str, style: Style) -> str:
    """The facts as JSON text; ``style`` has no bearing on it."""
    return json_text.dump(facts(report, language))


def facts(report: Report, language: str) -> Json:
    """The facts as data, sorted: resources by root, variant and address; flows by kind and ends."""
    return {
        "schema": SCHEMA,
        "as_of": report.as_of,
        "catalogue": report.catalogue_date,
        "resources": [resource(one, language) for one in listing.placed(report)],
        "flows": sorted(map(contract.flow, report.flows), key=json_text.sort_key),
        "failures": contract.failures(report.failures, language),
        "remarks": contract.remarks(report.remarks, language),
        "coverage": contract.coverage(report.coverage),
        "shown": _addresses(report.coverage.shown),
        "doubtful": _addresses(report.coverage.doubtful),
        "rules": own_rules.entries(report.rules, language),
        "provenance": provenance.data(report),
    }


def _addresses(found: Iterable[UnjudgedAddress]) -> list[Json]:
    return [fields(each, "path", "line", "address", "name") for each in found]


def resource(placed: Placed, language: str) -> Json:
    """One resource with its data classes and its placements."""
    written = placed.resource
    values, unknown, _ = contract.facts_of({"exists": written.exists})
    if placed.classes.unknown is not None:
        unknown["data"] = contract.reason(placed.classes.unknown)
    return {
        **fields(written, "address", "type", "front_end", "root", "variant", "library"),
        "exists": values["exists"],
        **fields(written.span, "path", "line", "end_line"),
        "data": contract.claims(placed.classes, language),
        **filled(data_unmatched=sorted(map(mask, placed.classes.unmatched))),
        "unknown": unknown,
        **filled(
            same_as=sorted(map(contract.identity, placed.same_as), key=json_text.sort_key)
        ),
        "placements": [
            contract.placement(one, language)
            for one in contract.placements(placed.placements)
        ],
    }
