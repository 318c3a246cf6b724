"""Plans and states among the files: which they are, which root each is of, and the resources that they list."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.json_places import JsonError, JsonText
from sovlint.frontends.terraform.claims import is_plan, is_state
from sovlint.frontends.terraform.modules.module import Module
from sovlint.frontends.terraform.modules.roots import Root, is_below
from sovlint.frontends.terraform.modules.variables import GivenValues, expression_of
from sovlint.frontends.terraform.plans import document as plan_document
from sovlint.frontends.terraform.plans.configuration import Configuration
from sovlint.frontends.terraform.plans.document import (
    NotReadError,
    OtherShapeError,
    PlanDocument,
)
from sovlint.frontends.terraform.plans.resources import resources_of
from sovlint.frontends.terraform_json import begins_as_plan_or_state, is_plan_or_state
from sovlint.model.inputs import TOO_LARGE, Reader
from sovlint.model.resources.reading import Failure, Remark, Unit
from sovlint.model.resources.resource import Resource
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.rules.hints import Hints

_ZIP = b"PK\x03\x04"
"""What a plan begins with that was saved by ``terraform plan -out`` and not shown as JSON."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""What a text begins with that PowerShell wrote by ``>``."""

ReadSource = Callable[[Root, "GivenValues | None"], Iterable[Resource]]
"""The resources of a root's source, evaluated with these values, or with its own."""


class Plan(Struct):
    """A plan or state, the root that it is of (``None``: none is here), and under which root and variant it is read."""

    document: PlanDocument
    configuration: Configuration
    home: Root | None
    root: str
    variant: str | None

    @property
    def path(self) -> str:
        """Its file."""
        return self.document.text.path


