"""The map, of reports made by hand: who, whose law, where, what lands there, and the worst that is said of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sovlint.model.exception import Kind, Suppression
from sovlint.model.findings.finding import Report, Severity, Verdict
from sovlint.model.placement import NOBODY_KNOWS, Classes, Placed, Placement, Soil
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report.pieces.landings import MapLine, landings
from tests.report.build import finding, health, placement, report, resource, said, span, unset

CONTROL, EEA = "health-data-under-eu-control", "health-data-in-eea"
NOWHERE = Unknown(Reason.NO_EVIDENCE, "provider")
EXCUSED = Suppression(
    Kind.WAIVER, "moved in spring", date(2027, 1, 1), span("sovlint.yaml", 3)
)


def judged(*cases: tuple[Placement, tuple[tuple[str, Verdict, Any], ...]]) -> Report:
    """A resource for each placement, health data on it, with what policies say: id, verdict, further fields."""
    placed, findings = [], []
    for number, (place, verdicts) in enumerate(cases):
        about = resource(f"aws_s3_bucket.b{number}", "main.tf", number + 1)
        placed.append(Placed(about, Classes((health(None),) if verdicts else ()), (place,)))
        findings += [
            finding(policy, about, place, said("x"), verdict=verdict, **changes)
            for policy, verdict, changes in verdicts
        ]
    return report(placed, findings)


def told(line: MapLine) -> tuple[Any, ...]:
    return (
        line.company,
        line.compelled_by,
        line.others,
        line.country,
        line.count,
        line.verdict,
    )


def test_a_line_is_a_company_the_states_that_can_compel_it_and_a_country() -> None:
    ireland = placement(
        region="eu-west-1", country="IE", soil=Known(Soil("IE", ("EEA", "EU")))
    )
    found = landings(
        judged(
            (placement(), ((CONTROL, Verdict.VIOLATION, {}), (EEA, Verdict.COMPLIANT, {}))),
            (
                placement(role="backup", region="eu-west-9"),
                ((CONTROL, Verdict.UNPROVEN, {}),),
            ),
            (ireland, ((CONTROL, Verdict.VIOLATION, {}),)),
        )
    )
    assert list(map(told, found)) == [
        ("Amazon Web Services", ("FR", "US"), False, "FR", 2, Verdict.VIOLATION),
        ("Amazon Web Services", ("IE", "US"), False, "IE", 1, Verdict.VIOLATION),
    ]
    assert found[0].classes == {"health": 2}
    assert found[0].roles == {"at-rest": 1, "backup": 1}
    assert found[0].regions == ("eu-west-3", "eu-west-9")
    assert found[0].verdicts == {Verdict.VIOLATION: 1, Verdict.UNPROVEN: 1}
    assert found[0].policies == {CONTROL: 1}


def test_what_is_not_known_is_never_a_state_or_a_country() -> None:
    unknown = Placement.unknown(NOWHERE)
    either = placement(
        provider=unset("cloud", "ovh", "aws"), provider_name="", country=unset("region", "FR", "IT"),
        control=unset("cloud", ("FR",), ("US", NOBODY_KNOWS)), soil=unset("region"),
    )  # fmt: skip
    spread = placement(
        country=Unknown(Reason.MULTI_VALUED, "EU"), soil=Known(Soil(None, ("EEA",)))
    )
    placeless = placement(country=NOWHERE, area=NOWHERE, soil=Known(Soil()))
    secret = placement(
        country=Known("FR", sensitive=True),
        area=NOWHERE,
        soil=Known(Soil("FR"), sensitive=True),
    )
    lines = landings(
        judged(*((each, ()) for each in (unknown, either, spread, placeless, secret)))
    )
    told_of = {id(one.placement): line for line in lines for one in line.landed}
    assert told(told_of[id(unknown)])[:4] == ("", (), True, None)
    assert told_of[id(unknown)].roles == {"unknown": 1}
    assert told_of[id(either)].perhaps == ("aws", "ovh")
    assert told(told_of[id(either)])[:4] == ("", ("FR", "US"), True, None)
    assert told_of[id(either)].countries == ("FR", "IT")
    assert told(told_of[id(spread)])[1:4] == (("EEA", "US"), False, None)
    assert told_of[id(spread)].areas == ("EEA", "EU")
    for each in (placeless, secret):
        assert told(told_of[id(each)])[1:4] == (("US",), True, None)


def test_configuration_is_no_landing_and_what_nobody_judged_stands_last() -> None:
    ovh = placement(provider="ovh", provider_name="OVHcloud", control=("FR",))
    found = landings(
        judged(
            (placement(role="config"), ()),
            (placement(provider_name="Acme"), ()),
            (ovh, ((CONTROL, Verdict.COMPLIANT, {}),)),
            (placement(), ((CONTROL, Verdict.UNPROVEN, {}),)),
        )
    )
    assert [(line.company, line.verdict) for line in found] == [
        ("Amazon Web Services", Verdict.UNPROVEN),
        ("OVHcloud", Verdict.COMPLIANT),
        ("Acme", None),
    ]
    assert [line.unclassified for line in found] == [0, 0, 1]


def test_what_is_excused_keeps_its_verdict_and_stands_before_what_is_compliant() -> None:
    """An excuse changes nothing of where data is: nothing passes for compliant by it."""
    ovh = placement(provider="ovh", provider_name="OVHcloud", control=("FR",))
    found = landings(
        judged(
            (ovh, ((CONTROL, Verdict.COMPLIANT, {}),)),
            (
                placement(),
                (
                    (CONTROL, Verdict.VIOLATION, {"suppressed": EXCUSED}),
                    (EEA, Verdict.COMPLIANT, {}),
                ),
            ),
            (
                placement(country="GB"),
                ((CONTROL, Verdict.UNPROVEN, {"severity": Severity.WARNING}),),
            ),
        )
    )
    assert [(line.country, line.verdict, line.excused) for line in found] == [
        ("GB", Verdict.UNPROVEN, 0),
        ("FR", Verdict.VIOLATION, 1),
        ("FR", Verdict.COMPLIANT, 0),
    ]
    assert [line.is_excused for line in found] == [False, True, False]


def test_beside_an_excused_one_what_counts_decides() -> None:
    (line,) = landings(
        judged(
            (placement(), ((CONTROL, Verdict.VIOLATION, {"suppressed": EXCUSED}),)),
            (placement(), ((CONTROL, Verdict.UNPROVEN, {}),)),
        )
    )
    assert (line.verdict, line.excused, line.is_excused) == (Verdict.UNPROVEN, 1, False)
    assert line.policies == {CONTROL: 1}


def test_findings_about_the_evidence_say_nothing_of_a_place() -> None:
    """A qualification that ends soon makes no violation of what is compliant."""
    (line,) = landings(
        judged(
            (
                placement(),
                (
                    (CONTROL, Verdict.COMPLIANT, {}),
                    ("data-class-known", Verdict.VIOLATION, {}),
                ),
            )
        )
    )
    assert line.verdict is Verdict.COMPLIANT
