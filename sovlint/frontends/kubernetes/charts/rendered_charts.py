"""Charts of the repository, rendered: with their own values and those of each environment, or as releases here install
them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.tree import Node
from sovlint.expressions.templates.running import RefusedByTemplateError
from sovlint.expressions.templates.store import KeptTemplates
from sovlint.expressions.templates.template_set import RenderedTemplate
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.rendered_text import DocumentReader, RenderedText
from sovlint.frontends.cluster.charts.untold import BESIDES
from sovlint.frontends.cluster.objects import ChartOrigin, ManifestObject
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.chart_labels import chart_labels, inherited_labels
from sovlint.frontends.kubernetes.charts.chart_units import ChartUnit, files_of_values
from sovlint.frontends.kubernetes.charts.chart_variants import ChartKey, ChartVariant
from sovlint.frontends.kubernetes.charts.files import CHART, PACKAGED, VALUES, joined
from sovlint.frontends.kubernetes.charts.releases import ChartOfRelease
from sovlint.frontends.kubernetes.charts.rendered_objects import (
    TemplateOutcome,
    rendered_objects,
)
from sovlint.frontends.kubernetes.charts.rendering.loading import (
    Chart,
    ChartLoader,
    nowhere,
)
from sovlint.frontends.kubernetes.charts.rendering.render import (
    ReleaseValues,
    RenderedChart,
    RenderedFile,
    rendered_chart,
)
from sovlint.frontends.kubernetes.charts.rendering.scope import Installation
from sovlint.frontends.kubernetes.charts.rendering.values import read_tree, values_of
from sovlint.frontends.kubernetes.charts.unfilled import with_unfilled
from sovlint.frontends.kubernetes.charts.wanted_charts import ReleasesByName, WantedChart
from sovlint.frontends.kubernetes.deployers.kinds import FLUX_RELEASE, KUSTOMIZE
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

DEEPEST: Final = 4
"""Charts may install charts: so many times within each other."""
MOST: Final = 2_000
"""Releases that are rendered; past it, what their values say counts alone."""
_CHANGING: Final = (FLUX_RELEASE, KUSTOMIZE)
"""What may change what its chart renders to."""


class RenderedCharts(Harvest):
    """What charts were rendered to. ``whole``: the charts of which all is known, by folder and variant; ``lacking``: the
    names by which values know what isn't here of those that depend on charts from elsewhere."""

    objects: list[ManifestObject] = field(default_factory=list)
    whole: set[ChartKey] = field(default_factory=set)
    lacking: dict[ChartKey, frozenset[str]] = field(default_factory=dict)
    partly: set[ChartKey] = field(default_factory=set)
    """The charts of which not all is known, for one of the releases of that name at least."""
    named: set[str] = field(default_factory=set)
    """The files of values that releases name."""
    installed: set[str] = field(default_factory=set)
    """The folders of charts that releases install: what they are by their own values alone is deployed nowhere."""
    changed: set[ManifestObject] = field(default_factory=set)
    """The objects whose post renderers were applied."""
    templates: set[str] = field(default_factory=set)
    """The files that were rendered, or that others include."""
    unjudged: dict[ChartKey, tuple[str, ...]] = field(default_factory=dict)
    """The templates of each chart of whose objects nothing is known."""
    unfilled: dict[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)
    """The templates of each chart that may make more, by values that nobody here knows."""

    overridable: list[tuple[WantedChart, Chart]] = field(default_factory=list)
    """The charts whose own values may be overridden by others that aren't here: those that were rendered by them alone,
    and by releases that take more."""
    kept: KeptForReleases | None = None
    """What was made for one of them, and serves others."""

    def untold(self, wanted: WantedChart, path: str) -> None:
        """Nothing is known of what a template makes."""
        _add(self.unjudged, wanted, path)

    def may_make_more(self, wanted: WantedChart, path: str) -> None:
        """A template makes what nobody knows, beside what is known of it."""
        _add(self.unfilled, wanted, path)


def _add(
    found: dict[tuple[str, str | None], tuple[str, ...]], wanted: WantedChart, path: str
) -> None:
    key = (wanted.folder, wanted.variant)
    found[key] = tuple(dict.fromkeys((*found.get(key, ()), path)))


