"""Letters to suppliers: each asks for what isn't proven of its supplier, and for nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from tests.registers.cells import said, unproven
from tests.scratch import write

FILES = {
    "saas.yaml": """\
services:
  - id: desk
    vendor: Zendesk
    product: Support
    data: [claims]
    dpa: {reference: D-1, date: 2026-01-01}
    sub_processors:
      - {name: Ponant, country: FR, seat: FR, data: [contact]}
  - {id: optics, vendor: Réseau Optique des Quais, data: [claims], facts: {country: FR, seat: FR}}
  - {id: figures, vendor: Brevo, data: [anonymous]}
""",
    "main.tf": """\
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_object_bucket" "files" {
  name = "files"
  tags = { data-classification = "health" }
}
resource "scaleway_object_bucket" "site" {
  name = "site"
  tags = { data-classification = "anonymous" }
}
""",
    "k8s.yaml": """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: claims
  labels: {sovlint.dev/data: health}
spec:
  selector: {matchLabels: {app: claims}}
  template:
    metadata: {labels: {app: claims}}
    spec:
      containers: [{name: claims, image: claims}]
""",
}


def letters(root: Path, language: str, *options: str) -> Result:
    command = ["register", "letters", str(root), "--as-of", "2026-11-24", "--lang", language]
    return CliRunner().invoke(main, [*command, *options])


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Result:
    root = tmp_path_factory.mktemp("house")
    write(root, FILES)
    write(root.parent / "answers", {"a.yaml": "organisation.name: Mutuelle des Quais\n"})
    answers = root.parent / "answers" / "a.yaml"
    result = letters(root, "en", "-f", "json", "-o", "-", "--answers", str(answers))
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def sheets(english: Result) -> Mapping[str, Any]:
    return {
        each["id"]: {row["name"]: row["cells"] for row in each["rows"]}
        for each in json.loads(english.stdout)["sheets"]
    }


def test_one_letter_a_supplier_of_whom_something_is_unproven(
    sheets: Mapping[str, Any],
) -> None:
    """None to whom only data goes that isn't personal, nor to a processor that another supplier engages."""
    assert set(sheets["letters"]) == {"zendesk", "scaleway", "reseau-optique-des-quais"}


@pytest.mark.parametrize(
    ("supplier", "demands"),
    [
        # Its owners and its processors are known, and there is an agreement: where it is, and its certificate, aren't.
        ("zendesk", ["place", "hds", "access"]),
        ("scaleway", ["hds", "agreement", "processors", "access"]),
        ("reseau-optique-des-quais", ["owners", "hds", "secnumcloud", "agreement", "processors", "access"]),
    ],
)  # fmt: skip
def test_what_is_asked(sheets: Mapping[str, Any], supplier: str, demands: list[str]) -> None:
    assert [*sheets["answers"]].count(f"{supplier}.{demands[0]}") == 1
    of = [name.rpartition(".")[2] for name in sheets["answers"] if name.startswith(supplier)]
    assert of == demands
    assert len(sheets["letters"][supplier]["asked"]["content"]) == len(demands)


def test_a_letter_says_what_is_used_and_which_rules_ask(sheets: Mapping[str, Any]) -> None:
    cells = sheets["letters"]["scaleway"]
    assert said(cells, "sender", "company", "used", "reply") == [
        "Mutuelle des Quais", "Scaleway", "object storage: France; health data", "???",
    ]  # fmt: skip
    assert cells["needed"]["content"][0] == "Health data is hosted under an HDS certificate"
    assert "your offer Scaleway HDS" in cells["asked"]["content"][0]
    desk = sheets["letters"]["zendesk"]
    assert said(desk, "used") == [
        "Support: country not known to us; reimbursement claims with act codes or prescriptions"
    ]


def test_no_letter_names_a_file_or_a_resource(sheets: Mapping[str, Any]) -> None:
    for cells in sheets["letters"].values():
        text = " ".join(each for cell in cells.values() for each in cell.get("content", []))
        assert not any(word in text for word in ("saas", ".tf", "scaleway_", ".yaml", "k8s"))


def test_where_answers_go(sheets: Mapping[str, Any]) -> None:
    rows = sheets["answers"]
    assert said(rows["scaleway.hds"], "record") == [
        "sovlint attest --qualification hds --provider scaleway --region fr-par --evidence '???' --owner '???'"
    ]
    assert said(rows["zendesk.place"], "record") == [
        "sovlint attest --country '???' --provider zendesk --address saas:desk --evidence '???' --owner '???'"
    ]
    optics = "reseau-optique-des-quais"
    assert said(rows[f"{optics}.owners"], "record") == [
        "sovlint attest --control '???' --provider 'Réseau Optique des Quais' --evidence '???' --owner '???'"
    ]
    assert said(rows[f"{optics}.secnumcloud"], "record") == ["sovlint provider new"]
    assert "company.scaleway.keys" in said(rows["scaleway.access"], "record")[0]
    assert "`dpa`" in said(rows[f"{optics}.agreement"], "record")[0]


def test_every_cell_is_proven(sheets: Mapping[str, Any]) -> None:
    assert [*unproven(sheets)] == []


def test_that_nobody_can_be_written_to_is_told(english: Result) -> None:
    assert "No letter can be written about k8s:-/Deployment/claims" in english.stderr


def test_a_page_a_letter(tmp_path: Path) -> None:
    write(tmp_path / "house", {"main.tf": FILES["main.tf"]})
    file = tmp_path / "letters.pdf"
    result = letters(tmp_path / "house", "fr", "-f", "pdf", "-o", str(file))
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(b"%PDF")
