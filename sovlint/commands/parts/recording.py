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
from sovlint.commands.parts.exit_code import NOTHING, facts_code
from sovlint.commands.parts.output import Voice, say, unwritable
from sovlint.configuration.config_file import NAME
from sovlint.errors import SovlintError
from sovlint.exceptions.baseline import pruned, recorded, with_others
from sovlint.exceptions.baseline_file import Baseline, is_baseline, read, render
from sovlint.exceptions.record import Record
from sovlint.files.scan_place import ScanPlace, locate
from sovlint.model.exception import Kind
from sovlint.model.findings.finding import Report
from sovlint.model.request import Request
from sovlint.report.messages import counted
from sovlint.report.run import summary
from sovlint.stages.run import Run

_PLAIN: Final = re.compile(r"[\w./][\w./-]*")
"""Names that YAML takes as they are."""


def write(report: Report, path: Path, given: Request) -> Report:
    """Record all findings that count in the file ``path``; the report as that baseline excuses them. What it holds of
    files that weren't asked for stays, and where nothing was there to scan it stays as it is.

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
    if is_nothing(report, given):
        return report
    place = locate(given.places)
    is_part = place.git and "" not in place.named
    there = read(path, str(path)).records if is_part and path.exists() else entries(path)
    kept = tuple(each for each in there if _is_elsewhere(each.path, place))
    if len(kept) < len(there) and not summary.judged(report):
        raise SovlintError(
            f"The baseline isn't written: nothing was judged, and all that `{path}` holds would be lost.",
            "Say which data lands where first: nothing here carries a data class. Or remove the file.",
        )
    made, excused = recorded(report, settled.name_of(path, place))
    _save(with_others(made, kept), path)
    return excused


def is_nothing(report: Report, given: Request) -> bool:
    """Whether nothing was there to scan, and nobody said that this is as it should be."""
    code = facts_code(report, allow_failures=given.allow_failures)
    return code == NOTHING and not given.allow_empty


def entries(path: Path) -> tuple[Record, ...]:
    """What a file holds that a baseline is to be written to; nothing, where none is there that can be read."""
    try:
        return read(path, str(path)).records
    except SovlintError:
        return ()


def say_written(
    report: Report, before: Sequence[Record], given: Request, voice: Voice
) -> None:
    """Say how many entries were written, how many of those that a baseline had are gone now, and how many were kept since
    their files were not asked for; or that nothing was written."""
    path = given.write_baseline
    assert path is not None
    if is_nothing(report, given):
        voice.say("commands.baseline-nothing", path=str(path))
        return
    number = sum(1 for each in report.exceptions if each.kind is Kind.BASELINE)
    voice.say("commands.baseline-written", path=str(path), entries=number)
    left, place = {each.identity for each in entries(path)}, locate(given.places)
    gone = sum(1 for each in before if each.identity not in left)
    kept = sum(1 for each in before if _is_elsewhere(each.path, place))
    for key, number in (("commands.baseline-gone", gone), ("commands.baseline-kept", kept)):
        if number and not voice.quiet:
            say(counted(key, number, voice.language, before=len(before)))


def _is_elsewhere(path: str, place: ScanPlace) -> bool:
    """Whether an entry is of a file that wasn't asked for; outside of a git repository nobody can tell."""
    asked = any(not one or path == one or path.startswith(f"{one}/") for one in place.named)
    return place.git and not asked


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
