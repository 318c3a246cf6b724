"""Where data goes by a rule of the catalogue, whatever the rule is told by. What all kinds of rules answer with, and the
one place where an answer is made of what is written.

A kind of rule brings a selector: names of settings, words of a command line, a type of outlet, an action, keys of a
file. The selector finds what is ``Told`` of one destination. ``sends`` says where data goes then.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import ClassVar, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.decoding import EntryId, ProviderId, Role, SomeText, Yes, pattern
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value, known_of
from sovlint.rules.keys import Conditions, ReadAt, meant
from sovlint.rules.values.address_text import made

NOTHING: Final[Value] = Known(None)
"""The value of what says by being there."""


class Setting(Struct, frozen=True, eq=False):
    """One setting that something is given: its name, its value (perhaps unknown), and where it is given."""

    name: str
    value: Value
    where: Located


def written_once(setting: Setting) -> tuple[int, int]:
    """What tells one setting from another: formats call one by several names."""
    return id(setting.value), id(setting.where)


class Signal(Struct, frozen=True):
    """Where data is sent: ``link`` and ``back`` are for an address inside the cluster. ``id``: by which signature;
    ``addressed``: whether an address says so, and not only that a credential is there."""

    sent: Sent
    link: str
    back: bool
    id: str = ""
    addressed: bool = True


class AddressText(Struct, frozen=True):
    """What is made of a value that holds an address."""

    text: SomeText = "{}"
    """`{}` is the value, `{name}` a group of `matches`, else `{Field}` a field of a connection string or a query, and it
    is no address where that isn't there; without any, the address."""
    matches: SomeText = ""
    """A pattern: only a value that is known and looks like this counts."""

    schema: ClassVar = {"x-was": {"when": "matches"}}

    def of(self, value: Value) -> Value | None:
        """The address that a value gives; ``None`` where it surely gives none."""
        if not self.matches:
            return made(self.text, value)
        met = met_by(self.matches, value)
        if met is None:
            return None
        text = self.text
        for name, said in met.groupdict().items():
            text = text.replace(f"{{{name}}}", said or "")
        return made(text, value)


class ToldAddress(Struct, frozen=True):
    """An address, and the setting that gives it."""

    at: Setting
    value: Value


class Destination(Struct, frozen=True, kw_only=True):
    """What a rule says of where data goes."""

    role: Role | None = None
    link: str = ""
    """The kind of flow where the address is a service's of the same cluster."""
    back: bool = False
    """Whether data comes back from such a service."""
    company: ProviderId | None = None
    """Who gets it, where no address says so."""
    only: bool = False
    """Nobody else answers to it, wherever the address is."""
    presumed: bool = False
    """Who is named so answers, where nothing is known of the address: a receiver of Slack whose address is a secret."""
    without: SomeText | None = None
    """The address where none is written."""
    kind: EntryId | None = None
    """The kind of service, where others than the company speak its protocol: a region may be that of any of them."""
    anyones: frozenset[SomeText] = frozenset()
    """Regions that software says which anybody runs."""
    like: SomeText = ""
    """A pattern that a known value must match to be an address."""

    def addresses(
        self, written: Iterable[tuple[AddressText, Sequence[Setting]]]
    ) -> Iterator[ToldAddress]:
        """The addresses that settings give. ``written``: rules in order, each with the settings that it means. A
        company's own service has one address, so the first rule counts that finds one; of others all do."""
        for rule, settings in written:
            met = False
            for each in settings:
                value = rule.of(each.value) if self._is_like(each.value) else None
                if value is not None:
                    met = True
                    yield ToldAddress(each, value)
            if met and self.company is not None:
                return

    def _is_like(self, value: Value) -> bool:
        return not self.like or not isinstance(value, Known) or looks(self.like, value)


class HeldDestination(Destination, frozen=True, kw_only=True):
    """What a rule says of something whose settings stand at paths."""

    declared: Yes = False
    """It counts only of a class that is declared, and is a warning: what is kept there is mostly software."""
    anywhere: Yes = False
    """Others run the same server: whose it is isn't known."""

    when: Conditions = ()
    """What must be said there."""
    unless: Conditions = ()
    """What must not."""

    def is_meant(self, read: ReadAt) -> bool:
        """Whether the rule means what is written: what isn't known is none of the values asked for."""
        return meant(self.when, self.unless, read)

    def may_be_meant(self, read: ReadAt) -> bool:
        """Whether it may mean that."""
        return all(each.perhaps(read) for each in self.when) and not any(
            each.surely(read) for each in self.unless
        )


