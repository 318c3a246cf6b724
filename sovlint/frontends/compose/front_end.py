"""Compose files -> resources: which projects a repository has, and what each of them runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents import Document
from sovlint.documents.tree import Node, entries, get
from sovlint.frontends.base import FilesUnit
from sovlint.frontends.clusters import Words, declared_place
from sovlint.frontends.compose.claims import (
    by_folder,
    default,
    has_services,
    is_compose,
    may_be,
)
from sovlint.frontends.compose.developers import ForDevelopers
from sovlint.frontends.compose.environment import Environments
from sovlint.frontends.compose.files import ComposeFiles, ReadingLog, beside
from sovlint.frontends.compose.fronts import GivenFiles
from sovlint.frontends.compose.profiles import PROFILES, started
from sovlint.frontends.compose.projects import Loader, nothing
from sovlint.frontends.compose.resources import FRONT_END, Project, resources
from sovlint.frontends.compose.sections import SECTIONS, stands_alone
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Named
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Known, UnknownKind
from sovlint.rules.hints import Hints

__all__ = ["FRONT_END", "read"]

_WORDS: Final = Words(
    "compose.place-declared", "compose.place-undeclared", "compose.places-overlap",
    UnknownKind.PROJECT_UNDECLARED, UnknownKind.PROJECTS_OVERLAP,
)  # fmt: skip
_OUTERMOST: Final = frozenset({*SECTIONS, "include", "version"})


class _Plan(Struct):
    """A project to be: its files, and what was found when they were read."""

    folder: str
    paths: list[str]
    variant: str | None
    model: Node
    loader: Loader
    account: ReadingLog
    only: frozenset[tuple[str, str]] | None = None
    own: Mapping[tuple[str, str], Span] = field(default_factory=dict)


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Every project of the Compose files below the git root. A file that only has the name of one is skipped."""
    files = ComposeFiles(reader)
    found, skipped = _candidates(reader, files)
    plans = [
        plan
        for folder, paths in by_folder(found).items()
        for plan in _plans(folder, paths, files)
    ]
    roots = list(_roots(plans))
    hidden: set[str] = set()
    extended = {each for plan in plans for each in plan.account.extended}
    harvest = Harvest(skipped=sorted(skipped))
    developers = ForDevelopers(reader, options, hints.developers)
    without: list[_Plan] = []
    for plan in roots:
        options.watch.root(plan.folder)
        named = declared_place(plan.paths[:1], options.clusters, _WORDS)
        project = _project(plan, files, named, extended, hidden)
        if any(
            get(each, "profiles") for each in entries(get(plan.model, "services")).values()
        ):
            on = started(developers.scripts, plan.folder)
            project = replace(project, started=on)
        made = list(resources(project, hints))
        local = developers.alone(plan.paths, plan.variant is not None, plan.account, made)
        if local and options.exclude_local and not plan.account.failures:
            without.append(plan)
            continue
        harvest.resources.extend(replace(each, local=local) for each in made)
        harvest.remarks.update(plan.account.remarks)
        bears_on = plan.account.read | project.given.read.union(project.given.scripts.read)
        hidden.update(project.given.scripts.read)
        harvest.units.append(FilesUnit(plan.folder, plan.variant, bears_on))
    plans = _kept(plans, roots, without)
    for plan in plans:
        harvest.failures.update(plan.account.failures)
    harvest.files = sorted(
        {path for plan in plans for path in plan.account.read if path in files}
    )
    harvest.left_out = sorted(
        {path for plan in without for path in _own(plan) if path in files}.difference(
            harvest.files
        )
    )
    harvest.ignores.extend(_ignores(harvest.files, files))
    harvest.unquoted = sorted(
        {*hidden, *(path for path in harvest.files if basename(path) == ".env")}
    )
    harvest.overridden = sorted(files.variables - files.counting)
    return harvest.reading()


def _candidates(reader: Reader, files: ComposeFiles) -> tuple[list[str], list[str]]:
    """Files that are Compose's, and those that have its name and are something else."""
    found: list[str] = []
    skipped: list[str] = []
    for path in reader.paths:
        if is_compose(path):
            documents = files.documents(path, ReadingLog())
            mine = not documents or any(_is_project(each) for each in documents)
            (found if mine else skipped).append(path)
        elif may_be(path):
            file = files.source(path, ReadingLog())
            if isinstance(file, SourceFile) and has_services(file.data):
                found.append(path)
    return found, skipped


