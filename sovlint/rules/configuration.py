"""Configuration files that say where data goes: which files are read, how, and what they prove."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import basename, dirname
from typing import Annotated, Any, ClassVar, Final, Literal

from msgspec import Meta, Struct, field

from sovlint.model.decoding import (
    DecodedEntries,
    EntryId,
    EntryKey,
    ProviderId,
    Role,
    SomeText,
    SourceKey,
    Texts,
    Yes,
    grouped,
)
from sovlint.model.file_globs import Glob, NameGlobs, globbed
from sovlint.model.source import Located
from sovlint.model.value import Value
from sovlint.rules.declares import Declares
from sovlint.rules.keys import ANY, HERE, Conditions, DottedPath, KeyPath, below
from sovlint.rules.outlet import Outlet
from sovlint.rules.outlets_at import OutletsAt
from sovlint.rules.task import StepsAt, Task

_WORD: Final = re.compile(r"[^A-Za-z0-9]+")


class Entry(Struct, frozen=True):
    """One value of a file: the keys that lead to it (indices of lists as text), and where it stands."""

    path: KeyPath
    value: Value
    where: Located


class Part(Struct, frozen=True):
    """What is read as one: a file, or a document of it. ``environment``: the only one that it is for, if any.
    ``outlets``: those of a pipeline that it configures."""

    entries: tuple[Entry, ...]
    environment: str | None = None
    outlets: tuple[Outlet, ...] = ()


class VariablesAt(Struct, frozen=True, kw_only=True):
    """Where what steps are given by name stands: for all of the file, for a job, for a step."""

    at: DottedPath
    name: DottedPath | None = None
    value: DottedPath | None = None


class SettingsAt(Struct, frozen=True, kw_only=True):
    """Where settings stand in a file: all below `at`, called by the keys that lead on from there."""

    at: DottedPath = HERE
    """Keys below which settings stand; `*` is any one key or index. All of the file where nothing is said."""
    name: DottedPath | None = None
    """Each thing at `at` is a setting, whose name stands here; without it, its key is the name."""
    value: DottedPath | None = None
    """Each thing at `at` is a setting, whose value stands here."""
    styles: Annotated[tuple[Literal["plain", "double", "snake", "ended", "last"], ...], Meta(min_length=1)] = ("plain",)
    """How keys become names: with _ (plain), with __ (double), with _ at humps too (snake), at humps of the last alone
    (ended), the last alone."""
    prefix: SomeText = ""
    """What stands before each name (`DD_`)."""
    written: bool = False
    """Only an address that is written counts: what builds and tests are given isn't what runs."""
    but: frozenset[SomeText] = frozenset()
    """Signatures that don't count there."""


class SetsAt(Struct, frozen=True):
    """Where variables may be set, by name, in a way that isn't followed, for what stands below the first `job` keys."""

    at: DottedPath
    job: Annotated[int, Meta(ge=1)] = 0


class FormatProof(Struct, frozen=True, kw_only=True):
    """What a file itself proves of where it is deployed."""

    id: EntryId
    role: Role
    company: ProviderId | None = None
    each: DottedPath = HERE
    """Whatever stands there is looked at by itself; the other keys lead on from it."""
    company_at: DottedPath | None = None
    """Keys at which the company's name in `companies` stands."""
    companies: Mapping[str, ProviderId] = field(default_factory=dict)
    region: tuple[DottedPath, ...] = ()
    """Keys of the region; the first at which something stands count, one placement for each."""
    when: Conditions = ()
    unless: Conditions = ()

    schema: ClassVar = {"anyOf": [{"required": ["company"]}, {"required": ["company_at", "companies"]}]}


class FileExample(Struct, frozen=True):
    """A file, and what it shows."""

    file: SomeText
    text: str
    meets: Texts = ()
    """Ids of all signatures and proofs that are met, and tool/type of outlets, for a positive example."""


