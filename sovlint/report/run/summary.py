"""The end of the text report: counts, what wasn't proved, what wasn't read, and what all of it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase, say, word
from sovlint.report.pieces import contract
from sovlint.report.pieces.fact_words import place_text, term
from sovlint.report.pieces.style import Style, wrap
from sovlint.report.pieces.unproven import Gap, gaps
from sovlint.report.run import own_rules, provenance, totals

MOST_DETAILS: Final = 4
"""Details and types that are named; ``facts`` has them all."""

MOST_PLACES: Final = 3
"""Places of remarks of one kind that are named; the rest are counted."""

_INDENT: Final = "  "


def render(report: Report, language: str, style: Style) -> list[str]:
    """The lines of the summary; the last ones say how many findings there are and how many resources carry a data
    class, or that nothing was judged."""
    title = phrase(
        "report.summary-title",
        language,
        policy_set=report.policy_set,
        as_of=report.as_of,
        catalogue=report.catalogue_date,
    )
    sections = (
        *_compared(report, language, style.full),
        (_title("not-proved", language), not_proved(report, language)),
        (_title("not-placed", language), not_placed(report, language)),
        (_title("not-read", language), not_read(report, language, style.full)),
        (_title("remarks", language), remarks(report.remarks, language, style.full)),
        (_title("rules", language), own_rules.sentences(report, language, style.full)),
        (_title("scope", language), _scope(report, language)),
        (title, _counts(report, language)),
    )
    lines: list[str] = []
    for heading, sentences in sections:
        if sentences:
            lines += [style.paint(row, "strong") for row in wrap(heading, style.columns)]
            lines += style.paragraphs(sentences, _INDENT, _INDENT * 2)
    return [*lines, *_closing(report, language, style)]


def _compared(report: Report, language: str, full: bool) -> Iterator[tuple[str, list[str]]]:
    """What a change makes of it, what is excused, what somebody vouches for; imported late: most reports have none."""
    if report.difference is not None:
        from sovlint.report.run import difference

        yield _title("difference", language), difference.lines(report, language)
    if report.exceptions:
        from sovlint.report.run import exceptions

        yield _title("exceptions", language), exceptions.lines(report, language, full=full)
    if report.attestations:
        from sovlint.report.run import attestations

        yield _title("attestations", language), attestations.lines(report, language)


def judged(report: Report) -> bool:
    """Whether anything carries a data class: without one no policy applies, and that is no clean result."""
    return report.coverage.classified > 0


def _title(section: str, language: str) -> str:
    return phrase(f"report.{section}-title", language)


def _counts(report: Report, language: str) -> list[str]:
    if not judged(report) and not any(contract.summary(report.findings).values()):
        return [] if report.affected else [phrase("report.nothing-judged-short", language)]
    return [f"{totals.counts(report, language)}.", *totals.by_severity(report, language)]


def not_proved(report: Report, language: str) -> list[str]:
    """What isn't known of the placements behind unproven findings, a sentence for each reason."""
    return [
        counted(
            "report.not-proved",
            gap.count,
            language,
            reason=Note(f"model.reason.{reason.value}.bare"),
            facts=_gap_facts(gap, language),
        )
        for reason, gap in gaps(report).items()
    ]


def _gap_facts(gap: Gap, language: str) -> tuple[Note | str, ...]:
    facts: list[Note | str] = []
    for name, details in gap.details.items():
        fact, named = (
            term("fact", name, language),
            sorted({word(detail, language) for detail in details} - {""}),
        )
        key = (
            "report.fact-details-more" if len(named) > MOST_DETAILS else "report.fact-detail"
        )
        facts.append(
            Note(key, {"fact": fact, "details": tuple(named[:MOST_DETAILS])})
            if named
            else fact
        )
    return tuple(facts)


def not_placed(report: Report, language: str) -> list[str]:
    """What isn't placed, by its types, and what isn't judged since its role isn't known."""
    types = Counter(
        each.resource.type for each in report.placed if not (each.is_config or each.is_placed)
    )
    said = []
    if types:
        named = [
            name for name, _ in sorted(types.items(), key=lambda item: (-item[1], item[0]))
        ]
        more = ("...",) if len(named) > MOST_DETAILS else ()
        listed = (*named[:MOST_DETAILS], *more)
        said.append(counted("report.not-placed", types.total(), language, types=listed))
    if report.unjudged_roles:
        said.append(counted("report.unjudged-roles", report.unjudged_roles, language))
    return said


