"""``.Files``: what templates may read of a chart's other files."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename
from typing import Any, Final

from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.text import PlacedText, has_holes, is_hole, without_holes
from sovlint.expressions.templates.values import List, Map, TemplateObject
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart, ChartFile
from sovlint.frontends.kubernetes.charts.rendering.patterns import glob_pattern
from sovlint.model.source import Span

_BOM: Final = b"\xef\xbb\xbf"


class _Texts(Mapping[str, str]):
    """The texts of files by path, in order; each is read when it is asked for."""

    __slots__ = ("_files", "_texts")

    def __init__(self, files: Mapping[str, ChartFile]) -> None:
        self._files = files
        self._texts: dict[str, str] = {}

    def __getitem__(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = text_of(self._files[path])
        return self._texts[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def text_of(file: ChartFile) -> str:
    """A file's text, which remembers the file. Bytes that are no text are kept as Python keeps them in names of files,
    so that they can be encoded."""
    data = file.bytes().removeprefix(_BOM)
    try:
        written = without_holes(data.decode("utf-8"))
    except UnicodeDecodeError:
        written = data.decode("utf-8", "surrogateescape")
        written = "".join(map(_in_bytes, written)) if has_holes(written) else written
    return PlacedText.written(written, Span(file.path, 1, 1, 1, 1))


def _in_bytes(character: str) -> str:
    """A character that could be taken for something that isn't known, as the bytes that it is."""
    if not is_hole(character):
        return character
    return character.encode().decode("ascii", "surrogateescape")


def files_of(chart: Chart) -> TemplateObject:
    """``.Files`` of a chart."""
    return _files({name: chart.files[name] for name in sorted(chart.others())})


def _files(files: Mapping[str, ChartFile]) -> TemplateObject:
    texts = _Texts(files)

    def get(run: Execution, *arguments: Any) -> Any:
        path = _path("Get", arguments)
        if not isinstance(path, str) or has_holes(path):
            return run.unknown("Get", path)
        found = texts[path] if path in files else ""
        run.afford(len(found))
        return found

    def lines(run: Execution, *arguments: Any) -> Any:
        found = get(run, *arguments)
        if not isinstance(found, str):
            return found
        split = found.split("\n") if found else []
        return List(split[:-1] if split and not split[-1] else split)

    def glob(run: Execution, *arguments: Any) -> Any:
        written = _path("Glob", arguments)
        if not isinstance(written, str) or has_holes(written):
            return run.unknown("Glob", written)
        run.afford(len(files))
        pattern = glob_pattern(written)
        return _files({name: read for name, read in files.items() if pattern.fullmatch(name)})

    return TemplateObject(
        texts,
        {
            "Get": get,
            "GetBytes": get,
            "Lines": lines,
            "Glob": glob,
            "AsConfig": lambda run: _written(run, texts, str),
            "AsSecrets": lambda run: _written(run, texts, _encoded),
        },
        "map[]",
    )


def _path(name: str, arguments: Iterable[Any]) -> Any:
    found = list(arguments)
    if len(found) != 1:
        raise TemplateError(f"wrong number of args for {name}: want 1 got {len(found)}")
    return found[0]


def _written(run: Execution, texts: Mapping[str, str], form: Any) -> Any:
    """Files as YAML, by their names alone."""
    from sovlint.expressions.templates.functions.registry import FUNCTIONS

    run.afford(sum(map(len, texts.values())))
    named = Map({basename(path): form(text) for path, text in texts.items()})
    return FUNCTIONS["toYaml"](run, named)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()
