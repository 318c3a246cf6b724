"""Checks of plug-ins: their providers, their types, and what each type says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sovlint.catalog.checks.written import At, Faults
from sovlint.catalog.compiling.shared import CONFIG, DATA, UNDECIDED, decision
from sovlint.catalog.compiling.written_data import Data


def plugin(plugin_id: str, data: Data, parts: Data) -> Faults:
    """A plug-in, and every type that it lists."""
    if "stands_for" in data:
        yield from _stands_for(data["stands_for"], parts)
    chosen = data.get("provider", {})
    yield from _chosen(chosen)
    for name, entry in data.get("types", {}).items():
        yield from _type(name, entry, chosen.get("candidates", ()), parts)
    yield from _named_types(plugin_id, data, parts)
    yield from _decided_twice(data)
    for section in (DATA, CONFIG, UNDECIDED):
        for index, name in enumerate(data.get(section, ())):
            if not _has_prefix(name, data.get("prefixes")):
                at: At = (section, name if section == DATA else index)
                yield (
                    at,
                    f"`{name}` starts with none of the prefixes of {plugin_id}: {', '.join(data['prefixes'])}.",
                )


def _chosen(data: Data) -> Faults:
    """How the provider is chosen that a plug-in reaches."""
    candidates = data.get("candidates", ())
    default = data.get("default")
    if default is not None and default not in candidates:
        yield ("provider", "default"), f"`{default}` isn't among the candidates."


def _named_types(plugin_id: str, data: Data, parts: Data) -> Faults:
    """Types that a plug-in names elsewhere than in its lists of types."""
    for at, name in _named_at(data):
        if decision(data, name) is None:
            yield at, f"`{name}` is no type of {plugin_id}."
    for index, name in enumerate(data.get("own_volumes", ())):
        if not any(name in kinds for kinds in data.get("pods", {}).values()):
            yield ("own_volumes", index), f"`{name}` isn't among the types under `pods`."
    for at, name in _others_named_at(data):
        if not _is_type(name, parts["plugins"].values()):
            yield at, f"`{name}` is a type of no plug-in."


def _is_type(name: str, plugins: Iterable[Data]) -> bool:
    """Whether one of the plug-ins has a type. Whole names are looked for first: patterns take longer to try."""
    is_listed = any(
        name in each.get(section, ())
        for each in plugins
        for section in (DATA, CONFIG, UNDECIDED)
    )
    return is_listed or any(decision(each, name) is not None for each in plugins)


def _others_named_at(data: Data) -> Iterator[tuple[At, str]]:
    """Where a plug-in names types that may be another's, and which."""
    for index, each in enumerate(data.get("refers", ())):
        yield ("refers", index), each["to"]
    for section, key in (("passing", "types"), ("serving", "types"), ("agents", "to")):
        for index, each in enumerate(data.get(section, ())):
            yield from (((section, index), name) for name in each.get(key, ()))
    for index, rule in enumerate(data.get("publishing", ())):
        for part in ("publishers", "published"):
            for place, each in enumerate(rule[part]):
                at = ("publishing", index, part, place)
                yield from ((at, name) for name in each["types"])


def _named_at(data: Data) -> Iterator[tuple[At, str]]:
    """Where a plug-in names its own types, and which."""
    for index, name in enumerate(data.get("region", {}).get("zonal", ())):
        yield ("region", "zonal", index), name
    for path, kinds in data.get("pods", {}).items():
        for index, name in enumerate(kinds):
            yield ("pods", path, index), name
    for section in (
        "workloads", "objects", "installs", "kept", "copies", "refers", "parameters",
    ):  # fmt: skip
        for index, each in enumerate(data.get(section, ())):
            stores = (
                [store["to"] for store in each.get("stores", ())]
                if section == "copies"
                else []
            )
            for name in (*each["types"], *stores):
                yield (section, index), name


def _stands_for(data: Data, parts: Data) -> Faults:
    other = parts["plugins"].get(data["plugin"], {})
    for kind, name in data.get("kinds", {}).items():
        if other and decision(other, name) is None:
            yield ("stands_for", "kinds", kind), f"`{name}` is no type of {data['plugin']}."


def _type(name: str, entry: Data, candidates: Sequence[str], parts: Data) -> Faults:
    at: At = ("types", name)
    for rule in entry.get("placements", [entry]):
        through = parts["plugins"].get(rule.get("through") or "", {})
        behind = through.get("provider", {}).get("candidates", ()) if through else candidates
        fixed = rule.get("region")
        if isinstance(fixed, str) and fixed != "global" and not any(
            fixed in parts["providers"].get(provider, {}).get("regions", {}) for provider in behind
        ):  # fmt: skip
            yield (
                at,
                f"`{fixed}` is a region of none of the candidates; write a list for attribute paths.",
            )


def _has_prefix(type_name: str, prefixes: Sequence[str] | None) -> bool:
    """Whether a type is one of a plug-in whose types start so; with no prefixes listed, any is."""
    return prefixes is None or any(
        type_name == prefix or type_name.startswith(f"{prefix}_") for prefix in prefixes
    )


def _decided_twice(plugin: Data) -> Faults:
    """Types that stand in two lists, and retired ones that stand in none."""
    for section, others in ((CONFIG, (DATA,)), (UNDECIDED, (DATA, CONFIG))):
        for index, name in enumerate(plugin.get(section, ())):
            yield from (
                ((section, index), f"`{name}` is also under `{other}`.")
                for other in others
                if name in plugin.get(other, ())
            )
    for index, name in enumerate(plugin.get("retired", ())):
        if not name.startswith("*.") and decision(plugin, name.partition(".")[0]) is None:
            yield (
                ("retired", index),
                f"`{name}` is retired, but isn't listed under `types` or `config`.",
            )
