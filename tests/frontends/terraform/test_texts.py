"""Texts that set machines up, written files, what runs where a resource is made, and stores of parameters: by hand."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest

from sovlint.expressions.limits import MAX_PARTS
from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import SentBy
from sovlint.model.value import Known, Unknown, UnknownKind, Value
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

URL = "postgres://u@claims.x.us-east-1.rds.amazonaws.com/claims"
SCRIPT = f"#!/bin/sh\nexport DATABASE_URL={URL}\n./app\n"
CLOUD = f"""\
#cloud-config
write_files:
  - path: /etc/app/.env
    content: |
      DATABASE_URL={URL}
runcmd:
  - [sh, -c, "curl -T a https://acme-exports.s3.us-east-1.amazonaws.com/a"]
"""
MIME = f"""\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="==B(1)=="

--==B(1)==
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
runcmd:
  - curl -T a https://acme-exports.s3.us-east-1.amazonaws.com/a
--==B(1)==
Content-Type: text/x-shellscript

{SCRIPT}
--==B(1)==--
"""


def read(
    text: str, files: dict[str, str | bytes | None] | None = None
) -> dict[str, Resource]:
    reader = MemoryReader({"main.tf": text, **(files or {})})
    reading = front_end.read(reader, ReadOptions(), catalog().hints())
    assert not reading.failures
    return {each.address: each for each in reading.resources}


def told(resource: Resource) -> list[str]:
    return [shown(each.value) for each in resource.sends]


def shown(value: Value) -> str:
    if isinstance(value, Known):
        return str(value.value)
    return "".join("?" if part is None else part for part in value.parts or (None,))


def machine(user_data: str) -> list[str]:
    return told(read(f'resource "aws_instance" "a" {{\n{user_data}\n}}\n')["aws_instance.a"])


def heredoc(text: str) -> str:
    return f"<<EOT\n{text}\nEOT\n"


@pytest.mark.parametrize("text", [SCRIPT, CLOUD, MIME])
def test_a_text_that_sets_a_machine_up(text: str) -> None:
    assert URL in machine(f"user_data = {heredoc(text)}")


def test_both_parts_of_several_count() -> None:
    assert len(machine(f"user_data = {heredoc(MIME)}")) == 2
    assert len(machine(f"user_data = {heredoc(CLOUD)}")) == 2


def test_a_text_that_is_packed_is_unpacked() -> None:
    packed = b64encode(SCRIPT.encode()).decode()
    assert URL in machine(f'user_data_base64 = "{packed}"')
    assert URL in machine(f"user_data = base64encode({heredoc(SCRIPT).rstrip()}\n)")
    partly = SCRIPT.replace("u@", "${random_id.x.hex}@")
    assert URL.replace("u@", "?@") in machine(
        f"user_data = base64gzip({heredoc(partly).rstrip()}\n)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "user_data = 7",
        "user_data = null",
        'user_data = ["a", 7, null]',
        "user_data = {a = {b = 1}}",
        f"user_data = {heredoc('<powershell>' + URL)}",
        f"user_data = {heredoc('#cloud-config: [')}",
        f"user_data = {heredoc('#cloud-config' + chr(10) + 'write_files: [1, {path: 2}, {content: {a: b}}]')}",
        f"user_data = {heredoc('#cloud-config' + chr(10) + 'runcmd: {a: b}' + chr(10) + 'bootcmd: [[], [null], 3]')}",
        f"user_data = {heredoc('boundary=*(' + chr(10) + '--*(' + chr(10) + '--*(')}",
        'user_data_base64 = "////////////////////////////////"',
    ],
)
def test_odd_texts_say_nothing(text: str) -> None:
    assert machine(text) == []


def test_what_is_rendered_elsewhere_is_read() -> None:
    found = read(
        'data "template_file" "u" {\n template = file("u.tpl")\n vars = { host = "x.us-east-1.rds.amazonaws.com" }\n}\n'
        'data "cloudinit_config" "c" {\n part {\n content = data.template_file.u.rendered\n }\n part {\n content = var.x\n'
        ' }\n}\nvariable "x" {}\n'
        'resource "aws_instance" "a" {\n user_data = data.template_file.u.rendered\n}\n'
        'resource "aws_instance" "b" {\n user_data = data.cloudinit_config.c.rendered\n}\n'
        'resource "aws_ecs_task_definition" "c" {\n container_definitions = data.template_file.d.rendered\n}\n'
        'data "template_file" "d" {\n template = file("d.json")\n vars = { host = "x.us-east-1.rds.amazonaws.com" }\n}\n',
        {
            "u.tpl": "#!/bin/sh\nexport DATABASE_URL=postgres://u@${host}/claims\n./app $${X}\n",
            "d.json": '[{"environment": [{"name": "DATABASE_URL", "value": "postgres://u@${host}/claims"}]}]',
        },
    )
    url = "postgres://u@x.us-east-1.rds.amazonaws.com/claims"
    for name in ("aws_instance.a", "aws_instance.b", "aws_ecs_task_definition.c"):
        assert told(found[name]) == [url], name


@pytest.mark.parametrize(
    ("block", "count"),
    [
        (f'"local-exec" {{\n command = "DATABASE_URL={URL} ./app"\n}}', 1),
        (
            f'"local-exec" {{\n command = "./app"\n environment = {{ DATABASE_URL = "{URL}" }}\n}}',
            1,
        ),
        (f'"remote-exec" {{\n inline = ["export DATABASE_URL={URL}", "./app"]\n}}', 1),
        (f'"file" {{\n content = "DATABASE_URL={URL}\\n"\n destination = "/etc/.env"\n}}', 1),
        (
            f'"local-exec" {{\n command = "url = \'{URL}\'"\n interpreter = ["python3", "-c"]\n}}',
            0,
        ),
        ('"file" {\n source = "a"\n destination = "/etc/.env"\n}', 0),
        (f'"chef" {{\n command = "DATABASE_URL={URL} ./app"\n}}', 0),
    ],
)
def test_what_runs_where_a_resource_is_made(block: str, count: int) -> None:
    text = f'resource "null_resource" "a" {{\n provisioner {block}\n}}\n'
    assert told(read(text)["null_resource.a"]) == [URL] * count


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        (f'secret_string = "{URL}"', [URL]),
        (f'secret_string = jsonencode({{ DATABASE_URL = "{URL}", other = var.x }})', [URL, "?"]),
        (f"secret_string = {heredoc(json.dumps({'DATABASE_URL': URL}))}", [URL]),
        ("secret_string = var.x", ["?"]),
        ('secret_string = jsonencode({ DATABASE_URL = var.x })', ["?"]),
        ('secret_string = "word"', []),
        ('secret_id = "a"', []),
    ],
)  # fmt: skip
def test_a_secret_counts_where_it_is_written(arguments: str, sent: list[str]) -> None:
    kind = "aws_secretsmanager_secret_version"
    found = read(f'variable "x" {{}}\nresource "{kind}" "database_url" {{\n{arguments}\n}}\n')
    assert told(found[f"{kind}.database_url"]) == sent
    assert found[f"{kind}.database_url"].unsaid is None


def test_a_parameter_goes_by_the_end_of_its_name() -> None:
    text = 'resource "aws_ssm_parameter" "a" {\n name = "/a/b/SENTRY_DSN"\n value = "https://k@o1.ingest.us.sentry.io/1"\n}\n'
    (sent,) = read(text)["aws_ssm_parameter.a"].sends
    assert sent.key == "SENTRY_DSN"


def test_a_list_that_is_set_in_a_release() -> None:
    text = (
        'resource "helm_release" "a" {\n chart = "x"\n repository = "https://charts.acme.fr"\n'
        ' set_list {\n name = "env.urls"\n value = ["a", "' + URL + '"]\n }\n'
        ' set {\n name = "env.DATABASE_URL"\n value = "' + URL + '"\n }\n}\n'
    )
    assert URL in told(read(text)["helm_release.a"])


def test_a_template_of_a_stack_in_a_resource() -> None:
    body = (
        "Parameters: {Host: {Type: String, Default: x.us-east-1.rds.amazonaws.com}}\nResources:\n  F:\n"
        "    Type: AWS::Lambda::Function\n    Properties:\n      Environment:\n        Variables:\n"
        '          DATABASE_URL: !Sub "postgres://u@$${Host}/claims"\n          OTHER_URL: !Ref Nobody'
    )
    text = (
        f'resource "aws_cloudformation_stack" "a" {{\n template_body = {heredoc(body)}\n}}\n'
    )
    assert told(read(text)["aws_cloudformation_stack.a"])[0] == (
        "postgres://u@x.us-east-1.rds.amazonaws.com/claims"
    )


CONTAINERS = """
resource "aws_ssm_parameter" "r" {{
  count = 1
  name  = "r"
}}
resource "aws_ecs_task_definition" "w" {{
  family                = "w"
  container_definitions = <<EOF
[{{
  "image": "${{aws_ecr_repository.w.repository_url}}:latest",
  "secrets": [{secrets}],
  "environment": [{{"name": "DATABASE_URL", "value": "{url}"}}],
  "logConfiguration": {{"logDriver": "awslogs", "options": {{"awslogs-region": "us-east-1"}}}}
}}]
EOF
}}
"""


@pytest.mark.parametrize(
    ("arn", "count"),
    [("data.aws_ssm_parameter.s.arn", 300), ("aws_ssm_parameter.r[0].arn", 300)],
)
def test_a_container_of_many_secrets_is_read_as_one_of_few(arn: str, count: int) -> None:
    secrets = ",".join(
        f'{{"name": "S{number}", "valueFrom": "${{{arn}}}"}}' for number in range(count)
    )
    found = read(CONTAINERS.format(secrets=secrets, url=URL))["aws_ecs_task_definition.w"]
    assert URL in told(found)
    assert [each.role for each in found.sends if each.by is SentBy.RULE] == [
        "at-rest",
        "logs",
    ]


def test_a_text_of_too_many_parts_is_read_up_to_there_and_says_so() -> None:
    lines = "\n".join(f"echo ${{var.a}} {number}" for number in range(3000))
    text = f"#!/bin/sh\nexport DATABASE_URL={URL}\n./app\n{lines}\n"
    written = f'variable "a" {{}}\nresource "aws_instance" "x" {{\n  user_data = <<EOF\n{text}EOF\n}}\n'
    resource = read(written)["aws_instance.x"]
    (value,) = (each.value for each in resource.attributes.read("user_data"))
    assert isinstance(value, Unknown)
    assert value.kind is UnknownKind.BEYOND_LIMIT
    assert len(value.parts or ()) <= MAX_PARTS
    assert told(resource) == [URL]
