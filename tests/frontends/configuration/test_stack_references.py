"""Things of the repository's own templates under settings: by reference, by what another template exports, and as the
first label of a host."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known
from tests.frontends.configuration.house import placed

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"
THINGS = """\
Parameters: {Other: {Type: String}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic}
  Api: {Type: AWS::Serverless::Api}
  Rest: {Type: AWS::ApiGateway::RestApi}
"""
FUNCTION = """\
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          PARTNER_URL: {value}
"""
REGION = "version = 0.1\n[default.deploy.parameters]\nregion = 'eu-west-3'\n"
EXPORTS = """\
Outputs:
  Queue:
    Value: !Ref Queue
    Export: {Name: !Sub '${AWS::StackName}-QueueUrl'}
  Api:
    Value: !GetAtt Rest.RestApiId
    Export: {Name: !Sub '${AWS::StackName}-Api'}
"""


def sent(value: str, things: str = THINGS, beside: dict[str, str] | None = None) -> list[str]:
    """Where the function sends what it is given, besides where it runs."""
    files = {
        "template.yaml": HEAD + things + FUNCTION.replace("{value}", value),
        "samconfig.toml": REGION,
        **(beside or {}),
    }
    (found,) = (
        each for each in placed(dict(files)) if each.resource.address.endswith("Function")
    )
    return [
        " ".join(
            str(fact.value) if isinstance(fact, Known) else "?"
            for fact in (place.provider, place.region)
        )
        for place in found.placements
        if place.sent
    ]


@pytest.mark.parametrize(
    "value",
    [
        "!Ref Queue",
        "!GetAtt Queue.QueueUrl",
        "!Ref Topic",
        "!Sub '${Queue}'",
        "!Sub 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/main'",
        "!Sub 'https://${Rest.RestApiId}.execute-api.${AWS::Region}.${AWS::URLSuffix}/main'",
        "!Join ['', [https://, !GetAtt Rest.RestApiId, !Sub '.execute-api.${AWS::Region}.amazonaws.com/x']]",
    ],
)
def test_a_thing_of_the_template_is_that_thing(value: str) -> None:
    assert sent(value) == []


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ("!Sub 'https://${Other}.execute-api.us-east-1.amazonaws.com/x'", ["aws us-east-1"]),
        ("!Sub 'https://${Queue}.partner.org/x'", ["? ?"]),
        ("!Ref Other", ["? ?"]),
    ],
)
def test_what_is_no_thing_of_the_template_is_told(value: str, where: list[str]) -> None:
    assert sent(value) == where


IMPORT = "{'Fn::ImportValue': !Sub '${Other}-NAME'}"
API = IMPORT.replace("NAME", "Api")


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (IMPORT.replace("NAME", "QueueUrl"), []),
        ("{'Fn::ImportValue': claims-QueueUrl}", []),
        (
            f"!Sub ['https://${{Id}}.execute-api.us-east-1.amazonaws.com/x', {{Id: {API}}}]",
            [],
        ),
        (IMPORT.replace("NAME", "Elsewhere"), ["? ?"]),
    ],
)
def test_what_another_template_exports_is_its_value(value: str, where: list[str]) -> None:
    alone = "Parameters: {Other: {Type: String}}\nResources:\n"
    beside = {"main/template.yaml": HEAD + THINGS + EXPORTS}
    assert sent(value, alone, beside) == where


def test_what_two_templates_export_under_one_name_is_nobodys() -> None:
    alone = "Parameters: {Other: {Type: String}}\nResources:\n"
    one = HEAD + THINGS + EXPORTS
    beside = {"main/template.yaml": one, "other/template.yaml": one}
    assert sent(IMPORT.replace("NAME", "QueueUrl"), alone, beside) == ["? ?"]
