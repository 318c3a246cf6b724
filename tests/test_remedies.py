"""What findings name instead: only what is proved to comply, as long as it does; read from the shipped catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from sovlint.catalog.entries import KindEntry
from sovlint.catalog.load import Catalog, load
from sovlint.configuration.config import Config
from sovlint.lint import lint
from sovlint.model.attestation import Attestation
from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.findings.remedy import Remedy
from sovlint.model.findings.remedy import ServiceKind as RemedyKind
from sovlint.model.placement import Placed, Placement
from sovlint.model.request import Request
from sovlint.model.source import Span
from sovlint.model.value import Known
from sovlint.policy.evaluate import evaluate
from sovlint.policy.load import load as load_policies
from sovlint.policy.remedies import Adviser
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from sovlint.resolve.peers import Peers, _anywhere
from sovlint.resolve.places.placement_facts import placement_at
from sovlint.stages.run import Run
from tests.catalog.known import DAY, FACTS
from tests.policy.house import claims, resource

FACT = FACTS["remedies"]
ATTESTED = FACT["once_attested"]
"""Who complies once its HDS is attested, by its object store and its servers."""
HOST, SERVICE, REGION, END = (
    ATTESTED[key] for key in ("provider", "object_store", "region", "until")
)
NARROW = Style(color=False, width=80, full=True)

BUCKET = """
provider "aws" {{
  region = "{region}"
}}
resource "aws_s3_bucket" "files" {{
  tags = {{ data-classification = "{data}" }}
}}
"""


def attestation(
    provider: str | None, until: date, name: str = "hds", address: str | None = None
) -> Attestation:
    matches = None if address is None else (lambda other: other == address)
    where = Span("sovlint.yaml", 1, 1, 1, 2)
    issued = until - timedelta(days=365)  # longer ones don't count to their end
    return Attestation(
        name, provider, None, "contract", matches_address=matches, matches_path=None, owner="dpo", issued=issued,
        expires=until, where=where,
    )  # fmt: skip


def report(
    at: Path, region: str = "eu-west-3", data: str = "claims", day: date = DAY, policy_set: str = "sovereign-health",
    attested: tuple[Attestation, ...] = (),
) -> Report:  # fmt: skip
    (at / "main.tf").write_text(BUCKET.format(region=region, data=data))
    return lint(
        Run(
            Request(paths=(at,), as_of=day, policy_set=policy_set),
            Config(attestations=attested),
        )
    )


def finding(found: Report, policy: str) -> Finding:
    (one,) = (each for each in found.findings if each.policy == policy)
    return one


def proved_once_attested(proved: tuple[Remedy, ...]) -> Remedy:
    """What is attested of ``HOST`` makes it one of those that are proved."""
    assert [each.provider for each in proved] == FACT["then_proved"]
    return next(each for each in proved if each.provider == HOST)


def named(
    remedies: tuple[Remedy, ...],
) -> list[tuple[str, str | None, str | None, date | None]]:
    return [(each.provider, each.service, each.region, each.until) for each in remedies]


# --- by hand


def test_who_is_proved_to_comply_and_who_would_once_more_is_attested(tmp_path: Path) -> None:
    found = finding(report(tmp_path), "health-data-under-eu-control")
    assert found.remedies is not None
    assert [each.provider for each in found.remedies.proved] == FACT["object_store"]["proved"]
    assert [
        [each.provider, each.service, each.region, each.until, list(each.attest)]
        for each in found.remedies.to_attest
    ] == FACT["object_store"]["to_attest"]


def test_an_attestation_counts_and_the_earliest_end_is_told(tmp_path: Path) -> None:
    attested = (attestation(HOST, date(2027, 6, 30)),)
    found = finding(report(tmp_path, attested=attested), "health-data-on-qualified-service")
    assert found.remedies is not None
    remedy = proved_once_attested(found.remedies.proved)
    assert named((remedy,)) == [(HOST, SERVICE, REGION, date(2027, 6, 30))]
    assert {each.name: each.until for each in remedy.holdings} == {
        "hds": date(2027, 6, 30),
        "secnumcloud": END,
    }
    assert not remedy.assumed


@pytest.mark.parametrize(("day", "there"), [(END, True), (END + timedelta(days=1), False)])
def test_after_the_end_of_an_offer_it_is_not_named(
    tmp_path: Path, day: date, there: bool
) -> None:
    attested = (attestation(HOST, END + timedelta(days=60)),)
    found = finding(
        report(tmp_path, day=day, attested=attested), "health-data-under-eu-control"
    )
    assert found.remedies is not None
    assert (HOST in {each.provider for each in found.remedies.named}) is there


def test_what_is_attested_of_one_address_says_nothing_of_what_would_replace_it(
    tmp_path: Path,
) -> None:
    attested = (attestation(HOST, date(2027, 6, 30), address="aws_s3_bucket.files"),)
    found = finding(report(tmp_path, attested=attested), "health-data-under-eu-control")
    assert found.remedies is not None
    assert [each.provider for each in found.remedies.proved] == FACT["object_store"]["proved"]


def test_what_is_attested_of_nobody_in_particular_makes_nobody_a_remedy(
    tmp_path: Path,
) -> None:
    found = finding(
        report(tmp_path, attested=(attestation(None, date(2027, 6, 30)),)),
        "health-data-under-eu-control",
    )
    assert found.remedies is not None
    assert [each.provider for each in found.remedies.proved] == FACT["object_store"]["proved"]


ASSUMED = f"""
replaces: true
name: hds
title: {{en: HDS, fr: HDS}}
versions: [{{id: v2}}]
complete: true
always_ordered: false
read: 2026-09-29
checked: 2026-11-24
source: made-up
sources: {{made-up: {{url: null, date: "2026-11-24", supports: made up, basis: read}}}}
offers:
  - {{provider: {HOST}, offer: Made up, version: v2, since: 2026-04-21, until: null, regions: null, area: EEA,
     services: [{SERVICE}], confidence: medium, assumable: true, source: made-up}}
