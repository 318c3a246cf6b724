"""``values.schema.json``: which values a chart takes at a path, where it lists them.

Helm refuses any other. So of a value that isn't known here it is known all the same that it is one of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovlint.expressions.templates.text import TemplateHole
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart, ChartFile
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import MAX_AMONG, Known, Step

MAX_REFERENCES: Final = 20
"""So many references are followed, one to the other."""
_INNER: Final = "#/"


def narrowed(chart: Chart, path: str, hole: TemplateHole) -> TemplateHole:
    """What isn't known at a path of a chart's values, with what its schema says of it."""
    listed = _listed(chart, path.split("."))
    if listed is None or hole.unknown.among is not None:
        return hole
    values, file = listed
    because = Step(Span(file.path, 1, 1, 1, 1), Note("kubernetes.charts.schema"))
    among = tuple(Known(value, because) for value in values)
    return TemplateHole(hole.unknown.but(among=among), hole.key)


def _listed(chart: Chart, keys: list[str]) -> tuple[list[Any], ChartFile] | None:
    """The values that the schema of the chart, or of the subchart that the path leads into, lists."""
    found = _enumerated(chart.schema, keys)
    if found is not None and chart.schema is not None:
        return found, chart.schema
    inner = next((each for each in chart.subcharts if each.metadata.name == keys[0]), None)
    return _listed(inner, keys[1:]) if inner is not None and len(keys) > 1 else None


def _enumerated(file: ChartFile | None, keys: list[str]) -> list[Any] | None:
    """Scalars alone are kept, and no more than a set of possible values may have."""
    top = _read(file)
    here: Any = top
    for key in keys:
        properties = _resolved(top, here).get("properties")
        here = properties.get(key) if isinstance(properties, dict) else None
    values = list(_values(_resolved(top, here)))
    plain = all(isinstance(each, (str, int, float, bool)) for each in values)
    return values if values and plain and len(values) <= MAX_AMONG else None


def _read(file: ChartFile | None) -> Any:
    try:
        return json.loads(file.bytes()) if file is not None else None
    except (ValueError, RecursionError):
        return None


def _resolved(top: Any, schema: Any) -> Mapping[str, Any]:
    """A schema, or the one of the same file that it refers to."""
    for _ in range(MAX_REFERENCES):
        if not isinstance(schema, dict):
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        if not reference.startswith(_INNER):
            return {}
        schema = top
        for part in reference.removeprefix(_INNER).split("/"):
            schema = schema.get(part) if isinstance(schema, dict) else None
    return {}


def _values(schema: Mapping[str, Any]) -> Iterator[Any]:
    listed = schema.get("enum")
    if isinstance(listed, list):
        yield from listed
    elif "const" in schema:
        yield schema["const"]
