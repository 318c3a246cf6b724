"""Lists of containers that are put together as text, with parts that aren't known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

APP = """
provider "aws" { region = "eu-west-3" }
variable "traced" { type = bool }
variable "host" { type = string }
locals {
  app = jsonencode({ name = "app", environment = [
    { name = "SENTRY_DSN", value = "https://0123@o1.ingest.us.sentry.io/4" }, { name = "DB_HOST", value = var.host }
  ] })
  traces = jsonencode({ name = "traces" })
}
"""


@pytest.mark.parametrize(
    "definitions",
    [
        '"[${local.app}]"',
        '"[${local.traces}, ${local.app}]"',
        '"[${local.app} ${var.traced ? ", ${local.traces}" : ""}]"',
        '"[${var.traced ? "${local.traces}, " : ""} ${local.app}]"',
        '"[{\\"name\\": \\"first\\"} ${var.traced ? ", ${local.traces}" : ""}, ${local.app}]"',
    ],
)
def test_each_part_is_read(tmp_path: Path, definitions: str) -> None:
    task = f'resource "aws_ecs_task_definition" "a" {{\n  container_definitions = {definitions}\n}}\n'
    write(tmp_path, {"main.tf": APP + task})
    (tmp_path / ".git").mkdir()
    done = CliRunner().invoke(
        main, ["facts", str(tmp_path), "--format", "json", "--no-config"]
    )
    (found,) = json.loads(done.stdout)["resources"]
    told = {(place["role"], place["provider"]) for place in found["placements"]}
    assert {("processor", "sentry"), ("at-rest", None)} <= told
