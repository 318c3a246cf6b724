"""A chart with the values of one release -> what each of its templates renders to, in every world.

What Helm refuses as a whole is told file by file here: a template that fails loses only itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename
from typing import Any, Final

from msgspec import Struct

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.granted import Granted
from sovlint.expressions.templates.running import TemplateError, TemplateFunction
from sovlint.expressions.templates.store import KeptTemplates
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.template_set import RenderedTemplate, TemplateSet
from sovlint.expressions.templates.text import (
    Origin,
    PlacedText,
    TemplateHole,
    TemplateHoles,
    without_holes,
)
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.charts.rendering.coalescing import Mode, coalesced
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart, ChartFile
from sovlint.frontends.kubernetes.charts.rendering.metadata import LIBRARY
from sovlint.frontends.kubernetes.charts.rendering.parts import (
    ChartPart,
    MissingChart,
    parts_of,
)
from sovlint.frontends.kubernetes.charts.rendering.scope import (
    Installation,
    scope_of,
)
from sovlint.frontends.kubernetes.charts.rendering.situations import granted_elsewhere
from sovlint.frontends.kubernetes.charts.rendering.values import copied, open_all
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import MAX_AMONG, Known, Step

# --- ``values.schema.json``: which values a chart takes at a path, where it lists them.
#
# Helm refuses any other. So of a value that isn't known here it is known all the same that it is one of these.

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


NOTES: Final = "NOTES.txt"
"""What is shown to whoever installs a chart, and installed nowhere."""
MAX_RENDERED: Final = 20_000_000
"""What rendering one chart with the values of one release may cost: about a unit for a character that is written. As much
is there for what it makes elsewhere."""


class ReleaseValues(Struct, frozen=True):
    """What a release sets, on top of the chart's own values.

    ``values``: what is known of it. ``holes``: what it sets to something that isn't known, by dotted path. ``rest``: why
    it may set anything else; ``None`` where all that it sets is known.
    """

    values: Map | None = None
    holes: Mapping[str, TemplateHole] = {}
    rest: TemplateHole | None = None


NOTHING_GIVEN: Final = ReleaseValues()
AS_TEMPLATE: Final = Installation()
"""As ``helm template`` takes it."""


class RenderedFile(Struct, frozen=True, eq=False):
    """What one file of a chart renders to.

    ``name`` is Helm's (``chart/charts/part/templates/a.yaml``), ``path`` the file's, ``chart`` the folder of its own
    chart. ``worlds``: an item for each way in which what isn't known may decide; it is gone through once. ``perhaps``:
    what has to be true for the file to count at all.
    """

    name: str
    path: str
    chart: str
    worlds: Iterator[RenderedTemplate]
    perhaps: tuple[TemplateHole, ...] = ()


class RenderedChart(Struct, frozen=True, eq=False):
    """What a chart renders to with the values of one release.

    ``values`` are those that its templates see. ``failures``: files that can't be read as templates, by path.
    ``missing``: what it depends on and isn't here, so that what refers to it fails. ``files`` is gone through once, in
    the order in which Helm renders them.
    """

    values: Map
    files: Iterator[RenderedFile]
    failures: Mapping[str, TemplateError]
    missing: tuple[MissingChart, ...]


class _File(Struct, frozen=True):
    part: ChartPart
    path: str
    source: TemplateSource | None


def rendered_chart(
    chart: Chart,
    given: ReleaseValues = NOTHING_GIVEN,
    installed: Installation = AS_TEMPLATE,
    functions: Mapping[str, TemplateFunction] = FUNCTIONS,
    forgiving: bool = False,
    kept: KeptTemplates | None = None,
) -> RenderedChart:
    """What a chart renders to. ``forgiving``: what a template lacks is unknown, instead of an error. ``kept``: templates
    that were compiled for other releases."""
    keep_nulls = installed.keep_nulls
    holes = {path: narrowed(chart, path, hole) for path, hole in given.holes.items()}
    over = with_holes(given.values if given.values is not None else Map(), holes)
    if given.rest is not None:
        over.rest = given.rest
    whole = parts_of(chart, over, keep_nulls)
    values = coalesced(whole, over, Mode(False, keep_nulls))
    if given.rest is not None:
        open_all(values, given.rest)
    unread: dict[str, TemplateError] = {}
    files = _files(whole, unread)
    names = sorted(files, key=lambda name: (name.count("/"), name), reverse=True)
    sources = [source for name in names if (source := files[name].source) is not None]
    granted = granted_elsewhere(whole, values) if installed.elsewhere else Granted()
    templates = TemplateSet(sources, functions, forgiving, kept, granted, installed.ways)
    scopes = scope_of(whole, values, installed, granted)
    return RenderedChart(
        values,
        _rendered(whole, names, files, scopes, templates),
        unread | {files[name].path: error for name, error in templates.failures.items()},
        tuple(each for part in whole.everywhere() for each in part.missing),
    )


def with_holes(values: Map, holes: Mapping[str, Any]) -> Map:
    """A copy of values with others at dotted paths, mostly what isn't known."""
    made: Map = copied(values)
    for path, hole in holes.items():
        at = made
        *above, last = path.split(".")
        for key in above:
            inner = at.get(key)
            if not isinstance(inner, Map):
                inner = at[key] = Map()
            at = inner
        at[last] = hole
    return made


def _files(whole: ChartPart, unread: dict[str, TemplateError]) -> dict[str, _File]:
    """All templates by Helm's names; what is no text becomes one of ``unread``."""
    found: dict[str, _File] = {}
    for part in whole.everywhere():
        is_library = part.chart.metadata.type == LIBRARY
        for inner in part.chart.templates():
            if is_library and not basename(inner).startswith("_"):
                continue
            held = part.chart.files[inner]
            file = held.text()
            if file is None:
                unread[held.path] = TemplateError("not UTF-8 text, or larger than is read")
                continue
            name = f"{part.path}/{inner}"
            text = without_holes(file.data.decode())
            source = TemplateSource(name, file.path, text)
            found[name] = _File(part, file.path, source)
    return found


def _rendered(
    whole: ChartPart,
    names: Iterable[str],
    files: Mapping[str, _File],
    scopes: Mapping[str, Map],
    templates: TemplateSet,
) -> Iterator[RenderedFile]:
    yield from _definitions(whole)
    purse, further = (Purse(MAX_RENDERED, 0, [0]) for _ in range(2))
    for name in names:
        if (
            basename(name).startswith("_")
            or name.endswith(NOTES)
            or name in templates.failures
        ):
            continue
        part = files[name].part
        scope = scopes[part.path]
        scope["Template"] = Map({"Name": name, "BasePath": f"{part.path}/templates"})
        yield RenderedFile(
            name,
            files[name].path,
            part.chart.folder,
            templates.render(name, scope, purse, further),
            part.perhaps,
        )


def _definitions(whole: ChartPart) -> Iterator[RenderedFile]:
    """The definitions of custom resources, which are no templates."""
    for part in whole.everywhere():
        for inner in part.chart.definitions():
            file = part.chart.files[inner].text()
            if file is not None:
                text = without_holes(file.data.decode())
                origin = Origin(Span(file.path, 1, 1, 1, 1), None, True)
                placed = PlacedText.of(text, ((0, origin),))
                yield RenderedFile(
                    f"{part.path}/{inner}",
                    file.path,
                    part.chart.folder,
                    iter((RenderedTemplate(placed, TemplateHoles(), ()),)),
                    part.perhaps,
                )
