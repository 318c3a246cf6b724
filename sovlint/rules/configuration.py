"""Configuration files that say where data goes: which files are read, how, and what they prove."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import basename, dirname
from typing import Any, Final

from msgspec import Struct, field

from sovlint.model.file_globs import Glob, NameGlobs, globbed
from sovlint.model.source import Located
from sovlint.model.value import Value
from sovlint.rules.declares import Declares
from sovlint.rules.keys import ANY, Condition, KeyPath, below, path_parts
from sovlint.rules.outlet import Outlet
from sovlint.rules.outlets_at import OutletsAt
from sovlint.rules.task import StepsAt, Task

_WORD: Final = re.compile(r"[^A-Za-z0-9]+")


class Entry(Struct, frozen=True):
    """One value of a file: the keys that lead to it (indices of lists as text), and where it stands."""

    path: KeyPath
    value: Value
    where: Located


class FilePart(Struct, frozen=True):
    """What is read as one: a file, or a document of it. ``environment``: the only one that it is for, if any.
    ``outlets``: those of a pipeline that it configures."""

    entries: tuple[Entry, ...]
    environment: str | None = None
    outlets: tuple[Outlet, ...] = ()


class SettingsAt(Struct, frozen=True):
    """Where settings stand in a file: all below ``at``, called by the keys that lead on from there, after ``prefix``.

    ``name`` and ``value``: each thing at ``at`` is one setting, whose name and value stand there (without ``name``, the
    last key is the name). ``styles``: how keys become a name, see ``settings/names.py``. ``written``: only an address
    that is written counts: what builds and tests are given isn't what runs. ``but``: signatures that don't count there.
    """

    at: KeyPath = ()
    name: KeyPath | None = None
    value: KeyPath | None = None
    styles: tuple[str, ...] = ("plain",)
    prefix: str = ""
    written: bool = False
    but: frozenset[str] = frozenset()


class SetsAt(Struct, frozen=True):
    """Where a file may set variables in a way that isn't followed, by name below ``at``; for what stands below the
    first ``job`` keys that lead there."""

    at: KeyPath
    job: int = 0


class FormatProof(Struct, frozen=True):
    """What a file itself proves of where it is deployed: a company, and the region at the first of ``region``.

    ``companies``: by the text at ``company_at``, where that decides. ``each``: whatever stands there is looked at by
    itself, and the other keys lead on from it.
    """

    id: str
    role: str
    each: KeyPath = ()
    company: str | None = None
    company_at: KeyPath | None = None
    companies: Mapping[str, str] = field(default_factory=dict)
    region: tuple[KeyPath, ...] = ()
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()


class Format(Struct, frozen=True):
    """One kind of configuration file.

    ``files``: globs of names; one with a slash is of the end of a path. ``reader``: how it is read, by the name's end
    where empty. ``contains``: without any of these texts it is another kind of file. ``unless``: so is a document of
    which one of these holds. ``line``: for the reader
    ``lines``, the pattern of one with the groups ``name`` and ``value``. ``environment``: a pattern of the name whose
    group is the environment that the file is for; ``on_profile``: where a document of it says so. ``layered``: such a
    file adds to the one for all. ``weak``: like a template, it holds only where somebody deploys it. ``dotted``: a key
    with dots is several. ``default``: what parts a variable from its default in ``${NAME:default}``. ``pipelines``: it
    is read as the configuration of a pipeline, told by its shape. ``steps``: where steps of CI and CD stand;
    ``variables``: where what they are given by name does; ``expression``: a pattern of what refers to one, whose group
    is the name; ``shell_fills``: a shell does that in scripts. ``extends``: the key of a thing that names those whose
    keys it has too; ``shared``: keys that all things with a ``script`` have. ``overrides``: where variables may be set
    in a way that isn't followed; ``env_file``: the variable that names a file in which scripts set them for the steps
    that follow; ``sets``: a pattern, with the groups ``name`` and ``value``, of what they print to do that.
    ``declares``: things of a cloud that it declares.
    """

    id: str
    files: tuple[str, ...]
    reader: str = ""
    contains: tuple[bytes, ...] = ()
    line: re.Pattern[str] | None = None
    environment: re.Pattern[str] | None = None
    on_profile: tuple[KeyPath, ...] = ()
    layered: bool = False
    weak: bool = False
    dotted: bool = False
    default: str = ""
    settings: tuple[SettingsAt, ...] = ()
    proves: tuple[FormatProof, ...] = ()
    pipelines: bool = False
    outlets: tuple[OutletsAt, ...] = ()
    steps: tuple[StepsAt, ...] = ()
    variables: tuple[SettingsAt, ...] = ()
    expression: re.Pattern[str] | None = None
    shell_fills: bool = False
    unless: tuple[Condition, ...] = ()
    declares: Declares | None = None
    extends: str = ""
    shared: tuple[KeyPath, ...] = ()
    overrides: tuple[SetsAt, ...] = ()
    env_file: str = ""
    sets: re.Pattern[str] | None = None

    def is_script(self, path: KeyPath) -> bool:
        """Whether what stands at ``path`` is a script."""
        return any(below(path, (*each.at, *run)) for each in self.steps for run in each.run)

    @classmethod
    def of(cls, name: str, data: Mapping[str, Any]) -> Format:
        """From an entry of ``catalog/configuration``."""
        return cls(
            name,
            tuple(data["files"]),
            data.get("reader", ""),
            tuple(each.encode() for each in data.get("contains", ())),
            re.compile(data["line"]) if "line" in data else None,
            re.compile(data["environment"]) if "environment" in data else None,
            tuple(path_parts(each) for each in data.get("on_profile", ())),
            data.get("layered", False),
            data.get("weak", False),
            data.get("dotted", False),
            data.get("default", ""),
            tuple(_settings_at(each) for each in data.get("settings", ())),
            tuple(_proof(each) for each in data.get("proves", ())),
            data.get("pipelines", False),
            tuple(OutletsAt.of(each) for each in data.get("outlets", ())),
            tuple(StepsAt.of(each) for each in data.get("steps", ())),
            tuple(_settings_at(each) for each in data.get("variables", ())),
            re.compile(data["expression"]) if "expression" in data else None,
            data.get("shell_fills", False),
            tuple(_condition(each) for each in data.get("unless", ())),
            Declares.of(data["declares"]) if "declares" in data else None,
            data.get("extends", ""),
            tuple(path_parts(each) for each in data.get("shared", ())),
            tuple(SetsAt(path_parts(each["at"]), each.get("job", 0)) for each in data.get("overrides", ())),
            data.get("env_file", ""),
            re.compile(data["sets"]) if "sets" in data else None,
        )


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
        self._data = formats or {}
        self._tasks = tasks or {}
        self._passed_over = passed_over or {}
        self._made: dict[str, Format] = {}
        self._names: dict[str, tuple[Glob, ...]] = {}
        self.folders = frozenset(self._listed("folders"))
        self.templates = frozenset(self._listed("templates"))
        self.tests = frozenset(self._listed("tests"))
        globs = [globbed(name, glob) for name, data in self._data.items() for glob in data["files"]]
        self._exact: dict[str, tuple[Glob, ...]] = {}
        for glob in globs:
            if ANY not in glob.name:
                self._exact[glob.name] = (*self._exact.get(glob.name, ()), glob)
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
        found: dict[str, list[Task]] = {}
        for name, data in self._tasks.items():
            task = Task.of(name, data)
            for action in task.uses:
                found.setdefault(action, []).append(task)
        return found

    def _listed(self, key: str) -> Sequence[str]:
        return tuple(self._passed_over.get(key, {}).get("list", ()))

    def _format(self, name: str) -> Format:
        if name not in self._made:
            self._made[name] = Format.of(name, self._data[name])
        return self._made[name]

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
            kind = self._format(glob.format)
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
        return self._exact.get(name, ()) + self._globs.of(name)

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


def _settings_at(data: Mapping[str, Any]) -> SettingsAt:
    return SettingsAt(
        path_parts(data.get("at", "")),
        path_parts(data["name"]) if "name" in data else None,
        path_parts(data["value"]) if "value" in data else None,
        tuple(data.get("styles", ("plain",))),
        data.get("prefix", ""),
        data.get("written", False),
        frozenset(data.get("but", ())),
    )


def _proof(data: Mapping[str, Any]) -> FormatProof:
    return FormatProof(
        data["id"],
        data["role"],
        path_parts(data.get("each", "")),
        data.get("company"),
        path_parts(data["company_at"]) if "company_at" in data else None,
        data.get("companies", {}),
        tuple(path_parts(each) for each in data.get("region", ())),
        tuple(_condition(each) for each in data.get("when", ())),
        tuple(_condition(each) for each in data.get("unless", ())),
    )


def _condition(data: Mapping[str, Any]) -> Condition:
    return Condition(path_parts(data["at"]), tuple(data.get("in", ())))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns) or r"(?!)", re.IGNORECASE)
