"""``hosts`` of the configuration: who runs the hosts of one's own -> ``OwnHosts``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.configuration.entries import EntryData, EntryReader
from sovlint.model.house import OwnHosts
from sovlint.rules.domains import is_glob, is_of_one_owner

KEY: Final = "hosts"
_PLACE: Final = ("provider", "region", "service")


def own_hosts(within: EntryReader, entries: Sequence[EntryData]) -> Iterator[OwnHosts]:
    """Each entry that is right; what isn't is among the ``problems`` of ``within``."""
    for index, entry in enumerate(entries):
        at = (KEY, index)
        globs = tuple(str(glob).lower() for glob in entry[KEY])
        known = len(within.problems)
        _look_at_globs(within, globs, *at)
        _look_at_answer(within, entry, *at)
        if len(within.problems) == known:
            place = {key: entry.get(key) for key in _PLACE}
            inside = entry.get("inside") is True
            yield OwnHosts(globs, within.document.span(at), **place, inside=inside)


def _look_at_globs(within: EntryReader, globs: Sequence[str], *at: str | int) -> None:
    for glob in globs:
        if not is_glob(glob):
            within.wrong(
                f"`{glob}` is no host: write `api.acme.fr` or `*.acme.fr`, without scheme, port or path.",
                *at,
                KEY,
            )
        elif not is_of_one_owner(glob):
            within.wrong(
                f"`{glob}` covers hosts of other people: name a domain of your own.", *at, KEY
            )


def _look_at_answer(within: EntryReader, entry: EntryData, *at: str | int) -> None:
    """Whether an entry says one thing."""
    named = [key for key in _PLACE if entry.get(key) is not None]
    inside = entry.get("inside") is True
    if inside and named:
        key = named[0]
        within.wrong(
            f"`inside` says that data doesn't leave by these hosts, `{key}` that it does: keep one of them.",
            *at,
        )
    elif not inside and "provider" not in named:
        within.wrong(
            "say who runs these hosts (`provider`), or that data doesn't leave by them (`inside: true`).",
            *at,
        )
