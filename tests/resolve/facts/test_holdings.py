"""Qualifications by offer, scope and date, as the shipped catalogue has them; attestations fill unknowns only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.catalog.entries import Region, Scheme, ServiceOffer, Version
from sovlint.model.attestation import Attestation
from sovlint.model.placement import Holding, Source
from sovlint.model.source import Span
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Known, Reason, Unknown
from sovlint.resolve.facts.holdings import _at
from sovlint.resolve.facts.offers import standing
from sovlint.resolve.facts.service_place import ServicePlace
from tests.catalog.known import FACTS
from tests.resolve.house import DAY, catalog, holding, placement, resolved, shown

AWS = 'provider "aws" {{\n  region = "{}"\n}}\nresource "aws_db_instance" "d" {{}}\n'


def alone(fact: dict[str, Any]) -> Holding:
    """A qualification of a resource that has nothing but a region, on a day."""
    kind = fact["type"]
    text = f'provider "{kind.partition("_")[0]}" {{\n  region = "{fact["region"]}"\n}}\nresource "{kind}" "r" {{}}\n'
    return holding(placement(text, f"{kind}.r", day=fact["day"]), fact["scheme"])


@pytest.mark.parametrize(
    "fact",
    FACTS["holdings"],
    ids=lambda fact: f"{fact['type']}-{fact['region']}-{fact['day']}",
)
def test_what_is_held_region_by_region_and_day_by_day(fact: dict[str, Any]) -> None:
    found = alone(fact).held
    assert (found.value if isinstance(found, Known) else None) is fact["held"]


def test_past_its_end_the_note_says_what_is_known() -> None:
    fact = FACTS["not_renewed"]
    found = alone(fact)
    assert found.note is not None
    assert found.note.key == "resolve.renewal-not-found"
    assert (found.note.params["until"], found.note.params["read"]) == (
        fact["until"],
        fact["read"],
    )


def vouched(
    qualification: str, provider: str | None, region: str | None, evidence: str = "x"
) -> Attestation:
    """By the DPO, of any subject, for 2026."""
    return Attestation(
        qualification, provider, region, evidence, matches_address=None, matches_path=None, owner="dpo",
        issued=date(2026, 1, 1), expires=date(2027, 1, 1), where=SPAN,
    )  # fmt: skip


def hds(provider: str, region: str | None) -> Attestation:
    return vouched("hds", provider, region, "contract 1")


@pytest.mark.parametrize(
    ("provider", "region", "address"),
    [
        ("aws", "eu-west-3", "aws_db_instance.d"),
        ("google", "europe-west9", "google_sql_database_instance.d"),
        ("scaleway", "fr-par", "scaleway_object_bucket.d"),
    ],
)
def test_every_host_is_unproven_until_its_contract_is_attested(
    provider: str, region: str, address: str
) -> None:
    text = f'provider "{provider}" {{\n  region = "{region}"\n}}\nresource "{address.split(".")[0]}" "d" {{}}\n'
    at = placement(text, address)
    found = holding(at, "hds")
    assert isinstance(found.held, Unknown)
    assert isinstance(at.provider, Known)
    assert found.waits_for is not None
    assert found.waits_for.id == f"hds-contract:{at.provider.value}"
    attested = hds(at.provider.value, region)
    placed = resolved(text, attested=[attested])[0][address].placements[0]
    assert shown(holding(placed, "hds").held) is True
    assert (holding(placed, "hds").attested, holding(placed, "hds").waits_for) == (
        "dpo",
        None,
    )
    for other in (
        replace(attested, region="nl-ams"),
        replace(attested, provider="ovhcloud"),
        replace(attested, expires=date(2026, 11, 23)),
        replace(attested, issued=date(2026, 11, 25)),
        replace(attested, matches_address=lambda address: False),
        replace(attested, matches_path=lambda path: False),
    ):
        placed = resolved(text, attested=[other])[0][address].placements[0]
        assert isinstance(holding(placed, "hds").held, Unknown)


@pytest.mark.parametrize("subject", [("aws", "us-east-1"), ("aws", None)])
def test_outside_the_eea_an_attestation_of_hds_fills_nothing_and_that_is_said(
    subject: tuple[str, str | None],
) -> None:
    placed = resolved(AWS.format("us-east-1"), attested=[hds(*subject)])[0][
        "aws_db_instance.d"
    ].placements[0]
    found = holding(placed, "hds")
    assert shown(found.held) is False
    assert found.note is not None
    assert found.note.key == "resolve.attestation-overruled"
    assert isinstance(found.note.params["why"], Note)
    assert found.note.params["why"].key == "resolve.outside-hosting"
    assert found.overruled == (SPAN,)


LAST = FACTS["first_hds_until"]


@pytest.mark.parametrize(("day", "held"), [(LAST, None), (LAST + timedelta(days=1), False)])
def test_the_eea_is_asked_for_by_the_second_version_alone(
    day: date, held: bool | None
) -> None:
    """A host of which no certificate is known may have had one of the first version in Virginia, while that counted."""
    text = 'provider "hcloud" {}\nresource "hcloud_server" "d" {\n  location = "ash"\n}\n'
    found = holding(placement(text, "hcloud_server.d", day=day), "hds").held
    assert (found.value if isinstance(found, Known) else None) is held


def test_a_host_that_is_not_listed_holds_no_hds_outside_the_eea_either() -> None:
    text = 'provider "hcloud" {{}}\nresource "hcloud_server" "d" {{\n  location = "{}"\n}}\n'
    assert isinstance(
        holding(placement(text.format("nbg1"), "hcloud_server.d"), "hds").held, Unknown
    )
    assert (
        shown(holding(placement(text.format("ash"), "hcloud_server.d"), "hds").held) is False
    )


@pytest.mark.parametrize("kind", ["aws_gamelift_fleet", "aws_bedrockagent_agent"])
def test_what_no_list_has_is_unproven_until_attested(kind: str) -> None:
    text = AWS.format("eu-west-3") + f'resource "{kind}" "x" {{}}\n'
    found = holding(placement(text, f"{kind}.x"), "hds")
    assert isinstance(found.held, Unknown)
    placed = resolved(text, attested=[hds("aws", "eu-west-3")])[0][f"{kind}.x"].placements[0]
    assert shown(holding(placed, "hds").held) is True


def test_a_type_that_the_catalogue_lacks_is_never_attested() -> None:
    kind = "aws_chimesdkvoice_voice_connector"
    text = AWS.format("eu-west-3") + f'resource "{kind}" "x" {{}}\n'
    for attested in (
        hds("aws", "eu-west-3"),
        replace(hds("aws", "eu-west-3"), services=("s3",)),
        replace(hds("aws", "eu-west-3"), matches_address=lambda address: True),
    ):
        placed = resolved(text, attested=[attested])[0][f"{kind}.x"].placements[0]
        found = holding(placed, "hds")
        assert isinstance(found.held, Unknown)
        assert found.note is not None
        assert (found.note.key, found.waits_for) == (
            "resolve.attestation-unknown-service",
            None,
        )


LISTED, UNLISTED = "scaleway_object_bucket", "scaleway_rdb_instance"
"""One of a service that the host's list has, and one of a service that it lacks."""


