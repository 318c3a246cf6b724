"""Signatures: what the name of a setting, and those beside it, prove of where data goes. Applied to what is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from fnmatch import translate
from typing import Annotated, ClassVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from sovlint.model.decoding import EntryId, EntryKey, ProviderId, Role, SomeText, SourceKey, pattern
from sovlint.model.resource import Sent
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.address_text import made

Ending = tuple[str, str]
"""What a name ends in, after an underscore, and what stands before that: the prefix first."""

_GLOB = re.compile(r"[*?\[]")
_UNDERSCORE = re.compile("_")

Examples = Annotated[tuple[Annotated[Mapping[str, str], Meta(min_length=1)], ...], Meta(min_length=1)]
"""Settings that are given together, by name."""


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
        self.own = frozenset(each for each in self._exact if words.intersection(each.split("_")))

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
    """Where an address stands. A name has any number of rules with `when`, and one without."""

    names: Names
    text: SomeText = "{}"
    """`{}` is the value, `{Field}` a field of a connection string or a query, and it is no address where that isn't
    there; without either, the address."""
    when: SomeText = ""
    """A pattern: only a value that is known and looks like this counts."""


class Signature(Struct, frozen=True, kw_only=True):
    """A group of settings that say together where data is sent."""

    id: EntryKey
    role: Role
    link: SomeText
    """The kind of flow where the address is a service's of the same cluster."""
    back: bool = False
    """Whether data comes back from such a service."""
    company: ProviderId | None = None
    """Who gets it, where no address says so."""
    only: bool = False
    """Nobody else answers to it, wherever the address is."""
    address: Annotated[tuple[AddressRule, ...], Meta(min_length=1)] = ()
    """The first that is there counts if there is a company, else all do."""
    credential: Names | None = None
    """Settings that show that it is used."""
    without: SomeText | None = None
    """The address where none is written."""
    region: Names | None = None
    """Settings that tell the region; where they could and don't, and no address is written, nothing shows whose it is,
    unless `only` does."""
    kind: EntryId | None = None
    """The kind of service, where others than the company speak its protocol: a region may be that of any of them."""
    anyones: frozenset[SomeText] = frozenset()
    """Regions that software says which anybody runs."""
    images: frozenset[SomeText] = frozenset()
    """Such software: short names of images."""
    needs: Names | None = None
    """Settings one of which must be there too."""
    like: SomeText = ""
    """A pattern that a known value must match to be an address."""
    but: Names | None = None
    """Settings that are another's in spite of their names."""
    unless: Names | None = None
    """Settings that are there instead of it."""
    source: SourceKey
    positive: Examples
    negative: Examples

    schema: ClassVar = {"anyOf": [{"required": ["address"]}, {"required": ["credential", "company"]}]}

    def __post_init__(self) -> None:
        if self.company is not None:
            words = _own_words(self.id, self.company)
            for names in self.names():
                names.claim(words)

    def names(self) -> Iterator[Names]:
        """All names of settings that mean something to it."""
        yield from (rule.names for rule in self.address)
        yield from (each for each in (self.credential, self.region, self.needs) if each is not None)


class Signal(Struct, frozen=True):
    """Where data is sent: ``link`` and ``back`` are for an address inside the cluster. ``id``: by which signature;
    ``addressed``: whether an address says so, and not only that a credential is there."""

    sent: Sent
    link: str
    back: bool
    id: str = ""
    addressed: bool = True


NamedSignature = tuple[Signature, str, int, str]
"""A signature that a name belongs to, as what, the number of the address rule, and the prefix of the name."""
ADDRESS, CREDENTIAL, REGION, NEEDS, UNLESS = "address", "credential", "region", "needs", "unless"
_BARE = ""
"""The prefix of names that have none."""


