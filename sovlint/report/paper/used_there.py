"""Processings and suppliers, then each company in use: who can compel it, and what it holds until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sovlint.model.lookups.profile import Profile
from sovlint.report.lookup import provider
from sovlint.report.page.companies import CompanyEntry
from sovlint.report.page.processings import Processing
from sovlint.report.page.processings import Supplier as ProcessingSupplier
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
from sovlint.report.pieces.sources import Footnotes

MOST_ROWS: Final = 120
"""Rows of a table."""
MOST_SUPPLIERS: Final = 15
"""Suppliers that are named of one processing."""
MOST_COMPANIES: Final = 40
"""Companies of which all is told."""
MOST_LINES: Final = 20
"""Lines of what is known of a company in one respect."""

PROCESSING: Final = (
    "page.column-processing",
    "page.column-data",
    "page.column-suppliers",
    "page.column-verdict",
)
SUPPLIER: Final = (
    "page.column-company",
    "page.column-data",
    "page.column-does",
    "page.column-where",
    "page.column-compelled",
    "page.column-laws",
    "page.column-verdict",
)
"""The columns of both tables."""
SHORT: Final = 300
"""Characters that are rather told again than that it is said where they stand."""


def tables(
    told: Sequence[Processing], used: Sequence[CompanyEntry], word: Wording
) -> Iterator[PaperBlock]:
    """By processing, and by supplier."""
    yield Heading(word(said("paper.processings")), page=True)
    yield Paragraph(word(said("page.dpo-lead")))
    yield Heading(word(said("page.by-processing")), 3)
    yield Paragraph(word(said("page.processing-means")), "note")
    if told:
        yield Table(
            tuple(word(said(each)) for each in PROCESSING),
            (3, 3, 7, 2),
            tuple(_processing(each, word) for each in told[:MOST_ROWS]),
        )
    else:
        yield Paragraph(word(said("page.none-classified")))
    yield from _left("page.processings-left", len(told) - MOST_ROWS, word)
    yield Heading(word(said("page.by-supplier")), 3)
    yield Table(
        tuple(word(said(each)) for each in SUPPLIER),
        (3, 4, 3, 2, 3, 4, 2),
        tuple(_supplier(each, word) for each in used[:MOST_ROWS]),
    )
    yield from _left("page.suppliers-left", len(used) - MOST_ROWS, word)


def _processing(each: Processing, word: Wording) -> tuple[PaperCell, ...]:
    lines = [_at(one, word) for one in each.suppliers[:MOST_SUPPLIERS]]
    left = len(each.suppliers) - MOST_SUPPLIERS
    if left > 0:
        lines.append(word(number("page.suppliers-left", left)))
    return (
        PaperCell(word(each.name)),
        PaperCell(word(each.classes)),
        PaperCell("\n".join(lines)),
        _verdict(each.verdict, word),
    )


def _at(one: ProcessingSupplier, word: Wording) -> str:
    reach = word(said("page.compelled-by", states=one.states))
    return f"{word(one.name)} ({word(one.countries)}), {reach}, {word(verdict_words(one.verdict))}"


def _supplier(each: CompanyEntry, word: Wording) -> tuple[PaperCell, ...]:
    texts = (each.name, each.classes, each.roles, each.countries, each.states, each.laws)
    return *(PaperCell(word(text)) for text in texts), _verdict(each.verdict, word)


def _verdict(verdict: str, word: Wording) -> PaperCell:
    return PaperCell(word(verdict_words(verdict)), verdict)


def blocks(
    used: Sequence[CompanyEntry],
    profiles: Mapping[str, Profile],
    notes: Footnotes,
    word: Wording,
) -> Iterator[PaperBlock]:
    """The companies in use, worst first, each with all that is known of it."""
    yield Heading(word(said("page.companies")), page=True)
    if not used:
        yield Paragraph(word(said("page.none")), "note")
    told: dict[str, Both] = {}
    for each in used[:MOST_COMPANIES]:
        yield _company(each, profiles.get(each.provider), told, notes, word)
    yield from _left("paper.companies-left", len(used) - MOST_COMPANIES, word)


def _company(
    each: CompanyEntry,
    profile: Profile | None,
    told: dict[str, Both],
    notes: Footnotes,
    word: Wording,
) -> PaperEntry:
    known = (
        _known(profile, each.name, told, notes, word)
        if profile is not None
        else [Paragraph(word(said("page.company-unknown")), "note")]
    )
    return PaperEntry(
        each.verdict,
        word(verdict_words(each.verdict)),
        word(each.name),
        word(said("page.compelled-by", states=each.states)),
        (
            word.terms(
                (
                    (said("page.column-data"), each.classes),
                    (said("page.column-does"), each.roles),
                    (said("page.column-where"), each.countries),
                )
            ),
            *known,
        ),
    )


def _known(
    profile: Profile, name: Both, told: dict[str, Both], notes: Footnotes, word: Wording
) -> Iterator[PaperBlock]:
    """What is known of a company. What was told of another in the same words (laws, most often) is not told again."""
    for title, lines in provider.sections(profile, notes, word.language, regions=False):
        yield Heading(word(title), 4)
        whole = "\n".join([title, *(text for _, text in lines)])
        first = told.setdefault(whole, name)
        if first is not name and len(whole) > SHORT:
            yield word.lines([said("paper.as-of-another", company=first)])
            continue
        listed = [PaperLine(word(text), depth=depth) for depth, text in lines[:MOST_LINES]]
        left = left_over("paper.lines-left", len(lines) - MOST_LINES)
        if left:
            listed.append(PaperLine(word(left)))
        yield PaperList(tuple(listed))


def _left(key: str, left: int, word: Wording) -> Iterator[PaperBlock]:
    if left > 0:
        yield Paragraph(word(number(key, left)), "note")
