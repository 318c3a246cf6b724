"""The register of information of DORA: three contracts, judged by hand against the sheets and columns of the regulation.

A claims engine on a French cloud that an overlay of owners makes known, a support desk of an American company, and a
mailing service that passes data to a printer and runs on others' clouds.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.registers.lei import is_lei
from tests.scratch import write

AS_OF = "2026-11-24"
OWN = "9695009KMXEXAMPLE086"
DESK = "549300EXAMPLECORP087"
FILES = {
    "saas.yaml": """\
services:
  - id: member-portal
    vendor: scalingo
    region: osc-fr1
    data: [contact, health]
    start: 2024-04-01
    contract: {reference: C-2024-007, date: 2024-03-01}
  - id: ticketing
    vendor: Zendesk
    data: [contact, claims]
    end: 2027-06-30
    contract: {reference: C-2023-001, date: 2023-01-01}
  - id: letters
    vendor: Brevo
    data: [contact]
    contract: {reference: C-2025-002, date: 2025-05-05}
    sub_processors:
      - {name: Éditique du Ponant, country: FR, seat: FR, data: [contact]}
""",
    "main.tf": """\
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "files" {
  bucket = "files"
  tags   = { data-classification = "health" }
}
""",
}
ANSWERS = f"""\
organisation.lei: {OWN}
organisation.name: Mutuelle des Quais
organisation.country: FR
company.zendesk-inc.identifier: {DESK}
"""


def run(
    house: Path, *options: str | Path, form: str = "json", out: Path | str = "-"
) -> Result:
    return CliRunner().invoke(
        main,
        ["register", "dora", str(house), "-f", form, "-o", str(out), "--as-of", AS_OF, "--lang", "en", *map(str, options)],
        prog_name="sovlint",
    )  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("house")
    write(root, FILES)
    write(root.parent / "answers", {"a.yaml": ANSWERS})
    return root


@pytest.fixture(scope="module")
def answers(house: Path) -> Path:
    return house.parent / "answers" / "a.yaml"


@pytest.fixture(scope="module")
def sheets(house: Path, answers: Path) -> Mapping[str, Any]:
    result = run(house, "--answers", answers)
    assert result.exit_code == 0, result.output
    return {each["id"]: each["rows"] for each in json.loads(result.stdout)["sheets"]}


def row(sheets: Mapping[str, Any], sheet: str, name: str) -> dict[str, Any]:
    (found,) = [each["cells"] for each in sheets[sheet] if each["name"] == name]
    cells: dict[str, Any] = found
    return cells


def said(cells: Mapping[str, Any], *columns: str) -> list[str]:
    """What columns say; ``???`` for a blank."""
    return [
        "???"
        if cells[each]["origin"] == "blank"
        else "; ".join(cells[each].get("content", []))
        for each in columns
    ]


# --- the entity


def test_the_entity_is_as_it_was_answered(sheets: Mapping[str, Any]) -> None:
    cells = row(sheets, "B_01.01", "organisation")
    assert said(cells, "c0010", "c0020", "c0030", "c0040", "c0060") == [
        OWN, "Mutuelle des Quais", "FR", "???", AS_OF,
    ]  # fmt: skip
    assert cells["c0010"]["origin"] == "attested"


# --- B_02.02


def test_a_platform_in_france_is_paas_there_and_stores_what_nobody_says(
    sheets: Mapping[str, Any],
) -> None:
    cells = row(sheets, "B_02.02", "member-portal.S18.FR")
    assert said(cells, "c0010", "c0020", "c0030", "c0060", "c0070", "c0080") == [
        "C-2024-007", OWN, "???", "S18", "2024-04-01", "???",
    ]  # fmt: skip
    # A processor may or may not store: that is asked. Where it runs is known.
    assert said(cells, "c0130", "c0140", "c0150", "c0160", "c0170") == [
        "FR", "???", "???", "FR", "high",
    ]  # fmt: skip
    assert cells["c0010"]["because"][0]["path"] == "saas.yaml"
    assert cells["c0170"]["sources"], "health data is a special category: by which law"


def test_a_support_desk_whose_place_nobody_knows_has_blanks_with_questions(
    sheets: Mapping[str, Any],
) -> None:
    cells = row(sheets, "B_02.02", "ticketing.S19.unknown")
    assert said(cells, "c0010", "c0030", "c0040", "c0060", "c0080") == [
        "C-2023-001", DESK, "LEI", "S19", "2027-06-30",
    ]  # fmt: skip
    assert said(cells, "c0130", "c0140", "c0150", "c0160", "c0170") == [
        "???", "???", "???", "???", "high",
    ]  # fmt: skip
    assert cells["c0130"]["question"]["id"] == "B_02.02.ticketing.S19.unknown.country"
    assert "Zendesk" in cells["c0130"]["question"]["text"]


def test_mail_with_contacts_alone_is_of_medium_sensitiveness(
    sheets: Mapping[str, Any],
) -> None:
    cells = row(sheets, "B_02.02", "letters.S19.unknown")
    assert said(cells, "c0060", "c0170") == ["S19", "medium"]


def test_a_bucket_stores_in_its_country(sheets: Mapping[str, Any]) -> None:
    cells = row(sheets, "B_02.02", "amazon-web-services-inc.S17.FR")
    assert said(cells, "c0010", "c0060", "c0130", "c0140", "c0150", "c0160", "c0170") == [
        "???", "S17", "FR", "true", "FR", "???", "high",
    ]  # fmt: skip


def test_every_cell_has_what_led_to_it_or_a_question(sheets: Mapping[str, Any]) -> None:
    """Facts of the register itself (days, ranks, numbers) and those that an answer gave lead nowhere else."""
    itself = {
        ("B_01.01", "c0060"),
        ("B_05.02", "c0050"),
        ("B_06.01", "c0010"),
        ("B_06.01", "root"),
    }
    for sheet, rows in sheets.items():
        for each in rows:
            for column, cell in each["cells"].items():
                led = cell.get("because") or cell.get("sources")
                known = cell["origin"] == "not-applicable" or (sheet, column) in itself
                assert led or known or cell.get("question"), (sheet, each["name"], column)


# --- B_05.01 and B_05.02


def test_providers_have_legal_name_seat_and_ultimate_parent(
    sheets: Mapping[str, Any],
) -> None:
    cells = row(sheets, "B_05.01", "zendesk-inc")
    assert said(cells, "c0010", "c0050", "c0070", "c0080") == [
        DESK, "Zendesk, Inc.", "legal", "US",
    ]  # fmt: skip
    aws = row(sheets, "B_05.01", "amazon-web-services-inc")
    assert said(aws, "c0050", "c0080", "parent") == [
        "Amazon Web Services, Inc.", "US", "Amazon.com, Inc.",
    ]  # fmt: skip
    assert aws["c0110"]["question"]["id"] == "company.amazon.com-inc.identifier"
    assert len(aws["parent"]["sources"]) >= 1


def test_a_printer_that_only_the_inventory_names_is_asked_about(
    sheets: Mapping[str, Any],
) -> None:
    cells = row(sheets, "B_05.01", "editique-du-ponant")
    assert said(cells, "c0010", "c0050", "c0080", "parent") == ["???", "???", "???", "???"]


def test_the_supply_chain_has_ranks(sheets: Mapping[str, Any]) -> None:
    chain = [each for each in sheets["B_05.02"] if each["name"].startswith("letters.")]
    told = [said(each["cells"], "provider", "c0050") for each in chain]
    assert told[0] == ["Brevo (saas:letters)", "1"]
    assert ["Éditique du Ponant", "2"] in told
    assert ["OVHcloud", "2"] in told
    second = next(
        each["cells"] for each in chain if said(each["cells"], "provider") == ["OVHcloud"]
    )
    assert second["c0050"]["sources"]
    assert second["c0060"]["question"]["id"] == "company.brevo-sas-sendinblue.identifier"


# --- what is wrong


def test_a_reference_of_two_companies_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"saas.yaml": FILES["saas.yaml"].replace("C-2023-001", "C-2024-007")})
    result = run(tmp_path, out=tmp_path / "d.json")
    assert result.exit_code == 0
    assert "The contract reference C-2024-007 is that of several companies: Scalingo, Zendesk." in result.stderr  # fmt: skip
    assert (tmp_path / "d.json").exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("organisation.lei: 9695009KMXEXAMPLE087", "is no LEI"),
        ("organisation.name: [Quais, Ponant]", "it takes one value, and has 2"),
        (
            f"company.zendesk-inc.identifier: {DESK[:-1]}8",
            "has the form of an LEI, and its last two",
        ),
        ("organisation.country: Atlantis", "is no country"),
        ("B_01.01.organisation.c0040: bank", "is none of its codes: insurer, intermediary,"),
        ("arrangement.ticketing.start: soon", "is no day"),
        ("B_02.01.letters.c0050: much", "is no number"),
        ("B_02.02.letters.S19.unknown.storage: perhaps", "is neither true nor false"),
        ("B_02.02.letters.c0050: F9", "stands nowhere in B_06.01"),
        (
            "organisation.color: blue",
            "no question of this register is called `organisation.color`",
        ),
    ],
)
def test_answers_that_can_not_be_are_told(
    house: Path, tmp_path: Path, answer: str, said: str
) -> None:
    (tmp_path / "a.yaml").write_text(answer + "\n")
    result = run(house, "--answers", tmp_path / "a.yaml", out=tmp_path / "d.json")
    assert result.exit_code == 0, result.output
    assert said in result.stderr


def test_blanks_fail_where_that_is_asked_for(house: Path, tmp_path: Path) -> None:
    result = run(house, "--require-complete", "--questions", tmp_path / "q.yaml", out=tmp_path / "d.json")  # fmt: skip
    assert result.exit_code == 1
    questions = (tmp_path / "q.yaml").read_text()
    assert '"organisation.lei": ???' in questions
    again = run(house, "--answers", tmp_path / "q.yaml", out=tmp_path / "d.json")
    assert again.exit_code == 0, "questions that nobody answered are a file of answers too"


# --- what is filed


def test_the_package_for_supervisors(house: Path, answers: Path, tmp_path: Path) -> None:
    filed = run(house, "--answers", answers, form="xbrl-csv", out=tmp_path / "d.zip")
    assert filed.exit_code == 1, "keys are blank: supervisors would refuse it"
    assert "supervisors refuse the package as it is" in filed.stderr
    with zipfile.ZipFile(tmp_path / "d.zip") as package:
        (top,) = {name.partition("/")[0] for name in package.namelist()}
        names = {name.removeprefix(f"{top}/") for name in package.namelist()}

        def read(name: str) -> str:
            return package.read(f"{top}/reports/{name}").decode()

        report = json.loads(read("report.json"))
        parameters = dict(csv.reader(io.StringIO(read("parameters.csv"))))
        rows = list(csv.DictReader(io.StringIO(read("b_02.02.csv"))))
    assert top == f"{OWN}.IND_DORA_2025-12-31"
    assert {"META-INF/reportPackage.json", "reports/FilingIndicators.csv", "reports/b_05.02.csv"} <= names  # fmt: skip
    assert report["documentInfo"]["documentType"] == "https://xbrl.org/2021/xbrl-csv"
    assert parameters["entityID"] == f"rs:{OWN}.IND"
    assert parameters["refPeriod"] == "2025-12-31"
    (portal,) = [each for each in rows if each["c0010"] == "C-2024-007"]
    assert (portal["c0060"], portal["c0130"], portal["c0170"], portal["c0140"]) == (
        "eba_TA:S18", "eba_GA:FR", "eba_ZZ:x793", "",
    )  # fmt: skip
    assert "provider" not in portal


def test_what_is_wrong_is_not_filed(house: Path, answers: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("organisation.country: Atlantis\n")
    result = run(
        house, "--answers", answers, "--answers", tmp_path / "a.yaml", form="xbrl-csv", out=tmp_path / "d.zip"
    )  # fmt: skip
    assert result.exit_code == 2
    assert "is no country" in result.stderr
    assert "The package isn't written" in result.stderr
    assert not (tmp_path / "d.zip").exists()


def test_questions_say_which_codes_answer_them(sheets: Mapping[str, Any]) -> None:
    cells = row(sheets, "B_02.02", "letters.S19.unknown")
    text = cells["c0180"]["question"]["text"]
    assert text.endswith(
        "One of: not-significant (not significant), low (low reliance), material (material reliance), full (full reliance)."
    )


def test_nothing_is_overwritten_that_is_read_or_answered(house: Path, answers: Path) -> None:
    inventory = (house / "saas.yaml").read_text()
    result = run(house, out=house / "saas.yaml")
    assert result.exit_code == 2
    assert "is one of the files that are read, and is left as it is" in result.stderr
    assert (house / "saas.yaml").read_text() == inventory
    result = run(house, "--answers", answers, "--questions", answers)
    assert result.exit_code == 2
    assert "is there already, and is left as it is" in result.stderr
    assert answers.read_text() == ANSWERS


def test_without_an_lei_nothing_is_filed(house: Path, tmp_path: Path) -> None:
    result = run(house, form="xbrl-csv", out=tmp_path / "d.zip")
    assert result.exit_code == 2
    assert "Answer `organisation.lei`" in result.stderr
    assert not (tmp_path / "d.zip").exists()


def test_what_changed_since_the_last_one(house: Path, answers: Path, tmp_path: Path) -> None:
    assert run(house, out=tmp_path / "before.json").exit_code == 0
    without_letters = FILES["saas.yaml"].partition("  - id: letters")[0]
    write(tmp_path / "now", {**FILES, "saas.yaml": without_letters})
    result = run(
        tmp_path / "now", "--previous", tmp_path / "before.json", "--answers", answers
    )
    found = json.loads(result.stdout)["changes"]
    told = {(each["row"], each["kind"]) for each in found}
    assert ("letters", "removed") in told
    assert ("organisation", "changed") in told
    lei = next(each for each in found if each.get("after") == [OWN])
    assert "before" not in lei


def test_another_register_is_no_previous_one(house: Path, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    result = run(house, "--previous", tmp_path / "x.json")
    assert result.exit_code == 2
    assert "is no register as JSON" in result.stderr


@pytest.mark.parametrize("form", ["xlsx", "pdf", "json", "xbrl-csv"])
def test_the_same_bytes_again(house: Path, answers: Path, tmp_path: Path, form: str) -> None:
    for name in ("once", "again"):
        assert run(house, "--answers", answers, form=form, out=tmp_path / name).exit_code < 2
    assert (tmp_path / "once").read_bytes() == (tmp_path / "again").read_bytes()


# --- check digits


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (OWN, True),
        ("969500T7M9B5DYDSCX85", False),
        ("9695009KMXEXAMPLE068", False),
        ("9695009kmxexample086", False),
        ("9695009KMXEXAMPLE08", False),
        ("", False),
    ],
)
def test_check_digits(written: str, right: bool) -> None:
    assert is_lei(written) is right


def test_ultimate_parents_have_rows_of_their_own(sheets: Mapping[str, Any]) -> None:
    cells = row(sheets, "B_05.01", "amazon.com-inc")
    assert said(cells, "provider", "c0010", "parent") == [
        "Amazon.com, Inc.", "???", "Amazon.com, Inc.",
    ]  # fmt: skip
    assert cells["provider"]["sources"]


def test_questions_say_what_they_are_about(sheets: Mapping[str, Any]) -> None:
    cells = row(sheets, "B_02.01", "letters")
    assert (
        cells["c0050"]["question"]["text"]
        == "Brevo (saas:letters): What does it cost a year?"
    )


def test_one_wrong_answer_is_told_once_where_it_stands(house: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("# mine\norganisation.lei: x\n")
    result = run(house, "--answers", tmp_path / "a.yaml", out=tmp_path / "d.json")
    told = [line for line in result.stderr.splitlines() if "is no LEI" in line]
    assert len(told) == 1
    assert "a.yaml:2:1 (B_01.01" in told[0]
