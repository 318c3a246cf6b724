"""Values of variables that stand below a root, beside it, or in what runs it: found, named, and never guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main

MAIN = """\
variable "region" {
  default = "eu-west-3"
}
provider "aws" {
  region = var.region
}
resource "aws_s3_bucket" "claims" {
  tags = { data_class = "health" }
}
"""
VIRGINIA = 'region = "us-east-1"\n'
WORKFLOW = """\
jobs:
  deploy:
    steps:
      - run: terraform apply -auto-approve {options}
        working-directory: infra/app
"""


def repository(folder: Path, files: dict[str, str]) -> Path:
    for path, text in {"infra/app/main.tf": MAIN, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / ".git").mkdir()
    return folder


def run(command: str, root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, [command, str(root), *options], catch_exceptions=False)


def place(root: Path, address: str = "aws_s3_bucket.claims") -> dict[str, Any]:
    data = json.loads(run("facts", root, "--format", "json").stdout)
    [found] = [
        each
        for each in data["resources"]
        if (each["address"], each["root"]) == (address, "infra/app")
    ]
    placed: dict[str, Any] = found["placements"][0]
    return placed


def regions(root: Path) -> list[str] | str | None:
    """The region: known, one of several, or nothing at all."""
    found = place(root)
    return found["region"] or (found.get("among") or {}).get("region")


def notes(root: Path) -> str:
    return run("scan", root, "--format", "text", "--full").output


BOTH = ["eu-west-3", "us-east-1"]


@pytest.mark.parametrize(
    "files",
    [
        {"infra/app/environments/prod/terraform.tfvars": VIRGINIA},
        {"infra/app/environments/prod/values.tfvars.json": '{"region": "us-east-1"}'},
        {"infra/app/prod.tfvars": VIRGINIA},
        {"infra/config/prod.tfvars": VIRGINIA},
        {"config/prod.tfvars": VIRGINIA},
        {"infra/app/Makefile": "apply:\n\tterraform apply -var region=us-east-1\n"},
        {"Makefile": "apply:\n\t@cd infra/app && terraform apply -var='region=us-east-1'\n"},
        {
            "Makefile": "R := us-east-1\na:\n\tterraform -chdir=infra/app plan -var region=$(R)\n"
        },
        {"infra/app/Makefile": "export TF_VAR_region := us-east-1\na:\n\tterraform apply\n"},
        {"infra/app/.envrc": "export TF_VAR_region=us-east-1\n"},
        {"deploy.sh": "#!/bin/sh\ncd infra/app\nTF_VAR_region=us-east-1 terraform apply\n"},
        {
            "deploy.sh": "cd infra\n./bin/terraform.sh --action apply -- -var region=us-east-1\n"
        },
        {"infra/app/run.sh": 'export TF_VAR_region="us-east-1"\ntofu apply\n'},
        {".github/workflows/a.yml": WORKFLOW.format(options="-var region=us-east-1")},
        {
            ".github/workflows/a.yml": "env: {TF_VAR_region: us-east-1}\n"
            + WORKFLOW.format(options="")
        },
        {
            ".github/workflows/a.yml": "jobs:\n  a:\n    defaults: {run: {working-directory: infra/app}}\n"
            "    env: {TF_VAR_region: us-east-1}\n    steps: [{run: make apply}]\n"
        },
        {
            ".github/workflows/a.yml": "jobs:\n  a:\n    steps:\n"
            '    - run: echo "TF_VAR_region=us-east-1" >> $GITHUB_ENV\n'
        },
        {
            ".gitlab-ci.yml": "deploy:\n  variables: {TF_VAR_region: us-east-1}\n"
            "  script:\n  - cd infra/app\n  - terraform apply\n"
        },
        {
            ".gitlab-ci.yml": "deploy:\n  script:\n  - terraform -chdir=infra/app apply -var region=us-east-1\n"
        },
        {
            "azure-pipelines.yml": "steps:\n- script: terraform apply -var region=us-east-1\n"
            "  workingDirectory: infra/app\n"
        },
        {
            "azure-pipelines.yml": "steps:\n- task: TerraformTaskV4@4\n  inputs: {command: apply, "
            "workingDirectory: infra/app, commandOptions: '-var region=us-east-1'}\n"
        },
        {
            ".circleci/config.yml": "jobs:\n  a:\n    environment: {TF_VAR_region: us-east-1}\n"
            "    steps:\n    - run: {command: terraform apply, working_directory: infra/app}\n"
        },
        {
            "bitbucket-pipelines.yml": "pipelines:\n  default:\n  - step:\n      script:\n"
            "      - cd infra/app\n      - terraform apply -var region=us-east-1\n"
        },
        {
            "cloudbuild.yaml": "steps:\n- name: hashicorp/terraform\n  dir: infra/app\n"
            "  args: [apply, -var, region=us-east-1]\n"
        },
        {
            "Jenkinsfile": "pipeline { environment { TF_VAR_region = 'us-east-1' }\n stages { stage('a') {\n"
            "steps { dir('infra/app') { sh 'terraform apply' } } } } }\n"
        },
        {
            "atlantis.yaml": "projects: [{dir: infra/app, workflow: a}]\nworkflows:\n  a:\n    plan:\n"
            "      steps:\n      - init\n      - plan: {extra_args: [-var, region=us-east-1]}\n"
        },
        {
            "atlantis.yaml": "projects: [{dir: infra/app, workflow: a}]\nworkflows:\n  a:\n    plan:\n"
            "      steps:\n      - env: {name: TF_VAR_region, value: us-east-1}\n      - plan\n"
        },
        {
            ".spacelift/config.yml": "version: '2'\nstacks:\n  a:\n    project_root: infra/app\n"
            "    environment: {TF_VAR_region: us-east-1}\n"
        },
        {
            ".spacelift/config.yml": "version: '2'\nstack_defaults:\n"
            "  environment: {TF_VAR_region: us-east-1}\nstacks:\n  a: {project_root: infra/app}\n"
        },
        {
            "workspaces/main.tf": 'resource "tfe_workspace" "a" { working_directory = "infra/app" }\n'
            'resource "tfe_variable" "a" {\n  key = "region"\n  value = "us-east-1"\n'
            '  category = "terraform"\n  workspace_id = tfe_workspace.a.id\n}\n'
        },
        {
            "stacks/main.tf": 'resource "spacelift_stack" "a" { project_root = "infra/app" }\n'
            'resource "spacelift_environment_variable" "a" {\n  name = "TF_VAR_region"\n'
            '  value = "us-east-1"\n  stack_id = spacelift_stack.a.id\n}\n'
        },
        {
            "Jenkinsfile": "dir('infra/app') {\n  sh \"terraform apply -var region=us-east-1\"\n}\n"
        },
    ],
    ids=lambda files: f"{next(iter(files))}-{len(str(files))}",
)
def test_a_default_that_another_value_contradicts_is_one_of_them(
    tmp_path: Path, files: dict[str, str]
) -> None:
    root = repository(tmp_path, files)
    assert regions(root) == BOTH
    path = next(iter(files))
    assert path in {each["path"] for each in place(root)["because"]}


@pytest.mark.parametrize(
    "files",
    [
        {"infra/app/environments/prod/terraform.tfvars": 'region = "eu-west-3"\n'},
        {"infra/app/environments/prod/terraform.tfvars": 'other = "us-east-1"\n'},
        {"infra/app/env/backend.tfvars": VIRGINIA},
        {"infra/app/Makefile": "apply:\n\tterraform apply -var region=eu-west-3\n"},
        {"infra/app/Makefile": "destroy:\n\tterraform destroy -var region=us-east-1\n"},
        {"infra/app/Makefile": "apply:\n\t# terraform apply -var region=us-east-1\n"},
        {"infra/other/main.tf": MAIN, "infra/other/prod.tfvars": VIRGINIA},
        {"infra/other/main.tf": MAIN, "infra/other/env/prod.tfvars": VIRGINIA},
        {
            "infra/other/main.tf": MAIN,
            "Makefile": "a:\n\tterraform -chdir=infra/other apply -var region=us-east-1\n",
        },
        {"infra/other/.envrc": "export TF_VAR_region=us-east-1\n"},
        {
            ".github/workflows/a.yml": "env: {TF_VAR_REGION: us-east-1}\n"
            + WORKFLOW.format(options="")
        },
        {"docs/terraform.md": "terraform apply -var region=us-east-1\n"},
    ],
    ids=lambda files: f"{next(iter(files))}-{len(str(files))}",
)
def test_what_agrees_or_is_of_another_root_changes_nothing(
    tmp_path: Path, files: dict[str, str]
) -> None:
    assert regions(repository(tmp_path, files)) == "eu-west-3"


@pytest.mark.parametrize(
    "files",
    [
        {
            ".github/workflows/a.yml": WORKFLOW.format(
                options='-var "region=${{ secrets.REGION }}"'
            )
        },
        {
            ".github/workflows/a.yml": WORKFLOW.format(
                options="-var region=${{ vars.REGION }}"
            )
        },
        {".github/workflows/a.yml": WORKFLOW.format(options="-var region=$(cat region)")},
        {
            ".gitlab-ci.yml": "a:\n  script: cd infra/app && terraform apply -var region=$REGION\n"
        },
        {"infra/app/Makefile": "R ?= us-east-1\na:\n\tterraform apply -var region=$(R)\n"},
        {"Jenkinsfile": "environment {\n TF_VAR_region = credentials('region')\n}\n"},
    ],
    ids=lambda files: f"{next(iter(files))}-{len(str(files))}",
)
def test_what_only_a_run_tells_leaves_it_unknown(
    tmp_path: Path, files: dict[str, str]
) -> None:
    found = place(repository(tmp_path, files))
    assert found["region"] is None
    assert "region" not in (found.get("among") or {})
    assert found["unknown"]["region"].startswith("from-environment")


def test_a_file_in_the_root_wins_over_the_environment_and_loses_against_options(
    tmp_path: Path,
) -> None:
    own = {"infra/app/terraform.tfvars": 'region = "eu-west-1"\n'}
    envrc = repository(
        tmp_path / "a", {**own, "infra/app/.envrc": "export TF_VAR_region=us-east-1\n"}
    )
    option = {"infra/app/Makefile": "a:\n\tterraform apply -var region=us-east-1\n"}
    assert regions(envrc) == "eu-west-1"
    assert regions(repository(tmp_path / "b", {**own, **option})) == [
        "eu-west-1",
        "us-east-1",
    ]


@pytest.mark.parametrize(
    "configured",
    [
        'terraform: {roots: [{path: infra/app, variants: ["env/*.tfvars"]}]}\n',
        'terraform: {roots: [{path: infra/app, var_files: ["env/prod.tfvars"]}]}\n',
        "terraform: {vars: {region: us-east-1}}\n",
    ],
)
def test_what_is_configured_is_the_truth(tmp_path: Path, configured: str) -> None:
    files = {
        "sovlint.yaml": configured,
        "infra/app/env/prod.tfvars": VIRGINIA,
        "infra/app/Makefile": "a:\n\tterraform apply -var region=eu-central-1\n",
    }
    assert regions(repository(tmp_path, files)) == "us-east-1"


ORDER = ("violation", "unproven", "compliant")
"""Verdicts, from the worst on."""
NOWHERE = "europe-nowhere-7"
VALUES = ["eu-west-3", "us-east-1", "eu-west-2", NOWHERE, None]


def verdicts(root: Path) -> dict[tuple[str, str, str], int]:
    """The worst verdict by policy, address and role."""
    output = run("scan", root, "--format", "json", "--show", "compliant").stdout
    found: dict[tuple[str, str, str], int] = {}
    for each in json.loads(output)["findings"]:
        key = (each["policy"], each["address"], each["role"] or "")
        verdict = ORDER.index(each["verdict"])
        found[key] = min(verdict, found.get(key, verdict))
    return found


@pytest.mark.parametrize("default", VALUES[:-1])
@pytest.mark.parametrize("other", VALUES)
@pytest.mark.parametrize("count", ["", 'count = var.region == "us-east-1" ? 1 : 0\n'])
def test_no_verdict_becomes_better(
    tmp_path: Path, default: str, other: str | None, count: str
) -> None:
    main_tf = MAIN.replace("eu-west-3", default).replace("tags =", f"{count}tags =")
    before = verdicts(repository(tmp_path / "a", {"infra/app/main.tf": main_tf}))
    written = "$(cat region)" if other is None else other
    files = {"infra/app/Makefile": f"a:\n\tterraform apply -var region={written}\n"}
    after = verdicts(repository(tmp_path / "b", {"infra/app/main.tf": main_tf, **files}))
    if other in (
        None,
        NOWHERE,
    ):  # where that is nobody knows: unproven, which fails all the same
        after = {key: min(each, 1) if key in before else each for key, each in after.items()}
        before = {key: max(each, 1) for key, each in before.items()}
    assert {key: each for key, each in before.items() if after.get(key, 3) > each} == {}


def test_what_switches_something_on_or_off(tmp_path: Path) -> None:
    """What was read to exist does; what another value would bring may."""
    main_tf = """
