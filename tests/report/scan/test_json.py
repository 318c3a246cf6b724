"""The report as data: what the contract says, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import fields

from sovlint import contract
from sovlint.report.pieces import json_text
from sovlint.report.scan.json_ import answer
from tests.report.build import everything


def told(**asked: bool) -> dict[str, Any]:
    return dict(json.loads(json_text.dump(answer(everything(), "en", **asked))))


def test_a_document_has_the_fields_of_the_contract() -> None:
    assert sorted(told()) == sorted(each.encode_name for each in fields(contract.Report))


def test_findings_are_told_in_one_language() -> None:
    found = told()["findings"]
    assert found
    assert not any("messages" in each for each in found)


def test_findings_are_told_in_every_language_where_that_is_asked_for() -> None:
    found = told(both=True)["findings"]
    assert found
    assert all(each["messages"].keys() == {"en", "fr"} for each in found)
