"""What a run leaves behind, or is held against: a baseline written or pruned, and the same scan at another revision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sovlint.commands import options
from sovlint.discover import locate
from sovlint.errors import SovlintError
from sovlint.exceptions.baseline import pruned, recorded
from sovlint.exceptions.baseline_file import Baseline, render
from sovlint.exceptions.difference import compared
from sovlint.lint import LintRequest, lint
from sovlint.model.finding import Report
from sovlint.revision import checked_out


def write(report: Report, path: Path, asked: options.Given) -> Report:
    """Record all findings that count in the file ``path``; the report as that baseline excuses them.

    Raises ``SovlintError`` where the file can't be written.
    """
    made, excused = recorded(report, options.name_of(path, locate(asked.paths or (Path(),))))
    _save(made, path)
    return excused


def prune(report: Report, request: LintRequest) -> None:
    """Take out of the baseline what nothing matched in this run.

    Raises ``SovlintError`` where there is no baseline, where something couldn't be read (its findings may match), or
    where the file can't be written.
    """
    if request.baseline is None or request.baseline_file is None:
        raise SovlintError("There is no baseline to prune.", "Name it with --baseline, or `baseline:` in sovlint.yaml.")
    if report.failures:
        raise SovlintError(
            "The baseline isn't pruned: not everything could be read, and what wasn't may still match.",
            f"First: {report.failures[0].path}. Mend or exclude it.",
        )
    left = pruned(request.baseline, report.exceptions)
    if left != request.baseline:
        _save(left, request.baseline_file)


def since(report: Report, revision: str, asked: options.Given, request: LintRequest, judging: dict[str, Any]) -> Report:
    """The report against the same scan at a revision, by what that revision was configured with.

    Raises ``SovlintError`` where there is no such revision, or its configuration is wrong.
    """
    place = locate(asked.paths or (Path(),), gone=asked.affected)
    with checked_out(place.root, revision) as found:
        then = options.at_revision(asked, place, found.folder)
        if then is None:
            return compared(report, None, revision, found.commit)
        try:
            before = lint(options.request(then, **judging, otherwise=request.config))
        except SovlintError as error:
            folder = f"{found.folder}/"
            said = error.message.replace(folder, "").replace(str(found.folder), ".")
            raise SovlintError(f"At {revision}: {said}", error.hint.replace(folder, "")) from None
        return compared(report, before, revision, found.commit)


def _save(baseline: Baseline, path: Path) -> None:
    try:
        path.write_text(render(baseline), encoding="utf-8")
    except OSError as error:
        raise SovlintError(f"The baseline {path} can't be written: {error.strerror}.") from None
