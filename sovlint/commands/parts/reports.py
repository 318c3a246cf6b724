"""Several reports of one run: which ``-o`` belongs to which ``-f``, and writing them all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click
from msgspec import Struct

from sovlint.commands.parts import endings, output
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.model.findings.finding import Report
from sovlint.report import REPORTS

FORMAT, OUTPUT = "formats", "outputs"
"""Names of the two parameters."""
DEFAULT: Final = "text"
FOR_PEOPLE: Final = frozenset({DEFAULT, "concise", "markdown"})
"""Formats that fit themselves to what a terminal can show."""
STDOUT: Final = Path("-")

SUMMARIES: Final[Mapping[str, tuple[str, str]]] = {
    "github": ("GITHUB_STEP_SUMMARY", "markdown")
}
"""Format -> the variable that names a file which a summary is added to, and the format of that."""

_ORDER: Final = "sovlint.order"
TYPED: Final = "sovlint.typed"
"""Where a context has the words that its command was given."""


class Wanted(Struct, frozen=True):
    """One report: its format, and the file that it goes to (``None``: stdout)."""

    format: str
    file: Path | None = None


class ReportingCommand(click.Command):
    """A command that remembers in which order ``-f`` and ``-o`` were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does."""
        ctx.meta[TYPED] = ("sovlint", str(ctx.info_name), *args)
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_ORDER] = [
            parameter.name for parameter in order if parameter.name in (FORMAT, OUTPUT)
        ]
        return super().parse_args(ctx, args)


def wanted(
    ctx: click.Context, formats: Sequence[str], outputs: Sequence[Path]
) -> tuple[Wanted, ...]:
    """The reports asked for: an ``-o`` belongs to the ``-f`` before it, or to the first one; another takes its format
    from its ending.

    Values of variables come in the order in which they are written there. Raises a usage error where two reports would
    go to the same place.
    """
    order = ctx.meta[_ORDER]
    if order.count(FORMAT) != len(formats) or order.count(OUTPUT) != len(outputs):
        order = [
            name
            for pair in zip([FORMAT] * len(formats), [OUTPUT] * len(outputs), strict=False)
            for name in pair
        ]
        order += [FORMAT] * (len(formats) - order.count(FORMAT)) + [OUTPUT] * (
            len(outputs) - order.count(OUTPUT)
        )
    reports = tuple(_paired(order, iter(formats), iter(outputs)))
    places = [os.path.realpath(each.file) if each.file else None for each in reports]
    for each, place in zip(reports, places, strict=True):
        if places.count(place) > 1:
            where = f"`{each.file}`" if place else "standard output"
            raise click.UsageError(
                f"Two reports can't both go to {where}: give each but one a file of its own with -o."
            )
    return reports


def write(reports: Sequence[Wanted], report: Report, voice: Voice) -> None:
    """Write every report, whatever happens to the others.

    Raises ``SovlintError`` naming all that couldn't be written.
    """
    problems: list[SovlintError] = []
    for each in reports:
        text = REPORTS[each.format](report, voice.language, voice.style(each.file))
        try:
            output.emit(text, each.file, exact=each.format not in FOR_PEOPLE)
        except SovlintError as error:
            problems.append(error)
    problems += _summaries(reports, report, voice.language)
    if problems:
        others = "All other reports are written." if len(reports) > len(problems) else ""
        ways = dict.fromkeys(each.hint for each in problems if each.hint)
        message = "\n".join(each.message for each in problems)
        raise SovlintError(message, " ".join((*ways, others)).strip())


def _paired(
    order: Sequence[str], formats: Iterator[str], outputs: Iterator[Path]
) -> Iterator[Wanted]:
    """Each format with the output that belongs to it, and each output without one as its ending says."""
    pairs: list[tuple[str | None, Path | None]] = []
    for name in order:
        if name == FORMAT:
            pairs.append((next(formats), None))
        elif pairs and pairs[-1][1] is None:
            pairs[-1] = (pairs[-1][0], next(outputs))
        else:
            pairs.append((None, next(outputs)))
    if len(pairs) > 1 and pairs[0][0] is None and pairs[1][1] is None:
        pairs[:2] = [(pairs[1][0], pairs[0][1])]  # given before any format
    for form, file in pairs or [(None, None)]:
        if form is None and len(pairs) > 1 and not endings.known(file):
            raise click.UsageError(
                "One report can't go to two files: give -f once for each -o."
            )
        written = endings.chosen(file, REPORTS, form, DEFAULT)
        yield Wanted(written, None if file == STDOUT else file)


def _summaries(
    reports: Sequence[Wanted], report: Report, language: str
) -> Iterator[SovlintError]:
    """Add the summaries that belong to formats; what went wrong."""
    for each in reports:
        variable, form = SUMMARIES.get(each.format, ("", ""))
        path = os.environ.get(variable, "")
        if path:
            text = REPORTS[form](report, language, output.style("never", Path(path)))
            try:
                with Path(path).open(
                    "a", encoding="utf-8", errors="backslashreplace"
                ) as stream:
                    stream.write(text)
            except OSError as error:
                yield output.unwritable(f"{path} ({variable})", Path(path), error)
