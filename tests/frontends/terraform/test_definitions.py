"""Definitions that resources keep as text, of types that a list has and of types that none has: judged by hand."""

from __future__ import annotations

import pytest

from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import SentBy
from tests.frontends.terraform.test_texts import heredoc, read, shown, told

PARTNER = "https://api.partenaire-sante.fr/v1"
STEPS = f"""
main:
  steps:
    - send:
        call: http.post
        args:
          url: {PARTNER}
"""
BUILD = f"version: 0.2\nphases:\n  build:\n    commands:\n      - curl -F a=@claims.csv {PARTNER}\n"
MACHINE = f'{{ States = {{ Send = {{ Type = "Task", Parameters = {{ ApiEndpoint = "{PARTNER}" }} }} }} }}'
POLICY = f'<policies><inbound>\n<set-backend-service id="" base-url="{PARTNER}" />\n</inbound></policies>'
DOCUMENT = f'{{"mainSteps": [{{"inputs": {{"runCommand": ["curl -d @a {PARTNER}"]}}}}]}}'
SPACE = f'<flow xmlns="{PARTNER}"/>'
PROSE = f"How it is done\n\nSee {PARTNER} for more."
SCRIPT = f"#!/bin/sh\ncurl --data @claims.csv {PARTNER}"
DOWNLOADS = """data "coder_parameter" "v" {}
  script = <<-EOT
    #!/bin/bash
    curl -Lo helm https://storage.googleapis.com/helm/v${data.coder_parameter.v.value}/helm
  EOT
""".partition("\n")[2]
LISTED = f'["cd /srv", "curl -T claims.csv {PARTNER}"]'


def counted(found: Resource) -> list[str]:
    """What may count of an address that nobody knows; a host alone does only where it takes data."""
    return [
        shown(each.value)
        for each in found.sends
        if each.by not in (SentBy.HOST, SentBy.SHOWN)
    ]


def resource(kind: str, arguments: str) -> Resource:
    return read(f'resource "{kind}" "a" {{\n{arguments}\n}}\n')[f"{kind}.a"]


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("aws_sfn_state_machine", f"definition = jsonencode({MACHINE})"),
        ("aws_ssm_document", f"content = {heredoc(DOCUMENT)}"),
        ("aws_codebuild_project", f"source {{\nbuildspec = {heredoc(BUILD)}}}"),
        ("google_workflows_workflow", f"source_contents = {heredoc(STEPS)}"),
        ("azurerm_api_management_api_policy", f"xml_content = {heredoc(POLICY)}"),
        (
            "aws_ssm_maintenance_window_task",
            f"task_invocation_parameters {{\nrun_command_parameters {{\nparameter {{\nvalues = {LISTED}\n}}\n}}\n}}",
        ),
        ("acme_flow", f"graph = jsonencode({MACHINE})"),
        ("acme_flow", f"graph = yamlencode({MACHINE})"),
        ("acme_flow", f"graph = {heredoc(POLICY)}"),
        ("zeta_job", f"run {{\ntext = {heredoc(SCRIPT)}}}"),
        ("zeta_job", f"options = {{\nrun = jsonencode({MACHINE})\n}}"),
        ("zeta_job", f"run = {LISTED}"),
    ],
)  # fmt: skip
def test_a_text_of_any_type_is_read(kind: str, arguments: str) -> None:
    assert counted(resource(kind, arguments)) == [PARTNER]


def test_a_text_that_a_local_or_a_template_gives_is_read() -> None:
    made = read(
        f"locals {{\n  graph = jsonencode({MACHINE})\n}}\n"
        'resource "acme_flow" "a" {\n  graph = local.graph\n}\n'
        'resource "acme_flow" "b" {\n  graph = templatefile("f.json", { way = "v1" })\n}\n',
        {"f.json": '{"endpoint": "https://api.partenaire-sante.fr/${way}"}'},
    )
    assert told(made["acme_flow.a"]) == told(made["acme_flow.b"]) == [PARTNER]


def test_what_isnt_known_of_a_text_is_unknown_as_elsewhere() -> None:
    made = read(
        'variable "host" {}\nresource "acme_flow" "a" {\n'
        '  graph = jsonencode({ ApiEndpoint = "https://${var.host}/v1" })\n}\n'
    )
    assert told(made["acme_flow.a"]) == ["https://?/v1"]


def test_only_a_declared_class_asks_of_a_host_that_nobody_knows() -> None:
    sent = resource("acme_flow", f"graph = jsonencode({MACHINE})").sends
    assert [each.by for each in sent] == [SentBy.URL]


@pytest.mark.parametrize(
    "arguments",
    [
        'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = '
        '"arn:aws:sqs:us-east-1:123456789012:a" }] })',
        'members = jsonencode({ bindings = [{ role = "a", members = ["https://iam.partenaire-sante.fr/a"] }] })',
        'schema = jsonencode({ "$schema" = "https://json.partenaire-sante.fr/a", "$id" = "https://x.acme.fr/a" })',
        f"graph = {heredoc(SPACE)}",
        'board = jsonencode({ widgets = [{ endpoint = "https://api.partenaire-sante.fr/v1" }] })',
        'description = "What is told at https://api.partenaire-sante.fr/v1 counts."',
        f"description = {heredoc(PROSE)}",
        'options = { "Event Url" = "{{url}}" }',
        'spec = jsonencode({ info = { license = { url = "https://www.partenaire-sante.fr/l" } } })',
        "count_of = 3",
    ],
)  # fmt: skip
def test_what_sends_nothing(arguments: str) -> None:
    assert counted(resource("acme_flow", arguments)) == []


@pytest.mark.parametrize(
    "arguments",
    [
        'filter = "metric.type = \\"storage.googleapis.com/a\\" AND resource.type = \\"b\\""',
        'board = jsonencode({ mosaicLayout = { tiles = [{ widget = { endpoint = "https://api.partenaire-sante.fr" } }] } })',
        "security = \"default-src 'self'; connect-src https://o1.ingest.de.sentry.io\"",
        f"{DOWNLOADS}",
    ],
)  # fmt: skip
def test_what_shows_allows_or_downloads_names_nobody(arguments: str) -> None:
    assert resource("acme_flow", arguments).sends == ()


def test_what_rules_of_a_type_read_is_told_once() -> None:
    assert told(resource("aws_instance", f"user_data = {heredoc(SCRIPT)}")) == [PARTNER]


def test_a_text_stands_where_it_is_written() -> None:
    text = f'resource "acme_flow" "a" {{\n  graph = jsonencode({{\n    a = 1\n    ApiEndpoint = "{PARTNER}"\n  }})\n}}\n'
    assert [each.where.span().line for each in read(text)["acme_flow.a"].sends] == [4]
