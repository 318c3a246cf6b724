"""Vendors that are called after a company of the catalogue: nobody clears one by a longer name of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.text import Note


def left_out(each: Attestation, catalog: Catalog, day: date) -> Note | None:
    """Why an attestation of control doesn't count: its vendor is called after a company of the catalogue (``OVHcloud
    USA``), and it leaves out states that can compel that one; or such outside every area that can compel another of
    its group (``OVHcloud US``), or that the name itself tells. ``None`` where it names them all, or the vendor is
    called after nobody."""
    namesake = catalog.namesake(each.vendor) if each.vendor else None
    if namesake is None:
        return None
    own = catalog.control(namesake.provider.id, day).states
    others = (
        state
        for provider in catalog.family(namesake.provider.id, day)
        for state in catalog.control(provider, day).states
        if _is_outside(state, catalog)
    )
    states = dict.fromkeys((*own, *others, *_told(namesake.rest, catalog)))
    missing = [state for state in states if state not in each.control]
    if not missing:
        return None
    names = tuple(catalog.jurisdictions[state].name for state in missing)
    params = {"owner": each.owner, "id": namesake.provider.id, "states": names}
    return Note("resolve.attested-namesake", {**params, "name": namesake.provider.name})


def _told(words: Sequence[str], catalog: Catalog) -> Iterator[str]:
    """States outside every area that words of a name tell, by their names, or by their codes in capitals."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            written = " ".join(words[start:end])
            is_code = len(written) < 4
            if is_code and not written.isupper():
                continue
            found = catalog.find_state(written) or catalog.state_mistaken(written)
            if found and _is_outside(found, catalog):
                yield found


def _is_outside(code: str, catalog: Catalog) -> bool:
    state = catalog.jurisdictions.get(code)
    return state is not None and not state.areas
