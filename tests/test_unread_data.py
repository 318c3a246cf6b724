"""A class that `data.paths` gives to files that nobody reads is unproven: one finding a glob and kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

POLICY = "data-class-judged"
FILES = {
    "infra/main.tf": 'resource "aws_s3_bucket" "a" {}\n',
    "infra/main.bicep": "",
    "infra/more.bicep": "",
    "infra/pulumi/Pulumi.yaml": "name: x\n",
    "infra/pulumi/index.ts": "",
    "infra/tests/t.bicep": "",
    "ansible/deploy.yml": "- hosts: all\n",
    "nb/claims.ipynb": "{}",
    "src/app.py": "",
    "docs/claims.md": "",
    "vendor/app/.env": "DATABASE_URL=postgres://db.example-mutuelle.fr/claims\n",
    "node_modules/x/.env": "A=1\n",
    "shapes/logo.png": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def scan(root: Path, config: str, *options: str, at: str = ".") -> dict[str, Any]:
    (root / "sovlint.yaml").write_text(config)
    arguments = [
        "scan",
        str(root / at),
        "--format",
        "json",
        "--as-of",
        "2026-11-24",
        *options,
    ]
    report: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return report


def unread(report: dict[str, Any]) -> list[tuple[str, str]]:
    found = [each for each in report["findings"] if each["policy"] == POLICY]
    assert all(each["verdict"] == "unproven" for each in found)
    return [(each["address"].rpartition("]/")[2], each["severity"]) for each in found]


def of(root: Path, glob: str, data: str = "health", *options: str) -> list[tuple[str, str]]:
    return unread(scan(root, f'data:\n  paths:\n    "{glob}": {data}\n', *options))


@pytest.mark.parametrize(
    ("glob", "kinds"),
    [
        ("**", ["ansible", "bicep", "pulumi"]),  # infrastructure, and nothing of tests
        ("**/*.bicep", ["bicep"]),
        ("*.bicep", ["bicep"]),
        ("**/*.tf", []),
        ("**/*.ipynb", []),
        ("infra/**", ["bicep", "pulumi"]),
        ("infra/", ["bicep", "pulumi"]),
        ("infra/tests/**", ["bicep"]),
        ("**/infra/**", ["bicep", "pulumi"]),
        ("infra/pulumi/*.ts", []),  # source code, whatever it is for
        ("nb/**", ["notebook"]),
        ("ansible/**", ["ansible"]),
        ("src/**", []),
        ("docs/**", []),
        ("shapes/**", []),
        ("vendor/**", ["passed-over"]),
        ("vendor/app/.env", ["passed-over"]),
        ("*/app/.env", []),
        ("node_modules/**", ["passed-over"]),
        ("**/node_modules/**", ["passed-over"]),
        ("nowhere/**", []),
    ],
)
def test_what_counts_of_a_glob(root: Path, glob: str, kinds: list[str]) -> None:
    assert of(root, glob) == [(kind, "error") for kind in kinds]


def test_each_glob_counts_by_itself(root: Path) -> None:
    config = 'data:\n  paths:\n    "infra/**": health\n    "*.bicep": claims\n'
    assert [kind for kind, _ in unread(scan(root, config))] == ["bicep", "pulumi", "bicep"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("health", [("bicep", "error")]),
        ("[anonymous, claims]", [("bicep", "error")]),
        ("nir", [("bicep", "warning")]),  # as the policies on it
        ("anonymous", []),
        ("iban", []),  # no policy of the set asks anything of it
    ],
)
def test_it_costs_what_the_policies_on_the_class_do(
    root: Path, data: str, expected: list[tuple[str, str]]
) -> None:
    assert of(root, "infra/*.bicep", data) == expected


def test_the_message_names_glob_kind_and_files_in_both_languages(root: Path) -> None:
    for language, said in (
        ("en", "sovlint doesn't read Bicep"),
        ("fr", "sovlint ne lit pas ceci : Bicep"),
    ):
        config = 'data:\n  paths:\n    "infra/*.bicep": health\n'
        (found,) = (
            each
            for each in scan(root, config, "--lang", language)["findings"]
            if each["policy"] == POLICY
        )
        assert (found["path"], found["line"], found["data"]) == (
            "sovlint.yaml",
            3,
            ["health"],
        )
        assert said in found["message"]
        assert "infra/main.bicep, infra/more.bicep" in found["message"]
        assert "`infra/*.bicep`" in found["message"]


def test_a_file_of_which_others_take_values_is_not_judged_by_that(root: Path) -> None:
    compose = (
        "services: {db: {image: 'postgres:16', environment: {URL: '${DATABASE_URL}'}}}\n"
    )
    (root / "vendor/app/compose.yaml").write_text(compose)
    assert of(root, "vendor/**") == [("passed-over", "error")]


def test_a_template_that_would_be_read_elsewhere_is_passed_over(root: Path) -> None:
    template = (
        "AWSTemplateFormatVersion: '2010-09-09'\nResources: {A: {Type: 'AWS::S3::Bucket'}}\n"
    )
    (root / "vendor/claims.yaml").write_text(template)
    report = scan(root, 'data:\n  paths:\n    "vendor/claims.yaml": health\n')
    assert unread(report) == [("passed-over", "error")]
    assert "cloudformation" not in {each["kind"] for each in report["coverage"]["unread"]}


def test_a_finding_counts_where_nothing_else_is_read(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor/.env").write_text(
        "DATABASE_URL=postgres://db.example-mutuelle.fr/claims\n"
    )
    (tmp_path / "sovlint.yaml").write_text('data: {paths: {"vendor/**": health}}\n')
    assert CliRunner().invoke(main, ["scan", str(tmp_path)]).exit_code == 1
    (tmp_path / "sovlint.yaml").write_text("{}\n")
    assert CliRunner().invoke(main, ["scan", str(tmp_path)]).exit_code == 3


def test_only_what_was_asked_for(root: Path) -> None:
    config = 'data:\n  paths:\n    "**/*.bicep": health\n'
    assert unread(scan(root, config, at="ansible")) == []
    assert unread(scan(root, config, at="infra")) == [("bicep", "error")]


def test_a_waiver_excuses_it(root: Path) -> None:
    who = "owner: dpo, approver: ciso, ticket: T-1, issued: 2026-11-01, expires: 2026-12-01"
    waiver = f"{{policy: {POLICY}, paths: [sovlint.yaml], reason: read by hand, {who}}}"
    config = f'data:\n  paths:\n    "infra/*.bicep": health\nwaivers:\n  - {waiver}\n'
    (found,) = (each for each in scan(root, config)["findings"] if each["policy"] == POLICY)
    assert found["suppressed"] is not None


def test_coverage_counts_no_kind_that_only_counts_where_it_is_named(root: Path) -> None:
    found = scan(root, "data: {}\n")["coverage"]["unread"]
    listed = {each["kind"] for each in found if each["paths"]}
    assert listed == {"ansible", "bicep", "pulumi"}


def test_application_code_and_notebooks_are_counted_and_change_no_exit_code(
    tmp_path: Path,
) -> None:
    files = [
        "src/a.ts",
        "src/b.tsx",
        "api/main.py",
        "analysis/claims.ipynb",
        "charts/x.gotmpl",
    ]
    for name in [*files, "README.md"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x\n", "utf-8")
    found = scan(tmp_path, "data: {}\n")["coverage"]["unread"]
    assert found == [
        {"kind": "notebook", "files": 1, "paths": []},
        {"kind": "python", "files": 1, "paths": []},
        {"kind": "typescript", "files": 2, "paths": []},
        {"kind": "yaml-template", "files": 1, "paths": ["charts/x.gotmpl"]},
    ]


SAID = {
    "arm.json": '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", '
    '"resources": [{"tags": {"data_class": "health"}}]}',
    "main.bicep": "resource s 'x' = {\n  tags: {\n    'data-class': 'health'\n  }\n}\n",
    "playbooks/a.yml": "- hosts: all\n  vars:\n    tags:\n      - {Key: Data_Class, Value: health}\n",
    "playbooks/b.yml": "- tags:\n    - Key: data_class\n      Value: 'health, anonymous'\n",
    "k.yaml.j2": "metadata: {labels: {sovlint.dev/data: health, app: '{{ app }}'}}\n",
}
NOT_SAID = {
    "main.bicep": "// my_data_class: health, other.data_class: health\nparam data_class string\n",
    "playbooks/a.yml": "- data_class: anonymous\n",
    "playbooks/b.yml": "- data_class: nothing-known\n",
    "tests/t.bicep": "tags: {data_class: 'health'}\n",
}


@pytest.mark.parametrize("name", SAID)
def test_what_an_unread_file_declares_is_unproven(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(SAID[name])
    report = scan(tmp_path, "{}\n")
    (found,) = (each for each in report["findings"] if each["policy"] == POLICY)
    assert (found["verdict"], found["severity"], found["path"]) == ("unproven", "error", name)
    assert found["data"] == ["health"]
    assert (
        scan(tmp_path, "{}\n", "--lang", "fr")["findings"][0]["message"].count("déclaré") == 1
    )


def test_what_declares_nothing_is_only_counted(tmp_path: Path) -> None:
    for name, text in NOT_SAID.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert unread(scan(tmp_path, "{}\n")) == []
