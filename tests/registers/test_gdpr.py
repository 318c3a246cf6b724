"""Registers of the GDPR, judged by hand: a portal in France, an American support desk without papers, letters that are
passed on, and copies in London."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.commands.parts import drafting
from sovlint.model.request import Request
from sovlint.registers.drafting import REGISTERS
from sovlint.registers.drafting.material import Material
from sovlint.registers.writing import json_
from tests.scratch import write

FILES = {
    "saas.yaml": """\
services:
  - id: member-portal
    vendor: scalingo
    region: osc-fr1
    data: [contact, health]
    purpose: reimbursements that members look up
    owner: head of claims
    contract: {reference: C-2024-007, date: 2024-03-01}
    dpa: {reference: C-2024-007 annex 2, date: 2024-03-02}
  - id: ticketing
    vendor: Zendesk
    data: [contact, claims]
  - id: letters
    vendor: Brevo
    data: [contact]
    contract: {reference: C-2025-002, date: 2025-05-05}
    sub_processors:
      - {name: Éditique du Ponant, country: FR, seat: FR, data: [contact]}
  - id: opinions
    vendor: Typeform
    data: [anonymous]
""",
    "archive/main.tf": """\
provider "aws" {
  region = "eu-west-2"
}
resource "aws_s3_bucket" "copies" {
  bucket = "copies"
  tags   = { data-classification = "health" }
}
resource "aws_s3_bucket" "logs" {
  bucket = "plain"
}
""",
}
Cells = Mapping[str, Any]
IDS = ("article-30",)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    root = tmp_path_factory.mktemp("house")
    write(root, FILES)
    return drafting.material(Request(paths=(root,), as_of=date(2026, 11, 24)))


@pytest.fixture(scope="module")
def drafts(material: Material) -> Mapping[str, Any]:
    """Each register as JSON has it."""
    return {id: told(id, material) for id in IDS}


def told(id: str, material: Material) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_.render(REGISTERS[id](material), "en"))
    return found


def names(register: Mapping[str, Any], sheet: str) -> list[str]:
    (rows,) = [each["rows"] for each in register["sheets"] if each["id"] == sheet]
    return [each["name"] for each in rows]


def row(register: Mapping[str, Any], sheet: str, name: str) -> Cells:
    (rows,) = [each["rows"] for each in register["sheets"] if each["id"] == sheet]
    (found,) = [each["cells"] for each in rows if each["name"] == name]
    cells: Cells = found
    return cells


def said(cells: Cells, *columns: str) -> list[str]:
    """What columns say; ``???`` for a blank, ``-`` for what isn't asked."""
    marks = {"blank": "???", "not-applicable": "-"}
    return [
        marks.get(cells[each]["origin"], "; ".join(cells[each].get("content", [])))
        for each in columns
    ]


# --- article 30


def test_processings_are_entries_and_what_is_deployed_together(
    drafts: Mapping[str, Any],
) -> None:
    """What has anonymous data alone is no processing of personal data."""
    found = names(drafts["article-30"], "processings")
    assert found == ["letters", "member-portal", "ticketing", "archive"]


def test_an_entry_with_purpose_and_owner(drafts: Mapping[str, Any]) -> None:
    cells = row(drafts["article-30"], "processings", "member-portal")
    assert said(cells, "purposes", "owner", "data", "special", "suggested") == [
        "reimbursements that members look up", "head of claims", "contact details; health data", "health", "-",
    ]  # fmt: skip
    assert said(cells, "recipients", "countries", "transfers", "safeguards", "reach") == [
        "Scalingo SAS", "FR", "none", "-", "???",
    ]  # fmt: skip
    assert said(cells, "subjects", "others", "retention", "security") == ["???"] * 4
    assert cells["purposes"]["because"][0]["line"] == 6
    assert cells["retention"]["question"]["text"].startswith("member-portal: After which")


def test_an_american_desk_whose_place_nobody_knows(drafts: Mapping[str, Any]) -> None:
    cells = row(drafts["article-30"], "processings", "ticketing")
    assert said(cells, "purposes", "recipients", "countries", "transfers", "reach") == [
        "???", "Zendesk, Inc.", "???", "???", "GB; US",
    ]  # fmt: skip


def test_copies_in_london_are_a_transfer_that_a_decision_covers(
    drafts: Mapping[str, Any],
) -> None:
    cells = row(drafts["article-30"], "processings", "archive")
    assert said(cells, "transfers", "safeguards", "reach") == [
        "GB", "United Kingdom: adequacy decision (article 45)", "US",
    ]  # fmt: skip
    assert cells["safeguards"]["sources"]


def test_recipients_with_those_behind_them(drafts: Mapping[str, Any]) -> None:
    sheet = [
        said(row(drafts["article-30"], "recipients", each), "company", "rank", "data")
        for each in names(drafts["article-30"], "recipients")
        if each.startswith("letters.")
    ]
    assert ["Brevo SAS (Sendinblue)", "direct", "contact details"] in sheet
    assert ["Éditique du Ponant", "sub-processor", "contact details"] in sheet
    assert ["OVHcloud", "cloud", "???"] in sheet


def test_what_carries_no_class_is_counted(drafts: Mapping[str, Any]) -> None:
    (problem,) = drafts["article-30"]["problems"]
    assert problem.endswith("is there: 1 placements.")


def test_a_vendor_has_what_it_does_for_others(
    material: Material, drafts: Mapping[str, Any]
) -> None:
    assert names(drafts["article-30"], "on-behalf") == []
    vendor = told("article-30", replace(material, body="vendor"))
    assert names(vendor, "on-behalf") == ["archive"]
    cells = row(vendor, "on-behalf", "archive")
    assert said(cells, "controllers", "data", "transfers") == ["???", "health data", "GB"]


# --- all of them


@pytest.mark.parametrize("id", IDS)
def test_every_cell_has_what_led_to_it_or_a_question(
    drafts: Mapping[str, Any], id: str
) -> None:
    for sheet in drafts[id]["sheets"]:
        for each in sheet["rows"]:
            for column, cell in each["cells"].items():
                led = cell.get("because") or cell.get("sources")
                asked = cell["origin"] == "not-applicable" or cell.get("question")
                assert led or asked, (sheet["id"], each["name"], column)
                assert cell["origin"] != "fact" or cell["content"], (each["name"], column)


@pytest.mark.parametrize("id", IDS)
def test_questions_say_what_they_are_about(drafts: Mapping[str, Any], id: str) -> None:
    texts = [each["text"] for each in drafts[id]["questions"]]
    assert len(set(texts)) == len(texts), "each is told from the others without its id"
