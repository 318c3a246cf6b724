"""Outlets of pipelines: what their settings say of where they send data, by rules of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.attributes import Attributes
from sovlint.model.decoding import ProviderId, Role, SomeText, SourceKey, Texts
from sovlint.model.resource import Sent
from sovlint.model.source import Located
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.address_text import made
from sovlint.rules.signature import Signal

ANY = "*"
"""Stands for any type, where it isn't known which."""


class AddressAt(Struct, frozen=True):
    """A setting that holds an address, and the text that is made of it."""

    at: SomeText
    text: SomeText = "{}"


class OutletRule(Struct, frozen=True, kw_only=True):
    """What one type of outlet does with data."""

    role: Role | None = None
    address: tuple[AddressAt, ...] = ()
    company: ProviderId | None = None
    only: bool = False
    without: SomeText | None = None
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
            return OutletRule()
        globs = (
            rule
            for name, rule in self.types.items()
            if ANY in name and fnmatchcase(kind, name)
        )
        return self.types.get(kind) or next(globs, None)


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
        if rule is not None and not rule.inside:
            written = list(self._addresses(rule))
            yield from self._signals(
                tool, rule, written or [self._default(rule)], bool(written)
            )
        elif rule is None and self.sure:
            nowhere = Unknown(Reason.NOT_IN_CATALOGUE, f"{self.tool} {self.type}")
            yield from self._signals(tool, OutletRule(), [nowhere])

    def _signals(
        self, tool: OutletTool, rule: OutletRule, values: list[Value], addressed: bool = False
    ) -> Iterator[Signal]:
        regions = [found.value for path in rule.region for found in self.settings.read(path)]
        kept_in = next(
            (found.value for path in rule.kept_in for found in self.settings.read(path)), None
        )
        for value in values:
            company = (
                rule.company if isinstance(value, Known) or rule.only else None
            )  # else anybody may answer there
            region = regions[0] if regions else None
            role = rule.role or tool.role
            sent = Sent(value, self.where, role, self.key, company, region, link=tool.link)
            if kept_in is not None:
                sent = replace(sent, names=kept_in, company=rule.company)
            yield Signal(sent, tool.link, False, addressed=addressed)

    def _addresses(self, rule: OutletRule) -> Iterator[Value]:
        """The values at the first path that has any; a company's own service has one address, others may have more."""
        for rule_at in rule.address:
            values_at = (each.value for each in self.settings.read(rule_at.at))
            found = [made(rule_at.text, value) for value in values_at if not _is_empty(value)]
            values = [value for value in found if value is not None]
            if values:
                yield from values
                if rule.company is not None:
                    return

    def _default(self, rule: OutletRule) -> Value:
        if rule.without is not None or rule.company is not None:
            return Known(rule.without)
        return Unknown(Reason.NO_EVIDENCE, "endpoint")


def _is_empty(value: Value) -> bool:
    return isinstance(value, Known) and not value.value