"""


def test_an_end_that_nobody_published_is_told_as_assumed(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "qualifications").mkdir(parents=True)
    (overlay / "qualifications" / "hds.yaml").write_text(ASSUMED)
    (tmp_path / "main.tf").write_text(BUCKET.format(region="us-east-1", data="claims"))
    found = lint(
        Run(
            Request(
                paths=(tmp_path / "main.tf",),
                as_of=DAY,
                policy_set="statutory",
                catalog=(overlay,),
                trust_overlay=True,
            )
        )
    )
    remedies = finding(found, "health-data-in-eea").remedies
    assert remedies is not None
    (only,) = remedies.proved
    assert (only.provider, only.region, only.until, only.assumed) == (
        HOST,
        REGION,
        date(2029, 4, 20),
        True,
    )


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-3"])
@pytest.mark.parametrize(
    "attested", [(), ("aws", "google-cloud", "microsoft-azure", "scaleway")]
)
def test_a_smaller_set_leads_nobody_to_what_the_default_set_refuses(
    tmp_path: Path, region: str, attested: tuple[str, ...]
) -> None:
    """By HDS and the EEA alone AWS's other regions would do, once attested; by SecNumCloud and control none does."""
    vouched = tuple(attestation(each, date(2027, 6, 30)) for each in attested)
    bucket = 'provider "scaleway" {\n  region = "nl-ams"\n}\nresource "scaleway_object_bucket" "b" {\n'
    bucket += '  tags = { data_class = "health" }\n}\n'
    (tmp_path / "main.tf").write_text(BUCKET.format(region=region, data="health") + bucket)
    found = lint(
        Run(
            Request(paths=(tmp_path,), as_of=DAY, policy_set="statutory"),
            Config(attestations=vouched),
        )
    )
    named = [each for one in found.findings if one.remedies for each in one.remedies.named]
    assert named
    assert {each.provider for each in named} == set(FACT["by_the_smaller_set"])


