"""Configuration files that say where data goes: which files are read, how, and what they prove."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from sovlint.model.source import Located
from sovlint.model.value import Value
from sovlint.rules.declares import Declares
from sovlint.rules.keys import Condition, KeyPath, below, path_parts
from sovlint.rules.outlet import Outlet
from sovlint.rules.outlets_at import OutletsAt
from sovlint.rules.task import StepsAt


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
