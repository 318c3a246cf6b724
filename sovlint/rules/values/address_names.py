"""What the name of a setting says of an address in it: that somebody answers there, that it is only shown, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any, Final

from sovlint.model.decoding import late_pattern

_WORDS: Final = late_pattern(r"[A-Z0-9]+(?![a-z])|[A-Z]?[a-z0-9]+")
_DEFINITION: Final = late_pattern(r"[\w.|-]+")
_IDENTIFIER: Final = "URI"
"""What an address is called that may only identify: a URL is one to reach something at (RFC 3986, 1.1.3)."""
_DIGITS: Final = "0123456789"
_SHORT: Final = 3
"""Letters of a word that isn't looked at for a plural."""
_NO_LIST: Final[Mapping[str, Any]] = {"list": ()}


class NameSays(Enum):
    """What a name says of an address.

    ``ADDRESS``: that something is sent there (``PARTNER_URL``). ``SHOWN``: that it is only shown, linked or fetched
    (``LOGO_URL``). ``SERVED``: that this is where the thing itself answers, or whom it lets in (``CORS_ORIGINS``).
    ``OWN``: the same, of the software's own site (``SITE_URL``). ``CALLBACK``: that somebody is told to call there.
    ``IDENTIFIER``: that it only looks like an address (``xmlns``). ``NOTHING``: none of these.
    """

    ADDRESS = "address"
    SHOWN = "shown"
    SERVED = "served"
    OWN = "own"
    CALLBACK = "callback"
    IDENTIFIER = "identifier"
    NOTHING = "nothing"


