"""Which of the referential's three ways to inform the public (EXI 31) the facts leave open. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from sovlint.model.world import World


class Exposure(StrEnum):
    """Whether a state outside of the EEA that can compel is without a decision of adequacy (EXI 30)."""

    EXPOSED = "exposed"
    IN_PART = "in-part"
    """Decisions cover some organisations alone."""
    NONE = "none"


class Sentence(StrEnum):
    """What the referential has a host publish."""

    NO_ACCESS = "no-imposed-access"
    """That the law of a third country imposes no access: of what SecNumCloud 3.2 qualifies."""
    NO_TRANSFER = "no-transfer"
    """That nothing is transferred outside of the EEA."""
    TABLE = "table"
    """The table of chapter 8: of transfers, and of the risk of access that EXI 30 names."""


class SentenceCondition(StrEnum):
    """What a sentence hangs on that isn't shown."""

    QUALIFIED = "qualified"
    PLACE = "place"
    REMOTE = "remote"
    ADEQUACY = "adequacy"
    OWNERS = "owners"


class HostFacts(Struct, frozen=True):
    """What is known of a host's placements. ``None``: not known.

    ``qualified``: SecNumCloud 3.2 is held. ``inside``: they are in the EEA. ``remote``: the data is reached from
    outside of it. ``others``: more states may be able to compel the host.
    """

    qualified: bool | None
    inside: bool | None
    remote: bool | None
    exposure: Exposure
    others: bool


class OpenSentences(Struct, frozen=True):
    """The sentences that no fact rules out, and what they hang on."""

    sentences: tuple[Sentence, ...]
    conditions: tuple[SentenceCondition, ...] = ()


def sentences(facts: HostFacts) -> OpenSentences:
    """What is left open. One sentence without a condition is what the referential asks for; several, or conditions, say
    what has to be found out."""
    if facts.qualified:
        return OpenSentences((Sentence.NO_ACCESS,))
    conditions = (SentenceCondition.QUALIFIED,) if facts.qualified is None else ()
    left = [Sentence.NO_ACCESS] if facts.qualified is None else []
    if _needs_table(facts):
        return OpenSentences((*left, Sentence.TABLE), conditions)
    hangs = tuple(_hangs(facts))
    left.append(Sentence.NO_TRANSFER)
    if hangs:
        left.append(Sentence.TABLE)
    return OpenSentences(tuple(left), (*conditions, *hangs))


def _needs_table(facts: HostFacts) -> bool:
    """Whether a transfer, or a risk by EXI 30, is known."""
    if facts.inside is False or facts.remote:
        return True
    return facts.exposure is Exposure.EXPOSED


def _hangs(facts: HostFacts) -> Iterable[SentenceCondition]:
    if facts.inside is None:
        yield SentenceCondition.PLACE
    if facts.remote is None:
        yield SentenceCondition.REMOTE
    if facts.exposure is Exposure.IN_PART:
        yield SentenceCondition.ADEQUACY
    if facts.others:
        yield SentenceCondition.OWNERS


def exposure(states: Iterable[str], world: World) -> Exposure:
    """How far decisions of adequacy leave states outside of the EEA uncovered."""
    known = [world.states.get(code) for code in states]
    if any(state is None or not (state.adequate or state.partly) for state in known):
        return Exposure.EXPOSED
    if any(state is not None and not state.adequate for state in known):
        return Exposure.IN_PART
    return Exposure.NONE