class Signatures:
    """All signatures; which of them a name belongs to is worked out once."""

    __slots__ = ("_by_name", "_longest", "_own", "_signatures")

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self._signatures = signatures
        self._own = frozenset(own for each in signatures for names in each.names() for own in names.own)
        self._longest = max(map(len, self._own), default=0)
        self._by_name: dict[str, tuple[NamedSignature, ...]] = {}

    def signals(
        self, settings: Iterable[Setting], doubts: Sequence[Unknown] = (), beside: Collection[str] = ()
    ) -> Iterator[Signal]:
        """Where ``settings``, taken together, send data to. ``doubts``: why there may be others that aren't known;
        ``beside``: short names of the images that run beside whatever is given them."""
        met: dict[str, _Met] = {}
        for setting in settings:
            if _is_empty(setting.value):
                continue
            switched = _is_switch(setting.value)
            for signature, slot, number, prefix in self._named(setting.name):
                if switched and (slot == CREDENTIAL or (slot == ADDRESS and not signature.address[number].when)):
                    continue
                met.setdefault(signature.id, _Met(signature)).add(setting, slot, number, prefix)
        for each in met.values():
            yield from each.signals(doubts, beside)

    def _named(self, name: str) -> tuple[NamedSignature, ...]:
        if name not in self._by_name:
            self._by_name[name] = tuple(self._slots(folded(name)))
        return self._by_name[name]

    def _endings(self, name: str) -> Sequence[Ending]:
        """What a name ends in of all that may have a prefix, the longest first."""
        cuts = (met.start() for met in _UNDERSCORE.finditer(name, max(0, len(name) - self._longest - 1)))
        return [(name[:cut].rstrip("_"), name[cut + 1 :]) for cut in cuts if name[cut + 1 :] in self._own]

    def _slots(self, name: str) -> Iterator[NamedSignature]:
        endings = self._endings(name)
        for signature in self._signatures:
            if signature.but is not None and signature.but.match(name):
                continue
            for number, rule in enumerate(signature.address):
                prefix = rule.names.prefix(name, endings)
                if prefix is not None:
                    yield signature, ADDRESS, number, prefix
                    if not rule.when:
                        break
            for slot, names in (
                (CREDENTIAL, signature.credential), (REGION, signature.region), (NEEDS, signature.needs),
                (UNLESS, signature.unless),
            ):  # fmt: skip
                prefix = None if names is None else names.prefix(name, endings)
                if prefix is not None:
                    yield signature, slot, 0, prefix


