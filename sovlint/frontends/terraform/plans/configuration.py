"""The ``configuration`` of a plan: settings of provider blocks, what arguments refer to, and which were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from sovlint.documents import Path
from sovlint.documents.json_places import JsonText
from sovlint.frontends.terraform.modules.addresses import Address
from sovlint.frontends.terraform.modules.attributes import overridden
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.frontends.terraform.plans.document import as_list, as_map
from sovlint.frontends.terraform.plans.values import read_path, value_of
from sovlint.model.attributes import Attributes, Found, NoAttributes
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

MAX_CALLS = 32
"""References through arguments of modules are followed no further than this."""


class Configuration:
    """What a plan tells of the configuration that it was made from."""

    def __init__(self, text: JsonText, data: Mapping[str, Any]) -> None:
        self._text = text
        self._providers = as_map(data.get("provider_config"))
        self._root = as_map(data.get("root_module"))

    def resource(self, parts: Address) -> Mapping[str, Any]:
        """What is told of a resource's block; nothing where the plan has no such block."""
        blocks = map(as_map, as_list(self._modules(parts)[-1].get("resources")))
        wanted = ("managed", parts.type, parts.name)
        named = (
            (each, (each.get("mode", "managed"), each.get("type"), each.get("name")))
            for each in blocks
        )
        return next((each for each, names in named if names == wanted), {})

    @property
    def blocks(self) -> frozenset[str]:
        """The resources, data sources and calls of the root module, by address."""
        named = {
            str(as_map(each).get("address")) for each in as_list(self._root.get("resources"))
        }
        return frozenset(
            {*named, *(f"module.{name}" for name in as_map(self._root.get("module_calls")))}
        )

    def written(self, parts: Address) -> frozenset[str] | None:
        """The arguments and nested blocks that a resource's block has; ``None`` where that isn't told."""
        block = self.resource(parts)
        return frozenset(as_map(block.get("expressions"))) if block else None

    def rests_on(self, parts: Address) -> frozenset[str]:
        """The resources that a block refers to, in its arguments or through those of the modules around it."""
        modules = self._modules(parts)
        names = [name for name, _ in parts.calls]
        found: set[str] = set()
        wanted: list[tuple[int, str]] = [
            (len(names), each) for each in _references(self.resource(parts))
        ]
        seen: set[tuple[int, str]] = set()
        while wanted and len(seen) < 1_000:
            depth, written = wanted.pop()
            if (depth, written) in seen or depth >= MAX_CALLS:
                continue
            seen.add((depth, written))
            first, _, rest = written.partition(".")
            if first == "var" and depth:
                call = as_map(
                    as_map(modules[depth - 1].get("module_calls")).get(names[depth - 1])
                )
                argument = as_map(call.get("expressions")).get(rest.partition(".")[0])
                wanted.extend((depth - 1, each) for each in _references(argument))
            elif first not in (
                "var",
                "local",
                "module",
                "data",
                "each",
                "count",
                "path",
                "self",
                "terraform",
            ):
                prefix = "".join(f"module.{name}." for name in names[:depth])
                found.add(f"{prefix}{first}.{rest.partition('.')[0].partition('[')[0]}")
        return frozenset(found)

    def provider(self, parts: Address, plugin: str) -> ProviderConfig:
        """The settings of the provider block that a resource uses."""
        key = str(self.resource(parts).get("provider_config_key", ""))
        entry = self._providers.get(key)
        if not isinstance(entry, dict):
            key, entry = self._inherited(key)
        if entry is None:
            place = self._text.where(("configuration", "provider_config"))
            settings: Attributes = overridden(place) if key else NoAttributes()
            return ProviderConfig(plugin, settings, None)
        expressions = as_map(entry.get("expressions"))
        at: Path = ("configuration", "provider_config", key, "expressions")
        if not expressions:
            return ProviderConfig(plugin, NoAttributes(), None)
        return ProviderConfig(
            plugin, Settings(self._text, at, expressions), self._text.where(at[:-1])
        )

    def _inherited(self, key: str) -> tuple[str, Mapping[str, Any] | None]:
        """What ``module.x:aws`` means in a plan that doesn't say so: the root's ``aws``, where there is no other that
        may have been passed."""
        name = key.rpartition(":")[2]
        entry = self._providers.get(name)
        others = [
            other
            for other in self._providers
            if other.rpartition(":")[2].partition(".")[0] == name
        ]
        return (name, entry) if isinstance(entry, dict) and len(others) == 1 else (key, None)

    def _modules(self, parts: Address) -> list[Mapping[str, Any]]:
        """The modules that lead to a resource, the root first; what isn't there is empty."""
        modules = [self._root]
        for name, _ in parts.calls:
            modules.append(
                as_map(
                    as_map(as_map(modules[-1].get("module_calls")).get(name)).get("module")
                )
            )
        return modules


class Settings(Struct, eq=False):
    """The settings of a provider block in a plan (implements ``model.attributes.Attributes``).

    Only constants are told. What is made of something else is unknown: ``references`` are the same for ``var.a`` and
    for any expression with ``var.a`` in it.
    """

    _text: JsonText
    _at: Path
    _expressions: Mapping[str, Any]

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path."""
        return read_path(
            path,
            self._expressions,
            self._value,
            lambda name: self._text.where((*self._at, name)),
        )

    def _value(self, name: str, where: Located) -> Value | None:
        if name not in self._expressions:
            return None
        step = Step(where, Note("terraform.listed", {"path": self._text.path}))
        return _of_expression(self._expressions[name], f"provider.{name}", step)


class Doubtful(Struct, eq=False):
    """The provider block beside a state: what it says now, with values that nobody knows, may not be what it was."""

    _settings: Attributes

    def read(self, path: str) -> Sequence[Found]:
        """That a setting is written, and not what it was."""
        found = self._settings.read(path)
        return [
            Found(Unknown(Reason.FROM_ENVIRONMENT, path), each.where, each.sure)
            for each in found
        ]


def _of_expression(written: Any, detail: str, step: Step | None) -> Value:
    """A setting or nested block as a value."""
    if isinstance(written, list):
        return Known(tuple(_of_block(each, detail) for each in written), step)
    entry = as_map(written)
    if "constant_value" in entry:
        return value_of(entry["constant_value"], False, detail, step)
    if entry and "references" not in entry:
        return _of_block(entry, detail)
    references = tuple(map(str, entry.get("references") or ()))
    note = (
        Note("terraform.plan-expression", {"references": references}) if references else None
    )
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, detail, step, note=note)


def _of_block(written: Any, detail: str) -> Value:
    return Known(
        {
            key: _of_expression(each, f"{detail}.{key}", None)
            for key, each in as_map(written).items()
        }
    )


def _references(written: Any) -> Iterator[str]:
    """All that is referred to anywhere in expressions."""
    stack, most = [written], 100_000
    while stack and most:
        most -= 1
        each = stack.pop()
        if isinstance(each, dict):
            yield from (
                one for one in as_list(each.get("references")) if isinstance(one, str)
            )
            stack.extend(
                inner
                for key, inner in each.items()
                if key not in ("references", "constant_value")
            )
        elif isinstance(each, list):
            stack.extend(each)
