"""The sovereignty statement for tenders: each question of a buyer is answered by what is proved, or not proven."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.registers.cells import said, unproven
from tests.scratch import write

FILES = {
    "sovlint.yaml": """\
attestations:
  - claim: {qualification: hds}
    subject: {provider: scaleway, region: fr-par}
    evidence: contract 2026-114, annex 3
    owner: data protection officer
    issued: 2026-10-01
    expires: 2027-09-30
""",
    "saas.yaml": """\
services:
  - id: letters
    vendor: Brevo
    data: [contact]
    sub_processors:
      - {name: Ponant, country: FR, seat: FR, data: [contact]}
  - {id: figures, vendor: Zendesk, data: [anonymous]}
  - {id: optics, vendor: Réseau Optique des Quais, data: [claims]}
""",
    "main.tf": """\
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_object_bucket" "files" {
  name = "files"
  tags = { data-classification = "health" }
}
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "files" {
  tags = { data-classification = "health" }
}
provider "outscale" {
  region = "cloudgouv-eu-west-1"
}
resource "outscale_volume" "files" {
  subregion_name = "cloudgouv-eu-west-1a"
  size           = 10
  tags {
    key   = "data-classification"
    value = "health"
  }
}
""",
}
ANSWERS = """\
organisation.name: Mutuelle des Quais
company.scaleway.hds-remote: false
"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    root = tmp_path_factory.mktemp("house")
    write(root, FILES)
    write(root.parent / "answers", {"a.yaml": ANSWERS})
    command = [
        "register",
        "tender",
        str(root),
        "-f",
        "json",
        "-o",
        "-",
        "--as-of",
        "2026-11-24",
    ]
    answers = ["--lang", "en", "--answers", str(root.parent / "answers" / "a.yaml")]
    result = CliRunner().invoke(main, [*command, *answers])
    assert result.exit_code == 0, result.output
    return {
        each["id"]: {row["name"]: row["cells"] for row in each["rows"]}
        for each in json.loads(result.stdout)["sheets"]
    }


def test_what_it_rests_on(sheets: Mapping[str, Any]) -> None:
    cells = sheets["statement"]["statement"]
    assert said(cells, "bidder", "day", "classified", "unread") == [
        "Mutuelle des Quais", "2026-11-24",
        "7 of 7; 0 of these are configuration, which holds no data",
        "nothing: every file that was taken for code was read",
    ]  # fmt: skip
    assert said(cells, "repository", "commit") == ["???", "???"], "no git there"


def test_only_what_has_personal_data_is_told(sheets: Mapping[str, Any]) -> None:
    assert set(sheets["answers"]) == {
        "scaleway.FR", "aws.FR", "outscale.FR", "brevo.unknown",
        "reseau-optique-des-quais.unknown",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # country, in the EEA, states, SecNumCloud, HDS
        ("scaleway.FR", ["FR", "true", "FR", "no", "yes (Scaleway HDS), until 2027-09-30"]),
        ("aws.FR", ["FR", "true", "FR; US", "no", "???"]),
        (
            "outscale.FR",
            ["FR", "true", "FR", "yes (IaaS Cloud on Demand), until 2026-11-30", "???"],
        ),
        ("reseau-optique-des-quais.unknown", ["???", "???", "???", "???", "???"]),
    ],
)
def test_place_law_and_qualifications(
    sheets: Mapping[str, Any], row: str, expected: list[str]
) -> None:
    columns = ("country", "within", "states", "secnumcloud", "hds")
    assert said(sheets["answers"][row], *columns) == expected


def test_an_attested_certificate_says_who_vouches(sheets: Mapping[str, Any]) -> None:
    cell = sheets["answers"]["scaleway.FR"]["hds"]
    assert cell["origin"] == "attested"
    assert cell["because"][0]["path"] == "sovlint.yaml"


def test_known_states_are_told_where_others_may_be(sheets: Mapping[str, Any]) -> None:
    assert said(sheets["answers"]["brevo.unknown"], "states") == ["FR; US; perhaps others"]


def test_who_takes_part(sheets: Mapping[str, Any]) -> None:
    assert said(sheets["answers"]["brevo.unknown"], "processors") == ["Ponant (FR)"]
    assert said(sheets["answers"]["aws.FR"], "processors", "parent") == [
        "???", "Amazon.com, Inc.",
    ]  # fmt: skip


def test_what_no_code_shows_is_asked_or_answered(sheets: Mapping[str, Any]) -> None:
    scaleway, aws = sheets["answers"]["scaleway.FR"], sheets["answers"]["aws.FR"]
    assert said(scaleway, "support") == ["false"]
    assert scaleway["support"]["origin"] == "attested"
    assert said(aws, "support", "keys", "reversibility", "kept") == ["???"] * 4


