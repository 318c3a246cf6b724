"""All signatures together: what settings, each of which means something to some of them, say of where data goes."""

from __future__ import annotations

import re
from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from functools import cached_property
from typing import TYPE_CHECKING

from sovlint.model.decoding import pattern
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.destination import Setting, Signal, Told, ToldAddress, sends, written_once
from sovlint.rules.names.name_index import NameIndex
from sovlint.rules.names.passed_over import NOTHING_PASSED_OVER, PassedOverValues
from sovlint.rules.names.signature import Signature, folded
from sovlint.rules.repeats import first_of_each

if TYPE_CHECKING:
    from sovlint.rules.values.by_value import ByValue

NamedSignature = tuple[Signature, str, int, str]
"""A signature that a name belongs to, as what, the number of the address rule, and the prefix of the name."""
ADDRESS, CREDENTIAL, KEY, REGION, NEEDS, UNLESS = (
    "address",
    "credential",
    "key",
    "region",
    "needs",
    "unless",
)
_BARE = ""
"""The prefix of names that have none."""


class Signatures:
    """All signatures; which of them a name belongs to is worked out once.

    ``by_value`` makes what reads values: it is asked where a setting is met, as many runs meet none.
    """

    def __init__(
        self,
        signatures: Sequence[Signature],
        by_value: Callable[[], ByValue] | None = None,
        passed_over: PassedOverValues = NOTHING_PASSED_OVER,
    ) -> None:
        self._passed_over = passed_over
        self._make_by_value = by_value
        self.signatures = signatures
        self._by_name: dict[str, tuple[NamedSignature, ...]] = {}

    @cached_property
    def _by_value(self) -> ByValue | None:
        return None if self._make_by_value is None else self._make_by_value()

    @cached_property
    def _index(self) -> NameIndex:
        return index_of(self.signatures)

    def signals(
        self,
        settings: Iterable[Setting],
        doubts: Sequence[Unknown] = (),
        beside: Collection[str] = (),
    ) -> Iterator[Signal]:
        """Where ``settings``, taken together, send data to. ``doubts``: why there may be others that aren't known;
        ``beside``: short names of the images that run beside whatever is given them."""
        listed = [setting for setting in settings if not _is_empty(setting.value)]
        met: dict[str, _Met] = {}
        passed = self._passed_over
        for setting in listed:
            for signature, slot, rule, prefix in self._meanings(setting):
                if self._is_nothing(setting, signature, slot, rule):
                    continue
                if slot == ADDRESS:
                    setting = passed.without_reference(setting)
                met.setdefault(signature.id, _Met(signature)).add(setting, slot, rule, prefix)
        yield from _without_agents(met.values(), doubts, beside)
        if self._by_value is not None:
            told = {written_once(setting) for each in met.values() for setting in each.told}
            for signal in self._by_value.signals(listed, told):
                if not passed.is_reference(signal.sent.value):
                    yield signal

    def untold(
        self, settings: Iterable[Setting], any_address: bool = False
    ) -> Iterator[Signal]:
        """Variables whose values nobody knows, and whose names say nothing: neither a signature nor a word knows them.
        ``any_address``: where nothing else is asked of what isn't written, names of addresses are asked too."""
        by_value = self._by_value
        if by_value is None:
            return
        for setting in settings:
            if isinstance(setting.value, Unknown) and self._is_asked(
                setting.name, any_address
            ):
                sent = by_value.untold(setting, any_address)
                if sent is not None:
                    yield Signal(sent, sent.link, sent.back, addressed=False)

    def untold_value(self, keys: Sequence[str], setting: Setting) -> Iterator[Signal]:
        """The same of a value of a chart, by the keys that lead to it."""
        by_value = self._by_value
        if by_value is not None and not by_value.is_below_something_else(keys):
            yield from self.untold([setting], any_address=True)

    def _is_asked(self, name: str, any_address: bool) -> bool:
        """Whether a name by itself means nothing to a signature, but where the value has to, or that an address has it."""
        known = [
            slot
            for signature, slot, number, _ in self._named(name)
            if not (slot == CREDENTIAL and signature.carries)
            and (slot != ADDRESS or not signature.address[number].matches)
        ]
        return not known or (any_address and ADDRESS in known)

    def _is_nothing(
        self, setting: Setting, signature: Signature, slot: str, rule: int
    ) -> bool:
        """Whether a value shows nothing in this place: it only switches something, or isn't filled in."""
        switched = _is_switch(setting.value)
        if slot in (CREDENTIAL, KEY) and self._passed_over.is_placeholder(setting.value):
            return True
        if slot == CREDENTIAL:
            return switched or not _carries(signature, setting)
        return switched and slot == ADDRESS and not signature.address[rule].matches

    def by_value(self, setting: Setting) -> Iterator[Signal]:
        """Where one value leads, whatever it is called: an argument of a program, say."""
        if self._by_value is None or _is_empty(setting.value):
            return
        from sovlint.rules.values.by_value import by_host  # imported late, as all of it

        for signal in self.signals([setting]):
            yield by_host(signal) if signal.sent.by is SentBy.URL else signal

    def names_store(self, setting: Setting) -> bool:
        """Whether a value can only name a store (``s3://claims``)."""
        return self._by_value is not None and self._by_value.named_store(setting) is not None

    def _meanings(self, setting: Setting) -> Sequence[NamedSignature]:
        """The signatures that a setting belongs to by its name, else by its value."""
        named = self._named(setting.name)
        store = None if self._by_value is None else self._by_value.named_store(setting)
        if store is None:
            return named
        others = [each for each in named if each[1] != ADDRESS]
        return (*others, *self._named(store.means)) if store.means else others

    def _named(self, name: str) -> tuple[NamedSignature, ...]:
        if name not in self._by_name:
            self._by_name[name] = tuple(self._slots(folded(name)))
        return self._by_name[name]

    def _slots(self, name: str) -> Iterator[NamedSignature]:
        endings = self._index.endings(name)
        for met in self._index.numbers(name, endings):
            signature = self.signatures[met]
            keys = signature.keys
            prefix = None if keys is None else keys.prefix(name, endings)
            if prefix is not None:
                yield signature, KEY, 0, prefix
            if signature.but is not None and signature.but.match(name):
                continue
            for number, rule in enumerate(signature.address):
                prefix = rule.names.prefix(name, endings)
                if prefix is not None:
                    yield signature, ADDRESS, number, prefix
                    if not rule.matches:
                        break
            for slot, names in (
                (CREDENTIAL, signature.credential), (REGION, signature.region), (NEEDS, signature.needs),
                (UNLESS, signature.unless),
            ):  # fmt: skip
                prefix = None if names is None else names.prefix(name, endings)
                if prefix is not None:
                    yield signature, slot, 0, prefix


