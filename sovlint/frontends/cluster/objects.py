"""Documents -> objects of a cluster: lists unrolled, names and namespaces read, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from posixpath import dirname
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents import Document, Path
from sovlint.documents.attributes import written_span
from sovlint.documents.cursor import Cursor
from sovlint.documents.paths import data_at, paths_to
from sovlint.documents.scalars import scalar_text
from sovlint.frontends.cluster.kinds import KINDS, is_object, type_of
from sovlint.frontends.cluster.placeholders import entries, pattern, replaced, with_part
from sovlint.frontends.images import short_image
from sovlint.model.classrules import OWN_KEY
from sovlint.model.landing import Evidence
from sovlint.model.resources.resource import TRUE, LabelPlace, Labels
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Fact
from sovlint.rules.hints import Hints
from sovlint.rules.keys import path_parts

WRITTEN = "kubernetes.written"
"""The note of what somebody wrote."""
TEMPLATE = "Template.template.openshift.io"
_NAMED: Final = ("${{{}}}", "${{}}")
"""How texts of a template name a parameter (OpenShift, "Using templates")."""
NAME_LABELS = ("app", "app.kubernetes.io/name")
"""Labels by which people call a workload."""


ANY_NAME: Final = "*"
"""What an object is called of which only a pattern tells the name."""


ObjectScope = tuple[str, str | None] | None
"""A root and its variant; ``None`` for what stands for itself."""


class PatchedTarget(Struct, frozen=True):
    """An object of which nothing but patches is here: the name by which they know it, and where they stand."""

    name: str
    places: tuple[Span, ...] = ()


class ManifestObject(Struct, frozen=True, eq=False):
    """One object: the document and the path where it stands, the file, and what it says of itself.

    ``type`` is the kind, with its group for a custom resource; ``namespace`` is empty where the object names none.
    ``root`` is the folder of the kustomization or of the chart that it comes from, and ``built_by`` the kustomization's
    file; ``None`` and empty for one that stands for itself.
    """

    document: Document
    at: Path
    file: SourceFile
    kind: str
    type: str
    name: str
    namespace: str
    data: dict[str, Any]
    root: str | None = None
    built_by: str = ""
    pods: tuple[Path, ...] = ()
    """Paths, from the object, at which a custom resource holds what a pod's ``spec`` does."""
    own_volumes: bool = False
    """Whether its ``volumes`` there aren't those of a pod."""
    called: str = ""
    """Its address, where another tool declares it."""
    variant: str | None = None
    """The release that it was rendered for, or the values; ``None`` for the chart's own, and for what is no chart's."""
    exists: Fact[bool] = field(default_factory=lambda: TRUE)
    """Whether it is made at all: not known of what a template makes only if something holds that nobody knows."""
    installed: ChartOrigin | None = None
    """How it came here, where a chart was rendered to it."""
    used_at: Span | None = None
    """Where this repository names the other one that it is of."""
    patched: PatchedTarget | None = None
    """Set where it isn't here: all that it says is what patches say of it."""
    applied_by: ManifestObject | None = None
    """The object that applies it, where it is as that one applies it, and as others may not."""

    labelled_at: LabelPlace | None = None
    """Where its label goes, where values of a chart that isn't here say it."""

    @property
    def installed_by(self) -> ManifestObject | None:
        """The object that installs the chart which this one was rendered from."""
        return None if self.installed is None else self.installed.by

    @property
    def scope(self) -> ObjectScope:
        """What it was built or rendered with: objects of one scope know each other by name first."""
        return None if self.root is None else (self.root, self.variant)

    @property
    def built_in(self) -> str:
        """The folder of what it was built with, else that of its file."""
        return dirname(self.file.path) if self.root is None else self.root

    @property
    def address(self) -> str:
        """``k8s:<namespace or ->/<Kind>/<name>``, or what another tool calls it."""
        return self.called or f"k8s:{self.namespace or '-'}/{self.type}/{self.name}"

    def span(self, path: Path) -> Span:
        """Where what stands at a path, from the object, is written."""
        return self.document.span((*self.at, *path))

    def get(self, *path: str | int) -> Cursor:
        """What stands at a path, from the object."""
        return Cursor(self.document, self.at, self.data).at(*path)

    def where(self) -> Span:
        """From the object's first key to the end of its last value; comments after it are not part of it."""
        span = written_span(self.document, self.at, self.file)
        return (
            replace(span, repository=self.file.repository) if self.file.repository else span
        )

    def pod_specs(self) -> tuple[Cursor, ...]:
        """What its pods are made of."""
        template = KINDS.pod_templates.get(self.type)
        paths = self.pods if template is None else ((*template, "spec"),)
        return tuple(self.get(*path) for path in paths)

    def pod_templates(self) -> tuple[Cursor, ...]:
        """Its pod templates, whose labels its pods have. A ``spec`` that stands alone is of none."""
        alone = () if self.type in KINDS.pod_templates else (*self.at, "spec")
        return tuple(
            spec.parent
            for spec in self.pod_specs()
            if spec.path[-1] == "spec" and spec.path != alone
        )

    def claim_templates(self) -> tuple[Cursor, ...]:
        """The volume claims that are made for a workload."""
        inner = KINDS.claim_templates.get(self.type)
        return tuple(self.get().items(*inner)) if inner else ()

    def names(self) -> tuple[str, ...]:
        """What people called it: name, namespace, its name labels, the short names of its images; each once."""
        found = [self.name, self.namespace]
        found += [
            scalar_text(self.get("metadata", "labels", label).data) for label in NAME_LABELS
        ]
        for spec in self.pod_specs():
            for key in ("initContainers", "containers"):
                found += [
                    short_image(container.text("image")) for container in spec.items(key)
                ]
        return tuple(dict.fromkeys(name for name in found if name))


