"""What the real Helm renders, and what is rendered here, as objects that can be compared."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sovlint.documents import DocumentError, load
from sovlint.documents.go_scalars import go_scalar
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import TemplateFunction
from sovlint.expressions.templates.template_set import RenderedTemplate
from sovlint.expressions.templates.text import has_holes
from sovlint.expressions.templates.values import Map
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendering.hooks import hook_events
from sovlint.frontends.kubernetes.charts.rendering.loading import ChartLoader
from sovlint.frontends.kubernetes.charts.rendering.render import ReleaseValues, rendered_chart
from sovlint.frontends.kubernetes.charts.rendering.scope import (
    Installation,
    default_capabilities,
)
from sovlint.frontends.kubernetes.charts.rendering.values import laid, read_values
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile
from tests.differences import SHOWN, is_same
from tests.differences import differences as plain_differences
from tests.helm_binary import binary

Key = tuple[str, str, str, int]
"""Kind, namespace, name, and the how manieth of these it is."""
Objects = dict[Key, Any]

_SPLIT = re.compile(r"(?:^|\s*\n)---\s*")
"""Where Helm cuts what templates wrote into manifests."""
_SOURCE = re.compile(r"\A# Source: .*\n?")
_HOLES = re.compile(r"[\ue000-\uf8ff]+")
_LINE = re.compile(r"^([ ]*)([\ue000-\uf8ff]+)[ ]*$", re.MULTILINE)


class Refused(Exception):  # noqa: N818
    """A chart that isn't rendered: why."""


