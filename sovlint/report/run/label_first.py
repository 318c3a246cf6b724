"""What to label first where nothing says what data it holds: where data stays, and within the widest reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sovlint.model.findings.finding import Report, ToLabel
from sovlint.model.placement import ROLES, How
from sovlint.model.redaction.redact import safe_text
from sovlint.model.value import Known
from sovlint.report.messages import phrase
from sovlint.report.pieces.fact_words import place
from sovlint.report.pieces.landings import Landed, MapLine, carries_payload
from sovlint.report.pieces.style import Style
from sovlint.report.run.summary import judged

FEW: Final = 3
"""So many are named: what they pass on is found from there."""

USUAL: Final = "health"
"""What stands for a class that only people know."""

ASSUME: Final = f"sovlint scan --assume {USUAL}"

_MESSAGES: Final = "messaging"
"""The kind of queues and streams."""


def is_asked(report: Report) -> bool:
    """Whether nobody says what data anything holds that may hold some, and none is assumed."""
    holding = [each for each in report.placed if any(map(carries_payload, each.placements))]
    declared = any(
        claim.how is not How.INFERRED for each in holding for claim in each.classes.claims
    )
    return bool(holding) and not (judged(report) and (report.assumed or declared))


def render(report: Report, language: str, style: Style) -> list[str]:
    """Why, and a command for each of the first; then how to see what all would come to."""
    said = [style.paint(phrase("report.label-first-title", language), "strong")]
    first = report.label_first
    if first:
        said += style.paragraphs([phrase("report.label-first", language)], "  ", "  ")
    for one in first:
        said += _how(one, language, style)
    assume = phrase("report.label-assume", language, command=f"`{ASSUME}`")
    return [*said, *style.paragraphs([assume], "  ", "    ")]


def label_first(lines: Sequence[MapLine], report: Report) -> list[ToLabel]:
    """Those whose names suggest a class first, then what keeps data itself before what sends it to others, by role,
    stores before what passes messages on, by how much lands with the company, by how many states outside of every area can
    compel, and by place; each file once. Nobody can label what isn't known to do anything with data."""
    reach = {
        one: (line.count, _outside(line, report)) for line in lines for one in line.landed
    }
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
            bool(one.placement.sent),
            _place_in_line(one),
            _passes_on(one, report),
            *(-number for number in reach[one]),
            one.placed.resource.span,
            one.placed.resource.identity,
        ),
    ):
        resource = one.placed.resource
        at = resource.labelled_at.where if resource.labelled_at else resource.span
        found.setdefault(at.path, one)
    return [ToLabel(one.placed.resource, _class(one)) for one in list(found.values())[:FEW]]


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


def _passes_on(one: Landed, report: Report) -> bool:
    """Whether it is a queue or a stream, of which another resource keeps what goes through."""
    provider, service = one.placement.provider, one.placement.service
    offering = report.world.offering
    if offering is None or not isinstance(provider, Known) or not isinstance(service, Known):
        return False
    return _MESSAGES in (offering.kinds(provider.value, service.value) or ())


def _how(one: ToLabel, language: str, style: Style) -> list[str]:
    resource = one.resource
    if not one.command:
        where = {"place": place(resource.span), "path": resource.span.path}
        told = phrase("report.label-file", language, address=resource.address, **where)
        return style.paragraphs([told], "    ", "      ")
    from shlex import join  # imported late: nothing else needs it

    # A command is copied: it stays on one line.
    return [f"    {join(map(safe_text, one.command))}"]
