"""The map in lines: a table where the terminal has room for one, else a few words for each line of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sovlint.model.findings.finding import Report, Verdict
from sovlint.model.findings.ground import Ground
from sovlint.model.redaction.redact import safe_text
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.pieces.columns import GAP, widths_of
from sovlint.report.pieces.fact_words import class_name, state_name, term
from sovlint.report.pieces.landings import UNKNOWN_ROLE, Corner, MapLine
from sovlint.report.pieces.style import Style, columns_of, cut, heading, pad, wrap

MOST_COMPANY: Final = 20
"""Columns of a company's name in the table; who named it may have been a scanned file."""

SHORTER: Final = (
    (None, None, True),
    (2, 2, True),
    (2, 1, False),
    (1, 1, False),
    (2, 0, False),
    (1, 0, False),
)
"""How many classes and roles a line of a table names, and whether with the number of each role: the first that fits."""

MOST_STATES: Final = 3
"""Codes that are named where a country isn't known; of more, only how many."""

LEAST: Final = 14
"""Columns for what lands there, without which a table is no good."""

UNKNOWN: Final = "?"
"""What isn't known, in a table."""

_COLUMNS: Final = ("verdict", "company", "compelled_by", "country", "count")

_SORTS: Final[Mapping[Verdict, str]] = {
    Verdict.UNPROVEN: "unproven",
    Verdict.COMPLIANT: "good",
}


def render(
    lines: Sequence[MapLine],
    report: Report,
    language: str,
    style: Style,
    most: int | None = None,
) -> list[str]:
    """The title, the map in at most ``most`` lines of text (what is left is counted), and what its codes stand for."""
    rows = [_rows(line, report, language) for line in lines]
    header = {name: phrase(f"report.map-{name}", language) for name in (*_COLUMNS, "what")}
    widths = widths_of([header, *(row for each in rows for row in each)], _COLUMNS)
    title = heading(_title(report, language), style)
    if style.columns - sum(widths.values()) - GAP * len(widths) >= LEAST:
        title.append(style.paint(_aligned(header, widths) + header["what"], "dim"))
        room = style.columns - columns_of(_aligned(header, widths))
        told = [
            _in_columns(
                line, each, _shortened(line, report, language, room, most), widths, style
            )
            for line, each in zip(lines, rows, strict=True)
        ]
    else:
        told = [_in_words(line, report, language, style) for line in lines]
    shown = _fitting(told, most)
    said = [*title, *(row for each in told[:shown] for row in each)]
    if left := len(lines) - shown:
        said += wrap(counted("report.map-more", left, language), style.columns, "", "  ")
    grounds = _grounds(lines, language, style) if most is None else []
    return [*said, *grounds, *_legend(lines[:shown], report, language, style)]


def _title(report: Report, language: str) -> str:
    """What the map shows; where a class is assumed, that it is."""
    if report.assumed is None:
        return phrase("report.map-title", language)
    data = class_name(report.assumed, language, report.world)
    return phrase("report.map-title-supposed", language, data=data)


def _fitting(told: Sequence[Sequence[str]], most: int | None) -> int:
    """How many of them fit into ``most`` lines of text; one at least, and all where only one would be left out."""
    if most is None or sum(map(len, told)) <= most:
        return len(told)
    taken = 0
    for number, each in enumerate(told):
        taken += len(each)
        if taken > most:
            return max(number, 1)
    return len(told)


def company(line: Corner, language: str) -> str:
    """Who it is, or who it may be."""
    if line.company or not line.perhaps:
        return safe_text(line.company) or phrase("report.map-unknown-company", language)
    return safe_text(phrase("report.or", language).join(line.perhaps))


def states(line: Corner, language: str) -> str:
    """Codes of the states that can compel, and whether there may be others."""
    known = ", ".join(line.compelled_by)
    if not known:
        return phrase("report.map-unknown", language)
    return phrase("report.map-others", language, states=known) if line.others else known


def country(line: Corner, language: str) -> str:
    """The code of the country, or what is known of it."""
    if line.country:
        return line.country
    if len(line.countries) > MOST_STATES:
        return phrase("report.map-one-of", language, count=len(line.countries))
    if line.countries or line.areas:
        return "/".join(line.countries or line.areas[:1])
    return phrase("report.map-global" if line.worldwide else "report.map-unknown", language)


def what(
    line: MapLine,
    report: Report,
    language: str,
    named: tuple[int | None, int | None, bool] = SHORTER[0],
) -> str:
    """Which data, in which roles, each with its count unless it is all of it; ``named`` as ``SHORTER`` has them."""
    classes = {
        class_name(name, language, report.world): n for name, n in line.classes.items()
    }
    if without := line.unclassified - line.class_unknown:
        classes[phrase("report.map-no-class", language)] = without
    if line.class_unknown:
        classes[phrase("report.map-class-unknown", language)] = line.class_unknown
    roles = {_role(name, language): n for name, n in line.roles.items()}
    most_classes, most_roles, with_counts = named
    data = _counted(classes, line.count, most_classes, language)
    if most_roles == 0:
        return ", ".join(data)
    done = _counted(roles, line.count if with_counts else None, most_roles, language)
    return phrase("report.map-data-roles", language, data=data, roles=done)


