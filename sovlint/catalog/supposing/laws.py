"""Supposed laws and decisions of adequacy: one that begins, one that ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sovlint.catalog.catalog import Catalog
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.supposing.errors import SuppositionError
from sovlint.model.findings.supposition import AdequacyChange, LawChange, SupposedTerm
from sovlint.model.lookups.names import tokens


def state_named(written: str, catalog: Catalog, *keys: str) -> str:
    """The code of a state. Raises ``SuppositionError`` at ``keys`` where the catalogue has none."""
    found = catalog.find_state(written)
    if found is None or found not in catalog.written["jurisdictions"]:
        raise SuppositionError(
            keys,
            f"the catalogue has no state `{written}`.",
            catalog.meant_state(written) or "Write its code of two letters: `US`.",
        )
    return found


def law_laid(
    event: LawChange, catalog: Catalog, parts: Data, source: str, _day: date
) -> Data:
    """The parts of the catalogue with a law that begins or ends."""
    state = state_named(event.state, catalog, "state")
    entry = parts["jurisdictions"][state]
    laws = list(entry.get("laws", ()))
    known = next((law for law in laws if law["name"]["en"] == _known(event, laws)), None)
    if known is None and event.kind is None:
        raise SuppositionError(("name",), f"{state} has no law `{event.name}`.", _hint(laws))
    if known is not None and event.term == SupposedTerm() and event.kind is None:
        raise SuppositionError(
            (),
            "nothing is said of this law.",
            "Say when it ends or begins: `until`, `since`.",
        )
    changed = {
        **(known or {"name": {"en": event.name, "fr": event.name}}),
        **({"kind": event.kind} if event.kind else {}),
        "source": source,
    }
    changed = _dated(changed, event.term)
    changed.pop("continues_until", None)
    if event.continues_until is not None:
        changed["continues_until"] = event.continues_until.isoformat()
    others = [law for law in laws if law is not known]
    return _with_state(parts, state, {**entry, "laws": [*others, changed]})


def adequacy_laid(
    event: AdequacyChange, catalog: Catalog, parts: Data, source: str, _day: date
) -> Data:
    """The parts of the catalogue with a decision of adequacy that begins or ends."""
    state = state_named(event.state, catalog, "state")
    entry = parts["jurisdictions"][state]
    known = entry.get("adequacy")
    if known is None and event.kind is None:
        raise SuppositionError(
            ("state",),
            f"there is no decision of adequacy for {state} to change.",
            "For a new one say whom it covers: `kind: general`, `commercial` or `certified`.",
        )
    if event.term == SupposedTerm():
        raise SuppositionError(
            (),
            "nothing is said of this decision.",
            "Say when it ends or begins: `until`, `since`.",
        )
    kind = event.kind or known["kind"]
    changed = _dated({**(known or {}), "kind": kind, "source": source}, event.term)
    return _with_state(parts, state, {**entry, "adequacy": changed})


def _dated(entry: Mapping[str, Any], term: SupposedTerm) -> dict[str, Any]:
    """An entry with the term that is supposed: one that begins anew has no end, unless that is said too."""
    kept = dict(entry)
    if term.since is not None:
        kept.pop("until", None)
        kept["since"] = term.since.isoformat()
    if term.until is not None:
        kept["until"] = term.until.isoformat()
    return kept


def _known(event: LawChange, laws: list[Any]) -> str | None:
    """The name of the one law that is called so, in either language, or whose name has all these words."""
    wanted = tokens(event.name)
    named = [law["name"] for law in laws]
    for fits in (_is, _has):
        found = [
            each["en"]
            for each in named
            if any(fits(tokens(each[of]), wanted) for of in ("en", "fr"))
        ]
        if len(found) == 1:
            return str(found[0])
    return None


def _is(name: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return name == wanted


def _has(name: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return bool(wanted) and set(wanted) <= set(name)


def _hint(laws: list[Any]) -> str:
    names = [law["name"]["en"] for law in laws]
    known = f"It has: {', '.join(f'`{name}`' for name in names)}. " if names else ""
    return f"{known}For a new law say what it does: `kind: orders`, `intelligence` or `collection`."


def _with_state(parts: Data, state: str, entry: Any) -> Data:
    return {**parts, "jurisdictions": {**parts["jurisdictions"], state: entry}}
