"""The report as JSON, key by key."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.placement import How
from sovlint.model.value import Known, Step
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from tests.report.build import (
    DATABASE,
    PARIS,
    PROVIDER_BLOCK,
    TAG,
    database_findings,
    everything,
    finding,
    health,
    placement,
    report,
    resource,
    said,
    shuffled,
    span,
    step,
    unset,
)
from tests.report.readers import commands

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "sovlint/schemas/report.json").read_text(encoding="utf-8")
)


def scan(of: Report, language: str = "en") -> Any:
    data = json.loads(REPORTS["json"](of, language, Style(False, 80)))
    Draft202012Validator(SCHEMA).validate(data)
    return data


def one(found: Finding) -> Any:
    (listed,) = scan(report([], [found], show_compliant=True))["findings"]
    return listed


def test_the_whole_report() -> None:
    data = scan(everything())
    assert list(data)[:5] == ["schema", "as_of", "catalogue", "policy_set", "findings"]
    assert (data["schema"], data["as_of"]) == ("sovlint-report/1", "2026-11-24")
    assert data["summary"] == {
        "violation": 3,
        "unproven": 2,
        "compliant": 2,
        "compliant_unsourced": 0,
        "compliant_on_proof": 2,
        "compliant_on_word": 0,
        "compliant_on_weak": 0,
        "suppressed": 0,
    }
    assert data["failures"] == [
        {"path": "broken.tf", "line": 4, "column": 9, "message": "a block isn't closed"}
    ]
    assert data["coverage"] == {
        "files": 12, "failed": 1, "skipped": 3, "resources": 40, "placed": 30, "config": 8, "unplaced": 2,
        "classified": 31, "class_unknown": 2, "assumed": 0, "ignored": 0, "left_out": 0, "unread": [], "unread_alone": [],
        "shown": 0, "doubtful": 0,
    }  # fmt: skip


def test_a_violation_key_by_key() -> None:
    found = one(database_findings()[0])
    placed = found.pop("placement")
    assert found.pop("fingerprint") == database_findings()[0].identity.fingerprint
    assert found == {
        "policy": "health-data-under-eu-control",
        "verdict": "violation",
        "severity": "error",
        "root": "envs/prod",
        "variant": None,
        "address": "module.claims.aws_db_instance.claims",
        "role": "at-rest",
        "path": "modules/claims/main.tf",
        "line": 12,
        "end_line": 18,
        "message": "Health data lands at Amazon Web Services, which the United States can compel (CLOUD Act), in "
        "eu-west-3 (France).",
        "remarks": ["A value given elsewhere would change the region."],
        "data": ["health"],
        "how": {"health": "declared"},
        "because": [
            {"path": "modules/claims/main.tf", "line": 17, "note": "health data declared here"},
            {"path": "envs/prod/providers.tf", "line": 2, "note": "provider configured here"},
            {"path": "envs/prod/variables.tf", "line": 7, "note": "region comes from this default"},
        ],
        "sources": [
            {"url": "https://example.org/amazon", "date": "2026-08-30",
             "supports": "Amazon.com, Inc. has its seat in the United States", "background": False, "confidence": None},
            {"url": "", "date": "2026-01-01", "supports": "the seat of the operator", "background": True,
             "confidence": None},
        ],
        "basis": "sourced",
        "rests": None,
        "rests_on": ["doctrine", "risk"],
        "ground": "doctrine",
        "remedies": None,
        "remedies_if_attested": None,
        "cause": None,
        "suppressed": None,
    }  # fmt: skip
    assert placed == {
        "role": "at-rest", "provider": "aws", "service": "rds", "region": "eu-west-3", "country": "FR",
        "area": ["EEA", "EU"], "control": ["US"], "technology": ["US"],
        "qualifications": [{"name": "hds", "version": "v2", "offer": "AWS Europe", "until": "2027-04-20"}],
        "exists": True, "unknown": {}, "among": {},
        "because": [
            {"path": "envs/prod/providers.tf", "line": 2, "note": "provider configured here"},
            {"path": "envs/prod/variables.tf", "line": 7, "note": "region comes from this default"},
        ],
    }  # fmt: skip


def test_messages_speak_the_language_asked_for() -> None:
    (found, *_) = scan(report([], database_findings()), "fr")["findings"]
    assert found["message"].startswith("Des données de santé vont chez Amazon Web Services")
    assert found["because"][0]["note"] == "données de santé déclarées ici"


def test_compliant_findings_only_when_asked_for() -> None:
    plain, shown = (
        report([], database_findings()),
        report([], database_findings(), show_compliant=True),
    )
    assert [found["verdict"] for found in scan(plain)["findings"]] == ["violation"]
    assert sorted(found["verdict"] for found in scan(shown)["findings"]) == [
        "compliant",
        "violation",
    ]
    assert scan(plain)["summary"] == {
        "violation": 1,
        "unproven": 0,
        "compliant": 1,
        "compliant_unsourced": 0,
        "compliant_on_proof": 1,
        "compliant_on_word": 0,
        "compliant_on_weak": 0,
        "suppressed": 0,
    }


def test_a_finding_about_a_resource_alone_has_no_placement() -> None:
    found = one(
        finding("data-class-known", DATABASE, None, said("x"), verdict=Verdict.UNPROVEN)
    )
    assert (found["placement"], found["role"], found["data"]) == (None, None, [])


def test_the_strongest_way_stands_for_a_class() -> None:
    claims = (
        health(None, How.DEFAULT), health(TAG, How.DECLARED), health(None, How.INFERRED, "claims"),
        health(None, How.INTRINSIC),
    )  # fmt: skip
    found = one(finding("p", DATABASE, PARIS, said("x"), claims=claims))
    assert found["data"] == ["claims", "health"]
    assert found["how"] == {"claims": "inferred", "health": "declared"}


def test_the_fingerprint_is_a_digest_of_what_it_is_about() -> None:
    found = finding(
        "p", resource("a.b", "main.tf", 3, root=None, variant="x.tfvars"), PARIS, said("x")
    )
    about = '["p", null, "x.tfvars", "a.b", "at-rest", "aws", "eu-west-3"]'
    assert found.identity.fingerprint == hashlib.sha256(about.encode()).hexdigest()[:32]


def test_the_fingerprint_has_no_line_no_message_no_severity() -> None:
    here = finding("p", resource("a.b", "main.tf", 3), PARIS, said("x"))
    there = finding(
        "p", resource("a.b", "other.tf", 99), PARIS, said("y"), verdict=Verdict.UNPROVEN
    )
    assert here.identity.fingerprint == there.identity.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        finding("q", DATABASE, PARIS, said("x")),
        finding("p", replace(DATABASE, root="envs/test"), PARIS, said("x")),
        finding("p", replace(DATABASE, variant="x.tfvars"), PARIS, said("x")),
        finding("p", replace(DATABASE, address="a.b"), PARIS, said("x")),
        finding("p", DATABASE, placement(role="replica"), said("x")),
        finding("p", DATABASE, placement(provider="scaleway"), said("x")),
        finding("p", DATABASE, placement(region="eu-west-1"), said("x")),
        finding("p", DATABASE, placement(region=unset("region")), said("x")),
        finding("p", DATABASE, None, said("x")),
    ],
)
def test_the_fingerprint_tells_findings_apart(other: Finding) -> None:
    assert (
        other.identity.fingerprint
        != finding("p", DATABASE, PARIS, said("x")).identity.fingerprint
    )


def test_because_lists_each_place_once_and_forty_at_most() -> None:
    chain: Step = step("x.tf", 1, 1, 2, "origin")
    for line in range(2, 61):
        chain = step("x.tf", line, 1, 2, f"step {line}", "", chain, chain)
    nowhere = Step(None, said("computed"), (chain,))
    found = one(
        finding(
            "p", DATABASE, placement(because=(nowhere,)), said("x"), because=(nowhere, chain)
        )
    )
    assert len(found["because"]) == 40
    assert [place["line"] for place in found["because"]] == list(range(60, 20, -1))


def test_one_place_with_two_notes_is_listed_twice() -> None:
    twice = (
        step("x.tf", 1, 1, 2, "a"),
        step("x.tf", 1, 1, 2, "b"),
        step("x.tf", 1, 1, 2, "a"),
    )
    found = one(finding("p", DATABASE, placement(because=()), said("x"), because=twice))
    assert [place["note"] for place in found["because"]] == ["a", "b"]


def test_output_is_the_same_whatever_the_order() -> None:
    whole = everything()
    for again in shuffled(whole):
        assert REPORTS["json"](again, "en", Style(True, 40)) == REPORTS["json"](
            whole, "en", Style(False, 80)
        )


def test_strings_survive_and_escapes_are_not_raw() -> None:
    evil = 'a"\x1b[2J\x7f\u202e\U000e0041é'
    about = resource(f"aws_s3_bucket.{evil}", "main.tf", 1)
    raw = REPORTS["json"](
        report([], [finding("p", about, PARIS, said("été"))]), "en", Style(False, 80)
    )
    assert all(char == "\n" or char.isprintable() for char in raw)
    assert "été" in raw
    assert json.loads(raw)["findings"][0]["address"] == f"aws_s3_bucket.{evil}"


def test_secrets_do_not_get_out() -> None:
    address = 'aws_s3_bucket.x["https://user:hunter2@host"]'
    place = placement(region=Known("swordfish", sensitive=True), country=unset("x"))
    raw = REPORTS["json"](
        report([], [finding("p", resource(address, "main.tf", 1), place, said("x"), because=(PROVIDER_BLOCK,))]),
        "en", Style(False, 80),
    )  # fmt: skip
    assert "hunter2" not in raw
    assert "swordfish" not in raw
    assert json.loads(raw)["findings"][0]["placement"]["region"] == "***"


def test_a_place_is_given_by_its_first_line() -> None:
    about = resource("a.b", "main.tf", 12, where=span("main.tf", 12, end_line=20))
    found = one(finding("p", about, PARIS, said("x")))
    assert (found["path"], found["line"], found["end_line"]) == ("main.tf", 12, 20)


def test_what_a_server_takes_for_a_command_in_its_log_is_escaped_without_loss() -> None:
    for mark in ("##[error]x", "###[x", "##vso[task.setvariable variable=x]y"):
        about = resource(f"a.{mark}", f"{mark}.tf", 1)
        raw = REPORTS["json"](
            report([], [finding(mark, about, PARIS, said(mark))]), "en", Style(False, 80)
        )
        assert commands(raw) == []
        assert json.loads(raw)["findings"][0]["address"] == f"a.{mark}"
        assert json.loads(raw)["findings"][0]["message"] == mark


def test_findings_that_share_their_parts_say_what_each_says_alone() -> None:
    found = [each for each in everything().findings if each.verdict is not Verdict.COMPLIANT]
    twice = [*found, *(replace(each, policy=f"{each.policy}-again") for each in found)]
    together = scan(report([], twice))["findings"]
    alone = [listed for each in twice for listed in scan(report([], [each]))["findings"]]
    assert len(together) == len(twice) > 4
    assert sorted(map(str, together)) == sorted(map(str, alone))
