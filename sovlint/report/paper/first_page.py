"""The first page: where things stand, what is worst, what must be decided, and what lapses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.report import messages
from sovlint.report.page.board import Board, BoardLapse
from sovlint.report.page.tagging import verdict_words
from sovlint.report.page.words import number, said
from sovlint.report.paper.parts import (
    CountedFigure,
    Figures,
    Heading,
    PaperBlock,
    PaperCell,
    PaperLine,
    PaperList,
    Paragraph,
    Table,
    Wording,
)

WORST: Final = (
    "page.column-company",
    "page.column-data",
    "page.column-where",
    "page.column-compelled",
    "page.column-verdict",
)
"""The columns of what is worst."""


def blocks(told: Board, word: Wording) -> Iterator[PaperBlock]:
    """The board's view, as the page has it."""
    yield Paragraph(word(told.standing), "lead")
    yield Figures(
        tuple(
            CountedFigure(
                messages.written_number(each.count, word.language),
                word(each.text),
                each.verdict,
            )
            for each in told.figures
        )
    )
    yield Paragraph(f"{word(told.covered)} {word(said('page.figures-of'))}", "note")
    yield from _worst(told, word)
    yield from _decisions(told, word)
    yield from _lapses(told, word)
    yield Paragraph(word(said("report.meaning")), "note")


def _worst(told: Board, word: Wording) -> Iterator[PaperBlock]:
    yield Heading(word(said("page.worst")), 3)
    if not told.worst:
        yield Paragraph(word(said("page.none")), "note")
        return
    yield Table(
        tuple(word(said(each)) for each in WORST),
        (3, 4, 3, 3, 2),
        tuple(
            (
                PaperCell(word(each.name)),
                PaperCell(word(each.classes)),
                PaperCell(word(each.countries)),
                PaperCell(word(each.states)),
                PaperCell(word(verdict_words(each.verdict)), each.verdict),
            )
            for each in told.worst
        ),
    )


def _decisions(told: Board, word: Wording) -> Iterator[PaperBlock]:
    yield Heading(word(said("page.decisions")), 3)
    if not told.decisions:
        yield Paragraph(word(said("page.none")), "note")
        return
    yield Paragraph(word(said("page.ways")))
    lines = tuple(
        PaperLine(word(each.text), word(each.title).removesuffix("."))
        for each in told.decisions
    )
    yield PaperList(lines, "number")
    if told.more_decisions:
        yield Paragraph(word(told.more_decisions), "note")


def _lapses(told: Board, word: Wording) -> Iterator[PaperBlock]:
    yield Heading(word(said("page.lapses")), 3)
    if not told.lapses:
        yield Paragraph(word(said("page.no-lapse")), "note")
        return
    yield PaperList(tuple(_lapse(each, word) for each in told.lapses))
    if told.more_lapses:
        yield Paragraph(word(told.more_lapses), "note")


def _lapse(each: BoardLapse, word: Wording) -> PaperLine:
    past = f"{word(said('page.past'))} " if each.is_past else ""
    rests = word(number("page.rests", each.count))
    day = messages.word(each.day.isoformat(), word.language)
    return PaperLine(f"{past}{word(each.text)} ({rests})", day)