provider "aws" { region = "us-east-1" }
variable "one" { default = true }
variable "two" {
  type    = bool
  default = false
}
variable "three" { default = { a = 1 } }
resource "aws_s3_bucket" "one" { count = var.one && !var.two ? 1 : 0 }
resource "aws_s3_bucket" "two" { count = var.two ? 1 : 0 }
resource "aws_s3_bucket" "three" { for_each = var.three }
"""
    other = "one = false\ntwo = true\nthree = { b = 1 }\n"
    root = repository(
        tmp_path, {"infra/app/main.tf": main_tf, "infra/app/env/a.tfvars": other}
    )
    data = json.loads(run("facts", root, "--format", "json").stdout)
    exists = {each["address"]: each["exists"] for each in data["resources"]}
    assert exists == {
        "aws_s3_bucket.one[0]": True,
        "aws_s3_bucket.two[0]": None,
        'aws_s3_bucket.three["a"]': True,
        'aws_s3_bucket.three["b"]': None,
    }


def test_a_file_that_is_given_settles_what_it_sets(tmp_path: Path) -> None:
    files = {
        "infra/app/Makefile": "a:\n\tterraform apply -var region=eu-central-1\n",
        "sets.tfvars": VIRGINIA,
        "other.tfvars": 'owner = "a"\n',
    }
    root = repository(tmp_path, files)
    found = {}
    for name in ("sets", "other"):
        options = ("--format", "json", "--var-file", str(root / f"{name}.tfvars"))
        data = json.loads(run("facts", root, *options).stdout)
        found[name] = data["resources"][0]["placements"][0]["region"]
    assert found == {"sets": "us-east-1", "other": None}


def test_a_variable_without_a_value_stays_without_one(tmp_path: Path) -> None:
    """What stands elsewhere is no value that counts: an unknown doesn't become one of a few."""
    main_tf = MAIN.replace('{\n  default = "eu-west-3"\n}', "{}")
    root = repository(
        tmp_path, {"infra/app/main.tf": main_tf, "infra/app/env/a.tfvars": VIRGINIA}
    )
    assert place(root)["unknown"]["region"].startswith("unset-variable")


