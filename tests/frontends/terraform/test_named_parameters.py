"""Parameters of a store whose names aren't known whole: what they hold is judged by its value, and by what is known."""

from __future__ import annotations

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

TEXT = """
variable "environment" {{}}
resource "aws_db_instance" "claims" {{}}
resource "aws_ssm_parameter" "a" {{
  name  = {name}
  value = {value}
}}
"""
DSN = '"https://a@o1.ingest.sentry.io/1"'


def parameter(name: str, value: str) -> Resource:
    reader = MemoryReader({"main.tf": TEXT.format(name=name, value=value)})
    found = front_end.read(reader, ReadOptions(), catalog().hints()).resources
    return next(each for each in found if each.type == "aws_ssm_parameter")


@pytest.mark.parametrize("name", ["var.environment", '"/${var.environment}/rds/host"'])
def test_what_a_resource_here_answers_at_leads_nowhere_else(name: str) -> None:
    found = parameter(name, "aws_db_instance.claims.address")
    assert found.unsaid is None
    assert found.sends == ()


def test_the_last_part_of_a_name_is_the_name() -> None:
    (sent,) = parameter('"/${var.environment}/claims/SENTRY_DSN"', DSN).sends
    assert sent.key == "SENTRY_DSN"


def test_a_name_that_isnt_known_stays_a_doubt() -> None:
    assert parameter("var.environment", DSN).unsaid is not None