@pytest.mark.parametrize(
    ("kind", "services", "held"),
    [
        (LISTED, (), True),
        (UNLISTED, (), False),
        (LISTED, ("object-storage",), True),
        (LISTED, ("database",), False),
        (UNLISTED, ("database", "redis"), True),
    ],
)
def test_an_attestation_covers_the_services_that_it_names_else_those_that_are_listed(
    kind: str, services: tuple[str, ...], held: bool
) -> None:
    text = f'provider "scaleway" {{\n  region = "fr-par"\n}}\nresource "{kind}" "x" {{}}\n'
    attested = replace(hds("scaleway", "fr-par"), services=services)
    placed = resolved(text, attested=[attested])[0][f"{kind}.x"].placements[0]
    found = holding(placed, "hds")
    assert isinstance(found.held, Known) is held
    assert found.note is not None
    assert held or found.note.key == "resolve.attestation-needs-service"


def test_an_attestation_at_fault_counts_for_no_service_that_a_sound_one_leaves_out() -> None:
    text = f'provider "scaleway" {{\n  region = "fr-par"\n}}\nresource "{LISTED}" "x" {{}}\n'
    sound = replace(hds("scaleway", "fr-par"), services=("database",))
    void = replace(
        hds("scaleway", "fr-par"),
        services=("object-storage",),
        fault=Note("resolve.attested"),
    )
    placed = resolved(text, attested=[sound, void])[0][f"{LISTED}.x"].placements[0]
    found = holding(placed, "hds")
    assert isinstance(found.held, Unknown)
    assert found.note is not None
    assert found.note.key == "resolve.attestation-void"