Installs = Callable[[ManifestObject], Sequence[ChartOfRelease]]
"""The charts of this repository that an object installs."""


def render_repository(
    reader: Reader,
    variants: Sequence[ChartVariant],
    objects: Iterable[ManifestObject],
    installs: Installs,
    more: Iterable[WantedChart] = (),
) -> RenderedCharts:
    """The objects of all charts, and of the charts that these install. A chart that a release installs isn't there by
    its own values alone. ``more``: what else is known to be installed."""
    charts = {each.files.folder: each.chart for each in variants}
    wanted = [
        found for each in objects for found in _of_releases(each, installs(each), charts, 0)
    ]
    environments = {path for each in variants for _, path in each.files.variants}
    rendering = _Rendering(reader, charts, installs, environments)
    return rendering.of([*wanted, *more, *map(_of_variant, variants)])


class KeptForReleases(Struct):
    """What was made for one release, and serves others: compiled templates, their files, and documents of what they are
    rendered to."""

    reader: Reader
    templates: KeptTemplates = field(default_factory=dict)
    documents: DocumentReader = field(default_factory=DocumentReader)
    files: dict[str, SourceFile] = field(default_factory=dict)

    def file(self, path: str) -> SourceFile:
        """The file of a template; an empty one for what is in an archive."""
        found = self.files.get(path)
        if found is None:
            read = self.reader.read(path)
            found = read if isinstance(read, SourceFile) else SourceFile(path, b"")
            self.files[path] = found
        return found


class _Rendering:
    """Renders charts, and what these install."""

    def __init__(
        self,
        reader: Reader,
        charts: Mapping[str, Node],
        installs: Installs,
        environments: Set[str],
    ) -> None:
        self._environments = environments
        self._charts = charts
        self._installs = installs
        self._result = RenderedCharts()
        self._loader = ChartLoader(reader, self._result)
        self._kept = self._result.kept = KeptForReleases(reader)

    def of(self, wanted: Iterable[WantedChart]) -> RenderedCharts:
        """All that is rendered in the end."""
        result = self._result
        waiting = deque(wanted)
        told_apart = ReleasesByName()
        while waiting and told_apart.count < MOST:
            each = told_apart.new(waiting.popleft())
            if each is None or self._is_installed_otherwise(each):
                continue
            self._add_unit(each)
            rendered = list(_render(self._loader, each, result, self._kept))
            is_whole = (each.folder, each.shared) in result.whole
            if each.release is not None and (each.given is None or is_whole):
                result.installed.add(each.folder)
            found = self._post_rendered(each, rendered)
            result.objects.extend(found)
            if each.depth < DEEPEST:
                waiting.extend(self._inner(found, each.depth + 1))
        result.objects = [each for each in result.objects if not self._by_itself(each)]
        return result

    def _is_installed_otherwise(self, wanted: WantedChart) -> bool:
        """Whether releases install a chart, and not by its own values alone; or by these values of an environment, for
        which it is rendered already."""
        if wanted.release is not None:
            self._result.named.update(wanted.release.files)
            return False
        if wanted.variant is None:
            return wanted.folder in self._result.installed
        return bool(wanted.installed.held_in & self._result.named)

    def _add_unit(self, wanted: WantedChart) -> None:
        chart = self._loader.chart(wanted.folder)
        if chart is not None:
            read = wanted.installed.held_in | wanted.installed.written_in
            self._result.units.append(
                ChartUnit(chart, wanted.variant, read, self._environments)
            )

    def _inner(self, objects: Iterable[ManifestObject], depth: int) -> Iterator[WantedChart]:
        for each in objects:
            yield from _of_releases(each, self._installs(each), self._charts, depth)

    def _post_rendered(
        self, wanted: WantedChart, found: list[ManifestObject]
    ) -> list[ManifestObject]:
        """The objects of a release as it changes them in the end."""
        if wanted.changed_by is not None:
            found = [_into(each, wanted.changed_by.namespace) for each in found]
        by = wanted.installed.by
        is_changed = by is not None and by.type in _CHANGING and _changes(by)
        if not is_changed and wanted.changed_by is None:
            return found
        # Imported late: few releases change what they install.
        from sovlint.frontends.kubernetes.charts.post_renderers import changed_release

        changed = changed_release(by if is_changed else None, wanted.changed_by, found)
        if changed is None:
            return found
        if by is not None:
            self._result.changed.add(by)
        return changed

    def _by_itself(self, found: ManifestObject) -> bool:
        """Whether it is what a chart is by its own values, which a release installs with others."""
        return found.variant is None and found.root in self._result.installed