def test_one_note_a_root_names_all_of_them(tmp_path: Path) -> None:
    files = {
        "infra/app/env/prod.tfvars": VIRGINIA,
        "infra/app/Makefile": "a:\n\tterraform apply -var region=us-east-1\nb:\n\tterraform plan\n",
    }
    said = " ".join(notes(repository(tmp_path, files)).split())
    assert said.count("gets values in places") == 1
    assert "env/prod.tfvars, infra/app/Makefile:2" in said


def test_a_secret_default_shows_no_value_of_elsewhere(tmp_path: Path) -> None:
    main_tf = MAIN.replace("{\n  default", "{\n  sensitive = true\n  default", 1)
    root = repository(
        tmp_path,
        {
            "infra/app/main.tf": main_tf,
            "infra/app/env/prod.tfvars": 'region = "mars-north-7"\n',
        },
    )
    assert "mars-north-7" not in run("scan", root, "--format", "json").output


def test_init_drafts_the_variants_that_pipelines_show(tmp_path: Path) -> None:
    files = {
        "infra/app/env/prod/a.tfvars": VIRGINIA,
        "infra/app/env/test/a.tfvars": VIRGINIA,
        "infra/app/Makefile": "a:\n\tterraform apply -var-file=./env/$(ENV)/a.tfvars\n",
    }
    drafted = run("init", repository(tmp_path, files), "--print").stdout
    assert '#- "env/*/a.tfvars"  # infra/app/Makefile:2' in drafted
    again = "\n".join(
        line.replace("#", "", 1) if line.lstrip().startswith(("#- ", "#variants")) else line
        for line in drafted.splitlines()
    )
    (tmp_path / "sovlint.yaml").write_text(again)
    data = json.loads(run("facts", tmp_path, "--format", "json").stdout)
    assert {each["variant"] for each in data["resources"]} == {
        "env/prod/a.tfvars",
        "env/test/a.tfvars",
    }