def test_a_service_that_is_not_known_does_not_wait_for_the_contract_alone() -> None:
    kind = "aws_chimesdkvoice_voice_connector"
    found = holding(
        placement(AWS.format("eu-west-3") + f'resource "{kind}" "x" {{}}\n', f"{kind}.x"),
        "hds",
    )
    assert found.waits_for is None
    assert found.note is not None
    assert found.note.key == "resolve.service-unknown-ordered"


def test_one_of_several_regions_may_wait_for_the_same_contract_and_not_where_one_is_outside() -> (
    None
):
    def waits(other: str) -> str | None:
        text = f'variable "x" {{}}\nprovider "aws" {{\n  region = var.x ? "eu-west-3" : "{other}"\n}}\n'
        found = holding(
            placement(text + 'resource "aws_db_instance" "d" {}\n', "aws_db_instance.d"),
            "hds",
        )
        assert isinstance(found.held, Unknown)
        return found.waits_for.id if found.waits_for else None

    assert waits("eu-central-1") == "hds-contract:aws"
    assert waits("us-east-1") is None


def test_an_attestation_never_overrides_what_is_proved() -> None:
    attested = vouched("secnumcloud", None, None)
    text = 'provider "aws" {\n  region = "eu-west-3"\n}\nresource "aws_db_instance" "d" {}\n'
    placed = resolved(text, attested=[attested])[0]["aws_db_instance.d"].placements[0]
    assert shown(holding(placed, "secnumcloud").held) is False


def attestation(**subject: object) -> Attestation:
    """Of SecNumCloud, by the DPO, of any subject but as told."""
    return replace(vouched("secnumcloud", None, None), **subject)  # type: ignore[arg-type]


def volume(settings: str, attested: Attestation) -> Holding:
    """SecNumCloud of a volume at Outscale, with this provider block and this attestation."""
    text = f'variable "x" {{}}\nprovider "outscale" {{\n  {settings}\n}}\nresource "outscale_volume" "v" {{}}\n'
    return holding(
        resolved(text, attested=[attested])[0]["outscale_volume.v"].placements[0],
        "secnumcloud",
    )


def test_an_attestation_fills_nothing_where_one_of_the_regions_surely_lacks_it() -> None:
    either = 'region = var.x ? "cloudgouv-eu-west-1" : "eu-west-2"'
    for subject in (
        {"provider": "outscale"},
        {"provider": "outscale", "region": "eu-west-2"},
        {},
    ):
        assert isinstance(volume(either, attestation(**subject)).held, Unknown)


def test_an_attestation_waits_for_the_region_where_offers_depend_on_it() -> None:
    found = volume("region = var.x", attestation(provider="outscale"))
    assert isinstance(found.held, Unknown)
    assert found.note is not None
    assert found.note.key == "resolve.attestation-needs-region"


def test_an_attestation_waits_for_the_provider() -> None:
    settings = 'api {\n    endpoint = var.x\n    region = "cloudgouv-eu-west-1"\n  }'
    found = volume(
        settings, attestation(matches_address=lambda address: address == "outscale_volume.v")
    )
    assert isinstance(found.held, Unknown)
    assert found.note is not None
    assert found.note.key == "resolve.attestation-needs-provider"


def test_an_attestation_says_nothing_of_a_region_that_may_lie_outside() -> None:
    text = 'variable "x" {}\nprovider "ovh" {\n  endpoint = "ovh-eu"\n}\n'
    text += (
        'resource "ovh_cloud_project_database" "d" {\n  nodes {\n    region = var.x\n  }\n}\n'
    )
    attested = attestation(qualification="hds", provider="ovhcloud")
    found = resolved(text, attested=[attested])[0]["ovh_cloud_project_database.d"].placements[
        0
    ]
    assert isinstance(found.region, Unknown)
    assert shown(holding(found, "hds").held) == "no-evidence: region"


