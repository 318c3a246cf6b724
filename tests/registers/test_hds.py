"""The HDS register: what EXI 28 to 31 ask of each host, judged by hand against the referential."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.model.text import Bilingual
from sovlint.model.world import StateOnDay, World
from sovlint.registers.drafting.hds.sentences import (
    Exposure,
    HostFacts,
    OpenSentences,
    Sentence,
    SentenceCondition,
    exposure,
    sentences,
)
from tests.registers.cells import said, unproven
from tests.scratch import write

AS_OF = "2026-11-24"
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
  - {id: desk, vendor: Zendesk, data: [claims]}
  - {id: optics, vendor: Réseau Optique des Quais, data: [claims]}
  - {id: news, vendor: Brevo, data: [contact]}
""",
    "main.tf": """\
provider "aws" {
  region = "eu-west-3"
}
provider "aws" {
  alias  = "london"
  region = "eu-west-2"
}
resource "aws_s3_bucket" "files" {
  tags = { data-classification = "health" }
}
resource "aws_s3_bucket" "copies" {
  provider = aws.london
  tags     = { data-classification = "health" }
}
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_object_bucket" "files" {
  name = "files"
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
company.scaleway.hds-remote: false
company.scaleway.hds-told-country: FR
company.scaleway.hds-published: no-transfer
company.aws.hds-published: no-transfer
company.aws.hds-told-country: [FR]
company.aws.hds-contract: false
company.outscale.hds-published: table
"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    root = tmp_path_factory.mktemp("house")
    write(root, FILES)
    write(root.parent / "answers", {"a.yaml": ANSWERS})
    command = ["register", "hds", root, "-f", "json", "-o", "-", "--as-of", AS_OF, "--lang", "en", "--answers"]  # fmt: skip
    result = CliRunner().invoke(
        main, [*map(str, command), str(root.parent / "answers" / "a.yaml")]
    )
    assert result.exit_code == 0, result.output
    return {
        each["id"]: {row["name"]: row["cells"] for row in each["rows"]}
        for each in json.loads(result.stdout)["sheets"]
    }


# --- certificates


def test_certificates_are_held_attested_or_asked(sheets: Mapping[str, Any]) -> None:
    rows = sheets["certificates"]
    held = rows["scaleway.scaleway-hds.held"]
    assert said(held, "host", "offer", "held", "version", "until", "activities") == [
        "Scaleway", "Scaleway HDS", "true", "v2", "2027-09-30", "1; 2; 3; 4",
    ]  # fmt: skip
    assert held["held"]["origin"] == "attested"
    assert held["held"]["because"][0]["path"] == "sovlint.yaml"
    london = rows["aws.none.not-held"]
    assert said(london, "held", "offer") == ["false", "-"]
    paris = rows["aws.aws.open"]
    assert said(paris, "offer", "held", "activities") == ["AWS", "???", "???"]
    assert not any(name.startswith("brevo") for name in rows), "no health data is there"


# --- EXI 28 and 29


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("scaleway.FR", ["FR", "true", "true", "FR", "agrees", "false", "-"]),
        ("aws.FR", ["FR", "true", "true", "FR", "agrees", "???", "???"]),
        ("aws.GB", ["GB", "true", "false", "FR", "differs", "???", "???"]),
        ("zendesk.unknown", ["???", "???", "???", "???", "???", "???", "???"]),
    ],
)
def test_places(sheets: Mapping[str, Any], row: str, expected: list[str]) -> None:
    columns = ("country", "keeps", "within", "told", "differs", "remote", "basis")
    assert said(sheets["places"][row], *columns) == expected


# --- EXI 30


def test_states_and_their_laws(sheets: Mapping[str, Any]) -> None:
    rows = sheets["laws"]
    aws = rows["aws"]
    assert said(aws, "states", "adequate") == ["GB; US", "in-part"]
    assert "CLOUD Act (18 USC 2713)" in aws["laws"]["content"]
    assert aws["laws"]["sources"]
    # The contract lists no laws. Whether it has to, hangs on whom the adequacy decision covers.
    assert said(aws, "contract", "differs", "measures") == ["false", "open", "???"]
    assert said(rows["scaleway"], "states", "laws", "contract", "differs") == [
        "none", "-", "-", "-",
    ]  # fmt: skip
    optics = rows["reseau-optique-des-quais"]
    assert said(optics, "states", "adequate", "laws") == ["???", "???", "???"]


# --- EXI 31


@pytest.mark.parametrize(
    ("row", "possible", "published"),
    [
        ("outscale.FR.qualified", "no-imposed-access", "differs"),
        ("scaleway.FR.not-qualified", "no-transfer", "agrees"),
        ("aws.FR.not-qualified", "no-transfer; table", "open"),
        ("aws.GB.not-qualified", "table", "differs"),
    ],
)
def test_what_may_be_published(
    sheets: Mapping[str, Any], row: str, possible: str, published: str
) -> None:
    assert said(sheets["statements"][row], "possible", "differs") == [possible, published]


def test_every_cell_is_proven(sheets: Mapping[str, Any]) -> None:
    assert [*unproven(sheets)] == []


# --- the sentences, by the referential


SAFE = HostFacts(
    qualified=False, inside=True, remote=False, exposure=Exposure.NONE, others=False
)


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({}, OpenSentences((Sentence.NO_TRANSFER,))),
        ({"qualified": True, "remote": True}, OpenSentences((Sentence.NO_ACCESS,))),
        ({"inside": False}, OpenSentences((Sentence.TABLE,))),
        ({"remote": True}, OpenSentences((Sentence.TABLE,))),
        ({"exposure": Exposure.EXPOSED}, OpenSentences((Sentence.TABLE,))),
        (
            {"exposure": Exposure.IN_PART},
            OpenSentences(
                (Sentence.NO_TRANSFER, Sentence.TABLE), (SentenceCondition.ADEQUACY,)
            ),
        ),
        (
            {"remote": None, "inside": None, "others": True},
            OpenSentences(
                (Sentence.NO_TRANSFER, Sentence.TABLE),
                (SentenceCondition.PLACE, SentenceCondition.REMOTE, SentenceCondition.OWNERS),
            ),
        ),
        (
            {"qualified": None, "exposure": Exposure.EXPOSED},
            OpenSentences(
                (Sentence.NO_ACCESS, Sentence.TABLE), (SentenceCondition.QUALIFIED,)
            ),
        ),
    ],
)
def test_sentences(changed: dict[str, Any], left: OpenSentences) -> None:
    facts = {name: getattr(SAFE, name) for name in SAFE.__struct_fields__}
    assert sentences(HostFacts(**{**facts, **changed})) == left


def test_exposure_is_that_of_the_state_with_least_adequacy() -> None:
    name = Bilingual("x", "x")
    world = World(
        {
            "GB": StateOnDay("GB", name, adequate=True, partly=True),
            "US": StateOnDay("US", name, partly=True),
            "CN": StateOnDay("CN", name),
        }
    )
    assert exposure((), world) is Exposure.NONE
    assert exposure(("GB",), world) is Exposure.NONE
    assert exposure(("GB", "US"), world) is Exposure.IN_PART
    assert exposure(("CN", "US"), world) is Exposure.EXPOSED
    assert exposure(("XX",), world) is Exposure.EXPOSED