FileExamples = Annotated[tuple[FileExample, ...], Meta(min_length=1)]
ReaderName = Literal[
    "dotenv", "properties", "ini", "lines", "directives", "yaml", "json", "toml", "xml", "erb", "jinja", "braces",
    "fluentd",
]  # fmt: skip


class Format(Struct, frozen=True, kw_only=True):
    """One kind of configuration file: how it is read, and what it proves."""

    id: EntryKey
    files: Texts
    """Globs of names; one with a slash is of the end of a path, where `/**/` stands for any folders."""
    reader: ReaderName | None = None
    """How it is read; by the name's end where nothing is said."""
    contains: Texts = ()
    """Without any of these texts a file of this name is of another kind."""
    unless: Conditions = ()
    """A document of which one of these holds is of another kind."""
    line: re.Pattern[str] | None = None
    """For the readers `lines` and `directives`: a pattern with the groups `name` and `value`."""
    environment: re.Pattern[str] | None = None
    """A pattern of the name whose group is the environment that the file is for."""
    on_profile: tuple[DottedPath, ...] = ()
    """Keys at which a document says which environment it is for."""
    layered: bool = False
    """A file for an environment adds to the one for all beside it."""
    weak: bool = False
    """Like a template, it holds only where somebody deploys it."""
    dotted: bool = False
    """A key with dots in it is several keys."""
    default: str = ""
    """What parts a variable from its default in ${NAME:default}."""
    settings: Annotated[tuple[SettingsAt, ...], Meta(min_length=1)] = ()
    proves: Annotated[tuple[FormatProof, ...], Meta(min_length=1)] = ()
    pipelines: Yes = False
    """It is the configuration of a pipeline (OpenTelemetry, Fluent Bit, Vector, Prometheus, ...), told by its shape."""
    outlets: Annotated[tuple[OutletsAt, ...], Meta(min_length=1)] = ()
    steps: Annotated[tuple[StepsAt, ...], Meta(min_length=1)] = ()
    variables: Annotated[tuple[VariablesAt, ...], Meta(min_length=1)] = ()
    """Where what steps are given by name stands: for all of the file, for a job, for a step."""
    expression: re.Pattern[str] | None = None
    """What stands in a text for something that is filled in; the group is the name of a variable."""
    declares: Declares | None = None
    shell_fills: bool = False
    """In scripts the shell does that."""
    extends: SomeText = ""
    """The key of a thing that names those whose keys it has too."""
    shared: tuple[DottedPath, ...] = ()
    """Keys that all things with a `script` have, but for what has its own."""
    overrides: Annotated[tuple[SetsAt, ...], Meta(min_length=1)] = ()
    """Where variables may be set, by name, in a way that isn't followed, for what stands below the first `job` keys."""
    env_file: SomeText = ""
    """The variable that names a file in which scripts set variables for the steps that follow."""
    sets: re.Pattern[str] | None = None
    """What scripts print to set a variable for the steps that follow; the groups are `name` and `value`."""
    source: SourceKey
    positive: FileExamples
    negative: FileExamples

    schema: ClassVar = {
        "anyOf": [{"required": [key]} for key in ("settings", "proves", "pipelines", "outlets", "steps", "declares")]
    }

    def is_script(self, path: KeyPath) -> bool:
        """Whether what stands at ``path`` is a script."""
        return any(below(path, (*each.at, *run)) for each in self.steps for run in each.run)


class Claim(Struct, frozen=True):
    """A file that is read: its format, its name but for what makes it a template, whether it is one, and the
    environment that its name says."""

    path: str
    format: Format
    name: str
    template: bool = False
    environment: str | None = None

    @property
    def sure(self) -> bool:
        """Whether what it says holds as it stands, and not only where somebody uses it."""
        return not self.template and not self.format.weak


