"""What a run leaves behind: a baseline written or pruned."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Final

from msgspec import Struct

from sovlint.commands.parts import settled
from sovlint.commands.parts.output import unwritable
from sovlint.configuration.config_file import NAME
from sovlint.errors import SovlintError
from sovlint.exceptions.baseline import pruned, recorded
from sovlint.exceptions.baseline_file import Baseline, is_baseline, render
from sovlint.files.scan_place import locate
from sovlint.model.findings.finding import Report
from sovlint.model.request import Request
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
    made, excused = recorded(report, settled.name_of(path, locate(given.places)))
    _save(made, path)
    return excused


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