def _changes(release: ManifestObject) -> bool:
    """Whether a release changes what its chart renders to."""
    spec = release.get("spec")
    return any(spec.items("postRenderers")) or bool(spec.mapping("commonMetadata"))


def _into(found: ManifestObject, namespace: str) -> ManifestObject:
    """An object in a namespace, where that is forced upon all that may lie in one."""
    is_free = not namespace or not found.namespace
    return found if is_free else replace(found, namespace=namespace)


def _of_variant(variant: ChartVariant) -> WantedChart:
    held = frozenset((variant.path,)) if variant.path is not None else frozenset()
    installed = ChartOrigin(None, tuple(chart_labels(variant.chart)), held)
    return WantedChart(variant.files.folder, variant.name, variant.over, None, installed)


def _of_releases(
    by: ManifestObject,
    releases: Iterable[ChartOfRelease],
    charts: Mapping[str, Node],
    depth: int,
) -> Iterator[WantedChart]:
    """The charts that an object installs, to render."""
    for each in releases:
        namespace = each.namespace or by.namespace
        labels = inherited_labels(by, charts.get(each.folder))
        yield WantedChart(
            each.folder,
            f"{namespace or '-'}/{each.name}",
            each.values,
            replace(each, namespace=namespace),
            ChartOrigin(
                by,
                labels,
                frozenset((by.file.path, each.values.where.path)),
                files_of_values(each.values),
                each.destinations,
            ),
            depth,
        )


def _render(
    loader: ChartLoader, wanted: WantedChart, result: RenderedCharts, kept: KeptForReleases
) -> Iterator[ManifestObject]:
    chart = loader.chart(wanted.folder)
    if chart is None:
        return
    result.templates.update(loader.reader.listing(joined(wanted.folder, "templates")))
    is_alone = wanted.release is None and wanted.variant is None
    if is_alone or (wanted.release is not None and wanted.release.open is not None):
        result.overridable.append((wanted, chart))
    if wanted.folder.endswith(PACKAGED):
        wanted = _with_own_labels(chart, wanted)
    yield from objects_of_chart(chart, wanted, result, kept)


def _with_own_labels(chart: Chart, wanted: WantedChart) -> WantedChart:
    """What is wanted of a chart in an archive, with what its ``Chart.yaml`` declares: nobody else reads that."""
    held = chart.files[CHART].text()
    tree = None if held is None else read_tree(held)
    if tree is None:
        return wanted
    labels = (*wanted.installed.labels, *chart_labels(tree))
    return replace(wanted, installed=replace(wanted.installed, labels=labels))


def objects_of_chart(
    chart: Chart, wanted: WantedChart, result: RenderedCharts, kept: KeptForReleases
) -> Iterator[ManifestObject]:
    """What a chart renders to as it is wanted; what isn't known of it is told to ``result``."""
    rendered = rendered_chart(
        chart,
        given_values(wanted),
        _installation(wanted),
        forgiving=True,
        kept=kept.templates,
    )
    key = (wanted.folder, wanted.shared)
    result.lacking[key] = frozenset(each.dependency.key for each in rendered.missing)
    sound = not _refuse(rendered, result)
    found = False
    for file in rendered.files:
        result.templates.add(file.path)
        objects, rendered_well = _objects(file, wanted, result, kept)
        sound = sound and rendered_well
        found = found or bool(objects)
        yield from objects
    if sound and found and key not in result.partly:
        result.whole.add(key)
    else:
        result.partly.add(key)
        result.whole.discard(key)