class ChartOrigin(Struct, frozen=True):
    """How an object of a chart came here: ``by`` which object the chart is installed, what reaches it of the chart's and
    of that object's labels, and the files that it is ``held_in`` besides its template: those that say where it is
    deployed. ``written_in``: the chart's own, and all files of values. ``destinations``: of all that the object deploys
    to, where this goes (address and name); none: everywhere. ``varied``: whether the same is put on other clusters too,
    with other values."""

    by: ManifestObject | None
    labels: tuple[Labels, ...] = ()
    held_in: frozenset[str] = frozenset()
    written_in: frozenset[str] = frozenset()
    destinations: frozenset[tuple[str, str]] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    """What shows the cluster that it is installed on, besides what stands around the chart."""
    pointed: tuple[Evidence, ...] = ()
    """The same, where that speaks against a cluster that is declared, as pipelines do."""
    varied: bool = False
    called: str = ""
    """What whoever installs it calls the cluster that it goes to (a context of kubectl): that one alone may be meant."""


def those_here(objects: Iterable[ManifestObject]) -> Iterator[ManifestObject]:
    """Those of which more is known than what patches say."""
    return (each for each in objects if each.patched is None)


def of_scope(scope: ObjectScope, among: Sequence[ManifestObject]) -> ManifestObject | None:
    """Of several objects that go by one name, the last one of a scope, else of none, else the only one there is."""
    return next(iter(all_of_scope(scope, among)), None)


def all_of_scope(
    scope: ObjectScope, among: Sequence[ManifestObject]
) -> Sequence[ManifestObject]:
    """Of several objects that go by one name, those of a scope, else of none, else the only one there is; the last one
    first."""
    for own in (scope, None):
        same = [each for each in among if each.scope == own]
        if same:
            return same[::-1]
    return among if len(among) == 1 else ()


def objects(document: Document, file: SourceFile) -> Iterator[ManifestObject | Path]:
    """The objects of a document, those inside lists too; the path of what should have a name and has none."""
    yield from _objects(document, (), document.data, file)


def with_pods(found: ManifestObject, hints: Hints) -> ManifestObject:
    """An object with where its pods are described, as far as the catalogue tells that of its type."""
    paths = hints.pods.get(found.type)
    if not paths:
        return found
    there = (each for path in paths for each in paths_to(found.data, path_parts(path)))
    specs = tuple(each for each in there if isinstance(data_at(found.data, each), dict))
    return replace(found, pods=specs, own_volumes=found.type in hints.own_volumes)


def _objects(
    document: Document, at: Path, data: Any, file: SourceFile
) -> Iterator[ManifestObject | Path]:
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _objects(document, (*at, index), item, file)
        return
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("kind"), str)
        or "apiVersion" not in data
    ):
        return
    kind, version = data["kind"], str(data["apiVersion"])
    if kind.endswith("List") and isinstance(data.get("items"), list):
        yield from _objects(document, (*at, "items"), data["items"], file)
    elif is_object(version, kind):
        if type_of(version, kind) == TEMPLATE:
            yield from _of_template(document, at, data, file)
        name, generated, namespace = (
            scalar_text(data_at(data, ("metadata", key)))
            for key in ("name", "generateName", "namespace")
        )
        name = name or f"{generated}*".lstrip("*")
        if not name:
            yield at
            return
        yield ManifestObject(
            document, at, file, kind, type_of(version, kind), name, namespace, data
        )


def _of_template(
    document: Document, at: Path, template: dict[str, Any], file: SourceFile
) -> Iterator[ManifestObject | Path]:
    """The objects of a template, with the parameters put in that have a value, and with its labels. An object's own
    label wins. What is declared of the template alone holds for all of it."""
    values = dict(entries(template, "parameters.*", ("value",)))
    listed = template.get("objects")
    if not isinstance(listed, list):
        return
    given = template.get("labels")
    labels = {**_declared(template), **(given if isinstance(given, dict) else {})}
    put, labels = replaced([listed, labels], pattern(_NAMED), values, False)
    inner = (*at, "objects")
    labelled = [_with_labels(each, labels) for each in put]
    whole = with_part(document.data, inner, labelled)
    yield from _objects(replace(document, data=whole), inner, labelled, file)


def _declared(template: dict[str, Any]) -> dict[str, str]:
    """The class that a template declares of itself."""
    declared: dict[str, str] = {}
    for part in ("annotations", "labels"):
        if said := scalar_text(data_at(template, ("metadata", part, OWN_KEY))):
            declared[OWN_KEY] = said
    return declared


def _with_labels(data: Any, labels: dict[str, Any]) -> Any:
    """An object with more labels than its own; what isn't one as it is."""
    metadata = data_at(data, ("metadata",))
    if not labels or not isinstance(metadata, dict):
        return data
    own = metadata.get("labels")
    said = {**labels, **(own if isinstance(own, dict) else {})}
    return {**data, "metadata": {**metadata, "labels": said}}
