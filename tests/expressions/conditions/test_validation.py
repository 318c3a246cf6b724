"""What the conditions of a validation prove of a variable that nobody gives, and what they don't."""

from __future__ import annotations

import time
from itertools import product

import pytest

from sovlint.expressions.functions.languages import texts_of
from sovlint.expressions.functions.patterns import CompiledPattern
from sovlint.expressions.values import plain
from sovlint.model.partial.parts import ends_alike, may_be
from sovlint.model.value import Known, Unknown, Value
from tests.frontends.terraform.house import resources, value

SETTING = """
locals {{
  regions = ["a", "b"]
  sites   = {{ a = 1, b = 2 }}
}}
variable "q" {{}}
resource "cloud_bucket" "b" {{
  count = var.q
}}
variable "r" {{
{validations}
}}
"""


def of(text: str, *conditions: str) -> Value:
    """The value of an expression over ``var.r``, restricted by the conditions."""
    blocks = "\n".join(
        f"  validation {{\n    condition = {condition}\n  }}" for condition in conditions
    )
    return value(text, SETTING.format(validations=blocks))


def known_of(found: Value) -> list[object] | tuple[str | None, ...] | None:
    """The possible values, else the parts, else nothing."""
    if isinstance(found, Known):
        return [found.value]
    return [plain(member) for member in found.among] if found.among else found.parts


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (['can(regex("^(a|b)$", var.r))'], ["a", "b"]),
        (['can(regex("^a$|^b$", var.r))'], ["a", "b"]),
        (
            ['can(regex("^eu-(west|north)-[1-2]$", var.r))'],
            ["eu-west-1", "eu-west-2", "eu-north-1", "eu-north-2"],
        ),
        (['can(regex("^a|b$", var.r))'], None),  # begins with a, or ends in b
        (['can(regex("(a|b)", var.r))'], None),
        (['can(regex("^eu-", var.r))'], ("eu-", None)),
        (['can(regex("^eu-[a-z]+-1$", var.r))'], ("eu-", None, "-1")),
        (['can(regex("(?i)^a$", var.r))'], ["A", "a"]),
        (['length(regexall("^(a|b)$", var.r)) > 0'], ["a", "b"]),
        (['length(regexall("^(a|b)$", var.r)) == 0'], None),
        (['!(length(regexall("^(a|b)$", var.r)) == 0)'], ["a", "b"]),
        (['startswith(var.r, "eu-")'], ("eu-", None)),
        (['endswith(var.r, "-1")'], (None, "-1")),
        (['substr(var.r, 0, 3) == "eu-"'], ("eu-", None)),
        (['startswith(var.r, "eu-w") || startswith(var.r, "eu-n")'], ("eu-", None)),
        (['anytrue([for p in ["eu-w", "eu-n"] : startswith(var.r, p)])'], ("eu-", None)),
        (['anytrue([var.r == "a", var.r == "b"])'], ["a", "b"]),
        (['alltrue([contains(["a", "b"], var.r), var.r != "a"])'], ["b"]),
        (['contains(["a", "b", "c"], var.r)', 'var.r != "a"'], ["b", "c"]),
        (['contains(["a", "b", "c"], var.r)', '!contains(["a"], var.r)'], ["b", "c"]),
        (['contains(["ab", "b"], var.r)', "length(var.r) > 1"], ["ab"]),
        (['contains(["eu-1", "us-1"], var.r)', 'can(regex("^eu-", var.r))'], ["eu-1"]),
        (['!(var.r != "a" && var.r != "b")'], ["a", "b"]),
        (['contains(["a"], var.r) == true'], ["a"]),
        (['contains(["a"], var.r) != false'], ["a"]),
        (['contains(["a"], var.r) == false'], None),
        (['var.r == null || contains(["a"], var.r)'], [None, "a"]),
        (['var.r == null ? true : contains(["a"], var.r)'], [None, "a"]),
        (['var.r == "a" ? true : var.r == "b"'], ["a", "b"]),
        (['var.q ? contains(["a"], var.r) : var.r == "b"'], ["a", "b"]),
        (['var.q ? true : var.r == "b"'], None),
        (["contains(local.regions, var.r)"], ["a", "b"]),
        (["contains(keys(local.sites), var.r)"], ["a", "b"]),
        (["can(local.sites[var.r])"], ["a", "b"]),
        (['try(contains(["a"], var.r), false)'], ["a"]),
        (['try(contains(["a"], var.r), true)'], None),
        (['contains(["a"], lower(var.r))'], None),
        (['contains(["a", "b"], var.q)'], None),
        (['var.r != "a"'], None),
        (["true"], None),
    ],
)
def test_what_conditions_prove(conditions: list[str], expected: object) -> None:
    assert known_of(of("var.r", *conditions)) == expected


