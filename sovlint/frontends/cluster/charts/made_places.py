"""Places in what a template has made -> places in templates and values, for what is read of texts inside of it.

A text in a config map is read as a file of its own, line by line. Its lines aren't those of the template: a helper, or a
file of the chart, may have made all of them.
"""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.documents import Document, Path
from sovlint.frontends.cluster.charts.rendered_text import TemplateSpans
from sovlint.model.source import Located
from sovlint.model.value import Because, Known, Step, Value
from sovlint.rules.destination import Signal


class MadePlaces:
    """Where what a template has made was written. ``path`` stands for its file in what is read of texts inside, until
    that is ``moved``."""

    __slots__ = ("_spans", "_steps", "path")

    def __init__(self, spans: TemplateSpans) -> None:
        self._spans = spans
        self._steps: dict[Step, Step] = {}
        self.path = f"{spans.path}\0"

    def before(self, at: Path, text: str) -> tuple[int, int]:
        """How many lines stand above a text in what was made, and how many columns left of it."""
        above = self._spans.line_below(at)
        for number, line in enumerate(text.split("\n"), start=above + 1):
            if line.strip():
                return above, max(0, self._spans.line(number).find(line))
        return above, 0

    def moved(self, signal: Signal) -> Signal:
        """A signal that was read of a text inside, with the places at which it was written."""
        sent = signal.sent
        return replace(
            signal,
            sent=replace(
                sent,
                where=self._place(sent.where),
                written=None if sent.written is None else self._place(sent.written),
                value=self._value(sent.value),
                region=None if sent.region is None else self._value(sent.region),
                names=None if sent.names is None else self._value(sent.names),
            ),
        )

    def _place(self, where: Located) -> Located:
        span = where.span()
        return span if span.path != self.path else self._spans.at(span.line, span.column)

    def _value(self, value: Value) -> Value:
        because = self._step(value.because)
        if isinstance(value, Known):
            return Known(value.value, because, value.sensitive)
        among = None if value.among is None else tuple(map(self._known, value.among))
        return value.but(because=because, among=among)

    def _known(self, value: Known[object]) -> Known[object]:
        return Known(value.value, self._step(value.because), value.sensitive)

    def _step(self, step: Because) -> Because:
        if step is None:
            return None
        if step not in self._steps:
            parents = tuple(each for each in map(self._step, step.parents) if each)
            where = step.where
            if where is not None and where.span().path == self.path:
                parents = parents or self._spans.values_on(where.span().line)
                where = self._place(where)
            self._steps[step] = replace(step, where=where, parents=parents)
        return self._steps[step]


def made_places(document: Document) -> MadePlaces | None:
    """Where a document was written, where a template has made it; ``None`` of one that stands as it is written."""
    spans = document.spans
    return MadePlaces(spans) if isinstance(spans, TemplateSpans) else None
