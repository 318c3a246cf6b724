"""What companies offer, as policies ask about it: kinds of services, regions and services by name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sovlint.catalog import services

if TYPE_CHECKING:
    from sovlint.catalog.compiling.written_data import Data


class CatalogOffering:
    """An ``Offering`` (``model/world.py``) of a catalogue's index."""

    def __init__(self, index: Data) -> None:
        self._index = index

    def kinds(self, provider: str, service: str | None) -> tuple[str, ...] | None:
        """The kinds of a service (``None``: one that isn't known); ``None`` where nobody said."""
        return services.kinds_of(self._index, provider, service)

    def regions(self, provider: str) -> Collection[str]:
        """The codes of a provider's regions; none where it isn't listed."""
        found = self._index["providers"].get(provider, {})
        return tuple(found.get("regions", ()))

    def is_spread(self, provider: str, region: str) -> bool:
        """Whether a region of a provider is made of several, in one state or in none in particular, and so may include
        others of its regions."""
        listed = self._index["providers"].get(provider, {}).get("regions", {})
        found = listed.get(region)
        return found is not None and (found["country"] is None or found.get("spread", False))

    def services(self, provider: str) -> Collection[str]:
        """The services that a provider is known to have."""
        listed = self._index["services"]
        namesake = self._index["like"].get(provider, provider)
        found = {*listed.get(provider, ()), *listed.get(namesake, ())}
        return found - {services.ANY_SERVICE}
