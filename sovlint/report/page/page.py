"""The whole page: data made ready, then written by templates that escape whatever they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar

from markupsafe import Markup
from msgspec import Struct

from sovlint.model.findings.finding import Report, Verdict
from sovlint.model.lookups.profile import Profile
from sovlint.report.page import processings, views
from sovlint.report.page.board import board
from sovlint.report.page.companies import cites, companies
from sovlint.report.page.drawing import atlas, diagram
from sovlint.report.page.drawings import Drawing, marks
from sovlint.report.page.findings import Cited, FindingRow, Findings, class_name
from sovlint.report.page.shipped import own_parts, templates
from sovlint.report.page.tagging import (
    Tags,
    classes_of,
    company_id,
    company_name,
    root_id,
    root_name,
    tags,
    verdict_words,
)
from sovlint.report.page.words import Both, named, number, token, told
from sovlint.report.pieces import causes
from sovlint.report.pieces.landings import MapLine, landings
from sovlint.report.run import totals

LARGEST: Final = 2_900_000
"""Bytes of a page, about."""
AROUND: Final = 500_000
"""Those of what stands around drawings, companies and findings, at most."""
COMPANIES: Final = 300_000
"""Those of companies."""
FINDINGS: Final = 1_200_000
"""Those of findings, at most: whoever reads a page reads no more of them."""
IN_FULL: Final = 0.75
"""The share of these that findings told in full may take; the rest are told in a line."""
MOST_ROWS: Final = 150
"""Rows of a table of the data protection officer; the rest are counted."""
MOST_OPTIONS: Final = 500
"""What a filter offers, at most."""

Item = TypeVar("Item")


class Option(Struct, frozen=True):
    """What a filter offers: a word of the attributes, and what it is called."""

    word: str
    text: Both


class FindingLine(Struct, frozen=True):
    """One finding in a line, with what it is filtered by."""

    row: FindingRow
    tags: Tags
    verdict: str


def render(
    report: Report, language: str, profiles: Mapping[str, Profile] | None = None
) -> str:
    """The page, which opens in ``language`` (``en`` or ``fr``); ``profiles`` are the companies in use, by id."""
    lines = landings(report)
    landed = [one for line in lines for one in line.landed]
    cited = Cited()
    found = Findings(report, cited)
    used = companies(report, lines, profiles or {})
    audit = views.audit(report, found)
    drawing = Drawing(report, landed)
    drawn_marks = marks(lines, report.world)
    drawn = {
        "world": _drawn(lambda each: atlas.world(drawn_marks, each)),
        "eea": _drawn(lambda each: atlas.eea(drawn_marks, each)),
        "flows": _drawn(
            lambda each: diagram.diagram(drawing.nodes(each), drawing.edges(each), each)
        ),
    }
    told_of, _ = _fitting("company.html", "company", used, COMPANIES)
    taken = _bytes([*told_of, *chain(*(each.values() for each in drawn.values()))])
    articles, rows, left = _findings(found, min(FINDINGS, LARGEST - AROUND - taken))
    return (
        templates()
        .get_template("layout.html")
        .render(
            language=language,
            **own_parts(),
            **drawn,
            report=report,
            most_rows=MOST_ROWS,
            most_options=MOST_OPTIONS,
            counts=told(lambda each: totals.counts(report, each)),
            filters=_filters(report, lines),
            board=board(report, lines, used, found),
            audit=audit,
            policies=views.policies(report, cited),
            processings=processings.processings(report, lines),
            companies=told_of,
            used=used,
            articles=articles,
            rows=rows,
            left=number("page.findings-left", left) if left else None,
            flows_left=number("page.flows-left", drawing.left) if drawing.left else None,
            sources=cites(cited.numbers),
        )
    )


def _findings(found: Findings, room: int) -> tuple[list[Markup], list[Markup], int]:
    """Findings in full, worst first, as many as there is room for; then in a line; and how many are left.

    Of what waits for one thing there is always one entry, which other parts of the page lead to.
    """
    together = found.together
    in_full = int(room * IN_FULL)
    articles, count = _fitting(
        "article.html", "article", (found.article(one) for one in together), in_full
    )
    rest = together[count:]
    groups = [one for one in rest if isinstance(one, causes.CauseGroup)]
    alone = [
        one
        for each in rest
        if not isinstance(each, causes.CauseGroup)
        for one in chain(*each)
    ]
    lines = (
        *(
            FindingLine(found.summed(one), tags(one.findings), one.first.verdict.value)
            for one in groups
        ),
        *(FindingLine(found.row(one), tags([one]), one.verdict.value) for one in alone),
    )
    rows, count = _fitting("row.html", "line", lines, room - in_full, at_least=len(groups))
    waiting = sum(len(one.findings) for one in groups)
    return articles, rows, waiting + len(alone) - (count - len(groups))


def _fitting(
    name: str, called: str, items: Iterable[Item], room: int, at_least: int = 1
) -> tuple[list[Markup], int]:
    """What a template makes of each item, as many as there is room for; and how many these are."""
    template = templates().get_template(name)
    written: list[Markup] = []
    for item in items:
        text = Markup(template.render({called: item}))
        room -= _bytes([text])
        if room < 0 and len(written) >= at_least:
            break
        written.append(text)
    return written, len(written)


def _bytes(texts: Iterable[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def _drawn(draw: Callable[[str], str]) -> dict[str, Markup]:
    """A drawing in each language: what draws it has escaped all that it was given."""
    return {language: Markup(draw(language)) for language in ("en", "fr")}


def _filters(report: Report, lines: Sequence[MapLine]) -> dict[str, list[Option]]:
    """What can be filtered by: the words that stand somewhere, each with its name."""
    landed = [one for line in lines for one in line.landed]
    classes = {
        **{
            token(name): class_name(name, report.world)
            for one in landed
            for name in classes_of(one)
        },
        **{
            token(claim.data_class): class_name(claim.data_class, report.world)
            for one in report.findings
            for claim in one.claims
        },
    }
    roots = {
        **{root_id(one.placed.resource): root_name(one.placed.resource) for one in landed},
        **{root_id(one.resource): root_name(one.resource) for one in report.findings},
    }
    used = {company_id(one.placement): company_name(one.placement) for one in landed}
    for flow in report.flows:
        if flow.target_provider:
            name = report.world.providers.get(flow.target_provider, flow.target_provider)
            used.setdefault(token(flow.target_provider), named(name))
    return {
        "class": _options(classes),
        "root": _options(roots),
        "company": _options(used),
        "verdict": [Option(each.value, verdict_words(each.value)) for each in Verdict],
    }


def _options(found: Mapping[str, Both]) -> list[Option]:
    ordered = sorted(found.items(), key=lambda item: (item[1].en.casefold(), item[0]))
    return [Option(word, text) for word, text in ordered]
