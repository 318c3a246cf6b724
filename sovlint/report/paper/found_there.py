"""Findings on paper, worst first: what is found, where, and what helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.model.findings.finding import Finding
from sovlint.report.page.findings import Article, Findings
from sovlint.report.page.tagging import verdict_words
from sovlint.report.page.words import Both, left_over, number, said
from sovlint.report.paper.parts import (
    Heading,
    PaperBlock,
    PaperCell,
    PaperEntry,
    PaperLine,
    PaperList,
    Paragraph,
    Table,
    Wording,
)
from sovlint.report.pieces.causes import CauseGroup

MOST_IN_FULL: Final = 40
"""Findings that are told with what helps; whoever reads on paper reads no more of them."""
MOST_ROWS: Final = 120
"""Those that are told in a line after these."""
MOST_ALIKE: Final = 8
"""Placements that are named where several are told as one."""

Together = Sequence[Sequence[Finding]] | CauseGroup


def blocks(found: Findings, word: Wording) -> Iterator[PaperBlock]:
    """What nothing excuses; what waits for one thing is told as one."""
    yield Heading(word(said("page.findings")), page=True)
    yield Paragraph(word(said("paper.findings-note")), "note")
    together = found.together
    if not together:
        yield Paragraph(word(said("page.none")))
    for each in together[:MOST_IN_FULL]:
        yield _entry(found.article(each), word)
    rest = together[MOST_IN_FULL:]
    if rest:
        yield Heading(word(said("page.findings-short")), 3)
        yield _rows(rest[:MOST_ROWS], found, word)
    left = sum(map(_count, rest[MOST_ROWS:]))
    if left:
        yield Paragraph(word(number("paper.findings-left", left)))


def _count(each: Together) -> int:
    return len(each.findings) if isinstance(each, CauseGroup) else sum(map(len, each))


def _entry(article: Article, word: Wording) -> PaperEntry:
    title = article.title if article.is_cause else article.claimed[0].text
    place = article.chain[0].place
    below = place if article.is_cause else f"{word(article.title)} ({place})"
    return PaperEntry(
        article.verdict,
        f"{word(verdict_words(article.verdict))}, {word(said(f'report.{article.severity}'))}",
        word(title),
        word(below),
        tuple(_about(article, word)),
    )


def _about(article: Article, word: Wording) -> Iterator[PaperBlock]:
    named = ", ".join(f"`{each.policy}`" for each in article.claimed)
    pairs: list[tuple[Both, Both | str]] = [(said("paper.policies"), named)] if named else []
    pairs += article.facts
    pairs += [(said("report.remarks-title"), each) for each in article.remarks]
    pairs += [(said("page.helps"), each) for each in article.helps]
    pairs += [(said("page.proof"), each) for each in article.missing]
    if article.sources:
        numbers = " ".join(f"[{each}]" for each in article.sources)
        pairs.append((said("report.sources-title"), numbers))
    yield word.terms(pairs)
    yield from _alike(article, word)


def _alike(article: Article, word: Wording) -> Iterator[PaperBlock]:
    """Those that are told with it, a line for each placement; what isn't listed is counted."""
    if not article.rows:
        return
    found: dict[tuple[str, str], list[str]] = {}
    for each in article.rows:
        found.setdefault((word(each.name), each.place), []).append(f"`{each.policy}`")
    shown = list(found.items())[:MOST_ALIKE]
    lines = [PaperLine(f"{name} ({place}): {', '.join(of)}") for (name, place), of in shown]
    left = left_over("paper.alike-left", article.count - sum(len(of) for _, of in shown))
    if left:
        lines.append(PaperLine(word(left)))
    yield Heading(word(said("page.also")), 4)
    yield PaperList(tuple(lines))


def _rows(rest: Sequence[Together], found: Findings, word: Wording) -> Table:
    """Each in a line, with how many findings it stands for."""
    rows = []
    for each in rest:
        cause = isinstance(each, CauseGroup)
        row = found.summed(each) if isinstance(each, CauseGroup) else found.row(each[0][0])
        first = each.first if isinstance(each, CauseGroup) else each[0][0]
        verdict = first.verdict.value
        rows.append(
            (
                PaperCell(word(verdict_words(verdict)), verdict),
                PaperCell("" if cause else row.policy),
                PaperCell(word(row.name)),
                PaperCell(word(row.place)),
                PaperCell(str(_count(each))),
            )
        )
    return Table(
        (
            word(said("page.column-verdict")),
            word(said("formats.column-policy")),
            word(said("formats.column-resource")),
            word(said("formats.column-place")),
            word(said("page.findings")),
        ),
        (2, 3, 6, 4, 2),
        tuple(rows),
    )
