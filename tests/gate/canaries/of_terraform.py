"""Repositories of Terraform: its language, its JSON, a plan, a state, Terragrunt."""

from __future__ import annotations

import json

from tests.gate.canaries.kinds import lines, settings
from tests.gate.canaries.writing import Repository, block, hcl_map, quoted

LAMBDA = (
    'resource "aws_lambda_function" "{0}" {{\n  function_name = "{0}"\n'
    "  environment {{\n    variables = {1}\n  }}\n}}\n"
)


def terraform() -> Repository:
    inline = (
        "".join(f"    {line}\n" for line in lines("p5"))
        .replace("${", "$${")
        .replace("%{", "%%{")
    )
    commands = "".join(
        f'  provisioner "local-exec" {{\n    command = {quoted(line)}\n  }}\n'
        for line in lines("p6")
    )
    return Repository(
        {
            "main.tf": 'provider "aws" {\n  region = "eu-west-3"\n}\n'
            'variable "given" {\n  type = map(string)\n}\n'
            "locals {\n  kept = {\n" + hcl_map("p2") + "  }\n}\n"
            + LAMBDA.format("direct", "{\n" + hcl_map("p1") + "  }")
            + LAMBDA.format("local", "local.kept")
            + LAMBDA.format("given", "var.given")
            + 'resource "aws_ecs_task_definition" "t" {\n  family = "t"\n  container_definitions = jsonencode([{\n'
            '    name = "a", image = "acme/a"\n    environment = [\n'
            + block((f"{{ name = {quoted(n)}, value = {quoted(v)} }}," for n, v in settings("p4")), 6)
            + "    ]\n  }])\n}\n"
            'resource "aws_instance" "i" {\n  ami = "a"\n  user_data = <<-EOT\n    #!/bin/sh\n' + inline + "  EOT\n}\n"
            'resource "null_resource" "n" {\n' + commands + "}\n"
            'module "away" {\n  source = "git::https://u:hunter900x@git.acme.com/m.git?token=hunter901x"\n'
            '  password = "hunter902x"\n}\n'
            'resource "aws_s3_bucket" "b" {\n  for_each = toset(["token=hunter903x"])\n  bucket = each.key\n'
            '  tags = { data-classification = "password=hunter904x" }\n}\n'
            'resource "aws_s3_bucket" "r" {\n'
            '  # sovlint: ignore[health-data-in-eea] reason="token=hunter905x" until=2027-01-01\n'
            '  bucket = sensitive("hunter906x")\n  region = "https://a:hunter907x@x"\n}\n'
            'resource "helm_release" "h" {\n  name = "h"\n  chart = "c"\n'
            '  repository = "https://u:hunter908x@charts.acme.com"\n'
            '  set_sensitive {\n    name = "a"\n    value = "hunter909x"\n  }\n}\n'
            'resource "kubernetes_secret" "s" {\n  metadata {\n    name = "s"\n  }\n  data = {\n'
            '    a = "hunter910x"\n  }\n}\n'
            'terraform {\n  backend "s3" {\n    bucket = "b"\n    region = "us-east-1"\n'
            '    secret_key = "hunter911x"\n  }\n}\n',
            "terraform.tfvars": "given = {\n" + hcl_map("p3") + "}\n",
            "broken.tf": 'resource "aws_s3_bucket" "password=hunter912x" {\n  token = "hunter913x"\n',
            "token=hunter914x.tf": 'resource "aws_s3_bucket" "odd" {}\n',
        },
        ("p1", "p2", "p3", "p4"),
    )  # fmt: skip


def terraform_json() -> Repository:
    body = {"function_name": "a", "environment": {"variables": dict(settings("p1"))}}
    instance = {
        "ami": "a",
        "user_data": "#!/bin/sh\n" + "\n".join(lines("p2")).replace("${", "$${"),
    }
    return Repository(
        {
            "main.tf.json": json.dumps(
                {
                    "provider": {"aws": {"region": "eu-west-3"}},
                    "resource": {"aws_lambda_function": {"a": body}, "aws_instance": {"i": instance}},
                },
                indent=1,
            )
        },
        ("p1",),
    )  # fmt: skip


def _planned(place: str, other: str) -> list[dict[str, object]]:
    name = "registry.terraform.io/hashicorp/aws"
    common = {"mode": "managed", "provider_name": name, "schema_version": 0}
    function = {
        "function_name": "a",
        "region": "eu-west-3",
        "environment": [{"variables": dict(settings(place))}],
    }
    machine = {
        "ami": "a",
        "region": "eu-west-3",
        "user_data": "#!/bin/sh\n" + "\n".join(lines(other)),
    }
    password = {"result": "hunter915x", "length": 12}
    return [
        {"address": "aws_lambda_function.a", "type": "aws_lambda_function", "name": "a", "values": function, **common},
        {"address": "aws_instance.i", "type": "aws_instance", "name": "i", "values": machine, **common},
        {**common, "address": "random_password.p", "type": "random_password", "name": "p", "values": password,
         "provider_name": "registry.terraform.io/hashicorp/random"},
    ]  # fmt: skip


def plan() -> Repository:
    return Repository(
        {
            "plan.json": json.dumps(
                {
                    "format_version": "1.2",
                    "terraform_version": "1.9.0",
                    "planned_values": {"root_module": {"resources": _planned("p1", "p2")}},
                    "configuration": {"root_module": {}},
                }
            )
        },
        ("p1",),
    )


def state() -> Repository:
    resources = [
        {
            "mode": "managed",
            "type": each["type"],
            "name": each["name"],
            "provider": f'provider["{each["provider_name"]}"]',
            "instances": [{"schema_version": 0, "attributes": each["values"]}],
        }
        for each in _planned("p1", "p2")
    ]
    whole = {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "a"}
    return Repository(
        {"terraform.tfstate": json.dumps({**whole, "outputs": {}, "resources": resources}, indent=1)},
        ("p1",),
    )  # fmt: skip


def terragrunt() -> Repository:
    return Repository(
        {
            "live/terragrunt.hcl": 'terraform {\n  source = "../modules/m"\n}\ninputs = {\n  given = {\n'
            + hcl_map("p1")
            + "  }\n}\n",
            "modules/m/main.tf": 'variable "given" {}\nprovider "aws" {\n  region = "eu-west-3"\n}\n'
            + LAMBDA.format("given", "var.given"),
        },
        ("p1",),
    )