@pytest.mark.parametrize(
    ("text", "condition", "expected"),
    [
        ("var.r.region", 'contains(["a", "b"], var.r.region)', ["a", "b"]),
        ("var.r.other", 'contains(["a", "b"], var.r.region)', None),
        ("var.r.region", 'var.r.region == "a" && var.r.other == "b"', ["a"]),
        ("var.r.place.region", 'can(regex("^eu-", var.r.place.region))', ("eu-", None)),
        ("var.r[0]", 'alltrue([for x in var.r : contains(["a", "b"], x)])', ["a", "b"]),
        ("var.r[var.q]", 'alltrue([for x in var.r : contains(["a", "b"], x)])', ["a", "b"]),
        (
            'var.r["eu"].region',
            'alltrue([for k, x in var.r : contains(["a", "b"], x.region)])',
            ["a", "b"],
        ),
        (
            "var.r[*].region",
            'alltrue([for x in var.r : contains(["a", "b"], x.region)])',
            None,
        ),
        (
            "(var.r[*].region)[0]",
            'alltrue([for x in var.r : contains(["a", "b"], x.region)])',
            ["a", "b"],
        ),
        (
            '[for x in var.r : "${x}-1"][0]',
            'alltrue([for x in var.r : contains(["a", "b"], x)])',
            ["a-1", "b-1"],
        ),
        (
            "tolist(toset(var.r))[0]",
            'alltrue([for x in var.r : contains(["a", "b"], x)])',
            ["a", "b"],
        ),
        (
            "one(var.r)",
            'alltrue([for x in var.r : contains(["a", "b"], x)])',
            [None, "a", "b"],
        ),
        (
            'concat(["c"], var.r)[1]',
            'alltrue([for x in var.r : contains(["a", "b"], x)])',
            ["c", "a", "b"],
        ),
        (
            "concat(var.q, var.r)[1]",
            'alltrue([for x in var.r : contains(["a", "b"], x)])',
            None,
        ),
        (
            "sort(distinct(flatten([var.r])))[1]",
            'alltrue([for x in var.r : contains(["a", "b"], x)])',
            ["a", "b"],
        ),
        ('join("", var.r)', 'alltrue([for x in var.r : contains(["a", "b"], x)])', None),
        (
            "element(var.r, 1)",
            'alltrue([for x in var.r : contains(["a", "b"], x)])',
            ["a", "b"],
        ),
        ("var.r[0]", '!anytrue([for x in var.r : !contains(["a", "b"], x)])', ["a", "b"]),
        ("var.r[0]", 'length(setsubtract(var.r, ["a", "b"])) == 0', ["a", "b"]),
        (
            "var.r[0]",
            'length([for x in toset(var.r) : x if !contains(["a"], x)]) == 0',
            ["a"],
        ),
        ("var.r[0]", '!contains([for x in var.r : contains(["a"], x)], false)', ["a"]),
        (
            "var.r[0]",
            'var.r == null ? true : alltrue([for x in var.r : contains(["a"], x)])',
            ["a"],
        ),
        ("var.r[0]", 'anytrue([for x in var.r : contains(["a"], x)])', None),
        ("var.r[0]", 'alltrue([for x in var.q : contains(["a"], x)])', None),
        ("var.r[0]", 'alltrue([for x in var.r : contains(["a"], x) if x != "c"])', None),
        (
            "var.r[0]",
            'length(var.r) == 2 || alltrue([for x in var.r : contains(["a"], x)])',
            None,
        ),
        ("var.r", 'alltrue([for x in var.r : contains(["a", "b"], x)])', None),
    ],
)
def test_what_conditions_prove_of_attributes_and_elements(
    text: str, condition: str, expected: object
) -> None:
    assert known_of(of(text, condition)) == expected


def test_what_nobody_gives_stays_unknown_by_its_own_name() -> None:
    found = of("var.r[0]", 'alltrue([for x in var.r : contains(["a", "b"], x)])')
    assert isinstance(found, Unknown)
    assert found.detail == "var.r"


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("^a$", [("a",)]),
        ("^(?:a|b)c?$", [("a",), ("ac",), ("b",), ("bc",)]),
        ("^a{2}$", [("aa",)]),
        ("^a+$", [(None,)]),
        (r"^a\.b$", [("a.b",)]),
        ("^[ab]$", [("a",), ("b",)]),
        ("^[^a]$", [(None,)]),
        ("^$", [()]),
        ("a", [(None, "a", None)]),
        ("^(^a$)$", [("a",)]),
        (r"^\ba$", [("a",)]),
        (r"^\pL$", None),
        ("^(?=a)a$", None),
        ("^[[:alpha:]]$", [(None,)]),
        ("^(a", None),
        ("^a)$", None),
        ("^a**$", None),
    ],
)
def test_patterns_are_spelt_out(
    pattern: str, texts: list[tuple[str | None, ...]] | None
) -> None:
    assert texts_of(pattern) == texts


