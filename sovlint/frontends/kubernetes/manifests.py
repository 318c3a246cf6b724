"""Manifests -> resources: one resource for each object of plain YAML or JSON, on the cluster that it lands on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import field
from msgspec.structs import replace

from sovlint.documents import Document, DocumentError, TooLargeError, load
from sovlint.documents.attributes import DocumentAttributes
from sovlint.frontends.cluster.fill_ins import quoted_fill_ins
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.cluster.labels import Namespaces, labels_of, labels_of_namespace
from sovlint.frontends.cluster.object_index import VOLUME, Objects
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject, objects, with_pods
from sovlint.frontends.cluster.outward import outward
from sovlint.frontends.cluster.parameters import filled
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.ignore_comments import ignores_in_json
from sovlint.frontends.kubernetes.ansible.claims import NothingByAnsible, deploys
from sovlint.frontends.kubernetes.backups import Backups
from sovlint.frontends.kubernetes.charts.files import PACKAGED, SUBCHARTS, joined
from sovlint.frontends.kubernetes.charts.resources import (
    Charts,
    ChartsRendered,
    NoneRendered,
    chart_resources,
    installs,
    not_rendered,
    read_charts,
)
from sovlint.frontends.kubernetes.claims import (
    FRONT_END,
    NONE_ODD,
    TEMPLATE,
    Candidates,
    OddlyNamed,
    candidates,
    chart_of,
    is_helmfile,
    is_manifest,
    is_template,
    is_yaml,
)
from sovlint.frontends.kubernetes.clusters.generator_files import GeneratorFiles
from sovlint.frontends.kubernetes.clusters.kubeconfigs import Served, servers
from sovlint.frontends.kubernetes.clusters.landings import Landings
from sovlint.frontends.kubernetes.clusters.registered import Registered
from sovlint.frontends.kubernetes.clusters.shown_charts import shown_by_charts
from sovlint.frontends.kubernetes.clusters.unapplied import remark_unapplied
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours
from sovlint.frontends.kubernetes.deployers.releases_read import Releases
from sovlint.frontends.kubernetes.kustomize.built import Overlays
from sovlint.frontends.kubernetes.kustomize.files import Cache
from sovlint.frontends.kubernetes.substitutions import Substitutions
from sovlint.frontends.kubernetes.volumes import persistent, with_volumes
from sovlint.frontends.terraform_json import is_plan_or_state
from sovlint.frontends.yaml_comments import template_ignores, yaml_ignores
from sovlint.model.inputs import PEEKED, Cluster, Reader, ReadOptions
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.reading import Reading, Remark
from sovlint.model.resources.resource import Binding, Resource
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.unread import UnreadKinds
from sovlint.rules.hints import Hints

if TYPE_CHECKING:
    from sovlint.frontends.kubernetes.ansible.deployed import InstalledByAnsible
    from sovlint.frontends.kubernetes.charts.rendered_charts import RenderedCharts
    from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
    from sovlint.frontends.kubernetes.clusters.pipelines import AppliedByPipelines
    from sovlint.frontends.kubernetes.helmfile.releases import HelmfileRelease
    from sovlint.frontends.kubernetes.helmfile.wanted import InstalledByHelmfiles

_UTF_16 = b"\0\xff\xfe"
"""What UTF-16 has beside letters: without it a manifest can be told for one."""

_DOCUMENT = re.compile(rb"^---(?=\s|$)", re.MULTILINE)


class _Manifests(Harvest):
    """What has been read so far."""

    objects: list[ManifestObject] = field(default_factory=list)
    servers: list[Served] = field(default_factory=list)
    """Addresses of API servers, by folder."""


def read(
    reader: Reader, options: ReadOptions, hints: Hints, odd: OddlyNamed = NONE_ODD
) -> Reading:
    """Every object of the manifests below the git root. YAML that is no manifest counts as skipped, unless it begins
    like files of a kind that is known.

    A manifest that can't be parsed is a failure; what stands before the error is read. One that can't be parsed because
    it is a template is skipped, and that is said.
    """
    harvest = _Manifests(recognised=list(odd.recognised))
    found = candidates(reader.paths)
    built = _build(found, reader, harvest)
    charts = read_charts(reader, hints)
    by_ansible = _of_ansible(found, reader, charts, harvest)
    apart = {*built.used, *charts.claimed, *by_ansible.used}
    for path in (*found.files, *built.plain):
        if path not in apart:
            _read_file(path, reader, options.clusters, harvest, hints.unread)
    for path in odd.manifests:
        if path not in apart:
            _read_odd(path, reader, harvest)
    substitutions = Substitutions(harvest.objects)
    harvest.objects = [with_pods(substitutions.put(each), hints) for each in harvest.objects]
    namespaces: dict[str, list[ManifestObject]] = {}
    for each in harvest.objects:
        if each.type == "Namespace":
            namespaces.setdefault(each.name, []).append(each)
    as_written = harvest.objects
    harvest.objects = [filled(each, hints) for each in as_written]
    beside = Neighbours.of(harvest.objects, charts.trees, harvest)
    releases = Releases(beside)
    by_helmfiles = _of_helmfiles(reader, charts, harvest, hints)
    wanted = (
        *(() if by_helmfiles is None else by_helmfiles.wanted),
        *by_ansible.wanted(charts),
    )
    rendered = _render(found, reader, charts, harvest, releases, wanted)
    for each in rendered.objects:
        as_written.append(with_pods(each, hints))
        harvest.objects.append(filled(as_written[-1], hints))
    index = Objects.of(harvest.objects)
    index.written = {
        id(each): written
        for each, written in zip(harvest.objects, as_written, strict=True)
        if each is not written
    }
    whereabouts = Landings(
        harvest.objects,
        options.clusters,
        hints.clusters,
        Registered(harvest.objects, index, hints.clusters, GeneratorFiles(reader)),
        harvest.servers,
        _applied(reader, charts, hints, harvest),
        shown_by_charts(charts, hints.clusters),
    )
    backups = Backups.of(harvest.objects, index, hints, whereabouts.apart)
    written = (
        (each, _resource(each, namespaces, index, backups, whereabouts, hints))
        for each in harvest.objects
    )
    for each, resource in written:
        harvest.resources.extend(
            _with_inner(each, resource, index, releases, rendered, namespaces, hints)
        )
    harvest.resources.extend(
        whereabouts.landed(each)
        for each in chart_resources(charts, rendered, whereabouts.said_of_chart, hints)
    )
    elsewhere = (
        *(() if by_helmfiles is None else by_helmfiles.elsewhere),
        *by_ansible.elsewhere(),
    )
    harvest.resources.extend(_elsewhere(elsewhere, whereabouts, hints, namespaces))
    harvest.resources.extend(_untold(by_ansible, whereabouts))
    harvest.add(charts.trees)
    beside.remark_unread()
    remark_unapplied(
        (each for each in harvest.objects if id(each) not in rendered.changed), harvest
    )
    return harvest.reading()


def _applied(
    reader: Reader, charts: Charts, hints: Hints, harvest: _Manifests
) -> AppliedByPipelines | None:
    """To which clusters pipelines deploy: asked only where there is something to deploy."""
    if not (harvest.objects or charts.variants):
        return None
    from sovlint.frontends.kubernetes.clusters.pipelines import applied

    return applied(reader, hints, harvest.unquoted)


def _build(found: Candidates, reader: Reader, harvest: _Manifests) -> Overlays:
    """What the kustomizations come to. Each file that they read is one of theirs: it isn't read by itself again."""
    if not found.kustomizations:
        return Overlays()
    from sovlint.frontends.kubernetes.kustomize.overlays import overlays

    cache = Cache(reader)
    built = overlays(found.kustomizations, cache)
    harvest.objects.extend(built.objects)
    harvest.add(built)
    for path in sorted(built.used):
        file, documents = cache.files[path], cache.documents.get(path)
        if not isinstance(file, SourceFile):
            continue
        harvest.files.append(path)
        for document in documents if isinstance(documents, tuple) else ():
            harvest.remark_duplicates(document, "kubernetes.duplicate-key")
            for each in objects(document, file):
                if isinstance(each, ManifestObject):
                    harvest.ignores.extend(
                        ignores_in_json(document, each.at, each.data, each.where())
                    )
        if documents is not None and not path.endswith(".json"):
            harvest.ignores.extend(yaml_ignores(file))
    return built


