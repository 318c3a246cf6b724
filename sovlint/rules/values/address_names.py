"""What the name of a setting says of an address in it: that somebody answers there, that it is only shown, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, Final

_WORDS: Final = re.compile(r"[A-Z0-9]+(?![a-z])|[A-Z]?[a-z0-9]+")
_DIGITS: Final = "0123456789"


class NameSays(Enum):
    """What a name says of an address.

    ``ADDRESS``: that something is sent there (``PARTNER_URL``). ``SHOWN``: that it is only shown, linked or fetched
    (``LOGO_URL``). ``SERVED``: that this is where the thing itself answers, or whom it lets in (``CORS_ORIGINS``).
    ``IDENTIFIER``: that it only looks like an address (``xmlns``). ``NOTHING``: none of these.
    """

    ADDRESS = "address"
    SHOWN = "shown"
    SERVED = "served"
    IDENTIFIER = "identifier"
    NOTHING = "nothing"


class AddressNames:
    """Words in names of settings, as the catalogue has them (``address-names.yaml``): by what they say.

    A list has words, and words that follow each other with ``_`` between them. Those of ``served`` stand anywhere in a
    name, those of ``results`` too, and ``own`` and ``house`` are whole names. A name ends in all others: ``shown`` in
    front of words of ``form``.
    """

    __slots__ = ("_lists", "_said")

    def __init__(self, lists: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._lists = {key: frozenset(entry["list"]) for key, entry in (lists or {}).items()}
        self._said: dict[str, NameSays] = {}

    def says(self, name: str) -> NameSays:
        """What a name says of an address in it."""
        if name not in self._said:
            is_flag = name.startswith("-")
            self._said[name] = self._read(words_of(name), is_flag)
        return self._said[name]

    def _read(self, words: Sequence[str], is_flag: bool) -> NameSays:
        is_own = not is_flag and "_".join(words) in self._words("own")
        if is_own or self._words("served") & _runs(words):
            return NameSays.SERVED
        subject = _without(words, self._words("form"))
        if self._words("identifier") & _endings(words):
            return NameSays.IDENTIFIER
        if self._words("shown") & (_endings(subject) | _endings(words)):
            return NameSays.SHOWN
        if self._words("address") & _endings(words) or self._words("begins") & _beginnings(
            words
        ):
            return NameSays.ADDRESS
        return NameSays.NOTHING

    def is_of_house(self, name: str) -> bool:
        """Whether a variable holds the domain at which the software itself answers."""
        return "_".join(words_of(name)) in self._words("house")

    def watchers(self, names: Iterable[str]) -> frozenset[str]:
        """What stands before the last words of the names of settings that all are there where something is only watched
        from outside: ``endpoints_0`` of ``endpoints_0_interval`` and ``endpoints_0_conditions_0``."""
        words = [
            re.compile(rf"(.+)[._-]{each}(?:[._-]|$)", re.IGNORECASE)
            for each in self._words("watching")
        ]
        listed = tuple(names)
        found = ({met[1] for met in map(word.match, listed) if met} for word in words)
        first = next(found, set())
        return frozenset(first.intersection(*found))

    def is_test(self, name: str) -> bool:
        """Whether a setting is one of tests, or an example, by its first word or its last: what a laboratory tests isn't."""
        words = words_of(name)
        ends = (*words[:1], *words[-1:])
        return not self._words("tests").isdisjoint(ends) and not (
            self._words("results") & _runs(words)
        )

    def is_something_else(self, name: str) -> bool:
        """Whether a name is plainly that of no address and no store: a switch, a number, a key, a name of something."""
        words = words_of(name)
        if self._words("else_but") & _runs(words):
            return False
        return bool(
            not words
            or self._words("else_ends") & _endings(words)
            or self._words("else_begins") & _beginnings(words)
            or self._words("else_within") & _runs(words)
            or self._words("credential") & _endings(words)
            or self.is_test(name)
        )

    def with_credentials(self, names: Iterable[str]) -> frozenset[str]:
        """What stands before the last words of names of keys and passwords: ``PARTNER`` of ``PARTNER_API_KEY``."""
        found = (self._before(words_of(name), "credential") for name in names)
        return frozenset(each for each in found if each)

    def subject(self, name: str) -> str:
        """What an address is of, by its name: ``PARTNER`` of ``PARTNER_API_URL``."""
        words = words_of(name)
        return self._before(words, "address") or "_".join(words)

    def _before(self, words: Sequence[str], key: str) -> str:
        """The words of a name before those of an ending, and before those of an address in front of them; nothing where
        it has no such ending."""
        left = _without(words, self._words(key))
        if len(left) == len(words):
            return ""
        return "_".join(_without(left, self._words("address")))

    def _words(self, key: str) -> frozenset[str]:
        return self._lists.get(key, frozenset())


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in capitals: of ``partnerApiUrl``, ``--partner-api-url`` and ``PARTNER_API_URL_2`` the same."""
    words = list(spelt(name))
    while words and words[-1].isdigit():
        words.pop()
    return (*words[:-1], *(word.rstrip(_DIGITS) for word in words[-1:]))


def spelt(name: str) -> tuple[str, ...]:
    """All words of a name in capitals, with the number behind them."""
    return tuple(word.upper() for word in _WORDS.findall(name))


def _runs(words: Sequence[str]) -> frozenset[str]:
    """The words, and each two and three in a row with ``_`` between them."""
    return frozenset(
        "_".join(words[at : at + size])
        for size in (1, 2, 3)
        for at in range(len(words) - size + 1)
    )


def _endings(words: Sequence[str]) -> frozenset[str]:
    """The last word, and the last two and three with ``_`` between them."""
    return frozenset("_".join(words[-size:]) for size in (1, 2, 3) if size <= len(words))


def _beginnings(words: Sequence[str]) -> frozenset[str]:
    """The first word, and the first two and three with ``_`` between them."""
    return frozenset("_".join(words[:size]) for size in (1, 2, 3) if size <= len(words))


def _without(words: Sequence[str], endings: frozenset[str]) -> Sequence[str]:
    """Words without those of an ending at their end, as often as there is one."""
    while words and words[-1] in endings:
        words = words[:-1]
    return words