def rules(root: Path, *options: str) -> dict[str, dict[str, tuple[str, str]]]:
    """The details of the rules of the run, by kind."""
    data = json.loads(run("scan", root, "--format", "json", *options).stdout)
    return {
        each["kind"]: {one["name"]: (one["before"], one["after"]) for one in each["details"]}
        for each in data["rules"]
    }


def test_what_beats_a_committed_value_is_among_the_rules_of_the_run(tmp_path: Path) -> None:
    files = {
        "infra/app/main.tf": MAIN + 'variable "db_password" { default = "old-hunter2" }\n',
        "infra/app/prod.tfvars": 'db_password = "hunter3-secret"\n',
    }
    root = repository(tmp_path, files)
    assert rules(root) == {}
    assert rules(root, "--var", "region=us-east-1") == {
        "variables-given": {"infra/app: region": ("eu-west-3", "us-east-1")}
    }
    assert rules(root, "--var", "region=eu-west-3") == {"variables-given": {}}
    found = rules(root, "--var-file", str(root / "infra/app/prod.tfvars"))
    assert found == {"values-files": {"infra/app: db_password": ("***", "***")}}
    (root / "sovlint.yaml").write_text(
        "terraform:\n  vars: {region: us-west-2}\n"
        "  roots: [{path: infra/app, var_files: [prod.tfvars]}]\n"
    )
    assert rules(root) == {
        "variables": {"infra/app: region": ("eu-west-3", "us-west-2")},
        "values-files": {"infra/app: db_password": ("***", "***")},
    }
    text = run("scan", root, "--lang", "fr").output
    assert "terraform.vars" in text
    assert "hunter" not in text