def _read_odd(path: str, reader: Reader, harvest: _Manifests) -> None:
    """A file that isn't called like a manifest, and begins like one; a template of some is none."""
    file = reader.read(path)
    if isinstance(file, Note):
        harvest.refuse(path, file)
    elif is_template(path, file.data):
        harvest.recognised.append((TEMPLATE, path))
    else:
        _read_documents(file, harvest)


def _read_file(
    path: str,
    reader: Reader,
    clusters: Iterable[Cluster],
    harvest: _Manifests,
    kinds: UnreadKinds,
) -> None:
    file = reader.read(path)
    if isinstance(file, Note):
        head = reader.peek(path).translate(None, _UTF_16)
        looks_so = is_manifest(head)
        if is_plan_or_state(head):
            return  # Terraform's front end tells what keeps it from being read
        if kind := kinds.begun(head):
            harvest.recognised.append((kind, path))
        if (
            reader.named(path)
            or looks_so
            or any(cluster.matches(path) for cluster in clusters)
        ):
            harvest.refuse(path, file)
        elif is_yaml(path):
            harvest.skipped.append(path)
            harvest.remarks[Remark(file, path)] = None
    elif is_manifest(file.data):
        _read_documents(file, harvest)
    elif kind := kinds.begun(file.data[:PEEKED]):
        harvest.recognised.append((kind, path))
    elif is_yaml(path):
        harvest.skipped.append(path)


