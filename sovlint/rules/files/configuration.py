"""Configuration files that say where data goes: which files are read, how, and what they prove."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct, field

from sovlint.model.decoding import (
    EntryId,
    EntryKey,
    ProviderId,
    Role,
    SomeText,
    SourceKey,
    Texts,
    Yes,
)
from sovlint.model.source import Located
from sovlint.model.value import Value
from sovlint.rules.destination import HeldDestination
from sovlint.rules.files.declares import Declares
from sovlint.rules.files.outlet import Outlet
from sovlint.rules.files.outlets_at import OutletsAt
from sovlint.rules.files.task import StepsAt
from sovlint.rules.keys import HERE, Conditions, DottedPath, KeyPath, below


class Entry(Struct, frozen=True):
    """One value of a file: the keys that lead to it (indices of lists as text), and where it stands."""

    path: KeyPath
    value: Value
    where: Located


NamedBy = Mapping[str, frozenset[str]]
"""By the path of a file, those of files."""


class FilePart(Struct, frozen=True):
    """What is read as one: a file, or a document of it. ``environment``: the only one that it is for, if any.
    ``outlets``: those of a pipeline that it configures. ``named_by``: by file, those that call or include it, directly
    or by others."""

    entries: tuple[Entry, ...]
    environment: str | None = None
    outlets: tuple[Outlet, ...] = ()
    named_by: NamedBy = field(default_factory=dict)


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
    styles: Annotated[
        tuple[Literal["plain", "double", "snake", "ended", "last"], ...], Meta(min_length=1)
    ] = ("plain",)
    """How keys become names: with _ (plain), with __ (double), with _ at humps too (snake), at humps of the last alone
    (ended), the last alone."""
    prefix: SomeText = ""
    """What stands before each name (`DD_`)."""
    called: SomeText = ""
    """The name of what stands at `at`, or of each thing of a list there, whatever its key."""
    assigned: Yes = False
    """Each text of a list there is a setting: its name, `=` and its value."""
    values: bool = False
    """Only what a value can be by itself counts: nothing is known of the names there."""
    written: bool = False
    """Only an address that is written counts: what builds and tests are given isn't what runs."""
    ruled: Yes = False
    """Only names that a rule knows say something: they are mostly those of addresses of one's own."""
    but: frozenset[SomeText] = frozenset()
    """Signatures that don't count there."""
    variables: Yes = False
    """What stands there are variables of something that runs: one whose value isn't there is filled in elsewhere."""

    kept: Yes = False
    """It only names variables, by its keys or as texts: their values are kept elsewhere."""

    @property
    def asks(self) -> bool:
        """Whether it is asked, of a class that is declared, where variables lead whose values nobody knows."""
        return self.variables or self.kept or (self.written and not self.ruled)

    def leads_to(self, path: KeyPath) -> bool:
        """Whether it makes a setting of what stands at a path."""
        if not below(path, self.at):
            return False
        rest = path[len(self.at) :]
        if self.called:
            return not rest or (len(rest) == 1 and rest[0].isdigit())
        if self.value is not None:
            return rest == self.value or (self.name is None and not rest and not self.kept)
        return bool(rest)


class SetsAt(Struct, frozen=True):
    """Where variables may be set, by name, in a way that isn't followed, for what stands below the first `job` keys."""

    at: DottedPath
    job: Annotated[int, Meta(ge=1)] = 0


class RunsIn(Struct, frozen=True, kw_only=True):
    """A thing that names a job and a folder in which that runs."""

    each: DottedPath
    job: DottedPath
    folder: DottedPath


class CallsAt(Struct, frozen=True, kw_only=True):
    """Where other files are called, with what they are given."""

    at: DottedPath
    uses: DottedPath
    """Where the path of the file stands."""
    given: DottedPath
    """Below which key what it is given stands."""
    relative: Yes = False
    """The path leads on from the folder of the file that calls, and not from the repository."""
    files: Texts = ()
    """Names of files that are meant where it is a folder."""


class FormatProof(HeldDestination, frozen=True, kw_only=True):
    """What a file itself proves of where it is deployed."""

    id: EntryId
    role: Role
    each: DottedPath = HERE
    """Whatever stands there is looked at by itself; the other keys lead on from it."""
    company_at: DottedPath | None = None
    """Keys at which the company's name in `companies` stands."""
    companies: Mapping[str, ProviderId] = field(default_factory=dict)
    region: tuple[DottedPath, ...] = ()
    """Keys of the region; the first at which something stands count, one placement for each."""
    region_without: Mapping[ProviderId, SomeText] = field(default_factory=dict)
    """The region where none is written, by company."""

    schema: ClassVar = {
        "anyOf": [{"required": ["company"]}, {"required": ["company_at", "companies"]}]
    }


