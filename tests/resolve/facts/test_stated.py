"""What an inventory states of a company: it may tell where data is, and makes nothing else better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sovlint.cli import main

CONTROL, AREA, HDS = (
    "health-data-under-eu-control",
    "health-data-in-eea",
    "health-data-on-certified-host",
)
ORDER = {"violation": 0, "unproven": 1, "compliant": 2}


def scanned(folder: Path, entry: str, as_of: str = "2026-11-24") -> dict[str, Any]:
    (folder / "saas.yaml").write_text(
        f"services:\n  - {{id: x, data: [health], {entry}}}\n", encoding="utf-8"
    )
    arguments = [
        "scan",
        str(folder),
        "--format",
        "json",
        "--as-of",
        as_of,
        "--show",
        "compliant",
        "--lang",
        "en",
    ]
    run = CliRunner().invoke(main, arguments, catch_exceptions=False)
    report: dict[str, Any] = json.loads(run.stdout)
    assert report["failures"] == []
    return report


def verdicts(folder: Path, entry: str, address: str = "saas:x") -> dict[str, str]:
    return {
        each["policy"]: each["verdict"]
        for each in scanned(folder, entry)["findings"]
        if each["address"] == address
    }


@pytest.mark.parametrize(
    "facts", ["{seat: FR}", "{seat: FR, parent: {seat: DE}}", "{runs_on: scaleway, seat: FR}"]
)
def test_a_seat_that_somebody_states_clears_no_company(tmp_path: Path, facts: str) -> None:
    found = verdicts(tmp_path, f"vendor: Nobody Has Heard Of It, facts: {facts}")
    assert found[CONTROL] == "unproven"
    assert found[HDS] == "unproven"


@pytest.mark.parametrize(
    "facts",
    ["{seat: US}", "{seat: FR, parent: {seat: US}}", "{seat: FR, runs_on: [AWS, OVH]}"],
)
def test_a_state_outside_is_believed(tmp_path: Path, facts: str) -> None:
    assert (
        verdicts(tmp_path, f"vendor: Nobody Has Heard Of It, facts: {facts}")[CONTROL]
        == "violation"
    )
    assert verdicts(tmp_path, f"vendor: docaposte, facts: {facts}")[CONTROL] == "violation"


def test_what_is_known_of_a_company_is_not_taken_away(tmp_path: Path) -> None:
    assert verdicts(tmp_path, "vendor: Zendesk, facts: {seat: FR}")[CONTROL] == "violation"
    assert verdicts(tmp_path, "vendor: docaposte, facts: {seat: DE}")[CONTROL] == "compliant"


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        ("vendor: Nobody Has Heard Of It, facts: {country: FR}", "compliant"),
        ("vendor: Nobody Has Heard Of It, facts: {country: IN}", "violation"),
        (
            "vendor: Nobody Has Heard Of It, region: eu-west-3, facts: {runs_on: aws}",
            "compliant",
        ),
        (
            "vendor: Nobody Has Heard Of It, region: us-east-1, facts: {runs_on: aws}",
            "violation",
        ),
        (
            "vendor: Nobody Has Heard Of It, region: eu-west-3, facts: {runs_on: [aws, ovh]}",
            "unproven",
        ),
        ("vendor: Nobody Has Heard Of It, facts: {country: ZZ}", "unproven"),
        ("vendor: Datadog, region: EU, facts: {country: DE}", "compliant"),
        (
            "vendor: Datadog, region: US, facts: {country: FR}",
            "unproven",
        ),  # either may be wrong
        ("vendor: Datadog, region: EU, facts: {country: US}", "unproven"),
        ("vendor: Datadog, facts: {country: FR}", "unproven"),  # none of its sites is there
        ("vendor: Datadog, facts: {country: DE}", "compliant"),
    ],
)
def test_where_data_is_may_be_stated_unless_the_catalogue_speaks_against_it(
    tmp_path: Path, entry: str, verdict: str
) -> None:
    assert verdicts(tmp_path, entry)[AREA] == verdict


def test_software_of_ones_own_is_the_product_and_not_the_company(tmp_path: Path) -> None:
    found = verdicts(
        tmp_path,
        "vendor: Sentry, self_hosted: true, address: 'https://sentry.mutuelle-des-quais.fr'",
    )
    assert found == dict.fromkeys(
        [AREA, CONTROL, HDS, "health-data-on-qualified-service"], "unproven"
    )
    operated = verdicts(tmp_path, "vendor: Sentry, self_hosted: true, operator: docaposte")
    assert operated[CONTROL] == "compliant"
    assert verdicts(tmp_path, "vendor: Sentry, region: EU")[CONTROL] == "violation"


def test_an_operator_clears_no_vendor_that_runs_it_too(tmp_path: Path) -> None:
    operated = verdicts(
        tmp_path, "vendor: Zendesk, operator: outscale, region: cloudgouv-eu-west-1"
    )
    assert (operated[CONTROL], operated[AREA]) == ("violation", "compliant")
    assert (
        verdicts(tmp_path, "vendor: docaposte, operator: aws, region: eu-west-3")[CONTROL]
        == "violation"
    )
    unknown = verdicts(tmp_path, "vendor: Nobody Has Heard Of It, operator: docaposte")
    assert unknown[CONTROL] == "unproven"


def test_an_address_tells_the_region_and_another_company_is_a_place_besides(
    tmp_path: Path,
) -> None:
    assert (
        verdicts(tmp_path, "vendor: Auth0, address: 'https://quais.eu.auth0.com'")[AREA]
        == "compliant"
    )
    assert (
        verdicts(tmp_path, "vendor: Auth0, address: 'https://quais.us.auth0.com'")[AREA]
        == "violation"
    )
    assert verdicts(
        tmp_path, "vendor: Auth0, region: EU, address: 'https://login.mutuelle-des-quais.fr'"
    )[AREA] == ("compliant")
    elsewhere = scanned(tmp_path, "vendor: docaposte, address: 'https://quais.eu.auth0.com'")[
        "findings"
    ]
    assert {(each["placement"]["provider"], each["verdict"]) for each in elsewhere if each["policy"] == CONTROL} == {
        ("docaposte", "compliant"), ("okta", "violation"),
    }  # fmt: skip


def test_a_sub_processor_is_placed_and_judged_by_the_data_that_it_gets(
    tmp_path: Path,
) -> None:
    entry = "vendor: docaposte, sub_processors: [Twilio, {name: AWS, region: eu-west-3}, {name: Zendesk, data: [contact]}]"
    assert verdicts(tmp_path, entry)[CONTROL] == "compliant"
    assert verdicts(tmp_path, entry, "saas:x/twilio")[CONTROL] == "violation"
    aws = verdicts(tmp_path, entry, "saas:x/aws")
    assert (aws[AREA], aws[CONTROL]) == ("compliant", "violation")
    assert verdicts(tmp_path, entry, "saas:x/zendesk") == {}


def test_what_has_ended_is_not_judged_and_what_has_not_begun_is_said(tmp_path: Path) -> None:
    entry = "vendor: Zendesk, start: 2026-02-01, end: 2026-11-30, sub_processors: [Twilio]"
    assert scanned(tmp_path, entry, "2026-11-30")["findings"]  # the last day counts
    ended = scanned(tmp_path, entry, "2026-12-01")
    assert ended["findings"] == []
    assert [each["message"] for each in ended["remarks"]] == [
        "saas:x ended on 2026-11-30: it isn't judged",
        "saas:x/twilio ended on 2026-11-30: it isn't judged",
    ]
    early = scanned(tmp_path, entry, "2026-01-31")
    assert early["findings"]
    assert (
        early["remarks"][0]["message"]
        == "saas:x begins on 2026-02-01 only: it is judged as it will be"
    )


VENDORS = st.sampled_from(
    ["Unheard Of", "docaposte", "Zendesk", "brevo", "mistral", "viamedis"]
)
STATES = st.sampled_from(["FR", "DE", "US", "CH", "CN", "GB", "ZZ"])
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "seat": STATES,
        "parent": st.fixed_dictionaries({"seat": STATES}),
        "runs_on": st.sampled_from(["aws", "ovhcloud", "scaleway", "nobody"]),
    },
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(vendor=VENDORS, facts=FACTS)
def test_nothing_stated_of_a_company_makes_a_verdict_better(
    tmp_path: Path, vendor: str, facts: dict[str, Any]
) -> None:
    before = verdicts(tmp_path, f"vendor: {vendor}")
    after = verdicts(tmp_path, f"vendor: {vendor}, facts: {json.dumps(facts)}")
    assert all(ORDER[after[policy]] <= ORDER[before[policy]] for policy in before)


def test_a_code_that_is_no_states_says_nothing_and_which_was_meant(tmp_path: Path) -> None:
    for code, said in (("UK", "did you mean GB?"), ("XX", "no state of the catalogue")):
        entry = f"vendor: Nobody Has Heard Of It, facts: {{country: {code}}}"
        (found,) = [
            each for each in scanned(tmp_path, entry)["findings"] if each["policy"] == AREA
        ]
        assert found["verdict"] == "unproven"
        assert said in found["message"]
