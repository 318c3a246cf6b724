"""Tasks that put objects on a cluster -> these objects.

Source: the documentation of the collection ``kubernetes.core``, modules ``k8s`` and ``helm``, background knowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents import Document
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, get, is_list, items, text
from sovlint.expressions.jinja.statements import JinjaSource, rendered
from sovlint.expressions.jinja.ways import MOST_WAYS, TriedWay
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.text import (
    Origin,
    PlacedText,
    TemplateHole,
    has_holes,
    without_holes,
)
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.rendered_text import (
    BrokenDocument,
    DocumentReader,
    RenderedText,
    known_of_text,
)
from sovlint.frontends.cluster.objects import ChartOrigin, ManifestObject
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.ansible.contexts import TaskContext
from sovlint.frontends.kubernetes.ansible.documents import document_of
from sovlint.frontends.kubernetes.ansible.evaluating import every_way
from sovlint.frontends.kubernetes.charts.alike import is_within
from sovlint.frontends.kubernetes.charts.rendered_objects import (
    TemplateOutcome,
    rendered_objects,
)
from sovlint.model.landing import Evidence
from sovlint.model.resources.reading import Remark
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Unknown

_ABSENT: Final = "absent"


class UntoldPart(Struct, frozen=True):
    """Something that a task puts on a cluster and of which nothing is known: what it is called, where that is written,
    why it isn't known (``note``), and why it may not be there."""

    name: str
    where: Span
    note: Note
    perhaps: Unknown | None = None


class _Part(Struct, frozen=True):
    """Something that a task applies: a text of a file, or a tree. ``file``: where it is."""

    path: str
    text: str | None = None
    value: Any = None
    where: Span | None = None


class _Applied(Struct):
    """What a task applies in one way."""

    parts: list[_Part] = field(default_factory=list)
    namespace: str = ""
    absent: bool = False


