"""What a run offers, as the file that ``sovlint scan --offers`` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sovlint.errors import SovlintError, did_you_mean
from sovlint.fleet.join import answerable, answering
from sovlint.fleet.whole.reading import entries

if TYPE_CHECKING:
    from sovlint.fleet.result import RepositoryResult
    from sovlint.fleet.store.store import FleetStore
    from sovlint.fleet.whole.reading import Snapshot
    from sovlint.model.offers import Ask, Offer


def offers_of(
    store: FleetStore, what: Snapshot, wanted: str | None = None
) -> tuple[Offer, ...]:
    """All that is offered in a run, each with the repository and the commit that makes it; or only what others offer of
    that which the repository ``wanted`` asked for. Raises ``SovlintError`` where the run has no such repository."""
    listed = entries(store.runs(), what)
    results = sorted(store.entries(listed.values()), key=lambda each: each.repository.name)
    asks: frozenset[Ask] | None = None
    if wanted is not None:
        asks = _asks(results, wanted)
    return tuple(_offers(results, wanted, asks))


def _asks(results: Iterable[RepositoryResult], wanted: str) -> frozenset[Ask]:
    names = []
    for each in results:
        if each.repository.name == wanted:
            return answerable(each.asks, each.offers)
        names.append(each.repository.name)
    hint = (
        did_you_mean(wanted, names)
        or "A run calls repositories by group and name: `group/name`."
    )
    raise SovlintError(f"The run has no repository `{wanted}`.", hint)


def _offers(
    results: Iterable[RepositoryResult], wanted: str | None, asks: frozenset[Ask] | None
) -> Iterator[Offer]:
    for each in results:
        if each.repository.name == wanted:
            continue
        for offer in each.offers:
            told = offer if asks is None else answering(offer, asks)
            if told is not None:
                yield replace(
                    told, repository=each.repository.name, commit=each.repository.commit
                )