def test_rules_that_are_broken_or_open(sheets: Mapping[str, Any]) -> None:
    aws = sheets["answers"]["aws.FR"]
    assert (
        "Only EU and EEA states can compel whoever runs health data: aws_s3_bucket.files"
        in aws["broken"]["content"]
    )
    assert said(aws, "open") == [
        "Health data is hosted under an HDS certificate: aws_s3_bucket.files"
    ]
    assert said(sheets["answers"]["outscale.FR"], "broken") == ["none was found"]


def test_every_cell_is_proven(sheets: Mapping[str, Any]) -> None:
    """But for what the run itself says of itself."""
    assert [cell for cell in unproven(sheets) if cell[0] != "statement"] == []


def test_a_workbook_has_the_questions_below_each_other(tmp_path: Path) -> None:
    write(tmp_path / "house", {"saas.yaml": FILES["saas.yaml"]})
    file = tmp_path / "statement.xlsx"
    command = [
        "register",
        "tender",
        tmp_path / "house",
        "-f",
        "xlsx",
        "-o",
        file,
        "--lang",
        "en",
    ]
    assert CliRunner().invoke(main, [*map(str, command)]).exit_code == 0
    with zipfile.ZipFile(file) as workbook:
        page = workbook.read("xl/worksheets/sheet3.xml").decode()
    # Eighteen questions and an empty line for each of two companies, in two columns.
    assert '<dimension ref="A1:B37"/>' in page


# --- answers that don't hold


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, Any], str]:
    """The answers of a bidder who answers as it pleases, and what is said of them."""
    root = tmp_path_factory.mktemp("house")
    write(root, FILES | {"saas.yaml": DOUBTFUL_INVENTORY})
    write(root.parent / "doubtful", {"a.yaml": DOUBTFUL})
    command = [
        "register",
        "tender",
        str(root),
        "-f",
        "json",
        "-o",
        "-",
        "--as-of",
        "2026-11-24",
    ]
    answers = ["--lang", "en", "--answers", str(root.parent / "doubtful" / "a.yaml")]
    result = CliRunner().invoke(main, [*command, *answers])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["sheets"][1]["rows"]
    return {row["name"]: row["cells"] for row in rows}, result.stderr


DOUBTFUL_INVENTORY = """\
services:
  - {id: desk, vendor: Zendesk, data: [claims]}
  - {id: figures, vendor: google-cloud, product: Storage, region: EU, data: [claims]}
"""
DOUBTFUL = """\
places.zendesk.unknown.country: FR
places.google-cloud.unknown.country: US
company.aws.hds-covers: 2027-12-31
company.zendesk.hds-covers: certificate 4711, contract 2026-9, Support, until 2027-12-31
"""


def test_whether_it_is_in_the_eea_follows_from_the_country_that_is_answered(
    doubtful: tuple[Mapping[str, Any], str],
) -> None:
    rows, told = doubtful
    assert said(rows["zendesk.unknown"], "country", "within") == ["FR", "true"]
    assert "neither true nor false" not in told


def test_an_answer_that_the_code_contradicts_fills_nothing(
    doubtful: tuple[Mapping[str, Any], str],
) -> None:
    rows, told = doubtful
    cells = rows["google-cloud.unknown"]
    assert said(cells, "country", "within") == ["???", "true"]
    why = (
        "The answer US counts for nothing: by the code, it is in the European Economic Area."
    )
    assert cells["country"]["note"] == why
    assert why in told


def test_a_day_alone_is_no_certificate(doubtful: tuple[Mapping[str, Any], str]) -> None:
    rows, told = doubtful
    assert said(rows["aws.FR"], "hds") == ["???"]
    assert "The answer 2027-12-31 proves nothing" in rows["aws.FR"]["hds"]["note"]
    assert "The answer 2027-12-31 proves nothing" in told
    assert rows["zendesk.unknown"]["hds"]["origin"] == "attested"


def test_what_an_attestation_covers_is_told_where_another_service_is_open(
    tmp_path: Path,
) -> None:
    more = """\
resource "scaleway_rdb_instance" "files" {
  node_type = "db"
  engine    = "PostgreSQL-15"
  tags      = ["data-classification=health"]
}
"""
    narrow = FILES["sovlint.yaml"].replace(
        "region: fr-par}", "region: fr-par, services: [object-storage]}"
    )
    write(tmp_path, {"main.tf": FILES["main.tf"] + more, "sovlint.yaml": narrow})
    command = ["register", "tender", str(tmp_path), "-f", "json", "-o", "-", "--lang", "en"]
    command += ["--as-of", "2026-11-24"]
    result = CliRunner().invoke(main, command)
    rows = {
        row["name"]: row["cells"] for row in json.loads(result.stdout)["sheets"][1]["rows"]
    }
    hds = rows["scaleway.FR"]["hds"]
    assert hds["origin"] == "blank"
    assert (
        "object-storage (fr-par): yes (Scaleway HDS), until 2027-09-30, attested by data protection officer"
        in hds["note"]
    )
    assert "database (fr-par): not proven" in hds["note"]