def test_states_that_a_set_accepts_are_accepted_of_what_is_advised(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "id: own\ntitle: {en: Own, fr: Propre}\npolicies: [insured-identity-under-eu-control]\n"
        "under_eu_control: {accept: [CH]}\n"
    )
    found = report(tmp_path, data="nir", policy_set=str(tmp_path / "own.yaml"))
    remedies = finding(found, "insured-identity-under-eu-control").remedies
    assert remedies is not None
    assert remedies.proved


def test_nobody_is_told_to_move_to_where_it_may_be_already(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "where" {}\nprovider "google" {\n  universe_domain = "s3nsapis.fr"\n  project = "p"\n}\n'
        'resource "google_storage_bucket" "b" {\n  name = "b"\n  location = var.where\n'
        '  labels = { data-classification = "health" }\n}\n'
    )
    attested = (attestation("s3ns", date(2027, 6, 30)), attestation(HOST, date(2027, 6, 30)))
    found = lint(Run(Request(paths=(tmp_path,), as_of=DAY), Config(attestations=attested)))
    named = [each for one in found.findings if one.remedies for each in one.remedies.named]
    assert {each.provider for each in named} == set(FACT["then_proved"])


ALONE = """
id: alone
title: {en: Control alone, fr: Contrôle seul}
policies: [health-data-under-eu-control]
under_eu_control: {accept: [ACCEPTED]}
"""


@pytest.mark.parametrize(("accepted", "named"), FACT["accepted"].items())
def test_no_region_is_named_whose_state_could_compel(
    tmp_path: Path, accepted: str, named: list[str]
) -> None:
    (tmp_path / "alone.yaml").write_text(ALONE.replace("ACCEPTED", accepted), "utf-8")
    catalog, judged_by = load(), load_policies((), str(tmp_path / "alone.yaml"))
    adviser = Adviser(judged_by.accept, catalog.world(DAY), Peers(catalog, (), DAY))
    outside = set()
    for kind in catalog.kinds:
        for found in adviser._all(RemedyKind(kind.id, kind.name), judged_by.policies):
            place = found.placement
            if isinstance(place.area, Known) and not place.area.value:
                assert isinstance(place.country, Known)
                assert isinstance(place.region, Known)
                assert place.country.value == accepted
                outside.add(place.region.value)
    assert outside >= set(named) if named else not outside


def test_a_region_of_the_same_country_is_named_first(tmp_path: Path) -> None:
    found = finding(
        report(tmp_path, data="nir", policy_set="strict"), "insured-identity-under-eu-control"
    )
    assert found.remedies is not None
    fact = FACT["insured_identity"]
    assert {each.country for each in found.remedies.proved} == set(fact["countries"])
    (one,) = (each for each in found.remedies.proved if each.provider == fact["provider"])
    assert [one.region, one.until] == fact["first"]
    assert set(one.also) >= set(fact["also"])


def test_what_complies_has_no_remedy_and_what_is_not_proved_only_a_proved_one(
    tmp_path: Path,
) -> None:
    fact = FACT["volume"]
    (tmp_path / "main.tf").write_text(
        f'provider "outscale" {{\n  region = "{fact["region"]}"\n}}\nresource "outscale_volume" "v" {{\n'
        '  tags {\n    key = "data-classification"\n    value = "health"\n  }\n}\n'
    )
    found = lint(Run(Request(paths=(tmp_path,), as_of=DAY)))
    verdicts = {each.policy: each.verdict.value for each in found.findings}
    assert verdicts.items() >= fact["verdicts"].items()
    assert {each.remedies for each in found.findings} == {None}
    attested = (attestation(HOST, date(2027, 6, 30)),)
    better = lint(Run(Request(paths=(tmp_path,), as_of=DAY), Config(attestations=attested)))
    told = {each.policy: each.remedies for each in better.findings if each.remedies}
    assert {
        policy: [each.provider for each in one.proved] for policy, one in told.items()
    } == fact["could_go"]
    servers = (HOST, ATTESTED["servers"], REGION, date(2027, 6, 30))
    assert all(servers in named(one.proved) for one in told.values())


