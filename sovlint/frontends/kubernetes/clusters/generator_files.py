"""What Argo CD's git generator finds in a repository: folders, and files with parameters.

Source: Argo CD, "Git Generator" (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from posixpath import basename, dirname
from typing import Any

from sovlint.documents import DocumentError, load
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile

_ENDINGS = (".json", ".yaml", ".yml")
_UNFIT = re.compile(r"[^-a-z0-9.]")


class GeneratorFiles:
    """The files of a repository, as generators look for them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @cached_property
    def _folders(self) -> Sequence[str]:
        found: set[str] = set()
        for path in self._reader.paths:
            folder = dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = dirname(folder)
        return sorted(each for each in found if not _is_hidden(each))

    def folders(self, wanted: Sequence[str], left_out: Sequence[str]) -> Iterator[str]:
        """The folders that one of the patterns names and none of the others."""
        for folder in self._folders:
            if _is_one_of(folder, wanted) and not _is_one_of(folder, left_out):
                yield folder

    def files(self, wanted: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The files that one of the patterns names, with each set of parameters in them."""
        for path in self._reader.paths:
            if path.endswith(_ENDINGS) and _is_one_of(path, wanted):
                yield from ((path, each) for each in self._sets(path))

    def _sets(self, path: str) -> Iterator[Mapping[str, Any]]:
        file = self._reader.read(path)
        if not isinstance(file, SourceFile):
            return
        try:
            data = next(iter(load(file.data, path))).data
        except (DocumentError, StopIteration):
            return
        for each in data if isinstance(data, list) else [data]:
            if isinstance(each, dict):
                yield each


def _is_hidden(folder: str) -> bool:
    return folder.startswith(".") or "/." in folder


def _is_one_of(path: str, patterns: Sequence[str]) -> bool:
    return any(_pattern(each).fullmatch(path) for each in patterns)


@lru_cache(maxsize=256)
def _pattern(written: str) -> re.Pattern[str]:
    """A glob: a star stays within a folder, two lead through any number of them."""
    made = ""
    for piece in re.split(r"(\*\*/|\*\*|\*|\?)", written.removeprefix("./").strip("/")):
        known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece)
        made += re.escape(piece) if known is None else known
    return re.compile(made)


def path_parameters(path: str, is_file: bool) -> tuple[dict[str, str], dict[str, Any]]:
    """What a path gives: by names with dots, and nested as Go's templates see it."""
    folder = dirname(path) if is_file else path
    name = basename(folder)
    segments = folder.split("/") if folder else []
    nested: dict[str, Any] = {
        "path": folder,
        "basename": name,
        "basenameNormalized": _normalized(name),
    }
    if is_file:
        nested["filename"] = basename(path)
        nested["filenameNormalized"] = _normalized(basename(path))
    flat = {f"path.{key}": value for key, value in nested.items() if key != "path"}
    flat["path"] = folder
    flat.update({f"path[{at}]": each for at, each in enumerate(segments)})
    nested["segments"] = segments
    return flat, nested


def _normalized(name: str) -> str:
    return _UNFIT.sub("-", name.lower()).strip("-.")
