"""Secrets that the same root writes: whoever is given one by reference sends where its value leads."""

from __future__ import annotations

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known, Unknown
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

URL = "postgres://u@claims.x.us-east-1.rds.amazonaws.com/claims"
TEXT = """
variable "elsewhere" {}
resource "aws_db_instance" "d" {}
resource "aws_ssm_parameter" "p" {
  name  = "p"
  value = "URL"
}
resource "aws_secretsmanager_secret" "s" {}
resource "aws_secretsmanager_secret_version" "s" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = jsonencode({ url = "URL", host = aws_db_instance.d.address })
}
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{ secrets = [{ name = "DATABASE_URL", valueFrom = FROM }] }])
}
module "m" {
  source  = "terraform-aws-modules/ecs/aws"
  secrets = { DATABASE_URL = FROM }
}
""".replace("URL", URL, 2).replace(f"DATABASE_{URL}", "DATABASE_URL")


def sent(given: str) -> list[Sent]:
    reader = MemoryReader({"main.tf": TEXT.replace("FROM", given)})
    found = front_end.read(reader, ReadOptions(), catalog().hints()).resources
    wanted = ("aws_ecs_task_definition.t", "module.m")
    return [
        each for resource in found if resource.address in wanted for each in resource.sends
    ]


@pytest.mark.parametrize(
    "given", ["aws_ssm_parameter.p.arn", '"${aws_secretsmanager_secret.s.arn}:url::"']
)
def test_the_value_that_is_written_is_meant(given: str) -> None:
    for each in sent(given):
        assert isinstance(each.value, Known)
        assert each.value.value == URL


def test_an_entry_that_a_resource_here_answers_at() -> None:
    for each in sent('"${aws_secretsmanager_secret.s.arn}:host::"'):
        assert isinstance(each.value, Unknown)
        assert each.value.host_of == "aws_db_instance.d"


@pytest.mark.parametrize(
    "given",
    ['"${aws_secretsmanager_secret.s.arn}:port::"', "var.elsewhere", '"arn:aws:ssm:x"'],
)
def test_what_nobody_writes_here_is_kept_elsewhere(given: str) -> None:
    found = sent(given)
    assert len(found) == 2
    for each in found:
        assert isinstance(each.value, Unknown)
        assert each.value.detail == "secret"


NAMED = """
variable "environment" {}
variable "other" {}
resource "aws_elasticache_replication_group" "r" {}
resource "aws_ssm_parameter" "p" {
  name  = "/${var.environment}/redis/host"
  value = aws_elasticache_replication_group.r.primary_endpoint_address
}
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{ secrets = [{ name = "REDIS_HOST", valueFrom = "FROM" }] }])
}
"""


@pytest.mark.parametrize(
    ("text", "host_of"),
    [
        (
            NAMED.replace("FROM", "/${var.environment}/redis/host"),
            "aws_elasticache_replication_group.r",
        ),
        (
            NAMED.replace("FROM", "/${var.environment}/redis/host").replace(
                "var.environment", "terraform.workspace"
            ),
            "aws_elasticache_replication_group.r",
        ),
        (NAMED.replace("FROM", "/${var.other}/redis/host"), None),
        (NAMED.replace("FROM", "/${var.environment}/redis/hosts"), None),
        (
            NAMED.replace("FROM", "/${var.environment}/redis/host")
            + 'resource "aws_ssm_parameter" "q" {\n'
            '  name  = "/${var.environment}/redis/host"\n  value = "redis.acme.example"\n}\n',
            None,
        ),
    ],
)
def test_a_secret_that_is_named_as_it_is_kept(text: str, host_of: str | None) -> None:
    """By the same variable: of two that are called so, nobody knows which is meant."""
    reader = MemoryReader({"main.tf": text})
    found = front_end.read(reader, ReadOptions(), catalog().hints()).resources
    task = next(each for each in found if each.type == "aws_ecs_task_definition")
    (told,) = task.sends
    assert isinstance(told.value, Unknown)
    assert told.value.host_of == host_of


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ("module.db.url", "acme/db/aws"),  # the module isn't here: it says so, not that a secret is elsewhere
        ('"postgres://u@${var.elsewhere}/claims"', "var.elsewhere"),
        ("aws_db_instance.d.address", "aws_db_instance.d.address"),
        ("var.elsewhere", "secret"),
        ("aws_secretsmanager_secret.s.arn", None),
    ],
)  # fmt: skip
def test_what_is_handed_on_as_a_secret_and_is_one_itself(
    given: str, detail: str | None
) -> None:
    module = 'module "db" {\n  source = "acme/db/aws"\n}\n'
    reader = MemoryReader({"main.tf": module + TEXT.replace("FROM", given)})
    found = front_end.read(reader, ReadOptions(), catalog().hints()).resources
    (told,) = next(each for each in found if each.address == "module.m").sends
    assert isinstance(told.value, Unknown)
    assert detail is None or told.value.detail == detail
