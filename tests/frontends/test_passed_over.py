"""Values that say nothing themselves, wherever they stand: placeholders of keys, references, defaults of Flux."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

KEYS = (
    "this_is_not_the_key",
    "changeme",
    "xxx",
    "<your key>",
    "your-api-key",
    "your_key_here",
    "replace_me",
    "TODO",
)
NAME = "STRIPE_API_KEY"


def sent(folder: Path, files: dict[str, str]) -> list[tuple[str, str | None, str | None]]:
    """Role, company and region of all that isn't where something itself runs."""
    write(folder, files)
    arguments = ["facts", str(folder), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return [
        (each["role"], each["provider"], each["region"])
        for resource in facts["resources"]
        for each in resource["placements"]
        if each["role"] not in ("compute", None)
    ]


def pod(name: str, value: str) -> str:
    return json.dumps({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "a"},
        "spec": {"containers": [{"name": "c", "env": [{"name": name, "value": value}]}]},
    })  # fmt: skip


def holders(value: str) -> dict[str, dict[str, str]]:
    """A key in each kind of files."""
    service = {"services": {"a": {"image": "acme/a", "environment": {NAME: value}}}}
    function = {
        "Type": "AWS::Lambda::Function",
        "Properties": {"Environment": {"Variables": {NAME: value}}},
    }
    return {
        "pod": {"pod.yaml": pod(NAME, value)},
        "compose": {"compose.yaml": json.dumps(service)},
        "env file": {
            "compose.yaml": "services: {a: {image: acme/a, env_file: app.env}}",
            "app.env": f"{NAME}={value}\n",
        },
        "dotenv": {".env": f"{NAME}={value}\n"},
        "stack": {"template.json": json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"F": function}})},
    }  # fmt: skip


@pytest.mark.parametrize("holder", sorted(holders("")))
def test_a_placeholder_of_a_key_shows_nothing(tmp_path: Path, holder: str) -> None:
    for number, value in enumerate(KEYS):
        assert sent(tmp_path / str(number), holders(value)[holder]) == []
    assert [each[1] for each in sent(tmp_path / "real", holders("rk_9f8a7")[holder])] == [
        "stripe"
    ]


def test_a_reference_is_no_host(tmp_path: Path) -> None:
    custom = {
        "apiVersion": "litellm.home-operations.com/v1",
        "kind": "LiteLLMProxy",
        "metadata": {"name": "a"},
        "spec": {"routerSettings": {"redis_host": "os.environ/REDIS_HOST"}},
    }
    ((role, company, _),) = sent(tmp_path, {"a.yaml": json.dumps(custom)})
    assert (role, company) == ("at-rest", None)
    facts = json.loads(
        CliRunner().invoke(main, ["facts", str(tmp_path), "--format", "json"]).stdout
    )
    assert "os.environ" not in json.dumps(facts)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("${DB:=c.x.us-east-1.rds.amazonaws.com}", ("aws", "us-east-1")),
        (
            "postgres://${DB:=c.x.eu-west-3.rds.amazonaws.com}/${NAME:=a}",
            ("aws", "eu-west-3"),
        ),
        ("postgres://${DB:=c.x.eu-west-3.rds.amazonaws.com}/${NAME}", (None, None)),
        ("postgres://${DB}/a", (None, None)),
        ("postgres://${DB:=}/a", (None, None)),
    ],
)
def test_a_default_of_flux_counts_as_one(
    tmp_path: Path, value: str, place: tuple[str | None, str | None]
) -> None:
    found = sent(tmp_path, {"pod.yaml": pod("DATABASE_URL", value)})
    assert [each[1:] for each in found] == [place]


STACK = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: a
          Image: acme/a
          Environment:
            - Name: COGNITO_USER_POOL_ID
              Value:
                Fn::ImportValue: pool
"""


def test_what_a_task_is_given_is_told_of_the_task_alone(tmp_path: Path) -> None:
    assert [each[:2] for each in sent(tmp_path, {"template.yaml": STACK})] == [
        ("processor", "aws")
    ]


def test_a_tunnel_is_told_once(tmp_path: Path) -> None:
    run = "ngrok config add-authtoken ${{ secrets.T }}\n          nohup ngrok http 4000 &"
    text = f"on: push\njobs:\n  a:\n    steps:\n      - run: |\n          {run}\n"
    assert [each[0] for each in sent(tmp_path, {".github/workflows/a.yml": text})] == ["edge"]
