"""On whose soil something stands: the region's, or any that its provider may have; and what follows for control."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.catalog.entries import Region
from sovlint.cli import main
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import GLOBAL_REGION, Placement, Soil
from sovlint.model.value import Fact, Known, Reason, Unknown
from sovlint.policy.requirements.control import control
from sovlint.policy.requirements.leaf import Leaf
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.peers import Peers
from sovlint.resolve.places.placement_facts import placement_at
from tests.catalog.known import control_of
from tests.resolve.house import DAY, catalog, placement

ROLE = Known("at-rest")
UNSET = Unknown(Reason.UNSET_VARIABLE, "var.region")
ORDER = (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)


def at(provider: str, region: Fact[Region]) -> Placement:
    place = ServicePlace(Known(provider), Unknown(Reason.NO_EVIDENCE, "service"), region)
    return placement_at(place, ROLE, catalog(), (), DAY)


def asked(found: Placement, accept: Sequence[str] = ()) -> Leaf:
    return control(found, catalog().world(DAY), "EEA", tuple(accept))


def states(found: Placement) -> set[str | None]:
    """The states whose soil it is or may be."""
    soil = found.soil
    members = (soil,) if isinstance(soil, Known) else soil.among or ()
    return {member.value.state for member in members if isinstance(member.value, Soil)}


BUCKET = 'variable "r" {{}}\nresource "ionoscloud_s3_bucket" "b" {{\n  region = {}\n}}\n'


@pytest.mark.parametrize(
    ("region", "verdict", "soil"),
    [
        ('"us-central-1"', "violation", {"US"}),
        ('"eu-central-2"', "compliant", {"DE"}),
        ('"eu-south-2"', "compliant", {"ES"}),
        ("var.r", "unproven", {"DE", "ES", "FR", "GB", "US"}),
        ('var.r == "x" ? "us-central-1" : "eu-central-2"', "unproven", {"US", "DE"}),
        ('var.r == "x" ? "us/las" : "gb/lhr"', "violation", {"US", "GB"}),
        ('var.r == "x" ? "us/las" : "us/ewr"', "violation", {"US"}),
        ('var.r == "x" ? "de/fra" : "eu-south-2"', "compliant", {"DE", "ES"}),
        ('"moon-1"', "unproven", set()),
    ],
)
def test_a_german_company(region: str, verdict: str, soil: set[str]) -> None:
    found = placement(BUCKET.format(region), "ionoscloud_s3_bucket.b")
    assert isinstance(found.control, Known)
    assert found.control.value == control_of("ionos"), "the company's, wherever it stands"
    assert (asked(found).verdict.value, states(found)) == (verdict, soil)


def test_states_accepted_are_no_other() -> None:
    found = placement(BUCKET.format('"us-central-1"'), "ionoscloud_s3_bucket.b")
    assert asked(found, ["US"]).verdict is Verdict.COMPLIANT
    assert asked(found, ["CH"]).verdict is Verdict.VIOLATION
    anywhere = placement(BUCKET.format("var.r"), "ionoscloud_s3_bucket.b")
    assert asked(anywhere, ["US"]).verdict is Verdict.UNPROVEN, (
        "it may be in the United Kingdom"
    )
    assert asked(anywhere, ["US", "GB"]).verdict is Verdict.COMPLIANT


def test_where_no_region_lies_outside_the_company_decides() -> None:
    assert asked(at("scaleway", UNSET)).verdict is Verdict.COMPLIANT
    assert at("docaposte", UNSET).soil.value == Soil()  # type: ignore[union-attr]
    assert asked(at("docaposte", UNSET)).verdict is Verdict.COMPLIANT
    assert (
        asked(at("scaleway", Unknown(Reason.NOT_IN_CATALOGUE, "us-east-1"))).verdict
        is Verdict.UNPROVEN
    )


def test_a_service_without_a_region_may_be_wherever_its_provider_is() -> None:
    def everywhere(provider: str) -> Placement:
        return at(provider, Known(Region(GLOBAL_REGION, None, ())))

    assert asked(everywhere("scaleway")).verdict is Verdict.COMPLIANT
    assert asked(everywhere("ionos")).verdict is Verdict.UNPROVEN
    assert asked(everywhere("aws")).verdict is Verdict.VIOLATION


def test_a_region_spread_over_several_states() -> None:
    assert (
        asked(at("scaleway", Known(Region("EU", None, ("EEA", "EU"))))).verdict
        is Verdict.COMPLIANT
    )
    assert asked(at("scaleway", Known(Region("EMEA", None, ())))).verdict is Verdict.UNPROVEN
    either = (Known(Region("EU", None, ("EEA", "EU"))), Known(Region("us", "US", ())))
    assert asked(at("scaleway", UNSET.but(among=either))).verdict is Verdict.UNPROVEN


def test_not_knowing_the_region_never_makes_control_better() -> None:
    for name, provider in catalog().providers.items():
        unknown = asked(at(name, UNSET)).verdict
        for region in provider.regions.values():
            known = asked(at(name, Known(region))).verdict
            assert ORDER.index(unknown) <= max(
                ORDER.index(known), ORDER.index(Verdict.UNPROVEN)
            ), (
                name,
                region.code,
            )


def test_nothing_outside_is_ever_called_under_these_states_alone() -> None:
    for name, provider in catalog().providers.items():
        for region in provider.regions.values():
            outside = region.country is not None and "EEA" not in region.areas
            found = asked(at(name, Known(region)))
            assert not (outside and found.verdict is not Verdict.VIOLATION), (
                name,
                region.code,
            )


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        ("vendor: scaleway", "compliant"),
        ("vendor: ionos", "unproven"),
        ("vendor: ionos, region: us-central-1", "violation"),
        ("vendor: ionos, facts: {country: DE}", "compliant"),
        ("vendor: ionos, facts: {country: US}", "violation"),
        ("vendor: ionos, facts: {country: NO}", "unproven"),
        ("vendor: ionos, region: eu-central-2, facts: {country: US}", "unproven"),
        ("vendor: docaposte, facts: {country: US}", "violation"),
        ("vendor: docaposte, facts: {country: CH}", "violation"),
        ("vendor: docaposte, facts: {country: FR}", "compliant"),
        ("vendor: docaposte, facts: {country: IE}", "compliant"),
        ("vendor: Unheard Of, facts: {country: IN}", "violation"),
        ("vendor: Unheard Of, facts: {country: FR}", "unproven"),
    ],
)
def test_a_country_that_an_inventory_states(tmp_path: Path, entry: str, verdict: str) -> None:
    (tmp_path / "saas.yaml").write_text(
        f"services:\n  - {{id: x, data: [health], {entry}}}\n", "utf-8"
    )
    assert _control(tmp_path) == verdict


@pytest.mark.parametrize("country", ["US", "FR"])
def test_a_document_that_facts_wrote_keeps_the_country(tmp_path: Path, country: str) -> None:
    inventory = f"services:\n  - {{id: x, data: [health], vendor: docaposte, facts: {{country: {country}}}}}\n"
    (tmp_path / "saas.yaml").write_text(inventory, "utf-8")
    before = _control(tmp_path)
    document = tmp_path / "again" / "services.cdx.json"
    document.parent.mkdir()
    CliRunner().invoke(
        main, ["facts", str(tmp_path), "--format", "cyclonedx", "-o", str(document)]
    )
    (tmp_path / "saas.yaml").unlink()
    assert _control(tmp_path) == before


def test_an_attested_country_settles_it(tmp_path: Path) -> None:
    (tmp_path / "saas.yaml").write_text(
        "services:\n  - {id: x, data: [health], vendor: ionos}\n", "utf-8"
    )
    attested = (
        "attestations:\n  - {{claim: {{country: {}}}, subject: {{provider: ionos}}, evidence: contract, owner: dpo, "
        "issued: 2026-10-01, expires: 2027-02-01}}\n"
    )
    for country, verdict in {"DE": "compliant", "US": "violation"}.items():
        (tmp_path / "sovlint.yaml").write_text(attested.format(country), "utf-8")
        assert _control(tmp_path) == verdict


def _control(folder: Path) -> str:
    arguments = [
        "scan",
        str(folder),
        "--format",
        "json",
        "--as-of",
        DAY.isoformat(),
        "--show",
        "compliant",
    ]
    report = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).stdout)
    (found,) = [
        each
        for each in report["findings"]
        if each["policy"] == "health-data-under-eu-control"
    ]
    return str(found["verdict"])


def test_candidates_for_a_remedy_stand_on_their_own_soil() -> None:
    market = Peers(catalog(), (), DAY)
    placed = placement(BUCKET.format('"us-central-1"'), "ionoscloud_s3_bucket.b")
    kind = market.kind(placed)
    assert kind is not None
    met = 0
    for offered in market.services(kind):
        for candidate in offered.regions():
            region = catalog().find_region(
                _value(candidate.placement.provider), _value(candidate.placement.region)
            )
            assert region is not None
            if region.code != GLOBAL_REGION:
                met += 1
                assert asked(candidate.placement).verdict is asked(candidate.on(DAY)).verdict
                assert states(candidate.placement) == (
                    {region.country} if region.country or region.areas else set()
                )
    assert met


def _value(fact: Fact[str]) -> str:
    assert isinstance(fact, Known)
    return fact.value
