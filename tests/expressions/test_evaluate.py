"""Expressions: what is known is computed, what isn't keeps its reason and whatever is known of it."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known, Reason, Unknown
from tests.frontends.terraform.house import among, is_known, known, unknown, value

CASES = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("7 % 3", 1),
    ("-7 % 3", -1),
    ("10 / 4", 2.5),
    ("2 - 1 - 1", 0),
    ('"3" + 1', 4),
    ("1 < 2 && !(2 <= 1)", True),
    ("true || null.x", True),
    ('"a" == "a"', True),
    ('"1" == 1', False),
    ("true == 1", False),
    ("[1, 2] == [1, 2]", True),
    ("{a = 1} == {a = 1}", True),
    ("null == null", True),
    ('true ? "a" : "b"', "a"),
    ('"a-${1 + 1}-${true}"', "a-2-true"),
    ('"${[1]}"', [1]),
    ('"$${x} %%{y} \\" \\u00e9"', '${x} %{y} " é'),
    ('"a${~ "b" ~} c"', "abc"),
    ('"%{ if true }yes%{ else }no%{ endif }"', "yes"),
    ('"%{ for x in [1, 2] }<${x}>%{ endfor }"', "<1><2>"),
    ("[1, 2][1]", 2),
    ('{a = {b = 1}}["a"].b', 1),
    ("[1, 2].1", 2),
    ("[{a = 1}, {a = 2}][*].a", [1, 2]),
    ("[{a = 1}, {a = 2}].*.a", [1, 2]),
    ("[{a = [1]}, {a = [2]}].*.a[0]", [1]),
    ("[{a = [1]}, {a = [2]}][*].a[0]", [1, 2]),
    ("null[*]", []),
    ('"x"[*]', ["x"]),
    ("[for x in [1, 2, 3] : x * 2 if x > 1]", [4, 6]),
    ("[for i, x in [5] : i]", [0]),
    ("[for k, v in {b = 1, a = 2} : k]", ["a", "b"]),
    ("{for x in [1, 2] : x => x + 1}", {"1": 2, "2": 3}),
    ("{for x in [1, 2, 3] : x % 2 => x...}", {"1": [1, 3], "0": [2]}),
    ('{(1 == 1) = "a"}', {"true": "a"}),
    ("1e3", 1000),
    ("<<-EOT\n    a\n      b\n    EOT\n", "a\n  b\n"),
    ("<<EOT\n  a ${1}\\n\nEOT\n", "  a 1\\n\n"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_known_expressions(text: str, expected: object) -> None:
    assert known(text) == expected


MODULE = """
variable "x" {}
variable "flag" { type = bool }
locals {
  regions = { prod = "eu-west-3", dr = "eu-central-1" }
  a       = local.b
  b       = local.a
}
resource "cloud_bucket" "one" {
  bucket = "files"
  region = "north"
}
resource "cloud_bucket" "many" {
  count  = 2
  bucket = "files-${count.index}"
}
resource "cloud_bucket" "keyed" {
  for_each = { a = "north", b = "south" }
  region   = each.value
}
data "cloud_thing" "d" {}
"""


@pytest.mark.parametrize(
    ("text", "reason", "detail"),
    [
        ("var.x", Reason.UNSET_VARIABLE, "var.x"),
        ('"a-${var.x}"', Reason.UNSET_VARIABLE, "var.x"),
        ("var.x[0].y", Reason.UNSET_VARIABLE, "var.x"),
        ("cloud_bucket.one.arn", Reason.COMPUTED_AT_APPLY, "cloud_bucket.one.arn"),
        ("data.cloud_thing.d.id", Reason.COMPUTED_AT_APPLY, "data.cloud_thing.d.id"),
        ("terraform.workspace", Reason.FROM_ENVIRONMENT, "terraform.workspace"),
        ("local.a", Reason.UNSUPPORTED_EXPRESSION, "local.a refers to itself"),
        ("nothing.here", Reason.UNSUPPORTED_EXPRESSION, "nothing is called nothing"),
        ("var.x && true", Reason.UNSET_VARIABLE, "var.x"),
        ("[for v in var.x : v]", Reason.UNSET_VARIABLE, "var.x"),
    ],
)
def test_unknowns_keep_their_reason(text: str, reason: Reason, detail: str) -> None:
    found = unknown(text, MODULE)
    assert (found.reason, found.detail) == (reason, detail)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cloud_bucket.one.region", "north"),
        ("cloud_bucket.one.id", "files"),
        ("cloud_bucket.many[1].bucket", "files-1"),
        ("cloud_bucket.many[*].bucket", ["files-0", "files-1"]),
        ("cloud_bucket.many.*.bucket", ["files-0", "files-1"]),
        ('cloud_bucket.keyed["b"].region', "south"),
        ("values(cloud_bucket.keyed)[*].region", ["north", "south"]),
        ("length(cloud_bucket.many)", 2),
        ("[for k, b in cloud_bucket.keyed : b.region]", ["north", "south"]),
        ("try(cloud_bucket.many[5].bucket, null)", None),
    ],
)
def test_references_between_resources(text: str, expected: object) -> None:
    assert known(text, MODULE) == expected


def test_references_say_which_resource_they_were_read_from() -> None:
    found = value("cloud_bucket.one.arn", MODULE)
    assert found.because is not None
    assert found.because.refers == "cloud_bucket.one"


def test_both_arms_of_an_unknown_condition_are_kept() -> None:
    assert among('var.flag ? "a" : "b"', MODULE) == ["a", "b"]
    assert known('var.flag ? "a" : "a"', MODULE) == "a"
    assert among('"x-${var.flag ? "a" : "b"}"', MODULE) == ["x-a", "x-b"]
    assert unknown('var.flag ? "a" : var.x', MODULE).among is None


def test_a_map_indexed_by_an_unknown_gives_one_of_its_elements() -> None:
    assert among("local.regions[var.x]", MODULE) == ["eu-west-3", "eu-central-1"]
    assert among("[1, 2][var.x]", MODULE) == [1, 2]


def test_past_the_bound_it_is_plainly_unknown() -> None:
    many = ", ".join(f'"{n}"' for n in range(40))
    assert unknown(f"[{many}][var.x]", MODULE).among is None


def test_strings_with_holes_keep_their_parts() -> None:
    assert unknown('"https://s3.${var.x}.example.org/a"', MODULE).parts == (
        "https://s3.",
        None,
        ".example.org/a",
    )
    assert unknown('"a${var.x}${var.x}b"', MODULE).parts == ("a", None, "b")
    assert unknown('"pre-${"in-${var.x}"}"', MODULE).parts == ("pre-in-", None)


def test_kleene_logic() -> None:
    assert known("false && var.x", MODULE) is False
    assert known("var.x && false", MODULE) is False
    assert known("var.x || true", MODULE) is True


def test_try_of_an_unknown_is_not_its_fallback() -> None:
    assert not is_known(value('try(var.x.region, "eu-west-3")', MODULE))
    assert not is_known(value("can(var.x.region)", MODULE))


def test_a_map_with_an_unknown_key_stays_open() -> None:
    found = unknown("{ a = 1, (var.x) = 2 }", MODULE)
    assert found.entries is not None
    assert isinstance(found.entries["a"], Known)
    assert found.overridable


def test_deep_nesting_is_refused_not_crashed() -> None:
    assert not is_known(value("(" * 400 + "1" + ")" * 400))
    assert not is_known(value("[" * 400 + "]" * 400))


def test_collections_are_equal_only_if_their_types_are() -> None:
    """``tolist([1]) == [1]`` is false: a list is no tuple, and no types are kept here."""
    typed = 'variable "l" {\n  type = list(number)\n  default = [1]\n}\n'
    assert isinstance(value("var.l == [1]", typed), Unknown)
    assert isinstance(value("tomap({ a = 1 }) != { a = 1 }", typed), Unknown)
    assert known("var.l == []", typed) is False
    assert known("[1] == [1]", typed) is True


def test_one_difference_decides_whatever_else_is_not_known() -> None:
    assert known("{ a = var.x } != null", MODULE) is True
    assert known("[var.x] == []", MODULE) is False
    assert known("{ a = var.x, b = 1 } == { a = 1, b = 2 }", MODULE) is False
    assert known("[var.x, 1] == [1, 2]", MODULE) is False
    assert unknown("[var.x] == [1]", MODULE).detail == "var.x"
    assert known("toset([1, 2]) == toset([2, 1])", MODULE) is True


MAYBE = """
variable "x" {}
locals {
  m = { fr = "eu-west-3" }
  l = local.m[var.x]
}
variable "s" {
  type    = set(string)
  default = ["us-east-1", "eu-west-3"]
}
resource "cloud_bucket" "maybe" {
  count  = var.x ? 1 : 0
  region = "north"
}
resource "cloud_bucket" "keyed" {
  for_each = merge({ a = "north" }, var.x)
  region   = each.value
}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('try(local.m[var.x], "us-east-1")', ["eu-west-3", "us-east-1"]),
        (
            'lookup({ fr = "eu-west-3", be = "eu-west-3" }, var.x, "us-east-1")',
            ["eu-west-3", "us-east-1"],
        ),
        ('can(local.m[var.x]) ? "eu-west-3" : "us-east-1"', ["eu-west-3", "us-east-1"]),
        ('try(["eu-west-3"][var.x], "us-east-1")', ["eu-west-3", "us-east-1"]),
        ('try(lookup(local.m, var.x), "us-east-1")', ["eu-west-3", "us-east-1"]),
        ('try(cloud_bucket.maybe[0].region, "south")', ["north", "south"]),
        ('can(cloud_bucket.maybe[0].region) ? "north" : "south"', ["north", "south"]),
        ('lookup(local.m, var.x ? "fr" : "de", "us-east-1")', ["eu-west-3", "us-east-1"]),
    ],
)
def test_what_may_be_missing_leaves_the_fallback_possible(
    text: str, expected: list[str]
) -> None:
    assert among(text, MAYBE) == expected


def test_what_a_local_takes_is_refused_there_not_in_try() -> None:
    assert known('try(local.l, "us-east-1")', MAYBE) == "eu-west-3"
    assert known("local.m[var.x]", MAYBE) == "eu-west-3"


def test_sets_are_gone_through_in_order_and_have_no_index() -> None:
    assert known("tolist(var.s)", MAYBE) == ["eu-west-3", "us-east-1"]
    assert known('tolist(toset(["b", "a"]))[1]', MAYBE) == "b"
    assert known('[for r in toset(["b", "a"]) : r]', MAYBE) == ["a", "b"]
    assert known('join("-", toset(["b", "a"]))', MAYBE) == "a-b"
    assert known('try(toset(["a"])[0], "refused")', MAYBE) == "refused"
    assert not is_known(value('tolist(toset([var.x, "a"]))[0]', MAYBE))


def test_an_entry_that_may_be_overridden_is_not_known_in_an_instance() -> None:
    assert not is_known(value('cloud_bucket.keyed["a"].region', MAYBE))
