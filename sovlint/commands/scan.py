"""``sovlint scan``: judge what a repository declares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from sovlint.commands.parts import exit_code, options, reports, settled
from sovlint.commands.parts.exit_code import scan_code
from sovlint.commands.parts.helping import HelpHeading
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice, on_terminal
from sovlint.errors import SovlintError
from sovlint.model.findings.own_rules import labels_without_base
from sovlint.model.request import Request
from sovlint.report import PROVENANCE, REPORTS, SUPPOSING

if TYPE_CHECKING:
    from sovlint.exceptions.record import Record
    from sovlint.lint import Linted
    from sovlint.model.findings.finding import Report
    from sovlint.stages.run import Run


class FleetPlace(Struct, frozen=True):
    """The store of a fleet that the result goes to too, and what the fleet calls the repository."""

    store: str | None = None
    repository: str | None = None


class Fails(Struct, frozen=True):
    """What fails a run, and what is forgiven."""

    fail_on: str
    require: str | None = None
    exit_zero: bool = False


@click.command(cls=reports.ReportingCommand)
@options.paths
@options.option(
    "-f",
    "--format",
    reports.FORMAT,
    often=HelpHeading.TELL,
    type=click.Choice(list(REPORTS)),
    multiple=True,
    help="How to write a report; several may be given, each with its -o.  [default: text]",
)
@options.option(
    "-o",
    "--output",
    reports.OUTPUT,
    often=HelpHeading.TELL,
    type=options.PATH,
    multiple=True,
    metavar="FILE",
    help="Write the report of the -f before to this file; without one, its ending says the format.",
)
@options.option(
    "--affected",
    often=HelpHeading.READ,
    is_flag=True,
    help="PATHs have changed: report what that can affect.",
)
@options.policies
@options.fail_on
@options.require
@options.inferred
@options.deciding(
    "--min-classified",
    heading=HelpHeading.FAIL,
    type=options.SHARE,
    metavar="PERCENT",
    help="Fail the run where fewer resources than this carry a data class; `ratchet`: where the share of labelled fell.",
)
@options.exit_zero
@options.allow_empty
@options.telling
@options.show
@options.exceptions
@options.option(
    "--suppose",
    heading=HelpHeading.JUDGE,
    type=options.PATH,
    metavar="FILE",
    help="Tell what would be otherwise in the world that this file supposes; the exit code stays today's.",
)
@options.option(
    "--store",
    heading=HelpHeading.TELL,
    metavar="PLACE",
    help="Write what is found into the store of a fleet too: a folder, or s3://bucket/folder.",
)
@options.option(
    "--repository",
    heading=HelpHeading.TELL,
    metavar="NAME",
    help="What the fleet calls this repository.  [default: as the pipeline or the clone says]",
)
@options.reading
@options.cache
@options.speaking
@options.quiet
@options.into(request=Request, voice=Voice, kept=FleetPlace, fails=Fails)
def scan(
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
    fails: Fails,
    request: Request,
    voice: Voice,
    kept: FleetPlace,
) -> int:
    """Judge what a repository declares: which data lands where, who runs it, and which state can compel them.

    PATHs are files or folders (default: here). The whole git repository around them is read, since modules and values
    may lie anywhere in it; what was not asked for is not reported.

    Exit code: 0 clean, 1 findings, 2 something could not be read, written or was asked wrongly, 3 nothing to scan, or
    nothing that sovlint reads.
    """
    context = click.get_current_context()
    wanted = reports.wanted(context, formats, outputs)
    _check(request)
    _check_told(request, wanted)
    _check_places(wanted, request.write_baseline)
    if kept.store:
        from sovlint.commands.parts import storing  # imported late: few ask

        storing.check(request)
    provenance = bool(kept.store) or any(each.format in PROVENANCE for each in wanted)
    before: Sequence[Record] = ()
    if request.write_baseline is not None:
        from sovlint.commands.parts import recording

        before = recording.entries(request.write_baseline)
    as_text = any(each.format == reports.DEFAULT for each in wanted)
    report, problem, found = _judged(
        request, voice, provenance, as_text and not request.affected, not kept.store
    )
    if as_text:
        report = _with_next_steps(report, found, context.meta[reports.TYPED])
    reports.write(wanted, report, voice)
    if problem is not None:
        raise problem
    if kept.store:
        storing.keep(found, request, kept.store, kept.repository, voice)
    if request.affected and not request.paths:
        voice.say("commands.no-changes")
    if request.write_baseline is not None:
        recording.say_written(report, before, request, voice)
        if not recording.is_nothing(report, request):
            _say_next_scan(request.write_baseline, found.run, voice)
    say_notices(report, voice, request, warned=any(map(_warns, wanted)))
    _say_without_proof(report, fails, voice)
    return scan_code(
        report,
        fails.fail_on,
        min_classified=report.min_classified,
        allow_failures=request.allow_failures,
        proof=fails.require is not None,
        exit_zero=fails.exit_zero,
        allow_empty=request.allow_empty,
    )


def _say_without_proof(report: Report, fails: Fails, voice: Voice) -> None:
    """Say how much complies by less than proof, where that fails the run."""
    less = exit_code.without_proof(report) if fails.require is not None else []
    if less:
        voice.say("commands.without-proof", count=len(less))


def _with_next_steps(report: Report, found: Linted, typed: Sequence[str]) -> Report:
    """The report with what to do next, and with what to label first where it says so."""
    from sovlint.commands.parts.next_steps import with_next_steps
    from sovlint.report.run import label_first

    if report.affected:
        return report
    if label_first.is_asked(report):
        from sovlint.commands.parts.first_labels import with_first_labels  # late: few need it

        report = with_first_labels(report, found, most=1)
    return with_next_steps(report, found, typed)


def _say_next_scan(baseline: Path, run: Run, voice: Voice) -> None:
    """Say whether the next scan uses a baseline that was written, and the line that makes it so if not."""
    from sovlint.commands.parts import recording

    coming = recording.next_scan(baseline, run)
    if coming.line:
        voice.say("commands.baseline-line", config=coming.config, line=coming.line)
    else:
        voice.say("commands.baseline-named", config=coming.config)


def _warns(each: reports.Wanted) -> bool:
    """Whether a report says on the terminal itself that nothing was judged."""
    return each.format == reports.DEFAULT and on_terminal(each.file)


def _check(request: Request) -> None:
    """Raises a usage error for options that contradict each other."""
    if request.write_baseline is not None:
        others = {
            "--diff-base": request.diff_base,
            "--rules-from": request.rules_from,
            "--affected": request.affected,
            "--prune-baseline": request.prune_baseline,
        }
        for name in (name for name, other in others.items() if other):
            raise click.UsageError(
                f"--write-baseline records all findings: it can't go with {name}."
            )
    if request.prune_baseline and request.affected:
        raise click.UsageError(
            "--prune-baseline needs the whole repository judged: it can't go with --affected."
        )


def _check_told(request: Request, wanted: Sequence[reports.Wanted]) -> None:
    """Raises a usage error where something is supposed that no report would tell of."""
    if request.suppose is not None and not any(each.format in SUPPOSING for each in wanted):
        raise click.UsageError(
            f"--suppose is told by {', '.join(SUPPOSING)}: write one of these reports too."
        )


def _check_places(wanted: Sequence[reports.Wanted], write_baseline: Path | None) -> None:
    """Raises a usage error where a baseline would go where it can't, or where a report goes too."""
    if write_baseline is None:
        return
    if write_baseline == reports.STDOUT:
        raise click.UsageError("--write-baseline needs the name of a file.")
    if any(each.file and each.file.resolve() == write_baseline.resolve() for each in wanted):
        raise click.UsageError(
            f"A report and the baseline can't both go to `{write_baseline}`."
        )


