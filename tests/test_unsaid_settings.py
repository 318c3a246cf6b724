"""What runs with settings that aren't known, and has a class, is unproven: nobody knows what it sends where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

POLICY = "data-class-judged"
HEAD = 'provider "aws" {\n  region = "eu-west-3"\n}\nvariable "extra" {}\nvariable "known" {\n  default = { A = "b" }\n}\n'
LAMBDA = (
    'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  tags = { data_class = "%s" }\n'
    "  environment {\n    variables = %s\n  }\n}\n"
)
DYNAMIC = (
    'resource "google_cloud_run_service" "g" {\n  name = "x"\n  location = "europe-west1"\n'
    '  template {\n    spec {\n      containers {\n        image = "x"\n        dynamic "env" {\n'
    "          for_each = %s\n          content {\n            name = env.key\n            value = env.value\n"
    "          }\n        }\n      }\n    }\n  }\n}\n"
)
CONTAINERS = (
    'resource "aws_ecs_task_definition" "t" {\n  family = "x"\n'
    '  container_definitions = jsonencode([{ name = "a", image = "x", environment = %s }])\n}\n'
)


def scan(folder: Path, text: str, *options: str) -> dict[str, Any]:
    (folder / "main.tf").write_text(text)
    arguments = ["scan", str(folder), "--format", "json", "--as-of", "2026-11-24", *options]
    report: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return report


def unsaid(report: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [
        (each["address"], each["severity"], each["cause"])
        for each in report["findings"]
        if each["policy"] == POLICY
    ]


@pytest.mark.parametrize(
    "variables",
    [
        "var.extra",
        'merge({ A = "b" }, var.extra)',
        "merge(var.known, var.extra)",
        "{ for key, value in var.extra : key => value }",
    ],
)
def test_settings_that_are_unknown_wholly_or_in_part(tmp_path: Path, variables: str) -> None:
    found = scan(tmp_path, HEAD + LAMBDA % ("claims", variables))
    assert unsaid(found) == [("aws_lambda_function.f", "error", "variable:.:var.extra")]


@pytest.mark.parametrize(
    "variables",
    [
        "var.known",
        '{ A = "b" }',
        "{ A_LEVEL = var.extra }",  # whose value isn't known has a name, which says whether it matters
        "merge(var.known, { A_LEVEL = var.extra })",
        "null",
    ],
)
def test_settings_whose_names_are_known(tmp_path: Path, variables: str) -> None:
    assert unsaid(scan(tmp_path, HEAD + LAMBDA % ("claims", variables))) == []


@pytest.mark.parametrize(
    "variables", ["{ A = var.extra }", "merge(var.known, { A = var.extra })"]
)
def test_values_under_names_that_say_nothing_are_a_warning(
    tmp_path: Path, variables: str
) -> None:
    found = scan(tmp_path, HEAD + LAMBDA % ("claims", variables))
    assert unsaid(found) == [("aws_lambda_function.f", "warning", "values:.")]
    assumed = scan(
        tmp_path,
        (HEAD + LAMBDA % ("a", variables)).replace("health", "tbd"),
        "--assume",
        "health",
    )
    assert unsaid(assumed) == []


@pytest.mark.parametrize("text", [DYNAMIC, CONTAINERS])
def test_blocks_and_lists(tmp_path: Path, text: str) -> None:
    found = unsaid(scan(tmp_path, HEAD + text % "var.extra", "--assume", "health"))
    assert [(severity, cause) for _, severity, cause in found] == [
        ("error", "variable:.:var.extra")
    ]
    known = text % ("[]" if text is CONTAINERS else "var.known")
    assert unsaid(scan(tmp_path, HEAD + known, "--assume", "health")) == []


@pytest.mark.parametrize("data", ["anonymous", "iban", "tbd"])
def test_what_no_policy_asks_anything_of(tmp_path: Path, data: str) -> None:
    assert unsaid(scan(tmp_path, HEAD + LAMBDA % (data, "var.extra"))) == []


def test_a_class_that_is_only_guessed_warns(tmp_path: Path) -> None:
    text = (HEAD + LAMBDA % ("", "var.extra")).replace('"f"', '"patients"')
    assert [severity for _, severity, _ in unsaid(scan(tmp_path, text))] == ["warning"]


def test_all_that_wait_for_one_variable_have_one_cause(tmp_path: Path) -> None:
    second = (LAMBDA % ("health", "var.extra")).replace('"f"', '"h"')
    found = unsaid(scan(tmp_path, HEAD + LAMBDA % ("claims", "var.extra") + second))
    assert [cause for _, _, cause in found] == ["variable:.:var.extra"] * 2
    result = CliRunner().invoke(
        main, ["scan", str(tmp_path), "--full", "--as-of", "2026-11-24"]
    )
    assert f"unproven[{POLICY}]: 2 placements wait for one thing: var.extra" in result.stdout


def test_a_value_that_is_given_settles_it(tmp_path: Path) -> None:
    text = HEAD + LAMBDA % ("claims", "var.extra")
    assert unsaid(scan(tmp_path, text, "--var", 'extra={ A = "b" }')) == []


def test_a_library_is_told_once_and_not_as_findings(tmp_path: Path) -> None:
    text = 'variable "extra" {}\n' + LAMBDA % ("claims", "var.extra")
    report = scan(tmp_path, text)
    assert unsaid(report) == []
    (remark,) = report["remarks"]
    assert "1 resource(s) of the folder" in remark["message"]


TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Tags: [{Key: data_class, Value: health}]
      Environment: {Variables: %s}
"""


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("!Ref Extra", 1),
        ("{'Fn::FindInMap': [a, b, c]}", 1),
        ("{A: !Ref Extra}", 1),
        ("{A_LEVEL: !Ref Extra}", 0),
        ("{A: b}", 0),
        ("{}", 0),
    ],
)
def test_templates_of_cloudformation(tmp_path: Path, variables: str, expected: int) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE % variables)
    assert len(unsaid(scan(tmp_path, ""))) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("[var.extra]", 1),
        ('["replicas: 2"]', 0),
        ("var.extra", 1),
        ("[]", 0),
        ('["a: ${var.extra}"]', 1),
        ('["replicas: ${var.extra}"]', 0),
        ('["image: {repository: ${var.extra}}"]', 0),
    ],
)
def test_values_of_a_release(tmp_path: Path, values: str, expected: int) -> None:
    release = f'resource "helm_release" "r" {{\n  name = "r"\n  chart = "x"\n  values = {values}\n}}\n'
    (tmp_path / "sovlint.yaml").write_text('data: {addresses: {"helm_release.*": health}}\n')
    assert len(unsaid(scan(tmp_path, HEAD + release))) == expected
