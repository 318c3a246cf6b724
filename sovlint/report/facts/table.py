"""``sovlint facts --format table``: what each company holds, by role and place, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from sovlint.model.findings.finding import Report
from sovlint.model.placement import Holding, Placed, Placement
from sovlint.model.redaction.redact import safe_text
from sovlint.model.value import Unknown
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import contract, listing, map_table
from sovlint.report.pieces.blocks import subject
from sovlint.report.pieces.columns import GAP, Row, aligned, widths_of
from sovlint.report.pieces.fact_words import (
    class_words,
    fact_text,
    place_text,
    role_name,
    term,
)
from sovlint.report.pieces.landings import Corner, carries_payload, corner
from sovlint.report.pieces.style import Style, whole, wrap
from sovlint.report.pieces.unproven import first_causes, placement_facts
from sovlint.report.run import own_rules
from sovlint.report.run.summary import failure_line, failure_order
from sovlint.report.run.totals import classified, left_out, read_line

COLUMNS: Final = ("role", "region", "country", "control", "qualifications", "unknown")

MOVABLE: Final = ("unknown", "qualifications", "control", "country")
"""Columns that go on lines of their own where the terminal is too narrow, first to last."""

NAMED: Final = 3
"""Resources of which all facts are alike that are named; the rest are counted, unless all of it is asked for."""

UNKNOWN: Final = "?"
"""What stands for a fact that isn't known; why is said in the last column."""

_PLAIN: Final = ("region", "country", "control")
_INDENT: Final = "  "


class _Holder(Struct):
    """A company, and what it holds: rows of facts, each with the resources of which they are true."""

    name: str
    known: bool
    rows: dict[tuple[str, ...], list[Placed]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))


def render(report: Report, language: str, style: Style) -> str:
    """Companies, whoever holds most first, and those that nobody knows last; then what couldn't be read."""
    holders = _holders(report, language, style)
    header = {name: phrase(f"report.table-{name}", language) for name in COLUMNS}
    rows = [_named(texts) for holder in holders for texts in holder.rows]
    widths = _widths(header, rows, style.columns)
    lines = [style.paint(_INDENT + aligned(header, widths), "dim")] if rows else []
    for holder in holders:
        held = counted("report.table-held", holder.count, language, company=holder.name)
        lines += ["", *(style.paint(row, "strong") for row in wrap(held, style.columns))]
        for texts, placed in sorted(holder.rows.items(), key=lambda row: row[0]):
            lines += _laid_out(_named(texts), header, widths, language, style)
            lines += _resources(placed, language, style)
    if unplaced := [one for one in listing.placed(report) if not one.placements]:
        title = phrase("report.table-unplaced", language)
        lines += ["", style.paint(title, "strong"), *_resources(unplaced, language, style)]
    said = _closing(report, language, style)
    return whole([*lines, *([""] if lines else []), *style.paragraphs(said)])


def _holders(report: Report, language: str, style: Style) -> list[_Holder]:
    found: dict[object, _Holder] = {}
    for placed in listing.placed(report):
        for placement in contract.placements(placed.placements):
            if not (style.config or carries_payload(placement)):
                continue
            where = corner(placement, report)
            key = where.company, where.provider, where.perhaps
            holder = found.setdefault(
                key, _Holder(_called(where, language), bool(where.company))
            )
            row = _row(placement, language)
            holder.rows.setdefault(tuple(row[name] for name in COLUMNS), []).append(placed)
    return sorted(
        found.values(),
        key=lambda one: (not one.known, -one.count, one.name.casefold(), one.name),
    )


def _called(where: Corner, language: str) -> str:
    """A company's name, and its id where that is another word."""
    name = map_table.company(where, language)
    if where.provider is None or where.provider == name.casefold():
        return name
    return phrase("report.table-company", language, name=name, id=where.provider)


def _named(texts: Sequence[str]) -> Row:
    return dict(zip(COLUMNS, texts, strict=True))


def _resources(placed: Sequence[Placed], language: str, style: Style) -> list[str]:
    """The resources of a row, the first of them where there are many."""
    shown = placed if style.full or len(placed) <= NAMED + 1 else placed[:NAMED]
    lines = [line for one in shown for line in _resource(one, language, style)]
    if left := len(placed) - len(shown):
        lines.append(_INDENT * 2 + counted("report.table-more", left, language))
    return lines


def _resource(placed: Placed, language: str, style: Style) -> list[str]:
    """The address, where it is written, what it carries, and whether it exists at all."""
    resource = placed.resource
    where = resource.span
    address = subject(resource, language)
    about = [place_text(where.path, where.line), data_words(placed, language)]
    if resource.library:
        about.append(phrase("report.table-library", language))
    if isinstance(resource.exists, Unknown):
        about.append(
            phrase("report.table-exists-unknown", language, reason=resource.exists.why())
        )
    return wrap(", ".join((address, *about)), style.columns, _INDENT * 2, _INDENT * 4)


def data_words(placed: Placed, language: str) -> str:
    """The classes that a resource carries and how each is known, or why that isn't known."""
    classes = placed.classes
    said = class_words(contract.strongest(classes.claims), language)
    if classes.unknown is not None:
        said.append(
            phrase("report.table-class-unknown", language, reason=classes.unknown.why())
        )
    if classes.unmatched:
        words = ", ".join(sorted(map(safe_text, classes.unmatched)))
        said.append(phrase("report.table-unmatched", language, words=words))
    return ", ".join(said) or phrase("report.table-no-class", language)


def unknown_words(placement: Placement, language: str) -> str:
    """What isn't known of a placement, and why; without what isn't known for the same cause as something else."""
    return ", ".join(
        phrase(
            "report.table-unknown-fact",
            language,
            fact=term("fact", name, language),
            reason=fact.why(),
        )
        for name, fact in first_causes(placement_facts(placement))
    )


def _row(placement: Placement, language: str) -> Row:
    return {
        "role": role_name(placement.role, language, UNKNOWN),
        **{name: fact_text(getattr(placement, name), language, UNKNOWN) for name in _PLAIN},
        "qualifications": ", ".join(_held(placement.holdings)),
        "unknown": unknown_words(placement, language),
    }


def _held(holdings: Iterable[Holding]) -> Iterator[str]:
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
            lines += wrap(text, style.columns, _INDENT * 2, _INDENT * 4)
    return lines


def _closing(report: Report, language: str, style: Style) -> list[str]:
    """What isn't shown, what couldn't be read, and how much was."""
    failures = [
        failure_line(failure, language)
        for failure in sorted(report.failures, key=failure_order)
    ]
    coverage = report.coverage
    said = []
    hidden = sum(1 for one in report.placed if one.is_config)
    if hidden and not style.config:
        said.append(counted("report.table-config", hidden, language))
    said += failures
    if failures:
        said.append(counted("report.incomplete", coverage.failed, language))
    said += [*left_out(report, language, style.full), read_line(coverage, language)]
    said += own_rules.told(report, language)
    if coverage.resources:
        said.append(classified(coverage, language))
    return said