def _judged(
    request: Request, voice: Voice, provenance: bool, again: bool, keeps: bool
) -> tuple[Report, SovlintError | None, Linted]:
    """The report, with what the baseline and the revision compared with make of it; why a baseline was left alone, which
    is no reason to lose the report; and what was found before any of that. ``again``: drafts of labels are tried;
    ``keeps``: nothing of what was read but the report is asked for."""
    from sovlint.commands.parts.progress import watching

    with watching(voice) as watch:
        from sovlint.lint import linted

        run = replace(settled.run(request), provenance=provenance)
        if keeps:
            run = settled.cached(run, again)
        found = linted(run, watch=watch)
    report = found.report
    try:
        if request.write_baseline is not None:
            from sovlint.commands.parts import recording

            return recording.write(report, request.write_baseline, request), None, found
        if request.prune_baseline:
            from sovlint.commands.parts import recording

            recording.prune(report, run)
    except SovlintError as problem:
        return report, problem, found
    if request.diff_base is not None or request.rules_from is not None:
        from sovlint.commands.parts import revisions  # imported late: it starts git

        report = revisions.held_against(found, request)
    elif run.request.ratchet:
        report = replace(report, rules=(*report.rules, labels_without_base()))
    if request.suppose is not None:
        from sovlint import supposing  # imported late: few ask
        from sovlint.files.scan_place import locate

        name = settled.name_of(request.suppose, locate(found.run.request.places))
        return *supposing.with_outcomes(report, found, request.suppose, name), found
    return report, None, found
