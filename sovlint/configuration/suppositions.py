"""A file of suppositions -> ``Supposition``, as far as it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sovlint.configuration import config_file
from sovlint.configuration.entries import EntryReader
from sovlint.errors import SovlintError
from sovlint.files import globs
from sovlint.model.findings.supposition import (
    AdequacyChange,
    Buyer,
    LawChange,
    RegionMove,
    SupposedEvent,
    SupposedLapse,
    SupposedTerm,
    Supposition,
    Takeover,
)

if TYPE_CHECKING:
    from sovlint.model.source import Span

KEY: Final = "suppose"
SCHEMA: Final = Path(__file__).parents[1] / "schemas" / "suppose.json"
_DAYS: Final = ("since", "until", "continues_until")
_SCHEMA_HINT: Final = "`sovlint schema suppose` has every key."


def read(path: Path, name: str) -> tuple[tuple[Supposition, ...], tuple[SovlintError, ...]]:
    """The suppositions of a file that are right, and everything that is wrong with it, each with file, line and column.
    ``name`` is what reports call the file."""
    try:
        document = config_file.read(path, name)
    except SovlintError as error:
        return (), (error,)
    if document is None:
        return (), (
            SovlintError(
                f"{path} supposes nothing: it is empty.", f"It has a list under `{KEY}`."
            ),
        )
    wrong = [
        SovlintError(each.message, _SCHEMA_HINT)
        for each in config_file.problems(document, path, SCHEMA)
    ]
    if wrong:
        return (), tuple(wrong)
    file = EntryReader(document, path, globs.Base())
    found = tuple(
        supposition
        for index, entry in enumerate(document.data[KEY])
        if (supposition := _supposition(file, entry, index)) is not None
    )
    return found, tuple(file.problems)


def _supposition(
    file: EntryReader, entry: Mapping[str, Any], index: int
) -> Supposition | None:
    """The supposition that an entry is, unless something in it is wrong."""
    before = len(file.problems)
    events = {
        key: make(data, _term(file, data, KEY, index, key))
        for key, make in _EVENTS.items()
        if (data := entry.get(key)) is not None
    }
    if not events:
        file.wrong(
            f"`{entry['title']}` supposes nothing: one of {', '.join(_EVENTS)} is missing.",
            KEY,
            index,
        )
    taken = entry.get("takeover", {"company": ""})
    if ("provider" in taken) == ("company" in taken):
        file.wrong(
            "a takeover says who is bought: `provider` or `company`, one of the two.",
            KEY,
            index,
            "takeover",
        )
    if len(file.problems) > before:
        return None
    return Supposition(entry["title"], events, dict(_places(file, entry, index)))


def _term(file: EntryReader, data: Mapping[str, Any], *at: str | int) -> SupposedTerm:
    """From when until when an event is supposed to hold; a day that is none is told, and left out."""
    since, until, _ = [file.day(data, key, *at) if key in data else None for key in _DAYS]
    if since is not None and until is not None and until < since:
        file.wrong("`until` comes before `since`.", *at, "until")
    return SupposedTerm(since, until)


def _places(
    file: EntryReader, entry: Mapping[str, Any], index: int
) -> Iterator[tuple[tuple[str, ...], Span]]:
    yield (), file.document.span((KEY, index))
    for keys in _keys(entry):
        yield keys, file.document.span((KEY, index, *keys))


def _keys(entry: Mapping[str, Any], *above: str) -> Iterator[tuple[str, ...]]:
    for key, value in entry.items():
        yield *above, key
        if isinstance(value, Mapping):
            yield from _keys(value, *above, key)


def _takeover(data: Mapping[str, Any], term: SupposedTerm) -> Takeover:
    return Takeover(Buyer(**data["by"]), data.get("provider"), data.get("company"), term)


def _lapse(data: Mapping[str, Any], term: SupposedTerm) -> SupposedLapse:
    return SupposedLapse(data["qualification"], data["provider"], data.get("offer"), term)


def _law(data: Mapping[str, Any], term: SupposedTerm) -> LawChange:
    return LawChange(
        data["state"], data["name"], data.get("kind"), _day(data, "continues_until"), term
    )


def _adequacy(data: Mapping[str, Any], term: SupposedTerm) -> AdequacyChange:
    return AdequacyChange(data["state"], data.get("kind"), term)


def _region(data: Mapping[str, Any], term: SupposedTerm) -> RegionMove:
    return RegionMove(data["provider"], data["region"], data["country"], term)


def _day(data: Mapping[str, Any], key: str) -> date | None:
    """A day, where one is written that is one."""
    try:
        return date.fromisoformat(data.get(key, ""))
    except ValueError:
        return None  # told already


_EVENTS: Final[Mapping[str, Callable[[Mapping[str, Any], SupposedTerm], SupposedEvent]]] = {
    "takeover": _takeover,
    "lapses": _lapse,
    "law": _law,
    "adequacy": _adequacy,
    "region": _region,
}
"""Events by the key that they are written under."""
