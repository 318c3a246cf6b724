"""Objects that Helm applies beside a release: when, and which of them never.

Source: Helm's "Chart Hooks" (https://helm.sh/docs/topics/charts_hooks/); that one of an event that Helm doesn't know is
passed over is what Helm 3.17 and 4.3 do (tests/oracle).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ANNOTATION: Final = "helm.sh/hook"
TESTS: Final = frozenset({"test", "test-success"})
EVENTS: Final = TESTS | {
    f"{when}-{what}"
    for when in ("pre", "post")
    for what in ("install", "delete", "upgrade", "rollback")
}
"""What Helm 3 and 4 know. That of Helm 2, ``crd-install``, is none of them."""


def hook_events(annotations: Mapping[str, object] | None) -> tuple[str, ...] | None:
    """When an object with these annotations is applied; ``None`` for one that is no hook, nothing where Helm passes it
    over."""
    said = annotations.get(ANNOTATION) if isinstance(annotations, Mapping) else None
    if not isinstance(said, str):
        return None
    events = tuple(event.strip().lower() for event in said.split(","))
    return events if EVENTS.issuperset(events) else ()


def is_test(events: tuple[str, ...] | None) -> bool:
    """Whether an object is only there while ``helm test`` runs."""
    return bool(events) and TESTS.issuperset(events or ())
