"""``sovlint explain``: every policy can be read, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.policy.load import known_policies, known_sets

SHIPPED = Path(__file__).parents[2] / "policies"


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", "--no-config", "--lang", "en", *arguments])


def test_without_a_policy_all_are_listed_with_their_sets() -> None:
    result = explain()
    assert result.exit_code == 0
    for policy in known_policies():
        assert policy in result.stdout
    words = " ".join(result.stdout.split())
    assert "eu-control, health-data-warehouse, sovereign-health, statutory, strict" in words


@pytest.mark.parametrize("policy", known_policies())
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_policy_has_a_page(policy: str, language: str) -> None:
    result = explain(policy, "--lang", language)
    known = known_policies()[policy]
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert " ".join(known.title[language].split()) in words
    assert " ".join(known.why[language].split()) in words
    assert " ".join(known.remedy[language].split()) in words
    assert f"policies/{policy}.yaml" in words
    for source in known.cites:
        assert source.url in words


@pytest.mark.parametrize("name", known_sets())
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_set_has_a_page_with_the_acts_that_lead_to_it(name: str, language: str) -> None:
    found = known_sets()[name]
    words = " ".join(explain(name, "--lang", language).stdout.split())
    assert found.why is not None
    assert " ".join(found.why[language].split()) in words
    assert found.acts
    for act in found.acts:
        assert " ".join(act.text[language].split()) in words
    for entry in found.entries:
        assert f"{entry.policy} (" in words


def test_a_page_shows_what_is_asked_and_of_what() -> None:
    words = " ".join(explain("health-data-under-eu-control").stdout.split())
    assert "Severity: error" in words
    assert "Data: health" in words
    assert "control: EEA" in words
    assert "keys (at most warning)" in words
    assert "state (where labelled themselves)" in words
    assert "doctrine" in words
    assert "fixtures/policies/health-data-under-eu-control/" in words


def test_french_sets_its_colons_apart() -> None:
    assert "Gravité\u00a0: error" in explain("health-data-in-eea", "--lang", "fr").stdout


def test_no_line_is_wider_than_asked_but_for_single_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    long = [
        line for line in explain("health-data-in-eea").stdout.splitlines() if len(line) > 60
    ]
    assert [line for line in long if " " in line.strip()] == []


def test_an_unknown_policy_suggests_one() -> None:
    result = explain("heath-data-in-eea")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr
        == "error: There is no policy `heath-data-in-eea`.\nhint: Did you mean `health-data-in-eea`?\n"
    )


def test_a_policy_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "id: members-in-france\n"
        "title: {en: Members stay in the EEA, fr: Les adhérents restent dans l'EEE}\n"
        "severity: warning\n"
        "data: [contact]\n"
        "roles: [at-rest]\n"
        "require: {all: [{area: EEA}, {not: {technology: EEA}}]}\n"
        "rests_on: [risk]\n"
        "why: {en: We say so., fr: Nous le disons.}\n"
        "remedy: {en: Move., fr: Déplacer.}\n"
    )
    result = explain("members-in-france", "--policy", str(tmp_path))
    assert result.exit_code == 0, result.stderr
    assert "  all of:\n    area: EEA\n    not:\n      technology: EEA\n" in result.stdout
    assert "fixtures/" not in result.stdout


def test_nothing_that_a_policy_says_is_a_command_to_a_server(tmp_path: Path) -> None:
    text = (SHIPPED / "health-data-in-eea.yaml").read_text(encoding="utf-8")
    own = tmp_path / "health-data-in-eea.yaml"
    own.write_text(
        re.sub(r"(?m)^title:\n.*\n.*$", 'title: "##[error]x ##vso[y]z"', text),
        encoding="utf-8",
    )
    page = explain("health-data-in-eea", "--policy", str(own)).stdout
    assert r"#\x23[error]x #\x23vso[y]z" in page
    assert "##[" not in page