def given_values(wanted: WantedChart) -> ReleaseValues:
    """What a release sets, or a file of values, as far as it is known."""
    if wanted.given is not None:
        return wanted.given
    values = values_of(wanted.values) if wanted.values is not None else None
    release, by = wanted.release, wanted.installed.by
    values = with_unfilled(values, wanted.values, by)
    if release is None or release.open is None:
        return ReleaseValues(values if isinstance(values, Map) else None)
    step = Step(release.open.where, Note("kubernetes.written"))
    rest = TemplateHole(Unknown(Reason.FROM_ENVIRONMENT, BESIDES, step), BESIDES)
    return ReleaseValues(values if isinstance(values, Map) else None, rest=rest)


def _installation(wanted: WantedChart) -> Installation:
    release = wanted.release
    usual = Installation(elsewhere=True, ways=wanted.ways)
    if release is None:
        return usual
    return replace(usual, name=release.name or None, namespace=release.namespace or None)


def _refuse(rendered: RenderedChart, result: RenderedCharts) -> bool:
    """Say which templates can't be read, if any can't."""
    for path, error in rendered.failures.items():
        line, column = error.line or 1, error.column or 1
        where = Span(error.path or path, line, column, line, column)
        result.fail(where, "kubernetes.charts.template-broken", problem=error.message)
    return bool(rendered.failures)


def _objects(
    file: RenderedFile, wanted: WantedChart, result: RenderedCharts, kept: KeptForReleases
) -> tuple[list[ManifestObject], bool]:
    """The objects of a template, and whether all of it could be rendered and read."""
    nothing = nowhere(file.chart)
    tried = list(file.worlds)
    worlds = [each for each in tried if not _is_refused(each)]
    sound = True
    outcomes = []
    for world in worlds:
        if world.error is not None:
            sound = False
            _fails(world, file.path, wanted, result)
            continue
        assumed = (*file.perhaps, *(hole for hole, _ in world.assumed))
        text = RenderedText(world.text, world.holes, nothing)
        unknowns = tuple(hole.unknown for hole in assumed)
        if wanted.perhaps is not None:
            unknowns = (wanted.perhaps, *unknowns)
        outcomes.append(TemplateOutcome(text, unknowns, world.situation))
    all_tried = not any(world.beyond for world in worlds)
    doubted = {world.situation for world in worlds if world.beyond or world.error is not None}
    perhaps = bool(file.perhaps) or wanted.perhaps is not None
    read = rendered_objects(
        kept.file(file.path), outcomes, None if perhaps else doubted, kept.documents
    )
    sound = sound and all_tried and not read.untold
    if not read.only_perhaps:
        result.untold(wanted, file.path)
    elif read.untold or not all_tried:
        result.may_make_more(wanted, file.path)
    for broken in read.broken:
        sound = False
        result.remark(broken.where, "kubernetes.charts.not-rendered", problem=broken.problem)
        result.untold(wanted, file.path)
    return [placed_object(each, wanted) for each in read.objects], sound


def _is_refused(world: RenderedTemplate) -> bool:
    """Whether a template says itself that what was assumed can't be."""
    return isinstance(world.error, RefusedByTemplateError) and bool(world.assumed)


def _fails(
    world: RenderedTemplate, path: str, wanted: WantedChart, result: RenderedCharts
) -> None:
    """Say that a template fails. Where that is only on other clusters, it may make more there."""
    error = world.error
    if error is None or world.situation.supposed:
        result.may_make_more(wanted, path)
        return
    line, column = error.line or 1, error.column or 1
    where = Span(error.path or path, line, column, line, column)
    result.remark(where, "kubernetes.charts.not-rendered", problem=error.message)
    result.untold(wanted, path)


def placed_object(found: ManifestObject, wanted: WantedChart) -> ManifestObject:
    """An object as one of its chart and release: in the release's namespace where it names none."""
    release = wanted.release
    namespace = found.namespace or (release.namespace if release is not None else "")
    own = frozenset(joined(wanted.folder, name) for name in (CHART, VALUES))
    installed = replace(wanted.installed, written_in=wanted.installed.written_in | own)
    return replace(
        found,
        root=wanted.folder,
        variant=wanted.variant,
        namespace=namespace,
        installed=installed,
    )
