"""Objects of a chart as it would be installed elsewhere: which of them say nothing that isn't said of one that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sovlint.documents.attributes import Evaluated
from sovlint.expressions.templates.granted import is_granted
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.value import Unknown

_VERSION = "apiVersion"


def brings_nothing(new: ManifestObject, told: ManifestObject) -> bool:
    """Whether an object is another one, of which it says nothing more: what would only be printed otherwise elsewhere is
    no matter, and neither is the version of its API. Another version may call fields otherwise, but where they are those
    of a workload."""
    if new.type != told.type:
        return False
    if is_within(without_version(new), without_version(told)):
        return True
    if new.data.get(_VERSION) == told.data.get(_VERSION) or any(new.pod_specs()):
        return False
    said = list(_texts(told.data))
    names = ("metadata", "name"), ("metadata", "namespace")
    return all(_is_alike(new.get(*at).data, told.get(*at).data) for at in names) and all(
        any(_is_alike(each, other) for other in said) for each in _texts(without_version(new))
    )


def without_version(found: ManifestObject) -> dict[str, Any]:
    """What an object says, but for the version of its API."""
    return {key: item for key, item in found.data.items() if key != _VERSION}


def is_within(new: Any, told: Any) -> bool:
    """Whether all that data says is said by another."""
    if isinstance(new, dict):
        return isinstance(told, dict) and all(
            key in told and is_within(item, told[key]) for key, item in new.items()
        )
    if isinstance(new, list):
        return isinstance(told, list) and all(
            _is_among(item, told, number) for number, item in enumerate(new)
        )
    return _is_alike(new, told)


def _is_among(item: Any, told: list[Any], number: int) -> bool:
    """Whether an item is within one of a list: mostly the one of its number."""
    if number < len(told) and is_within(item, told[number]):
        return True
    return any(is_within(item, other) for other in told)


def _is_alike(new: Any, told: Any) -> bool:
    """Whether two scalars are the same, if what would be printed otherwise were printed as it is in the second."""
    if isinstance(told, (dict, list)):
        return False
    if _is_printed(new):
        return _is_printed(told) or (not _is_unknown(told) and _may_be(new, str(told)))
    return _said(new) == _said(told)


def _texts(data: Any) -> Iterator[Any]:
    if isinstance(data, (dict, list)):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _texts(item)
    else:
        yield data


def _is_unknown(text: Any) -> bool:
    return isinstance(text, Evaluated) and isinstance(text.given, Unknown)


def _is_printed(text: Any) -> bool:
    given = text.given if isinstance(text, Evaluated) else None
    return (
        isinstance(given, Unknown) and bool(given.holes) and all(map(is_granted, given.holes))
    )


def _may_be(text: Evaluated, written: str) -> bool:
    given = text.given
    assert isinstance(given, Unknown)
    pattern = "".join(
        ".*" if part is None else re.escape(part) for part in given.parts or (None,)
    )
    return re.fullmatch(pattern, written, re.DOTALL) is not None


def _said(value: Any) -> object:
    if _is_unknown(value):
        return str.__str__(value), value.given.text()
    return value
