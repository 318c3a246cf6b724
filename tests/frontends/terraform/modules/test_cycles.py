"""Values that lead to themselves and modules that call themselves: told once, with the names along the cycle."""

from __future__ import annotations

import pytest

from sovlint.model.resources.reading import Failure
from sovlint.report.messages import say
from tests.frontends.terraform.house import read

BUCKET = 'resource "cloud_bucket" "b" {\n  region = %s\n}\n'


def told(files: dict[str, str | bytes | None]) -> list[tuple[str, int | None, object]]:
    """Path, line and names of each failure."""
    return [
        (each.path, each.line, each.note.params["names"]) for each in read(files).failures
    ]


@pytest.mark.parametrize(
    ("text", "line", "names"),
    [
        ("locals {\n  a = local.b\n  b = local.a\n}\n", 2, "local.a → local.b → local.a"),
        ("locals {\n  a = { x = 1, y = local.a.x }\n}\n", 2, "local.a → local.a"),
        (
            'locals {\n  z = "${upper(local.y)}-x"\n  y = [for a in [1] : local.z]\n}\n',
            2,
            "local.z → local.y → local.z",
        ),
        (BUCKET % "cloud_bucket.b.region", 1, "cloud_bucket.b → cloud_bucket.b"),
        (
            BUCKET % "data.cloud_x.d.r"
            + 'data "cloud_x" "d" {\n  r = cloud_bucket.b.id\n}\n',
            1,
            "cloud_bucket.b → data.cloud_x.d → cloud_bucket.b",
        ),
        (
            'provider "cloud" {\n  region = local.r\n}\nlocals {\n  r = data.cloud_region.c.name\n}\n'
            'data "cloud_region" "c" {}\n',
            1,
            "provider.cloud → local.r → data.cloud_region.c → provider.cloud",
        ),
    ],
)
def test_a_value_that_leads_to_itself(text: str, line: int, names: str) -> None:
    assert told({"main.tf": text + 'resource "other_x" "y" {}\n'}) == [
        ("main.tf", line, names)
    ]


def test_through_modules() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": """
            module "m" {
              source = "./m"
              x      = local.a
              y      = "eu"
            }
            locals {
              a = module.m["k"].out
              b = module.m.fine
            }
        """,
        "m/main.tf": """
            variable "x" {}
            variable "y" {}
            locals {
              x = "${var.x}-1"
            }
            output "out" {
              value = local.x
            }
            output "fine" {
              value = var.y
            }
        """,
    }
    assert told(files) == [
        ("main.tf", 1, "module.m.out → module.m(x) → local.a → module.m.out")
    ]


@pytest.mark.parametrize(
    "text",
    [
        'locals {\n  a = "local.a" # local.a\n}\n',  # words, no names
        "locals {\n  a = [for local in [{ a = 1 }] : local.a]\n}\n",
        BUCKET % '"x"\n  lifecycle {\n    ignore_changes = [cloud_bucket.b.region]\n  }',
        'variable "x" {\n  validation {\n    condition = local.y != ""\n  }\n}\nlocals {\n  y = var.x\n}\n',
        'module "m" {\n  source = "./m"\n  x = module.n.out\n}\nmodule "n" {\n  source = "./m"\n  x = 1\n}\n'
        "locals {\n  c = module.m.out\n}\n",
        'module "m" {\n  source = "./m"\n  x = module.m.other\n}\n',  # legal: not made of each other
        'provider "cloud" {\n  region = data.cloud_x.d.r\n}\ndata "cloud_x" "d" {\n  provider = cloud.b\n}\n'
        'provider "cloud" {\n  alias = "b"\n}\n',
    ],
)
def test_what_is_no_cycle(text: str) -> None:
    module = 'variable "x" {}\noutput "out" {\n  value = var.x\n}\noutput "other" {\n  value = 1\n}\n'
    assert told({"main.tf": text, "m/main.tf": module}) == []


def test_in_json() -> None:
    assert told({"main.tf.json": '{"locals": {"a": "${local.b}", "b": "x-${local.a}"}}'}) == [
        ("main.tf.json", 1, "local.a → local.b → local.a")
    ]


def test_the_rest_is_read_and_a_cycle_is_told_once_however_often_a_module_is_called() -> None:
    call = 'module "%s" {\n  source = "./m"\n}\n'
    files: dict[str, str | bytes | None] = {
        "main.tf": call % "one" + call % "two" + 'resource "cloud_bucket" "b" {}\n',
        "m/main.tf": "locals {\n  a = local.a\n}\n" + BUCKET % "local.a",
    }
    found = read(files)
    assert [each.path for each in found.failures] == ["m/main.tf"]
    assert {each.address for each in found.resources} == {
        "cloud_bucket.b",
        "module.one.cloud_bucket.b",
        "module.two.cloud_bucket.b",
    }


def test_modules_that_call_themselves() -> None:
    a = 'module "b" {\n  source = "../b"\n}\n'
    b = '\n\nmodule "a" {\n  source = "../a"\n}\nmodule "b" {\n  source = "./"\n}\n'
    found = read({"a/main.tf": a, "b/main.tf": b + 'resource "cloud_bucket" "b" {}\n'})
    assert [(each.path, each.line, each.note.params["names"]) for each in found.failures] == [
        ("a/main.tf", 1, "a → b → a"),
        ("b/main.tf", 4, "b → b"),
    ]
    assert {each.address for each in found.resources} == {
        "module.b.cloud_bucket.b", "module.b.module.a", "module.b.module.b",
    }  # fmt: skip


def test_calls_too_deep_are_told() -> None:
    files: dict[str, str | bytes | None] = {
        f"m{at}/main.tf": f'module "n" {{\n  source = "../m{at + 1}"\n}}\n'
        for at in range(34)
    }
    files["m34/main.tf"] = 'resource "cloud_bucket" "b" {}\n'
    found = read(files)
    assert found.remarks == ()
    assert [(each.note.key, each.path, each.line) for each in found.failures] == [
        ("terraform.too-many-calls", "m32/main.tf", 1)
    ]


def test_in_both_languages() -> None:
    failure: Failure = read({"main.tf": "locals {\n  a = local.a\n}\n"}).failures[0]
    assert say(failure.note, "en").startswith(
        "this leads back to itself: local.a → local.a. Terraform refuses that"
    )
    assert say(failure.note, "fr").startswith(
        "ceci revient à soi-même : local.a → local.a. Terraform le refuse"
    )
