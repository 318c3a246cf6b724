"""Modules that aren't here to read: none of them passes for clean (``remote-module``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sovlint.configuration import read_config
from sovlint.lint import lint
from sovlint.model.findings.finding import Report, Severity, Verdict
from sovlint.model.request import Request
from sovlint.report.messages import say
from sovlint.stages.run import Run

ROOT = 'terraform {\n  backend "local" {}\n}\n'
S3 = "terraform-aws-modules/s3-bucket/aws"
HEALTH = "health-data-under-eu-control"


def report(folder: Path, text: str, data: str = "", assume: str | None = None) -> Report:
    (folder / "main.tf").write_text(ROOT + text)
    (folder / "sovlint.yaml").write_text(data or "policy_set: sovereign-health\n")
    read = read_config.load(folder / "sovlint.yaml", folder)
    return lint(Run(Request(paths=(folder,), as_of=date(2026, 11, 24), assume=assume), read))


def verdict(found: Report) -> tuple[Verdict, Severity] | None:
    """What the policy on control says of the one module, if anything."""
    said = [
        (each.verdict, each.severity)
        for each in found.findings
        if each.policy == HEALTH and each.resource.is_elsewhere
    ]
    assert len(said) <= 1
    return said[0] if said else None


def notes(found: Report, language: str = "en") -> list[str]:
    return [text for each in found.remarks if "modules" in (text := say(each.note, language))]


def call(name: str, body: str = "", source: str = S3) -> str:
    return f'module "{name}" {{\n  source = "{source}"\n  {body}\n}}\n'


TAGGED = 'provider "aws" {\n  alias = "a"\n  default_tags {\n    tags = { data-classification = "health" }\n  }\n}\n'
DEFAULT = TAGGED.replace('  alias = "a"\n', "")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (call("a", 'tags = { data-classification = "health" }'), ""),
        (call("a", 'labels = { data-classification = "health" }'), ""),
        (DEFAULT + call("a"), ""),
        (TAGGED + call("a", "providers = { aws = aws.a }"), ""),
        (call("a"), 'data:\n  addresses: {"module.a": [health]}\n'),
        (call("a"), 'data:\n  addresses: {"module.a.*": [health]}\n'),
        (call("a"), 'data:\n  paths: {"**": [health]}\n'),
    ],
)
def test_a_call_whose_class_is_declared_is_unproven(
    tmp_path: Path, text: str, data: str
) -> None:
    found = report(tmp_path, text, data)
    assert verdict(found) == (Verdict.UNPROVEN, Severity.ERROR)
    said = [say(each, "en") for finding in found.findings for each in finding.remarks]
    assert any(
        "isn't in this repository: its data may be anywhere. Run `terraform init`" in each
        for each in said
    )
    assert notes(found) == []


@pytest.mark.parametrize(
    "text",
    [
        call("patients"),
        call("a", 'bucket = "patient-records"'),
        call("a", 'cluster_name = "patients"'),
    ],
)
def test_a_call_whose_names_suggest_a_class_is_unproven_and_warns(
    tmp_path: Path, text: str
) -> None:
    assert verdict(report(tmp_path, text)) == (Verdict.UNPROVEN, Severity.WARNING)


def test_a_class_that_is_not_known_is_told_and_the_call_is_not_taken_for_judged(
    tmp_path: Path,
) -> None:
    found = report(tmp_path, 'variable "tags" {}\n' + call("a", "tags = var.tags"))
    assert [each.policy for each in found.findings] == ["data-class-known"]
    assert notes(found)[0].startswith(
        "1 call(s) of modules that aren't in this repository weren't judged"
    )


def test_calls_without_any_class_are_counted_by_source_in_one_note(tmp_path: Path) -> None:
    text = "".join(call(f"b{at}") for at in range(40)) + call(
        "db", source="terraform-aws-modules/rds/aws"
    )
    found = report(tmp_path, text)
    assert found.findings == ()
    assert found.coverage.unplaced == 42  # the backend too
    (said,) = notes(found)
    assert said.startswith("41 call(s) of modules")
    assert said.endswith(
        "terraform-aws-modules/s3-bucket/aws (40), terraform-aws-modules/rds/aws (1)"
    )
    (french,) = notes(found, "fr")
    assert french.startswith("41 appel(s) de modules absents de ce dépôt n'ont pas été jugés")


def test_past_ten_sources_the_rest_is_left_out(tmp_path: Path) -> None:
    (said,) = notes(
        report(tmp_path, "".join(call(f"b{at}", source=f"a/b{at:02}/c") for at in range(12)))
    )
    assert "a/b09/c (1), ..." in said
    assert "a/b10/c" not in said


@pytest.mark.parametrize("name", ["a", "patients"])
def test_what_is_assumed_of_everything_is_unproven_once_for_a_module_that_is_not_here(
    tmp_path: Path, name: str
) -> None:
    """Whatever its name suggests, and however many policies there are."""
    found = report(tmp_path, call(name), assume="health")
    said = [(each.policy, each.verdict, each.severity) for each in found.findings]
    assert said == [("assumed-class-judged", Verdict.UNPROVEN, Severity.ERROR)]
    assert found.unjudged_roles == 0
    assert notes(found) == []
    assert found.coverage.classified == 1  # the backend's


def test_a_call_that_makes_nothing_is_not_told(tmp_path: Path) -> None:
    assert notes(report(tmp_path, call("a", "count = 0"))) == []


def test_a_module_of_a_plug_in_is_not_placed_by_its_address(tmp_path: Path) -> None:
    """Any provider block may reach it: the last part of its address says nothing of who runs it, or where."""
    found = report(tmp_path, 'provider "aws" {\n  region = "eu-west-3"\n}\n' + call("a"))
    (placement,) = next(
        each for each in found.placed if each.resource.address == "module.a"
    ).placements
    assert placement.provider.text() == f"remote-module: {S3}"  # type: ignore[union-attr]
    assert placement.region.text() == f"remote-module: {S3}"  # type: ignore[union-attr]
