"""The OpenTelemetry collector: exporters that a pipeline of ``service.pipelines`` uses, connectors followed."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.documents import Document, Path
from sovlint.rules.files.outlet import Outlet
from sovlint.settings.pipelines.shapes import mapping, outlet, texts

TOOL = "opentelemetry"


def outlets(document: Document, at: Path) -> Iterator[Outlet]:
    """The exporters in use; one in no pipeline sends nothing."""
    exporters = mapping(document, (*at, "exporters"))
    pipelines = mapping(document, (*at, "service", "pipelines"))
    for name in sorted(_used(document, at, pipelines) & set(exporters)):
        yield outlet(
            document,
            (*at, "exporters", name),
            TOOL,
            name.partition("/")[0],
            f"exporter {name}",
        )


def _used(document: Document, at: Path, pipelines: dict[str, object]) -> set[str]:
    """Exporters of pipelines that get data: from a receiver, or from a connector that another such pipeline feeds."""
    connectors = set(mapping(document, (*at, "connectors")))
    ends = {
        name: (set(texts(each.get("receivers"))), set(texts(each.get("exporters"))))
        for name, each in pipelines.items()
        if isinstance(each, dict)
    }
    fed: set[str] = set()
    live: set[str] = set()
    while True:
        more = {
            name
            for name, (sources, _) in ends.items()
            if (sources - connectors) | (sources & fed)
        }
        if more == live:
            return fed
        live = more
        fed = {exporter for name in live for exporter in ends[name][1]}
