"""Outlets of pipelines: what their settings say of where they send data, by rules of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.attributes import Attributes
from sovlint.model.resource import Sent
from sovlint.model.source import Located
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.address_text import made
from sovlint.rules.signature import Signal


class OutletRule(Struct, frozen=True):
    """What one type of outlet does with data: see ``catalog/pipelines`` for its parts."""

    role: str
    link: str
    address: tuple[tuple[str, str], ...] = ()
    company: str | None = None
    only: bool = False
    without: str | None = None
    region: tuple[str, ...] = ()
    inside: bool = False
    kept_in: tuple[str, ...] = ()

    @classmethod
    def of(cls, tool: Mapping[str, Any], data: Mapping[str, Any]) -> OutletRule:
        """From a type's entry, within that of its tool."""
        return cls(
            data.get("role", tool["role"]),
            tool["link"],
            tuple((each["at"], each.get("text", "{}")) for each in data.get("address", ())),
            data.get("company"),
            data.get("only", False),
            data.get("without"),
            tuple(data.get("region", ())),
            data.get("inside", False),
            tuple(data.get("kept_in", ())),
        )


Outlets = Mapping[str, Mapping[str, OutletRule]]
"""By tool and type, or a glob of types (``gpt-*``); under ``*`` what holds for one that the catalogue doesn't have."""
ANY = "*"


def outlets(data: Mapping[str, Any]) -> Outlets:
    """From the catalogue's section ``pipelines``."""
    return {
        tool: {
            **{name: OutletRule.of(entry, rule) for name, rule in entry["types"].items()},
            ANY: OutletRule(entry["role"], entry["link"]),
        }
        for tool, entry in data.items()
    }


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
        known = rules.get(self.tool, {})
        rule = known.get(self.type) or next((known[each] for each in known if _is_like(self.type, each)), None)
        if rule is None:
            nowhere = Unknown(Reason.NOT_IN_CATALOGUE, f"{self.tool} {self.type}")
            yield from self._signals(known[ANY], [nowhere]) if self.sure and ANY in known else ()
        elif not rule.inside:
            written = list(self._addresses(rule))
            yield from self._signals(rule, written or [self._default(rule)], bool(written))

    def _signals(self, rule: OutletRule, values: list[Value], addressed: bool = False) -> Iterator[Signal]:
        regions = [found.value for path in rule.region for found in self.settings.read(path)]
        kept_in = next((found.value for path in rule.kept_in for found in self.settings.read(path)), None)
        for value in values:
            company = rule.company if isinstance(value, Known) or rule.only else None  # else anybody may answer there
            region = regions[0] if regions else None
            sent = Sent(value, self.where, rule.role, self.key, company, region, link=rule.link)
            if kept_in is not None:
                sent = replace(sent, names=kept_in, company=rule.company)
            yield Signal(sent, rule.link, False, addressed=addressed)

    def _addresses(self, rule: OutletRule) -> Iterator[Value]:
        """The values at the first path that has any; a company's own service has one address, others may have more."""
        for path, text in rule.address:
            found = [made(text, each.value) for each in self.settings.read(path) if not _is_empty(each.value)]
            values = [value for value in found if value is not None]
            if values:
                yield from values
                if rule.company is not None:
                    return

    def _default(self, rule: OutletRule) -> Value:
        if rule.without is not None or rule.company is not None:
            return Known(rule.without)
        return Unknown(Reason.NO_EVIDENCE, "endpoint")


def _is_like(kind: str, pattern: str) -> bool:
    return ANY in pattern and pattern != ANY and fnmatchcase(kind, pattern)


def _is_empty(value: Value) -> bool:
    return isinstance(value, Known) and not value.value
