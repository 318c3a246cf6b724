"""Registers of three repositories of one insurer as one, judged by hand: whose bucket and contract is whose."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.registers.answers import GivenAnswers
from sovlint.registers.merging.members import Member
from sovlint.registers.merging.merged import Fleet, merged
from sovlint.registers.read_back import carried, read_back
from sovlint.registers.register import Register
from sovlint.registers.writing.formats import FORMATS
from tests.registers.cells import said, unproven
from tests.registers.drafts import AS_OF, drafted, given

OWN = "9695009KMXEXAMPLE086"
DESK = "549300EXAMPLECORP087"
HOUSES: Mapping[str, Mapping[str, str]] = {
    # Keeps health data with AWS in Paris, and has a contract with Zendesk.
    "claims": {
        "infra/main.tf": """\
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "files" {
  bucket = "files"
  tags   = { data-classification = "health" }
}
""",
        "saas.yaml": """\
services:
  - id: ticketing
    vendor: Zendesk
    data: [contact, claims]
    end: 2027-06-30
    contract: {reference: C-1}
""",
    },
    # Contact data with AWS in Paris and London; the same contract with Zendesk, under another name.
    "portal": {
        "infra/main.tf": """\
provider "aws" {
  region = "eu-west-3"
}
provider "aws" {
  alias  = "copy"
  region = "eu-west-2"
}
resource "aws_s3_bucket" "files" {
  bucket = "portal"
  tags   = { data-classification = "contact" }
}
resource "aws_s3_bucket" "copy" {
  provider = aws.copy
  bucket   = "portal-copy"
  tags     = { data-classification = "contact" }
}
""",
        "saas.yaml": """\
services:
  - id: support
    vendor: Zendesk
    data: [contact]
    end: 2028-12-31
    contract: {reference: C-1}
""",
    },
    # Another vendor under that reference, and an entry of the name that `claims` has.
    "letters": {
        "saas.yaml": """\
services:
  - id: ticketing
    vendor: Brevo
    data: [contact]
    contract: {reference: C-1}
