"""What a run leaves behind: a baseline written or pruned."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from sovlint.commands.parts import settled
from sovlint.commands.parts.output import Voice, say, unwritable
from sovlint.configuration.config_file import NAME
from sovlint.errors import SovlintError
from sovlint.exceptions.baseline import pruned, recorded
from sovlint.exceptions.baseline_file import Baseline, is_baseline, read, render
from sovlint.exceptions.record import Record
from sovlint.files.scan_place import locate
from sovlint.model.findings.finding import Report
from sovlint.model.request import Request
from sovlint.report.messages import counted
from sovlint.report.run import summary
from sovlint.stages.run import Run

_PLAIN: Final = re.compile(r"[\w./][\w./-]*")
"""Names that YAML takes as they are."""


def write(report: Report, path: Path, given: Request) -> Report:
    """Record all findings that count in the file ``path``; the report as that baseline excuses them.

    Raises ``SovlintError`` where the file can't be written, is something else, or would be incomplete.
    """
    _all_read(
        report,
        "The baseline isn't written: not everything could be read, and what wasn't may have findings.",
    )
    if path.exists() and not is_baseline(path):
        raise SovlintError(
            f"`{path}` is something else than a baseline: it isn't overwritten.",
            "Name another file.",
        )
    there = entries(path)
    if there and not summary.judged(report):
        raise SovlintError(
            f"The baseline isn't written: nothing was judged, and all that `{path}` holds would be lost.",
            "Say which data lands where first: nothing here carries a data class. Or remove the file.",
        )
    made, excused = recorded(report, settled.name_of(path, locate(given.places)))
    _save(made, path)
    return excused


def entries(path: Path) -> tuple[Record, ...]:
    """What a file holds that a baseline is to be written to; nothing, where none is there that can be read."""
    try:
        return read(path, str(path)).records
    except SovlintError:
        return ()


def say_gone(before: Sequence[Record], given: Request, voice: Voice) -> None:
    """Say how many of the entries that a baseline had are gone now that it is written anew, and how many of these are of
    files that were not asked for."""
    assert given.write_baseline is not None
    left = {each.identity for each in entries(given.write_baseline)}
    gone = [each for each in before if each.identity not in left]
    named = locate(given.places).named
    outside = sum(1 for each in gone if not any(_is_within(each.path, one) for one in named))
    told = ("commands.baseline-gone", len(gone)), ("commands.baseline-outside", outside)
    for key, number in told:
        if number and not voice.quiet:
            say(counted(key, number, voice.language, before=len(before)))


def _is_within(path: str, named: str) -> bool:
    return not named or path == named or path.startswith(f"{named}/")


class NextScan(Struct, frozen=True):
    """What makes the next scan use a baseline: the ``line`` that the configuration ``config`` lacks; empty where it
    names the baseline already."""

    config: str
    line: str


def next_scan(path: Path, run: Run) -> NextScan:
    """Whether the next scan uses a baseline that was written to ``path``, and the line that makes it so if not."""
    place = locate(run.request.places)
    config = run.config.path or place.root / NAME
    name = settled.name_of(config, place)
    named = run.config.baseline
    if named is not None and named.resolve() == path.resolve():
        return NextScan(name, "")
    told = json.dumps(_from(path, config), ensure_ascii=False)
    plain = _from(path, config) if _PLAIN.fullmatch(_from(path, config)) else told
    if config.suffix == ".toml":
        return NextScan(f"{name} ([tool.sovlint])", f"baseline = {told}")
    return NextScan(name, f"baseline: {plain}")


def _from(path: Path, config: Path) -> str:
    """A path as a configuration beside it has it."""
    return Path(os.path.relpath(path.resolve(), config.parent.resolve())).as_posix()


def prune(report: Report, run: Run) -> None:
    """Take out of the baseline what nothing matched in this run.

    Raises ``SovlintError`` where there is no baseline, where something couldn't be read (its findings may match), or
    where the file can't be written.
    """
    if run.baseline is None or run.request.baseline is None:
        raise SovlintError(
            "There is no baseline to prune.",
            "Name it with --baseline, or `baseline:` in sovlint.yaml.",
        )
    if not locate(run.request.places).git:
        raise SovlintError(
            "The baseline isn't pruned: outside of a git repository paths depend on what is scanned.",
            "Take the entries out by hand, or write it anew.",
        )
    _all_read(
        report,
        "The baseline isn't pruned: not everything could be read, and what wasn't may still match.",
    )
    left = pruned(run.baseline, report.exceptions)
    if left != run.baseline:
        _save(left, run.request.baseline)


def _all_read(report: Report, otherwise: str) -> None:
    """Raise ``SovlintError`` where something couldn't be read."""
    if report.failures:
        raise SovlintError(
            otherwise, f"First: {report.failures[0].path}. Mend or exclude it."
        )


def _save(baseline: Baseline, path: Path) -> None:
    try:
        path.write_text(render(baseline), encoding="utf-8")
    except OSError as error:
        raise unwritable(f"The baseline {path}", path, error) from None
