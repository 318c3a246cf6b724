"""Which files are those of Kontinuous, told by their paths: a folder of values, templates and environments.

Source: Kontinuous' documentation (https://github.com/SocialGouv/kontinuous/tree/090f84b90/docs/advanced), "build".
"""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname
from typing import Final

from msgspec import Struct

FOLDER: Final = ".kontinuous"
"""The folder that holds all of a project."""
DEFAULT: Final = "dev"
"""The environment of all branches that no other one takes: where it has no files, the values that all share are its."""
_TEMPLATES: Final = "templates"
_ENVIRONMENTS: Final = "env"
_READ_AS_TEMPLATES: Final = (".yaml", ".yml", ".tpl")
_CODE: Final = ("values.js", "values.final.js", "values-compilers", "patches")
"""What makes other values or objects by code."""


class Environment(Struct, frozen=True):
    """One environment of a project: ``None`` for what all share. ``templates``: names as templates are known by, with
    their paths; those of the environment take the place of shared ones."""

    name: str | None
    values: str | None
    templates: tuple[tuple[str, str], ...]
    paths: tuple[str, ...] = ()
    """Its own files."""

    @property
    def variant(self) -> str | None:
        """What resources call it."""
        return None if self.name is None else f"{_ENVIRONMENTS}/{self.name}"


class KontinuousProject(Struct, frozen=True):
    """A folder that Kontinuous deploys. ``charts``: the folders of charts in it, by name; ``code``: files in it that
    change values or objects as programs."""

    folder: str
    values: str | None
    config: str | None
    environments: tuple[Environment, ...]
    charts: tuple[tuple[str, str], ...]
    code: tuple[str, ...]

    @property
    def files(self) -> frozenset[str]:
        """All files that are read for it."""
        own = (self.values, self.config)
        inner = (
            path
            for each in self.environments
            for path in (each.values, *(path for _, path in each.templates))
        )
        return frozenset(path for path in (*own, *inner) if path is not None)


def projects(paths: Iterable[str]) -> tuple[KontinuousProject, ...]:
    """The projects among ``paths``, those that have values or templates."""
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        folder, mark, inner = path.rpartition(f"{FOLDER}/")
        if mark and (not folder or folder.endswith("/")):
            found.setdefault(f"{folder}{FOLDER}", {})[inner] = path
    made = (_project(folder, files) for folder, files in sorted(found.items()))
    return tuple(each for each in made if each is not None)


def in_project(path: str) -> bool:
    """Whether a folder is a project's, or the folder of its environments or templates."""
    return f"/{FOLDER}/" in f"/{path}/" and f"/{FOLDER}/charts/" not in f"/{path}/"


def _project(folder: str, files: dict[str, str]) -> KontinuousProject | None:
    shared = _templates(files, f"{_TEMPLATES}/")
    names = sorted(
        {
            inner.split("/")[1]
            for inner in files
            if inner.startswith(f"{_ENVIRONMENTS}/") and inner.count("/") > 1
        }
    )
    environments = [_environment(name, files, shared) for name in names]
    if DEFAULT not in names:
        environments.insert(0, Environment(None, None, tuple(shared.items())))
    values = _yaml(files, "values")
    if values is None and not any(each.values or each.templates for each in environments):
        return None
    charts = {
        inner.split("/")[1]: f"{folder}/{dirname(inner)}"
        for inner in files
        if inner.startswith("charts/") and inner.endswith("/Chart.yaml")
        if inner.count("/") == 2
    }
    code = tuple(path for inner, path in files.items() if inner.startswith(_CODE))
    return KontinuousProject(
        folder,
        values,
        _yaml(files, "config"),
        tuple(environments),
        tuple(charts.items()),
        code,
    )


def _environment(name: str, files: dict[str, str], shared: dict[str, str]) -> Environment:
    start = f"{_ENVIRONMENTS}/{name}/"
    own = _templates(files, f"{start}{_TEMPLATES}/")
    paths = tuple(path for inner, path in files.items() if inner.startswith(start))
    return Environment(
        name, _yaml(files, f"{start}values"), tuple({**shared, **own}.items()), paths
    )


def _templates(files: dict[str, str], start: str) -> dict[str, str]:
    return {
        inner.removeprefix(start): path
        for inner, path in files.items()
        if inner.startswith(start) and inner.endswith(_READ_AS_TEMPLATES)
    }


def _yaml(files: dict[str, str], name: str) -> str | None:
    return files.get(f"{name}.yaml") or files.get(f"{name}.yml")
