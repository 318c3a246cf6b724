"""A module that something here calls which nobody reads is called, and no library: judged by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

MODULE = """variable "region" {}
resource "aws_s3_bucket" "copie" {
  region = var.region
  tags   = { data-classification = "health" }
}
"""
STEPS = "jobs: {{a: {{runs-on: ubuntu-latest, steps: [{{run: '{}', working-directory: modules/coffre}}]}}}}\n"
CALLERS = {
    "components.tfstack.hcl": 'component "c" {\n  source = "./modules/coffre"\n}\n',
    "cdktf.json": '{"terraformModules": [{"name": "c", "source": "./modules/coffre"}]}\n',
    "Pulumi.yaml": "packages: {c: {source: terraform-module, parameters: [./modules/coffre, c]}}\n",
    "playbooks/a.yml": 'tasks: [{terraform: {project_path: "{{ playbook_dir }}/../modules/coffre"}}]\n',
    "atlantis.yaml": "version: 3\nprojects:\n- dir: modules/coffre\n",
    "atmos.yaml": "components: {terraform: {base_path: modules}}\n",  # all modules below
    "modules/coffre/stack.tm.hcl": 'stack {\n  name = "a"\n}\n',
    "main.ts": "new TerraformHclModule(this, 'c', {source: './modules/coffre'})\n",
    "ops/deploy.py": 'subprocess.run(["terraform", "-chdir=modules/coffre", "apply"])\n',
    "Makefile": "apply:\n\tcd modules/coffre && terraform apply\n",
    ".github/workflows/a.yml": "on: push\n" + STEPS.format("tofu plan"),
    "ops/apply.sh": 'terraform -chdir="modules/$1" apply\n',  # any of them
}
OTHERS = {
    # Named to be watched, described, checked or tested: nothing is called.
    ".github/dependabot.yml": "version: 2\nupdates: [{directory: /modules/coffre}]\n",
    "README.md": "`terraform -chdir=modules/coffre apply`\n",
    "Makefile": "lint:\n\tterraform -chdir=modules/coffre validate\n",
    "coffre_test.go": 'terraform.Options{TerraformDir: "./modules/coffre"}\n',
    "tests/deploy.py": 'run("terraform", "-chdir=modules/coffre", "apply")\n',
    "ops/deploy.py": '# terraform -chdir="modules/coffre" apply\nrun("terraform")\n',
    "ops/pack.py": 'archive("modules/coffre")\n',  # nothing of Terraform
    "components.tfstack.hcl": '# source = "./modules/coffre"\nsource = "./modules/autre"\n',
    "ops/apply.sh": 'terraform -chdir="$1" apply\n',
    "modules/coffre/globals.tm.hcl": "globals {\n}\n",
}


def scan(root: Path, files: Mapping[str, str], *options: str) -> dict[str, Any]:
    (root / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    given = ["scan", str(root), "-f", "json", "--as-of", "2026-11-24", *options]
    report: dict[str, Any] = json.loads(CliRunner().invoke(main, given).stdout)
    return report


def unproven(report: dict[str, Any]) -> set[tuple[str, str]]:
    found = [each for each in report["findings"] if each["verdict"] == "unproven"]
    return {(each["policy"], each["severity"]) for each in found}


def said(report: dict[str, Any], words: str) -> list[str]:
    return [each["path"] for each in report["remarks"] if words in each["message"]]


@pytest.mark.parametrize("caller", CALLERS)
def test_what_a_file_that_nobody_reads_calls_is_no_library(
    tmp_path: Path, caller: str
) -> None:
    report = scan(tmp_path, {"modules/coffre/main.tf": MODULE, caller: CALLERS[caller]})
    assert ("health-data-in-eea", "error") in unproven(report)
    assert said(report, "runs or calls the module `modules/coffre`") == [caller]
    assert not said(report, "taken for a library")


@pytest.mark.parametrize("other", OTHERS)
def test_a_library_that_nothing_calls_keeps_its_note(tmp_path: Path, other: str) -> None:
    report = scan(tmp_path, {"modules/coffre/main.tf": MODULE, other: OTHERS[other]})
    assert unproven(report) == set()
    assert said(report, "taken for a library") == ["modules/coffre"]


def test_an_example_that_a_pipeline_tries_stays_one(tmp_path: Path) -> None:
    workflow = "on: push\n" + STEPS.format("terraform plan").replace(
        "modules/coffre", "examples/a"
    )
    files = {"examples/a/main.tf": MODULE, ".github/workflows/a.yml": workflow}
    assert unproven(scan(tmp_path, files)) == set()


def test_a_call_that_is_read_proves_nothing_of_another(tmp_path: Path) -> None:
    root = 'module "c" {\n  source = "../modules/coffre"\n  region = "eu-west-3"\n}\n'
    files = {"modules/coffre/main.tf": MODULE, "prod/main.tf": root}
    policy = ("health-data-in-eea", "error")
    assert policy not in unproven(scan(tmp_path, files))
    stack = {"components.tfstack.hcl": CALLERS["components.tfstack.hcl"]}
    assert policy in unproven(scan(tmp_path, stack))


def test_the_caller_is_still_told_as_unread(tmp_path: Path) -> None:
    files = {"modules/coffre/main.tf": MODULE, "cdktf.json": CALLERS["cdktf.json"]}
    assert [each["kind"] for each in scan(tmp_path, files)["coverage"]["unread"]] == ["cdktf"]


def test_a_change_to_the_caller_bears_on_the_module(tmp_path: Path) -> None:
    name = "components.tfstack.hcl"
    scan(tmp_path, {"modules/coffre/main.tf": MODULE, name: CALLERS[name]})
    given = [
        "scan",
        "--affected",
        str(tmp_path / name),
        "-f",
        "json",
        "--as-of",
        "2026-11-24",
    ]
    assert unproven(json.loads(CliRunner().invoke(main, given).stdout))
