"""What pipelines give templates of stacks that they deploy: parameters, files of them, and the region. By hand."""

from __future__ import annotations

import pytest

from tests.frontends.configuration.house import placed

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Target: {Type: String}
  Where: {Type: String, Default: eu-west-3}
Resources:
  Send:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          EXPORT_URL: !Sub "https://${Target}/x"
"""
DEPLOY = "aws cloudformation deploy --stack-name s --template-file infra/stack.yaml"
US = "claims.s3.us-east-1.amazonaws.com"
FILE = f'[{{"ParameterKey": "Target", "ParameterValue": "{US}"}}]'
PLAIN = f'{{"Parameters": {{"Target": "{US}"}}}}'
CREATE = "cd infra && aws cloudformation create-stack --template-body file://stack.yaml"
GIVEN = f"--parameters ParameterKey=Target,ParameterValue={US}"
FROM_FILE = f"{DEPLOY} --parameter-overrides file://infra/p.json --region eu-west-1"
TO_US = f"--parameter-overrides Target={US}"


def workflow(run: str, more: str = "") -> str:
    return f"on: push\njobs:\n  d:\n    steps:\n      - run: {run}\n{more}"


def found(files: dict[str, str | bytes | None]) -> dict[str, object]:
    """By role, the region of what the function sends and of itself; ``?`` for what isn't known."""
    (each,) = [
        each for each in placed(files) if each.resource.address.endswith("Resources.Send")
    ]
    return {
        str(place.role.value): getattr(place.region, "value", "?")
        for place in each.placements
    }


@pytest.mark.parametrize(
    ("run", "places"),
    [
        (f"{DEPLOY} {TO_US} --region eu-west-1", {"compute": "eu-west-1", "at-rest": "us-east-1"}),
        (FROM_FILE, {"compute": "eu-west-1", "at-rest": "us-east-1"}),
        (f"{DEPLOY} --parameter-overrides file://infra/q.json", {"compute": "?", "at-rest": "us-east-1"}),
        (f"{CREATE} {GIVEN}", {"compute": "?", "at-rest": "us-east-1"}),
        (f"AWS_REGION=us-east-1 {DEPLOY}", {"compute": "us-east-1", "processor": "?"}),
        (f"{DEPLOY} --region $R --parameter-overrides Target=$T", {"compute": "?", "processor": "?"}),
        # another template, or none that is here
        (f"{DEPLOY.replace('stack', 'other')} {TO_US} --region eu-west-1", {"compute": "?", "processor": "?"}),
        ("aws cloudformation describe-stacks --region eu-west-1", {"compute": "?", "processor": "?"}),
    ],
)  # fmt: skip
def test_what_a_pipeline_gives(run: str, places: dict[str, object]) -> None:
    files: dict[str, str | bytes | None] = {
        "infra/stack.yaml": TEMPLATE,
        "infra/p.json": FILE,
        "infra/q.json": PLAIN,
        ".github/workflows/d.yml": workflow(run),
    }
    assert found(files) == places


def test_two_regions_are_one_of_them() -> None:
    first, second = (f"{DEPLOY} --region {each}" for each in ("eu-west-3", "us-east-1"))
    files: dict[str, str | bytes | None] = {
        "infra/stack.yaml": TEMPLATE,
        ".github/workflows/d.yml": workflow(first, f"      - run: {second}\n"),
    }
    assert found(files)["compute"] == "?"


def test_a_default_that_a_pipeline_contradicts_is_not_proved() -> None:
    template = TEMPLATE.replace(
        "https://${Target}/x", "https://claims.s3.${Where}.amazonaws.com"
    )
    plain: dict[str, str | bytes | None] = {"infra/stack.yaml": template}
    assert found(plain)["at-rest"] == "eu-west-3"
    for given in ("Where=us-east-1", "Where=$W"):
        run = f"{DEPLOY} --parameter-overrides {given}"
        assert "?" in found({**plain, ".github/workflows/d.yml": workflow(run)}).values()
        assert (
            "eu-west-3"
            not in found({**plain, ".github/workflows/d.yml": workflow(run)}).values()
        )


def test_sam_takes_the_template_of_its_folder() -> None:
    files: dict[str, str | bytes | None] = {
        "api/template.yaml": TEMPLATE,
        "Makefile": f"deploy:\n\tcd api && sam deploy --region us-east-1 {TO_US}\n",
    }
    assert found(files) == {"compute": "us-east-1", "at-rest": "us-east-1"}
