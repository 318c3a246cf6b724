"""Records against findings: whatever stands in either, nothing worse and no more than was recorded is ever excused."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sovlint.exceptions.record import SEVERITIES, VERDICTS, Record, match
from sovlint.model.attributes import NoAttributes
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.findings.identity import Identity
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.source import Span
from sovlint.model.text import Note

VERDICT = st.sampled_from([Verdict.UNPROVEN, Verdict.VIOLATION])
SEVERITY = st.sampled_from(list(Severity))
PATH = st.sampled_from(["a.tf", "b.tf"])
ADDRESS = st.sampled_from(["x.a", "x.b"])


def found(address: str, path: str, verdict: Verdict, severity: Severity) -> Finding:
    resource = Resource(
        address=address, type="x", front_end="test", root="", variant=None, library=False, exists=TRUE,
        where=Span(path, 1, 1, 1, 2), attributes=NoAttributes(),
    )  # fmt: skip
    return Finding("p", verdict, severity, resource, None, (), Note("report.data"))


def record(
    address: str, path: str, verdict: Verdict, severity: Severity, count: int = 1
) -> Record:
    identity = Identity("p", "", None, address, None, None, None)
    return Record(
        identity, verdict, severity, (), (), path, count, Span("baseline.json", 1, 1, 1, 1)
    )


FINDINGS = st.lists(st.builds(found, ADDRESS, PATH, VERDICT, SEVERITY), max_size=8)
RECORDS = st.lists(
    st.builds(record, ADDRESS, PATH, VERDICT, SEVERITY, st.integers(1, 3)), max_size=6
)


@given(FINDINGS, RECORDS)
def test_nothing_worse_and_no_more_than_recorded(
    findings: list[Finding], records: list[Record]
) -> None:
    met = match(records, findings)
    taken = [finding for excused in met for finding in excused]
    assert len(taken) == len(set(taken))
    for each, excused in zip(records, met, strict=True):
        assert len(excused) <= each.count
        for finding in excused:
            assert finding.identity == each.identity
            assert VERDICTS.index(finding.verdict) <= VERDICTS.index(each.verdict)
            assert SEVERITIES.index(finding.severity) <= SEVERITIES.index(each.severity)


@given(FINDINGS)
def test_what_was_recorded_is_excused_whole(findings: list[Finding]) -> None:
    counted = Counter(
        (each.resource.address, each.resource.where.span().path, each.verdict, each.severity)
        for each in findings
    )
    met = match([record(*about, count) for about, count in counted.items()], findings)
    assert sum(map(len, met)) == len(findings)


@given(FINDINGS, RECORDS)
def test_the_order_of_either_does_not_matter(
    findings: list[Finding], records: list[Record]
) -> None:
    one, other = match(records, findings), match(records[::-1], findings[::-1])
    assert sum(map(len, one)) == sum(map(len, other))


def test_the_file_that_was_recorded_comes_first() -> None:
    here, there = (
        found("x.a", path, Verdict.VIOLATION, Severity.ERROR) for path in ("b.tf", "a.tf")
    )
    assert match(
        [record("x.a", "a.tf", Verdict.VIOLATION, Severity.ERROR)], [here, there]
    ) == [[there]]


def test_the_mildest_record_that_will_do_is_taken() -> None:
    records = [
        record("x.a", "a.tf", verdict, Severity.ERROR)
        for verdict in (Verdict.VIOLATION, Verdict.UNPROVEN)
    ]
    mild = found("x.a", "a.tf", Verdict.UNPROVEN, Severity.ERROR)
    bad = found("x.a", "a.tf", Verdict.VIOLATION, Severity.ERROR)
    assert match(records, [mild, bad]) == [[bad], [mild]]
