"""Qualifications by offer, scope and date, as the shipped catalogue has them; attestations fill unknowns only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sovlint.catalog.entries import Offer, Region, Scheme, Version
from sovlint.model.attestation import Attestation
from sovlint.model.placement import Holding, Source
from sovlint.model.source import Span
from sovlint.model.text import Bilingual
from sovlint.model.value import Known, Reason, Unknown
from sovlint.resolve.holdings import _at
from sovlint.resolve.offers import standing
from sovlint.resolve.regions import Place
from tests.resolve.house import DAY, catalog, holding, placement, resolved, shown

OUTSCALE = 'provider "outscale" {{\n  region = "{}"\n}}\nresource "outscale_volume" "v" {{}}\n'


@pytest.mark.parametrize(
    ("region", "day", "held"),
    [
        ("cloudgouv-eu-west-1", date(2026, 11, 24), True),
        ("cloudgouv-eu-west-1", date(2026, 11, 30), True),
        ("cloudgouv-eu-west-1", date(2026, 12, 15), None),
        ("cloudgouv-eu-west-1", date(2023, 11, 29), False),
        ("eu-west-2", date(2026, 11, 24), False),
        ("eu-west-2", date(2026, 12, 15), False),
    ],
)
def test_outscale_day_by_day(region: str, day: date, held: bool | None) -> None:
    found = holding(placement(OUTSCALE.format(region), "outscale_volume.v", day=day), "secnumcloud")
    assert (found.held.value if isinstance(found.held, Known) else None) is held


def test_past_its_end_the_note_says_what_is_known() -> None:
    found = holding(
        placement(OUTSCALE.format("cloudgouv-eu-west-1"), "outscale_volume.v", day=date(2026, 12, 15)), "secnumcloud"
    )
    assert found.note is not None
    assert found.note.key == "resolve.renewal-not-found"
    assert (found.note.params["until"], found.note.params["read"]) == ("2026-11-30", "2026-09-15")


def test_aws_proves_hds_in_the_eea_with_an_assumed_end_and_nowhere_else() -> None:
    def aws(region: str, day: date = DAY) -> object:
        text = f'provider "aws" {{\n  region = "{region}"\n}}\nresource "aws_db_instance" "d" {{}}\n'
        return shown(holding(placement(text, "aws_db_instance.d", day=day), "hds").held)

    assert aws("eu-west-3") is True
    assert aws("us-east-1") is False
    assert aws("eu-west-2") is False
    assert aws("eu-west-3", date(2029, 5, 1)) is not True
    assert aws("eu-west-3", date(2026, 4, 20)) is False
    assert aws("eu-west-3", date(2026, 4, 21)) is True


def test_most_french_hosts_are_unproven_until_attested() -> None:
    text = 'provider "scaleway" {\n  region = "fr-par"\n}\nresource "scaleway_rdb_instance" "d" {}\n'
    found = holding(placement(text, "scaleway_rdb_instance.d"), "hds")
    assert isinstance(found.held, Unknown)
    attested = Attestation(
        "hds", "scaleway", "fr-par", None, None, "contract 1", "dpo", date(2026, 1, 1), date(2027, 1, 1), SPAN
    )
    placed = resolved(text, attested=[attested])[0]["scaleway_rdb_instance.d"].placements[0]
    assert shown(holding(placed, "hds").held) is True
    assert holding(placed, "hds").attested == "dpo"
    for other in (
        replace(attested, region="nl-ams"),
        replace(attested, provider="ovhcloud"),
        replace(attested, expires=date(2026, 11, 23)),
        replace(attested, issued=date(2026, 11, 25)),
        replace(attested, matches_address=lambda address: False),
        replace(attested, matches_path=lambda path: False),
    ):
        placed = resolved(text, attested=[other])[0]["scaleway_rdb_instance.d"].placements[0]
        assert isinstance(holding(placed, "hds").held, Unknown)


def test_an_attestation_never_overrides_what_is_proved() -> None:
    attested = Attestation("secnumcloud", None, None, None, None, "x", "dpo", date(2026, 1, 1), date(2027, 1, 1), SPAN)
    text = 'provider "aws" {\n  region = "eu-west-3"\n}\nresource "aws_db_instance" "d" {}\n'
    placed = resolved(text, attested=[attested])[0]["aws_db_instance.d"].placements[0]
    assert shown(holding(placed, "secnumcloud").held) is False


def attestation(**subject: object) -> Attestation:
    """Of SecNumCloud, by the DPO, of any subject but as told."""
    usual = Attestation("secnumcloud", None, None, None, None, "x", "dpo", date(2026, 1, 1), date(2027, 1, 1), SPAN)
    return replace(usual, **subject)  # type: ignore[arg-type]


def volume(settings: str, attested: Attestation) -> Holding:
    """SecNumCloud of a volume at Outscale, with this provider block and this attestation."""
    text = f'variable "x" {{}}\nprovider "outscale" {{\n  {settings}\n}}\nresource "outscale_volume" "v" {{}}\n'
    return holding(resolved(text, attested=[attested])[0]["outscale_volume.v"].placements[0], "secnumcloud")


def test_an_attestation_fills_nothing_where_one_of_the_regions_surely_lacks_it() -> None:
    either = 'region = var.x ? "cloudgouv-eu-west-1" : "eu-west-2"'
    for subject in ({"provider": "outscale"}, {"provider": "outscale", "region": "eu-west-2"}, {}):
        assert isinstance(volume(either, attestation(**subject)).held, Unknown)


def test_an_attestation_waits_for_the_region_where_offers_depend_on_it() -> None:
    found = volume("region = var.x", attestation(provider="outscale"))
    assert isinstance(found.held, Unknown)
    assert found.note is not None
    assert found.note.key == "resolve.attestation-needs-region"


def test_an_attestation_waits_for_the_provider() -> None:
    settings = 'api {\n    endpoint = var.x\n    region = "cloudgouv-eu-west-1"\n  }'
    found = volume(settings, attestation(matches_address=lambda address: address == "outscale_volume.v"))
    assert isinstance(found.held, Unknown)
    assert found.note is not None
    assert found.note.key == "resolve.attestation-needs-provider"


def test_an_attestation_fills_an_unknown_region_where_no_offer_depends_on_it() -> None:
    text = 'variable "x" {}\nprovider "ovh" {\n  endpoint = "ovh-eu"\n}\n'
    text += 'resource "ovh_cloud_project_database" "d" {\n  nodes {\n    region = var.x\n  }\n}\n'
    attested = attestation(qualification="hds", provider="ovhcloud")
    found = resolved(text, attested=[attested])[0]["ovh_cloud_project_database.d"].placements[0]
    assert isinstance(found.region, Unknown)
    assert shown(holding(found, "hds").held) is True


def test_public_cloud_of_ovh_is_outside_of_its_offers() -> None:
    text = 'provider "ovh" {\n  endpoint = "ovh-eu"\n}\n'
    text += 'resource "ovh_cloud_project_database" "d" {\n  nodes {\n    region = "GRA"\n  }\n}\n'
    assert shown(holding(placement(text, "ovh_cloud_project_database.d"), "secnumcloud").held) is False


def test_s3ns_covers_what_is_listed_and_leaves_ai_out() -> None:
    provider = 'provider "google" {\n  universe_domain = "s3nsapis.fr"\n  region = "u-france-east1"\n}\n'
    sql = placement(provider + 'resource "google_sql_database_instance" "d" {}\n', "google_sql_database_instance.d")
    assert shown(holding(sql, "secnumcloud").held) is True
    model = placement(provider + 'resource "google_vertex_ai_endpoint" "e" {}\n', "google_vertex_ai_endpoint.e")
    assert shown(holding(model, "secnumcloud").held) is False


# --- the rules, on an offer made for it

SPAN = Span("sovlint.yaml", 1, 1, 1, 1)
SOURCE = Source("https://example.org", "2026-01-01", "made up")
OFFER = Offer(
    provider="acme", offer="Vault", version="v2", since=date(2025, 1, 1), until=date(2027, 1, 1), regions=("r1",),
    area=None,
    services=("vm",), excluded=("ai",), services_complete=False, indistinct=False, requires=None,
    source=SOURCE,
)  # fmt: skip
R1, R2 = Region("r1", "FR", ("EEA", "EU")), Region("r2", "US", ())


def held(
    offer: Offer | None, service: object = "vm", region: object = R1, day: date = DAY, complete: bool = True
) -> bool | None:
    """Whether the made-up scheme is held: yes, no, or not known."""
    versions = (Version("v1", None, date(2026, 5, 16)), Version("v2", date(2024, 11, 16), None))
    scheme = Scheme(
        "label",
        Bilingual("Label", "Label"),
        versions,
        complete,
        date(2026, 9, 15),
        SOURCE,
        {"acme": (offer,) if offer else ()},
    )
    where = Known(region) if isinstance(region, Region) else Unknown(Reason.UNSET_VARIABLE, "var.r")
    if isinstance(region, tuple):
        where = Unknown(Reason.UNSET_VARIABLE, "var.r", among=tuple(Known(each) for each in region))
    what = Known(service) if isinstance(service, str) else Unknown(Reason.NOT_IN_CATALOGUE)
    found = _at(Place(Known("acme"), what, where), scheme, day).held  # type: ignore[arg-type]
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


def test_services_of_an_offer() -> None:
    assert held(OFFER, service="ai") is False
    assert held(OFFER, service="database") is None
    assert held(replace(OFFER, services_complete=True), service="database") is False
    assert held(replace(OFFER, services=("*",)), service="database") is True
    assert held(OFFER, service=None) is None
    assert held(OFFER, service="ai", region=None) is False


def test_dates_of_an_offer() -> None:
    assert held(OFFER, day=date(2027, 1, 1)) is True
    assert held(OFFER, day=date(2027, 1, 2)) is None, "the list was read before that end"
    assert held(replace(OFFER, until=date(2026, 9, 1))) is False, "the list was read after that end"
    assert held(OFFER, day=date(2024, 12, 31)) is False
    assert held(OFFER, day=date(2025, 1, 1)) is True, "it counts on the day on which it starts"
    assert held(replace(OFFER, since=date(2024, 1, 1)), day=date(2024, 11, 15)) is False
    assert held(replace(OFFER, since=date(2024, 1, 1)), day=date(2024, 11, 16)) is True, "and so does its version"
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
    assert held(replace(OFFER, requires=Bilingual("a contract", "un contrat")), region=R2) is False


def test_no_offer_is_not_held_only_where_the_list_is_complete() -> None:
    assert held(None) is False
    assert held(None, complete=False) is None


@pytest.mark.parametrize(
    ("provider", "scheme", "day", "held", "notes"),
    [
        ("outscale", "secnumcloud", date(2026, 11, 30), True, []),
        ("outscale", "secnumcloud", date(2026, 12, 1), None, ["resolve.renewal-not-found"]),
        ("outscale", "secnumcloud", date(2023, 11, 29), False, ["resolve.not-yet"]),
        ("aws", "hds", DAY, True, ["resolve.end-assumed"]),
        ("ovhcloud", "hds", DAY, None, ["resolve.version-unknown", "resolve.must-be-ordered"]),
        ("scaleway", "hds", date(2024, 1, 1), False, ["resolve.not-yet"]),
        ("microsoft-azure", "hds", DAY, None, ["resolve.version-unknown"]),
    ],
)
def test_how_an_offer_stands_for_whoever_uses_it(
    provider: str, scheme: str, day: date, held: bool | None, notes: list[str]
) -> None:
    found = catalog().schemes[scheme]
    answer, said = standing(found.offers[provider][0], found, day)
    assert (answer, [note.key for note in said]) == (held, notes)
