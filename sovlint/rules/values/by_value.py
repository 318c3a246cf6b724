"""Where settings send data by their values: what a value can only be first, then whose host it is, then the name."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE, cut_text, marked_parts
from sovlint.model.resources.sent import SHOWN_BY, Sent, SentBy
from sovlint.model.value import Known, Unknown, Value, known_of
from sovlint.rules.destination import Setting, Signal, written_once
from sovlint.rules.values.address_forms import (
    AUTHORITY,
    CUT,
    FETCHED,
    FILE,
    HOST,
    KEY_IN_IT,
    OPEN_HOST,
    OPEN_SCHEME,
    WEB,
    WITHIN,
)
from sovlint.rules.values.address_names import AddressNames, NameSays, words_of
from sovlint.rules.values.address_text import addresses, made
from sovlint.rules.values.value_hosts import marked_hosts
from sovlint.rules.values.value_kinds import (
    RESOLVER,
    RecognisedValue,
    ValueKind,
    ValueKinds,
    texts_of,
)

PLAIN: Final = "address"
"""The id of what is shown by an address alone, and not by a rule."""
LINK: Final = "call"
_ROLE: Final = "processor"
"""That of an address of which nothing else is known: whoever answers is sent something."""
_MAYBE: Final = late_pattern(r"[.:=]")
"""What every address has, and most values don't."""
_UNTOLD: Final = late_pattern(r"\s*(?:\x00+|\x00(?:[:/]\x00?\S*)|\S*@\x00\S*)\s*")
"""A text of which nothing is known, or not what stands where a host would."""
_VARIABLE: Final = late_pattern(r"(?:--?)?[A-Za-z_][\w-]*")
"""The name of a variable or of a flag, and not a path of keys."""
_SHORT_FLAG: Final = late_pattern(r"-(?!-)")
"""A flag of a program that says nothing: ``-LO`` fetches, ``-o`` may do anything."""
_DATA: Final = late_pattern(r"\s*(?:[\[{]|https?://)", re.IGNORECASE)
"""How data in a text begins: JSON, or a list of addresses."""
_LONGEST: Final = 1_000_000
"""Characters of a text that addresses are looked for in."""
_REMEMBERED: Final = 20_000
"""Settings that say nothing, of which so many are remembered."""
_BY_NAME: Final = (SentBy.ADDRESS, SentBy.URL, SentBy.CALLBACK, *SHOWN_BY)
_SAID: Final = {NameSays.ADDRESS: SentBy.ADDRESS, NameSays.OWN: SentBy.OWN}
"""What shows that something is sent to an address whose name says this of it; any other name only shows one."""
_GUESSED: Final = (SentBy.ADDRESS, SentBy.URL)


_LAST_WORD: Final = late_pattern(r"[._-][^._-]*$")


class _Own(Struct, frozen=True):
    """The hosts that settings name as those at which the software itself answers (that of ``SITE_URL``), and what names
    of settings begin with whose addresses are only watched."""

    hosts: frozenset[Hashable]
    watched: frozenset[str]