# --- whatever is asked


CATALOG = load()


def services(catalog: Catalog) -> Iterator[tuple[KindEntry, Placement]]:
    """Something of every kind at a host that has one, in every role that it may have."""
    provider = catalog.providers["aws"]
    seen = set()
    for service, kinds in sorted(catalog._index["services"]["aws"].items()):
        for kind in catalog.kinds_of("aws", service):
            if kind.id not in seen and len(kinds) == 1:
                seen.add(kind.id)
                for region in ("eu-west-3", "us-east-1"):
                    at = replace(
                        _anywhere(provider, service), region=Known(provider.regions[region])
                    )
                    yield kind, placement_at(at, Known("at-rest"), catalog, (), DAY)


@pytest.mark.parametrize("policy_set", ["sovereign-health", "strict", "statutory"])
@pytest.mark.parametrize("day", [date(2026, 9, 1), DAY, date(2027, 12, 1)])
def test_a_remedy_put_in_its_place_complies_until_its_last_day_and_no_longer(
    policy_set: str, day: date
) -> None:
    attested = (
        attestation(HOST, day + timedelta(days=60)),
        attestation("scaleway", date(2027, 1, 15)),
    )
    by, world, carried = (
        load_policies((), policy_set),
        CATALOG.world(DAY),
        claims("claims", "nir"),
    )
    about = resource()

    def judged(
        placement: Placement, on: date, market: Peers | None = None
    ) -> tuple[Finding, ...]:
        one = Placed(about, carried, (placement,))
        found = evaluate(
            [one], by, world, Request(as_of=on), attested, market=market
        ).findings
        return tuple(
            each for each in found if each.policy in {policy.id for policy in by.policies}
        )

    count = 0
    for _, placement in services(CATALOG):
        market = Peers(CATALOG, attested, day)
        remedies = next(
            (each.remedies for each in judged(placement, day, market) if each.remedies), None
        )
        for remedy in remedies.proved if remedies else ():
            provider = CATALOG.providers[remedy.provider]
            for region in (remedy.region, *remedy.also[-1:]):
                assert region is not None
                at = replace(
                    _anywhere(provider, remedy.service),
                    region=Known(provider.regions[region]),
                )
                assert (remedy.provider, remedy.service, region) != (
                    placement.provider.value, placement.service.value, placement.region.value  # type: ignore[union-attr]
                )  # fmt: skip

                def complies(on: date, at: object = at) -> bool:
                    there = placement_at(at, Known("at-rest"), CATALOG, attested, on)  # type: ignore[arg-type]
                    return {each.verdict for each in judged(there, on)} == {Verdict.COMPLIANT}

                count += 1
                assert complies(day)
                assert remedy.until is None or complies(remedy.until)
                assert remedy.until is None or not complies(remedy.until + timedelta(days=1))
    assert count > 0 or policy_set == "strict"  # whose technology is asked about too


# --- how it reads


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "= instead: Of the same kind (object storage), proved to comply with"),
        ("fr", "= à la place : De même nature (stockage objet)"),
    ],
)
def test_it_is_told_in_both_languages_within_eighty_columns(
    tmp_path: Path, language: str, said: str
) -> None:
    found = report(tmp_path, attested=(attestation(HOST, date(2027, 6, 30)),))
    text = REPORTS["text"](found, language, NARROW)
    assert said in text.replace("\u00a0", " ")
    day = "30 juin 2027" if language == "fr" else "2027-06-30"
    assert f"{day} (hds, secnumcloud)" in " ".join(text.split())
    paragraph = text[text.replace("\u00a0", " ").index(said) :].partition("\n\n")[0]
    assert max(map(len, paragraph.splitlines())) <= 80


