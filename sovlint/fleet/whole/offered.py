"""What a run offers, as the file that ``sovlint scan --offers`` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sovlint.errors import SovlintError, did_you_mean
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
            return frozenset(each.asks)
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
            if asks is None or any(
                ask.kind is offer.kind and ask.key in offer.keys for ask in asks
            ):
                yield replace(
                    offer, repository=each.repository.name, commit=each.repository.commit
                )
