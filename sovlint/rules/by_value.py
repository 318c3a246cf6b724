"""Where settings send data by their values: what a value can only be first, then whose host it is, then the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from msgspec.structs import replace

from sovlint.model.partial.holes import cut_text
from sovlint.model.resource import Sent, SentBy
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.address_names import AddressNames, NameSays
from sovlint.rules.address_text import MAX_TEXT, made
from sovlint.rules.destination import Setting, Signal, written_once
from sovlint.rules.values import RecognisedValue, ValueKinds, texts_of

T = TypeVar("T")

PLAIN: Final = "address"
"""The id of what is shown by an address alone, and not by a rule."""
LINK: Final = "call"
_ROLE: Final = "processor"
"""That of an address of which nothing else is known: whoever answers is sent something."""
_MAYBE: Final = re.compile(r"[.:=]")
"""What every address has, and most values don't."""
_HOST: Final = re.compile(
    r"\s*(?:https?://(?P<user>[^/?#@\s]*@)?|//)?(?:[\w\x00*-]+\.)+(?:[a-z\x00][\w\x00-]+)\.?(?::[\d\x00]+)?(?:[/?#,]\S*)?\s*",
    re.IGNORECASE,
)
"""An address on the web, or a host that has a dot; nothing before or behind it."""
_OPEN_HOST: Final = re.compile(
    r"\s*(?:https?://(?:[^/?#@\s]*@)?|//)?(?=[\w.-]*\x00)[\w.\x00-]+(?::[\d\x00]+)?(?:[/?#,]\S*)?\s*",
    re.IGNORECASE,
)
"""The same where a part of the host isn't known, so that nobody can tell whether it has a dot."""
_CUT: Final = re.compile(
    r"\s*(?:(?![^:/]*@[^:/]*$)[\w+.-]*\x00(?:\S*|[^;]*;.*)"
    r"|(?!(?:arn|urn|file|unix|data|mailto|tel)\b)[a-z][a-z0-9+.-]+:/\x00\S*"
    r"|(?:server|data source|host|addr(?:ess)?|endpoint|account\w+)\s*=.*\x00.*)\s*",
    re.IGNORECASE | re.DOTALL,
)
"""A text that is an address, or a connection string, if what isn't known in it makes it one: ``\0://db.acme.fr``."""
_OPEN_SCHEME: Final = re.compile(r"[\w+.-]*\x00[\w+.-]*://")
_WEB: Final = re.compile(r"\s*https?://", re.IGNORECASE)
_KEY_IN_IT: Final = re.compile(
    r"//[^/?#@\s]+:[^/?#@\s]*@|[?&](?:code|t|sig|signature|key|api_?key|access_?token|token|secret)=[^&\s]",
    re.IGNORECASE,
)
"""User and password, or a key among the parameters."""
_WITHIN: Final = re.compile(
    r"(?<![\w+.-])[a-z][a-z0-9+.-]*://[^\s\"'<>|\\^`{},;()\[\]]+", re.IGNORECASE
)
"""Addresses inside a text."""
_AUTHORITY: Final = re.compile(
    r"\s*(?:[a-z][a-z0-9+.:-]*//)?(?:[^/?#\s]*@)?([^/?#;\s]+)", re.IGNORECASE
)
"""The host of an address, and its port."""
_FILE: Final = re.compile(
    r"//[^/?#\s]+/\S*\.(?:zip|t?gz|tar|bz2|xz|7z|deb|rpm|jar|whl|exe|dmg|apk|iso|csv|tsv|json|jsonl|ndjson|xml|xsd|ya?ml"
    r"|sql|mmdb|parquet|txt|md|html?|pdf|dat|xlsx?|docx?|png|jpe?g|svg|gif|ico|webp|css|js|mjs|woff2?|ttf|sh|asc|sig|pem|crt)"
    r"(?:[?#]\S*)?$",
    re.IGNORECASE,
)
"""A file that is fetched or shown."""
_SHORT_FLAG: Final = re.compile(r"-(?!-)")
"""A flag of a program that says nothing: ``-LO`` fetches, ``-o`` may do anything."""
_MOST: Final = 50
"""So many addresses of one text are looked at."""
_BY_NAME: Final = (SentBy.ADDRESS, SentBy.SHOWN)