@pytest.mark.timed
@pytest.mark.parametrize(
    "pattern",
    [
        "^" + "(a|b|c|d|e|f|g|h)" * 14 + "$",
        "^" + "[a-z]{8}" * 20 + "$",
        "^" + "(" * 120 + "a" + ")" * 120 + "$",
        "^" + "(a?){8}" * 20,
        "^((((a?){8}){8}){8}){8}$",
        "^(" + "a|" * 120 + "b)$",
        "^" + "(a|){2}" * 30 + "$",
        "^[a-\U0010ffff]$",
        "(" * 250,
        "[" * 250,
        "^a{999999999}$",
        "^a{1,}{1,}$",
        "a" * 100_000,
    ],
)
def test_no_pattern_is_spelt_out_without_end(pattern: str) -> None:
    started = time.perf_counter()
    found = texts_of(pattern)
    assert time.perf_counter() - started < 1
    assert found is None or len(found) <= 64


def test_texts_with_holes() -> None:
    assert may_be("eu-west-1", ("eu-", None))
    assert may_be("eu-west-1", ("eu-", None, "-1"))
    assert not may_be("eu-1", ("eu-", None, "-1"))  # the two can't share the dash
    assert not may_be("us-1", ("eu-", None))
    assert not may_be("eu-1x", ("eu-", None, "1"))
    assert may_be("eu-1", ("eu-1",))
    assert not may_be("eu-12", ("eu-1",))
    assert may_be("", ())
    assert ends_alike([("eu-", None, "-1"), ("eu-west-1",)]) == ("eu-", None, "-1")
    assert ends_alike([("aa",), ("aaa",)]) == ("aa", None)
    assert ends_alike([("a",), (None, "b")]) == (None,)


def test_what_is_allowed_has_the_type_of_the_variable() -> None:
    child = """
    variable "n" {
      type = number
      validation {
        condition = contains(["1", "2"], var.n)
      }
    }
    resource "cloud_bucket" "b" {
      region = var.n
    }
    """
    call = 'variable "u" {}\nmodule "m" {\n  source = "./m"\n  n = var.u\n}\n'
    for files, address in (
        ({"main.tf": child}, "cloud_bucket.b"), ({"main.tf": call, "m/main.tf": child}, "module.m.cloud_bucket.b"),
    ):  # fmt: skip
        (region,) = resources(dict(files))[address].attributes.read("region")
        assert known_of(region.value) == [1, 2]


def test_blocks_made_for_each_element() -> None:
    text = """
    variable "regions" {
      validation {
        condition = alltrue([for r in var.regions : contains(["a", "b"], r)])
      }
    }
    resource "cloud_bucket" "s" {
      for_each = toset(var.regions)
      region   = each.key
    }
    resource "cloud_bucket" "m" {
      for_each = var.regions
      region   = each.value
    }
    resource "cloud_bucket" "n" {
      for_each = { for r in var.regions : r => { region = r } }
      region   = each.value.region
    }
    resource "cloud_bucket" "d" {
      dynamic "place" {
        for_each = var.regions
        content {
          region = place.value
        }
      }
    }
    resource "cloud_bucket" "l" {
      places = var.regions
    }
    """
    found = resources({"main.tf": text})
    for name, suffix, path in (
        ("s", '["*"]', "region"), ("m", '["*"]', "region"), ("n", '["*"]', "region"), ("d", "", "place.*.region"),
        ("l", "", "places.*"),
    ):  # fmt: skip
        (region,) = found[f"cloud_bucket.{name}{suffix}"].attributes.read(path)
        assert known_of(region.value) == ["a", "b"], name
    assert isinstance(found['cloud_bucket.s["*"]'].exists, Unknown)


@pytest.mark.parametrize(
    "pattern",
    [
        "^ab?$",
        "(?i)a-b",
        "a|^b",
        "(^a|b$)",
        r"^\ba\b",
        "(?m)^a$",
        "^(a|b){1,2}$",
        "[^a]b",
        "a.?b",
        "^$|a",
    ],
)
def test_nothing_that_a_pattern_matches_is_left_out(pattern: str) -> None:
    texts = texts_of(pattern)
    for size in range(4):
        for signs in product("aAb-\n", repeat=size):
            text = "".join(signs)
            if next(CompiledPattern(pattern).finditer(text), None) is not None:
                assert texts is None or any(may_be(text, parts) for parts in texts), text