def real(folder: Path, values: Sequence[Path] = (), version: str = "4") -> str:
    """What Helm prints of a chart, definitions included. Raises ``Refused``."""
    program = binary(version)
    assert program is not None
    command = [str(program), "template", "release-name", str(folder)]
    command += ["--include-crds", "--skip-schema-validation"]  # schemas may be elsewhere
    command += [part for path in values for part in ("--values", str(path))]
    with tempfile.TemporaryDirectory() as home:
        # Nothing that a chart says is looked for anywhere else.
        surroundings = {"HOME": home, "PATH": os.environ.get("PATH", "")}
        done = subprocess.run(
            command, capture_output=True, timeout=120, check=False, env=surroundings
        )
    if done.returncode:
        raise Refused(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode("utf-8", "replace")


class Ours:
    """What is rendered here of one chart: the worlds of each file, and why some of it isn't."""

    __slots__ = ("files", "problems")

    def __init__(self) -> None:
        self.files: list[tuple[str, list[RenderedTemplate]]] = []
        self.problems: list[str] = []


def no_cluster(_: Any, *arguments: Any) -> Map:
    """``lookup`` where there is no cluster to ask, as with ``helm template``."""
    return Map()


class _Alone(Mapping[str, TemplateFunction]):
    """All functions, of which ``lookup`` finds nothing."""

    def __getitem__(self, name: str) -> TemplateFunction:
        return no_cluster if name == "lookup" else FUNCTIONS[name]

    def __iter__(self) -> Iterator[str]:
        return iter(FUNCTIONS)

    def __len__(self) -> int:
        return len(FUNCTIONS)


def ours(
    reader: Reader, folder: str, values: Sequence[Path] = (), version: str = "4"
) -> Ours:
    """What is rendered here of the chart in a folder of a repository."""
    found = Ours()
    harvest = Harvest()
    chart = ChartLoader(reader=reader, harvest=harvest).chart(folder)
    if chart is None:
        found.problems.append("no chart")
        return found
    given = Map()
    for path in values:
        over = read_values(SourceFile(path.name, path.read_bytes()))
        given = laid(given, over)
    installed = Installation(
        capabilities=default_capabilities(version), keep_nulls=version == "3"
    )
    made = rendered_chart(chart, ReleaseValues(given), installed, _Alone())
    for failure in harvest.failures:
        found.problems.append(
            f"loading: {failure.path}: {failure.note.key} {dict(failure.note.params)}"
        )
    for path, error in made.failures.items():
        found.problems.append(f"reading: {path}:{error.line}: {error.message}")
    for each in made.missing:
        found.problems.append(f"missing: {each.dependency.name}")
    for file in made.files:
        worlds = list(file.worlds)
        error = worlds[0].error
        if error is not None:
            found.problems.append(
                f"running: {file.path}:{error.line}:{error.column}: {error.message}"
            )
        found.files.append((file.name, worlds))
    return found


def objects(texts: Iterable[str]) -> Objects:
    """The objects that rendered texts hold, but for hooks that Helm passes over. Raises ``Refused`` where one is no
    YAML."""
    found: Objects = {}
    for piece in manifests(texts):
        for data in _read(f"{piece}\n"):
            _add(found, data)
    return found


def manifests(texts: Iterable[str]) -> Iterator[str]:
    """The manifests that Helm cuts texts into, without what it says of where they come from."""
    for text in texts:
        for piece in _SPLIT.split(text):
            manifest = _SOURCE.sub("", piece.strip()).strip()
            if manifest:
                yield manifest


def _read(piece: str) -> list[Any]:
    """What a manifest holds. A line that isn't known as a whole may be whatever entries of a mapping."""
    try:
        return [each.data for each in load(piece, "rendered", read=go_scalar)]
    except DocumentError as error:
        opened = _LINE.sub(r'\1"\2": "\2"', piece) if has_holes(piece) else piece
        if opened == piece:
            raise Refused(f"no YAML: {error.problem} (line {error.line})") from None
    return _read(opened)


def _add(found: Objects, data: Any) -> None:
    if data is None:
        return
    if not isinstance(data, dict):
        raise Refused(f"no object: {str(data)[:SHOWN]}")
    metadata = data.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    if hook_events(metadata.get("annotations")) == ():
        return
    name = [str(data.get("kind")), str(metadata.get("namespace")), str(metadata.get("name"))]
    number = 0
    while (key := (name[0], name[1], name[2], number)) in found:
        number += 1
    found[key] = data


def differences(mine: Objects, theirs: Objects) -> list[str]:
    """Where objects differ, path by path. What isn't known here is whatever stands there."""
    unknown = [key for key in mine if any(map(has_holes, key[:3]))]
    lines: list[str] = []
    left = dict(theirs)
    for key, value in mine.items():
        if key in unknown:
            continue
        if key not in left:
            lines.append(f"{' '.join(key[:3])}: only here")
        else:
            lines += _differences(value, left.pop(key), " ".join(key[:3]))
    for key in unknown:
        fitting = next(
            (other for other in left if not _differences(mine[key], left[other], "")), None
        )
        if fitting is None:
            lines.append(f"{key[0]} of a name that isn't known: only here")
        else:
            left.pop(fitting)
    lines += [f"{' '.join(key[:3])}: only there" for key in left]
    return lines


def _differences(mine: Any, theirs: Any, at: str) -> list[str]:
    return plain_differences(mine, theirs, at, _fits, has_holes)


def _fits(mine: Any, theirs: Any) -> bool:
    """Whether a value may be what stands there: a text may have holes in it."""
    if not isinstance(mine, str) or not has_holes(mine):
        return is_same(mine, theirs)
    return len(mine) == 1 or may_be(mine, theirs if isinstance(theirs, str) else str(theirs))


def may_be(made: str, text: str) -> bool:
    """Whether a text is one of those that another one with holes in it stands for."""
    first, *others = _HOLES.split(made)
    if not others:
        return made == text
    last = others.pop()
    if len(first) + len(last) > len(text):
        return False
    if not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for each in others:
        found = text.find(each, at, end)
        if found == -1:
            return False
        at = found + len(each)
    return True


def is_readable(mine: Ours) -> bool:
    """Whether what is rendered here is YAML, all of it."""
    try:
        objects(worlds[0].text for _, worlds in mine.files)
    except Refused:
        return False
    return True


def compared(mine: Ours, printed: str) -> list[str]:
    """What differs from what Helm prints: nothing where a world of each file taken together makes that."""
    if mine.problems:
        return list(mine.problems)
    first = [worlds[0].text for _, worlds in mine.files]
    try:
        lines = _compared(first, printed)
    except Refused as refused:
        return [f"reading back: {refused}"]
    several = [number for number, (_, worlds) in enumerate(mine.files) if len(worlds) > 1]
    for number in several:  # one file after the other, each by the world that fits best
        for world in mine.files[number][1][1:]:
            other = [*first]
            other[number] = world.text
            try:
                found = _compared(other, printed)
            except Refused:
                continue
            if world.error is None and len(found) < len(lines):
                first, lines = other, found
    return lines


def _compared(texts: Sequence[str], printed: str) -> list[str]:
    """Only what isn't the same to the letter is read."""
    mine, theirs = Counter(manifests(texts)), Counter(manifests((printed,)))
    return differences(
        objects((mine - theirs).elements()), objects((theirs - mine).elements())
    )