class ByValue:
    """What values of settings say of where data goes, whatever rules know of their names."""

    __slots__ = ("_kinds", "_names")

    def __init__(self, kinds: ValueKinds, names: AddressNames) -> None:
        self._kinds = kinds
        self._names = names

    def means(self, setting: Setting) -> str:
        """The name of a setting that says the same to a signature: a bucket by its address is one by its name."""
        found = self._kinds.recognised(setting.value)
        if found is None or not found.kind.means or self._names.is_test(setting.name):
            return ""
        return found.kind.means

    def signals(
        self, settings: Sequence[Setting], told: Collection[tuple[int, int]]
    ) -> Iterator[Signal]:
        """Where settings send data to by their values. ``told``: those (``written_once``) of which a rule has said it."""
        met = set(told)
        keys: frozenset[str] | None = None
        for setting in settings:
            once = written_once(setting)
            if once in met:
                continue
            met.add(once)
            for signal in self.of_one(setting):
                if self._names.is_test(setting.name):
                    break
                if signal.sent.by in _BY_NAME:
                    if keys is None:
                        keys = self._names.with_credentials(each.name for each in settings)
                    signal = self._with_key(signal, setting, keys)
                yield signal

    def of_one(self, setting: Setting) -> Iterator[Signal]:
        """Where one setting sends data to by its value."""
        if isinstance(setting.value, Known) and not _MAYBE.search(str(setting.value.value)):
            return
        found = self._kinds.recognised(setting.value)
        if found is not None:
            if not found.kind.means:
                yield _of_kind(setting, found)
            return
        says = self._names.says(setting.name)
        if says is NameSays.IDENTIFIER or _SHORT_FLAG.match(setting.name):
            return
        by = self._by(setting.value, says)
        if by is not None:
            value = _whole(setting.value)
            address = made("{}", value)
            yield _plain(setting, value if address is None else address, by)
        elif isinstance(setting.value, Known):
            yield from self._within(setting, str(setting.value.value))

    def _by(self, value: Value, says: NameSays) -> SentBy | None:
        """What shows that something is sent, of a value that is an address as a whole; ``None`` where it is none."""
        texts = list(texts_of(value))
        if not texts:
            is_open = isinstance(value, Unknown) and not value.parts and not value.among
            return SentBy.ADDRESS if is_open and says is NameSays.ADDRESS else None
        if not any(_HOST.fullmatch(text) for text in texts):
            is_open = any(
                _OPEN_HOST.fullmatch(text) or _CUT.fullmatch(text) for text in texts
            )
            return SentBy.ADDRESS if is_open and says is NameSays.ADDRESS else None
        if any(_KEY_IN_IT.search(text) for text in texts):
            return SentBy.CLIENT
        if any(_FILE.search(text) for text in texts):
            return SentBy.SHOWN
        if says is NameSays.ADDRESS:
            return SentBy.ADDRESS
        if says is NameSays.NOTHING:
            return SentBy.HOST
        return SentBy.SHOWN

    def _within(self, setting: Setting, text: str) -> Iterator[Signal]:
        """The addresses inside a text, each as that of a setting whose name says nothing."""
        if "://" not in text or len(text) > MAX_TEXT:
            return
        for address in list(dict.fromkeys(_WITHIN.findall(text)))[:_MOST]:
            value = Known(
                address.rstrip(".:"), setting.value.because, setting.value.sensitive
            )
            found = self._kinds.recognised(value)
            inner = Setting(setting.name, value, setting.where)
            if found is not None:
                yield from self.of_one(inner)
            elif _HOST.fullmatch(address):
                has_key = _KEY_IN_IT.search(address)
                yield _plain(inner, value, SentBy.CLIENT if has_key else SentBy.HOST)

    def _with_key(self, signal: Signal, setting: Setting, keys: Collection[str]) -> Signal:
        """What is sent where a key or a password stands beside the address: somebody answers there who knows it."""
        if self._names.subject(setting.name) not in keys:
            return signal
        return _plain(setting, signal.sent.value, SentBy.CLIENT)


def _whole(value: Value) -> Value:
    """An address of which enough is known to tell a host; else nothing of it is: ``https:/\0`` has no host yet."""
    if isinstance(value, Known) or value.among:
        return value
    texts = list(texts_of(value))
    if len(texts) != 1 or not _CUT.fullmatch(texts[0]) or _OPEN_HOST.fullmatch(texts[0]):
        return value
    if _OPEN_SCHEME.match(texts[0]):
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


def is_named_by_address(sent: Sent) -> bool:
    """Whether what is sent to is named by an address that has no host: a bucket (``s3://claims``)."""
    return isinstance(sent.names, Known) and "://" in str(sent.names.value)


def without_repeats(
    found: Iterable[T], sent_of: Callable[[T], Sent], by_place: bool = False
) -> list[T]:
    """What is sent, without what only a value shows where a rule tells the same address, or another one of its host.

    ``by_place``: each place has one setting, so that what a rule tells of it is all that it says.
    """
    listed = list(found)
    rules = [sent_of(each) for each in listed if sent_of(each).by is SentBy.RULE]
    hosts = {host for sent in rules for host in _hosts(sent.value)}
    places = {id(sent.where) for sent in rules} if by_place else set()

    def is_new(sent: Sent) -> bool:
        return id(sent.where) not in places and hosts.isdisjoint(_hosts(sent.value))

    return [
        each for each in listed if sent_of(each).by is SentBy.RULE or is_new(sent_of(each))
    ]


def _hosts(value: Value) -> Iterator[str]:
    """The host of an address, with signs for its holes; of each that it may be."""
    for text in texts_of(value):
        met = _AUTHORITY.match(text)
        if met is not None:
            yield met[1].lower()
