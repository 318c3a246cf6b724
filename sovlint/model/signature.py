"""Signatures: what the name of a setting, and those beside it, prove of where data goes. Applied to what is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from typing import Any

from sovlint.model.address_text import made
from sovlint.model.resource import Sent
from sovlint.model.source import Located
from sovlint.model.value import Known, Reason, Unknown, Value

_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that something is given: its name, its value (perhaps unknown), and where it is given."""

    name: str
    value: Value
    where: Located


class Names:
    """Names of settings, and globs of names: regular expressions, which take long to make, only where one is asked."""

    __slots__ = ("_exact", "_globs", "_pattern")

    def __init__(self, patterns: Sequence[str]) -> None:
        self._globs = tuple(each for each in patterns if _GLOB.search(each))
        self._exact = frozenset(patterns).difference(self._globs)
        self._pattern: re.Pattern[str] | None = None

    def match(self, name: str) -> bool:
        """Whether a folded name is one of these."""
        if name in self._exact or not self._globs:
            return name in self._exact
        if self._pattern is None:
            self._pattern = re.compile("|".join(map(translate, self._globs)))
        return self._pattern.match(name) is not None


@dataclass(frozen=True, slots=True)
class AddressRule:
    """Where an address stands: names of settings, and the text that is made of the value (``https://api.{}``).

    In a connection string or the query of a URL, ``{AccountName}`` is the field of that name; one that isn't there
    makes it no address. A text without a hole is the address itself. ``when``: only a value that is known and looks
    like this counts (``mailjet+api://...``); a name has any number of such rules, and one without.
    """

    names: Names
    text: str = "{}"
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A group of settings that say together where data is sent.

    ``role`` is that of the placement; ``link`` the kind of flow where the address is a service's of the same cluster,
    ``back`` whether data comes back then. ``company`` is the catalogue's id of who gets it, where no address says so;
    ``only``: whether nobody else answers to it, wherever the address is. ``address``: the first that is there counts if
    there is a company, else all do. ``credential``: settings that show that it is used; ``without``: the address where
    none is written. ``region``: settings that tell the region; where they could and don't, and no address is written,
    nothing shows whose it is, unless ``only`` does. ``needs``: settings one of which must be there too. ``like``: what
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

    @classmethod
    def of(cls, name: str, data: Mapping[str, Any]) -> Signature:
        """From an entry of ``catalog/signatures``."""
        return cls(
            name,
            data["role"],
            tuple(_address_rule(each) for each in data.get("address", ())),
            data["link"],
            data.get("back", False),
            data.get("company"),
            data.get("only", False),
            Names(data["credential"]) if "credential" in data else None,
            data.get("without"),
            Names(data["region"]) if "region" in data else None,
            Names(data["needs"]) if "needs" in data else None,
            re.compile(data["like"], re.IGNORECASE) if "like" in data else None,
            Names(data["but"]) if "but" in data else None,
            Names(data["unless"]) if "unless" in data else None,
        )


@dataclass(frozen=True, slots=True)
class Signal:
    """Where data is sent: ``link`` and ``back`` are for an address inside the cluster. ``id``: by which signature;
    ``addressed``: whether an address says so, and not only that a credential is there."""

    sent: Sent
    link: str
    back: bool
    id: str = ""
    addressed: bool = True


Named = tuple[Signature, str, int]
"""A signature that a name belongs to, as what, and the number of the address rule."""
ADDRESS, CREDENTIAL, REGION, NEEDS, UNLESS = "address", "credential", "region", "needs", "unless"


