"""``sovlint facts --format csv``: a line for each placement, for those who live in spreadsheets (RFC 4180, UTF-8).

The columns are a contract like the keys of the JSON: the same in every run and language, new ones only at the end. What
isn't known leaves its cell empty and has its reason in a column of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovlint.model.findings.finding import Report
from sovlint.model.placement import Placed
from sovlint.report.facts.cyclonedx import name_of
from sovlint.report.facts.json_ import resource
from sovlint.report.pieces import contract, listing
from sovlint.report.pieces.columns import cell
from sovlint.report.pieces.style import Style

ABOUT: Final = ("root", "variant", "address", "type", "path", "line", "exists")
"""What a resource is called, and where it is written."""

COLUMNS: Final = (
    *ABOUT, "data", "data_how", "data_unmatched", "role", "provider", "provider_name", "service", "region", "country",
    "area", "control", "technology", "qualifications", "sent_by",
    *(f"unknown_{name}" for name in ("exists", "data", *contract.FACTS, "qualifications")),
)  # fmt: skip
"""The head of the table."""


def render(report: Report, language: str, style: Style) -> str:
    """The table as text, lines ended as RFC 4180 has it; neither language nor ``style`` has a bearing on it."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for placed in listing.placed(report):
        for row in _rows(placed, language):
            table.writerow([cell(row.get(name)) for name in COLUMNS])
    return written.getvalue()


def _rows(placed: Placed, language: str) -> Iterator[Mapping[str, object]]:
    """A row for each placement; one for a resource that has none."""
    found = resource(placed, language)
    ways = contract.strongest(placed.classes.claims)
    about: dict[str, object] = {name: found[name] for name in ABOUT}
    about |= {
        "data": list(ways),
        "data_how": list(ways.values()),
        "data_unmatched": found.get("data_unmatched"),
    }
    about |= {f"unknown_{name}": found["unknown"].get(name) for name in ("exists", "data")}
    if not placed.placements:
        yield about
    for place, facts in zip(
        contract.placements(placed.placements), found["placements"], strict=True
    ):
        row = {
            **about,
            **_facts(facts),
            "provider_name": name_of(place) or None,
            "sent_by": place.sent or None,
        }
        yield row if facts["exists"] else {**row, **_maybe(facts)}


def _facts(facts: Mapping[str, Any]) -> Mapping[str, object]:
    """The facts of a placement, and why those that aren't known aren't."""
    unknown = facts["unknown"]
    held = [
        " ".join(filter(None, (each["name"], each["version"])))
        for each in facts["qualifications"]
    ]
    open_ = [
        f"{name.partition('.')[2]}: {why}"
        for name, why in unknown.items()
        if name.startswith("qualifications.")
    ]
    return {
        **{name: facts[name] for name in contract.FACTS},
        **{f"unknown_{name}": unknown.get(name) for name in contract.FACTS},
        "qualifications": held,
        "unknown_qualifications": open_ or None,
    }


def _maybe(facts: Mapping[str, Any]) -> Mapping[str, object]:
    """A placement that may not exist, though its resource may."""
    return {"exists": facts["exists"], "unknown_exists": facts["unknown"].get("exists")}