def verdict(line: MapLine, language: str) -> str:
    """The worst that is said, of how many that is new where others stood; or that all that is said is excused."""
    if line.is_excused:
        all_stood = line.stood == line.excused
        return phrase("report.map-stood" if all_stood else "report.map-excused", language)
    said = phrase(f"report.map-{line.ground or line.verdict or 'none'}", language)
    if not line.stood or line.verdict in (Verdict.COMPLIANT, None):
        return said
    return phrase("report.map-new", language, verdict=said, count=line.added)


def state_texts(codes: Iterable[str], report: Report, language: str) -> list[str]:
    """What codes stand for, and by which laws a state can compel whoever it controls."""
    said = []
    for code in codes:
        name = state_name(code, report.world, language)
        if name != code:
            name = phrase("report.map-state", language, code=code, name=name)
        state = report.world.states.get(code)
        if state is not None and state.laws:
            name = phrase("policy.state-laws", language, state=name, laws=state.laws)
        said.append(name)
    return said


def _rows(line: MapLine, report: Report, language: str) -> list[dict[str, str]]:
    """The cells of a line: in a row, and in further ones what doesn't fit of the companies that it may be."""
    first, *others = _companies(line, language)
    return [
        _row(line, first, language),
        *({**dict.fromkeys(_COLUMNS, ""), "company": each} for each in others),
    ]


def _companies(line: MapLine, language: str) -> list[str]:
    """Who it is, or who it may be, within the column."""
    if line.company or not line.perhaps:
        return [cut(company(line, language), MOST_COMPANY)]
    names = [cut(safe_text(name), MOST_COMPANY) for name in line.perhaps]
    return wrap(phrase("report.or", language).join(names), MOST_COMPANY)


def _row(line: MapLine, name: str, language: str) -> dict[str, str]:
    reach = ", ".join(line.compelled_by)
    if line.others:
        reach = phrase("report.map-or-more", language, states=reach)
    known = line.country or line.countries or line.areas or line.worldwide
    return {
        "verdict": verdict(line, language),
        "company": name,
        "compelled_by": reach if line.compelled_by else UNKNOWN,
        "country": country(line, language) if known else UNKNOWN,
        "count": str(line.count),
    }


def _role(name: str, language: str) -> str:
    if name == UNKNOWN_ROLE:
        return phrase("report.map-unknown-role", language)
    return term("role", name, language)


def _counted(
    names: Mapping[str, int], all_of_them: int | None, most: int | None, language: str
) -> list[str]:
    """Names, with their numbers where these aren't ``all_of_them``; no numbers where that is ``None``."""
    said = [
        name
        if all_of_them in (None, count)
        else phrase("report.map-number", language, name=name, count=count)
        for name, count in list(names.items())[:most]
    ]
    if len(names) > len(said):
        said.append(phrase("report.screen-others", language))
    return said


def _shortened(
    line: MapLine, report: Report, language: str, room: int, most: int | None
) -> str:
    """What lands there, in one line of the table where only so many lines may be; all of it where nothing is cut."""
    told = [
        what(line, report, language, named) for named in (SHORTER if most else SHORTER[:1])
    ]
    return next((each for each in told if columns_of(each) <= room), told[-1])


def _aligned(row: Mapping[str, str], widths: Mapping[str, int]) -> str:
    gap = " " * GAP
    cells = [
        " " * (width - columns_of(row[name])) + row[name]
        if name == "count"
        else pad(row[name], width)
        for name, width in widths.items()
    ]
    return gap.join(cells) + gap


def _in_columns(
    line: MapLine,
    cells: Sequence[Mapping[str, str]],
    data: str,
    widths: Mapping[str, int],
    style: Style,
) -> list[str]:
    head, *further = (_aligned(row, widths) for row in cells)
    blank = " " * columns_of(head)
    rows = wrap(data, style.columns, head, blank)
    rows += [blank] * (len(cells) - len(rows))
    for number, left in enumerate(further, start=1):
        rows[number] = (left + rows[number][len(blank) :]).rstrip()
    word = cells[0]["verdict"]
    rows[0] = _painted(line, word, style) + rows[0][len(word) :]
    return rows


def _in_words(line: MapLine, report: Report, language: str, style: Style) -> list[str]:
    word = verdict(line, language)
    head = wrap(company(line, language), style.columns, f"{labelled(word, language)} ", "  ")
    head[0] = _painted(line, word, style) + head[0][len(word) :]
    where = {"country": country(line, language), "states": states(line, language)}
    data = what(line, report, language)
    landed = counted("report.map-landed", line.count, language, what=data)
    return [
        *head,
        *style.paragraphs([phrase("report.map-in", language, **where), landed], "  ", "    "),
    ]


def _painted(line: MapLine, word: str, style: Style) -> str:
    if line.verdict is None:
        return style.paint(word, "dim")
    if line.is_excused:
        return style.paint(word, "dim")
    return style.paint(word, line.ground or _SORTS[line.verdict])


def _grounds(lines: Sequence[MapLine], language: str, style: Style) -> list[str]:
    """What the words for violations mean."""
    grounds = {line.ground for line in lines if not line.is_excused}
    said = [phrase(f"report.ground-{each}", language) for each in Ground if each in grounds]
    text = phrase("report.map-grounds", language, grounds=said)
    return wrap(text, style.columns, "", "  ") if said else []


def _legend(
    lines: Sequence[MapLine], report: Report, language: str, style: Style
) -> list[str]:
    codes = sorted({code for line in lines for code in line.compelled_by})
    if not codes:
        return []
    told = state_texts(codes, report, language)
    legend = phrase("report.map-legend", language, states=told)
    return wrap(legend, style.columns, "", "  ")