def index_of(signatures: Sequence[Signature]) -> NameIndex:
    """All names that mean something to a signature, by its number."""
    return NameIndex(
        (number, names)
        for number, each in enumerate(signatures)
        for names in (*each.names(), *((each.unless,) if each.unless is not None else ()))
    )


class _Met:
    """The settings of one signature that are there, by the prefix of their names: ``A_S3_REGION`` says nothing of
    ``B_S3_BUCKET``, and ``S3_REGION`` does where ``B_S3_REGION`` isn't there."""

    __slots__ = ("_met", "_settings", "signature", "told")

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self._settings: dict[str, dict[tuple[str, int], list[Setting]]] = {}
        self._met: set[tuple[str, int, int, int]] = set()
        self.told: list[Setting] = []
        """Settings of which it is said where they lead, or that another one takes the place of."""

    def add(self, setting: Setting, slot: str, number: int, prefix: str) -> None:
        once = (slot, number, *written_once(setting))
        if once not in self._met:  # formats call one setting by several names
            self._met.add(once)
            self._settings.setdefault(prefix, {}).setdefault((slot, number), []).append(
                setting
            )

    def signals(self, doubts: Sequence[Unknown], beside: Collection[str]) -> Iterator[Signal]:
        own = next(iter(sorted(self.signature.images.intersection(beside))), None)
        if own is not None:
            doubts = (
                Unknown(
                    Reason.NO_EVIDENCE,
                    "endpoint",
                    note=Note("model.runs-beside", {"image": own}),
                ),
                *doubts,
            )
        addressed = {
            prefix: list(self._addressed(prefix))
            for prefix in self._settings
            if self._counts(prefix)
        }
        is_stood_in = not self.signature.emulators.isdisjoint(beside)
        deciding = {
            prefix: [each for each in found if self._decides(each.at.name)]
            for prefix, found in addressed.items()
        }
        keys = (
            sent
            for prefix, found in deciding.items()
            if not found and not is_stood_in
            for sent in self._by_credential(
                prefix, deciding, self._anyones(prefix, addressed), doubts
            )
        )
        for prefix, found in addressed.items():
            if not found:
                continue
            told = Told(addresses=found, regions=self._of(prefix, REGION)[:1])
            yield from (self._signal(sent, True) for sent in sends(self.signature, told))
        yield from (self._signal(sent, False) for sent in first_of_each(keys, _told))

    def _signal(self, sent: Sent, addressed: bool) -> Signal:
        return Signal(
            sent, self.signature.link, self.signature.back, self.signature.id, addressed
        )

    def _decides(self, name: str) -> bool:
        """Whether an address that is called so is surely one of the client whose keys have the company's own words: its
        name has one too. Of others (``LLM_BASE_URL`` beside ``OPENAI_API_KEY``) nobody knows who reads them."""
        signature = self.signature
        if signature.company is None or signature.only:
            return True
        return not signature.own_words().isdisjoint(folded(name).split("_"))

    def _counts(self, prefix: str) -> bool:
        if self._of(prefix, UNLESS):
            self.told += (each for slot in self._settings[prefix].values() for each in slot)
            return False
        return self.signature.needs is None or bool(self._of(prefix, NEEDS))

    def _of(self, prefix: str, slot: str) -> Sequence[Setting]:
        """The settings under a prefix, else those without one."""
        return self._own(prefix, slot) or self._own(_BARE, slot)

    def _own(self, prefix: str, slot: str, number: int = 0) -> Sequence[Setting]:
        return self._settings.get(prefix, {}).get((slot, number), ())

    def _addressed(self, prefix: str) -> Iterator[ToldAddress]:
        written = (
            (rule, self._own(prefix, ADDRESS, number))
            for number, rule in enumerate(self.signature.address)
        )
        for each in self.signature.addresses(written):
            self.told.append(each.at)
            yield each

    def _by_credential(
        self,
        prefix: str,
        addressed: Mapping[str, Sequence[ToldAddress]],
        anyones: Sequence[ToldAddress],
        doubts: Sequence[Unknown],
    ) -> Iterator[Sent]:
        is_apart = self._is_apart(prefix, addressed)
        credential = self._own(prefix, CREDENTIAL) or (is_apart and self._own(prefix, KEY))
        if not credential or self._is_told(prefix, addressed):
            return
        if anyones:
            if not self._decides(credential[0].name):
                return
            doubts = (_beside(anyones[0].at.name), *doubts)
        self.told += credential
        regions = self._own(prefix, REGION) if is_apart else self._of(prefix, REGION)
        told = Told(
            holder=credential[0],
            regions=regions[:1],
            doubt=self._doubt(regions, doubts),
            names=credential[0].value,
        )
        yield from sends(self.signature, told)

    def _is_apart(self, prefix: str, addressed: Mapping[str, Sequence[ToldAddress]]) -> bool:
        """Whether what a prefix has is another store's than the address without one: each has a key of its own."""
        is_one = prefix != _BARE and bool(addressed.get(_BARE))
        return is_one and bool(self._own(prefix, KEY) and self._own(_BARE, KEY))

    def _doubt(self, regions: Sequence[Setting], doubts: Sequence[Unknown]) -> Unknown | None:
        """Why it isn't known where a credential is for, though no address is written."""
        signature = self.signature
        regional = signature.region is not None and not signature.only
        if regional and not regions:
            return Unknown(Reason.NO_EVIDENCE, "endpoint")
        return doubts[0] if signature.address and doubts else None

    def _is_told(self, prefix: str, addressed: Mapping[str, Sequence[ToldAddress]]) -> bool:
        """Whether the address of a credential is one of another prefix: one that its own begins with (``CLAIMS`` of
        ``CLAIMS_ARCHIVE``), or the one without."""
        is_apart = self._is_apart(prefix, addressed)
        others = (other for other, found in addressed.items() if found)
        return prefix != _BARE and any(
            _begins(prefix, other) and not (is_apart and other == _BARE) for other in others
        )

    def _anyones(
        self, prefix: str, addressed: Mapping[str, Sequence[ToldAddress]]
    ) -> Sequence[ToldAddress]:
        """Addresses that may be a credential's, and don't say so: its own, those without a prefix, or, where any company
        may answer, those of prefixes that have no credential."""
        near = addressed[prefix] or addressed.get(_BARE, ())
        if near or self.signature.kind is None or prefix != _BARE:
            return near
        return [
            each
            for other, found in addressed.items()
            for each in found
            if not self._own(other, CREDENTIAL)
        ]