def test_public_cloud_of_ovh_is_outside_of_its_offers() -> None:
    text = 'provider "ovh" {\n  endpoint = "ovh-eu"\n}\n'
    text += (
        'resource "ovh_cloud_project_database" "d" {\n  nodes {\n    region = "GRA"\n  }\n}\n'
    )
    assert (
        shown(holding(placement(text, "ovh_cloud_project_database.d"), "secnumcloud").held)
        is False
    )


def test_s3ns_covers_what_is_listed_and_leaves_ai_out() -> None:
    provider = 'provider "google" {\n  universe_domain = "s3nsapis.fr"\n  region = "u-france-east1"\n}\n'
    sql = placement(
        provider + 'resource "google_sql_database_instance" "d" {}\n',
        "google_sql_database_instance.d",
    )
    assert shown(holding(sql, "secnumcloud").held) is True
    model = placement(
        provider + 'resource "google_vertex_ai_endpoint" "e" {}\n',
        "google_vertex_ai_endpoint.e",
    )
    assert shown(holding(model, "secnumcloud").held) is False


# --- the rules, on an offer made for it

SPAN = Span("sovlint.yaml", 1, 1, 1, 1)
SOURCE = Source("https://example.org", "2026-01-01", "made up")
OFFER = ServiceOffer(
    provider="acme", offer="Vault", version="v2", since=date(2025, 1, 1), until=date(2027, 1, 1), regions=("r1",),
    area=None,
    services=("vm",), excluded=("ai",), services_complete=False, indistinct=False, requires=None,
    source=SOURCE,
)  # fmt: skip
R1, R2 = Region("r1", "FR", ("EEA", "EU")), Region("r2", "US", ())


def held(
    offer: ServiceOffer | None,
    service: object = "vm",
    region: object = R1,
    day: date = DAY,
    complete: bool = True,
) -> bool | None:
    """Whether the made-up scheme is held: yes, no, or not known."""
    versions = (
        Version("v1", None, date(2026, 5, 16)),
        Version("v2", date(2024, 11, 16), None),
    )
    scheme = Scheme(
        "label",
        Bilingual("Label", "Label"),
        versions,
        complete,
        date(2026, 9, 15),
        SOURCE,
        {"acme": (offer,) if offer else ()},
    )
    where = (
        Known(region)
        if isinstance(region, Region)
        else Unknown(Reason.UNSET_VARIABLE, "var.r")
    )
    if isinstance(region, tuple):
        where = Unknown(
            Reason.UNSET_VARIABLE, "var.r", among=tuple(Known(each) for each in region)
        )
    what = Known(service) if isinstance(service, str) else Unknown(Reason.NOT_IN_CATALOGUE)
    if isinstance(service, tuple):
        what = Unknown(Reason.MULTI_VALUED, among=tuple(map(Known, service)))
    found = _at(ServicePlace(Known("acme"), what, where), scheme, catalog(), day).held  # type: ignore[arg-type]
    return bool(found.value) if isinstance(found, Known) else None


def test_scope_of_an_offer() -> None:
    assert held(OFFER) is True
    assert held(OFFER, region=R2) is False
    assert held(OFFER, region=None) is None
    assert held(OFFER, region=(R1, R2)) is None
    assert held(replace(OFFER, regions=("r1", "r2")), region=(R1, R2)) is True
    assert held(OFFER, region=(R2,)) is False
    assert held(replace(OFFER, regions=None, area="EEA"), region=R1) is True
    assert held(replace(OFFER, regions=None, area="EEA"), region=R2) is False
    assert held(replace(OFFER, regions=None)) is None
    assert held(replace(OFFER, regions_complete=False)) is True
    assert held(replace(OFFER, regions_complete=False), region=R2) is None, (
        "of a list that isn't complete, the rest isn't known"
    )


def test_services_of_an_offer() -> None:
    assert held(OFFER, service="ai") is False
    assert held(OFFER, service="database") is None
    assert held(replace(OFFER, services_complete=True), service="database") is False
    assert held(replace(OFFER, services=("*",)), service="database") is True
    assert held(OFFER, service=None) is None
    assert held(replace(OFFER, services=("*",)), service=None) is None, (
        "one that isn't known is no better"
    )
    assert held(replace(OFFER, services=("*",), excluded=()), service=None) is None
    assert (
        held(replace(OFFER, services=("vm", "database")), service=("vm", "database")) is True
    )
    assert held(replace(OFFER, services_complete=True), service=("database", "ai")) is False
    assert held(replace(OFFER, services_complete=True), service=("vm", "ai")) is None
    assert held(replace(OFFER, services=None)) is None, "nothing was read of its services"
    assert held(replace(OFFER, services=None), service="ai") is False
    assert held(OFFER, service="ai", region=None) is False