class Plans(Struct):
    """All plans and states of a repository, and what couldn't be read of them."""

    plans: list[Plan] = []
    failures: list[Failure] = []
    remarks: list[Remark] = []
    files: list[str] = []

    def stands_in_for(self, root: Root) -> bool:
        """Whether a plan named on the command line is read in place of this root's source."""
        return any(each.home == root and each.variant == root.variant for each in self.plans)

    def resources(self, source: ReadSource, hints: Hints) -> Iterator[Resource]:
        """The resources of all of them."""
        for plan in self.plans:
            beside = source(plan.home, _given(plan)) if plan.home is not None else ()
            for each in resources_of(plan.document, plan.configuration, tuple(beside), hints):
                yield replace(each, root=plan.root, variant=plan.variant)

    def units(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """What bears on each: its file, and what bears on the root that it is of."""
        for plan in self.plans:
            above = [
                each
                for each in units
                if plan.home is not None and each.root == plan.home.folder
            ]
            yield PlanUnit(plan.root, plan.variant, plan.path, above)


class PlanUnit(Struct, eq=False):
    """A plan or state (implements ``model.resources.reading.Unit``)."""

    root: str | None
    variant: str | None
    _path: str
    _above: Sequence[Unit]

    def bears(self, path: str) -> bool:
        """Its own file, and whatever bears on its root: positions and unknown values come from there."""
        return path == self._path or any(each.bears(path) for each in self._above)


def find(reader: Reader, roots: Sequence[Root], modules: Mapping[str, Module]) -> Plans:
    """All plans and states: told by their names, or named on the command line, and then by what stands in them."""
    found = Plans()
    documents = _documents(reader, found)
    homes = [_home(each, roots, modules) for each in documents]
    named = [
        home.folder
        for home, each in zip(homes, documents, strict=True)
        if home and reader.named(each.text.path)
    ]
    for document, home in zip(documents, homes, strict=True):
        path = document.text.path
        folder = posixpath.dirname(path) if home is None else home.folder
        variant: str | None = posixpath.relpath(path, folder or ".")
        alone = (
            named.count(folder) == 1
            if home is not None
            else folder not in modules and len(documents) == 1
        )
        if reader.named(path) and alone and _is_enough(document, home, reader):
            variant = None
        elif home is not None:
            note = Note("terraform.plan-beside", {"root": folder or ".", "variant": variant})
            found.remarks.append(Remark(note, path))
        found.plans.append(
            Plan(
                document,
                Configuration(document.text, document.configuration),
                home,
                folder,
                variant,
            )
        )
    return found


def _documents(reader: Reader, found: Plans) -> list[PlanDocument]:
    """All plans and states that can be read."""
    candidates = (path for path in reader.paths if reader.named(path) or is_plan(path))
    read = (_read(path, reader, found) for path in candidates)
    return [each for each in read if each is not None]


def _is_enough(document: PlanDocument, home: Root | None, reader: Reader) -> bool:
    """Whether it says all: where the source is asked for too, that says what a part leaves out."""
    return not document.partial or home is None or not reader.wanted(home.folder)


def _read(path: str, reader: Reader, found: Plans) -> PlanDocument | None:
    file = reader.read(path)
    if not isinstance(file, SourceFile):
        problem = _why_unread(path, reader, file)
        if problem is not None:
            found.failures.append(Failure(path, None, None, problem))
        return None
    if not is_plan_or_state(file.data):
        return None
    found.files.append(path)
    try:
        text = JsonText(file)
    except JsonError as error:
        note = Note("terraform.plan-not-json", {"problem": error.problem})
        found.failures.append(Failure(path, error.line, error.column, note))
        return None
    try:
        document = plan_document.read(text)
    except NotReadError as error:
        if isinstance(error, OtherShapeError) and not reader.named(path):
            found.files.remove(
                path
            )  # a plan within something else, as tools keep it for their tests
            return None
        found.failures.append(Failure.at(text.span(error.at), error.note))
        return None
    if document.errored:
        found.failures.append(
            Failure.at(text.span(("errored",)), Note("terraform.plan-errored"))
        )
    elif document.partial:
        found.remarks.append(Remark(Note("terraform.plan-partial"), path))
    return document


def _why_unread(path: str, reader: Reader, problem: Note) -> Note | None:
    """What is wrong with a plan that can't be read as text; ``None`` where it is probably none."""
    head = reader.peek(path)
    if head.startswith(_UTF_16) and is_plan_or_state(head.translate(None, b"\0\xff\xfe")):
        return Note("terraform.plan-utf-16", {"path": path})
    if is_plan_or_state(head):
        return problem
    if problem.key == TOO_LARGE and (is_state(path) or begins_as_plan_or_state(head)):
        return problem
    is_archive = posixpath.splitext(path)[1].lower().endswith("zip")
    if reader.named(path) and head.startswith(_ZIP) and not is_archive:
        return Note("terraform.plan-binary", {"path": path})
    return None


def _home(
    document: PlanDocument, roots: Sequence[Root], modules: Mapping[str, Module]
) -> Root | None:
    """The root that a plan or state is of: the nearest at or above its folder that declares what it lists; else, for a
    plan, the only one that declares just what it was made from."""
    blocks = Configuration(document.text, document.configuration).blocks
    listed = blocks or frozenset(_first(each.parts.base) for each in document.listed)
    folder = posixpath.dirname(document.text.path)
    # With several variants the first stands for the root: they share all blocks.
    by_folder = {
        root.folder: root
        for root in sorted(roots, key=lambda root: root.variant or "", reverse=True)
    }
    above = [each for each in by_folder if folder == each or is_below(folder, each)]
    for each in sorted(above, key=len, reverse=True):
        if listed and 2 * len(listed & _declared(modules[each])) >= len(listed):
            return by_folder[each]
    exact = [each for each in by_folder if blocks and _declared(modules[each]) == blocks]
    return by_folder[exact[0]] if len(exact) == 1 else None


def _first(base: str) -> str:
    """The block in the root module that an address leads through."""
    return ".".join(base.split(".")[:2])


def _declared(module: Module) -> frozenset[str]:
    managed = (f"{kind}.{name}" for kind, name in module.resources)
    read = (f"data.{kind}.{name}" for kind, name in module.data)
    return frozenset({*managed, *read, *(f"module.{name}" for name in module.calls)})


def _given(plan: Plan) -> GivenValues | None:
    """The values of variables that a plan was made with; a state doesn't say."""
    if not plan.document.is_plan:
        return None
    given = GivenValues()
    for name, entry in plan.document.variables.items():
        if isinstance(entry, dict) and "value" in entry:
            where = plan.document.text.where(("variables", name))
            given.expressions[name] = (expression_of(entry["value"]), where)
    return given
