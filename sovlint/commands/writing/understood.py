"""What answers mean: companies, regions, states, days and roles, each with what was probably meant where they don't."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sovlint.errors import SovlintError, did_you_mean
from sovlint.files.nothing_said import says_nothing

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog


def text(written: str) -> str:
    """A text that says something."""
    if says_nothing(written):
        raise SovlintError(f"`{written}` says nothing.", "Write what it is, in a few words.")
    return written.strip()


def day(written: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise SovlintError(f"{written!r} is not a day (YYYY-MM-DD).") from None


def state(written: str, catalog: Catalog) -> str:
    """The code of a state, given by its code or its name."""
    found = catalog.find_state(written)
    if found is None:
        raise SovlintError(
            f"The catalogue has no state `{written}`.", catalog.meant_state(written)
        )
    if found in catalog.areas or found == "EU":
        raise SovlintError(f"`{written}` is no state.", "Name each state by itself.")
    return found


def states(written: str, catalog: Catalog) -> tuple[str, ...]:
    """The codes of several states, with commas between them."""
    return tuple(dict.fromkeys(state(each, catalog) for each in _several(written)))


def qualification(written: str, catalog: Catalog) -> str:
    """The id of a qualification."""
    name = written.strip().casefold()
    if name not in catalog.schemes:
        raise SovlintError(
            f"There is no qualification `{written}`.", f"Known: {', '.join(catalog.schemes)}."
        )
    return name


def services(written: str, provider: str, catalog: Catalog) -> tuple[str, ...]:
    """The ids of several services of a provider, with commas between them."""
    return tuple(
        dict.fromkeys(_service(each, provider, catalog) for each in _several(written))
    )


def _several(written: str) -> list[str]:
    """What stands between commas: one at least, since a list of none would be written and then refused."""
    named = [each.strip() for each in written.split(",") if each.strip()]
    return named or [text(written)]


def _service(written: str, provider: str, catalog: Catalog) -> str:
    found = catalog.service_named(provider, written)
    if found is None:
        known = sorted(catalog.offering.services(provider))
        close = did_you_mean(written, known)
        raise SovlintError(
            f"{catalog.providers[provider].name} has no service `{written}` in the catalogue.",
            close or f"Known: {', '.join(known)}.",
        )
    return found


def region(written: str, provider: str, catalog: Catalog) -> str:
    """The code of a region of a provider."""
    found = catalog.find_region(provider, written)
    if found is None:
        known: Sequence[str] = list(catalog.providers[provider].regions)
        close = did_you_mean(written, known)
        raise SovlintError(
            f"{catalog.providers[provider].name} has no region `{written}` in the catalogue.",
            close or f"Known: {', '.join(known)}.",
        )
    return found.code