class ByValue:
    """What values of settings say of where data goes, whatever rules know of their names."""

    __slots__ = ("_kinds", "_names", "_nothing")

    def __init__(self, kinds: ValueKinds, names: AddressNames) -> None:
        self._kinds = kinds
        self._names = names
        self._nothing: set[tuple[str, bool, str]] = set()
        """Names and values that say nothing: every container has the same ones."""

    def named_store(self, setting: Setting) -> ValueKind | None:
        """The kind of a value that names a store and no host (``s3://claims``), whatever a rule takes its name for."""
        found = self._kinds.recognised(setting.value)
        if found is None or not (found.kind.means or found.kind.company):
            return None
        return None if self._names.is_test(setting.name) else found.kind

    def signals(
        self, settings: Sequence[Setting], told: Collection[tuple[int, int]]
    ) -> Iterator[Signal]:
        """Where settings send data to by their values. ``told``: those (``written_once``) of which a rule has said it."""
        met = set(told)
        keys: frozenset[str] | None = None
        own: _Own | None = None
        for setting in settings:
            once = written_once(setting)
            if once in met:
                continue
            met.add(once)
            for signal in self._of_new(setting):
                if self._names.is_test(setting.name):
                    break
                if signal.sent.by in _BY_NAME:
                    if keys is None:
                        keys = self._names.with_credentials(each.name for each in settings)
                    signal = self._with_key(signal, setting, keys)
                if signal.sent.by in _GUESSED:
                    own = self._own(settings) if own is None else own
                    signal = _without_own(signal, setting, own)
                yield signal

    def _of_new(self, setting: Setting) -> Sequence[Signal]:
        """The same as of one, which is asked only what isn't known to say nothing."""
        told = _told(setting)
        found = () if told in self._nothing else tuple(self.of_one(setting))
        if told is not None and not found:
            if len(self._nothing) >= _REMEMBERED:
                self._nothing.clear()
            self._nothing.add(told)
        return found

    def of_one(self, setting: Setting) -> Iterator[Signal]:
        """Where one setting sends data to by its value."""
        found = self._kinds.recognised(setting.value)
        if found is not None:
            if not found.kind.means:
                yield _of_kind(setting, found)
            return
        if isinstance(setting.value, Known) and not _MAYBE.search(str(setting.value.value)):
            return
        says = self._names.says(setting.name)
        if says is NameSays.IDENTIFIER or _SHORT_FLAG.match(setting.name):
            return
        if isinstance(setting.value, Known) and RESOLVER().fullmatch(
            str(setting.value.value)
        ):
            return
        hosts = [host.partition(":")[0] for host in marked_hosts(setting.value)]
        if hosts and all(map(self._names.is_placeholder, hosts)):
            return
        if says is NameSays.ADDRESS:
            says = self._refined(setting, hosts)
        by = self._by(setting, says)
        if by is not None:
            value = _whole(setting.value)
            yield from (_plain(setting, each, by) for each in _each_address(value))
        else:
            yield from self._within(setting)

    def untold(self, setting: Setting, any_address: bool = False) -> Sent | None:
        """Where a variable leads of whose value nothing is known that tells it, under a name that says nothing, or
        (``any_address``) that of an address."""
        value, name = setting.value, setting.name
        if isinstance(value, Known) or value.among or not _VARIABLE.fullmatch(name):
            return None
        if not self._may_lead_away(name, any_address) or self._is_of_house(value):
            return None
        if not all(map(_UNTOLD.fullmatch, texts_of(value))):
            return None
        return _plain(setting, value, SentBy.UNTOLD).sent

    def _may_lead_away(self, name: str, any_address: bool) -> bool:
        """Whether a value that nobody knows may be an address, by its name."""
        says = self._names.says(name)
        if says is NameSays.ADDRESS:
            return any_address and not _SHORT_FLAG.match(name)
        is_open = says is NameSays.NOTHING and not self._names.is_something_else(name)
        return is_open and not _SHORT_FLAG.match(name)

    def is_below_something_else(self, keys: Iterable[str]) -> bool:
        """Whether keys of a chart's values lead below one under which nothing says where data goes."""
        return self._names.is_below_something_else(keys)

    def _refined(self, setting: Setting, hosts: Sequence[str]) -> NameSays:
        """What is said of an address by a name of one: nothing where that is the name of a switch, and that it is only
        read where the host publishes open data."""
        if isinstance(setting.value, Unknown) and self._names.is_switch(setting.name):
            return NameSays.NOTHING
        publishes = bool(hosts) and all(map(self._names.publishes, hosts))
        return NameSays.SHOWN if publishes else NameSays.ADDRESS

    def _by(self, setting: Setting, says: NameSays) -> SentBy | None:
        """What shows that something is sent, of a value that is an address as a whole; ``None`` where it is none."""
        value = setting.value
        texts = [each for text in texts_of(value) for each in addresses(text)]
        if not any(HOST().fullmatch(text) for text in texts):
            return self._by_open(setting, says) if _is_open(value, texts) else None
        if any(KEY_IN_IT().search(text) for text in texts):
            return SentBy.CLIENT
        if self._is_only_fetched(setting.name, texts):
            return SentBy.SHOWN
        if says is NameSays.NOTHING:
            return SentBy.URL if all(map(WEB().match, texts)) else SentBy.HOST
        if says is NameSays.CALLBACK:
            return self._called_back(texts)
        return _SAID.get(says, SentBy.SHOWN)

    def _is_only_fetched(self, name: str, texts: Sequence[str]) -> bool:
        """Whether nothing is sent to addresses, by what they are: those of files, or of names that lead nowhere."""
        return (
            all(map(FETCHED().match, texts))
            or self._is_file(name, texts)
            or all(self._names.is_canonical(AUTHORITY().sub("", text, 1)) for text in texts)
        )

    def _called_back(self, texts: Sequence[str]) -> SentBy:
        """What an address shows that somebody is told to call: one at which people log in is only the software's own."""
        paths = (AUTHORITY().sub("", text, 1) for text in texts)
        is_login = all(self._names.is_login(words_of(path)) for path in paths)
        return SentBy.SHOWN if is_login else SentBy.CALLBACK

    def _is_file(self, name: str, texts: Sequence[str]) -> bool:
        """Whether addresses are those of files to fetch: nothing in the name says that one is sent there."""
        is_file = all(FILE().search(text) or FETCHED().match(text) for text in texts)
        return is_file and not self._names.is_sent(name)

    def _by_open(self, setting: Setting, says: NameSays) -> SentBy | None:
        """The same of a value of which no host is known."""
        if self._is_of_house(setting.value):
            return None
        if says is NameSays.ADDRESS:
            return SentBy.ADDRESS
        if says is not NameSays.NOTHING:
            return None
        texts = texts_of(setting.value)
        return SentBy.URL if any("://" in text for text in texts) else None

    def _is_of_house(self, value: Value) -> bool:
        """Whether a variable is the whole host, and holds the domain of the software itself."""
        if not isinstance(value, Unknown) or not set(marked_hosts(value)) <= {HOLE}:
            return False
        return self._names.is_of_house(value.detail)

    def _within(self, setting: Setting) -> Iterator[Signal]:
        """The addresses inside a text, one for each host, each as that of a setting whose name says nothing; of prose, by
        its host alone."""
        is_data = all(map(_DATA.match, texts_of(setting.value, _LONGEST)))
        by = SentBy.URL if is_data else SentBy.HOST
        for address in _inside(setting.value):
            value = _changed(setting.value, address)
            found = self._kinds.recognised(value)
            inner = Setting(setting.name, value, setting.where)
            if found is not None:
                yield from self.of_one(inner)
            elif HOST().fullmatch(address):
                has_key = KEY_IN_IT().search(address)
                yield _plain(inner, value, SentBy.CLIENT if has_key else by)

    def _own(self, settings: Sequence[Setting]) -> _Own:
        own = [each.value for each in settings if self._names.is_of_house(each.name)]
        hosts = frozenset(each for value in own for each in _telling_hosts(value))
        return _Own(hosts, self._names.watchers(each.name for each in settings))

    def _with_key(self, signal: Signal, setting: Setting, keys: Collection[str]) -> Signal:
        """What is sent where a key or a password stands beside the address: somebody answers there who knows it."""
        is_called_back = signal.sent.by is SentBy.CALLBACK
        if is_called_back or self._names.subject(setting.name) not in keys:
            return signal
        return _plain(setting, signal.sent.value, SentBy.CLIENT)


