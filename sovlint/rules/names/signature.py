"""Signatures: what the name of a setting, and those beside it, prove of where data goes. Applied to what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import translate
from typing import Annotated, ClassVar

from msgspec import Meta

from sovlint.model.decoding import EntryKey, Role, SomeText, SourceKey
from sovlint.rules.destination import AddressText, Destination

Ending = tuple[str, str]
"""What a name ends in, after an underscore, and what stands before that: the prefix first."""

_GLOB = re.compile(r"[*?\[]")
_UNDERSCORE = re.compile("_")

Examples = Annotated[
    tuple[Annotated[Mapping[str, str], Meta(min_length=1)], ...], Meta(min_length=1)
]
"""Settings that are given together, by name."""


class Names:
    """Names of settings, and globs of names: regular expressions, which take long to make, only where one is asked.

    ``words``: those that are nobody else's. A name that has one may have a prefix: ``OPENAI_API_KEY``, not ``API_KEY``.
    """

    __slots__ = ("_pattern", "exact", "globs", "own")

    def __init__(self, patterns: Sequence[str], words: frozenset[str] = frozenset()) -> None:
        self.globs = tuple(each for each in patterns if _GLOB.search(each))
        self.exact = frozenset(patterns).difference(self.globs)
        self._pattern: re.Pattern[str] | None = None
        self.own: frozenset[str] = frozenset()
        if words:
            self.claim(words)

    schema: ClassVar = {"type": "array", "items": {"type": "string", "minLength": 1}}

    @classmethod
    def from_written(cls, written: Sequence[str]) -> Names:
        """Of names and globs as they are written."""
        return cls(written)

    def claim(self, words: frozenset[str]) -> None:
        """Say which words are nobody else's."""
        self.own = frozenset(
            each for each in self.exact if words.intersection(each.split("_"))
        )

    def match(self, name: str) -> bool:
        """Whether a folded name is one of these."""
        if name in self.exact or not self.globs:
            return name in self.exact
        if self._pattern is None:
            self._pattern = re.compile("|".join(map(translate, self.globs)))
        return self._pattern.match(name) is not None

    def prefix(self, name: str, endings: Sequence[Ending]) -> str | None:
        """What stands before the name that is meant: nothing where it is that name, or one of a glob; ``None`` where it
        is none of these. ``endings``: what it ends in of all names that may have a prefix."""
        if name not in self.exact:
            for prefix, ending in endings:
                if ending in self.own:
                    return prefix
        return "" if self.match(name) else None


class AddressRule(AddressText, frozen=True, kw_only=True):
    """Where an address stands. A name has any number of rules with `matches`, and one without."""

    names: Names


class Signature(Destination, frozen=True, kw_only=True):
    """A group of settings that say together where data is sent."""

    id: EntryKey
    role: Role
    link: SomeText
    address: Annotated[tuple[AddressRule, ...], Meta(min_length=1)] = ()
    """The first that is there counts if there is a company, else all do."""
    credential: Names | None = None
    """Settings that show that it is used."""
    carries: SomeText = ""
    """A pattern: a credential counts only where its value has this, such as an agent among options."""
    keys: Names | None = None
    """Keys that show nothing by themselves, since anybody may speak the protocol. One under a prefix that no address has is
    another store's, where the address without a prefix has a key of its own."""
    region: Names | None = None
    """Settings that tell the region; where they could and don't, and no address is written, nothing shows whose it is,
    unless `only` does."""
    images: frozenset[SomeText] = frozenset()
    """Software that anybody runs: short names of images."""
    emulators: frozenset[SomeText] = frozenset()
    """The same of what only stands in for it in tests: where one runs beside, and no address is written, it is meant."""
    needs: Names | None = None
    """Settings one of which must be there too."""
    but: Names | None = None
    """Settings that are another's in spite of their names."""
    unless: Names | None = None
    """Settings that are there instead of it."""
    words: frozenset[SomeText] = frozenset()
    """Words in its names that are nobody else's, beside those of its id and its company: a name that has one may have a
    prefix (`VITE_`, `AIRFLOW_VAR_`, a product's own)."""
    source: SourceKey
    positive: Examples
    negative: Examples

    schema: ClassVar = {"anyOf": [{"required": ["address"]}, {"required": ["credential"]}]}

    def __post_init__(self) -> None:
        if words := self.own_words():
            for names in self.names():
                names.claim(words)

    def own_words(self) -> frozenset[str]:
        """The words in its names that are nobody else's."""
        own = _own_words(self.id, self.company) if self.company is not None else frozenset()
        return own | self.words

    def names(self) -> Iterator[Names]:
        """All names of settings that mean something to it."""
        yield from (rule.names for rule in self.address)
        others = (self.credential, self.keys, self.region, self.needs)
        yield from (each for each in others if each is not None)


def folded(name: str) -> str:
    """A name as patterns have it: ``spring.datasource.url`` and ``--spring-datasource-url`` are the same."""
    return name.lstrip("-").upper().replace("-", "_").replace(".", "_")


def _own_words(*ids: str) -> frozenset[str]:
    """The words of ids by which names are told from anybody's: short ones are too common, unless they have a figure."""
    words = {word for each in ids for word in each.upper().split("-")}
    return frozenset(word for word in words if len(word) > 2 or any(map(str.isdigit, word)))
