"""``sovlint.yaml``, or ``[tool.sovlint]`` in ``pyproject.toml`` -> ``Config``. One file a run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sovlint.configuration import config_file, waiver_files
from sovlint.configuration.attestations import attestations
from sovlint.configuration.class_rules import ClassRulesReader
from sovlint.configuration.config import Config
from sovlint.configuration.entries import EntryData, EntryReader, base, bound, relative
from sovlint.errors import SovlintError
from sovlint.files import globs
from sovlint.files.globs import Subject
from sovlint.files.nothing_said import says_nothing
from sovlint.files.walk import Exclude, nothing_excluded
from sovlint.model.house import OwnHosts
from sovlint.model.inputs import Cluster, RootOption
from sovlint.model.organisation import Organisation
from sovlint.model.source import Span

if TYPE_CHECKING:
    from sovlint.documents import Document

_SREN_ALONE: Final = (
    "`data.sren` counts only where `organisation` says `sren31: true`: article 31 of the SREN law binds the State, its "
    "operators and the groups that decree 2026-272 lists, and nobody else."
)
_NO_SOURCE: Final = (
    "`{source}` is no source that somebody can look up: name the act, the decision or the opinion "
    "that it rests on."
)


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

    def config(self) -> Config:
        terraform = self.data.get("terraform") or {}
        classes = ClassRulesReader(self)
        environment = (self.data.get("terragrunt") or {}).get("env") or {}
        return Config(
            path=self.path,
            policy_set=self._policy_set(),
            policies=self._existing("policies"),
            catalog=self._existing("catalog"),
            hds_scope=self.data.get("hds_scope"),
            require_sources=bool(self.data.get("require_sources")),
            min_classified=self.data.get("min_classified"),
            organisation=self._organisation(),
            data=classes.rules(self.data.get("data") or {}),
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
            attestations=tuple(
                attestations(self, self.data.get("attestations") or (), self.root)
            ),
            exclude=self._exclude(self.data.get("exclude") or ()),
            saas=tuple(self._inventories()),
            **self._exceptions(),
            class_words=tuple(classes.words),
            globs_in_use=tuple(self.in_use),
            keys=self._keys(),
            exclude_local=(
                self.document.span(("exclude_local",))
                if self.data.get("exclude_local")
                else None
            ),
        )

    def _keys(self) -> dict[str, Span]:
        """Where keys stand below which YAML can be written, by the path to them."""
        if self.path.suffix == ".toml":
            return {}
        paths = [
            path
            for key, value in self.data.items()
            for path in (
                (key,),
                *((key, below) for below in (value if isinstance(value, dict) else ())),
            )
        ]
        return {".".join(path): self.document.span(path) for path in paths}

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


def written(value: object) -> str:
    """A value as a person would write it after ``--var NAME=``: text as it is, all else as an expression."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
