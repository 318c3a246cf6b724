"""What one predicate finds of a placement, and what the predicates share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.attestation import CONTROL, COUNTRY
from sovlint.model.findings.finding import Basis, Verdict
from sovlint.model.placement import CONTROL_SHOWN, Holding, Placement, ShownBy, Shows, Source
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because, Fact, Known, StepKind, Unknown
from sovlint.model.world import World
from sovlint.policy import phrases


class Explained(Struct, frozen=True):
    """How an answer reads, and what it rests on: see ``Leaf``. ``basis`` and ``unsourced``, a violation says of who can
    compel alone."""

    note: Note
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()
    remarks: tuple[Note, ...] = ()
    basis: Basis | None = None
    unsourced: tuple[ShownBy, ...] = ()


class Leaf(Struct, frozen=True, dict=True):
    """What one predicate found. ``explain`` works out how that reads, for those who ask: of most that could take the place
    of a service, the verdict is enough. ``unknowns`` are the facts that left it unproven. ``holding`` is the
    qualification asked about, if one was; ``lacks`` names what an attestation could have filled: that qualification, or
    a kind of claim."""

    kind: str
    verdict: Verdict
    explain: Callable[[], Explained]
    unknowns: tuple[Unknown, ...] = ()
    holding: Holding | None = None
    lacks: tuple[str, ...] = ()

    @cached_property
    def explained(self) -> Explained:
        """How it reads, and what it rests on."""
        return self.explain()

    @property
    def note(self) -> Note:
        """A fragment of the headline."""
        return self.explained.note

    @property
    def because(self) -> tuple[Because, ...]:
        """The chains of the facts that decided."""
        return self.explained.because

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of what it rests on."""
        return self.explained.sources

    @property
    def remarks(self) -> tuple[Note, ...]:
        """What there is to say besides."""
        return self.explained.remarks

    @property
    def basis(self) -> Basis | None:
        """What is behind the answer."""
        return self.explained.basis

    @property
    def unsourced(self) -> tuple[ShownBy, ...]:
        """The general knowledge that it needs."""
        return self.explained.unsourced


def decide(fact: Fact[Any], test: Callable[[Any], Verdict]) -> Verdict:
    """``test`` of a known value; of an unknown one where all that it may be give one answer, else unproven."""
    answers = set(map(test, phrases.members(fact)))
    return answers.pop() if len(answers) == 1 else Verdict.UNPROVEN


def names(codes: tuple[str, ...], world: World) -> tuple[Bilingual, ...]:
    """What states are called."""
    return tuple(phrases.state_name(code, world) for code in codes)


def adequate(codes: tuple[str, ...], world: World, key: str) -> tuple[Note, ...]:
    """That an adequacy decision covers some of these states, if one does."""
    found = tuple(
        code for code in codes if code in world.states and world.states[code].adequate
    )
    return (Note(key, {"states": names(found, world)}),) if found else ()


def vouched(fact: Fact[Any]) -> tuple[Note, ...]:
    """That a fact rests on an attestation, if it does."""
    step = fact.because if isinstance(fact, Known) else None
    if step is None or not is_vouched(fact):
        return ()
    return (
        Note(
            "policy.attested",
            {"owner": step.note.params["owner"], "until": step.note.params["until"]},
        ),
    )


def unknowns(fact: Fact[Any], verdict: Verdict) -> tuple[Unknown, ...]:
    """A fact that left a verdict unproven."""
    return (fact,) if isinstance(fact, Unknown) and verdict is Verdict.UNPROVEN else ()


def is_vouched(fact: Fact[Any]) -> bool:
    """Whether a fact rests on somebody's word."""
    step = fact.because if isinstance(fact, Known) else None
    return step is not None and step.kind is StepKind.VOUCHED


def cited(evidence: Iterable[ShownBy]) -> tuple[Source, ...]:
    """The sources of evidence, each once."""
    return tuple(dict.fromkeys(each.source for each in evidence))


def unsourced(evidence: Iterable[ShownBy], placement: Placement) -> tuple[ShownBy, ...]:
    """What of the evidence is general knowledge, and nobody vouches for."""
    attested: set[Shows] = set()
    if is_vouched(placement.country):
        attested.add(Shows.PLACE)
    if is_vouched(placement.control):
        attested |= CONTROL_SHOWN
    return tuple(each for each in evidence if each.background and each.shows not in attested)


def basis_of(verdict: Verdict, weak: Sequence[ShownBy]) -> Basis | None:
    """What is behind an answer on anything but who can compel: of what complies, whether any of it is general
    knowledge."""
    if verdict is not Verdict.COMPLIANT:
        return None
    return Basis.BACKGROUND if weak else Basis.SOURCED


def without_source(leaf: Leaf, placement: Placement) -> Leaf:
    """A leaf whose answer would help, and for which general knowledge is too little: unproven, and what to source."""
    explained = leaf.explained
    claims = (CLAIMS[each.shows] for each in leaf.unsourced if each.shows in CLAIMS)

    def explain() -> Explained:
        facts = phrases.unsourced(explained.unsourced, placement)
        note = Note("policy.unsourced-open", {"found": explained.note, "facts": facts})
        remarks = (*explained.remarks, Note("policy.source-it"))
        return replace(explained, note=note, remarks=remarks, basis=None)

    lacks = tuple(dict.fromkeys(claims))
    return replace(leaf, verdict=Verdict.UNPROVEN, explain=explain, lacks=lacks)


CLAIMS: Final = {Shows.PLACE: COUNTRY, **dict.fromkeys(CONTROL_SHOWN, CONTROL)}
"""The kinds of claims by which an attestation takes the place of a source."""
