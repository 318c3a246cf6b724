"""What a plan, a state or a state file lists: its managed resources, with what is said of each.

The formats are those that Terraform and OpenTofu document: ``terraform show -json`` (``format_version`` 0 and 1), and
the state file (``version`` 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from sovlint.documents import Path
from sovlint.documents.json_places import JsonText
from sovlint.frontends.terraform.modules import addresses
from sovlint.frontends.terraform.modules.addresses import Address
from sovlint.model.text import Note

FORMATS = ("0", "1")
"""Major versions of ``format_version`` that are known."""
STATE_VERSION = 4
"""The version of state files that is known: that of Terraform since 0.12, and of OpenTofu."""

_SOURCE = re.compile(r'provider\["([^"]+)"\]|provider\.([\w-]+)')


class NotReadError(Exception):
    """A plan or state that can't be read: why, and the path of what says so."""

    def __init__(self, key: str, at: Path = (), **params: object) -> None:
        super().__init__(key)
        self.note = Note(key, params)
        self.at = at


class OtherShapeError(NotReadError):
    """What has the head of a plan or state, and not its shape: perhaps it is neither."""


class Listed(Struct, frozen=True):
    """A resource instance as it is listed: at ``at``, with its values at ``values_at``.

    ``unknown`` and ``sensitive`` are trees beside ``values``: ``True`` where something is. ``provider`` is the source
    of its plug-in as written. ``rests_on``: addresses without keys of what it refers to, where the file says so.
    ``deferred``: that it isn't certain to come about.
    """

    address: str
    parts: Address
    provider: str
    values: Mapping[str, Any]
    at: Path
    values_at: Path
    unknown: Any = False
    sensitive: Any = False
    rests_on: frozenset[str] = frozenset()
    deferred: bool = False


class PlanDocument(Struct, frozen=True):
    """A plan (``is_plan``) or a state: what it lists. ``failure``: what of it is surely missing."""

    text: JsonText
    listed: tuple[Listed, ...]
    is_plan: bool
    variables: Mapping[str, Any] = field(default_factory=dict)
    configuration: Mapping[str, Any] = field(default_factory=dict)
    errored: bool = False
    partial: bool = False


def read(text: JsonText) -> PlanDocument:
    """What a text lists. Raises ``NotReadError`` for what is encrypted, of another version, or not of such a shape."""
    data = text.data
    if not isinstance(data, dict):
        raise OtherShapeError("terraform.plan-shape")
    if not ({"format_version", "version", "encrypted_data"} & data.keys()):
        raise OtherShapeError("terraform.plan-shape")
    if "encrypted_data" in data:
        raise NotReadError("terraform.state-encrypted", ("encrypted_data",))
    if "format_version" in data:
        return _shown(text, data)
    if data.get("version") != STATE_VERSION:
        raise NotReadError("terraform.state-version", ("version",), version=str(data.get("version"))[:20])
    return PlanDocument(text, tuple(_of_state_file(data)), False)


def _shown(text: JsonText, data: Mapping[str, Any]) -> PlanDocument:
    version = str(data["format_version"])[:20]
    if version.partition(".")[0] not in FORMATS:
        raise NotReadError("terraform.plan-version", ("format_version",), version=version)
    if not ({"planned_values", "resource_changes", "configuration"} & data.keys()):
        return PlanDocument(text, tuple(_of_module(_map(data.get("values")).get("root_module"), _AT_VALUES)), False)
    changes, where = _changes(data, "resource_changes")
    listed = list(_of_module(_map(data.get("planned_values")).get("root_module"), _AT_PLANNED, changes))
    named = {each.address for each in listed}
    listed += [each for address, each in _changed(changes, where) if address not in named]
    deferred = [_map(each).get("resource_change") for each in _list(data.get("deferred_changes"))]
    for number, change in enumerate(deferred):
        at: Path = ("deferred_changes", number, "resource_change")
        found = _of_change(_map(change), at, True)
        if found is not None and found.address not in named:
            listed.append(found)
    return PlanDocument(
        text,
        tuple(listed),
        True,
        _map(data.get("variables")),
        _map(data.get("configuration")),
        data.get("errored") is True,
        data.get("complete") is False,
    )


_AT_VALUES: Path = ("values", "root_module")
_AT_PLANNED: Path = ("planned_values", "root_module")
_ENDS: tuple[set[str], ...] = ({"delete"}, {"forget"}, {"read"}, set())
"""What is done to a resource that isn't there, or not managed, afterwards."""


