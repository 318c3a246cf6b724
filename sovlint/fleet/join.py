"""Who answers whom: what repositories ask, beside what others offer.

A pure function of all asks and all offers, whatever their order. What a repository offers itself never answers it, since
its own reading knows that already: but for a module of its own at another revision. Nor does what others call the same:
of two that go by one name nobody knows which is meant, and its own is the likelier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.offers import Ask, Offer, OfferKind

MOST_ROUNDS: Final = 6
"""What one repository learns may be what it offers the next. Chains in what people write are shorter than this."""

FindModule = Callable[[str], Offer | None]
"""The module that a key names, read from the repository that has it; ``None`` where none of the fleet has it."""


class Voiced(Struct, frozen=True):
    """What a repository offers and asks, by its last reading."""

    repository: str
    offers: tuple[Offer, ...]
    asks: tuple[Ask, ...]


def answers(
    voiced: Sequence[Voiced], find_module: FindModule = lambda _: None
) -> Mapping[str, tuple[Offer, ...]]:
    """What others offer of that which each repository asks, by its name; nothing for one that nobody answers."""
    asked = frozenset(ask for each in voiced for ask in each.asks)
    offered = _by_ask(voiced, asked)
    for ask in asked:
        if ask.kind is OfferKind.MODULE and (module := find_module(ask.key)) is not None:
            offered.setdefault(ask, []).append(module)
    found = {each.repository: _answers_of(each, offered) for each in voiced}
    return {name: given for name, given in found.items() if given}


def _by_ask(voiced: Iterable[Voiced], asked: frozenset[Ask]) -> dict[Ask, list[Offer]]:
    """The offers that anybody asks for, each with the repository that makes it."""
    found: dict[Ask, list[Offer]] = {}
    for each in voiced:
        for offer in each.offers:
            named = replace(offer, repository=each.repository)
            for key in offer.keys:
                ask = Ask(offer.kind, key)
                if ask in asked:
                    found.setdefault(ask, []).append(named)
    return found


def _answers_of(asking: Voiced, offered: Mapping[Ask, Sequence[Offer]]) -> tuple[Offer, ...]:
    asks = answerable(asking.asks, asking.offers)
    found = {
        _text(answer): answer
        for ask in asks
        for offer in offered.get(ask, ())
        if (answer := answering(offer, asks)) is not None
    }
    return tuple(found[text] for text in sorted(found))


def answerable(asks: Iterable[Ask], own: Iterable[Offer]) -> frozenset[Ask]:
    """What others may answer of that which a repository asks, whose ``own`` offers these are: nothing that it makes
    itself."""
    made = {Ask(offer.kind, key) for offer in own for key in offer.keys}
    return frozenset(
        each for each in asks if each.kind is OfferKind.MODULE or each not in made
    )


def answering(offer: Offer, asks: frozenset[Ask]) -> Offer | None:
    """An offer by those of its keys that are asked; ``None`` where none is."""
    keys = tuple(key for key in offer.keys if Ask(offer.kind, key) in asks)
    return replace(offer, keys=keys) if keys else None


def digest(given: Iterable[Offer]) -> str:
    """What tells answers from others, whatever their order; empty where there are none. The commit doesn't count: what
    is offered may be the same at the next one."""
    texts = sorted(_text(replace(offer, commit="")) for offer in given)
    return sha256(b"\0".join(texts)).hexdigest() if texts else ""


def _text(offer: Offer) -> bytes:
    return msgspec.json.encode(offer, order="deterministic")
