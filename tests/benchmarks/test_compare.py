"""What two revisions say otherwise of a folder: each difference once, by what stays the same of a thing."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.compare import differences, told

HOUSE = Path(__file__).resolve().parents[2]


def resource(address: str, **said: object) -> dict[str, object]:
    return {
        "front_end": "terraform",
        "root": ".",
        "variant": None,
        "address": address,
        **said,
    }


def document(*resources: dict[str, object], **more: object) -> dict[str, object]:
    return {"resources": list(resources), **more}


def test_the_same_twice_is_no_difference() -> None:
    assert (
        list(differences("a", "facts", document(resource("x.a")), document(resource("x.a"))))
        == []
    )


def test_the_order_of_resources_is_no_difference() -> None:
    one, other = resource("x.a"), resource("x.b")
    assert list(differences("a", "facts", document(one, other), document(other, one))) == []


def test_a_resource_that_one_lacks_is_one_difference() -> None:
    found = list(
        differences(
            "a",
            "facts",
            document(resource("x.a"), resource("x.b")),
            document(resource("x.a")),
        )
    )
    assert [(each.kind, each.key) for each in found] == [("facts resources: gone", "")]
    found = list(differences("a", "facts", document(), document(resource("x.a"))))
    assert [(each.kind, each.key) for each in found] == [("facts resources: new", "")]


def test_what_changed_is_told_by_its_key_with_both_values() -> None:
    before = resource("x.a", placements=[{"region": "fr-par", "unknown": {}}])
    after = resource(
        "x.a", placements=[{"region": None, "unknown": {"region": "no-evidence"}}]
    )
    found = list(differences("a", "facts", document(before), document(after)))
    assert [(each.key, each.before, each.after) for each in found] == [
        ("placements[].region", "fr-par", None),
        ("placements[].unknown.region", None, "no-evidence"),
    ]


def test_one_of_two_that_have_the_same_address_is_still_missed() -> None:
    found = list(
        differences(
            "a",
            "facts",
            document(resource("x.a"), resource("x.a")),
            document(resource("x.a")),
        )
    )
    assert [each.kind for each in found] == ["facts resources: gone"]


def test_counts_and_exit_codes_are_compared_too() -> None:
    before = {"findings": [], "summary": {"violation": 1, "unproven": 0}, "exit": 1}
    after = {"findings": [], "summary": {"violation": 0, "unproven": 0}, "exit": 0}
    found = list(differences("a", "scan", before, after))
    assert [(each.kind, each.key) for each in found] == [
        ("scan exit: changed", ""),
        ("scan summary: changed", "violation"),
    ]


def test_what_is_met_often_is_told_first_and_once() -> None:
    before = document(
        *(resource(f"x.{number}", line=1) for number in range(9)), resource("y.a", end_line=1)
    )
    after = document(
        *(resource(f"x.{number}", line=2) for number in range(9)), resource("y.a", end_line=3)
    )
    lines = list(told(list(differences("a", "facts", before, after))))
    heads = [line.split() for line in lines if "folders" in line]
    assert [(head[0], head[-1]) for head in heads] == [("9", "line"), ("1", "end_line")]


def test_forty_repositories_of_all_kinds_are_named() -> None:
    with (HOUSE / "benchmarks" / "repositories.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    names = [row["repository"] for row in rows]
    assert len(set(names)) == len(names) >= 40
    assert all(len(row["commit"]) == 40 and row["kinds"] for row in rows)