def _told(setting: Setting) -> tuple[str, bool, str] | None:
    """All that a setting says, where that is a text, or nothing is known of it."""
    value = setting.value
    if isinstance(value, Known):
        return (
            (setting.name, True, str(value.value)) if isinstance(value.value, str) else None
        )
    is_open = value.parts is None and value.among is None
    return (setting.name, False, value.detail) if is_open else None


def _each_address(value: Value) -> Iterator[Value]:
    """The addresses that a value holds: data is sent to each that is known."""
    is_open = isinstance(value, Unknown) and bool(value.among)
    texts = () if is_open else texts_of(value)
    listed = [each for text in texts for each in addresses(text)]
    for each in (_changed(value, text) for text in listed) if len(listed) > 1 else (value,):
        address = made("{}", each)
        yield each if address is None else address


def _inside(value: Value) -> Iterable[str]:
    """The addresses that stand inside a text, with signs for their holes; of those of one host, the first."""
    found: dict[str, str] = {}
    for text in texts_of(value, _LONGEST):
        for address in WITHIN().findall(text) if "://" in text else ():
            head = AUTHORITY().match(address)
            found.setdefault(address if head is None else head.group(), address.rstrip(".:"))
    return found.values()


def _changed(value: Value, address: str) -> Value:
    """An address that stands inside a value."""
    if isinstance(value, Known):
        return Known(address, value.because, value.sensitive)
    return value.bare().but(parts=marked_parts(address))