def as_meant(rule: HeldDestination, sent: Sent) -> Sent:
    """What is sent, as severely as its rule takes it."""
    return replace(sent, by=SentBy.STEP) if rule.declared else sent


class Told(Struct, frozen=True, kw_only=True):
    """What is written of one destination: its addresses, and its regions. ``holder``: what shows that data is sent where
    no address is written; without it, each region does. ``doubt``: why an address may be written that isn't known.
    ``names``: what is named there, or gives the key to it."""

    addresses: Sequence[ToldAddress] = ()
    holder: Setting | None = None
    regions: Sequence[Setting] = ()
    doubt: Unknown | None = None
    names: Value | None = None


def sends(rule: Destination, told: Told) -> Iterator[Sent]:
    """Where data goes: to each address that is written, else once for each region. The company of the rule gets it only
    where no address is written, or nobody else answers to it: at any other address somebody else may."""
    region = told.regions[0] if told.regions else None
    for each in told.addresses:
        sure = rule.only or (rule.presumed and _is_nothing(each.value))
        yield _sent(rule, told, each.at, region, each.value, sure=sure)
    if not told.addresses:
        for region in _apart(told.regions) or (None,):
            at = told.holder or region
            if at is not None:
                yield _unaddressed(rule, told, at, region)


def _is_nothing(value: Value) -> bool:
    """Whether nothing is known of an address."""
    return isinstance(value, Unknown) and not value.among and not any(value.parts or ())


def _apart(regions: Sequence[Setting]) -> Sequence[Setting]:
    """Of regions that are the same, the first."""
    found: dict[Hashable, Setting] = {}
    for each in regions:
        found.setdefault(known_of(each.value), each)
    return tuple(found.values())


def _unaddressed(rule: Destination, told: Told, at: Setting, region: Setting | None) -> Sent:
    if isinstance(rule, HeldDestination) and rule.anywhere:
        doubt = Unknown(Reason.NO_EVIDENCE, "endpoint")
        return _sent(rule, told, at, region, doubt, sure=False)
    if told.doubt is not None:
        return _sent(rule, told, at, region, told.doubt, sure=rule.only)
    if rule.company is None and rule.without is None:
        nobody = Unknown(Reason.NO_EVIDENCE, "endpoint")
        return _sent(rule, told, at, region, nobody, sure=False)
    if rule.kind is not None and region is not None:
        return _in_region(rule, told, at, region)
    return _sent(rule, told, at, region, Known(rule.without), sure=True)


def _in_region(rule: Destination, told: Told, at: Setting, region: Setting) -> Sent:
    """What a region alone says, of a protocol that several companies speak, and software that anybody runs."""
    value = region.value
    written = str(value.value).strip() if isinstance(value, Known) else ""
    if written.lower() in rule.anyones:
        note = Note("model.region-of-anybody", {"region": written})
        anybody = Unknown(
            Reason.NO_EVIDENCE, "endpoint", sensitive=value.sensitive, note=note
        )
        return _sent(rule, told, at, region, anybody, sure=False)
    return _sent(rule, told, at, region, Known(None), sure=True)


def _sent(
    rule: Destination,
    told: Told,
    at: Setting,
    region: Setting | None,
    value: Value,
    *,
    sure: bool,
) -> Sent:
    """``sure``: whether the company gets it, whatever the value is."""
    silent = isinstance(value, Known) and value.value is None
    return Sent(
        value,
        at.where,
        rule.role or "",
        at.name,
        rule.company if sure else None,
        None if region is None else region.value,
        default=not told.addresses and isinstance(value, Known) and not silent,
        kind=rule.kind if silent and region is not None else None,
        names=told.names,
        company=rule.company if told.names is not None else None,
        link=rule.link,
        back=rule.back,
        usual=None if sure or isinstance(value, Known) else rule.company,
    )


def looks(like: str, value: Value) -> bool:
    """Whether a value is known and matches a pattern, whatever its case."""
    return met_by(like, value) is not None


def met_by(like: str, value: Value) -> re.Match[str] | None:
    """What of a value that is known matches a pattern, whatever its case."""
    if not isinstance(value, Known):
        return None
    return pattern(like, re.IGNORECASE).search(str(value.value))


def is_said(value: Value) -> bool:
    """Whether a value says something, or may: nothing, no and nought say nothing."""
    return not isinstance(value, Known) or bool(str(value.value or "").strip())
