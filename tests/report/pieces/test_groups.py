"""Whatever waits for whatever: grouping loses no finding, tells none twice, and doesn't depend on the order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.model.exception import Kind, Suppression
from sovlint.model.findings.cause import Cause, CauseKind
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.text import Note
from sovlint.report.pieces import causes, listing
from sovlint.report.pieces.style import Style
from sovlint.report.scan import (
    github,
    gitlab_codequality,
    gitlab_sast,
    junit,
    markdown,
    sarif,
    text,
)
from tests.report.build import finding, placement, report, resource, said, span

POLICIES = ("health-data-in-eea", "health-data-on-certified-host", "data-class-known")
CAUSES = (
    None,
    Cause(CauseKind.CLUSTER, "k8s", said("nobody says where")),
    Cause(CauseKind.VARIABLE, "infra:var.region", said("no value")),
    Cause("hds-contract", "aws", said("no contract is shown"), "hds"),
    Cause(CauseKind.SETTING, "infra:a#region", said("nothing says it")),
)
EXCUSE = Suppression(
    Kind.BASELINE, Note("test.said", {"text": "before"}), None, span("b.json", 1)
)
RESOURCES = [
    resource(f"aws_s3_bucket.b{number}", "main.tf", number + 1) for number in range(5)
]
PLACEMENTS = [placement(region=region) for region in ("eu-west-1", "eu-west-3")]

FINDINGS = st.lists(
    st.builds(
        lambda policy, cause, verdict, severity, excused, about, at: replace(
            finding(POLICIES[policy], RESOURCES[about], PLACEMENTS[at], said("found")),
            cause=cause if verdict is Verdict.UNPROVEN else None,
            verdict=verdict,
            severity=severity,
            suppressed=EXCUSE if excused and verdict is not Verdict.COMPLIANT else None,
        ),
        st.integers(0, len(POLICIES) - 1),
        st.sampled_from(CAUSES),
        st.sampled_from(Verdict),
        st.sampled_from((Severity.ERROR, Severity.WARNING)),
        st.booleans(),
        st.integers(0, len(RESOURCES) - 1),
        st.integers(0, 1),
    ),
    max_size=12,
    unique_by=lambda one: (one.policy, one.resource.address, id(one.placement)),
)
PLAIN = Style(color=False, width=80)
FEWEST = st.integers(1, 3)


def ids(findings: Sequence[Finding]) -> list[int]:
    return sorted(map(id, findings))


@given(FINDINGS, FEWEST)
def test_grouping_loses_no_finding_and_tells_none_twice(
    found: list[Finding], fewest: int
) -> None:
    alone, groups = causes.grouped(found, fewest)
    together = [one for group in groups for one in group.findings]
    assert ids([*alone, *together]) == ids(found)
    for group in groups:
        assert {one.cause for one in group.findings} == {group.cause}
        assert ids(group.told) == ids(group.told[: len(group.told)])
        assert len(group.told) >= fewest
        assert len(group.told) + group.excused == group.count
        assert group.counts == any(one.counts for one in group.findings)
        assert len({group.fingerprint for group in groups}) == len(groups)


@given(FINDINGS, FEWEST, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(
    found: list[Finding], fewest: int, random: object
) -> None:
    def as_sets(findings: list[Finding]) -> tuple[list[int], dict[str, tuple[object, ...]]]:
        alone, groups = causes.grouped(findings, fewest)
        return ids(alone), {
            group.cause.id: (
                ids(group.findings), group.policy, group.fingerprint, group.count, group.excused, group.counts,
            )
            for group in groups
        }  # fmt: skip

    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert as_sets(shuffled) == as_sets(found)


@given(FINDINGS, st.randoms(use_true_random=False))
def test_no_format_depends_on_the_order(found: list[Finding], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (report(findings=tuple(each)) for each in (found, shuffled))
    for format in (text, sarif, github, gitlab_codequality, gitlab_sast, junit, markdown):
        for language in ("en", "fr"):
            assert format.render(one, language, PLAIN) == format.render(
                other, language, PLAIN
            )


@given(FINDINGS)
def test_entries_hold_every_finding_that_is_shown(found: list[Finding]) -> None:
    made = report(findings=tuple(found))
    told = [
        one
        for entry in listing.entries(made)
        for one in (entry.findings if isinstance(entry, causes.CauseGroup) else (entry,))
    ]
    assert ids(told) == ids(listing.shown(made))


def test_the_policy_of_a_group_is_the_gravest_whatever_is_excused() -> None:
    cause = CAUSES[1]
    made = [
        replace(
            finding(policy, RESOURCES[0], PLACEMENTS[0], said("x")),
            verdict=Verdict.UNPROVEN, severity=severity, cause=cause, suppressed=excused,
        )
        for policy, severity, excused in (
            ("b", Severity.ERROR, None), ("a", Severity.ERROR, EXCUSE), ("0", Severity.WARNING, None),
        )
    ]  # fmt: skip
    (group,) = causes.grouped(made, 1)[1]
    assert (group.policy, group.first.policy, group.count, group.excused) == ("a", "b", 1, 0)