class _Met:
    """The settings of one signature that are there, by the prefix of their names: ``A_S3_REGION`` says nothing of
    ``B_S3_BUCKET``, and ``S3_REGION`` does where ``B_S3_REGION`` isn't there."""

    __slots__ = ("_met", "_settings", "_signature")

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._settings: dict[str, dict[tuple[str, int], list[Setting]]] = {}
        self._met: set[tuple[str, int, int, int]] = set()

    def add(self, setting: Setting, slot: str, number: int, prefix: str) -> None:
        once = (slot, number, id(setting.value), id(setting.where))
        if once not in self._met:  # formats call one setting by several names
            self._met.add(once)
            self._settings.setdefault(prefix, {}).setdefault((slot, number), []).append(setting)

    def signals(self, doubts: Sequence[Unknown], beside: Collection[str]) -> Iterator[Signal]:
        own = next(iter(sorted(self._signature.images.intersection(beside))), None)
        if own is not None:
            doubts = (Unknown(Reason.NO_EVIDENCE, "endpoint", note=Note("model.runs-beside", {"image": own})), *doubts)
        addressed = {prefix: list(self._addressed(prefix)) for prefix in self._settings if self._counts(prefix)}
        keys = (
            sent
            for prefix, found in addressed.items()
            if not found
            for sent in self._by_credential(prefix, addressed, doubts)
        )
        yield from (self._signal(sent, True) for found in addressed.values() for sent in found)
        yield from (self._signal(sent, False) for sent in _once(keys))

    def _signal(self, sent: Sent, addressed: bool) -> Signal:
        return Signal(sent, self._signature.link, self._signature.back, self._signature.id, addressed)

    def _counts(self, prefix: str) -> bool:
        if self._of(prefix, UNLESS):
            return False
        return self._signature.needs is None or bool(self._of(prefix, NEEDS))

    def _of(self, prefix: str, slot: str) -> Sequence[Setting]:
        """The settings under a prefix, else those without one."""
        return self._own(prefix, slot) or self._own(_BARE, slot)

    def _own(self, prefix: str, slot: str, number: int = 0) -> Sequence[Setting]:
        return self._settings.get(prefix, {}).get((slot, number), ())

    def _addressed(self, prefix: str) -> Iterator[Sent]:
        for number, rule in enumerate(self._signature.address):
            met = False
            for setting in self._own(prefix, ADDRESS, number):
                if rule.when and not _looks(rule.when, setting.value):
                    continue
                value = made(rule.text, setting.value)
                if value is not None and self._is_like(setting.value):
                    met = True
                    yield self._sent(prefix, setting, value, self._signature.company if self._signature.only else None)
            if met and self._signature.company is not None:
                return

    def _by_credential(
        self, prefix: str, addressed: Mapping[str, Sequence[Sent]], doubts: Sequence[Unknown]
    ) -> Iterator[Sent]:
        credential = self._own(prefix, CREDENTIAL)
        if not credential or self._is_told(prefix, addressed):
            return
        setting = credential[0]
        sent = self._unaddressed(prefix, setting, doubts)
        yield replace(sent, names=setting.value, company=self._signature.company)

    def _unaddressed(self, prefix: str, setting: Setting, doubts: Sequence[Unknown]) -> Sent:
        signature = self._signature
        if signature.region is not None and not signature.only and not self._of(prefix, REGION):
            return self._sent(prefix, setting, Unknown(Reason.NO_EVIDENCE, "endpoint"), None)
        if signature.address and doubts:  # an address may be among what isn't known
            return self._sent(prefix, setting, doubts[0], signature.company if signature.only else None)
        if signature.kind is not None:
            return self._in_region(prefix, setting, signature.kind)
        sent = self._sent(prefix, setting, Known(signature.without), signature.company)
        return replace(sent, default=signature.without is not None)

    def _is_told(self, prefix: str, addressed: Mapping[str, Sequence[Sent]]) -> bool:
        """Whether the address of a credential is one of another prefix: the one without, or, where any company may
        answer, one that has no credential of its own."""
        if prefix != _BARE:
            return bool(addressed.get(_BARE))
        return self._signature.kind is not None and any(
            found and not self._own(other, CREDENTIAL) for other, found in addressed.items()
        )

    def _in_region(self, prefix: str, setting: Setting, kind: str) -> Sent:
        """What a region alone says, of a protocol that several companies speak, and software that anybody runs."""
        region = self._of(prefix, REGION)[0].value
        if isinstance(region, Known) and str(region.value).strip().lower() in self._signature.anyones:
            note = Note("model.region-of-anybody", {"region": str(region.value).strip()})
            anybody = Unknown(Reason.NO_EVIDENCE, "endpoint", sensitive=region.sensitive, note=note)
            return self._sent(prefix, setting, anybody, None)
        return replace(self._sent(prefix, setting, Known(None), self._signature.company), kind=kind)

    def _sent(self, prefix: str, setting: Setting, value: Value, company: str | None) -> Sent:
        regions = self._of(prefix, REGION)
        region = regions[0].value if regions else None
        signature = self._signature
        return Sent(
            value,
            setting.where,
            signature.role,
            setting.name,
            company,
            region,
            link=signature.link,
            back=signature.back,
        )

    def _is_like(self, value: Value) -> bool:
        like = self._signature.like
        return not like or not isinstance(value, Known) or _looks(like, value)


def folded(name: str) -> str:
    """A name as patterns have it: ``spring.datasource.url`` and ``--spring-datasource-url`` are the same."""
    return name.lstrip("-").upper().replace("-", "_").replace(".", "_")


def _looks(like: str, value: Value) -> bool:
    return isinstance(value, Known) and pattern(like, re.IGNORECASE).search(str(value.value)) is not None


def _once(sends: Iterable[Sent]) -> Iterable[Sent]:
    """Where several keys show the same, the first."""
    found: dict[Hashable, Sent] = {}
    for sent in sends:
        found.setdefault(sent.told, sent)
    return found.values()


def _is_empty(value: Value) -> bool:
    return isinstance(value, Known) and (value.value is None or not str(value.value).strip())


def _is_switch(value: Value) -> bool:
    """Whether a value only says whether something is on: no address and no key, but to a rule that asks for it."""
    return isinstance(value, Known) and str(value.value).strip().lower() in ("true", "false")


def _own_words(*ids: str) -> frozenset[str]:
    """The words of ids by which names are told from anybody's: short ones are too common, unless they have a figure."""
    words = {word for each in ids for word in each.upper().split("-")}
    return frozenset(word for word in words if len(word) > 2 or any(map(str.isdigit, word)))
