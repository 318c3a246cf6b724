"""Tags of a resource and default tags of its provider block, in every form that clouds give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sovlint.expressions.kinds import NULL, content, known_text, members_of
from sovlint.frontends.terraform.modules.attributes import BodyAttributes
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.model.attributes import Attributes, Found
from sovlint.model.resources.resource import Labels
from sovlint.model.value import Known, Unknown, Value, is_null, map_fact
from sovlint.rules.hints import Hints, PluginHints

DECLARER = "terraform"
ORDINARY = PluginHints(tags=("tags", "labels"))
"""Where tags are looked for under a plug-in of which nobody described any, or in a call of a module that isn't there."""

_KEYS = ("label", "name")
"""What blocks call the key of a tag besides ``key``, where nothing but its value stands there."""


def labels_of(
    attributes: Attributes, config: ProviderConfig | None, hints: Hints
) -> tuple[Labels, ...]:
    """The labels that reach a resource, nearest first: its own tags, then the provider's default ones.

    Where a plan or state knows what comes of both, that is told in place of the default ones, of which a tag that means
    nothing may have taken the place.
    """
    plugin = hints.plugins.get(config.plugin, ORDINARY) if config else ORDINARY
    own = _with_own_keys(_read(attributes, plugin.tags or ORDINARY.tags), plugin)
    both = [
        labels
        for labels in _read(attributes, plugin.all_tags)
        if isinstance(labels.entries, Known)
    ]
    default = _read(config.settings, plugin.default_tags) if config else iter(())
    return (*own, *both, *(replace(labels, spare=bool(both)) for labels in default))


def labels_of_call(
    attributes: BodyAttributes, configs: Iterable[ProviderConfig], hints: Hints
) -> tuple[Labels, ...]:  # fmt: skip
    """The labels of a call of a module that isn't there: its own, and the default ones of every provider it is given.

    Those of each provider reach other resources, so that they add up.
    """
    given = tuple(
        replace(labels, declarer=f"{DECLARER}.{config.plugin}.{number}")
        for number, config in enumerate(configs)
        for labels in _read(
            config.settings, hints.plugins.get(config.plugin, ORDINARY).default_tags
        )
    )
    return (*labels_of(attributes, None, hints), *given)


def _with_own_keys(found: Iterable[Labels], plugin: PluginHints) -> Iterator[Labels]:
    """Each with what the keys of its plug-in declare there: that adds up with what the configuration's declare."""
    for labels in found:
        yield labels
        if plugin.tag_keys:
            yield replace(labels, declarer=f"{DECLARER}.own", keys=plugin.tag_keys)


def _read(attributes: Attributes, paths: Sequence[str]) -> Iterator[Labels]:
    for path in paths:
        found = [item for item in attributes.read(path) if not is_null(item.value)]
        if not found:
            continue
        blocks = _from_blocks(found)
        if blocks is not None:
            yield Labels(DECLARER, blocks, found[0].where)
            continue
        for item in found:
            is_listed = any(
                isinstance(member.value, tuple) for member in members_of(item.value)
            )
            yield Labels(
                DECLARER,
                map_fact(item.value, _as_map) if is_listed else item.value,
                item.where,
            )


def _from_blocks(found: Sequence[Found]) -> Value | None:
    """``tag { key = ... value = ... }`` blocks as one map; an unknown key leaves it open."""
    entries: dict[str, Value] = {}
    unknown: Unknown | None = None
    for item in found:
        pair = content(item.value)
        if not isinstance(pair, dict) or "value" not in pair:
            return None
        named = next((each for each in _KEYS if pair.keys() == {each, "value"}), "key")
        key = pair.get(named)
        if key is None:
            return None
        if isinstance(key, Unknown):
            unknown = key
        elif isinstance(key.value, str):
            _add(entries, key.value, pair["value"])
    return _map(entries, unknown)


def _map(entries: dict[str, Value], unknown: Unknown | None) -> Value:
    """A map, open where something in it isn't known."""
    if unknown is None:
        return Known(entries)
    return Unknown(unknown.reason, unknown.detail, unknown.because, entries=entries)


def _add(entries: dict[str, Value], key: str, value: Value) -> None:
    """Add an entry; a key that stands twice has both values, since neither takes the other's place."""
    entries[key] = Known((entries[key], value)) if key in entries else value


def _as_map(inner: object) -> Value:
    """A list of ``key=value`` or ``key:value`` texts, or of key/value objects, as a map."""
    if not isinstance(inner, tuple):
        return Known(inner)
    entries: dict[str, Value] = {}
    unknown: Unknown | None = None
    for item in inner:
        if isinstance(item, Unknown):
            unknown = item
            continue
        if isinstance(item.value, dict):
            key = known_text(item.value.get("key"))
            if key is not None:
                _add(entries, key, item.value.get("value", NULL))
        elif isinstance(item.value, str):
            mark = next((mark for mark in item.value if mark in "=:"), None)
            if mark:
                name, _, value = item.value.partition(mark)
                _add(
                    entries, name.strip(), Known(value.strip(), item.because, item.sensitive)
                )
    return _map(entries, unknown)