class Signatures:
    """All signatures; which of them a name belongs to is worked out once."""

    __slots__ = ("_by_name", "_signatures")

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self._signatures = signatures
        self._by_name: dict[str, tuple[Named, ...]] = {}

    def signals(self, settings: Iterable[Setting], doubts: Sequence[Unknown] = ()) -> Iterator[Signal]:
        """Where ``settings``, taken together, send data to. ``doubts``: why there may be others that aren't known."""
        met: dict[str, _Met] = {}
        for setting in settings:
            if _is_empty(setting.value):
                continue
            switched = _is_switch(setting.value)
            for signature, slot, number in self._named(setting.name):
                if switched and (slot == CREDENTIAL or (slot == ADDRESS and signature.address[number].when is None)):
                    continue
                met.setdefault(signature.id, _Met(signature)).add(setting, slot, number)
        for each in met.values():
            yield from each.signals(doubts)

    def _named(self, name: str) -> tuple[Named, ...]:
        if name not in self._by_name:
            self._by_name[name] = tuple(self._slots(folded(name)))
        return self._by_name[name]

    def _slots(self, name: str) -> Iterator[Named]:
        for signature in self._signatures:
            if signature.but is not None and signature.but.match(name):
                continue
            for number, rule in enumerate(signature.address):
                if rule.names.match(name):
                    yield signature, ADDRESS, number
                    if rule.when is None:
                        break
            for slot, names in (
                (CREDENTIAL, signature.credential), (REGION, signature.region), (NEEDS, signature.needs),
                (UNLESS, signature.unless),
            ):  # fmt: skip
                if names is not None and names.match(name):
                    yield signature, slot, 0


class _Met:
    """The settings of one signature that are there."""

    __slots__ = ("_settings", "_signature")

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._settings: dict[tuple[str, int], list[Setting]] = {}

    def add(self, setting: Setting, slot: str, number: int) -> None:
        self._settings.setdefault((slot, number), []).append(setting)

    def signals(self, doubts: Sequence[Unknown]) -> Iterator[Signal]:
        signature = self._signature
        if (UNLESS, 0) in self._settings or (signature.needs is not None and (NEEDS, 0) not in self._settings):
            return
        addressed = list(self._addressed())
        for sent in addressed or self._by_credential(doubts):
            yield Signal(sent, signature.link, signature.back, signature.id, bool(addressed))

    def _addressed(self) -> Iterator[Sent]:
        for number, rule in enumerate(self._signature.address):
            met = False
            for setting in self._settings.get((ADDRESS, number), ()):
                if rule.when is not None and not _looks(rule.when, setting.value):
                    continue
                value = made(rule.text, setting.value)
                if value is not None and self._is_like(setting.value):
                    met = True
                    yield self._sent(setting, value, self._signature.company if self._signature.only else None)
            if met and self._signature.company is not None:
                return

    def _by_credential(self, doubts: Sequence[Unknown]) -> Iterator[Sent]:
        for setting in self._settings.get((CREDENTIAL, 0), ())[:1]:
            yield replace(self._unaddressed(setting, doubts), names=setting.value, company=self._signature.company)

    def _unaddressed(self, setting: Setting, doubts: Sequence[Unknown]) -> Sent:
        signature = self._signature
        if signature.region is not None and not signature.only and (REGION, 0) not in self._settings:
            return self._sent(setting, Unknown(Reason.NO_EVIDENCE, "endpoint"), None)
        if signature.address and doubts:  # an address may be among what isn't known
            return self._sent(setting, doubts[0], signature.company if signature.only else None)
        sent = self._sent(setting, Known(signature.without), signature.company)
        return replace(sent, default=signature.without is not None)

    def _sent(self, setting: Setting, value: Value, company: str | None) -> Sent:
        regions = self._settings.get((REGION, 0))
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
        return like is None or not isinstance(value, Known) or like.search(str(value.value)) is not None


def folded(name: str) -> str:
    """A name as patterns have it: ``spring.datasource.url`` and ``--spring-datasource-url`` are the same."""
    return name.lstrip("-").upper().replace("-", "_").replace(".", "_")


def _looks(pattern: str, value: Value) -> bool:
    return isinstance(value, Known) and re.search(pattern, str(value.value), re.IGNORECASE) is not None


def _is_empty(value: Value) -> bool:
    return isinstance(value, Known) and (value.value is None or not str(value.value).strip())


def _is_switch(value: Value) -> bool:
    """Whether a value only says that something is on: no address and no key, but to a rule that asks for it."""
    return isinstance(value, Known) and str(value.value).strip().lower() == "true"


def _address_rule(data: Mapping[str, Any]) -> AddressRule:
    return AddressRule(Names(data["names"]), data.get("text", "{}"), data.get("when"))