class AddressNames:
    """Words in names of settings, as the catalogue has them (``address-names.yaml``): by what they say.

    A list has words, and words that follow each other with ``_`` between them. Those of ``served`` stand anywhere in a
    name, those of ``results``, ``data`` and ``sends`` too, and ``own`` and ``house`` are whole names. A name ends in all
    others: ``shown`` in front of words of ``form``. A word of ``data_over`` exempts nothing in a name with one of
    ``data`` (``PATIENT_CONTACT_URL``), nor one of ``sends_over`` in a name with one of ``sends``.
    """

    __slots__ = ("_lists", "_said", "_written")

    def __init__(self, lists: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._written = lists or {}
        self._lists: dict[str, frozenset[str]] = {}
        self._said: dict[str, NameSays] = {}

    def says(self, name: str) -> NameSays:
        """What a name says of an address in it."""
        if name not in self._said:
            is_flag = name.startswith("-")
            said = self._read(words_of(name), is_flag)
            if said is NameSays.ADDRESS and self._may_identify(name):
                said = NameSays.NOTHING
            self._said[name] = said
        return self._said[name]

    def _may_identify(self, name: str) -> bool:
        """Whether keys lead to a URI below those of systems that have one to be told apart by (``systems.insurer.uri``):
        it may identify such a system, or lead to it."""
        *above, last = name.split(".")
        keys = {"_".join(words_of(key)) for key in above}
        return words_of(last)[-1:] == (_IDENTIFIER,) and not keys.isdisjoint(
            self._words("identified_below")
        )

    def is_canonical(self, path: str) -> bool:
        """Whether the path of an address ends in the kind and the name of a definition, as one by which that is known
        wherever it is kept: ``/fhir/StructureDefinition/patient``."""
        parts = path.split("/")
        is_of_kind = parts[-2:-1] and parts[-2].upper() in self._words("canonical_paths")
        return bool(is_of_kind and _DEFINITION.fullmatch(parts[-1]))

    def _read(self, words: Sequence[str], is_flag: bool) -> NameSays:
        runs = _runs(words)
        is_own = not is_flag and "_".join(words) in self._words("own")
        over = self._over(words)
        served = self._words("served") & runs - over
        if self._site_words(words) is not None and (is_own or served):
            return NameSays.OWN
        if is_own or served:
            return NameSays.SERVED
        if self._words("callback") & runs - over and not self._words("received") & runs:
            return NameSays.SERVED if self.is_login(words) else NameSays.CALLBACK
        is_page = bool(words) and words[0] in self._words("pages")
        if is_page and self._words("services").isdisjoint(words):
            return NameSays.SERVED
        subject = _without(words, self._words("form"))
        if self._words("identifier") & _endings(words):
            return NameSays.IDENTIFIER
        if self._words("shown") & (_endings(subject) | _endings(words)) - over:
            return NameSays.SHOWN
        if self._words("canonical") & (_endings(subject) | _endings(words)):
            return NameSays.SHOWN
        if self._words("address") & _endings(words) or self._words("begins") & _beginnings(
            words
        ):
            return NameSays.ADDRESS
        return NameSays.NOTHING

    def is_switch(self, name: str) -> bool:
        """Whether a setting only says by its name whether something is used: ``USE_PREVIEW_API``."""
        return not self._words("switches").isdisjoint(words_of(name)[-3:-1])

    def publishes(self, host: str) -> bool:
        """Whether a host publishes open data, as its first label says."""
        label, _, above = host.partition(".")
        word = "_".join(words_of(label))
        is_public = not self._words("public_bodies").isdisjoint(above.upper().split("."))
        is_open = is_public and word in self._words("public_data")
        return bool(above) and (is_open or word in self._words("open_data"))

    def is_placeholder(self, host: str) -> bool:
        """Whether nobody gets anything at a host: it has still to be filled in (``example.serveur.com``), or is a mock
        (``partner-mock.acme.fr``)."""
        labels = host.upper().split(".")[:-1][:2]
        lasts = {label.rpartition("-")[2] for label in labels}
        is_mock = not self._words("mocks").isdisjoint(lasts)
        return is_mock or not self._words("placeholders").isdisjoint(labels)

    def is_login(self, words: Iterable[str]) -> bool:
        """Whether words speak of people who log in: they are sent back to where they came from."""
        return not self._words("login").isdisjoint(words)

    def is_called_apart(self, name: str, site: str) -> bool:
        """Whether a setting isn't called after the same thing as one that holds the address of a site: that of a partner
        has the partner's name in both. What frameworks put before names says nothing."""
        subject = self._site_words(words_of(site)) or ()
        told = set(subject) - self._words("frameworks")
        return told.isdisjoint(words_of(name))

    def _site_words(self, words: Sequence[str]) -> Sequence[str] | None:
        """The words before those of a site; ``None`` where a name isn't that of one."""
        if "_".join(words) in self._words("house"):
            return ()
        sizes = (size for size in (3, 2, 1) if size <= len(words))
        ends = (size for size in sizes if "_".join(words[-size:]) in self._words("site"))
        size = next(ends, 0)
        return words[:-size] if size else None

    def is_of_zone(self, name: str) -> bool:
        """Whether a variable holds the domain below which all that is here has its name."""
        return "_".join(words_of(name)) in self._words("zone")

    def is_of_machine(self, name: str) -> bool:
        """Whether a setting holds the name of a machine, and no address with a path or a scheme."""
        return not self._words("machine").isdisjoint(words_of(name)[-1:])

    def _over(self, words: Sequence[str]) -> frozenset[str]:
        """Words that exempt nothing in a name, since another one says that people's data is there or is sent."""
        met = _runs(words) | _runs([_singular(word) for word in words])
        lists = (each for each in ("data", "sends") if not met.isdisjoint(self._words(each)))
        return frozenset().union(*(self._words(f"{each}_over") for each in lists))

    def is_sent(self, name: str) -> bool:
        """Whether a name says that something is sent (``PARTNER_UPLOAD_URL``): that is no file to fetch."""
        return not self._words("sends").isdisjoint(words_of(name))

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
            or "_".join(words) in self._words("else_names")
            or self._words("else_ends") & _endings(words)
            or self._words("else_begins") & _beginnings(words)
            or self._words("else_within") & _runs(words)
            or self._words("credential") & _endings(words)
            or self.is_test(name)
        )

    def is_below_something_else(self, keys: Iterable[str]) -> bool:
        """Whether keys of a chart's values lead below one under which nothing says where data goes."""
        return not self._words("else_above").isdisjoint(
            "_".join(words_of(key)) for key in keys
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
        if key not in self._lists:
            self._lists[key] = frozenset(self._written.get(key, _NO_LIST)["list"])
        return self._lists[key]


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in capitals: of ``partnerApiUrl``, ``--partner-api-url`` and ``PARTNER_API_URL_2`` the same."""
    words = list(spelt(name))
    while words and words[-1].isdigit():
        words.pop()
    return (*words[:-1], *(word.rstrip(_DIGITS) for word in words[-1:]))


def _singular(word: str) -> str:
    """A word without the ending of a plural."""
    return word[:-1] if len(word) > _SHORT and word[-1] in "SX" else word


def spelt(name: str) -> tuple[str, ...]:
    """All words of a name in capitals, with the number behind them."""
    return tuple(word.upper() for word in _WORDS.findall(name))


def _runs(words: Sequence[str]) -> frozenset[str]:
    """The words, and each two and three in a row with ``_`` between them."""
    twos = map("_".join, pairwise(words))
    threes = map("_".join, zip(words, words[1:], words[2:], strict=False))
    return frozenset((*words, *twos, *threes))


def _endings(words: Sequence[str]) -> frozenset[str]:
    """The last word, and the last two and three with ``_`` between them."""
    return frozenset(map("_".join, (words[-1:], words[-2:], words[-3:])))


def _beginnings(words: Sequence[str]) -> frozenset[str]:
    """The first word, and the first two and three with ``_`` between them."""
    return frozenset(map("_".join, (words[:1], words[:2], words[:3])))


def _without(words: Sequence[str], endings: frozenset[str]) -> Sequence[str]:
    """Words without those of an ending at their end, as often as there is one."""
    while words and words[-1] in endings:
        words = words[:-1]
    return words
