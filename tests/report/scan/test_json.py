"""The report as data: what the contract says, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import fields

from sovlint import contract
from sovlint.report.pieces import json_text
from sovlint.report.scan.json_ import answer
from tests.report.build import everything


def told(both: bool = False) -> dict[str, Any]:
    text = json_text.dump(answer(everything(), "en", both=both))
    return dict(json.loads(text))


def test_a_document_has_the_fields_of_the_contract() -> None:
    assert sorted(told()) == sorted(each.encode_name for each in fields(contract.Report))


def test_findings_are_told_in_one_language_unless_both_are_asked_for() -> None:
    one, both = (answer(everything(), "en", **asked) for asked in ({}, {"both": True}))
    assert json_text.dump(one) == json_text.dump(answer(everything(), "en", both=False))
    found = told(both=True)["findings"]
    assert found
    assert all(each["messages"].keys() == {"en", "fr"} for each in found)
    assert json_text.dump(one) != json_text.dump(both)