class K8sTask:
    """A task of ``k8s``, in one turn of its loop."""

    def __init__(
        self, arguments: Node, task: Node, context: TaskContext, harvest: Harvest
    ) -> None:
        self.arguments = arguments
        self.task = task
        self.context = context
        self.harvest = harvest
        self.scope = context.scope
        self.reader = DocumentReader()
        self.untold: dict[Span, UntoldPart] = {}

    def objects(
        self, root: str, variant: str | None, shown: tuple[Evidence, ...] = ()
    ) -> list[ManifestObject]:
        """All that it makes or changes; nothing, where it takes objects away."""
        found = every_way(self.context, self._applied, MOST_WAYS)
        self._tell(found)
        outcomes: dict[str, list[TemplateOutcome]] = {}
        worlds = [each for each in found if each.result is not None]
        for way in worlds:
            for path, documents in self._documents(way):
                assumed = tuple(hole.unknown for hole, _ in way.assumed)
                if self.context.perhaps is not None:
                    assumed = (self.context.perhaps, *assumed)
                outcomes.setdefault(path, []).append(TemplateOutcome(documents, assumed))
        whole = len(worlds) == len(found) and not any(each.beyond for each in found)
        namespace = self._namespace(worlds)
        held = frozenset((self.context.playbook, self.context.path, *self.context.used))
        origin = ChartOrigin(None, (), held, pointed=shown, varied=variant is not None)
        made = (
            each
            for path, several in outcomes.items()
            for each in self._of_file(path, several, whole and len(several) == len(found))
        )
        return [
            replace(
                each,
                root=root,
                variant=variant,
                namespace=each.namespace or namespace,
                installed=origin,
            )
            for each in made
        ]

    def _namespace(self, worlds: Sequence[TriedWay[_Applied]]) -> str:
        """The namespace of objects that name none."""
        named = next((each.result.namespace for each in worlds if each.result), "")
        return (
            str(Evaluated.of(known_of_text(named, self.context.holes, None)))
            if has_holes(named)
            else str(named)
        )

    def _of_file(
        self, path: str, outcomes: Sequence[TemplateOutcome], whole: bool
    ) -> list[ManifestObject]:
        file = self.context.files.file(path) or SourceFile(path, b"")
        sure = whole and self.context.perhaps is None
        read = rendered_objects(file, outcomes, frozenset() if sure else None, self.reader)
        for broken in read.broken:
            self.harvest.remark(
                broken.where, "kubernetes.charts.not-rendered", problem=broken.problem
            )
            self._unread(broken.where, path)
        return _without_less(read.objects)

    def _tell(self, found: Sequence[TriedWay[_Applied]]) -> None:
        """Say what can't be worked out, or isn't here."""
        for error in {
            str(each.error): each.error for each in found if each.error is not None
        }.values():
            where = self.task.where
            path, line = error.path or where.path, error.line or where.line
            self.harvest.fail(
                Span(path, line, 1, line, 1),
                "kubernetes.ansible.template-broken",
                problem=error.message,
            )
        for part in self.untold.values():
            where = part.where
            self.harvest.remarks[Remark(part.note, where.path, where.line)] = None

    def _untell(self, where: Span, name: str) -> None:
        note = Note("kubernetes.ansible.missing", {"name": name})
        self.untold[where] = UntoldPart(name, where, note, self.context.perhaps)

    def _unread(self, where: Span, path: str) -> None:
        """Nothing is known of what a text makes, or of a part of it."""
        note = Note("kubernetes.charts.templates-untold", {"paths": (path,)})
        self.untold[where] = UntoldPart(path, where, note, self.context.perhaps)

    # --- in one way

    def _value(self, run: TemplateRun, *names: str) -> Any:
        node = self._argument(*names)
        return None if node is None else self.scope.evaluated(node, run)

    def _argument(self, *names: str) -> Node | None:
        found = (get(self.arguments, name) for name in names)
        return next((each for each in found if each is not None), None)

    def _applied(self, run: TemplateRun) -> _Applied:
        made = _Applied()
        state = self._value(run, "state")
        if isinstance(state, TemplateHole):
            made.absent = not run.is_true(state)
        elif state == _ABSENT:
            made.absent = True
        if made.absent:
            return made
        namespace = self._value(run, "namespace")
        made.namespace = (
            run.shown(namespace) if isinstance(namespace, (str, TemplateHole)) else ""
        )
        template, source = self._argument("template"), self._argument("src")
        if template is not None:
            self._templates(run, template, made)
        if source is not None:
            self._source(run, source, made)
        definition = self._argument("definition", "resource_definition", "inline")
        if definition is not None:
            self._definition(self.scope.evaluated(definition, run), definition.where, made)
        if not (template or source or definition):
            self._named(run, made)
        return made

    def _templates(self, run: TemplateRun, node: Node, made: _Applied) -> None:
        """What templates come to: one, by its path, or several."""
        for each in items(node) if is_list(node) else [node]:
            named = get(each, "path") or each
            value = self.scope.evaluated(named, run)
            for path in value if isinstance(value, list) else [value]:
                self._template(run, path, named, made)

    def _template(self, run: TemplateRun, path: Any, node: Node, made: _Applied) -> None:
        found = (
            self.scope.template(path)
            if isinstance(path, str) and not has_holes(path)
            else None
        )
        if found is None:
            self._untell(node.where, text(node))
            return
        made.parts.append(
            _Part(found[0], rendered(JinjaSource(found[1], found[0]), run, self.scope))
        )

    def _source(self, run: TemplateRun, node: Node, made: _Applied) -> None:
        """A file as it is, or one that a task before has made of a template."""
        written = self.context.state.written.get(text(node).strip())
        if written is not None:
            self._written(run, written, made)
            return
        value = self.scope.evaluated(node, run)
        for each in value if isinstance(value, list) else [value]:
            path = None
            if isinstance(each, str) and not has_holes(each):
                path = self.context.files.find(each, self.context.folders("files"))
            if path is None:
                self._untell(node.where, text(node))
                continue
            made.parts.append(_Part(path, self._raw(path)))

    def _raw(self, path: str) -> str:
        self.context.used.add(path)
        text = without_holes(self.context.files.text(path) or "")
        return PlacedText.of(text, ((0, Origin(Span(path, 1, 1, 1, 1), lines=True)),))

    def _written(self, run: TemplateRun, arguments: Node, made: _Applied) -> None:
        source, content = get(arguments, "src"), get(arguments, "content")
        if content is not None:
            self._definition(self.scope.evaluated(content, run), content.where, made)
        elif source is not None and get(arguments, "template") is not None:
            self._template(run, self.scope.evaluated(source, run), source, made)
        elif source is not None:
            value = self.scope.evaluated(source, run)
            path = None
            if isinstance(value, str) and not has_holes(value):
                path = self.context.files.find(value, self.context.folders("files"))
            if path is None:
                self._untell(source.where, text(source))
            else:
                made.parts.append(_Part(path, self._raw(path)))

    def _definition(self, value: Any, where: Span, made: _Applied) -> None:
        if isinstance(value, list):
            for each in value:
                self._definition(each, where, made)
        elif isinstance(value, Map):
            made.parts.append(_Part(where.path, value=value, where=where))
        elif isinstance(value, str):
            origin = next((each for _, each in getattr(value, "origins", ())), None)
            at = origin.where or origin.value if origin is not None else None
            made.parts.append(
                _Part(at.path if at is not None else where.path, value, where=at or where)
            )
        elif isinstance(value, TemplateHole):
            self._untell(where, value.unknown.detail)

    def _named(self, run: TemplateRun, made: _Applied) -> None:
        """An object of which no more is said than its kind and name."""
        kind, name = self._value(run, "kind"), self._value(run, "name")
        if not isinstance(kind, str) or name is None or has_holes(kind):
            return
        version = self._value(run, "api_version", "api") or "v1"
        metadata = Map({"name": name})
        value = Map({"apiVersion": version, "kind": kind, "metadata": metadata})
        made.parts.append(
            _Part(self.task.where.path, value=value, where=self.arguments.where)
        )

    # --- as documents

    def _documents(
        self, way: TriedWay[_Applied]
    ) -> list[tuple[str, list[Document | BrokenDocument]]]:
        found: dict[str, list[Document | BrokenDocument]] = {}
        assert way.result is not None
        for part in way.result.parts:
            documents = found.setdefault(part.path, [])
            if part.text is None:
                assert part.where is not None
                documents.append(document_of(part.value, part.where, self.context.holes))
            else:
                documents.extend(self._in_text(part))
        return list(found.items())

    def _in_text(self, part: _Part) -> list[Document | BrokenDocument]:
        assert part.text is not None
        nowhere = part.where or Span(part.path, 1, 1, 1, 1)
        found = list(self.reader.read(RenderedText(part.text, self.context.holes, nowhere)))
        if has_holes(part.text) and not all(map(_may_be_objects, found)):
            self._unread(nowhere, part.path)
        return found


def _may_be_objects(document: Document | BrokenDocument) -> bool:
    """Whether a document has the shape of objects, or holds nothing; one that can't be read is told elsewhere."""
    return isinstance(document, BrokenDocument) or isinstance(
        document.data, (dict, list, type(None))
    )


def _without_less(found: Sequence[ManifestObject]) -> list[ManifestObject]:
    """Objects without those that say nothing more than another of which it isn't known either whether it is there."""
    kept: list[ManifestObject] = []
    for each in found:
        others = (other for other in kept if other.address == each.address)
        unsure = not isinstance(each.exists, Known)
        if not (unsure and any(is_within(each.data, other.data) for other in others)):
            kept.append(each)
    return kept
