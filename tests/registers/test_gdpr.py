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
from sovlint.model.source import Span
from sovlint.registers.answers import GivenAnswers
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
      - {name: Relances de Pondichéry, country: IN, data: [contact]}
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
IDS = ("article-28", "article-30", "transfers")


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


# --- article 28


def test_a_processor_with_both_papers(drafts: Mapping[str, Any]) -> None:
    cells = row(drafts["article-28"], "processors", "member-portal")
    assert said(cells, "company", "papers", "contract", "contract-date", "dpa", "dpa-date") == [
        "Scalingo SAS", "both", "C-2024-007", "2024-03-01", "C-2024-007 annex 2", "2024-03-02",
    ]  # fmt: skip
    assert said(cells, *"abcdefgh", "capacity", "guarantees") == ["???"] * 10


def test_processors_without_papers(drafts: Mapping[str, Any]) -> None:
    """Contracts with whom only code uses may lie elsewhere: nothing says so."""
    found = {
        each: said(row(drafts["article-28"], "processors", each), "papers", "contract", "dpa")
        for each in names(drafts["article-28"], "processors")
    }
    assert found == {
        "letters": ["contract", "C-2025-002", "???"],
        "member-portal": ["both", "C-2024-007", "C-2024-007 annex 2"],
        "ticketing": ["none", "???", "???"],
        "amazon-web-services-inc": ["unlisted", "???", "???"],
    }


def test_sub_processors_are_asked_about(drafts: Mapping[str, Any]) -> None:
    cells = row(drafts["article-28"], "sub-processors", "letters.editique-du-ponant")
    assert said(cells, "processor", "company", "shown", "country", "authorised", "same") == [
        "Brevo SAS (Sendinblue)", "Éditique du Ponant", "inventory", "FR", "???", "???",
    ]  # fmt: skip


# --- transfers


def test_records_are_by_company_and_third_state(drafts: Mapping[str, Any]) -> None:
    assert names(drafts["transfers"], "transfers") == [
        "letters.US", "letters.relances-de-pondichery.IN", "ticketing.GB", "ticketing.US",
        "amazon-web-services-inc.GB", "amazon-web-services-inc.US",
    ]  # fmt: skip
    assert names(drafts["transfers"], "not-known") == [
        "letters",
        "letters.editique-du-ponant",
        "letters.relances-de-pondichery",
        "member-portal",
        "ticketing",
    ]
    assert names(drafts["transfers"], "inside") == []


def test_copies_in_london_need_no_assessment_for_that_state(
    drafts: Mapping[str, Any],
) -> None:
    cells = row(drafts["transfers"], "transfers", "amazon-web-services-inc.GB")
    assert said(cells, "ground", "countries", "required", "tool", "practice") == [
        "data sits there", "GB", "not-needed", "United Kingdom: adequacy decision (article 45)", "-",
    ]  # fmt: skip


def test_a_sub_processor_abroad_has_a_record(drafts: Mapping[str, Any]) -> None:
    cells = row(drafts["transfers"], "transfers", "letters.relances-de-pondichery.IN")
    assert said(cells, "company", "ground", "processings", "data", "adequacy", "required") == [
        "Relances de Pondichéry", "data sits there", "letters", "contact details", "none that the catalogue knows", "needed",
    ]  # fmt: skip
    assert said(cells, "laws", "practice", "plan") == [
        "Information Technology Act, section 69: orders to hand over, in force (nothing was read of its reach abroad)",
        "???",
        "???",
    ]  # fmt: skip


def test_a_company_under_american_law_is_told_by_which(drafts: Mapping[str, Any]) -> None:
    cells = row(drafts["transfers"], "transfers", "amazon-web-services-inc.US")
    assert said(cells, "company", "ground", "processings", "required", "exposure") == [
        "Amazon Web Services, Inc.", "the state can compel the company", "archive", "depends", "???",
    ]  # fmt: skip
    cloud_act, fisa, order = cells["laws"]["content"]
    assert (
        cloud_act == "CLOUD Act (18 USC 2713): orders to hand over, in force since 2018-03-23"
    )
    assert "ended on 2026-06-12, goes on until 2027-03" in fisa
    assert "compels nobody" in order
    assert "FISA section 702: ends with 2027-03" in cells["lapses"]["content"]
    assert len(cells["laws"]["sources"]) == 3


def test_where_somebody_answers_that_there_is_no_transfer_no_more_is_asked(
    material: Material,
) -> None:
    id = "transfers.ticketing.US.exposure"
    here = Span("answers.yaml", 1, 1, 1, 2)
    answered = replace(material, answers=GivenAnswers({id: (("none",), here)}))
    cells = row(told("transfers", answered), "transfers", "ticketing.US")
    assert cells["exposure"]["origin"] == "attested"
    assert said(cells, "exposure", "tool", "practice", "plan", "again") == [
        "none", "-", "-", "-", "???",
    ]  # fmt: skip


def test_laws_are_those_of_the_day(material: Material) -> None:
    later = replace(material, report=replace(material.report, as_of="2027-06-01"))
    cells = row(told("transfers", later), "transfers", "amazon-web-services-inc.US")
    assert not any("FISA" in each for each in cells["laws"]["content"])


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
def test_nothing_is_wrong_but_what_is_left_out(drafts: Mapping[str, Any], id: str) -> None:
    assert len(drafts[id]["problems"]) == 1


@pytest.mark.parametrize("id", IDS)
def test_questions_say_what_they_are_about(drafts: Mapping[str, Any], id: str) -> None:
    texts = [each["text"] for each in drafts[id]["questions"]]
    assert len(set(texts)) == len(texts), "each is told from the others without its id"
