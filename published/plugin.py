"""What the catalogue says of a plug-in's types: decisions, and every path of an argument that it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from published.schema import SchemaError
from sovlint.catalog.compiling.shared import CONFIG, DATA, decision, whole_plugin
from sovlint.model.decoding import decode
from sovlint.rules.workload import Workload

PLUGINS: Final = Path(__file__).parents[1] / "sovlint" / "catalog" / "plugins"
_RULE_PATHS: Final = ("region", "zone", "via")
_ONE_PATH: Final = ("each_region", "each_endpoint")
SELF: Final = "self"

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A path of an argument, and the key of the catalogue that names it."""

    key: str
    path: str


class Plugin:
    """One file of the catalogue, with what it takes from the plug-in whose types it shares."""

    def __init__(self, name: str, folder: Path = PLUGINS) -> None:
        """``name`` is the file's, without ``.yaml``. Raises ``SchemaError`` where there is none."""
        files = {path.stem: path for path in folder.glob("*.yaml")}
        if name not in files:
            raise SchemaError(
                f"`{name}`: no such file in {folder}. There are: {', '.join(sorted(files))}."
            )
        self.name = name
        self.own: Data = yaml.safe_load(files[name].read_text(encoding="utf-8"))
        self.plugins: dict[str, Data] = {self.own["id"]: self.own}
        if shared := self.own.get("same_types_as"):
            others = (
                yaml.safe_load(path.read_text(encoding="utf-8")) for path in files.values()
            )
            self.plugins.update({data["id"]: data for data in others if data["id"] == shared})
        self.data = whole_plugin(self.plugins, self.own["id"])

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What the plug-in's types start with."""
        return tuple(self.data.get("prefixes", (self.name,)))

    @property
    def published(self) -> Data:
        """What the file says it was checked against."""
        found: Data = self.own.get("published", {})
        return found

    def decided(self, name: str) -> str | None:
        """``types``, ``config`` or ``undecided``; ``None``: nobody has listed the type.

        A type that stands under ``types`` for its flows alone, all of its rules of role ``config``, is config.
        """
        found = next(
            (found for data in self.plugins.values() if (found := decision(data, name))), None
        )
        if found == DATA and all(rule.get("role") == CONFIG for rule in self.rules(name)):
            return CONFIG
        return found

    def rules(self, name: str) -> tuple[Data, ...]:
        """The placement rules of a type under ``types``."""
        entry = self.entry(name)
        return tuple(entry.get("placements", [entry] if entry else ()))

    def entry(self, name: str) -> Data:
        """What stands under ``types`` for a type; empty where nothing does."""
        found = (
            data[DATA][name] for data in self.plugins.values() if name in data.get(DATA, {})
        )
        return next(found, {})

    def listed(self) -> Iterator[str]:
        """Whole names of types that this file itself lists, retired ones left out."""
        for section in (DATA, "config", "undecided"):
            yield from (
                name
                for name in self.own.get(section, ())
                if not name.endswith("*") and not self.retired(name)
            )

    def patterns(self) -> Iterator[str]:
        """Names with a trailing ``*`` that this file lists."""
        for section in ("config", "undecided"):
            yield from (name for name in self.own.get(section, ()) if name.endswith("*"))

    def retired(self, name: str, path: str | None = None) -> bool:
        """Whether a type, or a path of its arguments (``*`` as name: of all types), is of earlier versions only."""
        return (name if path is None else f"{name}.{path}") in self.own.get("retired", ())

    def paths(self, name: str) -> Iterator[Written]:
        """The paths of arguments that the rules of a type read."""
        entry = self.entry(name)
        for rule in entry.get("placements", [entry]):
            for key in _RULE_PATHS:
                if not isinstance(rule.get(key), str):
                    yield from (Written(key, path) for path in rule.get(key, ()))
            yield from (Written(key, rule[key]) for key in _ONE_PATH if key in rule)
            for key in ("when", "unless"):
                yield from (Written(key, path) for path in _asked(rule.get(key, ())))
        yield from (Written("names", path) for path in entry.get("names", ()))
        forms = (
            form for form in self.data.get("tag_forms", ()) if name in form.get("types", ())
        )
        yield from (Written("tag_forms", form["path"]) for form in forms)
        for flow in entry.get("flows", ()):
            yield from (
                Written("flows", flow[end])
                for end in ("source", "target")
                if flow[end] != SELF
            )
        for each in entry.get("chooses", ()):
            parts = [each[part] for part in ("key", "value") if part in each]
            at = each["at"]
            yield from (Written("chooses", f"{at}.*.{part}") for part in parts)
            if not parts:
                yield Written("chooses", at)
        for attribute in self.data.get("computed", {}).get(name, {}).values():
            if "{" not in attribute:
                yield Written("computed", attribute)
        yield from self._workloads(name)

    def _workloads(self, name: str) -> Iterator[Written]:
        """Where a type keeps the settings of what runs; what stands in a text nobody can check."""
        for each in (each for each in self.own.get("workloads", ()) if name in each["types"]):
            rule = decode(Workload, each)
            for above in rule.each:
                for path in ((*above, *inner) for inner in rule.paths):
                    until = 1 if path and path[0] in rule.encoded else len(path)
                    if path:
                        yield Written("workloads", ".".join(path[:until]))
        for each in (each for each in self.own.get("installs", ()) if name in each["types"]):
            yield from (
                Written("installs", each[key]) for key in ("chart", "repository", "values")
            )

    def computed(self) -> Iterator[str]:
        """Types of which this file says what they have once applied."""
        for section in ("computed", "answers_at"):
            yield from self.own.get(section, ())

    def pieces(self, name: str) -> Iterator[Written]:
        """What templates of computed attributes name: arguments of the type, or settings of the provider block."""
        for attribute in self.data.get("computed", {}).get(name, {}).values():
            yield from (
                Written("computed", piece) for piece in re.findall(r"\{(\w+)\}", attribute)
            )

    def exported(self, name: str) -> Iterator[Written]:
        """Paths of the attributes that a type is said to have once applied."""
        yield from (
            Written("computed", attribute)
            for attribute in self.data.get("computed", {}).get(name, ())
        )
        yield from (
            Written("answers_at", path)
            for path in self.data.get("answers_at", {}).get(name, ())
        )

    def anywhere(self) -> Iterator[Written]:
        """Paths that hold for all types: each must exist in at least one."""
        places = self.data.get("region", {})
        yield from (Written("region.resource", path) for path in places.get("resource", ()))
        yield from (Written("region.zone", path) for path in places.get("zone", ()))
        yield from (
            Written(key, path) for key in ("tags", "names") for path in self.data.get(key, ())
        )

    def settings(self) -> Iterator[Written]:
        """Paths of the provider block."""
        places, chosen = self.data.get("region", {}), self.data.get("provider", {})
        yield from (Written("region.settings", path) for path in places.get("settings", ()))
        yield from (
            Written("region.settings_zone", path) for path in places.get("settings_zone", ())
        )
        yield from (
            Written("provider.settings", each["path"]) for each in chosen.get("settings", ())
        )
        yield from (
            Written("default_tags", path) for path in self.data.get("default_tags", ())
        )
        keys = [
            key for entry in self.data.get("services", {}).values() for key in entry["keys"]
        ]
        for template in self.data.get("endpoints", ()):
            if "{key}" in template:
                yield from (
                    Written("endpoints", template.replace("{key}", key)) for key in keys
                )
            else:
                yield Written("endpoints", template)


def _asked(conditions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The paths that conditions ask about."""
    for each in conditions:
        if "path" in each:
            yield each["path"]
        for key in ("any", "all", "not"):
            yield from _asked(each.get(key, ()))
