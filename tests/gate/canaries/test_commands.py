"""No secret comes out of a command, on either stream: drafts, diffs, errors, baselines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.canaries.leaks import leaks
from tests.gate.canaries.repositories import FRONT_ENDS
from tests.gate.canaries.writing import OWN
from tests.test_hostile import run, tree

COMMANDS = (
    ("scan", "--allow-failures", "--full"),
    (
        "scan",
        "--allow-failures",
        "--lang",
        "fr",
        "--policy-set",
        "strict",
        "--show",
        "compliant",
    ),
    (
        "scan",
        "--allow-failures",
        "--no-config",
        "--assume",
        "health",
        "--policy-set",
        "strict",
    ),
    ("scan", "--allow-failures", "--var", "db_password=hunter990x"),
    ("facts", "--full", "--assume", "health"),
    ("facts", "--format", "json", "--var", "db_password=hunter990x"),
    ("map", "--lang", "fr"),
    ("report", "-o", "-", "--show", "compliant"),
    ("init", "--print"),
    ("init", "--print", "--lang", "fr"),
    ("check",),
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repositories of all front ends, side by side."""
    files = {
        f"{name}/{path}": text
        for name in ("terraform", "kubernetes", "compose", "inventories")
        for path, text in FRONT_ENDS[name]().files.items()
    }
    root = tmp_path_factory.mktemp("commands") / "r"
    return tree(
        root, {**files, **OWN, **FRONT_ENDS["own"]().files, ".env": "DD_API_KEY=hunter991x\n"}
    )


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_prints_one(everything: Path, arguments: tuple[str, ...]) -> None:
    command, *options = arguments
    result = run(everything, *options, command=command)
    assert leaks(result.stdout) == []
    assert leaks(result.stderr) == []
    assert result.stdout or result.stderr


def test_a_draft_has_none_where_there_is_no_configuration(
    everything: Path, tmp_path: Path
) -> None:
    files = {
        path: text
        for name in ("terraform", "settings", "helm")
        for path, text in FRONT_ENDS[name]().files.items()
    }
    root = tree(tmp_path / "r", files)
    result = run(root, "--print", command="init")
    assert leaks(result.stdout + result.stderr) == []
    assert len(result.stdout.splitlines()) > 10


LABELLED = {
    "main.tf": 'provider "aws" {\n  region = "eu-west-3"\n}\nvariable "db_password" {\n  default = "hunter001x"\n}\n'
    'resource "aws_db_instance" "a" {\n  password = "hunter002x"\n  user_data = "PGPASSWORD=hunter003x psql"\n}\n'
    'output "x" {\n  value = sensitive("hunter004x")\n}\n',
    "k8s.yaml": "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  a: hunter005x\n---\n"
    "apiVersion: apps/v1\n"
    "kind: Deployment\nmetadata:\n  name: d\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n"
    "        image: a\n        env:\n        - name: DB_PASSWORD\n          value: hunter006x\n",
    "saas.yaml": "services:\n  - id: a\n    vendor: Datadog\n    purpose: 'token=hunter007x'\n"
    "    address: https://u:hunter008x@d.acme.com\n",
}  # fmt: skip


@pytest.mark.parametrize(
    "address", ["aws_db_instance.a", "k8s:-/Deployment/d", "k8s:-/Secret/s", "saas:a"]
)
def test_what_would_be_labelled_shows_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    root = tree(tmp_path / "r", LABELLED)
    monkeypatch.chdir(root)
    from click.testing import CliRunner

    from sovlint.cli import main

    result = CliRunner().invoke(main, ["label", address, "health"])
    assert leaks(result.stdout + result.stderr) == []
    assert result.stdout or result.stderr


BROKEN = (
    "data: {paths: {'password=hunter001x': [nothing]}}\n",
    "attestations:\n- claim: {qualification: hds}\n  evidence: 'token=hunter001x'\n",
    "terraform: {vars: {db_password: [hunter001x]}}\n",
    "policy_set: https://u:hunter001x@acme.com/set.yaml\n",
    "exclude: {password: hunter001x}\n",
    "db_password: hunter001x\n",
    "clusters: [{paths: ['a'], provider: 'https://u:hunter001x@acme.com', region: 'token=hunter002x'}]\n",
    "data: {assume: 'password=hunter001x'}\n",
    "data: {tags: ['token=hunter001x'], values: {'token=hunter002x': ['password=hunter003x']}}\n",
    "data: [password: hunter001x\n",
    "password: 'hunter001x\n",
)


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize("command", ["scan", "check"])
def test_no_error_of_a_configuration_shows_one(
    tmp_path: Path, text: str, command: str
) -> None:
    root = tree(tmp_path / "r", {"sovlint.yaml": text, "main.tf": LABELLED["main.tf"]})
    result = run(root, command=command)
    assert leaks(result.stdout + result.stderr) == []


OWN_FILES = {
    "policies": "id: 'token=hunter001x'\ntitle: {en: 'password=hunter002x', fr: 'password=hunter003x'}\nroles: [hunter]\n",
    "catalog": "providers:\n  'token=hunter001x': {name: 'password=hunter002x', country: 'password=hunter003x'}\n",
    "waivers": "waivers:\n- {policy: 'password=hunter001x', reason: 'token=hunter002x', expires: 'password=hunter003x'}\n",
    "baseline": '{"password": "hunter001x", "schema": "token=hunter002x"',
    "attestations": "- {claim: {qualification: 'password=hunter001x'}, evidence: 'token=hunter002x'}\n",
    "inventory": "services:\n"
    "- {id: 'password=hunter001x', vendor: 'token=hunter002x', region: 'token=hunter003x', data: x}\n",
}


@pytest.mark.parametrize("key", OWN_FILES)
@pytest.mark.parametrize("command", ["scan", "check"])
def test_no_error_of_a_file_that_it_names_shows_one(
    tmp_path: Path, key: str, command: str
) -> None:
    named = ["own.yaml"] if key in ("policies", "catalog") else "own.yaml"
    config = f"{key}: {named}\n" if key != "inventory" else ""
    name = "saas.yaml" if key == "inventory" else "own.yaml"
    files = {"sovlint.yaml": config, name: OWN_FILES[key], "main.tf": LABELLED["main.tf"]}
    result = run(tree(tmp_path / "r", files), command=command)
    assert leaks(result.stdout + result.stderr) == []
    assert result.stdout + result.stderr


def test_no_baseline_holds_one(tmp_path: Path) -> None:
    root, baseline = (
        tree(tmp_path / "r", {**OWN, **FRONT_ENDS["compose"]().files}),
        tmp_path / "baseline.json",
    )
    result = run(root, "--write-baseline", str(baseline))
    assert leaks(result.stdout + result.stderr) == []
    assert leaks(baseline.read_text()) == []