def test_dates_of_an_offer() -> None:
    assert held(OFFER, day=date(2027, 1, 1)) is True
    assert held(OFFER, day=date(2027, 1, 2)) is None, "the list was read before that end"
    assert held(replace(OFFER, until=date(2026, 9, 1))) is False, (
        "the list was read after that end"
    )
    assert held(OFFER, day=date(2024, 12, 31)) is False
    assert held(OFFER, day=date(2025, 1, 1)) is True, (
        "it counts on the day on which it starts"
    )
    assert held(replace(OFFER, since=date(2024, 1, 1)), day=date(2024, 11, 15)) is False
    assert held(replace(OFFER, since=date(2024, 1, 1)), day=date(2024, 11, 16)) is True, (
        "and so does its version"
    )
    assert held(replace(OFFER, since=None)) is True
    assert held(replace(OFFER, since=None), day=date(2026, 9, 14)) is None
    assert held(replace(OFFER, version="v1")) is False
    assert held(replace(OFFER, version="v1"), day=date(2026, 5, 16)) is True
    assert held(replace(OFFER, version=None)) is None


def test_without_an_end_it_counts_for_three_years_where_a_source_dates_it() -> None:
    endless = replace(OFFER, until=None, since=date(2024, 11, 25))
    assert held(endless) is None
    assert held(replace(endless, assumable=True)) is True
    assert held(replace(endless, assumable=True), day=date(2024, 11, 25)) is True
    assert held(replace(endless, assumable=True), day=date(2027, 11, 24)) is True
    assert held(replace(endless, assumable=True), day=date(2027, 11, 25)) is None
    assert held(replace(endless, assumable=True, since=None)) is None


def test_what_code_cannot_show() -> None:
    assert held(replace(OFFER, indistinct=True)) is None
    assert held(replace(OFFER, requires=Bilingual("a contract", "un contrat"))) is None
    assert (
        held(replace(OFFER, requires=Bilingual("a contract", "un contrat")), region=R2)
        is False
    )


def test_no_offer_is_not_held_only_where_the_list_is_complete() -> None:
    assert held(None) is False
    assert held(None, complete=False) is None


@pytest.mark.parametrize(("provider", "scheme", "day", "held", "notes"), FACTS["standing"])
def test_how_an_offer_stands_for_whoever_uses_it(
    provider: str, scheme: str, day: date, held: bool | None, notes: list[str]
) -> None:
    found = catalog().schemes[scheme]
    answer, said = standing(found.offers[provider][0], found, day)
    assert (answer, [note.key for note in said]) == (held, notes)


def test_by_code_alone_no_host_holds_hds_and_none_is_better_than_another() -> None:
    """Every host, every region: unproven inside the EEA and held once attested, whoever controls the host; outside, or
    where a certificate names other sites, not held, whatever is attested."""
    found = catalog().schemes["hds"]
    for provider, (offer,) in found.offers.items():
        for region in catalog().providers[provider].regions.values():
            if region.country is None and not region.areas:
                continue
            service: object = Known((offer.services or ("any",))[0])
            covered = "EEA" in region.areas and (
                offer.regions is None
                or region.code in offer.regions
                or not offer.regions_complete
            )
            for what in (service, Unknown(Reason.NOT_IN_CATALOGUE, "any")):
                at = ServicePlace(Known(provider), what, Known(region))  # type: ignore[arg-type]
                alone, attested = (
                    _at(at, found, catalog(), DAY, vouched).held
                    for vouched in ((), [hds(provider, region.code)])
                )
                assert shown(alone) is not True, (provider, region.code)
                assert (shown(alone) is False) is not covered, (provider, region.code)
                if isinstance(what, Known):
                    assert shown(attested) is covered, (provider, region.code)
                else:
                    assert shown(attested) is not True, (provider, region.code)
