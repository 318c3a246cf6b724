"""Checks of published modules: what they make, of which plug-in it is, and that it is told where it may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sovlint.catalog.checks.written import At, Faults
from sovlint.catalog.compiling.shared import CONFIG, DATA, decision, whole_plugin
from sovlint.catalog.compiling.written_data import Data
from sovlint.rules.registry_modules import addresses

_EACH: Final = ("each", "each_region", "each_endpoint")
"""Keys of placements whose every value is one of its own."""


def module(name: str, data: Data, parts: Data) -> Faults:
    """One module, in each of its ranges."""
    yield from _found_alike(name, data, parts)
    plugins = [
        _with_types(each, parts["plugins"])
        for each in data.get("plugins", {}).values()
        if each in parts["plugins"]
    ]
    for number, said in enumerate(data["ranges"]):
        at: At = ("ranges", number)
        for made, resource in said["makes"].items():
            yield from _made(made, resource, plugins, (*at, "makes", made))
        for output, path in said.get("outputs", {}).items():
            if path.rpartition(".")[0] not in said["makes"]:
                yield (*at, "outputs", output), f"`{path}` is no attribute of what it makes."


def _found_alike(name: str, data: Data, parts: Data) -> Faults:
    """Another module that calls would find by the same address: one would silently take the other's place."""
    own = {*addresses(name, data["repository"])}
    for other, said in parts["modules"].items():
        if other != name and own.intersection(addresses(other, said["repository"])):
            yield (
                ("repository",),
                f"calls of `{other}` would find this one: they have an address in common.",
            )


def _with_types(plugin: str, plugins: Mapping[str, Data]) -> Data:
    """A plug-in with the types of the one whose types it has."""
    found = whole_plugin(plugins, plugin)
    types = plugins.get(found.get("same_types_as", ""), {})
    return {**{key: types[key] for key in (DATA, CONFIG) if key in types}, **found}


def _made(name: str, resource: Data, plugins: Iterable[Data], at: At) -> Faults:
    """A resource: a type that carries something, with each path that decides where it is."""
    kind = name.split(".")[-2]
    plugin = next((each for each in plugins if decision(each, kind) is not None), None)
    if plugin is None:
        yield at, f"`{kind}` is a type of none of its plug-ins."
        return
    if decision(plugin, kind) == CONFIG:
        yield at, f"`{kind}` carries no payload: leave it away."
        return
    told = {*resource["sets"], *resource.get("never", ())}
    for path in dict.fromkeys(_deciding(kind, plugin)):
        if not any(each == path or path.startswith(f"{each}.") for each in told):
            yield (
                at,
                f"`{path}` of {kind} decides where it is: say what it is set to, or that it `never` is.",
            )


def _deciding(kind: str, plugin: Data) -> Iterator[str]:
    """The paths of a type's attributes by which its placements are told: regions, zones, others that it lies with."""
    entry = plugin.get(DATA, {}).get(kind, {})
    usual = plugin.get("region", {})
    for rule in entry.get("placements") or [entry]:
        yield from _of_region(rule, plugin.get("zone_in_region", False), usual)
        yield from rule.get("via", ())
        yield from (rule[key] for key in _EACH if key in rule)
        for condition in (*rule.get("when", ()), *rule.get("unless", ())):
            yield from _tested(condition)


def _of_region(rule: Data, zone_in_region: bool, usual: Data) -> Iterator[str]:
    """The paths by which a placement's own region is told, where it isn't fixed, or each value is one."""
    if isinstance(rule.get("region"), str) or any(key in rule for key in _EACH):
        return
    yield from rule.get("region", usual.get("resource", ()))
    if not zone_in_region:
        yield from rule.get("zone", usual.get("zone", ()))


def _tested(condition: Data) -> Iterator[str]:
    """The paths that a condition is about."""
    if condition.get("path"):
        yield condition["path"]
    for key in ("any", "all", "not"):
        for each in condition.get(key, ()):
            yield from _tested(each)
