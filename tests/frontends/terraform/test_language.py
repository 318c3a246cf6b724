"""Corners of the language: blocks that say nothing of places, names that are nowhere, types filled in deeply."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known, Reason, Unknown
from tests.frontends.terraform.house import known, read, resources, unknown, value

QUIET = """
ephemeral "cloud_secret" "s" {
  name = "s"
}
moved {
  from = cloud_bucket.old
  to   = cloud_bucket.b
}
removed {
  from = cloud_bucket.gone
  lifecycle {
    destroy = false
  }
}
import {
  to = cloud_bucket.b
  id = "b"
}
check "up" {
  data "cloud_page" "p" {}
  assert {
    condition     = data.cloud_page.p.status == 200
    error_message = "down"
  }
}
variable "brief" {
  type      = string
  ephemeral = true
  default   = "eu-west-3"
}
resource "cloud_bucket" "b" {
  region = var.brief
  provisioner "local-exec" {
    command = "echo ${self.region}"
  }
}
"""


def test_blocks_that_say_nothing_of_places_are_accepted() -> None:
    found = read({"main.tf": QUIET})
    assert (found.failures, found.remarks) == ((), ())
    assert [each.address for each in found.resources] == ["cloud_bucket.b"]
    (region,) = found.resources[0].attributes.read("region")
    assert isinstance(region.value, Known)
    assert region.value.value == "eu-west-3"


def test_what_is_ephemeral_is_not_known_and_not_refused() -> None:
    assert unknown("ephemeral.cloud_secret.s.value", QUIET).reason is Reason.COMPUTED_AT_APPLY
    assert isinstance(value('try(ephemeral.cloud_secret.s.value, "us")', QUIET), Unknown)


@pytest.mark.parametrize(
    "name",
    [
        "var.nowhere",
        "local.nowhere",
        "module.nowhere.x",
        "data.cloud_bucket.nowhere.x",
        "cloud_bucket.nowhere.x",
    ],
)
def test_names_that_are_nowhere_are_refused_before_anything_is_tried(name: str) -> None:
    """Terraform doesn't run then; the block may be in a file that couldn't be read. No fallback is taken for sure."""
    assert isinstance(value(f'try({name}, "us")'), Unknown)
    assert isinstance(value(f"can({name})"), Unknown)


@pytest.mark.parametrize(
    ("constraint", "default", "expected"),
    [
        (
            'object({ a = optional(list(object({ b = optional(string, "z"), '
            'c = optional(map(string), { k = "v" }) })), [{}]) })',
            "{}",
            {"a": [{"b": "z", "c": {"k": "v"}}]},
        ),
        (
            'map(object({ a = optional(set(string), ["q"]) }))',
            '{ x = {}, y = { a = null }, z = { a = ["2", "1", "2"] } }',
            {"x": {"a": ["q"]}, "y": {"a": ["q"]}, "z": {"a": ["1", "2"]}},
        ),
        ("tuple([string, number])", '[1, "2"]', ["1", 2]),
        ("map(string)", "{ a = 1, b = true }", {"a": "1", "b": "true"}),
        ("set(object({ a = string }))", '[{ a = "1", b = "2" }, { a = "1" }]', [{"a": "1"}]),
        ("list(any)", "[1, 2]", [1, 2]),
        ("list(any)", '[1, "x", true]', ["1", "x", "true"]),
        ("map(any)", '{ a = 1, b = "x" }', {"a": "1", "b": "x"}),
        ("bool", '"1"', True),
        ("list(number)", "null", None),
    ],
)
def test_types_convert_and_fill_in_deeply(
    constraint: str, default: str, expected: object
) -> None:
    module = f'variable "o" {{\n  type = {constraint}\n  default = {default}\n}}\n'
    assert known("var.o", module) == expected


def test_a_null_falls_back_where_null_is_refused_and_only_there() -> None:
    files: dict[str, str | bytes | None] = {
        "main.tf": 'module "m" {\n  source = "./m"\n  a = null\n  b = null\n  c = null\n}\n',
        "m/main.tf": """
        variable "a" {
          default  = "d"
          nullable = false
        }
        variable "b" {
          default = "d"
        }
        variable "c" {
          type     = object({ r = optional(string, "q") })
          default  = {}
          nullable = false
        }
        resource "cloud_bucket" "x" {
          region = "${var.a}-${var.b == null}-${var.c.r}"
        }
        """,
    }
    (region,) = resources(files)["module.m.cloud_bucket.x"].attributes.read("region")
    assert isinstance(region.value, Known)
    assert region.value.value == "d-true-q"


def test_nested_dynamic_blocks_with_iterators() -> None:
    text = """
    resource "cloud_bucket" "b" {
      dynamic "outer" {
        for_each = ["o1", "o2"]
        iterator = o
        content {
          dynamic "inner" {
            for_each = { i = "i1" }
            content {
              region = "${o.value}-${o.key}-${inner.key}-${inner.value}"
            }
          }
        }
      }
    }
    """
    found = resources({"main.tf": text})["cloud_bucket.b"].attributes.read(
        "outer.*.inner.*.region"
    )
    assert [each.value.value for each in found if isinstance(each.value, Known)] == [
        "o1-0-i-i1",
        "o2-1-i-i1",
    ]


def test_templates_in_the_json_syntax() -> None:
    text = """
    {
      "variable": {"a": {"default": "eu"}},
      "locals": {"x": "${var.a}-west"},
      "resource": {"cloud_bucket": {"b": {"region": "${local.x}-%{if true}1%{endif}"}}}
    }
    """
    (region,) = resources({"main.tf.json": text})["cloud_bucket.b"].attributes.read("region")
    assert isinstance(region.value, Known)
    assert region.value.value == "eu-west-1"


def test_dynamic_blocks_in_the_json_syntax() -> None:
    text = """
    {
      "locals": {"dynamic": {"a": "b"}},
      "resource": {"cloud_bucket": {"b": {
        "dynamic": {
          "replica": {"for_each": "${[\\"p\\", \\"q\\"]}", "content": {"region": "${replica.value}"}},
          "copy": [{"for_each": ["r"], "iterator": "each_one", "content": {
            "region": "${each_one.value}",
            "dynamic": {"log": {"for_each": {"k": "s"}, "content": {"region": "${log.key}-${log.value}"}}}
          }}]
        },
        "outer": [{"region": "t"}, {"dynamic": {"inner": {"for_each": ["u"], "content": {"region": "${inner.value}"}}}}],
        "tags": {"x": "${local.dynamic.a}"}
      }}}
    }
    """
    attributes = resources({"main.tf.json": text})["cloud_bucket.b"].attributes
    paths = (
        "replica.*.region",
        "copy.*.region",
        "copy.*.log.*.region",
        "outer.*.region",
        "outer.*.inner.*.region",
        "tags.x",
    )
    found = {
        path: [
            each.value.value
            for each in attributes.read(path)
            if isinstance(each.value, Known)
        ]
        for path in paths
    }
    assert list(found.values()) == [["p", "q"], ["r"], ["k-s"], ["t"], ["u"], ["b"]]


def test_the_only_block_of_its_kind_in_the_json_syntax() -> None:
    """It may be an object, where several are a list of objects."""
    text = """
    {"resource": {"cloud_bucket": {"b": {
      "replica": {"region": "p", "state": "${var.unset}", "name": "x"},
      "outer": {"on": true, "inner": {"region": "q", "region_of": {"region": "r"}}},
      "sites": {"one": {"region": "s"}, "two": {"region": "t"}}
    }}}}
    """
    attributes = resources({"main.tf.json": text})["cloud_bucket.b"].attributes
    expected = {
        "replica.*.region": ["p"], "replica.region": ["p"], "replica.0.region": ["p"], "outer.*.inner.*.region": ["q", "r"],
        "outer.*.inner.region": ["q"], "sites.*.region": ["s", "t"], "sites.one.region": ["s"], "sites.*.absent": [],
    }  # fmt: skip
    found = {path: [each.value for each in attributes.read(path)] for path in expected}
    assert {
        path: [each.value for each in read if isinstance(each, Known)]
        for path, read in found.items()
    } == expected


ENABLED = """
variable "x" {}
variable "site" {
  default = false
}
resource "cloud_bucket" "on" {
  region = "eu-west-3"
  lifecycle {
    enabled = true
  }
}
resource "cloud_bucket" "off" {
  region = "us-east-1"
  lifecycle {
    enabled = var.site
  }
}
resource "cloud_bucket" "perhaps" {
  region = "eu-west-1"
  lifecycle {
    enabled = var.x
  }
}
"""


def test_what_is_switched_off_by_enabled_is_not_there() -> None:
    found = resources({"main.tf": 'provider "cloud" {}\n' + ENABLED})
    assert {address: isinstance(each.exists, Known) for address, each in found.items()} == {
        "cloud_bucket.on": True,
        "cloud_bucket.perhaps": False,
    }
    assert known('cloud_bucket.off == null ? "a" : "b"', ENABLED) == "a"
    assert known('try(cloud_bucket.off.region, "none")', ENABLED) == "none"
    assert known("cloud_bucket.on.region", ENABLED) == "eu-west-3"
    for text in (
        'cloud_bucket.perhaps != null ? "a" : "b"',
        'try(cloud_bucket.perhaps.region, "b")',
    ):
        found_either = {str(each.value) for each in unknown(text, ENABLED).among or ()}
        assert found_either in ({"a", "b"}, {"eu-west-1", "b"})
    assert unknown("cloud_bucket.perhaps[*].region", ENABLED).reason is Reason.UNSET_VARIABLE
    assert known("cloud_bucket.off[*].region", ENABLED) == []
    assert known("cloud_bucket.perhaps.region", ENABLED) == "eu-west-1"


@pytest.mark.parametrize(
    "text",
    ["jsonencode({0})", "yamlencode([{0}])", "toset([{0}]) == toset([{0}])", "sha1({0})"],
)
def test_a_whole_resource_is_no_plain_value(text: str) -> None:
    module = 'resource "cloud_bucket" "b" {}\nresource "cloud_bucket" "c" {\n  count = 2\n}\n'
    for name in ("cloud_bucket.b", "cloud_bucket.c"):
        assert unknown(text.format(name), module).reason is Reason.UNSUPPORTED_EXPRESSION


def test_a_value_that_lacks_an_attribute_is_not_the_one_of_which_it_is_taken() -> None:
    module = 'locals {\n  all = { p = { a = "x" }, q = { a = "y", b = 1 }, r = {}, s = null }\n  one = local.all[var.u]\n}\n'
    module += 'variable "u" {}\nvariable "s" {\n  sensitive = true\n}\n'
    for text, members in {
        "local.one.a": ["x", "y"],
        'try(local.one.a, "z")': ["x", "y", "z"],
        'terraform.workspace == "p" ? local.one.a : "z"': ["x", "y", "z"],
    }.items():
        assert [each.value for each in unknown(text, module).among or ()] == members
    assert known("local.one.b", module) == 1
    assert unknown("can(local.one.b)", module).among is None
    assert value("(var.s ? { a = 1 } : {}).a", module).sensitive
    assert unknown("local.one.c", module).among is None


def test_what_terraform_refuses_in_a_loop_is_not_left_out() -> None:
    assert isinstance(value("[for x in [1, 2] : x if null]"), Unknown)
    assert isinstance(value('{for x in ["a"] : x => x if "maybe"}'), Unknown)
    text = 'resource "cloud_bucket" "b" {\n  for_each = toset([{ a = 1 }])\n}\n'
    assert list(resources({"main.tf": text})) == ['cloud_bucket.b["*"]']


def test_a_module_as_variables_of_a_template_is_not_refused() -> None:
    files: dict[str, str | bytes | None] = {
        "a.tpl": "${x}",
        "m/main.tf": 'output "x" {\n  value = "y"\n}\n',
    }
    found = value(
        'try(templatefile("a.tpl", module.m), "z")',
        'module "m" {\n  source = "./m"\n}',
        files,
    )
    assert isinstance(found, Unknown)
