"""``sovlint explain PATH:LINE``: every finding that a line has a part in, what else stands there, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.placement import Placed
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.report.facts.table import data_words, unknown_words
from sovlint.report.lookup.known_places import known_places, said_of, spans_of, steps_of
from sovlint.report.messages import labelled, phrase, say
from sovlint.report.pieces import below_frames, causes, frames, headlines, listing, sources
from sovlint.report.pieces.already_said import AlreadySaid
from sovlint.report.pieces.blocks import blocks, order, subject
from sovlint.report.pieces.causes import CauseGroup
from sovlint.report.pieces.fact_words import place, place_text, placement_line
from sovlint.report.pieces.style import Style, columns_of, whole, wrap
from sovlint.report.pieces.trail import shown_spans


class AskedLine(Struct, frozen=True):
    """The line that is asked about: its file as reports call it, and perhaps a column. ``read``: whether sovlint reads
    that file."""

    path: str
    line: int
    column: int | None = None
    read: bool = True

    def is_in(self, span: Span) -> bool:
        """Whether it is part of a stretch of its file: the column too, where one is given."""
        if span.path != self.path or not span.line <= self.line <= span.end_line:
            return False
        if self.column is None:
            return True
        end = max((span.end_line, span.end_column), (span.line, span.column + 1))
        return (span.line, span.column) <= (self.line, self.column) < end


def render(report: Report, asked: AskedLine, language: str, style: Style) -> str:
    """All that is known of the line, worst first; where nothing is, why, and the nearest lines of which something is."""
    parts = list(_Telling(report, asked, language, style).parts())
    if not parts and asked.column is not None:  # a cursor stands anywhere on its line
        return render(report, replace(asked, column=None), language, style)
    parts = parts or [style.paragraphs(_nothing(report, asked, language))]
    return whole("\n\n".join("\n".join(lines) for lines in parts).split("\n"))


class _Telling(Struct):
    """What is told of one line, a list of lines for each thing."""

    report: Report
    asked: AskedLine
    language: str
    style: Style
    already_said: AlreadySaid = field(default_factory=AlreadySaid)

    def parts(self) -> Iterator[list[str]]:
        """What must be mended, in full; what is excused; what complies; what no finding is about; what is said of the
        place itself; the sources of all that."""
        is_in = self.asked.is_in
        found = [one for one in self.report.findings if any(map(is_in, shown_spans(one)))]
        yield from self._mending([one for one in found if one.counts])
        excused = (one for one in found if one.suppressed is not None)
        yield from map(self._excused, sorted(excused, key=order))
        yield from self._compliant(one for one in found if one.verdict is Verdict.COMPLIANT)
        yield from self._unjudged({one.resource.number for one in found})
        said = (text for span, text in said_of(self.report, self.language) if is_in(span))
        yield from (self.style.paragraphs([text]) for text in dict.fromkeys(said))
        if self.already_said.sources:
            yield sources.render(self.already_said.sources, self.language, self.style)

    def _mending(self, counting: Sequence[Finding]) -> Iterator[list[str]]:
        """Each as it is told where it is found, whatever else waits for the same."""
        _, groups = causes.grouped(sorted(self.report.findings, key=order))
        copies = [replace(one, cause=None) for one in counting]
        originals = dict(zip(map(id, copies), counting, strict=True))
        for block in blocks(copies, self.language):
            fresh, again = self.already_said.split(block)
            gutter = frames.gutter_of(fresh)
            told = self.already_said, self.language, self.style, gutter
            yield [
                *self._headlines(block.findings),
                *frames.render(fresh, self.report.excerpts, self.language, self.style),
                *below_frames.below(block, self.report, again, *told),
                *self._waiting(
                    [originals[id(one)] for one in block.findings], groups, gutter
                ),
            ]

    def _waiting(
        self, findings: Sequence[Finding], groups: Iterable[CauseGroup], gutter: int
    ) -> list[str]:
        """What they wait for that others wait for too, with the first of these, and what settles it for all."""
        waits_for = {one.cause.id for one in findings if one.cause is not None}
        shared = [group for group in groups if group.cause.id in waits_for]
        lines: list[str] = []
        indent = " " * (gutter + 5)
        for group in shared:
            lines += self._below("waits", causes.headline(group, self.language), gutter)
            first, _ = causes.named_first(group)
            said = [listing.placement_place(each, self.language) for each in first]
            lines += self.style.paragraphs(said, f"{indent}--> ", f"{indent}    ")
        together = {group.cause.id for group in shared}
        alone = [one for one in findings if one.cause and one.cause.id not in together]
        every = [*alone, *(one for group in shared for one in group.findings)]
        told = self.language, self.style, gutter, self.report.config_keys
        return lines + below_frames.settled_by(every, *told)

    def _headlines(self, findings: Sequence[Finding]) -> list[str]:
        lighter = self.already_said.lighter
        return headlines.render(findings, lighter, self.language, self.style)

    def _below(self, name: str, text: str, gutter: int = 1) -> list[str]:
        """``= name: text``, as below the frames of a finding."""
        label = labelled(phrase(f"report.{name}", self.language), self.language)
        head = f"{' ' * gutter} = {label} "
        return wrap(text, self.style.columns, head, " " * (gutter + 5))

    def _excused(self, one: Finding) -> list[str]:
        """What something excuses, with what does, and why."""
        excuse = one.suppressed
        assert excuse is not None
        until = excuse.until.isoformat() if excuse.until else Note("report.exception-no-end")
        where = place_text(excuse.where.path, excuse.where.line)
        params = {"headline": one.headline, "until": until, "reason": excuse.reason}
        said = phrase("report.line-excused", self.language, place=where, **params)
        return headlines.sentence(one, said, self.language, self.style)

    def _compliant(self, found: Iterable[Finding]) -> Iterator[list[str]]:
        """What complies, in a line each, and of what."""
        for block in blocks(found, self.language):
            said = [f"{place(block.marks[0].span)} {block.marks[0].label}"]
            for one in block.others:
                said.append(f"{place(one.span)} {one.subject}" if one.span else one.subject)
            yield [*self._headlines(block.findings), *self._places(said)]

    def _places(self, said: Iterable[str]) -> list[str]:
        return self.style.paragraphs(said, " --> ", "     ")

    def _unjudged(self, judged: Collection[int]) -> Iterator[list[str]]:
        """What no finding here is about."""
        for each in listing.placed(self.report):
            besides = each.resource.number not in judged
            if besides and any(map(self.asked.is_in, spans_of(each))):
                yield self._facts(each)

    def _facts(self, placed: Placed) -> list[str]:
        """What it is, what it carries, where that is, and why."""
        language, columns = self.language, self.style.columns
        about = subject(placed.resource, language)
        title = phrase("report.line-unjudged", language, subject=about)
        lines = self.style.paragraphs([title]) + self._places([place(placed.resource.span)])
        lines += self._below("data", data_words(placed, language))
        room = columns - columns_of(f"  = {phrase('report.placed', language)}: ")
        for each in placed.placements:
            lines += self._below("placed", placement_line(each, language, room))
            if unknown := unknown_words(each, language):
                lines += self._below("line-unknown", unknown)
        for step in steps_of(placed):
            said = f"{place(step.span)} {say(step.note, language)}"
            lines += self._below("line-because", said)
        return lines


def _nothing(report: Report, asked: AskedLine, language: str) -> Iterator[str]:
    """That nothing is known of a line; why, where its file isn't read; else where something is, nearest to it."""
    yield phrase("report.line-nothing", language, place=place_text(asked.path, asked.line))
    unread = [kind for kind, paths in report.coverage.unread if asked.path in paths]
    for kind in unread:
        yield phrase("report.line-unread-kind", language, path=asked.path, kind=kind.title)
    if not (asked.read or unread):
        yield phrase("report.line-unread", language, path=asked.path)
    known: dict[int, str] = {}
    for span, text in known_places(report, language):
        if span.path == asked.path:
            known.setdefault(span.line, text)
    above = max((line for line in known if line < asked.line), default=None)
    below = min((line for line in known if line > asked.line), default=None)
    if known:
        yield phrase("report.line-nearest", language)
    yield from (known[line] for line in (above, below) if line is not None)
