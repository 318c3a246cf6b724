"""What is known of the world on a day, for whoever tells of a run: names, titles of policies, ends of qualifications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from sovlint.catalog.load import Catalog, load
from sovlint.model.world import World
from sovlint.policy.load import known_policies
from sovlint.resolve.facts.offers import standing


class WorldOnDay:
    """The shipped catalogue and policies on a day."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._catalog: Catalog = load()

    @cached_property
    def world(self) -> World:
        """What states, areas, classes and companies are called."""
        return self._catalog.world(self.day)

    @cached_property
    def titles(self) -> Mapping[str, tuple[str, str]]:
        """Titles of shipped policies by id, in English and French."""
        return {
            name: (each.title.en, each.title.fr) for name, each in known_policies().items()
        }

    def name(self, provider: str) -> str:
        """What a provider is called."""
        return self.world.providers.get(provider, provider)

    def qualification(self, name: str) -> tuple[str, str]:
        """What a qualification is called, in English and French."""
        title = self.world.qualifications.get(name)
        return (title.en, title.fr) if title is not None else (name, name)

    def ends(self, provider: str, name: str) -> tuple[date, str] | None:
        """The day on which a qualification of a provider ends, its last, and the offer; of several, the first that ends."""
        scheme = self._catalog.schemes.get(name)
        offers = scheme.offers.get(provider, ()) if scheme is not None else ()
        ending = [
            (each.until, each.offer or "")
            for each in offers
            if each.until is not None
            and scheme
            and standing(each, scheme, self.day)[0] is not False
        ]
        return min(ending, default=None)