def _read_documents(file: SourceFile, harvest: _Manifests) -> None:
    """All documents of a file; where one breaks it, each by itself, so that its neighbours are still read."""
    read: list[Document] = []
    broken: list[DocumentError] = []
    try:
        read.extend(load(file.data, file.path))
    except TooLargeError as error:
        broken = [error]
    except DocumentError:
        read.clear()
        for above, part in _apart(file.data):
            try:
                read.extend(_filled_in(part, file.path, above))
            except DocumentError as error:
                if b"{{" in part:
                    harvest.remark(error.span(file.path), "kubernetes.templated")
                else:
                    broken.append(error)
    met = sum(_read_document(document, file, harvest) for document in read)
    for each in broken:
        harvest.fail_parsing(file.path, each, "kubernetes.unreadable")
    (harvest.files if met or broken else harvest.skipped).append(file.path)
    if met and is_yaml(file.path):
        harvest.ignores.extend(yaml_ignores(file))


def _filled_in(part: bytes, path: str, above: int) -> list[Document]:
    """The documents of a part; where that breaks at places to fill in alone, with these as texts."""
    try:
        return list(load(part, path, above=above))
    except DocumentError:
        quoted = quoted_fill_ins(part) if b"{{" in part else None
        if quoted is None:
            raise
        with suppress(DocumentError):
            return list(load(quoted, path, above=above))
        raise


def _read_document(document: Document, file: SourceFile, harvest: _Manifests) -> int:
    met = 0
    harvest.remark_duplicates(document, "kubernetes.duplicate-key")
    harvest.servers.extend(servers(document, file.path))
    for each in objects(document, file):
        met += 1
        if isinstance(each, ManifestObject):
            harvest.objects.append(each)
            harvest.ignores.extend(
                ignores_in_json(document, each.at, each.data, each.where())
            )
        else:
            harvest.remark(document.span(each), "kubernetes.nameless")
    return met


