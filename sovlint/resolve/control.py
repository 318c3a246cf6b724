"""Which states can compel a provider, as a fact: known, or unknown where not all of it was found."""

from __future__ import annotations

from datetime import date

from sovlint.catalog.control import HOST, OWNERS
from sovlint.catalog.entries import Provider
from sovlint.catalog.load import Catalog
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown
from sovlint.resolve.holdings import owners_limited

_OPEN_ENDS = {OWNERS: "resolve.owners-of", HOST: "resolve.host-of"}
"""How what isn't known of who controls a company is named."""


def control(provider: Provider, catalog: Catalog, day: date) -> Fact[tuple[str, ...]]:
    """Who controls a provider; what was not found of it, only a qualification in force can make up for."""
    if not provider.control_open or owners_limited(provider.id, catalog, day):
        return Known(provider.control)
    open_ends = tuple(Note(_OPEN_ENDS[what], {"name": name}) for what, name in provider.control_open)
    detail = ", ".join(f"{what} of {name}" for what, name in provider.control_open)
    return Unknown(Reason.NO_EVIDENCE, detail, note=Note("resolve.control-open", {"what": open_ends}))
