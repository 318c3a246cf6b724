"""Loops that leave out what a condition says: what it surely keeps is there, what it may keep may be."""

from __future__ import annotations

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

LOCALS = """
variable "u" {}
locals {
  secrets = {
    a = { name = "SENTRY_DSN", exists = true }
    b = { name = "SENDGRID_API_KEY", exists = var.u }
    c = { name = "SMTP_HOST", exists = false }
  }
}
"""
KEPT = "{ for k, v in local.secrets : k => v if v.exists }"
NAMES = "[for k, v in local.secrets : k if v.exists]"


def resources(text: str) -> list[Resource]:
    reader = MemoryReader({"main.tf": LOCALS + text})
    return list(front_end.read(reader, ReadOptions(), catalog().hints()).resources)


def bucket(for_each: str) -> str:
    return (
        f'resource "aws_s3_bucket" "x" {{\n  for_each = {for_each}\n  bucket = each.key\n}}\n'
    )


@pytest.mark.parametrize(
    "for_each",
    [
        KEPT,
        f"{{ for k, v in {KEPT} : k => v }}",
        f"toset({NAMES})",
        f"toset(concat({NAMES}, []))",
        f"toset([for name in {NAMES} : name])",
        f"merge({{}}, {KEPT})",
    ],
)
def test_instances_are_those_that_may_be_kept(for_each: str) -> None:
    found = {each.address: each.exists for each in resources(bucket(for_each))}
    assert sorted(found) == ['aws_s3_bucket.x["a"]', 'aws_s3_bucket.x["b"]']
    assert isinstance(found['aws_s3_bucket.x["a"]'], Known)
    doubt = found['aws_s3_bucket.x["b"]']
    assert isinstance(doubt, Unknown)
    assert doubt.detail == "var.u"


def test_a_later_map_that_may_not_be_there_takes_nothing_away() -> None:
    found = {
        each.address: each.exists
        for each in resources(bucket(f"merge({{ b = {{}} }}, {KEPT})"))
    }
    assert isinstance(found['aws_s3_bucket.x["b"]'], Known)


DYNAMIC = """
resource "azurerm_container_app" "web" {{
  template {{
    container {{
      dynamic "env" {{
        for_each = {for_each}
        content {{
          name        = env.value.name
          secret_name = env.key
        }}
      }}
    }}
  }}
}}
"""


@pytest.mark.parametrize("for_each", [KEPT, "[for k, v in local.secrets : v if v.exists]"])
def test_blocks_are_those_that_may_be_kept(for_each: str) -> None:
    (found,) = resources(DYNAMIC.format(for_each=for_each))
    assert [each.key for each in found.sends] == ["SENTRY_DSN", "SENDGRID_API_KEY"]


@pytest.mark.parametrize(
    "variables",
    [
        '{ for k, v in local.secrets : v.name => "https://x.ingest.sentry.io/${k}" if v.exists }',
        'merge({ A = "b" }, { for k, v in local.secrets : v.name => "https://x.ingest.sentry.io/${k}" if v.exists })',
    ],
)
def test_settings_are_those_that_may_be_kept(variables: str) -> None:
    text = f'resource "aws_lambda_function" "f" {{\n  environment {{\n    variables = {variables}\n  }}\n}}\n'
    (found,) = resources(text)
    assert {each.key for each in found.sends} == {"SENTRY_DSN", "SENDGRID_API_KEY"}


def test_a_setting_that_may_not_be_kept_may_not_be_given() -> None:
    variables = '{ for k in ["a"] : "SENTRY_DSN" => "https://x.ingest.sentry.io/1" if var.u }'
    text = f'resource "aws_lambda_function" "f" {{\n  environment {{\n    variables = {variables}\n  }}\n}}\n'
    (found,) = resources(text)
    (sent,) = found.sends
    assert isinstance(sent.value, Unknown)
    assert [each.value for each in sent.value.among or ()] == [
        "https://x.ingest.sentry.io/1",
        None,
    ]
