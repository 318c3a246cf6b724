"""What a plan, a state or a state file lists: its managed resources, with what is said of each.

The formats are those that Terraform and OpenTofu document: ``terraform show -json`` (``format_version`` 0 and 1), and
the state file (``version`` 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from sovlint.documents import Path
from sovlint.documents.json_places import JsonText
from sovlint.frontends.terraform.modules import addresses
from sovlint.frontends.terraform.modules.addresses import Address
from sovlint.model.decoding import late_pattern
from sovlint.model.text import Note

FORMATS = ("0", "1")
"""Major versions of ``format_version`` that are known."""
STATE_VERSION = 4
"""The version of state files that is known: that of Terraform since 0.12, and of OpenTofu."""

_SOURCE = late_pattern(r'provider\["([^"]+)"\]|provider\.([\w-]+)')


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
    variables: Mapping[str, Any] = {}
    configuration: Mapping[str, Any] = {}
    errored: bool = False
    partial: bool = False


def read(text: JsonText) -> PlanDocument:
    """What a text lists. Raises ``NotReadError`` for what is encrypted, of another version, or not of such a shape."""
    data = text.data
    if not isinstance(data, dict) or not (
        {"format_version", "version", "encrypted_data"} & data.keys()
    ):
        raise OtherShapeError("terraform.plan-shape")
    if "encrypted_data" in data:
        raise NotReadError("terraform.state-encrypted", ("encrypted_data",))
    if "format_version" in data:
        return _shown(text, data)
    if data.get("version") != STATE_VERSION:
        raise NotReadError(
            "terraform.state-version", ("version",), version=str(data.get("version"))[:20]
        )
    return PlanDocument(text, tuple(_of_state_file(data)), False)


def _shown(text: JsonText, data: Mapping[str, Any]) -> PlanDocument:
    version = str(data["format_version"])[:20]
    if version.partition(".")[0] not in FORMATS:
        raise NotReadError("terraform.plan-version", ("format_version",), version=version)
    if not ({"planned_values", "resource_changes", "configuration"} & data.keys()):
        return PlanDocument(
            text,
            tuple(_of_module(as_map(data.get("values")).get("root_module"), _AT_VALUES)),
            False,
        )
    changes = _changes(data)
    listed = list(
        _of_module(
            as_map(data.get("planned_values")).get("root_module"), _AT_PLANNED, changes
        )
    )
    named = {each.address for each in listed}
    listed += [each for each in _changed(changes) if each.address not in named]
    for number, each in numbered(data.get("deferred_changes")):
        at: Path = ("deferred_changes", number, "resource_change")
        found = _of_change(as_map(each.get("resource_change")), at, True)
        if found is not None and found.address not in named:
            listed.append(found)
    return PlanDocument(
        text,
        tuple(listed),
        True,
        as_map(data.get("variables")),
        as_map(data.get("configuration")),
        data.get("errored") is True,
        data.get("complete") is False,
    )


_AT_VALUES: Path = ("values", "root_module")
_AT_PLANNED: Path = ("planned_values", "root_module")
_ENDS: tuple[set[str], ...] = ({"delete"}, {"forget"}, {"read"}, set())
"""What is done to a resource that isn't there, or not managed, afterwards."""


def _changes(data: Mapping[str, Any]) -> dict[str, tuple[Mapping[str, Any], Path]]:
    """The changes by address, and where each stands; those of deposed objects, which are only deleted, left out."""
    return {
        change["address"]: (change, ("resource_changes", number))
        for number, change in numbered(data.get("resource_changes"))
        if isinstance(change.get("address"), str) and "deposed" not in change
    }


def _changed(changes: Mapping[str, tuple[Mapping[str, Any], Path]]) -> Iterator[Listed]:
    """Changes that leave a resource behind (of a plan whose planned values somebody cut away)."""
    for change, where in changes.values():
        actions = as_list(as_map(change.get("change")).get("actions"))
        found = None if set(map(str, actions)) in _ENDS else _of_change(change, where, False)
        if found is not None:
            yield found


