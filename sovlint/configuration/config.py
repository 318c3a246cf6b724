"""``sovlint.yaml``, or ``[tool.sovlint]`` in ``pyproject.toml`` -> ``Config``. One file a run."""

from __future__ import annotations

import json
import os.path
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from sovlint.configuration import config_file, waiver_files
from sovlint.configuration.entries import EntryData, EntryReader, base, bound, relative
from sovlint.errors import SovlintError
from sovlint.files import globs
from sovlint.files.globs import InUse, Subject
from sovlint.files.nothing_said import says_nothing
from sovlint.files.walk import Exclude, nothing_excluded, slashes
from sovlint.model.attestation import Attestation, Proof
from sovlint.model.classrules import ClassRule, ClassRules
from sovlint.model.exception import Waiver
from sovlint.model.house import OwnHosts
from sovlint.model.inputs import Cluster, ReadOptions, RootOption
from sovlint.model.organisation import PARTICULAR_SENSITIVITY, Organisation
from sovlint.model.request import POLICY_SET as POLICY_SET
from sovlint.model.resources.reading import Remark
from sovlint.model.source import Span

if TYPE_CHECKING:
    from sovlint.documents import Document

_UNUSED_PATH: Final = "config.unused-path"
_UNUSED_ADDRESS: Final = "config.unused-address"
_UNUSED_SREN: Final = "config.unused-sren"
_SREN_ALONE: Final = (
    "`data.sren` counts only where `organisation` says `sren31: true`: article 31 of the SREN law binds the State, its "
    "operators and the groups that decree 2026-272 lists, and nobody else."
)
_NO_SOURCE: Final = (
    "`{source}` is no source that somebody can look up: name the act, the decision or the opinion "
    "that it rests on."
)
_TWO_SUBJECTS: Final = (
    "a subject is a `provider` of the catalogue or a `vendor` that it lacks, not both."
)


