"""Services of which an overlay says another kind: by its kind is judged whether data lands at a service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovlint.catalog.overlays.differences import ChangedKey
from sovlint.catalog.services import ANYBODY, kinds_of

_SERVICES, _LIKE = "services", "like"
KINDS_OF: Final = (_SERVICES, _LIKE)
"""The sections that say of which kinds services are."""


def other_kinds(
    section: str, name: str, parts: Mapping[str, Any], index: Mapping[str, Any]
) -> Iterator[ChangedKey]:
    """What an entry of these sections says otherwise than what ships (``index``). A service of one provider of which
    nobody said a kind is only added; what holds for all providers, or for those of another name, is otherwise for some."""
    after = parts[section][name]
    if section == _LIKE:
        before = index[_LIKE].get(name, "")
        if name in index["providers"] and after != before:
            yield ChangedKey((), before, after, governed=True)
        return
    listed = index[_SERVICES].get(name, {})
    for service, kinds in after.items():
        before = listed.get(service) or kinds_of(index, name, service)
        adds = before is None and name != ANYBODY
        was, now = (", ".join(each) for each in (before or (), kinds))
        if was != now and not adds:
            yield ChangedKey((service,), was, now, governed=True)