def not_read(report: Report, language: str, full: bool) -> list[str]:
    """Files that couldn't be read, what is alike in one sentence unless ``full``; and what was left out."""
    kinds: dict[object, list[tuple[str, str]]] = {}
    for number, failure in enumerate(sorted(report.failures, key=failure_order)):
        where = place_text(failure.path, failure.line, failure.column)
        kind = number if full else failure.note.key
        kinds.setdefault(kind, []).append((where, say(failure.note, language)))
    said = [_alike(alike, language) for alike in kinds.values()]
    if said:
        files = len({failure.path for failure in report.failures})
        said.append(counted("report.incomplete", files, language))
    if report.coverage.skipped:
        said.append(counted("report.skipped", report.coverage.skipped, language))
    return [*said, *totals.left_out(report, language, full)]


def besides(report: Report, language: str) -> list[str]:
    """What bears on how much was judged and is no finding: what isn't read, then remarks, one sentence a kind."""
    return [*totals.left_out(report, language), *remarks(report.remarks, language)]


def failure_line(failure: Failure, language: str) -> str:
    """``path:line:column: what is wrong``."""
    return f"{place_text(failure.path, failure.line, failure.column)}: {say(failure.note, language)}"


def failure_order(failure: Failure) -> tuple[str, int, int]:
    """A key to sort failures by: their place."""
    return failure.path, failure.line or 0, failure.column or 0


def remarks(said_of: Iterable[Remark], language: str, full: bool = False) -> list[str]:
    """What else there is to say, by place; what is of one kind in one sentence, unless all is asked for."""
    ordered = sorted(
        said_of, key=lambda remark: (remark.path or "", remark.line or 0, remark.note.key)
    )
    kinds: dict[object, dict[tuple[str, str], None]] = {}
    for number, remark in enumerate(ordered):
        where = place_text(remark.path, remark.line) if remark.path else ""
        kind = number if full or not where else remark.note.key
        kinds.setdefault(kind, {})[where, say(remark.note, language)] = None
    said = [_alike([*alike], language) for alike in kinds.values()]
    return list(dict.fromkeys(said))


def _alike(alike: Sequence[tuple[str, str]], language: str) -> str:
    """Remarks of one kind: their places before the sentence where it is the same, else behind that of the first."""
    (where, sentence), rest = alike[0], [place for place, _ in alike[1:]]
    if any(other != sentence for _, other in alike):
        also = _places(rest, MOST_PLACES - 1, language)
        first = phrase("report.remark-at", language, places=where, sentence=sentence)
        return counted("report.remark-alike", len(rest), language, first=first, places=also)
    places = _places([where, *rest], MOST_PLACES, language)
    if not where:
        return sentence
    return phrase("report.remark-at", language, places=places, sentence=sentence)


def _places(places: Sequence[str], most: int, language: str) -> str:
    named, left = ", ".join(places[:most]), len(places) - most
    if left <= 0:
        return named
    return counted("report.remark-places", left, language, places=named)


def _scope(report: Report, language: str) -> list[str]:
    coverage = report.coverage
    said = [phrase("report.affected", language)] if report.affected else []
    said.append(totals.read_line(coverage, language))
    if report.assumed:
        said.append(phrase("report.assumed", language, assumed=report.assumed))
    if report.left_out:
        said.append(
            counted("report.left-out", report.left_out, language, scope=report.hds_scope)
        )
    if coverage.class_unknown:
        said.append(counted("report.class-unknown", coverage.class_unknown, language))
    if not report.own:
        said.append(own_rules.shipped_alone(report, language))
    return [
        *said,
        *provenance.sentences(report, language),
        phrase("report.meaning", language),
    ]


def nothing_judged(report: Report, language: str) -> str:
    """That no policy applied, why, and what to do about it; and what isn't read, which may be why."""
    coverage = report.coverage
    if not coverage.resources:
        said = phrase("report.no-resources", language)
    elif report.assumed is None:
        said = phrase("report.nothing-judged", language)
    else:
        key = (
            "report.nothing-judged-assumed"
            if coverage.config < coverage.resources
            else "report.nothing-but-config"
        )
        counts = {"config": coverage.config, "resources": coverage.resources}
        said = phrase(
            key,
            language,
            **(
                {
                    name: counted("report.resources", number, language)
                    for name, number in counts.items()
                }
            ),
        )
    return " ".join((said, *totals.unread(coverage, language)))


def _closing(report: Report, language: str, style: Style) -> list[str]:
    coverage, said = report.coverage, []
    if coverage.resources:
        said.append(totals.classified(coverage, language))
    if report.min_classified is not None and coverage.falls_short(report.min_classified):
        said.append(phrase("report.min-classified", language, percent=report.min_classified))
    lines = (
        [style.paint(row, "strong") for row in wrap(" ".join(said), style.columns)]
        if said
        else []
    )
    if judged(report) or (report.affected and not coverage.resources) or not style.warns:
        return lines
    warning = wrap(nothing_judged(report, language), style.columns)
    return [*lines, *(style.paint(row, "warning") for row in warning)]