class Config(Struct, frozen=True):
    """What the configuration says; ``None`` or empty where it doesn't.

    ``policy_set``: a name, or the absolute path of a file. ``policies``, ``catalog``: absolute paths that exist.
    ``exclude`` is told paths relative to the git root, folders with a ``/`` at their end. ``saas``: inventories,
    relative to the git root. ``waivers`` are those written in it and in the ``waiver_files`` (absolute) that it names;
    ``baseline`` is an absolute path. ``class_words``: every data class named, and where: only the catalogue knows which
    exist. ``globs_in_use``: the globs that are there to match something.
    """

    path: Path | None = None
    policy_set: str | None = None
    policies: tuple[Path, ...] = ()
    catalog: tuple[Path, ...] = ()
    hds_scope: str | None = None
    require_sources: bool = False
    data: ClassRules = field(default_factory=ClassRules)
    clusters: tuple[Cluster, ...] = ()
    hosts: tuple[OwnHosts, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[RootOption, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    exclude: Exclude = nothing_excluded
    saas: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    waiver_files: tuple[Path, ...] = ()
    baseline: Path | None = None
    class_words: tuple[tuple[str, Span], ...] = ()
    globs_in_use: tuple[InUse, ...] = ()
    variables_at: Span | None = None
    """Where ``variables`` stand."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the environment in which Terragrunt is run."""
    environment_at: Span | None = None
    """Where they stand."""
    organisation: Organisation | None = None
    """What it states of whose repository this is."""
    exclude_local: Span | None = None
    """Where it says that files for developers alone are left out; ``None`` where it doesn't."""

    def read_options(
        self,
        variables: Mapping[str, str],
        variable_files: tuple[str, ...],
        exclude_local: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> ReadOptions:
        """What bears on reading; ``variables`` (``--var``) and the ``environment`` (``--env``) win over those of the
        configuration."""
        return ReadOptions(
            {**self.variables, **variables},
            variable_files,
            self.roots,
            self.clusters,
            self.saas,
            self.data.keys,
            self._naming(_UNUSED_PATH),
            self._naming(_UNUSED_ADDRESS),
            exclude_local,
            environment={**self.environment, **(environment or {})},
        )

    def _naming(self, key: str) -> tuple[globs.Matches, ...]:
        """What the globs match that are told by ``key`` where they match nothing, but for those that name nothing."""
        return tuple(
            each.matches
            for each in self.globs_in_use
            if each.key == key and globs.names_something(each.glob)
        )

    def unused(
        self,
        paths: Sequence[str],
        addresses: Sequence[str] = (),
        excluded: Sequence[str] = (),
    ) -> Iterator[Remark]:
        """A remark for each glob that matches nothing.

        ``paths``: all files, relative to the git root; ``addresses``: those of all resources; ``excluded``: files and
        folders that were left out.
        """
        there = {
            Subject.FILES: paths,
            Subject.FOLDERS: sorted({path.rpartition("/")[0] for path in paths}),
            Subject.ADDRESSES: addresses,
            Subject.EXCLUDED: excluded,
            Subject.FILES_OR_ADDRESSES: (*paths, *addresses),
        }
        yield from globs.unused(self.globs_in_use, there)


def first_of(problems: Sequence[SovlintError]) -> SovlintError:
    """The first of some problems, which says how many there are."""
    first, count = problems[0], len(problems)
    if count == 1:
        return first
    more = f"There are {count} problems in all; this is the first."
    return SovlintError(first.message, f"{more} {first.hint}".strip())


def load(path: Path, root: Path) -> Config:
    """Read a configuration; ``root`` is the git root, which paths of the model are relative to.

    Raises ``SovlintError`` naming file, line and column for what isn't right, with what was probably meant.
    """
    config, problems = examine(path, root)
    if problems:
        raise first_of(problems)
    return config


def examine(
    path: Path, root: Path, after: bytes | None = None, to_come: Path | None = None
) -> tuple[Config, list[SovlintError]]:
    """A configuration as far as it is right, and everything that is wrong with it, each naming file, line and column.
    ``after``: what the file is about to have; ``to_come``: a folder that is about to be there.

    Raises ``SovlintError`` where it can't be read at all, or is another version's.
    """
    path = path.absolute()
    document = config_file.read(path, relative(path, root), after)
    if document is None:
        return Config(path=path), []
    formal = list(config_file.problems(document, path))
    maker = _Maker(config_file.sound(document) if formal else document, path, root)
    maker.to_come = to_come
    config = maker.config()
    return config, [*formal, *maker.problems]


class _Maker(EntryReader):
    """Turns a valid document into a ``Config``; what can't be used is left out of it, and is among ``problems``."""

    def __init__(self, document: Document, path: Path, root: Path) -> None:
        super().__init__(document, path, base(path.parent.resolve(), root), bound(path, root))
        self.data: Mapping[str, Any] = document.data
        self.root = root
        self.class_words: list[tuple[str, Span]] = []

    def config(self) -> Config:
        terraform = self.data.get("terraform") or {}
        environment = (self.data.get("terragrunt") or {}).get("env") or {}
        return Config(
            path=self.path,
            policy_set=self._policy_set(),
            policies=self._existing("policies"),
            catalog=self._existing("catalog"),
            hds_scope=self.data.get("hds_scope"),
            require_sources=bool(self.data.get("require_sources")),
            organisation=self._organisation(),
            data=self._class_rules(self.data.get("data") or {}),
            clusters=tuple(self._clusters(self.data.get("clusters") or ())),
            hosts=self._hosts(),
            environment={name: written(value) for name, value in environment.items()},
            environment_at=self.document.span(("terragrunt", "env")) if environment else None,
            variables={
                name: written(value) for name, value in (terraform.get("vars") or {}).items()
            },
            variables_at=(
                self.document.span(("terraform", "vars")) if terraform.get("vars") else None
            ),
            roots=tuple(self._roots(terraform.get("roots") or ())),
            attestations=tuple(self._attestations(self.data.get("attestations") or ())),
            exclude=self._exclude(self.data.get("exclude") or ()),
            saas=tuple(self._inventories()),
            **self._exceptions(),
            class_words=tuple(self.class_words),
            globs_in_use=tuple(self.in_use),
            exclude_local=(
                self.document.span(("exclude_local",))
                if self.data.get("exclude_local")
                else None
            ),
        )

    def _policy_set(self) -> str | None:
        """A name as it is; what looks like a file, as its absolute path."""
        name: str | None = self.data.get("policy_set")
        if name and ("/" in name or name.endswith((".yaml", ".yml"))):
            path = self.there(name, "policy_set")
            return str(path) if path else None
        return name

    def _organisation(self) -> Organisation | None:
        """What it states of the organisation. Data named as of particular sensitivity where nothing is stated to bind
        would be judged by nothing, so that is wrong."""
        found = self.data.get("organisation")
        said = found or {}
        if (self.data.get("data") or {}).get("sren") and not said.get("sren31"):
            self.wrong(_SREN_ALONE, "data", "sren")
        if not found:
            return None
        source = said.get("source")
        if source is not None and says_nothing(source):
            self.wrong(_NO_SOURCE.format(source=source), "organisation", "source")
        where = self.document.span(("organisation",))
        return Organisation(said.get("kind"), bool(said.get("sren31")), source, where)

    def _class_rules(self, data: Mapping[str, Any]) -> ClassRules:
        tags, assume = data.get("tags") or (), data.get("assume")
        sren = tuple(self._sren(data.get("sren") or ()))
        if assume:
            self.class_words.append((assume, self.document.span(("data", "assume"))))
        return ClassRules(
            own_keys=tuple(tags),
            own_keys_at=self.document.span(("data", "tags")) if tags else None,
            values={
                word: self._classes("values", word, found)
                for word, found in (data.get("values") or {}).items()
            },
            places={
                word: self.document.span(("data", "values", word))
                for word in data.get("values") or {}
            },
            paths=(
                *(
                    ClassRule(
                        glob,
                        self.paths([glob], _UNUSED_PATH, *at),
                        classes,
                        self.document.span(at),
                    )
                    for glob, classes, at in self._rules("paths", data)
                ),
                *(path for path, _ in sren),
            ),
            addresses=(
                *(
                    ClassRule(
                        glob,
                        self.addresses([glob], _UNUSED_ADDRESS, *at),
                        classes,
                        self.document.span(at),
                    )
                    for glob, classes, at in self._rules("addresses", data)
                ),
                *(address for _, address in sren),
            ),
            assume=assume,
            sren=tuple(path.glob for path, _ in sren),
        )

    def _sren(self, found: Sequence[str]) -> Iterator[tuple[ClassRule, ClassRule]]:
        """Each glob of ``data.sren``, which may be of files or of addresses: what it matches of either is of particular
        sensitivity."""
        for index, glob in enumerate(found):
            at = ("data", "sren", index)
            of_paths = self.glob(partial(globs.paths, [glob], self.base), *at)
            if of_paths is None:
                continue
            of_addresses = globs.addresses([glob])
            either = _either(of_paths, of_addresses)
            self.watch(_UNUSED_SREN, glob, either, Subject.FILES_OR_ADDRESSES, *at)
            classes, span = (PARTICULAR_SENSITIVITY,), self.document.span(at)
            yield (
                ClassRule(glob, of_paths, classes, span),
                ClassRule(glob, of_addresses, classes, span),
            )

    def _rules(
        self, key: str, data: Mapping[str, Any]
    ) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Each glob under a key of ``data``, the classes that it gives, and where it stands."""
        for glob, found in (data.get(key) or {}).items():
            yield glob, self._classes(key, glob, found), ("data", key, glob)

    def _classes(self, key: str, entry: str, found: str | list[str]) -> tuple[str, ...]:
        classes = (found,) if isinstance(found, str) else tuple(found)
        self.class_words.extend(
            (name, self.document.span(("data", key, entry))) for name in classes
        )
        return classes

    def _clusters(self, entries: Sequence[EntryData]) -> Iterator[Cluster]:
        for index, entry in enumerate(entries):
            matches = self.paths(
                entry["paths"], "config.unused-cluster", "clusters", index, "paths"
            )
            yield Cluster(
                matches,
                entry["provider"],
                entry.get("region"),
                self.document.span(("clusters", index)),
                tuple(entry["paths"]),
                tuple(entry.get("destinations") or ()),
            )

    def _hosts(self) -> tuple[OwnHosts, ...]:
        entries = self.data.get("hosts") or ()
        if not entries:
            return ()
        from sovlint.configuration.own_hosts import own_hosts  # imported late: few have any

        return tuple(own_hosts(self, entries))

    def _roots(self, entries: Sequence[EntryData]) -> Iterator[RootOption]:
        for index, entry in enumerate(entries):
            at = ("terraform", "roots", index, "path")
            matches = self.glob(partial(globs.folders, entry["path"], self.base), *at)
            if matches is None:
                continue
            self.watch("config.unused-root", entry["path"], matches, Subject.FOLDERS, *at)
            variants, files = (
                tuple(entry.get(key) or ()) for key in ("variants", "var_files")
            )
            yield RootOption(matches, variants, files, self.document.span(at[:-1]))

    def _attestations(self, entries: Sequence[EntryData]) -> Iterator[Attestation]:
        for index, entry in enumerate(entries):
            at, subject = ("attestations", index), entry["subject"]
            unused = "config.unused-attestation"
            term = self.term(entry, *at)
            if {"provider", "vendor"} <= subject.keys():
                self.wrong(_TWO_SUBJECTS, *at, "subject", "vendor")
                continue
            if term is None:
                continue
            yield Attestation(
                qualification=entry["claim"].get("qualification", ""),
                provider=subject.get("provider"),
                region=subject.get("region"),
                matches_address=self.about(
                    self.addresses, subject, "addresses", unused, *at, "subject"
                ),
                matches_path=self.about(self.paths, subject, "paths", unused, *at, "subject"),
                evidence=_evidence(entry["evidence"]),
                owner=entry["owner"],
                issued=term[0],
                expires=term[1],
                where=self.document.span(at),
                approver=entry.get("approver"),
                proof=self._proof(entry["evidence"], *at, "evidence"),
                country=entry["claim"].get("country"),
                control=tuple(entry["claim"].get("control", ())),
                derogation=entry["claim"].get("derogation", ""),
                seal=entry["claim"].get("seal", ""),
                vendor=subject.get("vendor"),
                services=tuple(subject.get("services") or ()),
            )

    def _proof(self, evidence: str | EntryData, *at: str | int) -> Proof | None:
        """The document behind an attestation, where more is said of it than a text; whether it is there, and is that
        one, is looked into when it is weighed."""
        if isinstance(evidence, str):
            return None
        path, sha256 = evidence.get("path"), evidence.get("sha256")
        return Proof(
            self._in_repository(path) if path else None,
            sha256.lower() if sha256 else None,
            self.document.span(at),
        )

    def _in_repository(self, name: str) -> str:
        """A path written in the configuration, relative to the git root; no link is followed to work that out."""
        return slashes(os.path.relpath(self.path.parent.resolve() / name, self.root))

    def _inventories(self) -> Iterator[str]:
        for index, name in enumerate(self.data.get("saas") or ()):
            there = self.there(name, "saas", index)
            path = relative(there.resolve(), self.root) if there else ""
            if path.startswith("../"):
                self.wrong(f"`{name}` lies outside the repository.", "saas", index)
            elif path:
                yield path

    def _exceptions(self) -> dict[str, Any]:
        """The waivers, the files that they stand in, and the baseline (which needn't be there yet)."""
        waivers, files = waiver_files.read_all(
            self, self.data.get("waivers") or (), self.root
        )
        return {"waivers": waivers, "waiver_files": files, "baseline": self._baseline()}

    def _baseline(self) -> Path | None:
        """Where the baseline is to be; what is there already must be a file of the repository."""
        name: str | None = self.data.get("baseline")
        if not name:
            return None
        path = self.path.parent / name
        if path.exists():
            return self.there(name, "baseline")
        return None if self.foreign(path, name, "baseline") else path

    def _existing(self, key: str) -> tuple[Path, ...]:
        found = [
            self.there(name, key, index)
            for index, name in enumerate(self.data.get(key) or ())
        ]
        return tuple(path for path in found if path is not None)

    def _exclude(self, found: Sequence[str]) -> Exclude:
        if not found:
            return nothing_excluded
        return self.paths(found, "config.unused-exclude", "exclude", subject=Subject.EXCLUDED)


def _evidence(evidence: str | EntryData) -> str:
    """What an attestation says of its evidence: a text, or where it is kept."""
    if isinstance(evidence, str):
        return evidence
    return ", ".join(evidence[key] for key in ("reference", "path") if key in evidence)


def _either(one: globs.Matches, other: globs.Matches) -> globs.Matches:
    """What one of two matches."""
    return lambda name: one(name) or other(name)


def written(value: object) -> str:
    """A value as a person would write it after ``--var NAME=``: text as it is, all else as an expression."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