""",
    },
}
MEMBERS = tuple(
    Member(name, f"{at}" * 40, classified=at, resources=10, config=1, failed=at)
    for at, name in enumerate(HOUSES, start=1)
)
FLEET = Fleet(MEMBERS, AS_OF)


@cache
def part(form: str, name: str) -> Register:
    """What a repository drafts by itself, written and read again."""
    with TemporaryDirectory() as folder:
        register = drafted(form, Path(folder), HOUSES[name], repository=name)
    return read_back(carried(register), register.world, name)


def whole(form: str, *names: str, fleet: Fleet = FLEET) -> Register:
    parts = {name: part(form, name) for name in names or HOUSES}
    world = next(iter(parts.values())).world
    return merged(form, parts, replace(fleet, world=world))


def written(register: Register, language: str = "en") -> bytes:
    return FORMATS["json"].files(register, language)[""]


def sheets(register: Register) -> dict[str, dict[str, Any]]:
    found = json.loads(written(register))
    return {
        each["id"]: {row["name"]: row["cells"] for row in each["rows"]}
        for each in found["sheets"]
    }


@pytest.fixture(scope="module")
def dora() -> dict[str, dict[str, Any]]:
    return sheets(whole("dora"))


# --- rows


def test_what_code_places_with_one_company_is_one_row(dora: dict[str, Any]) -> None:
    assert [*dora["B_02.01"]] == [
        "amazon-web-services-inc", "claims:ticketing", "letters:ticketing",
    ]  # fmt: skip
    aws = dora["B_02.01"]["amazon-web-services-inc"]
    assert said(aws, "provider", "c0010", "repositories") == [
        "Amazon Web Services", "???", "claims; portal",
    ]  # fmt: skip


def test_a_contract_that_two_repositories_name_is_one_row(dora: dict[str, Any]) -> None:
    zendesk = dora["B_02.01"]["claims:ticketing"]
    assert said(zendesk, "c0010", "repositories") == ["C-1", "claims; portal"]
    paths = {each["path"] for each in zendesk["c0010"]["because"]}
    assert paths == {"claims: saas.yaml", "portal: saas.yaml"}


def test_rows_of_one_name_in_two_inventories_are_two(dora: dict[str, Any]) -> None:
    assert said(dora["B_03.02"]["letters:ticketing"], "c0010", "repositories") == [
        "C-1", "letters",
    ]  # fmt: skip
    question = dora["B_02.01"]["letters:ticketing"]["c0050"]["question"]
    assert question["id"] == "B_02.01.letters:ticketing.c0050"
    assert question["text"].startswith("letters, Brevo")


def test_the_organisation_is_there_once(dora: dict[str, Any]) -> None:
    assert [*dora["B_01.01"]] == [*dora["B_01.02"]] == ["organisation"]
    assert said(dora["B_01.01"]["organisation"], "c0060") == [AS_OF.isoformat()]


def test_functions_are_numbered_over_all(dora: dict[str, Any]) -> None:
    named = {row: said(cells, "c0010", "root") for row, cells in dora["B_06.01"].items()}
    assert named == {
        "claims:F1": ["F1", "outside of any deployed folder"],
        "claims:F2": ["F2", "infra"],
        "letters:F1": ["F3", "outside of any deployed folder"],
        "portal:F1": ["F4", "outside of any deployed folder"],
        "portal:F2": ["F5", "infra"],
    }


def test_functions_keep_the_numbers_that_they_had() -> None:
    had = {"portal:F2": "F1", "gone:F1": "F7"}
    found = sheets(whole("dora", fleet=replace(FLEET, numbers=had)))["B_06.01"]
    assert {row: said(cells, "c0010")[0] for row, cells in found.items()} == {
        "portal:F2": "F1", "claims:F1": "F8", "claims:F2": "F9", "letters:F1": "F10", "portal:F1": "F11",
    }  # fmt: skip


# --- cells


def test_the_most_sensitive_data_counts(dora: dict[str, Any]) -> None:
    rows = dora["B_02.02"]
    paris = rows["amazon-web-services-inc.S17.FR"]
    assert said(paris, "c0130", "c0140", "c0170", "repositories") == [
        "FR", "true", "high", "claims; portal",
    ]  # fmt: skip
    assert {each["path"] for each in paris["c0170"]["because"]} == {"claims: infra/main.tf"}
    london = rows["amazon-web-services-inc.S17.GB"]
    assert said(london, "c0170", "repositories") == ["medium", "portal"]


def test_nothing_is_chosen_where_repositories_differ() -> None:
    answers = given("""\
        organisation.lei: 9695009KMXEXAMPLE086
        B_02.02.claims:ticketing.c0050: F1
        B_02.02.portal:support.c0050: F1
    """)
    rows = sheets(whole("dora", fleet=replace(FLEET, answers=answers)))["B_02.02"]
    row = rows["claims:ticketing.S19.unknown"]
    assert said(row, "repositories") == ["claims"]
    country = "B_02.02.claims:ticketing.S19.unknown.country: US\n"
    more = given(
        country + country.replace("claims:ticketing", "portal:support")
        + "B_02.02.claims:ticketing.S19.unknown.at-rest: US\n"
        + "B_02.02.portal:support.S19.unknown.at-rest: US\n"
    )  # fmt: skip
    both = GivenAnswers({**answers.by_id, **more.by_id})
    rows = sheets(whole("dora", fleet=replace(FLEET, answers=both)))["B_02.02"]
    row = rows["claims:ticketing.S19.unknown"]
    assert said(row, "repositories", "c0080") == ["claims; portal", "???"]
    assert row["c0080"]["note"] == (
        "The repositories differ: 2027-06-30 (claims), 2028-12-31 (portal)."
    )


def test_every_cell_has_what_led_to_it_or_a_question(dora: dict[str, Any]) -> None:
    kept = {
        sheet: {
            name: {
                id: cell for id, cell in cells.items() if id not in ("repositories", "root")
            }
            for name, cells in rows.items()
        }
        for sheet, rows in dora.items()
    }
    numbers = {("B_06.01", "c0010"), ("B_01.01", "c0060"), ("B_05.02", "c0050")}
    odd = [
        (sheet, row, column)
        for sheet, row, column in unproven(kept)
        if (sheet, column) not in numbers
    ]
    assert odd == []


# --- questions and answers


def test_one_answer_is_that_of_all() -> None:
    answers = given(f"""\
        organisation.lei: {OWN}
        company.zendesk-inc.identifier: {DESK}
        arrangement.amazon-web-services-inc.reference: C-9
    """)
    register = whole("dora", fleet=replace(FLEET, answers=answers))
    found = sheets(register)
    assert said(found["B_05.01"]["zendesk-inc"], "c0010", "c0020") == [DESK, "LEI"]
    assert said(found["B_02.01"]["amazon-web-services-inc"], "c0010") == ["C-9"]
    assert "company.zendesk-inc.identifier" not in {each.id for each in register.questions()}
    assert answers.unused(register.asked()) == []


def test_no_question_is_asked_twice() -> None:
    ids = [each.id for each in whole("dora").questions()]
    assert len(ids) == len(set(ids))
    assert ids.count("company.zendesk-inc.identifier") == 1


def test_an_answer_on_where_it_is_says_whether_that_is_in_the_eea() -> None:
    answers = given("""\
        places.zendesk.unknown.country: IE
        places.brevo.unknown.country: Atlantis
        company.zendesk.hds-covers: true
    """)
    register = whole("tender", fleet=replace(FLEET, answers=answers))
    rows = sheets(register)["answers"]
    assert said(rows["zendesk.unknown"], "country", "within", "hds") == ["IE", "true", "???"]
    assert rows["zendesk.unknown"]["hds"]["note"].startswith("The answer True proves nothing")
    assert said(rows["brevo.unknown"], "country", "within") == ["Atlantis", "???"]
    told = json.loads(written(register))["problems"]
    assert sum("Atlantis" in each for each in told) == 1


# --- problems


def test_a_reference_of_two_vendors_is_told() -> None:
    told = json.loads(written(whole("dora")))["problems"]
    assert any(
        each.startswith("The contract reference C-1 is that of several companies: Brevo")
        for each in told
    )
    assert not any(
        "several companies" in each
        for each in json.loads(written(whole("dora", "claims", "portal")))["problems"]
    )


def test_whoever_is_missing_is_told() -> None:
    gone = Member("archive", reason="It took too long.")
    register = whole("dora", fleet=replace(FLEET, members=(*MEMBERS, gone)))
    told = json.loads(written(register))["problems"]
    assert told[0] == "archive isn't in this register: It took too long."


def test_a_problem_of_a_repository_has_its_name() -> None:
    own = {
        "saas.yaml": HOUSES["claims"]["saas.yaml"]
        + HOUSES["letters"]["saas.yaml"].partition("\n")[2].replace("ticketing", "mail")
    }
    with TemporaryDirectory() as folder:
        register = drafted("dora", Path(folder), own, repository="both")
    again = read_back(carried(register), register.world, "both")
    told = json.loads(written(merged("dora", {"both": again}, FLEET)))["problems"]
    assert any(each.startswith("both: The contract reference C-1") for each in told)
    assert not any(each.startswith("both: B_02.01: the rows") for each in told)


# --- order


@pytest.mark.parametrize("form", ["dora", "tender"])
def test_the_order_of_repositories_says_nothing(form: str) -> None:
    names = [*HOUSES]
    expected = written(whole(form, *names))
    dice = random.Random(22)
    for _ in range(5):
        dice.shuffle(names)
        members = tuple(sorted(MEMBERS, key=lambda each: names.index(each.repository)))
        shuffled = whole(form, *names, fleet=replace(FLEET, members=members))
        assert written(shuffled) == expected
        assert written(shuffled, "fr") == written(whole(form), "fr")


@pytest.mark.parametrize("form", ["dora", "tender"])
def test_one_repository_says_what_it_said(form: str) -> None:
    alone, own = sheets(whole(form, "portal")), sheets(part(form, "portal"))
    for rows in alone.values():
        for cells in rows.values():
            del cells["repositories"]
    if form == "tender":
        del alone["statement"], own["statement"]
    assert without_words(alone) == without_words(own)


def without_words(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same, of questions only their ids: their words say whose they are."""
    for rows in found.values():
        for cells in rows.values():
            for cell in cells.values():
                if "question" in cell:
                    cell["question"] = cell["question"]["id"]
    return found


# --- tender


def test_a_statement_is_of_the_fleet() -> None:
    gone = Member("archive", reason="It took too long.")
    found = sheets(whole("tender", fleet=replace(FLEET, members=(*MEMBERS, gone))))
    row = found["statement"]["statement"]
    assert said(row, "repository", "classified", "unread") == [
        "repositories: 3",
        "6 of 30; 3 of these are configuration, which holds no data",
        "files: 6; whole repositories: archive",
    ]  # fmt: skip
    assert row["commit"]["content"][0] == f"claims {'1' * 40}"
    assert row["commit"]["content"][-1] == "all that was read is of these commits"


def test_a_company_and_country_are_one_record_with_their_repositories() -> None:
    rows = sheets(whole("tender"))["answers"]
    paris = rows["aws.FR"]
    assert said(paris, "services", "within", "states", "repositories") == [
        "s3", "true", "FR; US", "repositories: 2; claims; portal",
    ]  # fmt: skip
    assert said(paris, "classes") == ["health data; contact details"]
    assert said(rows["aws.GB"], "within", "repositories") == [
        "false", "repositories: 1; portal",
    ]  # fmt: skip
    assert "none was found" not in paris["broken"]["content"]