def _changes(data: Mapping[str, Any], key: str) -> tuple[dict[str, Mapping[str, Any]], dict[str, Path]]:
    """The changes by address, and where each stands; those of deposed objects, which are only deleted, left out."""
    found: dict[str, Mapping[str, Any]] = {}
    where: dict[str, Path] = {}
    for number, each in enumerate(_list(data.get(key))):
        change = _map(each)
        if isinstance(change.get("address"), str) and "deposed" not in change:
            found[change["address"]] = change
            where[change["address"]] = (key, number)
    return found, where


def _changed(changes: Mapping[str, Mapping[str, Any]], where: Mapping[str, Path]) -> Iterator[tuple[str, Listed]]:
    """Changes that leave a resource behind (of a plan whose planned values somebody cut away)."""
    for address, change in changes.items():
        if set(map(str, _list(_map(change.get("change")).get("actions")))) in _ENDS:
            continue
        found = _of_change(change, where[address], False)
        if found is not None:
            yield address, found


def _of_change(change: Mapping[str, Any], at: Path, deferred: bool) -> Listed | None:
    inner = _map(change.get("change"))
    parts = _managed(change)
    if parts is None:
        return None
    return Listed(
        change["address"],
        parts,
        str(change.get("provider_name", "")),
        _map(inner.get("after")),
        at,
        (*at, "change", "after"),
        inner.get("after_unknown", False),
        inner.get("after_sensitive", False),
        deferred=deferred,
    )


def _of_module(module: Any, at: Path, changes: Mapping[str, Mapping[str, Any]] | None = None) -> Iterator[Listed]:
    """The managed resources of a module and of those that it calls, in the order of the file."""
    stack: list[tuple[Any, Path]] = [(module, at)]
    while stack:
        inner, where = stack.pop()
        for number, each in enumerate(_list(_map(inner).get("resources"))):
            resource = _map(each)
            parts = _managed(resource)
            if parts is None or resource.get("deposed_key"):
                continue
            change = _map((changes or {}).get(resource["address"], {}).get("change"))
            sensitive = resource.get("sensitive_values", False)
            yield Listed(
                resource["address"],
                parts,
                str(resource.get("provider_name", "")),
                _map(resource.get("values")),
                (*where, "resources", number),
                (*where, "resources", number, "values"),
                change.get("after_unknown", False),
                _either(sensitive, change.get("after_sensitive", False)),
                frozenset(addr.base for addr in map(_address, _list(resource.get("depends_on"))) if addr),
            )
        children = list(enumerate(_list(_map(inner).get("child_modules"))))
        stack.extend((child, (*where, "child_modules", number)) for number, child in reversed(children))


def _of_state_file(data: Mapping[str, Any]) -> Iterator[Listed]:
    for number, each in enumerate(_list(data.get("resources"))):
        resource = _map(each)
        kind, name, module = resource.get("type"), resource.get("name"), resource.get("module", "")
        if resource.get("mode") != "managed" or not isinstance(kind, str) or not isinstance(name, str):
            continue
        source = _SOURCE.search(str(resource.get("provider", "")))
        for place, one in enumerate(_list(resource.get("instances"))):
            instance = _map(one)
            address = f"{module}.{kind}.{name}".lstrip(".") + addresses.suffix(instance.get("index_key"))
            parts = addresses.parse(address)
            if parts is None or "deposed" in instance:
                continue
            at: Path = ("resources", number, "instances", place)
            yield Listed(
                address,
                parts,
                (source[1] or source[2]) if source else "",
                _map(instance.get("attributes")),
                at,
                (*at, "attributes"),
                False,
                {step: True for step in map(_first_step, _list(instance.get("sensitive_attributes"))) if step},
                frozenset(addr.base for addr in map(_address, _list(instance.get("dependencies"))) if addr),
            )


def _first_step(path: Any) -> str:
    """The attribute that a path of a sensitive value begins with: all of it is hidden."""
    first = path[0] if isinstance(path, list) and path else path
    return str(_map(first).get("value", ""))


def _managed(resource: Mapping[str, Any]) -> Address | None:
    if resource.get("mode", "managed") != "managed":
        return None
    return _address(resource.get("address"))


def _address(written: Any) -> Address | None:
    return addresses.parse(written) if isinstance(written, str) else None


def _either(one: Any, other: Any) -> Any:
    """Two trees of what is sensitive as one."""
    if one is True or other is True:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _either(one.get(key, False), other.get(key, False)) for key in {**one, **other}}
    return one or other


def _map(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []
