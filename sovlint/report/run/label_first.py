"""What to label first where nothing says what data it holds: where data stays, and within the widest reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.model.placement import ROLES
from sovlint.model.redaction.redact import safe_text
from sovlint.model.value import Known
from sovlint.report.messages import phrase
from sovlint.report.pieces.fact_words import place
from sovlint.report.pieces.landings import Landed, MapLine
from sovlint.report.pieces.style import Style

FEW: Final = 3
"""So many are named: what they pass on is found from there."""

USUAL: Final = "health"
"""What stands for a class that only people know."""

ASSUME: Final = f"sovlint scan --assume {USUAL}"

_LABELLED: Final = ("terraform", "kubernetes", "saas")
"""Front ends whose files ``sovlint label`` edits."""


def render(
    lines: Sequence[MapLine], report: Report, language: str, style: Style
) -> list[str]:
    """Why, and a command for each of the first; then how to see what all would come to."""
    said = [style.paint(phrase("report.label-first-title", language), "strong")]
    first = label_first(lines, report)
    if first:
        said += style.paragraphs([phrase("report.label-first", language)], "  ", "  ")
    for one in first:
        said += _how(one, language, style)
    assume = phrase("report.label-assume", language, command=f"`{ASSUME}`")
    return [*said, *style.paragraphs([assume], "  ", "    ")]


def label_first(lines: Sequence[MapLine], report: Report) -> list[Landed]:
    """Those whose names suggest a class first, then by role, by how many states outside of every area can compel, and
    by place; each file once. Nobody can label what isn't known to do anything with data."""
    reach = {id(one): _outside(line, report) for line in lines for one in line.landed}
    found: dict[str, Landed] = {}
    for one in sorted(
        (
            one
            for line in lines
            for one in line.landed
            if isinstance(one.placement.role, Known)
        ),
        key=lambda one: (
            not one.placed.classes.claims,
            _place_in_line(one),
            -reach[id(one)],
            one.placed.resource.span,
            one.placed.resource.identity,
        ),
    ):
        found.setdefault(one.placed.resource.span.path, one)
    return list(found.values())[:FEW]


def _place_in_line(one: Landed) -> int:
    """How soon a role comes: that of what keeps data first."""
    role = one.placement.role
    return ROLES.index(role.value) if isinstance(role, Known) else len(ROLES)


def _class(one: Landed) -> str:
    """The class that its names suggest; else the one that most policies bind."""
    return next((claim.data_class for claim in one.placed.classes.claims), USUAL)


def _outside(line: MapLine, report: Report) -> int:
    states = (report.world.states.get(code) for code in line.compelled_by)
    return sum(1 for state in states if state is not None and not state.areas)


def _how(one: Landed, language: str, style: Style) -> list[str]:
    resource = one.placed.resource
    if resource.front_end not in _LABELLED:
        where = {"place": place(resource.span), "path": resource.span.path}
        told = phrase("report.label-file", language, address=resource.address, **where)
        return style.paragraphs([told], "    ", "      ")
    from shlex import quote  # imported late: nothing else needs it

    root = f"--root {quote(safe_text(resource.root))} " if resource.root else ""
    # A command is copied: it stays on one line.
    return [f"    sovlint label {root}{quote(safe_text(resource.address))} {_class(one)}"]
