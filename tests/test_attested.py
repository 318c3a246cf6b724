"""Attestations of where something is and who controls it fill unknowns; what is proved stays as it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.model.attestation import Attestation
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import Placement
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown
from sovlint.policy.requirements.predicates import PREDICATES
from sovlint.resolve.facts.attested import vouched
from sovlint.resolve.facts.service_place import ServicePlace
from tests.resolve.house import DAY, catalog, resolved

WHERE = Span("sovlint.yaml", 2, 5, 8, 1)
DISTRIBUTION = 'provider "aws" {\n  region = "eu-west-3"\n}\nresource "aws_cloudfront_distribution" "d" {}\n'
BUCKET = 'provider "aws" {{\n  region = {}\n}}\nresource "aws_s3_bucket" "d" {{}}\n'
VOLUME = (
    'provider "scaleway" {{\n  region = {}\n}}\nresource "scaleway_rdb_instance" "d" {{}}\n'
)
GOOGLE = (
    'provider "google" {{}}\nresource "google_storage_bucket" "d" {{\n  location = {}\n}}\n'
)


def claim(
    country: str | None = None,
    control: tuple[str, ...] = (),
    qualification: str = "",
    **more: object,
) -> Attestation:
    fields: dict[str, object] = {
        "provider": None,
        "region": None,
        "matches_address": lambda _: True,
        **more,
    }
    return Attestation(
        qualification,
        matches_path=None, evidence="contract", owner="dpo", issued=date(2026, 1, 1), expires=date(2027, 1, 1),
        where=WHERE, country=country, control=control, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def placed(text: str, *attested: Attestation) -> Placement:
    (found,) = (
        each
        for address, each in resolved(f'{text}variable "x" {{}}\n', attested=attested)[
            0
        ].items()
        if address.endswith(".d")
    )
    return found.placements[0]


def verdict(kind: str, placement: Placement, wanted: str = "EEA") -> Verdict:
    return PREDICATES[kind](placement, catalog().world(DAY), wanted, ()).verdict


def test_a_service_without_regions_is_where_somebody_vouches_that_it_is() -> None:
    assert verdict("area", placed(DISTRIBUTION)) is Verdict.UNPROVEN
    found = placed(DISTRIBUTION, claim(country="FR"))
    assert isinstance(found.country, Known)
    assert found.country.value == "FR"
    assert verdict("area", found) is Verdict.COMPLIANT
    assert verdict("area", placed(DISTRIBUTION, claim(country="US"))) is not Verdict.COMPLIANT
    assert verdict("control", found) is Verdict.VIOLATION
    leaf = PREDICATES["area"](found, catalog().world(DAY), "EEA", ())
    assert [(note.key, note.params) for note in leaf.remarks] == [
        ("policy.attested", {"owner": "dpo", "until": "2027-01-01"})
    ]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        (BUCKET.format("var.x"), "FR", Verdict.COMPLIANT),
        (BUCKET.format('"eu-west-99"'), "FR", Verdict.COMPLIANT),
        (BUCKET.format('"us-east-1"'), "FR", Verdict.VIOLATION),
        (BUCKET.format('"eu-west-2"'), "FR", Verdict.VIOLATION),
        (BUCKET.format('"us-${var.x}"'), "FR", Verdict.UNPROVEN),
        (BUCKET.format('"eu-${var.x}"'), "FR", Verdict.COMPLIANT),
        (BUCKET.format('var.x ? "us-east-1" : "ca-central-1"'), "FR", Verdict.VIOLATION),
        (BUCKET.format('var.x ? "us-east-1" : "eu-west-3"'), "FR", Verdict.COMPLIANT),
        (BUCKET.format('var.x ? "us-east-1" : "eu-west-3"'), "DE", Verdict.UNPROVEN),
        (BUCKET.format('var.x ? "us-east-1" : "eu-west-3"'), "US", Verdict.VIOLATION),
        (GOOGLE.format('"EU"'), "FR", Verdict.COMPLIANT),
        (GOOGLE.format('"US"'), "FR", Verdict.VIOLATION),
        (GOOGLE.format('var.x ? "US" : "ASIA"'), "FR", Verdict.VIOLATION),
    ],
)
def test_code_goes_before_a_country(text: str, country: str, expected: Verdict) -> None:
    assert verdict("area", placed(text, claim(country=country))) is expected


def test_a_region_that_is_proved_keeps_its_country() -> None:
    found = placed(BUCKET.format('"eu-west-3"'), claim(country="DE"))
    assert isinstance(found.country, Known)
    assert found.country.value == "FR"


def test_it_ends_and_speaks_of_its_subject_alone() -> None:
    for other in (
        claim(country="FR", provider="scaleway"),
        claim(country="FR", provider="aws", region="eu-west-3"),
        claim(country="FR", matches_address=lambda _: False),
    ):
        assert verdict("area", placed(DISTRIBUTION, other)) is Verdict.UNPROVEN
    assert (
        verdict("area", placed(DISTRIBUTION, claim(country="FR", provider="aws")))
        is Verdict.COMPLIANT
    )


def test_control_is_filled_where_owners_are_not_known_and_never_takes_a_state_away() -> None:
    day = date(2026, 11, 25)
    held = {each: catalog().control(each, day) for each in catalog().providers}
    opened, known = next(
        (each, found.states)
        for each, found in held.items()
        if found.open and "FR" in found.states
    )
    nowhere = Unknown(Reason.NO_EVIDENCE, "owners")

    def after(provider: str, *codes: str) -> set[str]:
        unknown = replace(placed(DISTRIBUTION), provider=Known(provider), control=nowhere)
        place = ServicePlace(Known(provider), Known("x"), nowhere)
        found = vouched(unknown, place, [claim(control=codes)], catalog(), day)
        assert isinstance(found.control, Known)
        return set(found.control.value)

    assert after(opened, "FR") == set(known)
    assert after(opened, "DE") == {*known, "DE"}
    assert after("aws", "FR") == {"US", "FR"}


REGIONS = st.sampled_from(
    [
        '"us-east-1"', '"eu-west-3"', '"eu-west-2"', "var.x", '"us-${var.x}"', '"eu-${var.x}"', '"${var.x}-1"', '"EU"',
        'var.x ? "us-east-1" : "ca-central-1"', 'var.x ? "us-east-1" : "eu-west-3"', '"US"', 'var.x ? "US" : "EU"',
        '"fr-par"', '"nl-ams"', '"nowhere-1"', 'lookup({a = "us-east-1", b = "us-west-2"}, var.x)', '"global"',
    ]
)  # fmt: skip
STATES = st.sampled_from(["FR", "DE", "US", "GB", "CN", "CH", "NL"])
CLAIMS = st.one_of(
    st.builds(lambda code: claim(country=code), STATES),
    st.builds(
        lambda codes: claim(control=tuple(codes)),
        st.lists(STATES, min_size=1, max_size=3, unique=True),
    ),
    st.builds(
        lambda name: claim(qualification=name), st.sampled_from(["hds", "secnumcloud"])
    ),
)
ASKED = [
    ("area", "EEA"),
    ("area", "EU"),
    ("control", "EEA"),
    ("holds", "hds"),
    ("holds", "secnumcloud"),
]


@settings(deadline=None, max_examples=150)
@given(
    text=st.sampled_from([BUCKET, VOLUME, GOOGLE]),
    region=REGIONS,
    claims=st.lists(CLAIMS, min_size=1, max_size=3),
)
def test_what_code_proves_no_attestation_changes(
    text: str, region: str, claims: list[Attestation]
) -> None:
    before, after = placed(text.format(region)), placed(text.format(region), *claims)
    for kind, wanted in ASKED:
        found = verdict(kind, before, wanted)
        if found is not Verdict.UNPROVEN:
            assert verdict(kind, after, wanted) is found or _stands_elsewhere(
                kind, before, after
            )


def _stands_elsewhere(kind: str, before: Placement, after: Placement) -> bool:
    """Whether somebody vouches for a place that nothing in the code tells, whose state can compel there too."""
    return (
        kind == "control"
        and isinstance(before.country, Unknown)
        and isinstance(after.country, Known)
    )
