"""The whole page: data made ready, then written by templates that escape whatever they are given."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.lookups.profile import Profile
from sovlint.report.page import atlas, diagram, views
from sovlint.report.page.companies import Company, class_name, cites, companies
from sovlint.report.page.drawings import Drawing, marks
from sovlint.report.page.findings import Article, Cited, Findings, Row
from sovlint.report.page.tagging import (
    NOBODY,
    Tags,
    classes_of,
    company_id,
    company_name,
    root_id,
    root_name,
    tags,
)
from sovlint.report.page.words import Both, cut, named, number, said, token, told
from sovlint.report.pieces import causes
from sovlint.report.pieces.landings import MapLine, landings
from sovlint.report.run import totals

HERE: Final = Path(__file__).parent

ARTICLES: Final = 900_000
"""Characters that findings told in full may take."""
ROWS: Final = 350_000
"""Those of findings that are told in a line: what isn't told in full."""
COMPANIES: Final = 500_000
"""Those of companies."""

Item = TypeVar("Item")


class Option(Struct, frozen=True):
    """What a filter offers: a word of the attributes, and what it is called."""

    word: str
    text: Both


class Listed(Struct, frozen=True):
    """One finding in a line, with what it is filtered by."""

    row: Row
    tags: Tags
    verdict: str


def render(report: Report, language: str, profiles: Mapping[str, Profile] | None = None) -> str:
    """The page, which opens in ``language`` (``en`` or ``fr``); ``profiles`` are the companies in use, by id."""
    templates = _templates()
    lines = landings(report)
    landed = [one for line in lines for one in line.landed]
    cited = Cited()
    found = Findings(report, cited)
    used = companies(report, lines, profiles or {})
    board = views.board(report, lines, used, found)
    audit = views.audit(report, found)
    articles, rows, left = _findings(templates, found)
    drawing = Drawing(report, landed)
    style, script = _own("style.css"), _own("script.js")
    drawn_marks = marks(lines, report.world)
    return templates.get_template("layout.html").render(
        language=language,
        style=Markup(style),
        script=Markup(script),
        policy=_allowed(style, script),
        report=report,
        counts=told(lambda each: totals.counts(report, each)),
        filters=_filters(report, lines),
        board=board,
        audit=audit,
        policies=_policies(report, cited),
        processings=views.processings(report, lines),
        companies=_fitting(templates, "company.html", "company", used, COMPANIES)[0],
        used=used,
        articles=articles,
        rows=rows,
        left=number("page.findings-left", left) if left else None,
        world=_drawn(lambda each: atlas.world(drawn_marks, each)),
        eea=_drawn(lambda each: atlas.eea(drawn_marks, each)),
        flows=_drawn(lambda each: diagram.diagram(drawing.nodes(each), drawing.edges(each), each)),
        flows_left=number("page.flows-left", drawing.left) if drawing.left else None,
        sources=cites(cited.numbers),
    )


def _findings(
    templates: Environment, found: Findings
) -> tuple[list[Markup], list[Listed], int]:
    """Findings in full, worst first, as many as there is room for; then in a line; and how many are left."""
    together = found.together()
    articles, told_in_full = _fitting(
        templates, "article.html", "article", map(found.article, together), ARTICLES
    )
    rest = [one for each in together[told_in_full:] for one in _every(each)]
    rows = [Listed(found.row(one), tags([one]), one.verdict.value) for one in rest[: ROWS // 350]]
    return articles, rows, len(rest) - len(rows)


def _every(found: Sequence[Sequence[Finding]] | causes.CauseGroup) -> Iterable[Finding]:
    if isinstance(found, causes.CauseGroup):
        return found.findings
    return (one for group in found for one in group)


def _fitting(
    templates: Environment, name: str, called: str, items: Iterable[Item], room: int
) -> tuple[list[Markup], int]:
    """What a template makes of each item, as many as there is room for; and how many these are."""
    template = templates.get_template(name)
    written: list[Markup] = []
    for item in items:
        text = template.render({called: item})
        room -= len(text)
        if room < 0 and written:
            break
        written.append(Markup(text))
    return written, len(written)


@cache
def _templates() -> Environment:
    """The templates; whatever isn't marked as HTML is escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cut,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(said=said, number=number, verdict=_verdict, severity=_severity)
    return made


def _cut(value: object) -> object:
    """Whatever a template is about to write: text that isn't HTML yet is cut where it is far too long."""
    return cut(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _own(name: str) -> str:
    """A file of our own that goes into the page as it is."""
    return (HERE / name).read_text(encoding="utf-8")


def _allowed(style: str, script: str) -> str:
    """What the page may do: use this style and this script, and ask nobody for anything."""
    digests = [
        b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)
    ]
    return (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}';"
        " base-uri 'none'; form-action 'none'"
    )


def _drawn(draw: Callable[[str], str]) -> dict[str, Markup]:
    """A drawing in each language: what draws it has escaped all that it was given."""
    return {language: Markup(draw(language)) for language in ("en", "fr")}


def _verdict(verdict: str) -> Both:
    """A verdict in plain words."""
    return said(f"page.verdict-{'none' if verdict == NOBODY else verdict}")


def _severity(severity: str) -> Both:
    return said(f"report.{severity}")


def _filters(report: Report, lines: Sequence[MapLine]) -> dict[str, list[Option]]:
    """What can be filtered by: the words that stand somewhere, each with its name."""
    landed = [one for line in lines for one in line.landed]
    classes = {
        **{token(name): class_name(name, report.world) for one in landed for name in classes_of(one)},
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
        "verdict": [Option(each.value, _verdict(each.value)) for each in Verdict],
    }


def _options(found: Mapping[str, Both]) -> list[Option]:
    ordered = sorted(found.items(), key=lambda item: (item[1].en.casefold(), item[0]))
    return [Option(word, text) for word, text in ordered]


def _policies(
    report: Report, cited: Cited
) -> list[tuple[str, Both, Both, Both, tuple[int, ...]]]:
    """The policies of the run: id, title, why, what they rest on, and their citations."""
    return [
        (
            policy.id,
            named(policy.title),
            named(policy.why),
            told(lambda each, policy=policy: _rests_on(policy.rests_on, each)),  # type: ignore[misc]
            cited.cite(policy.cites),
        )
        for policy in report.policies.values()
    ]


def _rests_on(kinds: Sequence[str], language: str) -> str:
    from sovlint.report.pieces.fact_words import term

    return ", ".join(term("rests-on", kind, language) for kind in kinds)


__all__ = ["Article", "Company", "render"]