def test_no_line_of_a_pipeline_or_script_is_shown(tmp_path: Path) -> None:
    files = {
        "infra/app/Makefile": "a:\n\tterraform apply -var region=us-east-1 -var x=plain-hunter2\n",
        "k8s/api.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n",
    }
    root = repository(tmp_path, files)
    for form in ("text", "json", "sarif", "github", "markdown"):
        output = run("scan", root, "--format", form).output
        assert "Makefile" in output
        assert "hunter2" not in output


def test_what_terragrunts_environment_is_given_is_among_the_rules_of_the_run(
    tmp_path: Path,
) -> None:
    unit = 'inputs = { region = get_env("REGION") }\n'
    root = repository(tmp_path, {"live/main.tf": MAIN, "live/terragrunt.hcl": unit})
    assert rules(root) == {}
    assert rules(root, "--env", "REGION=eu-west-3") == {"terragrunt-env-given": {}}
    (root / "sovlint.yaml").write_text("terragrunt:\n  env: {REGION: eu-west-3, N: 1}\n")
    assert rules(root) == {"terragrunt-env": {}}
    # What the command line says is its own rule, and takes the place of the configuration's.
    both = rules(root, "--env", "REGION=us-east-1", "--env", "N=2")
    assert both == {"terragrunt-env-given": {}}
