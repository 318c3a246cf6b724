"""Facts as CSV: read back with somebody else's reader, stable columns, and nothing that a spreadsheet acts on."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.placement import ClassClaim, Classes, How, Placed
from sovlint.model.value import Reason, Unknown
from sovlint.report import FACTS_REPORTS
from sovlint.report.facts.csv_ import COLUMNS
from sovlint.report.pieces.columns import cell
from sovlint.report.pieces.style import Style
from tests.report.build import (
    DATABASE,
    PARIS,
    TAG,
    everything,
    health,
    placement,
    report,
    resource,
)


def rows(of: Any, language: str = "en") -> list[dict[str, str]]:
    text = FACTS_REPORTS["csv"](of, language, Style(False, 80))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_a_contract() -> None:
    assert COLUMNS == (
        "root", "variant", "address", "type", "path", "line", "exists", "data", "data_how", "data_unmatched", "role",
        "provider", "provider_name", "service", "region", "country", "area", "control", "technology", "qualifications",
        "sent_by", "unknown_exists", "unknown_data", "unknown_role", "unknown_provider", "unknown_service",
        "unknown_region", "unknown_country", "unknown_area", "unknown_control", "unknown_technology",
        "unknown_qualifications",
    )  # fmt: skip


def test_the_form_is_that_of_rfc_4180() -> None:
    text = FACTS_REPORTS["csv"](everything(), "fr", Style(True, 40))
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert {len(row) for row in csv.reader(io.StringIO(text, newline=""))} == {len(COLUMNS)}


def test_a_row() -> None:
    claims = (health(TAG), ClassClaim("iban", How.INFERRED, TAG))
    (row,) = rows(
        report([Placed(DATABASE, Classes(claims, unmatched=("PIFI", "Public")), (PARIS,))])
    )
    assert {key: text for key, text in row.items() if text} == {
        "root": "envs/prod", "address": "module.claims.aws_db_instance.claims", "type": "aws_db_instance",
        "path": "modules/claims/main.tf", "line": "12", "exists": "true", "data": "health;iban",
        "data_how": "declared;inferred", "data_unmatched": "PIFI;Public", "role": "at-rest", "provider": "aws",
        "provider_name": "Amazon Web Services", "service": "rds", "region": "eu-west-3", "country": "FR",
        "area": "EEA;EU", "control": "US", "technology": "US", "qualifications": row["qualifications"],
    }  # fmt: skip
    assert row["qualifications"].startswith("hds ")


def test_what_is_not_known_is_empty_and_has_its_reason() -> None:
    unknown = Unknown(Reason.UNSET_VARIABLE, "var.region")
    maybe = placement(
        region=unknown, country=unknown, sure=Unknown(Reason.UNSET_VARIABLE, "var.copy")
    )
    first, second = rows(report([Placed(DATABASE, Classes((), unknown), (PARIS, maybe))]))
    open_ = first if not first["region"] else second
    assert (open_["region"], open_["unknown_region"]) == ("", "unset-variable: var.region")
    assert (open_["exists"], open_["unknown_exists"]) == ("", "unset-variable: var.copy")
    assert (open_["data"], open_["unknown_data"]) == ("", "unset-variable: var.region")


def test_a_resource_without_a_placement_has_a_row() -> None:
    (row,) = rows(report([Placed(DATABASE, Classes(), ())]))
    assert (row["address"], row["provider"]) == ("module.claims.aws_db_instance.claims", "")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "＠x",
        '=HYPERLINK("x")',
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")
    name = f"{text}.x"
    (row,) = rows(report([Placed(resource(name, "a.tf", 1, type=text), Classes(), (PARIS,))]))
    assert row["type"][0] == "'"
    assert row["address"][0] == "'"


@given(st.text())
def test_every_cell_stays_on_its_line_and_is_read_back(text: str) -> None:
    written = cell(text)
    assert written[:1] not in tuple("=+-@\t\r\n")
    assert not {"\r", "\n", "\x00"} & set(written)
    line = io.StringIO()
    csv.writer(line).writerow([written, "end"])
    assert next(csv.reader(io.StringIO(line.getvalue(), newline=""))) == [written, "end"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (False, "false"), ((), ""), (["a", "b"], "a;b"), (3, "3")],
)
def test_cells(value: object, text: str) -> None:
    assert cell(value) == text
