"""What to label first, of a repository in which nothing says what it holds: every command that is offered works."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.installation import bringing

Tree = Callable[[dict[str, str]], Path]

AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec: {containers: [{name: a, image: a}]}\n"
CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: %s\n"
MODULE = 'variable "x" {\n  default = 1\n}\nresource "aws_s3_bucket" "x" {}\n'
CALL = 'module "x" {\n  source = "../m"\n}\n'
CHART = "apiVersion: v2\nname: c\nversion: 1.0.0\n"
BUCKET = AWS + 'resource "aws_s3_bucket" "a" {}\n'
VALUES = "pg: {}\nbackend: {~chart: app}\n"
SENDING = """apiVersion: apps/v1
kind: Deployment
metadata: {name: aa}
spec: {template: {spec: {containers: [{name: a, image: a, env: [{name: S3_ENDPOINT, value: "https://s3.gra.io.cloud.ovh.net"}]}]}}}
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Makes a git repository of some files, and goes there."""

    def make(files: dict[str, str]) -> Path:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], env={"SOVLINT_LANG": "en"})


def offered(*arguments: str | Path, command: str = "map") -> list[list[str]]:
    """The commands of a report, without the program's name."""
    lines = [line.strip() for line in run(command, *arguments).stdout.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("sovlint label")]


@pytest.mark.parametrize(
    "files",
    [
        {"main.tf": BUCKET},
        {"a/main.tf": BUCKET, "b/main.tf": BUCKET},
        {"a/pod.yaml": CLAIM % "x", "b/pod.yaml": CLAIM % "x"},
        {"saas.yaml": "services: [{id: a, vendor: zendesk}]\n"},
        {".kontinuous/values.yaml": VALUES, ".kontinuous/env/prod/values.yaml": "{}\n"},
    ],
)
@pytest.mark.parametrize("command", ["scan", "map"])
def test_each_command_that_is_offered_works(
    tree: Tree, files: dict[str, str], command: str
) -> None:
    tree(files)
    commands = offered(command=command)
    assert commands
    for each in commands:
        done = run(*each)
        assert done.exit_code == 0, done.stderr
        assert done.stdout.startswith("---")


def test_it_works_from_elsewhere(
    tree: Tree, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({"infra/main.tf": BUCKET})
    for folder in (root / "infra", tmp_path_factory.mktemp("elsewhere")):
        monkeypatch.chdir(folder)
        (command,) = offered(root)
        assert run(*command).exit_code == 0


@pytest.mark.parametrize(
    ("files", "address"),
    [
        ({"compose.yaml": "services: {db: {image: postgres}}\n"}, "compose:db"),
        (
            {
                "chart/Chart.yaml": CHART,
                "chart/templates/a.yaml": CLAIM % "{{ .Chart.Name }}",
            },
            "PersistentVolumeClaim",
        ),
        (
            {"m/main.tf": MODULE, "a/main.tf": AWS + CALL, "b/main.tf": AWS + CALL},
            "module.x.aws_s3_bucket.x",
        ),
    ],
)
def test_what_no_command_can_write_goes_into_the_configuration(
    tree: Tree, files: dict[str, str], address: str
) -> None:
    tree(files)
    text = " ".join(run("map").stdout.split())
    assert "What to label first" in text
    for each in offered():
        assert run(*each).exit_code == 0
    assert address not in str(offered())
    assert address in text
    assert 'below `data:` and `paths:` in sovlint.yaml, `"' in text


def test_a_store_comes_before_what_sends_to_one_and_before_a_queue(tree: Tree) -> None:
    tree({"a.yaml": SENDING, "b.yaml": CLAIM % "zz"})
    assert offered()[0][-2] == "k8s:-/PersistentVolumeClaim/zz"


def test_a_queue_comes_after_a_store(tree: Tree) -> None:
    tree({
        "a.tf": AWS + 'resource "aws_sqs_queue" "a" {}\n',
        "b.tf": 'resource "aws_s3_bucket" "b" {}\n',
    })  # fmt: skip
    assert [each[-2] for each in offered()] == ["aws_s3_bucket.b", "aws_sqs_queue.a"]


def test_two_edits_of_one_file_and_a_block_of_several_environments_are_one(
    tree: Tree,
) -> None:
    tree({".kontinuous/values.yaml": VALUES, ".kontinuous/env/prod/values.yaml": "{}\n"})
    assert len(offered()) == 1


def test_without_its_library_the_command_says_what_it_needs(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree({"main.tf": BUCKET, "pod.yaml": CLAIM % "x"})
    monkeypatch.setitem(sys.modules, "hcl2", None)
    said = [run(*each).stderr for each in offered()]
    assert len(said) == 2
    assert any(bringing("edit") in each for each in said)
