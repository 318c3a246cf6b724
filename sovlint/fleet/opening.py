"""Opening a store by its address."""

from __future__ import annotations

import threading

from sovlint.fleet.store.store import FleetStore, open_store

_OPEN = threading.local()


def opened(address: str, create: bool = False) -> FleetStore:
    """The store at an address; with ``create``, made where there is none. Each thread keeps the last one that it opened.

    Raises ``SovlintError`` where none can be there.
    """
    last: FleetStore | None = getattr(_OPEN, "store", None)
    if last is None or last.address != address:
        last = _OPEN.store = open_store(address, create=create)
    return last