class FileExample(Struct, frozen=True):
    """A file, and what it shows."""

    file: SomeText
    text: str
    meets: Texts = ()
    """Ids of all signatures and proofs that are met, and tool/type of outlets, for a positive example."""


FileExamples = Annotated[tuple[FileExample, ...], Meta(min_length=1)]
ReaderName = Literal[
    "dotenv", "properties", "ini", "lines", "directives", "yaml", "json", "toml", "xml", "erb", "jinja", "braces",
    "fluentd", "dockerfile", "units", "statements", "jenkins",
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
    lacks: Texts = ()
    """With any of these texts a file of this name is of another kind."""
    last: bool = False
    """Many things have such names: any other format of the name comes first, and only small files are read."""
    heads: tuple[EntryId, ...] = ()
    """Kinds of the section `unread`: what begins like one of them is read as this, whatever it is called."""
    within: frozenset[SomeText] = frozenset()
    """Folders that are passed over otherwise, and not for what is known by its head."""
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
    runs_at: Texts = ()
    """Globs of whole paths, from the repository on: there a server reads it, and one that isn't valid is a failure."""
    weak: bool = False
    """Like a template, it holds only where somebody deploys it."""
    dotted: bool = False
    """A key with dots in it is several keys."""
    lines: tuple[DottedPath, ...] = ()
    """Where a text, or each of a list of them, has lines NAME=value: each is a setting below."""
    default: str = ""
    """What parts a variable from its default in ${NAME:default}."""
    includes: re.Pattern[str] | None = None
    """What names other files, by globs of paths that lead on from the file's folder: its group is `path`."""
    fills: re.Pattern[str] | None = None
    """A text in the place of which stands what another file says: its group `path` leads to that from the file's
    folder, and `key` to what of it. Signs of variables in either stand for anything."""
    filled_by: Texts = ()
    """Names of files of variables, in a folder above it, that give it variables."""
    merges: tuple[DottedPath, ...] = ()
    """Where paths of files stand, from the repository on, that are read as one with it."""
    calls: tuple[CallsAt, ...] = ()
    inputs: tuple[VariablesAt, ...] = ()
    """Where a file that is called says what it takes for what it isn't given."""
    called: SomeText = ""
    """What stands before the name of an input where it is used (`inputs.`)."""
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
    filled: re.Pattern[str] | None = None
    """Which of these are filled in by whoever runs it, and are never where data goes: a revision, a branch, a folder."""
    folders: Annotated[tuple[SetsAt, ...], Meta(min_length=1)] = ()
    """Where the folder stands in which scripts run that name none, for what stands below the first `job` keys."""
    beside: tuple[SetsAt, ...] = ()
    """Where containers stand that are started beside the steps of what stands below the first `job` keys."""
    runs_in: Annotated[tuple[RunsIn, ...], Meta(min_length=1)] = ()
    """Things that say in which folders a job runs."""
    declares: Declares | None = None
    shell_fills: bool = False
    """In scripts the shell does that."""
    image: Yes = False
    """An image is built of it."""
    partly: Yes = False
    """More may stand in such a file than is read: it counts among those that nobody reads too."""
    closed: Yes = False
    """Its scripts get no variables but those that stand there."""
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
        "anyOf": [
            {"required": [key]}
            for key in ("settings", "proves", "pipelines", "outlets", "steps", "declares")
        ]
    }

    def is_run_at(self, path: str) -> bool:
        """Whether a server reads the file of that path, from the repository on."""
        depth = path.count("/")
        return any(
            glob.count("/") == depth and fnmatchcase(path, glob) for glob in self.runs_at
        )

    @property
    def is_pipeline(self) -> bool:
        """Whether what it runs is what a pipeline does, and not a program of its own."""
        return bool(self.steps) and not self.closed

    def is_script(self, path: KeyPath) -> bool:
        """Whether what stands at ``path`` is a script, and no setting beside one."""
        is_run = any(below(path, (*each.at, *run)) for each in self.steps for run in each.run)
        return is_run and not any(each.leads_to(path) for each in self.settings)
