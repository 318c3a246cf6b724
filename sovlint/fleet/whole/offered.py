"""What a run offers, as the file that ``sovlint scan --offers`` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError, did_you_mean
from sovlint.fleet.join import answerable, answering
from sovlint.fleet.modules import module_finder
from sovlint.fleet.whole.reading import entries
from sovlint.model.offers import Ask, Offer, OfferKind

if TYPE_CHECKING:
    from sovlint.fleet.result import FleetRepository, RepositoryResult
    from sovlint.fleet.store.store import FleetStore
    from sovlint.fleet.whole.reading import Snapshot


class OfferedInRun(Struct, frozen=True):
    """What is offered, and the keys of modules that the run answered and that no clone has here."""

    offers: tuple[Offer, ...]
    lacking: tuple[str, ...]


def offers_of(
    store: FleetStore,
    what: Snapshot,
    wanted: str | None = None,
    clones: Iterable[FleetRepository] = (),
) -> OfferedInRun:
    """All that is offered in a run, each with the repository and the commit that makes it; or only what others offer of
    that which the repository ``wanted`` asked for. Modules are read out of ``clones``, no store has them. Raises
    ``SovlintError`` where the run has no such repository."""
    listed = entries(store.runs(), what)
    results = sorted(store.entries(listed.values()), key=lambda each: each.repository.name)
    asks: frozenset[Ask] | None = None
    if wanted is not None:
        asks = _asks(results, wanted)
    asking = [each for each in results if wanted in (None, each.repository.name)]
    answered = _modules(ask for each in asking for ask in each.answered)
    commits = {each.repository.name: each.repository.commit for each in results}
    find = module_finder(
        replace(each, commit=commits.get(each.name, each.commit)) for each in clones
    )
    modules = {
        key: find(key) for key in _modules(ask for each in asking for ask in each.asks)
    }
    return OfferedInRun(
        (*_offers(results, wanted, asks), *filter(None, modules.values())),
        tuple(key for key in answered if not modules.get(key)),
    )


def _modules(asks: Iterable[Ask]) -> list[str]:
    """The keys of the modules among what was asked, sorted."""
    return sorted({each.key for each in asks if each.kind is OfferKind.MODULE})


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
