"""Prometheus (remote write), Alertmanager (receivers that a route uses), and the object storage of Loki and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sovlint.documents import Document, Path
from sovlint.documents.attributes import DocumentAttributes, at_path
from sovlint.model.attributes import Attributes, Found
from sovlint.rules.files.outlet import Outlet
from sovlint.settings.pipelines.shapes import NOTE, items, mapping, outlet

_STORES: tuple[Path, ...] = (
    ("common", "storage"), ("storage_config",), ("storage", "trace"), ("blocks_storage",), ("ruler_storage",),
    ("alertmanager_storage",),
)  # fmt: skip
"""Where Loki, Tempo, Mimir and Cortex name their stores."""
_BY_REGION = "bucket-by-region"
_BUCKET = re.compile(r"s3://(?:[^/]*@)?([^/]*)/")
_DEFAULTS = {
    "slack_configs": ("api_url", "slack_api_url"),
    "email_configs": ("smarthost", "smtp_smarthost"),
    "opsgenie_configs": ("api_url", "opsgenie_api_url"),
    "pagerduty_configs": ("url", "pagerduty_url"),
}
"""Settings of a receiver that stand under ``global`` where it has none of its own."""


def remote_writes(document: Document, at: Path) -> Iterator[Outlet]:
    """Where Prometheus, or an agent with its configuration, writes to."""
    for path, item in items(document, (*at, "remote_write")):
        if isinstance(item, dict):
            name = item.get("name")
            key = f"remote_write {name}" if isinstance(name, str) else "remote_write"
            yield outlet(document, path, "prometheus", "remote_write", key)


def receivers(document: Document, at: Path) -> Iterator[Outlet]:
    """The receivers that the routes of Alertmanager use."""
    used = set(_routed(at_path(document, (*at, "route"))))
    for path, item in items(document, (*at, "receivers")):
        if not isinstance(item, dict) or item.get("name") not in used:
            continue
        for kind in item:
            for inner, settings in items(document, (*path, kind)):
                if isinstance(settings, dict) and kind.endswith("_configs"):
                    found = outlet(
                        document, inner, "alertmanager", kind, f"receiver {item['name']}"
                    )
                    both = _Shared(
                        found.settings,
                        DocumentAttributes(document, (*at, "global"), NOTE),
                        kind,
                    )
                    yield replace(found, settings=both)


class _Shared:
    """Settings of a receiver; one that it doesn't have may stand under ``global``."""

    def __init__(self, own: Attributes, shared: Attributes, kind: str) -> None:
        self._own = own
        self._shared = shared
        self._names = dict([_DEFAULTS[kind]] if kind in _DEFAULTS else [])

    def read(self, path: str) -> Sequence[Found]:
        """What stands at a path."""
        return self._own.read(path) or (
            self._shared.read(self._names[path]) if path in self._names else ()
        )


def _routed(route: object) -> Iterator[str]:
    if isinstance(route, dict):
        if isinstance(route.get("receiver"), str):
            yield route["receiver"]
        inner = route.get("routes")
        for each in inner if isinstance(inner, list) else ():
            yield from _routed(each)


def objects(document: Document, at: Path) -> Iterator[Outlet]:
    """The object stores that are configured."""
    for store in _STORES:
        found = mapping(document, (*at, *store))
        used = found.get("backend")
        for kind in found:  # which of them are stores is in the catalogue
            if isinstance(found[kind], dict) and found[kind] and used in (None, kind):
                named = _BY_REGION if _in_region(found[kind].get("s3")) else kind
                stored = outlet(
                    document, (*at, *store, kind), "objects", named, f"storage {kind}"
                )
                yield replace(stored, sure=used is not None)
    kind = at_path(document, (*at, "type"))
    if isinstance(kind, str) and mapping(document, (*at, "config")).get(
        "bucket"
    ):  # Thanos and others
        yield outlet(
            document, (*at, "config"), "objects", kind.lower(), f"storage {kind.lower()}"
        )


def _in_region(url: object) -> bool:
    """Whether an address of a bucket (``s3://key:secret@eu-west-3/bucket``) has a region in place of a host."""
    met = _BUCKET.match(url) if isinstance(url, str) else None
    return met is not None and not set(".:") & set(met[1])