def _beside(name: str) -> Unknown:
    """Why it isn't known where a key is for, beside an address that may be of something else."""
    note = Note("model.address-beside", {"name": name})
    return Unknown(Reason.NO_EVIDENCE, "endpoint", note=note)


def _without_agents(
    met: Iterable[_Met], doubts: Sequence[Unknown], beside: Collection[str]
) -> Iterator[Signal]:
    """What signatures show, without what only the value of a setting that anything may stand in shows of a company that
    another one names: its agent, beside its tenant."""
    named: set[tuple[str | None, str]] = set()
    for each in sorted(met, key=lambda each: bool(each.signature.carries)):
        for signal in each.signals(doubts, beside):
            company = signal.sent.provider, signal.sent.role
            is_agent = bool(each.signature.carries) and not signal.addressed
            if not is_agent or company not in named:
                yield signal
            if not is_agent and company[0] is not None:
                named.add(company)


def _carries(signature: Signature, setting: Setting) -> bool:
    """Whether the value of a credential has what its signature asks for."""
    if not signature.carries:
        return True
    from sovlint.rules.values.value_kinds import texts_of  # imported late: few are met

    wanted = pattern(signature.carries, re.IGNORECASE)
    return any(wanted.search(text) for text in texts_of(setting.value))


def _begins(prefix: str, other: str) -> bool:
    """Whether a prefix begins with another one, or the other one is none."""
    return other == _BARE or prefix.startswith(f"{other.rstrip('_')}_")


def _told(sent: Sent) -> Hashable:
    return sent.told


def _is_empty(value: Value) -> bool:
    return isinstance(value, Known) and (value.value is None or not str(value.value).strip())


def _is_switch(value: Value) -> bool:
    """Whether a value only says whether something is on: no address and no key, but to a rule that asks for it."""
    return isinstance(value, Known) and str(value.value).strip().lower() in ("true", "false")
