"""All formats together: which files of a repository are read as one, told by their names alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise
from posixpath import basename, dirname
from typing import Any, Final

from msgspec import Struct

from sovlint.model.decoding import DecodedEntries, grouped, pattern
from sovlint.model.file_globs import Glob, NameGlobs, globbed
from sovlint.rules.files.configuration import Format
from sovlint.rules.files.task import Task
from sovlint.rules.keys import ANY

NOTHING_BEGUN: Final[Mapping[str, str]] = {}
_WORD: Final = re.compile(r"[^A-Za-z0-9]+")


class Claim(Struct, frozen=True):
    """A file that is read: its format, its name but for what makes it a template, whether it is one, and the
    environment that its name says. ``begun``: it is known by how it begins."""

    path: str
    format: Format
    name: str
    template: bool = False
    environment: str | None = None
    begun: bool = False

    @property
    def by_content(self) -> bool:
        """Whether more than its name says that it is of its format."""
        return self.begun or bool(self.format.contains)

    @property
    def sure(self) -> bool:
        """Whether what it says holds as it stands, and not only where somebody uses it."""
        return not self.template and not self.format.weak


class Formats:
    """All formats, what is no evidence wherever it stands, and what steps of pipelines prove; from the catalogue's
    sections ``formats``, ``passed_over`` and ``tasks``. Files are claimed by their names, or as they are known to begin;
    most runs make no more than a few formats.

    ``folders``: whatever is below one called so is somebody else's, or an example. ``templates``: words by which a name
    says that the file is one. ``tests``: environments in which nobody's data is.
    """

    def __init__(
        self,
        formats: Mapping[str, Any] | None = None,
        passed_over: Mapping[str, Any] | None = None,
        tasks: Mapping[str, Any] | None = None,
    ) -> None:
        self._formats = DecodedEntries(Format, formats or {})
        self._tasks = tasks or {}
        self._passed_over = passed_over or {}
        self._with_steps = frozenset(
            name for name, data in (formats or {}).items() if data.get("steps")
        )
        self._pipelines: dict[str, bool] = {}
        self._names: dict[str, tuple[Glob, ...]] = {}
        self._folders: dict[str, tuple[Glob, ...]] = {}
        self.folders = frozenset(self._listed("folders"))
        self.templates = frozenset(self._listed("templates"))
        self.tests = frozenset(self._listed("tests"))
        globs = [
            globbed(name, glob)
            for name, data in (formats or {}).items()
            for glob in data["files"]
        ]
        self._exact = grouped((glob.name, glob) for glob in globs if ANY not in glob.name)
        self._anything = tuple(glob for glob in globs if glob.name == ANY)
        self._headed = grouped(
            (head, Glob(ANY, name, "", ""))
            for name, data in (formats or {}).items()
            for head in data.get("heads", ())
        )
        self._globs = NameGlobs(
            [glob for glob in globs if ANY in glob.name and glob.name != ANY]
        )

    @cached_property
    def placeholders(self) -> re.Pattern[str]:
        """Values that stand for one to be filled in."""
        return _any_of(self._listed("placeholders"))

    @cached_property
    def switches(self) -> re.Pattern[str]:
        """Settings, as ``NAME=value``, that switch off what begins as their group does."""
        return _any_of(self._listed("switches"))

    @cached_property
    def starters(self) -> re.Pattern[str]:
        """Commands that start containers beside what a script runs."""
        return _any_of(self._listed("starters"))

    @cached_property
    def references(self) -> re.Pattern[str]:
        """Values that say where a secret is kept."""
        return _any_of(self._listed("references"))

    @cached_property
    def published(self) -> frozenset[str]:
        """Keys that all stand in what an identity provider publishes of itself."""
        return frozenset(self._listed("published")) or frozenset(("",))

    @cached_property
    def tasks(self) -> Mapping[str, Sequence[Task]]:
        """What steps prove, by the action that they use."""
        tasks = DecodedEntries(Task, self._tasks).values()
        return grouped((action.lower(), task) for task in tasks for action in task.uses)

    def _listed(self, key: str) -> Sequence[str]:
        return tuple(self._passed_over.get(key, {}).get("list", ()))

    def claims(
        self,
        paths: Iterable[str],
        passed: list[str] | None = None,
        begun: Mapping[str, str] = NOTHING_BEGUN,
    ) -> Iterator[Claim]:
        """The files among ``paths`` that are read, in order, with each format that may be theirs: the first whose
        content they have is. Those that tell by content come first.

        ``passed`` gets those that would be read if they didn't lie below a folder that is passed over. ``begun``: by
        path, the kind that a file is known to begin like.
        """
        for path in paths:
            head = begun.get(path, "")
            found = self._found(path, head)
            if not found:
                continue
            above = self._above(path)
            if above and passed is None and not head:
                continue
            claimed = list(self._claimed(path, found, head))
            kept = [claim for claim in claimed if not above or _is_at_home(claim, above)]
            yield from sorted(
                kept, key=lambda claim: (claim.format.last, not claim.by_content)
            )
            if passed is not None and claimed and not kept:
                passed.append(path)

    def _found(self, path: str, head: str) -> Sequence[Glob]:
        """The globs that a path is of."""
        folder, _, name = path.rpartition("/")
        named = self._by_name(name)
        around = f"/{folder}/" if named else ""
        return (
            *self._headed.get(head, ()),
            *(glob for glob in named if glob.folder in around and _lies_in(glob, around)),
            *self._by_folder(folder),
        )

    def pipelines(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of ``paths`` that are read as pipelines."""
        return frozenset(path for path in paths if self._is_pipeline(path))

    def _is_pipeline(self, path: str) -> bool:
        """Whether a file is read as a pipeline; kept, as several readers ask it of all files."""
        if path not in self._pipelines:
            found = self._found(path, "")
            may_be = not self._with_steps.isdisjoint(glob.format for glob in found)
            self._pipelines[path] = may_be and any(
                claim.format.is_pipeline for claim in self.claims((path,))
            )
        return self._pipelines[path]

    def passing(self, path: str) -> str:
        """The uppermost folder above a file that is passed over, with a slash at its end; empty where none is."""
        *folders, _ = path.split("/")
        for at, name in enumerate(folders):
            if name.lower() in self.folders or self._is_source_set(folders, at):
                return "/".join((*folders[: at + 1], ""))
        return ""

    def _above(self, path: str) -> Set[str]:
        """The folders above a file that are passed over; sources of tests (``src/contractTest``) are as ``test``."""
        *folders, _ = path.split("/")
        found = self.folders.intersection(map(str.lower, folders))
        is_test = any(self._is_source_set(folders, at) for at in range(len(folders)))
        return found | {"test"} if is_test else found

    def _is_source_set(self, folders: Sequence[str], at: int) -> bool:
        """Whether a folder has sources of tests alone."""
        is_below = folders[at - 1 : at] == ["src"]
        return is_below and self._source_sets.fullmatch(f"src/{folders[at]}") is not None

    @cached_property
    def _source_sets(self) -> re.Pattern[str]:
        return _any_of(self._listed("source_sets"))

    def is_of_tests(self, path: str) -> bool:
        """Whether the name of a file, or of a folder above it, says that it is there for tests alone: not where the names
        above speak of an environment, which may be called so."""
        names = path.split("/")
        pairs = map("/".join, pairwise(names))
        if any(map(self._of_tests.fullmatch, pairs)):
            return True
        met = (at for at, each in enumerate(names) if self._of_tests.fullmatch(each))
        at = next(met, None)
        above = {word for folder in names[:at] for word in _words(folder)}
        return at is not None and above.isdisjoint(self._listed("environments"))

    @cached_property
    def _of_tests(self) -> re.Pattern[str]:
        return _any_of(self._listed("of_tests"))

    def tells_cluster(self, name: str) -> bool:
        """Whether the name of a cluster has a word that tells it from those of others."""
        words = (word for word in re.split(r"[\W_\d]+", name.lower()) if word)
        return not all(word in self._cluster_words for word in words)

    @cached_property
    def _cluster_words(self) -> frozenset[str]:
        return frozenset(self._listed("cluster_words"))

    def has_head(self, head: str | None) -> bool:
        """Whether a format reads what begins like this kind."""
        return head in self._headed

    def has_name(self, path: str) -> bool:
        """Whether a format has the name of a file, wherever that stands."""
        return bool(self._by_name(basename(path)) or self._by_folder(dirname(path)))

    def _claimed(self, path: str, found: Sequence[Glob], head: str) -> Iterator[Claim]:
        name = self._without_template(basename(path))
        words = set(_words(basename(path)))
        met: set[str] = set()
        for glob in sorted(
            found, key=lambda glob: not glob.whole
        ):  # a name that many things have comes last
            if glob.format in met:
                continue
            met.add(glob.format)
            kind = self._formats[glob.format]
            if (
                words & self.tests and not kind.steps
            ):  # a pipeline is called so for what else it does
                continue
            begun = head in kind.heads
            # A pipeline that is known by its head is called a template where others use it.
            template = not (begun and kind.steps) and self._is_template(path, kind)
            told = kind.environment.search(name) if kind.environment is not None else None
            environment = told[1] if told is not None else None
            yield Claim(path, kind, name, template, environment, begun)

    def _is_template(self, path: str, kind: Format) -> bool:
        """Whether the name of a file says so, or the end of one of its folders (``env.d/production.dist/``); not by a
        word that names of its format have (CloudFormation's ``template.yaml``)."""
        ends = (folder.rpartition(".")[2] for folder in path.split("/")[:-1] if "." in folder)
        met = self.templates.intersection((*_words(basename(path)), *ends))
        return bool(
            met and met.difference(word for glob in kind.files for word in _words(glob))
        )

    def _by_name(self, name: str) -> tuple[Glob, ...]:
        """The globs that a name is of; a repository has few names for its many files."""
        known = self._names.get(name)
        if known is None:
            bare = self._without_template(name)
            known = self._named(bare) + (self._named(name) if bare != name else ())
            self._names[name] = known
        return known

    def _named(self, name: str) -> tuple[Glob, ...]:
        return (*self._exact.get(name, ()), *self._globs.of(name))

    def _by_folder(self, folder: str) -> tuple[Glob, ...]:
        """The globs of any files of its folder; a repository has few folders for its many files."""
        if folder not in self._folders:
            around = f"/{folder}/"
            self._folders[folder] = tuple(
                glob
                for glob in self._anything
                if glob.folder in around and _lies_in(glob, around)
            )
        return self._folders[folder]

    def _without_template(self, name: str) -> str:
        """A name without the word at its end, or its beginning, that says that it is a template."""
        bare, _, word = name.rpartition(".")
        if word.lower() in self.templates:
            return bare or name
        word, _, bare = name.partition(".")
        return f".{bare}" if bare and word.lower() in self.templates else name


def _lies_in(glob: Glob, folder: str) -> bool:
    """Whether a glob is of files that lie in a folder, which has a slash at both ends."""
    if not glob.whole:
        return True
    return pattern(glob.whole).search(folder) is not None


def _is_at_home(claim: Claim, above: Set[str]) -> bool:
    """Whether the folders above a file, which are passed over, are none for what is known by its head."""
    return claim.begun and above <= claim.format.within


def _words(name: str) -> Iterator[str]:
    return (word.lower() for word in _WORD.split(name))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns) or r"(?!)", re.IGNORECASE)