class Formats:
    """All formats, what is no evidence wherever it stands, and what steps of pipelines prove; from the catalogue's
    sections ``formats``, ``passed_over`` and ``tasks``. Files are claimed by their names alone, and most runs make no
    more than a few formats.

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
        self._names: dict[str, tuple[Glob, ...]] = {}
        self.folders = frozenset(self._listed("folders"))
        self.templates = frozenset(self._listed("templates"))
        self.tests = frozenset(self._listed("tests"))
        globs = [globbed(name, glob) for name, data in (formats or {}).items() for glob in data["files"]]
        self._exact = grouped((glob.name, glob) for glob in globs if ANY not in glob.name)
        self._anything = tuple(glob for glob in globs if glob.name == ANY)
        self._globs = NameGlobs([glob for glob in globs if ANY in glob.name and glob.name != ANY])

    @cached_property
    def placeholders(self) -> re.Pattern[str]:
        """Values that stand for one to be filled in."""
        return _any_of(self._listed("placeholders"))

    @cached_property
    def switches(self) -> re.Pattern[str]:
        """Settings, as ``NAME=value``, that switch off what begins as their group does."""
        return _any_of(self._listed("switches"))

    @cached_property
    def references(self) -> re.Pattern[str]:
        """Values that say where a secret is kept."""
        return _any_of(self._listed("references"))

    @cached_property
    def tasks(self) -> Mapping[str, Sequence[Task]]:
        """What steps prove, by the action that they use."""
        tasks = DecodedEntries(Task, self._tasks).values()
        return grouped((action.lower(), task) for task in tasks for action in task.uses)

    def _listed(self, key: str) -> Sequence[str]:
        return tuple(self._passed_over.get(key, {}).get("list", ()))

    def claims(self, paths: Sequence[str]) -> Iterator[Claim]:
        """The files among ``paths`` that are read, in order, with each format that may be theirs: the first whose
        content they have is. Those that tell by content come first."""
        for path in paths:
            found = self._by_name(path.rpartition("/")[2]) + self._by_folder(path)
            if found and not self.folders.intersection(path.lower().split("/")[:-1]):
                yield from sorted(self._claimed(path, found), key=lambda claim: not claim.format.contains)

    def has_name(self, path: str) -> bool:
        """Whether a format has the name of a file, wherever that stands."""
        return bool(self._by_name(basename(path)) or self._by_folder(path))

    def _claimed(self, path: str, found: Sequence[Glob]) -> Iterator[Claim]:
        name = self._without_template(basename(path))
        words = set(_words(basename(path)))
        met: set[str] = set()
        for glob in sorted(found, key=lambda glob: not glob.whole):  # a name that many things have comes last
            if glob.format in met or (glob.whole and not re.search(glob.whole, f"/{dirname(path)}/")):
                continue
            met.add(glob.format)
            kind = self._formats[glob.format]
            if words & self.tests and not kind.steps:  # a pipeline is called so for what else it does
                continue
            told = kind.environment.search(name) if kind.environment is not None else None
            yield Claim(path, kind, name, self._is_template(path, kind), told[1] if told is not None else None)

    def _is_template(self, path: str, kind: Format) -> bool:
        """Whether the name of a file says so, or the end of one of its folders (``env.d/production.dist/``); not by a
        word that names of its format have (CloudFormation's ``template.yaml``)."""
        ends = (folder.rpartition(".")[2] for folder in path.split("/")[:-1] if "." in folder)
        met = self.templates.intersection((*_words(basename(path)), *ends))
        return bool(met and met.difference(word for glob in kind.files for word in _words(glob)))

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

    def _by_folder(self, path: str) -> tuple[Glob, ...]:
        return tuple(
            glob for glob in self._anything if glob.folder in path and re.search(glob.whole, f"/{dirname(path)}/")
        )

    def _without_template(self, name: str) -> str:
        """A name without the word at its end, or its beginning, that says that it is a template."""
        bare, _, word = name.rpartition(".")
        if word.lower() in self.templates:
            return bare or name
        word, _, bare = name.partition(".")
        return f".{bare}" if bare and word.lower() in self.templates else name


def _words(name: str) -> Iterator[str]:
    return (word.lower() for word in _WORD.split(name))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns) or r"(?!)", re.IGNORECASE)
