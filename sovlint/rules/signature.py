"""Signatures: what the name of a setting, and those beside it, prove of where data goes. Applied to what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import translate
from typing import Any

from msgspec import Struct

from sovlint.model.resource import Sent
from sovlint.model.source import Located
from sovlint.model.value import Value

Ending = tuple[str, str]
"""What a name ends in, after an underscore, and what stands before that: the prefix first."""

_GLOB = re.compile(r"[*?\[]")
_UNDERSCORE = re.compile("_")


class Setting(Struct, frozen=True):
    """One setting that something is given: its name, its value (perhaps unknown), and where it is given."""

    name: str
    value: Value
    where: Located


class Names:
    """Names of settings, and globs of names: regular expressions, which take long to make, only where one is asked.

    ``words``: those that are nobody else's. A name that has one may have a prefix: ``OPENAI_API_KEY``, not ``API_KEY``.
    """

    __slots__ = ("_exact", "_globs", "_pattern", "own")

    def __init__(self, patterns: Sequence[str], words: frozenset[str] = frozenset()) -> None:
        self._globs = tuple(each for each in patterns if _GLOB.search(each))
        self._exact = frozenset(patterns).difference(self._globs)
        self.own = frozenset(each for each in self._exact if words.intersection(each.split("_")))
        self._pattern: re.Pattern[str] | None = None

    def match(self, name: str) -> bool:
        """Whether a folded name is one of these."""
        if name in self._exact or not self._globs:
            return name in self._exact
        if self._pattern is None:
            self._pattern = re.compile("|".join(map(translate, self._globs)))
        return self._pattern.match(name) is not None

    def prefix(self, name: str, endings: Sequence[Ending]) -> str | None:
        """What stands before the name that is meant: nothing where it is that name, or one of a glob; ``None`` where it
        is none of these. ``endings``: what it ends in of all names that may have a prefix."""
        if name not in self._exact:
            for prefix, ending in endings:
                if ending in self.own:
                    return prefix
        return "" if self.match(name) else None


class AddressRule(Struct, frozen=True):
    """Where an address stands: names of settings, and the text that is made of the value (``https://api.{}``).

    In a connection string or the query of a URL, ``{AccountName}`` is the field of that name; one that isn't there
    makes it no address. A text without a hole is the address itself. ``when``: only a value that is known and looks
    like this counts (``mailjet+api://...``); a name has any number of such rules, and one without.
    """

    names: Names
    text: str = "{}"
    when: str | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any], words: frozenset[str]) -> AddressRule:
        """From one of ``address`` in an entry of ``catalog/signatures``."""
        return cls(Names(data["names"], words), data.get("text", "{}"), data.get("when"))


class Signature(Struct, frozen=True):
    """A group of settings that say together where data is sent.

    ``role`` is that of the placement; ``link`` the kind of flow where the address is a service's of the same cluster,
    ``back`` whether data comes back then. ``company`` is the catalogue's id of who gets it, where no address says so;
    ``only``: whether nobody else answers to it, wherever the address is. ``address``: the first that is there counts if
    there is a company, else all do. ``credential``: settings that show that it is used; ``without``: the address where
    none is written. ``region``: settings that tell the region; where they could and don't, and no address is written,
    nothing shows whose it is, unless ``only`` does. ``kind``: that of the service whose protocol others speak too: the
    region that is written may be that of any of them, one of ``anyones`` is what software says that anybody runs, and
    ``images`` are such software, by short names. ``needs``: settings one of which must be there too. ``like``: what
    a value that is known must look like; any other isn't an address. ``but``: settings that are another's in spite of
    their names. ``unless``: settings that are there instead of it.
    """

    id: str
    role: str
    address: tuple[AddressRule, ...]
    link: str
    back: bool = False
    company: str | None = None
    only: bool = False
    credential: Names | None = None
    without: str | None = None
    region: Names | None = None
    needs: Names | None = None
    like: re.Pattern[str] | None = None
    but: Names | None = None
    unless: Names | None = None
    kind: str | None = None
    anyones: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()

    def names(self) -> Iterator[Names]:
        """All names of settings that mean something to it."""
        yield from (rule.names for rule in self.address)
        yield from (each for each in (self.credential, self.region, self.needs) if each is not None)

    @classmethod
    def of(cls, name: str, data: Mapping[str, Any]) -> Signature:
        """From an entry of ``catalog/signatures``."""
        words = _own_words(name, data["company"]) if "company" in data else frozenset()
        credential, region, needs = (
            Names(data[key], words) if key in data else None for key in ("credential", "region", "needs")
        )
        return cls(
            name,
            data["role"],
            tuple(AddressRule.of(each, words) for each in data.get("address", ())),
            data["link"],
            data.get("back", False),
            data.get("company"),
            data.get("only", False),
            credential,
            data.get("without"),
            region,
            needs,
            re.compile(data["like"], re.IGNORECASE) if "like" in data else None,
            Names(data["but"]) if "but" in data else None,
            Names(data["unless"]) if "unless" in data else None,
            data.get("kind"),
            frozenset(data.get("anyones", ())),
            frozenset(data.get("images", ())),
        )


class Signal(Struct, frozen=True):
    """Where data is sent: ``link`` and ``back`` are for an address inside the cluster. ``id``: by which signature;
    ``addressed``: whether an address says so, and not only that a credential is there."""

    sent: Sent
    link: str
    back: bool
    id: str = ""
    addressed: bool = True


def folded(name: str) -> str:
    """A name as patterns have it: ``spring.datasource.url`` and ``--spring-datasource-url`` are the same."""
    return name.lstrip("-").upper().replace("-", "_").replace(".", "_")


def _own_words(*ids: str) -> frozenset[str]:
    """The words of ids by which names are told from anybody's: short ones are too common, unless they have a figure."""
    words = {word for each in ids for word in each.upper().split("-")}
    return frozenset(word for word in words if len(word) > 2 or any(map(str.isdigit, word)))
