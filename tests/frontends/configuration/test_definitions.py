"""Definitions that a template of CloudFormation keeps, as objects and as texts."""

from __future__ import annotations

from pathlib import Path

from sovlint.commands.parts import settled
from sovlint.lint import lint
from sovlint.model.request import Request

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Tags: [{Key: data_class, Value: health}]
      Definition:
        States:
          Send:
            Parameters: {ApiEndpoint: "https://api.partenaire-sante.fr/v1"}
  Document:
    Type: AWS::SSM::Document
    Properties:
      Tags: [{Key: data_class, Value: health}]
      Content: |
        {"mainSteps": [{"inputs": {"runCommand": ["curl -d @a https://hooks.partenaire-b.fr/x"]}}]}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Tags: [{Key: data_class, Value: health}]
      Policies:
        - PolicyDocument:
            Statement: [{Effect: Allow, Action: "sqs:*", Resource: "https://iam.partenaire-c.fr/a"}]
"""


def test_a_definition_of_a_template_is_read_and_a_permission_isnt(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    report = lint(settled.run(Request(paths=(tmp_path,), allow_failures=True)))
    hosts = {
        getattr(each.placement.provider, "host", None)
        for each in report.findings
        if each.placement is not None
    }
    assert {"api.partenaire-sante.fr", "hooks.partenaire-b.fr"} <= hosts
    assert "iam.partenaire-c.fr" not in hosts
