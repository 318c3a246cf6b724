"""What a scan offers to do next: each command is run, and settles what it said."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main

BUCKET = 'resource "aws_s3_bucket" "{0}" {{\n  bucket = "{0}"\n{1}}}\n'
LABEL = '  tags = { data_class = "health" }\n'
POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {sovlint.dev/data: health}}\n"
    "spec: {containers: [{name: c, image: i}]}\n"
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, in which commands are typed."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def terraform(folder: Path, buckets: int, label: str) -> None:
    provider = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
    text = provider + "".join(BUCKET.format(f"b{n}", label) for n in range(buckets))
    (folder / "main.tf").write_text(text)


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(main, [*words, "--lang", "en"])
    return found.exit_code, found.output


def offered(*options: str) -> list[list[str]]:
    """The commands that a scan ends with, without the language that this test adds."""
    _, said = run("scan", *options)
    _, _, following = said.partition("\nNext\n")
    lines = [line.strip() for line in following.splitlines()]
    commands = [shlex.split(line) for line in lines if line.startswith("sovlint ")]
    return [
        [word for word in words[1:] if word not in ("--lang", "en")] for words in commands
    ]


def counts() -> dict[str, int]:
    found: dict[str, int] = json.loads(run("scan", "-f", "json")[1])["summary"]
    return found


def errors() -> int:
    found = json.loads(run("scan", "-f", "json")[1])["findings"]
    return sum(1 for each in found if each["severity"] == "error")


def test_without_a_label_it_is_said_what_to_label_and_what_all_would_come_to(
    house: Path,
) -> None:
    terraform(house, 2, "")
    label, assume = offered()
    assert label == ["label", "aws_s3_bucket.b0", "health"]
    assert run(*label)[0] == 0
    assert run(*label, "--write")[0] == 0
    assert counts()["violation"] == 2
    assert assume == ["scan", "--assume", "health"]
    assert "4 violations" in run(*assume)[1]


def test_today_is_recorded_so_that_only_what_is_new_fails(house: Path) -> None:
    terraform(house, 4, LABEL)
    (house / "sovlint.yaml").write_text("policy_set: sovereign-health\n")
    *_, record = offered()
    assert record == ["scan", "--write-baseline", "sovlint-baseline.yaml"]
    assert run(*record)[0] == 0
    assert run("scan", "--baseline", "sovlint-baseline.yaml")[0] == 0
    assert not any(
        "--write-baseline" in each for each in offered("--baseline", "sovlint-baseline.yaml")
    )


def test_a_contract_is_attested_by_the_command_that_is_offered(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terraform(house, 4, LABEL)
    attest, *_ = offered()
    assert attest == ["attest", "--qualification", "hds", "--provider", "aws"]
    before = counts()["unproven"]
    told = ["--evidence", "contract 12", "--owner", "DPO", "--approver", "CISO"]
    assert run(*attest, *told)[0] == 0
    assert counts()["unproven"] == before - 4


def test_services_that_a_contract_must_name_are_attested_together_and_apart_from_the_rest(
    house: Path,
) -> None:
    """As many are settled as the screen says."""
    (house / "main.tf").write_text(
        'provider "scaleway" {\n  region = "fr-par"\n}\n'
        'resource "scaleway_object_bucket" "a" {\n  tags = { data_class = "health" }\n}\n'
        'resource "scaleway_rdb_instance" "b" {\n  tags = ["data_class=health"]\n}\n'
        'resource "scaleway_redis_cluster" "c" {\n  tags = ["data_class=health"]\n}\n'
        'resource "scaleway_function_namespace" "d" {\n  tags = ["data_class=health"]\n}\n'
    )
    said = run("scan")[1]
    attested = [each for each in offered() if each[0] == "attest"]
    promised = [int(each) for each in re.findall(r"signed:\s+(\d+)\s+placement", said)]
    for words, count in zip(attested, promised, strict=True):
        before = counts()["unproven"]
        told = ["--evidence", "contract 12", "--owner", "DPO", "--approver", "CISO"]
        assert run(*words, *told)[0] == 0
        assert counts()["unproven"] == before - count


def test_what_kind_of_body_it_is_is_asked_where_nothing_says_it(house: Path) -> None:
    terraform(house, 4, LABEL)
    body = next(each for each in offered() if "--body" in each)
    assert body == ["init", "--body", "mutuelle"]
    assert "for a mutuelle, 4 errors are none" in run("scan")[1]
    before = errors()
    assert run(*body)[0] == 0
    assert errors() == before - 4
    assert "policy_set:" in (house / "sovlint.yaml").read_text()
    assert not any("--body" in each for each in offered())


def test_lines_for_clusters_are_drafted(house: Path) -> None:
    (house / "pod.yaml").write_text(POD)
    (house / "sovlint.yaml").write_text("policy_set: sovereign-health\n")
    draft = next(each for each in offered() if each[0] == "init")
    assert draft == ["init", "--print"]
    code, said = run(*draft)
    assert (code, "clusters:" in said) == (0, True)


def test_elsewhere_the_commands_name_the_place(
    house: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    terraform(house, 4, LABEL)
    (house / "sovlint.yaml").write_text("policy_set: sovereign-health\n")
    other = tmp_path_factory.mktemp("other")
    (other / ".git").mkdir()
    monkeypatch.chdir(other)
    _, said = run("scan", str(house))
    (more,) = re.findall(r"more: sovlint (explain .*)", said)
    code, explained = run(*shlex.split(more))
    assert (code, "aws_s3_bucket.b0" in explained) == (0, True)
    attest = next(each for each in offered(str(house)) if each[0] == "attest")
    told = ["--evidence", "contract 12", "--owner", "DPO", "--approver", "CISO"]
    assert run(*attest, *told)[0] == 0
    assert "attestations:" in (house / "sovlint.yaml").read_text()


def test_where_not_all_was_read_nothing_is_recorded(house: Path) -> None:
    terraform(house, 4, LABEL)
    (house / "broken.tf").write_text("resource {")
    assert not any("--write-baseline" in each for each in offered())


def test_a_change_and_an_affected_file_have_their_own_end(house: Path) -> None:
    terraform(house, 4, LABEL)
    assert offered("--affected", "main.tf") == []


@pytest.mark.parametrize("options", [(), ("--assume", "health")])
def test_more_is_explained_by_the_command_below_a_group(
    house: Path, options: tuple[str, ...]
) -> None:
    terraform(house, 2, "" if options else LABEL)
    _, said = run("scan", *options)
    (more,) = re.findall(r"more: sovlint (explain .*)", said)
    code, explained = run(*shlex.split(more))
    assert (code, "error[health-data-on-qualified-service]" in explained) == (0, True)
