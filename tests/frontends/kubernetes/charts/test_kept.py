"""What is worked out once for several releases: each of them is told at its own places, by its own values."""

from __future__ import annotations

from collections import Counter

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, copied
from sovlint.frontends.cluster.charts.sends import KeptSends
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendering.loading import ChartLoader
from sovlint.frontends.kubernetes.charts.rendering.render import rendered_chart
from sovlint.frontends.kubernetes.charts.rendering.values import read_tree
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, unroll
from tests.frontends.kubernetes.charts.house import CHART
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

DSN = "https://abc@o1.ingest.de.sentry.io/1"
ABROAD = "https://abc@o1.ingest.us.sentry.io/1"


def _values(path: str, dsn: str = DSN) -> Node:
    tree = read_tree(SourceFile(path, f"env:\n  SENTRY_DSN: {dsn}\n".encode()))
    assert tree is not None
    return tree


def _kept() -> KeptSends:
    return KeptSends(catalog().hints())


def test_the_same_values_are_looked_at_once() -> None:
    kept, values = _kept(), _values("a.yaml")
    assert kept.of(values)
    assert kept.of(copied(values)) is kept.of(values)


def test_values_elsewhere_are_told_there() -> None:
    kept = _kept()
    found = [kept.of(_values(path)) for path in ("a.yaml", "b.yaml")]
    assert [each.where.span().path for sent in found for each in sent] == ["a.yaml", "b.yaml"]


def test_other_values_at_the_same_place_are_told() -> None:
    kept = _kept()
    found = [kept.of(_values("a.yaml", dsn)) for dsn in (DSN, ABROAD)]
    values = [each.value for sent in found for each in sent]
    assert [each.value for each in values if isinstance(each, Known)] == [DSN, ABROAD]


def test_a_text_that_was_put_in_keeps_where_it_is_from() -> None:
    kept = _kept()
    lines: list[int] = []
    for line in (1, 2):
        values = _values("a.yaml")
        step = Step(Span("cluster.yaml", line, 1, line, 9), Note("kubernetes.written"))
        values.value["env"].value["SENTRY_DSN"].value = Evaluated.of(Known(DSN, step))
        (sent,) = kept.of(values)
        spans = (each.where.span() for each in unroll(sent.value.because) if each.where)
        lines += [span.line for span in spans if span.path == "cluster.yaml"]
    assert lines == [1, 2]


class _CountingReader(MemoryReader):
    def __init__(self, files: dict[str, str | bytes | None]) -> None:
        super().__init__(files)
        self.reads: Counter[str] = Counter()

    def read(self, path: str) -> SourceFile | Note:
        self.reads[path] += 1
        return super().read(path)


def test_a_template_is_read_once_and_rendered_by_each_release() -> None:
    reader = _CountingReader({
        "c/Chart.yaml": CHART, "c/values.yaml": "{}", "c/templates/a.yaml": "a: {{ .Release.Name }}",
    })  # fmt: skip
    chart = ChartLoader(reader=reader, harvest=Harvest()).chart("c")
    assert chart is not None
    for _ in range(2):
        (file,) = rendered_chart(chart).files
        assert [str(world.text) for world in file.worlds] == ["a: release-name"]
    assert reader.reads["c/templates/a.yaml"] == 1
