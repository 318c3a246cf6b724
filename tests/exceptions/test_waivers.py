"""Waivers, from the configuration to the report."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sovlint.exceptions.ledger import Rules
from sovlint.exceptions.waivers import faulty, unknown
from sovlint.model.exception import Waiver
from sovlint.model.findings.finding import PolicyText
from sovlint.model.source import Span
from sovlint.model.text import Bilingual
from tests.exceptions.house import (
    CONTROL,
    EEA,
    PROVIDER,
    QUALIFIED,
    Json,
    bucket,
    counting,
    policies,
    repository,
    run,
    scan,
    states,
    suppressed,
)

WAIVER = {
    "policy": CONTROL,
    "addresses": ["aws_s3_bucket.a"],
    "reason": "leaves with contract 2026-114",
    "owner": "platform lead",
    "approver": "dpo",
    "ticket": "SEC-12",
    "issued": "2026-10-01",
    "expires": "2026-12-31",
}


def waived(folder: Path, *waivers: Json, **more: str) -> Path:
    """Two buckets in Paris, and these waivers."""
    text = yaml.safe_dump({"waivers": list(waivers)}, sort_keys=False)
    return repository(
        folder,
        {
            "main.tf": PROVIDER + bucket("a"),
            "old/b.tf": PROVIDER + bucket("b"),
            "sovlint.yaml": text,
            **more,
        },
    )


def waiver(**changes: Any) -> Json:
    """A waiver that holds, with changes; ``None`` takes a key out."""
    return {key: value for key, value in {**WAIVER, **changes}.items() if value is not None}


def test_by_address(tmp_path: Path) -> None:
    report = scan(waived(tmp_path, waiver()))
    assert suppressed(report) == {("waiver", CONTROL, "aws_s3_bucket.a")}
    assert (CONTROL, "aws_s3_bucket.b") in counting(report)
    (audited,) = report["exceptions"]
    (excused,) = audited.pop("absorbed")
    assert audited == {
        "kind": "waiver", "state": "used", "policies": [CONTROL], "reason": "leaves with contract 2026-114",
        "owner": "platform lead", "approver": "dpo", "ticket": "SEC-12", "until": "2026-12-31", "path": "sovlint.yaml",
        "line": 2, "note": None,
    }  # fmt: skip
    assert (excused["address"], excused["path"], excused["line"]) == (
        "aws_s3_bucket.a",
        "main.tf",
        4,
    )


def test_by_path_and_for_several_policies(tmp_path: Path) -> None:
    report = scan(
        waived(
            tmp_path, waiver(policy=[CONTROL, QUALIFIED], addresses=None, paths=["old/**"])
        )
    )
    assert counting(report) == {(CONTROL, "aws_s3_bucket.a"), (QUALIFIED, "aws_s3_bucket.a")}


def test_with_addresses_and_paths_both_must_match(tmp_path: Path) -> None:
    report = scan(waived(tmp_path, waiver(paths=["old/**"])))
    assert suppressed(report) == set()
    assert states(report) == [("waiver", "unused", CONTROL)]


def test_a_file_of_its_own_with_globs_relative_to_the_configuration(tmp_path: Path) -> None:
    text = yaml.safe_dump(
        {"waivers": [waiver(addresses=None, paths=["old/**"], issued="2026-10-01")]}
    )
    report = scan(
        waived(tmp_path, **{"sovlint.yaml": "waivers: gov/w.yaml\n", "gov/w.yaml": text})
    )
    assert suppressed(report) == {("waiver", CONTROL, "aws_s3_bucket.b")}
    assert report["exceptions"][0]["path"] == "gov/w.yaml"


def test_one_past_its_end_fails_the_build_with_owner_and_date(tmp_path: Path) -> None:
    folder = waived(
        tmp_path, waiver(policy=[CONTROL, QUALIFIED], addresses=["*"], expires="2026-11-24")
    )
    report = scan(folder)
    assert report["code"] == 1
    assert {each["state"] for each in report["exceptions"]} == {"expired"}
    messages = [each["message"] for each in report["findings"]]
    assert len(messages) == 4
    assert all(
        said.endswith(
            "; the waiver that covered this expired on 2026-11-24 (owner: platform lead, ticket: SEC-12)"
        )
        for said in messages
    )
    text = " ".join(
        run(folder, "--full", "--lang", "fr").stdout.replace("\u00a0", " ").split()
    )
    said = "la dérogation qui couvrait ceci a expiré le 24 novembre 2026 (responsable : platform lead, ticket : SEC-12)"
    assert said in text


def test_the_last_day_counts(tmp_path: Path) -> None:
    assert states(scan(waived(tmp_path, waiver(expires="2026-11-25")))) == [
        ("waiver", "used", CONTROL)
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"approver": "Platform Lead "},
            "its owner and its approver are the same (platform lead)",
        ),
        ({"issued": "2026-11-26"}, "it begins on 2026-11-26"),
    ],
)
def test_invalid_ones_excuse_nothing_and_the_finding_says_so(
    tmp_path: Path, changes: Json, why: str
) -> None:
    report = scan(waived(tmp_path, waiver(**changes)))
    assert (suppressed(report), [each["note"] for each in report["exceptions"]]) == (
        set(),
        [why],
    )
    (said,) = (
        each["remarks"]
        for each in report["findings"]
        if (each["policy"], each["address"]) == (CONTROL, "aws_s3_bucket.a")
    )
    assert f"A waiver is meant for this but doesn't hold: {why}." in said


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (f"{{id: {CONTROL}, waivable: false}}", f"the policy `{CONTROL}` can't be waived"),
        (
            f"{{id: {CONTROL}, longest_waiver_days: 90}}",
            f"the policy `{CONTROL}` may be waived for 90 day(s) at most",
        ),
        (f"{{id: {CONTROL}, longest_waiver_days: 91}}", None),
    ],
)
def test_a_policy_says_whether_and_how_long_it_may_be_waived(
    tmp_path: Path, entry: str, why: str | None
) -> None:
    folder = waived(
        tmp_path, waiver(), **{"set.yaml": f"id: house\ntitle: House\npolicies: [{entry}]\n"}
    )
    report = scan(folder, "--policy-set", folder / "set.yaml")
    assert report["exceptions"][0]["note"] == why
    assert ((CONTROL, "aws_s3_bucket.a") in counting(report)) is (why is not None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("waivers: [{policy: x}]", "sovlint.yaml:1:11: `waivers.0` lacks the key `reason`."),
        ("waivers: absent.yaml", "sovlint.yaml:1:1: `absent.yaml` doesn't exist"),
        ("waivers: w.yaml", "w.yaml:1:1: unknown key `waiver`. Did you mean `waivers`?"),
        ("waivers: broken.yaml", "broken.yaml:"),
        ("waivers: empty.yaml", "empty.yaml holds no waivers."),
    ],
)
def test_a_broken_file_is_one_message_and_exit_code_2(
    tmp_path: Path, text: str, says: str
) -> None:
    more = {
        "sovlint.yaml": text,
        "w.yaml": "waiver: []\n",
        "broken.yaml": "a: [",
        "empty.yaml": "# none\n",
    }
    result = run(waived(tmp_path, **more))
    assert result.exit_code == 2
    assert (says in result.stderr, result.stdout) == (True, "")
    assert result.stderr.count("error:") == 1


def test_a_policy_that_does_not_exist_is_told_once() -> None:
    at = Span("sovlint.yaml", 2, 3, 2, 9)
    given = Waiver(
        owner="lead", issued=date(2026, 10, 1), expires=date(2026, 12, 31), where=at,
        matches_address=None, matches_path=None, policies=("health-data-in-eaa", EEA), reason="leaves with contract 7",
        approver="dpo", ticket="SEC-12",
    )  # fmt: skip
    said = Bilingual("a", "a")
    firm = PolicyText(EEA, said, said, said, (), (), waivable=False)
    held = Rules({EEA: firm}, {EEA}, date(2026, 11, 24))
    (missing,) = unknown([given], held)
    assert "health-data-in-eaa" in str(missing)
    assert [(where, why.key) for where, why in faulty([given], held)] == [
        ("sovlint.yaml:2:3", "exceptions.not-waivable")
    ]


def test_a_policy_that_does_not_exist(tmp_path: Path) -> None:
    result = run(waived(tmp_path, waiver(policy="health-data-in-eaa")))
    assert result.exit_code == 2
    assert (
        f"sovlint.yaml:2:3: there is no policy `health-data-in-eaa` to waive. Did you mean `{EEA}`?"
        in result.stderr
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"expires": "2026-09-30"}, "`expires` comes before `issued`."),
        ({"issued": "soon"}, "`issued` is not a day (YYYY-MM-DD): 'soon'."),
        ({"addresses": None}, "sovlint.yaml:2:3: a waiver says what it covers"),
    ],
)
def test_entries_that_are_not_right(tmp_path: Path, changes: Json, says: str) -> None:
    result = run(waived(tmp_path, waiver(**changes)))
    assert (result.exit_code, says in result.stderr) == (2, True)


def test_an_ignore_comment_comes_first_and_the_waiver_is_in_use_all_the_same(
    tmp_path: Path,
) -> None:
    comment = f'# sovlint: ignore[{CONTROL}] reason="moves"\n'
    report = scan(waived(tmp_path, waiver(), **{"main.tf": PROVIDER + comment + bucket("a")}))
    assert suppressed(report) == {("inline", CONTROL, "aws_s3_bucket.a")}
    assert {state for _, state, _ in states(report)} == {"used"}


def test_the_schemas_agree_on_what_a_waiver_is() -> None:
    folder = Path(__file__).parents[2] / "sovlint" / "schemas"
    config, waivers = (
        json.loads((folder / name).read_text("utf-8"))["$defs"]
        for name in ("config.json", "waivers.json")
    )
    assert {name: config[name] for name in waivers} == waivers


def test_policies_of_other_sets_are_left_alone(tmp_path: Path) -> None:
    report = scan(waived(tmp_path, waiver()), "--policy-set", "statutory")
    assert policies(report) == {"health-data-on-certified-host"}
    assert (
        report["exceptions"][0]["note"] == f"`{CONTROL}` isn't among the policies judged by"
    )
