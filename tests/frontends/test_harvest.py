"""What a front end has read so far."""

from __future__ import annotations

from sovlint.documents import DocumentError
from sovlint.frontends.harvest import Harvest
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.source import Span
from sovlint.model.text import Note

HERE = Span("a.yaml", 2, 3, 2, 9)


def test_failures_and_remarks_count_once() -> None:
    harvest = Harvest()
    for _ in range(2):
        harvest.fail(HERE, "saas.invalid", problem="x")
        harvest.fail("b.yaml", "saas.empty")
        harvest.remark(HERE, "saas.empty")
        harvest.remark("b.yaml", "saas.empty")
    reading = harvest.reading()
    assert reading.failures == (
        Failure("a.yaml", 2, 3, Note("saas.invalid", {"problem": "x"})),
        Failure("b.yaml", None, None, Note("saas.empty")),
    )
    assert reading.remarks == (
        Remark(Note("saas.empty"), "a.yaml", 2),
        Remark(Note("saas.empty"), "b.yaml"),
    )


def test_one_harvest_takes_in_another() -> None:
    harvest, other = Harvest(files=["a.yaml"]), Harvest(files=["b.yaml"], skipped=["c.yaml"])
    other.fail_parsing("b.yaml", DocumentError("odd", 4, 1), "saas.unreadable")
    harvest.add(other)
    reading = harvest.reading()
    assert (reading.files, reading.skipped) == (("a.yaml", "b.yaml"), ("c.yaml",))
    assert [(each.path, each.line, each.column) for each in reading.failures] == [
        ("b.yaml", 4, 1)
    ]
