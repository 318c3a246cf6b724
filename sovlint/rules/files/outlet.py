"""Outlets of pipelines: what their settings say of where they send data, by rules of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.attributes import Attributes
from sovlint.model.decoding import Role, SomeText, SourceKey, Texts
from sovlint.model.source import Located
from sovlint.model.value import Reason, Unknown, Value
from sovlint.rules.destination import (
    NOTHING,
    AddressText,
    HeldDestination,
    Setting,
    Signal,
    Told,
    is_said,
    sends,
)

ANY = "*"
"""Stands for any type, where it isn't known which."""


class AddressAt(AddressText, frozen=True, kw_only=True):
    """A setting that holds an address, and the text that is made of it."""

    at: SomeText


class OutletRule(HeldDestination, frozen=True, kw_only=True):
    """What one type of outlet does with data."""

    address: tuple[AddressAt, ...] = ()
    region: Texts = ()
    inside: bool = False
    kept_in: Texts = ()
    """Where the name of what keeps it there stands."""


class OutletTool(Struct, frozen=True, kw_only=True):
    """What the outlets of a tool do, by type or a glob of types (`gpt-*`)."""

    source: SourceKey
    role: Role
    link: SomeText
    types: Mapping[str, OutletRule]

    def rule(self, kind: str) -> OutletRule | None:
        """The rule of a type; ``None`` where the catalogue doesn't have it. Of any type is known that data is sent."""
        if kind == ANY:
            return self.whole(OutletRule())
        globs = (
            rule
            for name, rule in self.types.items()
            if ANY in name and fnmatchcase(kind, name)
        )
        rule = self.types.get(kind) or next(globs, None)
        return None if rule is None else self.whole(rule)

    def whole(self, rule: OutletRule) -> OutletRule:
        """A rule with what holds for all types of the tool."""
        return replace(rule, role=rule.role or self.role, link=self.link)


Outlets = Mapping[str, OutletTool]
"""By tool."""


class Outlet(Struct, frozen=True):
    """One outlet as it is written: the tool, its type, what it is called, and its settings."""

    tool: str
    type: str
    key: str
    where: Located
    settings: Attributes
    sure: bool = True
    """Whether it is an outlet whatever its type; otherwise one is only what the catalogue lists."""

    def signals(self, rules: Outlets) -> Iterator[Signal]:
        """Where it sends data to. A type that the catalogue doesn't have sends somewhere that isn't known."""
        tool = rules.get(self.tool)
        if tool is None:
            return
        rule = tool.rule(self.type)
        if rule is not None:
            if not rule.inside and rule.is_meant(self._read):
                yield from self._signals(rule)
        elif self.sure:
            nowhere = Unknown(Reason.NOT_IN_CATALOGUE, f"{self.tool} {self.type}")
            yield from self._signals(tool.whole(OutletRule()), nowhere)

    def _signals(self, rule: OutletRule, doubt: Unknown | None = None) -> Iterator[Signal]:
        written = ((each, self._at(each.at)) for each in rule.address)
        kept_in = [each for path in rule.kept_in for each in self._at(path)]
        told = Told(
            addresses=tuple(rule.addresses(written)),
            holder=Setting(self.key, NOTHING, self.where),
            regions=next((found for path in rule.region if (found := self._at(path))), ()),
            doubt=doubt,
            names=kept_in[0].value if kept_in else None,
        )
        for sent in sends(rule, told):
            yield Signal(sent, rule.link, False, addressed=bool(told.addresses))

    def _read(self, path: str) -> Iterator[Value]:
        return (each.value for each in self.settings.read(path))

    def _at(self, path: str) -> list[Setting]:
        """What its settings say at a path, as said of the outlet."""
        values = (each.value for each in self.settings.read(path))
        return [Setting(self.key, value, self.where) for value in values if is_said(value)]
