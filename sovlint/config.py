"""``sovlint.yaml``, or ``[tool.sovlint]`` in ``pyproject.toml`` -> ``Config``. One file a run."""

from __future__ import annotations

import json
import os.path
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovlint import config_file, globs
from sovlint.config_file import error_at
from sovlint.errors import SovlintError
from sovlint.globs import InUse, Subject
from sovlint.model.attestation import Attestation
from sovlint.model.classrules import DEFAULT_KEYS, ClassRules
from sovlint.model.inputs import Cluster, ReadOptions, RootOption
from sovlint.model.resource import Remark
from sovlint.model.source import Span
from sovlint.walk import Exclude, nothing_excluded, slashes

if TYPE_CHECKING:
    from sovlint.documents import Document

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Config:
    """What the configuration says; ``None`` or empty where it doesn't.

    ``policy_set``: a name, or the absolute path of a file. ``policies``, ``catalog``: absolute paths that exist.
    ``exclude`` is told paths relative to the git root, folders with a ``/`` at their end. ``saas``: inventories,
    relative to the git root. ``class_words``: every data class named, and where: only the catalogue knows which exist.
    ``globs_in_use``: the globs that are there to match something.
    """

    path: Path | None = None
    policy_set: str | None = None
    policies: tuple[Path, ...] = ()
    catalog: tuple[Path, ...] = ()
    hds_scope: str | None = None
    data: ClassRules = field(default_factory=ClassRules)
    clusters: tuple[Cluster, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[RootOption, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    exclude: Exclude = nothing_excluded
    saas: tuple[str, ...] = ()
    class_words: tuple[tuple[str, Span], ...] = ()
    globs_in_use: tuple[InUse, ...] = ()

    def read_options(self, variables: Mapping[str, str], variable_files: tuple[str, ...]) -> ReadOptions:
        """What bears on reading; ``variables`` (``--var``) win over those of the configuration."""
        return ReadOptions({**self.variables, **variables}, variable_files, self.roots, self.clusters, self.saas)

    def unused(
        self, paths: Sequence[str], addresses: Sequence[str] = (), excluded: Sequence[str] = ()
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
        }
        yield from globs.unused(self.globs_in_use, there)


def load(path: Path, root: Path) -> Config:
    """Read a configuration; ``root`` is the git root, which paths of the model are relative to.

    Raises ``SovlintError`` naming file, line and column for what isn't right, with what was probably meant.
    """
    config, problems = examine(path, root)
    if problems:
        more = f"There are {len(problems)} problems in all; this is the first." if len(problems) > 1 else ""
        raise SovlintError(problems[0].message, problems[0].hint or more)
    return config


def examine(path: Path, root: Path) -> tuple[Config, list[SovlintError]]:
    """A configuration as far as it is right, and everything that is wrong with it, each naming file, line and column.

    Raises ``SovlintError`` where it can't be read at all, or is another version's.
    """
    path = path.absolute()
    document = config_file.read(path, _relative(path, root))
    if document is None:
        return Config(path=path), []
    formal = list(config_file.problems(document, path))
    maker = _Maker(config_file.sound(document) if formal else document, path, root)
    config = maker.config()
    return config, [*formal, *maker.problems]


class _Maker:
    """Turns a valid document into a ``Config``; what can't be used is left out of it, and is among ``problems``."""

    def __init__(self, document: Document, path: Path, root: Path) -> None:
        self.document = document
        self.data: Mapping[str, Any] = document.data
        self.path = path
        self.root = root
        self.base = _base(path.parent.resolve(), root)
        self.class_words: list[tuple[str, Span]] = []
        self.in_use: list[InUse] = []
        self.problems: list[SovlintError] = []

    def config(self) -> Config:
        terraform = self.data.get("terraform") or {}
        return Config(
            path=self.path,
            policy_set=self._policy_set(),
            policies=self._existing("policies"),
            catalog=self._existing("catalog"),
            hds_scope=self.data.get("hds_scope"),
            data=self._class_rules(self.data.get("data") or {}),
            clusters=tuple(self._clusters(self.data.get("clusters") or ())),
            variables={name: written(value) for name, value in (terraform.get("vars") or {}).items()},
            roots=tuple(self._roots(terraform.get("roots") or ())),
            attestations=tuple(self._attestations(self.data.get("attestations") or ())),
            exclude=self._exclude(self.data.get("exclude") or ()),
            saas=tuple(self._inventories()),
            class_words=tuple(self.class_words),
            globs_in_use=tuple(self.in_use),
        )

    def _policy_set(self) -> str | None:
        """A name as it is; what looks like a file, as its absolute path."""
        name: str | None = self.data.get("policy_set")
        if name and ("/" in name or name.endswith((".yaml", ".yml"))):
            path = self._there(name, "policy_set")
            return str(path) if path else None
        return name

    def _class_rules(self, data: Mapping[str, Any]) -> ClassRules:
        tags, assume = data.get("tags"), data.get("assume")
        if assume:
            self.class_words.append((assume, self.document.span(("data", "assume"))))
        return ClassRules(
            keys=DEFAULT_KEYS if tags is None else tuple(tags),
            values={word: self._classes("values", word, found) for word, found in (data.get("values") or {}).items()},
            paths=tuple(
                (self._paths([glob], "config.unused-path", *at), classes, self.document.span(at))
                for glob, classes, at in self._rules("paths", data)
            ),
            addresses=tuple(
                (self._addresses([glob], "config.unused-address", *at), classes, self.document.span(at))
                for glob, classes, at in self._rules("addresses", data)
            ),
            assume=assume,
        )

    def _rules(self, key: str, data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Each glob under a key of ``data``, the classes that it gives, and where it stands."""
        for glob, found in (data.get(key) or {}).items():
            yield glob, self._classes(key, glob, found), ("data", key, glob)

    def _classes(self, key: str, entry: str, found: str | list[str]) -> tuple[str, ...]:
        classes = (found,) if isinstance(found, str) else tuple(found)
        self.class_words.extend((name, self.document.span(("data", key, entry))) for name in classes)
        return classes

    def _clusters(self, entries: Sequence[Entry]) -> Iterator[Cluster]:
        for index, entry in enumerate(entries):
            matches = self._paths(entry["paths"], "config.unused-cluster", "clusters", index, "paths")
            yield Cluster(matches, entry["provider"], entry.get("region"), self.document.span(("clusters", index)))

    def _roots(self, entries: Sequence[Entry]) -> Iterator[RootOption]:
        for index, entry in enumerate(entries):
            at = ("terraform", "roots", index, "path")
            matches = self._glob(partial(globs.folders, entry["path"], self.base), *at)
            if matches is None:
                continue
            self._watch("config.unused-root", entry["path"], matches, Subject.FOLDERS, *at)
            variants, files = (tuple(entry.get(key) or ()) for key in ("variants", "var_files"))
            yield RootOption(matches, variants, files, self.document.span(at[:-1]))

    def _attestations(self, entries: Sequence[Entry]) -> Iterator[Attestation]:
        for index, entry in enumerate(entries):
            at, subject = ("attestations", index), entry["subject"]
            issued, expires = self._day(entry, "issued", *at), self._day(entry, "expires", *at)
            if issued is None or expires is None:
                continue
            if expires < issued:
                self._wrong("`expires` comes before `issued`.", *at, "expires")
            yield Attestation(
                qualification=entry["claim"]["qualification"],
                provider=subject.get("provider"),
                region=subject.get("region"),
                matches_address=self._about(self._addresses, subject, "addresses", *at),
                matches_path=self._about(self._paths, subject, "paths", *at),
                evidence=entry["evidence"],
                owner=entry["owner"],
                issued=issued,
                expires=expires,
                where=self.document.span(at),
            )

    def _about(
        self, make: Callable[..., globs.Matches], subject: Entry, key: str, *at: str | int
    ) -> globs.Matches | None:
        """The globs of an attestation under ``key``; ``None`` where it has none there."""
        if key not in subject:
            return None
        return make(subject[key], "config.unused-attestation", *at, "subject", key)

    def _day(self, entry: Mapping[str, Any], key: str, *at: str | int) -> date | None:
        try:
            return date.fromisoformat(entry[key])
        except ValueError:
            self._wrong(f"`{key}` is not a day (YYYY-MM-DD): {entry[key]!r}.", *at, key)
            return None

    def _inventories(self) -> Iterator[str]:
        for index, name in enumerate(self.data.get("saas") or ()):
            path = self._there(name, "saas", index)
            if path is None:
                continue
            relative = _relative(path.resolve(), self.root)
            if relative.startswith("../"):
                self._wrong(f"`{name}` lies outside the repository.", "saas", index)
            else:
                yield relative

    def _existing(self, key: str) -> tuple[Path, ...]:
        found = [self._there(name, key, index) for index, name in enumerate(self.data.get(key) or ())]
        return tuple(path for path in found if path is not None)

    def _there(self, name: str, *at: str | int) -> Path | None:
        """A path written in the configuration, as an absolute one; ``None`` where it doesn't exist."""
        path = self.path.parent / name
        if path.exists():
            return path
        self._wrong(f"`{name}` doesn't exist (paths are relative to the configuration file).", *at)
        return None

    def _exclude(self, found: Sequence[str]) -> Exclude:
        if not found:
            return nothing_excluded
        return self._paths(found, "config.unused-exclude", "exclude", subject=Subject.EXCLUDED)

    def _paths(
        self, found: Sequence[str], unused: str, *at: str | int, subject: Subject = Subject.FILES
    ) -> globs.Matches:
        """What globs on paths match together; each that matches nothing is told by the note ``unused``."""
        matches = self._glob(partial(globs.paths, found, self.base), *at)
        if matches is None:
            return _nothing
        for glob in found:
            if not glob.startswith("!"):  # it takes back what others match, and matches nothing itself
                self._watch(unused, glob, globs.paths([glob], self.base), subject, *at)
        return matches

    def _addresses(self, found: Sequence[str], unused: str, *at: str | int) -> globs.Matches:
        for glob in found:
            self._watch(unused, glob, globs.addresses([glob]), Subject.ADDRESSES, *at)
        return globs.addresses(found)

    def _watch(self, unused: str, glob: str, matches: globs.Matches, subject: Subject, *at: str | int) -> None:
        self.in_use.append(InUse(unused, glob, matches, self.document.span(at), subject))

    def _glob(self, make: Callable[[], globs.Matches], *at: str | int) -> globs.Matches | None:
        """What ``make`` gives; its ``ValueError`` becomes a problem naming the place in the configuration."""
        try:
            return make()
        except ValueError as error:
            self._wrong(f"{error}.", *at)
            return None

    def _wrong(self, sentence: str, *at: str | int) -> None:
        self.problems.append(error_at(self.path, self.document.span(at), sentence))


def _nothing(_: str) -> bool:
    """What a glob that can't be one matches."""
    return False


def written(value: object) -> str:
    """A value as a person would write it after ``--var NAME=``: text as it is, all else as an expression."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _base(folder: Path, root: Path) -> globs.Base:
    """Where globs are relative to; a configuration kept elsewhere altogether speaks of the git root."""
    if folder == root:
        return globs.Base()
    if folder.is_relative_to(root):
        return globs.Base(strip=folder.relative_to(root).as_posix())
    if root.is_relative_to(folder):
        return globs.Base(add=root.relative_to(folder).as_posix())
    return globs.Base()


def _relative(path: Path, root: Path) -> str:
    """A path relative to the git root; a link at its end is left as it is."""
    return slashes(os.path.relpath(path.parent.resolve() / path.name, root))