def _of_change(change: Mapping[str, Any], at: Path, deferred: bool) -> Listed | None:
    inner = as_map(change.get("change"))
    parts = _managed(change)
    if parts is None:
        return None
    return Listed(
        change["address"],
        parts,
        str(change.get("provider_name", "")),
        as_map(inner.get("after")),
        at,
        (*at, "change", "after"),
        inner.get("after_unknown", False),
        inner.get("after_sensitive", False),
        deferred=deferred,
    )


def _of_module(
    module: Any, at: Path, changes: Mapping[str, tuple[Mapping[str, Any], Path]] | None = None
) -> Iterator[Listed]:
    """The managed resources of a module and of those that it calls, in the order of the file."""
    stack: list[tuple[Any, Path]] = [(module, at)]
    while stack:
        inner, where = stack.pop()
        for number, resource in numbered(as_map(inner).get("resources")):
            parts = _managed(resource)
            if parts is None or resource.get("deposed_key"):
                continue
            planned, _ = (changes or {}).get(resource["address"], ({}, ()))
            change = as_map(planned.get("change"))
            sensitive = resource.get("sensitive_values", False)
            yield Listed(
                resource["address"],
                parts,
                str(resource.get("provider_name", "")),
                as_map(resource.get("values")),
                (*where, "resources", number),
                (*where, "resources", number, "values"),
                change.get("after_unknown", False),
                _either(sensitive, change.get("after_sensitive", False)),
                _bases(resource.get("depends_on")),
            )
        children = list(enumerate(as_list(as_map(inner).get("child_modules"))))
        stack.extend(
            (child, (*where, "child_modules", number)) for number, child in reversed(children)
        )


def _of_state_file(data: Mapping[str, Any]) -> Iterator[Listed]:
    for number, resource in numbered(data.get("resources")):
        kind, name, module = (
            resource.get("type"),
            resource.get("name"),
            resource.get("module", ""),
        )
        if (
            resource.get("mode") != "managed"
            or not isinstance(kind, str)
            or not isinstance(name, str)
        ):
            continue
        source = _SOURCE.search(str(resource.get("provider", "")))
        for place, instance in numbered(resource.get("instances")):
            address = f"{module}.{kind}.{name}".lstrip(".") + addresses.suffix(
                instance.get("index_key")
            )
            parts = addresses.parse(address)
            if parts is None or "deposed" in instance:
                continue
            at: Path = ("resources", number, "instances", place)
            yield Listed(
                address,
                parts,
                (source[1] or source[2]) if source else "",
                as_map(instance.get("attributes")),
                at,
                (*at, "attributes"),
                False,
                {
                    step: True
                    for step in map(
                        _first_step, as_list(instance.get("sensitive_attributes"))
                    )
                    if step
                },
                _bases(instance.get("dependencies")),
            )


def _first_step(path: Any) -> str:
    """The attribute that a path of a sensitive value begins with: all of it is hidden."""
    first = path[0] if isinstance(path, list) and path else path
    return str(as_map(first).get("value", ""))


def _managed(resource: Mapping[str, Any]) -> Address | None:
    if resource.get("mode", "managed") != "managed":
        return None
    return _address(resource.get("address"))


def _address(written: Any) -> Address | None:
    return addresses.parse(written) if isinstance(written, str) else None


def _bases(written: Any) -> frozenset[str]:
    return frozenset(address.base for address in map(_address, as_list(written)) if address)


def _either(one: Any, other: Any) -> Any:
    """Two trees of what is sensitive as one."""
    if one is True or other is True:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            key: _either(one.get(key, False), other.get(key, False))
            for key in {**one, **other}
        }
    return one or other


# --- parts that may be of any shape


def as_map(data: Any) -> Mapping[str, Any]:
    """An object; an empty one in place of anything else."""
    return data if isinstance(data, dict) else {}


def as_list(data: Any) -> list[Any]:
    """A list; an empty one in place of anything else."""
    return data if isinstance(data, list) else []


def numbered(data: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The objects of a list, each with where it stands there."""
    return enumerate(map(as_map, as_list(data)))
