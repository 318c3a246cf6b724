"""Facts of several placements as one cell, with the chains that led to them and the sources that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sovlint.model.placement import Placement, Shows, Source
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Step, StepKind, unroll
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.cells import Cell, Content, Question, attested, fact
from sovlint.report.messages import word
from sovlint.report.pieces import contract
from sovlint.report.pieces.landings import Landed


def gathered(
    found: Sequence[Landed],
    read: Callable[[Placement], Fact[Any]],
    question: Question,
    answers: GivenAnswers,
    shows: Iterable[Shows] = (),
) -> Cell:
    """A fact of several placements as one cell: all its values, where it is known of each placement.

    Where it isn't, the answer to ``question``, or a blank that says what is known all the same. ``shows`` is the evidence
    that stands for the fact. Values that may not be shown count as unknown.
    """
    facts = [read(one.placement) for one in found]
    values = known_values(facts)
    if values and all(map(is_shown, facts)):
        return told(values, [one.placement for one in found], facts, shows)
    note = None
    if values:
        note = Note("registers.partly", {"known": tuple(map(str, values))})
    return answers.cell(question, note)


def told(
    values: Sequence[Content],
    placements: Iterable[Placement],
    facts: Iterable[Fact[Any]] = (),
    shows: Iterable[Shows] = (),
    here: tuple[Because, ...] = (),
) -> Cell:
    """Values as a cell: attested where somebody's word is part of what shows them, else a fact. ``here`` is the chain
    where nothing else led to them."""
    because = tuple(dict.fromkeys(each.because for each in facts if each.because is not None))
    listed = tuple(placements)
    chain: tuple[Because, ...] = because or tuple(
        dict.fromkeys(step for each in listed for step in each.because if step is not None)
    )
    chain = chain or here
    sources = evidence(listed, shows)
    by = vouched_by(because)
    if by:
        return attested(*values, by=by, because=chain, sources=sources)
    return fact(*values, because=chain, sources=sources)


def declared(
    found: Sequence[Landed], *contents: Content, sources: Collection[Source] = ()
) -> Cell:
    """Contents that are so by what the resources are."""
    steps = dict.fromkeys(one.placed.resource.where for one in found)
    here = tuple(Step(where, Note("registers.declared-here")) for where in steps)
    return fact(*contents, because=here, sources=tuple(dict.fromkeys(sources)))


def known_values(facts: Iterable[Fact[Any]]) -> tuple[str, ...]:
    """All values that are known and may be shown, sorted, those of lists one by one."""
    plain = [contract.plain(each.value) for each in facts if is_shown(each)]  # type: ignore[union-attr]
    flat = (each for one in plain for each in (one if isinstance(one, list) else [one]))
    return tuple(sorted({str(each) for each in flat if each is not None}))


def is_shown(found: Fact[Any]) -> bool:
    """Whether a fact is known, and may be shown."""
    return isinstance(found, Known) and not found.sensitive


def evidence(placements: Iterable[Placement], shows: Iterable[Shows]) -> tuple[Source, ...]:
    """The sources that show some facts of placements, each once."""
    wanted = tuple(shows)
    return tuple(
        dict.fromkeys(
            each.source for placement in placements for each in placement.shown_by(*wanted)
        )
    )


def vouched_by(chains: Iterable[Because]) -> str:
    """Who vouches for what chains lead to, where anybody does."""
    for chain in chains:
        for step in unroll(chain):
            if step.kind is StepKind.VOUCHED:
                return word(step.note.params.get("owner", ""), "en")
    return ""
