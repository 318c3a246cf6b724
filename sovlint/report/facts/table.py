"""``sovlint facts --format table``: every resource with its data and its placements, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.model.placement import Holding, Placed, Placement
from sovlint.model.redaction.redact import safe_text
from sovlint.model.resource import Resource
from sovlint.model.value import Unknown
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import contract, listing
from sovlint.report.pieces.columns import GAP, Row, aligned, widths_of
from sovlint.report.pieces.fact_words import class_words, fact_text, place_text, role_name, term
from sovlint.report.pieces.style import Style, whole, wrap
from sovlint.report.pieces.unproven import first_causes, placement_facts
from sovlint.report.run.summary import failure_line, failure_order
from sovlint.report.run.totals import read_line, unread

COLUMNS: Final = ("role", "provider", "region", "country", "control", "qualifications", "unknown")

MOVABLE: Final = ("unknown", "qualifications", "control", "country")
"""Columns that go on lines of their own where the terminal is too narrow, first to last."""

UNKNOWN: Final = "?"
"""What stands for a fact that isn't known; why is said in the last column."""

_PLAIN: Final = ("provider", "region", "country", "control")
_INDENT: Final = "    "


def render(report: Report, language: str, style: Style) -> str:
    """Resources by root, one line each, and an indented line for each placement; then what couldn't be read."""
    placed = listing.placed(report)
    header = {name: phrase(f"report.table-{name}", language) for name in COLUMNS}
    rows = [
        [_row(place, language) for place in contract.placements(one.placements)] for one in placed
    ]
    widths = _widths(header, [row for listed in rows for row in listed], style.columns)
    lines = [style.paint(_INDENT + aligned(header, widths), "dim")] if placed else []
    for root, inside in groupby(
        zip(placed, rows, strict=True), key=lambda both: _root(both[0].resource, language)
    ):
        lines += ["", style.paint(root, "strong")]
        for one, listed in inside:
            lines += _resource(one, language, style)
            for row in listed:
                lines += _laid_out(row, header, widths, language, style)
            if not one.placements:
                lines.append(_INDENT + phrase("report.table-unplaced", language))
    return whole([*lines, *([""] if lines else []), *style.paragraphs(_closing(report, language))])


def _root(resource: Resource, language: str) -> str:
    if resource.root is None:
        return phrase("report.table-no-root", language)
    root = resource.root or "."
    if resource.library:
        return phrase("report.table-library", language, root=root)
    if resource.variant:
        return phrase("report.table-root-variant", language, root=root, variant=resource.variant)
    return safe_text(root)


def _resource(placed: Placed, language: str, style: Style) -> list[str]:
    """The address, where it is written, what it carries, and whether it exists at all."""
    resource = placed.resource
    where = resource.span
    address = safe_text(resource.address)
    about = [place_text(where.path, where.line), _data(placed, language)]
    if isinstance(resource.exists, Unknown):
        about.append(phrase("report.table-exists-unknown", language, reason=resource.exists.why()))
    rows = wrap(", ".join((address, *about)), style.columns, "  ", _INDENT)
    rows[0] = rows[0].replace(address, style.paint(address, "strong"), 1)
    return rows


def _data(placed: Placed, language: str) -> str:
    classes = placed.classes
    said = class_words(contract.strongest(classes.claims), language)
    if classes.unknown is not None:
        said.append(phrase("report.table-class-unknown", language, reason=classes.unknown.why()))
    if classes.unmatched:
        words = ", ".join(sorted(map(safe_text, classes.unmatched)))
        said.append(phrase("report.table-unmatched", language, words=words))
    return ", ".join(said) or phrase("report.table-no-class", language)


def _row(placement: Placement, language: str) -> Row:
    unknown = [
        phrase(
            "report.table-unknown-fact",
            language,
            fact=term("fact", name, language),
            reason=fact.why(),
        )
        for name, fact in first_causes(placement_facts(placement))
    ]
    return {
        "role": role_name(placement.role, language, UNKNOWN),
        **{name: fact_text(getattr(placement, name), language, UNKNOWN) for name in _PLAIN},
        "qualifications": ", ".join(_held(placement.holdings)),
        "unknown": ", ".join(unknown),
    }


def _held(holdings: Sequence[Holding]) -> Iterator[str]:
    for holding in sorted(holdings, key=lambda one: one.name):
        if contract.is_held(holding):
            yield safe_text(f"{holding.name} {holding.version or ''}".rstrip())


def _widths(header: Row, rows: Sequence[Row], room: int) -> dict[str, int]:
    """The width of each column that is shown as one; columns that nobody fills are left out."""
    widths = widths_of(
        (header, *rows), [name for name in COLUMNS if any(row[name] for row in rows)]
    )
    for name in MOVABLE:
        if len(_INDENT) + sum(widths.values()) + GAP * (len(widths) - 1) <= room:
            break
        widths.pop(name, None)
    return widths


def _laid_out(
    row: Row, header: Row, widths: Mapping[str, int], language: str, style: Style
) -> list[str]:
    lines = [(_INDENT + aligned(row, widths)).rstrip()]
    for name in COLUMNS:
        if name not in widths and row[name]:
            text = phrase(
                "report.table-moved", language, column=header[name].lower(), text=row[name]
            )
            lines += wrap(text, style.columns, _INDENT * 2, _INDENT * 2 + "  ")
    return lines


def _closing(report: Report, language: str) -> list[str]:
    """What couldn't be read, and how much was."""
    failures = [
        failure_line(failure, language) for failure in sorted(report.failures, key=failure_order)
    ]
    coverage = report.coverage
    said = [
        *failures,
        *([counted("report.incomplete", coverage.failed, language)] if failures else []),
    ]
    said += [*unread(coverage, language), read_line(coverage, language)]
    if coverage.resources:
        said.append(
            counted(
                "report.classified", coverage.resources, language, classified=coverage.classified
            )
        )
    return said
