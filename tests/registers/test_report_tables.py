"""The tables of `sovlint report`: who, whose law, where and which verdict, judged by hand on the insurer's repository."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from sovlint.cli import main
from tests import scratch

INSURER = scratch.alone("mutuelle")
AS_OF = "2026-11-24"


def report(form: str, out: Path | str, language: str = "en") -> Result:
    return CliRunner().invoke(
        main,
        ["report", str(INSURER), "-f", form, "-o", str(out), "--as-of", AS_OF, "--lang", language],
        prog_name="sovlint",
    )  # fmt: skip


@cache
def told() -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet, as JSON has them."""
    result = report("json", "-")
    assert result.exit_code == 0, result.output
    return {each["id"]: each["rows"] for each in json.loads(result.stdout)["sheets"]}


def said(row: dict[str, Any]) -> dict[str, list[str]]:
    return {id: cell.get("content", []) for id, cell in row["cells"].items()}


def supplier(name: str) -> dict[str, list[str]]:
    found = [said(row) for row in told()["suppliers"] if said(row)["company"] == [name]]
    assert len(found) == 1
    return found[0]


def test_a_supplier_abroad_is_told_with_states_countries_and_verdict() -> None:
    row = supplier("Amazon Web Services")
    assert row["states"] == ["DE", "FR", "GB", "US", "perhaps others"]
    assert row["countries"] == ["DE", "FR", "GB", "unknown"]
    assert row["verdict"] == ["violation"]
    assert "health-data-under-eu-control" in row["policies"]


def test_a_supplier_at_home_has_its_qualification() -> None:
    row = supplier("Outscale")
    assert row["states"] == ["FR"]
    assert row["countries"] == ["FR"]
    # One of its regions is qualified, the other one isn't.
    assert row["qualifications"] == ["SecNumCloud, of some of it alone"]


def test_a_company_that_nobody_knows_is_said_to_be_unknown() -> None:
    row = supplier("unknown")
    assert row["states"] == ["unknown"]
    assert row["verdict"] == ["unproven"]


def test_no_cell_is_empty_without_a_reason() -> None:
    empty = [
        (sheet, id)
        for sheet, rows in told().items()
        for row in rows
        for id, cell in row["cells"].items()
        if not cell.get("content") and cell["origin"] != "not-applicable"
    ]
    assert empty == []
    assert supplier("Viamedis")["regions"] == ["unknown"]
    assert supplier("Sentry")["policies"] == ["none"]


def test_processings_are_what_is_deployed_together_with_a_class() -> None:
    rows = [said(row) for row in told()["processings"]]
    roots = {row["processing"][0] for row in rows}
    assert "fixtures/mutuelle/infra/remboursements" in roots
    assert all(row["classes"] != ["no data class"] for row in rows)


def test_findings_are_those_of_a_scan_worst_first() -> None:
    rows = [said(row) for row in told()["findings"]]
    severities = [row["severity"][0] for row in rows if not row["excused"]]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert rows[0]["verdict"] == ["violation"]
    scan = CliRunner().invoke(
        main, ["scan", str(INSURER), "-f", "json", "--as-of", AS_OF, "--lang", "en"]
    )
    assert len(rows) == len(json.loads(scan.stdout)["findings"])


def test_every_cell_has_what_led_to_it_or_a_reason_why_it_has_not() -> None:
    """Counts, verdicts and "unknown" follow from the table itself. All else leads somewhere."""
    without = {"number", "placements", "verdict", "severity", "roles", "excused"}
    said_alone = (["unknown"], ["none that is known"], ["no data class"])
    bare = [
        (sheet, id, cell)
        for sheet, rows in told().items()
        for row in rows
        for id, cell in row["cells"].items()
        if id not in without
        and cell["origin"] == "fact"
        and cell.get("content") not in said_alone
    ]
    assert bare
    assert [
        each for each in bare if not each[2].get("because") and not each[2].get("sources")
    ] == []


# --- formats


def test_csv_in_french_opens_in_a_french_spreadsheet(tmp_path: Path) -> None:
    assert report("csv", tmp_path / "out", "fr").exit_code == 0
    data = (tmp_path / "out" / "suppliers.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    aws = next(row for row in rows if row["Société"] == "Amazon Web Services")
    assert aws["Pays des données"] == (
        "DE (Allemagne) ; FR (France) ; GB (Royaume-Uni) ; inconnu"
    )
    assert aws["Pire verdict"] == "violation"


def test_csv_in_english_is_plain(tmp_path: Path) -> None:
    assert report("csv", tmp_path / "out").exit_code == 0
    data = (tmp_path / "out" / "suppliers.csv").read_bytes()
    assert data.startswith(b"Company,States that can compel it,")
    assert {each.name for each in (tmp_path / "out").iterdir()} == {
        "suppliers.csv", "processings.csv", "findings.csv", "proof.csv",
    }  # fmt: skip


@pytest.fixture(scope="module")
def in_french(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Where the report is in French, in a format; it is made once for all that look at it."""

    @cache
    def made(form: str) -> Path:
        out = tmp_path_factory.mktemp("french") / form
        assert report(form, out, "fr").exit_code == 0
        return out

    return made


@pytest.mark.parametrize("form", ["xlsx", "pdf", "json"])
def test_the_same_bytes_again(
    tmp_path: Path, form: str, in_french: Callable[[str], Path]
) -> None:
    assert report(form, tmp_path / "again", "fr").exit_code == 0
    assert (tmp_path / "again").read_bytes() == in_french(form).read_bytes()


SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def test_a_workbook_has_the_sheets_and_what_is_known(
    in_french: Callable[[str], Path],
) -> None:
    with zipfile.ZipFile(in_french("xlsx")) as book:
        names = etree.fromstring(book.read("xl/workbook.xml")).xpath(
            "//s:sheet/@name", namespaces=SHEET
        )
        texts = etree.fromstring(book.read("xl/sharedStrings.xml")).xpath("//s:t/text()", namespaces=SHEET)  # fmt: skip
        sheets = [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]
    assert names == ["À propos", "Fournisseurs", "Traitements", "Constats", "Preuves"]
    assert "Amazon Web Services" in texts
    assert not any(b"<f>" in each or b"<hyperlink" in each for each in sheets)


def test_a_pdf_is_one(in_french: Callable[[str], Path]) -> None:
    assert in_french("pdf").read_bytes().startswith(b"%PDF-")


# --- bad input


def test_a_folder_that_is_not_there_to_write_to(tmp_path: Path) -> None:
    result = report("xlsx", tmp_path / "none" / "a.xlsx")
    assert result.exit_code == 2
    assert "can't be written" in result.stderr


def test_several_files_need_a_folder(tmp_path: Path) -> None:
    result = report("csv", "-")
    assert result.exit_code == 2
    assert "Name a folder with -o." in result.stderr
    (tmp_path / "file").write_text("")
    result = report("csv", tmp_path / "file")
    assert result.exit_code == 2
    assert "is a file, and a folder is needed" in result.stderr