def _is_open(value: Value, texts: Sequence[str]) -> bool:
    """Whether an address may stand there though none of ``texts`` has a host: nothing is known of it, or its host isn't."""
    if not texts:
        return isinstance(value, Unknown) and not value.parts and not value.among
    return any(
        OPEN_HOST().fullmatch(text) or CUT().fullmatch(text)
        for text in (*texts, *texts_of(value))
    )


def _whole(value: Value) -> Value:
    """An address of which enough is known to tell a host; else nothing of it is: ``https:/\0`` has no host yet."""
    if isinstance(value, Known) or value.among:
        return value
    texts = list(texts_of(value))
    if len(texts) != 1 or not CUT().fullmatch(texts[0]) or OPEN_HOST().fullmatch(texts[0]):
        return value
    if OPEN_SCHEME().match(texts[0]):
        return cut_text(value, lambda text: text.partition("://")[2])
    return value.but(parts=None, holes=())


def _of_kind(setting: Setting, found: RecognisedValue) -> Signal:
    """What a value is sent to that can only be of one kind; a thing that it names may be declared here."""
    kind = found.kind
    sent = Sent(found.address, setting.where, kind.role, setting.name, by=SentBy.VALUE)
    sent = replace(sent, link=kind.link, back=kind.back)
    if kind.company is not None:
        nowhere = Known(None, found.address.because)
        sent = replace(
            sent,
            value=nowhere,
            provider=kind.company,
            names=setting.value,
            company=kind.company,
        )
    return Signal(sent, kind.link, kind.back, kind.id)


def _plain(setting: Setting, value: Value, by: SentBy) -> Signal:
    sent = Sent(value, setting.where, _ROLE, setting.name, by=by, link=LINK)
    return Signal(sent, LINK, False, PLAIN)


def _without_own(signal: Signal, setting: Setting, own: _Own) -> Signal:
    """What is only shown where the software itself answers at the address, or watches it."""
    hosts = _telling_hosts(signal.sent.value)
    is_own = bool(hosts) and hosts <= own.hosts
    if is_own or _LAST_WORD.sub("", setting.name) in own.watched:
        return _plain(setting, signal.sent.value, SentBy.SHOWN)
    return signal


def _telling_hosts(value: Value) -> frozenset[Hashable]:
    """The hosts of an address, to tell it from others by: where nothing is known of one, it is only that of its value."""
    hosts = marked_hosts(value)
    return frozenset(each if each.strip(HOLE) else known_of(value) for each in hosts)


def by_host(signal: Signal) -> Signal:
    """The same where nothing but its host may tell that something is sent."""
    return replace(signal, sent=replace(signal.sent, by=SentBy.HOST))
