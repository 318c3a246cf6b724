"""Plug-ins of the index, and their resource types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sovlint.catalog.entries import (
    NOBODY,
    FlowRule,
    PlacementRule,
    Plugin,
    ProviderSetting,
    StandsFor,
    TypeEntry,
    TypesWithTags,
    When,
)
from sovlint.catalog.names import flat
from sovlint.catalog.shared import CONFIG, DATA, UNDECIDED, decision, whole_plugin
from sovlint.catalog.written_data import Data
from sovlint.model.placement import CONFIG_ROLE
from sovlint.rules.tagging import TagForm


def plugin(index: Data, plugin_id: str) -> Plugin:
    """A plug-in, without its types."""
    data = whole_plugin(index["plugins"], plugin_id)
    chosen, places = data.get("provider", {}), data.get("region", {})
    return Plugin(
        id=plugin_id,
        candidates=tuple(chosen.get("candidates", ())),
        default=chosen.get("default"),
        settings=tuple(
            ProviderSetting(entry["path"], dict(entry.get("values", {})), entry.get("host", False))
            for entry in chosen.get("settings", ())
        ),
        endpoints=tuple(data.get("endpoints", ())),
        service_keys={name: tuple(entry["keys"]) for name, entry in data.get("services", {}).items()},
        region=tuple(places.get("resource", ())),
        zone=tuple(places.get("zone", ())),
        settings_region=tuple(places.get("settings", ())),
        settings_zone=tuple(places.get("settings_zone", ())),
        zonal=frozenset(places.get("zonal", ())),
        tags=tuple(data.get("tags", ())),
        default_tags=tuple(data.get("default_tags", ())),
        tag_forms=tuple(map(_tag_form, data.get("tag_forms", ()))),
        names=tuple(data.get("names", ())),
        zone_in_region=data.get("zone_in_region", False),
    )


def _tag_form(data: Data) -> TypesWithTags:
    form = TagForm(
        path=data["path"],
        kind=data.get("kind", "map"),
        sign=data.get("sign", "="),
        extra=dict(data.get("extra", {})),
        lower=data.get("lower", False),
    )
    return TypesWithTags(form, frozenset(data.get("types", ())))


def type_entry(index: Data, plugin_id: str, name: str) -> TypeEntry | None:
    """A resource type of a plug-in: exactly that type, or one that a pattern in ``config`` covers.

    A type that nobody has decided on is as good as one that isn't there.
    """
    data = index["plugins"][plugin_id]
    decided = decision(data, name)
    if decided == DATA:
        return _typed(name, data[DATA][name])
    if decided == CONFIG:
        return TypeEntry(name, (PlacementRule(CONFIG_ROLE),))
    if decided == UNDECIDED:
        return None
    shared = data.get("same_types_as")
    return type_entry(index, shared, name) if shared else None


def stands_for(index: Data, plugin_id: str, name: str) -> StandsFor | None:
    """What a custom resource (``Kind.group``) stands for; ``None`` where it is a type of its own plug-in."""
    data = index["plugins"][plugin_id]
    rule = data.get("stands_for")
    if rule is None or decision(data, name) is not None:
        return None
    listed = index["flat_types"][rule["plugin"]]
    found = next((listed[flat] for flat in spellings(rule, name) if flat in listed), None)
    return StandsFor(rule["plugin"], found, tuple(rule.get("arguments", ())), tuple(rule.get("region", ())))


def spellings(rule: Data, name: str) -> Iterator[str]:
    """What a custom resource may be called at the plug-in that it stands for, without case and underscores."""
    kind, _, group = name.partition(".")
    label = group.partition(".")[0]
    exact = rule.get("kinds", {}).get(f"{kind}.{label}")
    if exact is not None:
        yield flat(exact)
        return
    starts = [""] if rule.get("kind_has_start") else _starts(rule.get("starts", {}), label)
    yield from (flat(f"{rule['prefix']}{start}{kind}") for start in starts)


def _starts(starts: Data, label: str) -> Sequence[str]:
    listed: Sequence[str] = starts.get(label) or starts.get("*") or (label,)
    return listed


def _typed(name: str, data: Data) -> TypeEntry:
    rules = data.get("placements") or ([data] if "role" in data else [])
    return TypeEntry(
        name=name,
        rules=tuple(_rule(entry) for entry in rules),
        intrinsic=tuple(data.get("intrinsic", ())),
        names=tuple(data.get("names", ())),
        flows=tuple(FlowRule(entry["kind"], entry["source"], entry["target"]) for entry in data.get("flows", ())),
    )


def _rule(data: Data) -> PlacementRule:
    written = data.get("region")
    return PlacementRule(
        role=data["role"],
        service=data.get("service"),
        region=tuple(written) if isinstance(written, list) else None,
        zone=tuple(data["zone"]) if "zone" in data else None,
        via=tuple(data.get("via", ())),
        each=data.get("each"),
        each_region=data.get("each_region"),
        elsewhere=data.get("elsewhere", False),
        each_endpoint=data.get("each_endpoint"),
        through=(data["through"] or NOBODY) if "through" in data else None,
        storage=tuple(data["storage"]) if "storage" in data else None,
        driver=data.get("driver"),
        classes=data.get("classes"),
        kept_by=data.get("kept_by"),
        required=data.get("required", False),
        paired=data.get("paired", False),
        fixed=written if isinstance(written, str) else None,
        when=_conditions(data.get("when", ())),
        unless=_conditions(data.get("unless", ())),
    )


def _conditions(entries: Sequence[Data]) -> tuple[When, ...]:
    return tuple(When(entry["path"], tuple(str(value).lower() for value in entry.get("in", ()))) for entry in entries)