def test_it_is_in_every_format_that_tells_of_findings(tmp_path: Path) -> None:
    found = report(tmp_path, attested=(attestation(HOST, date(2027, 6, 30)),))
    for name in REPORTS.keys() - {
        "json",  # its own test
        "concise", "gitlab-codequality",  # one sentence each
    }:  # fmt: skip
        told = " ".join(REPORTS[name](found, "en", NARROW).split())
        assert f"{ATTESTED['name']}, {SERVICE} in {REGION}" in told, name


def test_json_has_all_of_it(tmp_path: Path) -> None:
    found = report(tmp_path, attested=(attestation(HOST, date(2027, 6, 30)),))
    (one, *_) = json.loads(REPORTS["json"](found, "en", NARROW))["findings"]
    assert [each["provider"] for each in one["remedies"]] == FACT["then_proved"]
    remedy = next(each for each in one["remedies"] if each["provider"] == HOST)
    assert one["remedies_if_attested"] == []
    assert remedy == {
        "kind": "object-storage",
        "provider": HOST,
        "name": ATTESTED["name"],
        "service": SERVICE,
        "region": REGION,
        "country": ATTESTED["country"],
        "also": [],
        "until": "2027-06-30",
        "until_assumed": False,
        "qualifications": remedy["qualifications"],
        "attest": [],
    }
    assert [(each["name"], each["until"]) for each in remedy["qualifications"]] == [
        ("hds", "2027-06-30"),
        ("secnumcloud", END.isoformat()),
    ]


def test_where_no_service_of_the_kind_complies_that_is_said(tmp_path: Path) -> None:
    fact = FACT["none_of_its_kind"]
    entry = f"id: x, vendor: {fact['vendor']}, data: [claims], dpa: {{reference: C-1}}"
    written = f"services:\n  - {{{entry}}}\n"
    (tmp_path / "sovlint-saas.yaml").write_text(written)
    found = lint(
        Run(Request(paths=(tmp_path,), as_of=DAY), Config(saas=("sovlint-saas.yaml",)))
    )
    (remedies,) = {
        each.remedies for each in found.findings if each.verdict is Verdict.VIOLATION
    }
    assert remedies is not None
    assert (remedies.kind.id, remedies.proved, remedies.to_attest) == (fact["kind"], (), ())
    text = " ".join(REPORTS["text"](found, "en", NARROW).split())
    assert (
        f"No service of the same kind ({fact['said']}) in the catalogue is proved to comply"
        in text
    )


def test_no_service_that_has_ended_is_named() -> None:
    catalog = load()
    ended = {
        (provider.id, service)
        for kind in catalog.kinds
        for provider, service in catalog.of_kind(kind.id)
        if catalog.is_ended(provider.id, service)
    }
    assert ("aws", "mediastore") in ended
    peers = Peers(catalog, (), DAY)
    for kind in catalog.kinds:
        for offered in peers.services(RemedyKind(kind.id, kind.name)):
            at = offered.anywhere
            named = [
                fact.value for fact in (at.provider, at.service) if isinstance(fact, Known)
            ]
            assert tuple(named) not in ended


def test_no_service_is_named_where_its_types_never_are() -> None:
    """A key-value store of CloudFront has no region, so none is named, whatever regions AWS has."""
    catalog = load()
    kind = next(each for each in catalog.kinds if each.id == "key-value")
    (offered,) = [
        each
        for each in Peers(catalog, (), DAY).services(RemedyKind(kind.id, kind.name))
        if isinstance(each.anywhere.service, Known)
        and each.anywhere.service.value == "cloudfrontkeyvaluestore"
    ]
    regions = [each.placement.region for each in offered.regions()]
    assert [each.value for each in regions if isinstance(each, Known)] == ["global"]