def _is_project(document: Document) -> bool:
    """Whether a document is one of Compose: by its outermost keys, or services without any around them."""
    data = document.data
    if data is None:
        return True
    if not isinstance(data, dict) or {"apiVersion", "kind"} <= set(data):
        return False
    return bool(_OUTERMOST & set(data)) or any(
        isinstance(each, dict) and ("image" in each or "build" in each)
        for each in data.values()
    )


# --- which files make a project


def _plans(folder: str, paths: list[str], files: ComposeFiles) -> Iterator[_Plan]:
    """What Compose reads here by default, and each other file as a variant: by itself where it can stand alone, else
    on top of the main file."""
    main = _chosen(folder, files) or default(paths)
    if main:
        account = ReadingLog()
        loader = Loader(files, account)
        yield _Plan(folder, main, None, loader.project(main, folder), loader, account)
    for path in paths:
        if path not in main:
            yield _variant(folder, path, main[:1], files)


def _chosen(folder: str, files: ComposeFiles) -> list[str]:
    """The files that ``COMPOSE_FILE`` of the folder's ``.env`` names, where all of them are here."""
    lookup = Loader(files, ReadingLog()).environment([beside(folder, ".env")], nothing)
    written, separator = lookup("COMPOSE_FILE"), lookup("COMPOSE_PATH_SEPARATOR")
    if not isinstance(written, Known):
        return []
    sign = str(separator.value) if isinstance(separator, Known) else ":"
    paths = [beside(folder, each) for each in str(written.value).split(sign or ":") if each]
    return paths if all(path in files for path in paths) else []


def _variant(folder: str, path: str, main: list[str], files: ComposeFiles) -> _Plan:
    account = ReadingLog()
    loader = Loader(files, account)
    alone = loader.project([path], folder)
    plan = _Plan(folder, [path], basename(path), alone, loader, account)
    if stands_alone(alone) or not main:
        return plan
    own = {
        (section, name): node.where
        for section in SECTIONS
        for name, node in entries(get(alone, section)).items()
    }
    account = ReadingLog()
    loader = Loader(files, account)
    whole = loader.project([*main, path], folder)
    return _Plan(
        folder, [*main, path], basename(path), whole, loader, account, frozenset(own), own
    )


def _roots(plans: list[_Plan]) -> Iterator[_Plan]:
    """Projects that no other one includes; of those that include each other, the first by path."""
    included = {path for plan in plans for path in plan.account.included}
    reached: set[str] = set()
    single = [plan for plan in plans if len(plan.paths) == 1 and plan.paths[0] in included]
    for plan in plans:
        if plan not in single:
            reached |= plan.account.included
    chosen = [plan for plan in plans if plan not in single]
    for plan in single:
        if plan.paths[0] not in reached:
            chosen.append(plan)
            reached |= {plan.paths[0], *plan.account.included}
    yield from sorted(chosen, key=plans.index)


def _kept(plans: list[_Plan], roots: list[_Plan], without: list[_Plan]) -> list[_Plan]:
    """All but those left out, and what only these include."""
    gone = {path for plan in without for path in plan.account.included}
    for plan in roots:
        if plan not in without:
            gone -= plan.account.included
    return [
        plan
        for plan in plans
        if plan not in without and (plan in roots or gone.isdisjoint(plan.paths))
    ]


def _own(plan: _Plan) -> set[str]:
    """The files of a project that speak of it alone, and those that it includes."""
    return {
        *(plan.paths if plan.variant is None else plan.paths[-1:]),
        *plan.account.included,
    }


# --- what a project runs


def _project(
    plan: _Plan,
    files: ComposeFiles,
    named: Named,
    extended: set[tuple[str, str]],
    hidden: set[str],
) -> Project:
    lookup = plan.loader.environment([beside(plan.folder, ".env")], nothing)
    secrets = entries(get(plan.model, "secrets"))
    environments = Environments(files, plan.account, plan.loader, lookup, hidden, secrets)
    services = entries(get(plan.model, "services"))
    each = {name: environments.of(service) for name, service in services.items()}
    environments.tell_absent()
    templates = {
        name for path, name in extended if plan.variant is not None and path == plan.paths[-1]
    }
    return Project(
        plan.model,
        plan.folder,
        plan.variant,
        named,
        each,
        lookup(PROFILES),
        plan.loader.wholes,
        plan.own,
        GivenFiles(files, plan.folder, plan.model),
        plan.only,
        templates,
    )


def _ignores(paths: Iterable[str], files: ComposeFiles) -> Iterator[Ignore]:
    for path in paths:
        file = files.source(path, ReadingLog())
        if isinstance(file, SourceFile) and path.endswith((".yml", ".yaml")):
            yield from yaml_ignores(file)
