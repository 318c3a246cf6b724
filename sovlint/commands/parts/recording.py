"""What a run leaves behind, or is held against: a baseline written or pruned, and the same scan at another revision."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from sovlint.commands.parts import options
from sovlint.commands.parts.output import unwritable
from sovlint.configuration.config import POLICY_SET
from sovlint.errors import SovlintError
from sovlint.exceptions.baseline import pruned, recorded
from sovlint.exceptions.baseline_file import Baseline, is_baseline, render
from sovlint.exceptions.difference import compared
from sovlint.files.discover import locate
from sovlint.files.revision import unpacked
from sovlint.lint import lint
from sovlint.model.findings.finding import Report
from sovlint.model.request import Request
from sovlint.stages.run import Run


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
    made, excused = recorded(report, options.name_of(path, locate(given.places)))
    _save(made, path)
    return excused


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


def since(report: Report, revision: str, given: Request, run: Run) -> Report:
    """The report against the same scan at a revision, by the configuration of then; where that was none, or wrong, by
    the one in force now.

    Raises ``SovlintError`` where there is no such revision.
    """
    place = locate(given.places, gone=given.affected)
    with unpacked(place.root, revision) as found:
        then = options.at_revision(given, place, found.folder)
        if then is None:
            return compared(report, None, revision, found.commit, differs=False)
        try:
            before = options.run(then, otherwise=run.config)
            differs = _configured(before) != _configured(run)
        except (
            SovlintError
        ):  # what was wrong there is what the change may mend: it is judged as things are now
            before = replace(run, request=replace(run.request, paths=then.paths), provenance=False)
            differs = True
        try:
            return compared(report, lint(before), revision, found.commit, differs)
        except SovlintError as error:
            folder = f"{found.folder}/"
            said = error.message.replace(folder, "").replace(str(found.folder), ".")
            raise SovlintError(f"At {revision}: {said}", error.hint.replace(folder, "")) from None


def _configured(run: Run) -> object:
    """What tells one configuration from another: the bytes of its file, if it has one, and the policy set."""
    path = run.config.path
    return path.read_bytes() if path is not None and path.is_file() else None, Path(
        run.request.policy_set or POLICY_SET
    ).name


def _all_read(report: Report, otherwise: str) -> None:
    """Raise ``SovlintError`` where something couldn't be read."""
    if report.failures:
        raise SovlintError(otherwise, f"First: {report.failures[0].path}. Mend or exclude it.")


def _save(baseline: Baseline, path: Path) -> None:
    try:
        path.write_text(render(baseline), encoding="utf-8")
    except OSError as error:
        raise unwritable(f"The baseline {path}", path, error) from None
