"""Two hundred facts that a second reader held against their sources: what was judged wrong no longer stands."""

from __future__ import annotations

import csv
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).parent / "reread.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
# How a wrong fact begins, and what its file had of it on the day of the reading.
AS_IT_WAS = {
    "Xavier Niel (through": "share: 70.6",
    "microsoft-azure: Azure": "MedicApp/blob/fc95dfd821f9d3b65731d1a34a53bbda69a5e992",
    "Open Telekom Cloud: region eu-ch2": "eu-ch2: {country: CH, source: site}",
    "nobody holds a majority of Dassault": "no_majority: {source: dassault-family}",
    "scalingo: Scalingo": "since: 2025-09-30",
    "all of UpCloud": "held_within: {area: EEA, source: csf-upcloud}",
}
# What no source was found for, by entry, is not shown as sourced: what the file has of it now.
AS_IT_IS = {
    "oracle-eu": "owners: [{entity: oracle, majority: true, source: oracle-parent}]",
    "akenes": "owners: [{entity: a1-telekom, majority: true, source: csf-exoscale}]",
    "outscale": "us-west-1: {country: US, operator: {entity: outscale-inc, source: general}",
    "ovhcloud": "that OVH Hosting Inc., the group's company in Canada, runs the regions there",
    "maileva-sas": "owners: [{entity: la-poste, majority: true, source: maileva-laposte}]",
    "c5": "services: null, confidence: low, source: exoscale}",
    "hds": "services: null, confidence: low, source: outscale,",
}


def judged(judgement: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["judgement"] == judgement]


def text(row: dict[str, str]) -> str:
    return (ROOT / row["file"]).read_text(encoding="utf-8")


def test_two_hundred_rows_each_judged_with_a_reason() -> None:
    assert len(ROWS) == 200
    assert {row["judgement"] for row in ROWS} <= {"right", "wrong", "not found"}
    assert [row["fact"] for row in ROWS if not row["why"]] == []


def test_what_was_wrong_is_mended() -> None:
    wrong = judged("wrong")
    assert len(wrong) == len(AS_IT_WAS)
    for row in wrong:
        (was,) = [was for fact, was in AS_IT_WAS.items() if row["fact"].startswith(fact)]
        assert was not in text(row)


def test_what_was_not_found_is_not_shown_as_it_was() -> None:
    assert {row["entry"] for row in judged("not found")} == AS_IT_IS.keys()
    assert [
        row["fact"] for row in judged("not found") if AS_IT_IS[row["entry"]] not in text(row)
    ] == []
