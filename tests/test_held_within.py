"""All of a company is said to be held in the EEA: what policies, the look-up and attestations make of it, and until when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from sovlint.cli import main

ENTITY = """
sources:
  one:
    url: https://press.example/shop
    date: read 2026-11-24
    supports: {en: "all capital is European", fr: "tout le capital est européen"}
    basis: read
    confidence: medium
  two:
    url: https://shop.example/about
    date: read 2026-11-24
    supports: {en: "the same", fr: "la même chose"}
    basis: read
    confidence: medium
entities:
  shop: {name: Shop SAS, seat: FR, source: one, owners: null, held_within: {area: EEA, source: one SECOND}}
"""
PROVIDER = """
id: shop
name: Shop
kind: paas
status: active
operator: shop
sources:
  one:
    url: https://shop.example
    date: read 2026-11-24
    supports: {en: "a host", fr: "un hébergeur"}
    basis: read
    confidence: medium
regions: {fr: {country: FR, source: one}, global: {country: null, source: one}}
"""
ATTESTED = """
attestations:
  - claim: {control: [FR]}
    subject: {provider: shop}
    evidence: register of 2027-11
    owner: dpo
    issued: 2027-11-20
    expires: 2028-11-20
"""
SECOND = ", seconded_by: {source: two}"
IN_EU = """
id: house
title: {en: House, fr: Maison}
policies: [in-eu]
"""
SCHEMA = Path(__file__).parents[1] / "sovlint" / "schemas" / "provider.json"
CONTROL = Path(__file__).parents[1] / "policies" / "health-data-under-eu-control.yaml"


def catalogue(folder: Path, second: str = SECOND) -> Path:
    """A folder to lay over the catalogue: a company in France of which all capital is in the EEA."""
    (folder / "own" / "providers").mkdir(parents=True)
    (folder / "own" / "entities.yaml").write_text(ENTITY.replace(" SECOND", second))
    (folder / "own" / "providers" / "shop.yaml").write_text(PROVIDER)
    (folder / "saas.yaml").write_text(
        "services:\n  - {id: x, vendor: shop, region: fr, data: [health]}\n"
    )
    return folder / "own"


def verdict(folder: Path, day: str, *options: str) -> tuple[str, str]:
    """What is said of control on a day, and how."""
    run = CliRunner().invoke(
        main,
        ["scan", str(folder), "--catalog", str(folder / "own"), "--trust-overlay", "--format", "json",
         "--as-of", day, "--show", "compliant", "--lang", "en", *options],
    )  # fmt: skip
    found = json.loads(run.output[run.output.index("{") :])["findings"]
    control = [
        each for each in found if each["policy"] in ("health-data-under-eu-control", "in-eu")
    ]
    assert len(control) == 1, run.output
    return control[0]["verdict"], control[0]["message"]


def test_it_answers_the_policy_without_naming_the_majority(tmp_path: Path) -> None:
    catalogue(tmp_path)
    found, said = verdict(tmp_path, "2026-11-28")
    assert found == "compliant"
    assert "European Economic Area" in said


def test_the_json_of_the_look_up_fits_its_schema(tmp_path: Path) -> None:
    own = catalogue(tmp_path)
    run = CliRunner().invoke(
        main,
        ["provider", "shop", "--catalog", str(own), "--trust-overlay", "--as-of", "2026-11-28", "--format", "json"],
    )  # fmt: skip
    found = json.loads(run.output)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(found)
    assert found["control"] == ["EEA", "FR"]


def test_one_secondary_source_leaves_it_open_and_says_what_is_missing(tmp_path: Path) -> None:
    catalogue(tmp_path, second="")
    found, said = verdict(tmp_path, "2026-11-28")
    assert (found, "a second source for where the owners of Shop SAS are" in said) == (
        "unproven",
        True,
    )


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("https://shop.example/about", "https://www.press.example/about"),  # one site twice
        ("confidence: medium\nentities", "confidence: low\nentities"),
    ],
)
def test_two_sources_count_where_they_are_two(
    tmp_path: Path, written: str, instead: str
) -> None:
    own = catalogue(tmp_path)
    text = (own / "entities.yaml").read_text()
    assert written in text
    (own / "entities.yaml").write_text(text.replace(written, instead))
    assert verdict(tmp_path, "2026-11-28")[0] == "unproven"


def test_what_is_yet_to_be_read_proves_nothing(tmp_path: Path) -> None:
    own = catalogue(tmp_path)
    text = (own / "entities.yaml").read_text()
    (own / "entities.yaml").write_text(text.replace("read 2026-11-24", "read 2030-01-01"))
    assert verdict(tmp_path, "2026-11-28")[0] == "unproven"
    assert verdict(tmp_path, "2028-12-30")[0] == "unproven"
    assert verdict(tmp_path, "2029-01-01")[0] == "compliant"


def test_after_a_year_it_is_to_be_read_again_and_an_attestation_takes_over(
    tmp_path: Path,
) -> None:
    catalogue(tmp_path)
    found, said = verdict(tmp_path, "2027-11-25")
    assert (found, "over a year old" in said) == ("unproven", True)
    (tmp_path / "sovlint.yaml").write_text(ATTESTED)
    assert verdict(tmp_path, "2027-11-25")[0] == "compliant"


def test_the_eea_is_more_than_the_union(tmp_path: Path) -> None:
    catalogue(tmp_path)
    sets = tmp_path / "sets"
    sets.mkdir()
    (sets / "house.yaml").write_text(IN_EU)
    (sets / "in-eu.yaml").write_text(
        CONTROL.read_text("utf-8")
        .replace("id: health-data-under-eu-control", "id: in-eu")
        .replace("{control: EEA}", "{control: EU}"),
        "utf-8",
    )
    options = ("--policy", str(sets), "--policy-set", "house")
    assert verdict(tmp_path, "2026-11-28", *options)[0] == "unproven"


@pytest.mark.parametrize(
    ("second", "day", "lines"),
    [
        (SECOND, "2026-11-28", ["Control: European Economic Area (EEA), France (FR)",
                                "said to be held wholly in European Economic Area, which counts until 2027-11-24"]),
        (SECOND, "2027-11-25", ["that was read over a year ago, and must be read again"]),
        ("", "2026-11-28", ["by one source alone: a second one is needed to count on it"]),
    ],
)  # fmt: skip
def test_the_look_up_says_until_when_it_counts(
    tmp_path: Path, second: str, day: str, lines: list[str]
) -> None:
    own = catalogue(tmp_path, second)
    run = CliRunner().invoke(
        main,
        ["provider", "shop", "--catalog", str(own), "--trust-overlay", "--as-of", day, "--lang", "en"],
    )  # fmt: skip
    said = " ".join(run.output.split())
    assert [line for line in lines if line not in said] == [], run.output
