"""Which files belong to charts, told by their names: ``Chart.yaml``, its values, and those of each environment.

Sources: Helm's "Charts" (https://helm.sh/docs/topics/charts/) for the files of a chart; chart-testing's documentation
for ``ci/*-values.yaml``, which are only for tests of a published chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from posixpath import basename, dirname

from msgspec import Struct

from sovlint.frontends.kubernetes.kontinuous.projects import in_project
from sovlint.model.decoding import late_pattern

CHART = "Chart.yaml"
VALUES = "values.yaml"
REQUIREMENTS = "requirements.yaml"
SUBCHARTS = "charts"
PACKAGED = ".tgz"
"""How the name of a chart in an archive ends."""

ENVIRONMENT_FOLDERS = frozenset({"env", "envs", "environment", "environments", "values"})
"""Folders of a chart in which people keep values, one file for each environment."""

_NAMED = late_pattern(r"^(?:values[-_.].+|.+[-_.]values)\.ya?ml$")
_YAML = late_pattern(r"\.ya?ml$")
_OTHERS = late_pattern(r"schema\.ya?ml$|(?:^|[-_.])secrets?[-_.]", re.IGNORECASE)
"""Schemas of values, and values that are nothing but secrets."""


def packaged(paths: Iterable[str]) -> frozenset[str]:
    """The charts in archives among ``paths``: to what installs one, it is the folder of its chart."""
    return frozenset(path for path in paths if path.endswith(PACKAGED))


class ChartFiles(Struct, frozen=True):
    """The files of one chart: its folder, its values, those of environments by the name of the variant, dependencies
    written the old way, and the charts unpacked in it, by folder."""

    folder: str
    values: str | None
    variants: tuple[tuple[str, str], ...]
    requirements: str | None
    inside: tuple[str, ...]

    @property
    def chart(self) -> str:
        """The path of what makes the folder a chart."""
        return joined(self.folder, CHART)


def charts(paths: Iterable[str]) -> dict[str, ChartFiles]:
    """The charts among ``paths`` by folder, those inside other ones too."""
    everything = sorted(paths)
    folders = {
        dirname(path)
        for path in everything
        if path.endswith(CHART) and basename(path) == CHART and not in_project(dirname(path))
    }
    if not folders:
        return {}
    beside: dict[str, list[str]] = {folder: [] for folder in folders}
    above: dict[str, list[str]] = {folder: [] for folder in folders}
    only_below = _only_below(folders)
    for path in everything:
        owner = _owner(path, folders)
        below = only_below.get(dirname(path)) if owner is None else None
        if owner is not None and path != joined(owner, CHART):
            beside[owner].append(path)
        elif below is not None and is_variant(basename(path)):
            above[below].append(path)
    inside: dict[str, list[str]] = {}
    for folder in sorted(folders):
        parent = dirname(folder)
        if basename(parent) == SUBCHARTS and dirname(parent) in folders:
            inside.setdefault(dirname(parent), []).append(folder)
    return {
        folder: _of(folder, beside[folder], above[folder], inside.get(folder, ()))
        for folder in sorted(folders)
    }


def joined(folder: str, name: str) -> str:
    """A name in a folder, as a path."""
    return f"{folder}/{name}" if folder else name


def _only_below(folders: set[str]) -> dict[str, str]:
    """Folders in which just one chart's folder lies, with that: values beside it are those of its environments."""
    found: dict[str, list[str]] = {}
    for folder in folders:
        if folder:
            found.setdefault(dirname(folder), []).append(folder)
    return {parent: below[0] for parent, below in found.items() if len(below) == 1}


def _owner(path: str, folders: set[str]) -> str | None:
    """The nearest chart around a file that isn't one of its templates."""
    folder = dirname(path)
    while True:
        if folder in folders:
            return folder
        if not folder or basename(folder) == "templates":
            return None
        folder = dirname(folder)


def _of(
    folder: str, beside: Sequence[str], above: Sequence[str], inside: Sequence[str]
) -> ChartFiles:
    start = len(folder) + 1 if folder else 0
    names = [path[start:] for path in beside]
    variants = (
        *(
            (name, joined(folder, name))
            for name in names
            if name != VALUES and is_variant(name)
        ),
        *((basename(path), path) for path in above),
    )
    values, requirements = (
        joined(folder, name) if name in names else None for name in (VALUES, REQUIREMENTS)
    )
    return ChartFiles(folder, values, variants, requirements, tuple(inside))


def is_variant(name: str) -> bool:
    """Whether a file of a chart, by its path there, has the values of an environment."""
    folders, file = name.split("/")[:-1], basename(name)
    if not _YAML.search(file) or _OTHERS.search(file):
        return False
    if not folders:
        return bool(_NAMED.match(file))
    if folders[0] not in ENVIRONMENT_FOLDERS or len(folders) > 2:
        return False
    return len(folders) == 1 or file == VALUES or bool(_NAMED.match(file))