def _apart(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The documents of a file, each with how many lines stand above it."""
    starts = [0, *(match.start() for match in _DOCUMENT.finditer(data))]
    above = 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        if data[start:end].strip():
            yield above, data[start:end]
        above += data.count(b"\n", start, end)


def _has_packaged(reader: Reader, charts: Charts) -> bool:
    """Whether there are charts in archives, whose templates no path names."""
    folders = {joined(each.files.folder, SUBCHARTS) for each in charts.variants}
    return any(path.endswith(PACKAGED) for each in folders for path in reader.listing(each))


def _render(
    found: Candidates,
    reader: Reader,
    charts: Charts,
    harvest: _Manifests,
    releases: Releases,
    more: Iterable[WantedChart],
) -> RenderedCharts | NoneRendered:
    """What the charts render to, if there are templates; those of charts that can't be loaded are skipped, and that is
    said once for each chart."""
    if not found.templates and not _has_packaged(reader, charts):
        return NoneRendered()
    from sovlint.frontends.kubernetes.charts.rendered_charts import render_repository

    rendered = render_repository(
        reader,
        charts.variants,
        harvest.objects,
        releases.installed,
        more,
    )
    harvest.add(rendered)
    read = [path for path in found.templates if path in rendered.templates]
    skipped = [path for path in found.templates if path not in rendered.templates]
    harvest.files.extend(read)
    harvest.skipped.extend(skipped)
    for chart, count in Counter(map(chart_of, skipped)).items():
        harvest.remark(
            f"{chart}/Chart.yaml".lstrip("/"), "kubernetes.helm-templates", count=count
        )
    for path in sorted(rendered.templates):
        file = reader.read(path)
        if isinstance(file, SourceFile):
            harvest.ignores.extend(template_ignores(file))
    return rendered


def _of_helmfiles(
    reader: Reader, charts: Charts, harvest: _Manifests, hints: Hints
) -> InstalledByHelmfiles | None:
    """What helmfiles install, if there are any."""
    if not any(map(is_helmfile, reader.paths)):
        return None
    from sovlint.frontends.kubernetes.helmfile.wanted import installed_by_helmfiles

    return installed_by_helmfiles(reader, charts, harvest, hints)


def _of_ansible(
    found: Candidates, reader: Reader, charts: Charts, harvest: _Manifests
) -> InstalledByAnsible | NothingByAnsible:
    """What Ansible puts on clusters, if it does so here."""
    paths = [path for path in found.files if is_yaml(path) and path not in charts.claimed]
    told = (reader.read(path) for path in paths)
    if not any(isinstance(file, SourceFile) and deploys(file.data) for file in told):
        return NothingByAnsible()
    from sovlint.frontends.kubernetes.ansible.deployed import read_ansible

    read = read_ansible(reader, paths, charts)
    harvest.add(read)
    harvest.recognised = [each for each in harvest.recognised if each[1] not in read.files]
    harvest.objects.extend(read.objects)
    return read


def _elsewhere(
    releases: Sequence[HelmfileRelease],
    whereabouts: Landings,
    hints: Hints,
    namespaces: Namespaces,
) -> Iterator[Resource]:
    """Releases of charts that aren't here, as far as values show what they are."""
    if not releases:
        return
    from sovlint.frontends.kubernetes.helmfile.elsewhere import resources_elsewhere

    found = resources_elsewhere(releases, whereabouts.said_of_chart, hints, namespaces)
    yield from map(whereabouts.landed, found)


def _untold(
    by_ansible: InstalledByAnsible | NothingByAnsible, whereabouts: Landings
) -> Iterator[Resource]:
    """What Ansible puts on clusters and isn't here."""
    if not by_ansible.untold:
        return
    from sovlint.frontends.kubernetes.ansible.elsewhere import untold_resources

    found = untold_resources(by_ansible.untold, whereabouts.said_of_chart)
    yield from map(whereabouts.landed, found)


def _with_inner(
    each: ManifestObject,
    resource: Resource,
    index: Objects,
    releases: Releases,
    rendered: ChartsRendered,
    namespaces: Namespaces,
    hints: Hints,
) -> Iterator[Resource]:
    """An object's resource, of one that installs a chart with what its values show; then the volumes in it. What a chart
    renders to are objects of their own."""
    release = releases.of(each)
    if release is None:
        yield from with_volumes(each, resource, index, hints.clusters)
        return
    release = not_rendered(release, each, rendered)
    if release is None:
        yield replace(resource, role=CONFIG_ROLE)
        return
    elsewhere = release.namespace if release.namespace != each.namespace else ""
    yield from installs(
        resource, release, hints, labels_of_namespace(elsewhere, each.scope, namespaces)
    )


def _resource(
    each: ManifestObject,
    namespaces: Namespaces,
    index: Objects,
    backups: Backups,
    whereabouts: Landings,
    hints: Hints,
) -> Resource:
    goes = outward(each, index, hints)
    installed = each.installed
    plain = DocumentAttributes(
        each.document, each.at, WRITTEN, KINDS.secret_keys.get(each.type, ())
    )
    return Resource(
        address=each.address,
        type=each.type,
        front_end=FRONT_END,
        root=each.root,
        variant=each.variant,
        library=False,
        exists=each.exists,
        where=each.where(),
        attributes=persistent(each) if each.type == VOLUME else plain,
        binding=Binding(hints.plugin_of(each.type) or FRONT_END),
        named=whereabouts.named(each),
        labels=(*labels_of(each, namespaces), *(installed.labels if installed else ())),
        chain=(installed.by.where(),) if installed and installed.by else (),
        held_in=installed.held_in | installed.written_in if installed else frozenset(),
        names=each.names(),
        images=goes.images,
        links=(*goes.links, *backups.links(each)),
        role=CONFIG_ROLE if goes.told_elsewhere or backups.stores(each) else None,
        sends=goes.sends,
    )
