"""A line of a file, as people and scans write it (``PATH:LINE``, ``PATH:LINE:COLUMN``), and what a scan makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.commands.parts import settled
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.files.scan_place import locate
from sovlint.model.request import Request

_NUMBERED: Final = re.compile(r"(.+):([0-9]{1,9})", re.DOTALL)


class SourceLine(Struct, frozen=True):
    """A line of a file that is there, and perhaps a column of it."""

    path: Path
    line: int
    column: int | None = None


def source_line(written: str) -> SourceLine | None:
    """The line that is meant; ``None`` where no number of a line is written. A file whose own name ends with a number is
    found too.

    Raises ``SovlintError`` where there is no such file, or no such line in it.
    """
    readings = list(_readings(written))
    for path, line, column in readings:
        for there in _places(path):
            if there.is_file():
                _check(there, line)
                return SourceLine(there, line, column)
    if readings:
        raise SovlintError(
            f"There is no file `{readings[0][0]}`.",
            "Paths are relative to the folder where you are, or to the git root, as a scan writes them.",
        )
    return None


def _readings(written: str) -> Iterator[tuple[str, int, int | None]]:
    """What a text may mean: its last two numbers as line and column, else its last one as the line."""
    last = _NUMBERED.fullmatch(written)
    if last is None:
        return
    if before := _NUMBERED.fullmatch(last[1]):
        yield before[1], int(before[2]), int(last[2])
    yield last[1], int(last[2]), None


def _places(path: str) -> Iterator[Path]:
    """Where a file may be that is written so: from here, or from the git root, with the slashes of either system."""
    root = locate([Path()]).root
    for each in dict.fromkeys((path, path.replace("\\", "/"))):
        yield Path(each)
        yield root / each


def _check(path: Path, line: int) -> None:
    """Raise ``SovlintError`` for a line that the file doesn't have."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SovlintError(f"{path} can't be read: {error.strerror}.") from None
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if not 1 <= line <= lines:
        raise SovlintError(
            f"`{path}` has no line {line}.", f"Its lines go from 1 to {lines}."
        )


def told(meant: SourceLine, request: Request, voice: Voice) -> str:
    """What a scan makes of a line: one of the folder that the nearest configuration is for; without any, of the folder
    where one is, or of the git root where the file lies elsewhere."""
    from sovlint.commands.parts.progress import watching
    from sovlint.report.lookup import line as report

    folder = _folder(meant.path, request)
    with watching(voice) as watch:
        from sovlint.lint import linted

        run = settled.cached(settled.run(replace(request, paths=(folder,))))
        found = linted(run, watch=watch)
    name = settled.name_of(meant.path, locate([folder]))
    own = run.config.path is not None and run.config.path.samefile(meant.path)
    asked = report.AskedLine(
        name, meant.line, meant.column, own or name in found.read.reading.files
    )
    return report.render(found.report, asked, voice.language, voice.style())


def _folder(path: Path, request: Request) -> Path:
    """What is scanned to explain a line of a file."""
    here, there = locate([Path()]), locate([path])
    if request.config is None and not request.no_config:
        config = settled.configuration_path(request, there)
        if config is not None:
            return config.parent
    return here.start if there.start.is_relative_to(here.start) else there.root
