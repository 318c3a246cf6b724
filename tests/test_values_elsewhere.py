"""Files of values, and modules, that stand elsewhere: read inside the repository, and said where they aren't."""

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


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    for path, text in {
        "infra/app/main.tf": MAIN,
        "config/prod.tfvars": 'region = "us-east-1"\n',
        "config/test.tfvars": 'region = "eu-central-1"\n',
        "config/odd.vars": 'region = "us-west-2"\n',
        "../outside/prod.tfvars": 'region = "us-east-2"\n',
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / ".git").mkdir()
    return root


def run(command: str, root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, [command, str(root), "--format", "json", *options])


def configured(root: Path, **keys: list[str]) -> Path:
    entry = json.dumps({"path": "infra/app", **keys})
    (root / "sovlint.yaml").write_text(f"terraform:\n  roots:\n    - {entry}\n")
    return root


def regions(root: Path) -> dict[str | None, str | None]:
    data: dict[str, Any] = json.loads(run("facts", root).stdout)
    return {each["variant"]: each["placements"][0]["region"] for each in data["resources"]}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"var_files": ["../../config/prod.tfvars"]}, {None: "us-east-1"}),
        ({"var_files": ["../../config/prod*"]}, {None: "us-east-1"}),
        ({"var_files": ["./../.././config/./prod.tfvars"]}, {None: "us-east-1"}),
        ({"var_files": ["here/../../../config/prod.tfvars"]}, {None: "us-east-1"}),
        ({"var_files": ["../../config/odd.vars"]}, {None: "us-west-2"}),
        (
            {"variants": ["../../config/*.tfvars"]},
            {
                "../../config/prod.tfvars": "us-east-1",
                "../../config/test.tfvars": "eu-central-1",
            },
        ),
        (
            {"variants": ["../../**/test.tfvars"], "var_files": ["../../config/prod.tfvars"]},
            {"../../config/test.tfvars": "us-east-1"},
        ),
    ],
)
def test_values_beside_the_root_are_read(
    repository: Path, keys: dict[str, list[str]], expected: dict[str | None, str]
) -> None:
    assert regions(configured(repository, **keys)) == expected


@pytest.mark.parametrize("key", ["variants", "var_files"])
@pytest.mark.parametrize(
    ("path", "english", "french"),
    [
        (
            "../../config/gone.tfvars",
            "there is no values file `../../config/gone.tfvars`",
            "il n'y a pas de fichier",
        ),
        ("gone.tfvars", "there is no values file `gone.tfvars`", "il n'y a pas de fichier"),
        ("../../../outside/prod.tfvars", "lies outside the repository", "est hors du dépôt"),
        ("../../../*/prod.tfvars", "lies outside the repository", "est hors du dépôt"),
    ],
)
def test_values_that_are_not_there_or_outside_are_an_error_and_leave_the_region_open(
    repository: Path, key: str, path: str, english: str, french: str
) -> None:
    configured(repository, **{key: [path]})
    for folder in (repository, repository / "infra"):
        for language, sentence in (("en", english), ("fr", french)):
            result = run("scan", folder, "--lang", language)
            (failure,) = json.loads(result.stdout)["failures"]
            assert (result.exit_code, failure["path"], failure["line"]) == (
                2,
                "sovlint.yaml",
                3,
            )
            assert sentence in failure["message"]
    assert regions(repository) == {None: None}


def test_a_glob_that_matches_nothing_is_said_whatever_is_scanned(repository: Path) -> None:
    configured(repository, variants=["../../config/x*.tfvars"])
    result = run("scan", repository / "infra")
    assert result.exit_code == 1
    assert [each["path"] for each in json.loads(result.stdout)["remarks"]][-1:] == [
        "sovlint.yaml"
    ]


def test_a_change_to_values_elsewhere_affects_their_root_even_where_they_are_gone(
    repository: Path,
) -> None:
    configured(repository, var_files=["../../config/p*.tfvars"])
    for path in ("config/prod.tfvars", "config/past.tfvars"):
        result = CliRunner().invoke(
            main, ["scan", "--affected", str(repository / path), "--format", "json"]
        )
        assert json.loads(result.stdout)["coverage"]["resources"] == 1, path
    result = CliRunner().invoke(
        main, ["scan", "--affected", str(repository / "other/a.tfvars"), "--format", "json"]
    )
    assert json.loads(result.stdout)["coverage"]["resources"] == 0


def test_terraform_init_is_advised_only_for_what_it_fetches(repository: Path) -> None:
    calls = (
        'module "a" {\n  source = "./gone"\n}\nmodule "b" {\n  source = "acme/b/cloud"\n}\n'
    )
    (repository / "infra/app/main.tf").write_text(calls)
    for language, wrong in (
        ("en", "no module at the path `./gone`"),
        ("fr", "pas de module au chemin `./gone`"),
    ):
        remarks = json.loads(run("scan", repository, "--lang", language).stdout)["remarks"]
        about = {each["line"]: each["message"] for each in remarks}
        assert wrong in about[1]
        assert "terraform init" not in about[1]
        assert "terraform init" in about[None]
        assert "gone" not in about[None]


def test_the_finding_of_a_call_with_a_class_says_so_too(repository: Path) -> None:
    call = 'module "a" {\n  source = "../gone"\n  tags   = { data_class = "health" }\n}\n'
    (repository / "infra/app/main.tf").write_text(call)
    findings = json.loads(run("scan", repository).stdout)["findings"]
    assert {each["verdict"] for each in findings} == {"unproven"}
    text = json.dumps(findings)
    assert "Correct the path" in text
    assert "terraform init" not in text


@pytest.mark.parametrize("form", ["text", "github", "markdown", "json"])
def test_templates_are_no_failures_and_are_counted(repository: Path, form: str) -> None:
    (repository / "infra/app/more.tf").write_text("{{range .x}}\n{{end}}\n")
    (repository / "infra/app/terraform.tfvars").write_text(
        '{{if .x}}\nregion = "eu-west-3"\n{{end}}\n'
    )
    (repository / "gen").mkdir()
    (repository / "gen/a.tf").write_text("{% if a %}\n{% endif %}\n")
    result = CliRunner().invoke(main, ["scan", str(repository), "--format", form])
    assert result.exit_code == 1
    if form == "json":
        data = json.loads(result.stdout)
        assert (data["failures"], data["coverage"]["failed"]) == ([], 0)
        (unread,) = data["coverage"]["unread"]
        assert (unread["kind"], unread["files"], len(unread["paths"])) == (
            "terraform-template",
            3,
            3,
        )
        assert [
            each["path"] for each in data["remarks"] if "templates" in each["message"]
        ] == [
            "gen/a.tf",
            "infra/app/more.tf",
        ]
        assert regions(repository) == {None: None}  # the template of values may set it
    else:
        said = " ".join(result.stdout.replace("\\", "").split())
        assert (
            "nothing in it is judged: templates of Terraform files (3 files: gen/a.tf" in said
        )
