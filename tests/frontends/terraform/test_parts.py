"""What can be told of texts, lists and maps of which only some is known, and what can't."""

from __future__ import annotations

import pytest

from sovlint.expressions.values import plain
from sovlint.model.value import Known, Unknown
from tests.frontends.terraform.house import value

MODULE = """
variable "u" {}
variable "v" {}
variable "eu" {
  validation {
    condition = contains(["a", "b"], var.eu)
  }
}
locals {
  text  = "eu-west-${var.u}-x"
  open  = merge(var.u, { region = "a" })
  sites = { prod-eu = "a", prod-us = "b", dev-eu = "c" }
}
"""


def told(text: str) -> object:
    """The value, else the possible values, else the parts, else why nothing is told."""
    found = value(text, MODULE)
    if isinstance(found, Known):
        return plain(found)
    assert isinstance(found, Unknown)
    return [plain(member) for member in found.among] if found.among else found.parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("substr(local.text, 0, 2)", "eu"),
        ("substr(local.text, 0, 8)", "eu-west-"),
        ("substr(local.text, 0, 9)", None),
        ("substr(local.text, 3, -1)", ("west-", None, "-x")),
        ("substr(local.text, -1, -1)", "x"),
        ("substr(local.text, -3, -1)", None),
        ("substr(local.text, -2, 1)", "-"),
        ('split("-", local.text)[0]', "eu"),
        ('split("-", local.text)[1]', "west"),
        ('split("-", local.text)[2]', None),
        ('element(split("-", local.text), 1)', "west"),
        ('length(split("-", local.text))', None),
        ('split("/", local.text)[0]', None),
        ('replace(local.text, "-", "")', ("euwest", None, "x")),
        ('replace(local.text, "west", "north")', ("eu-north-", None, "-x")),
        ('replace(local.text, "-1", "")', None),  # may begin in what is known and end in what isn't
        ('replace(local.text, "1-x", "")', None),
        ('replace(local.text, "/-/", "")', None),
        ('replace("${var.u}-${var.v}", "a-b", "")', None),
        ('trimprefix(local.text, "eu-")', ("west-", None, "-x")),
        ('trimprefix(local.text, "us-")', ("eu-west-", None, "-x")),
        ('trimprefix(local.text, "eu-west-1")', None),
        ('trimsuffix(local.text, "-x")', ("eu-west-", None)),
        ('trimsuffix(local.text, "1-x")', None),
        ('trimspace(" ${local.text} ")', ("eu-west-", None, "-x")),
        ('trimspace(" ${var.u}x")', None),
        ('trimspace("${var.u} x")', (None, "x")),
        ('trim("${var.u}-${var.v}", "-")', None),
        ('trim(local.text, "x")', ("eu-west-", None, "-")),
        ('trim(local.text, "x-")', None),
        ("upper(local.text)", ("EU-WEST-", None, "-X")),
        ("chomp(local.text)", ("eu-west-", None, "-x")),
        ('chomp("${var.u}\\n")', None),
        ('startswith(local.text, "eu-")', True),
        ('startswith(local.text, "us-")', False),
        ('startswith(local.text, "eu-west-1")', None),
        ('endswith(local.text, "-x")', True),
        ('endswith(local.text, "y")', False),
        ('endswith(local.text, "1-x")', None),
        ('strcontains(local.text, "west")', True),
        ('strcontains(local.text, "north")', None),
        ('can(regex("^eu-", local.text))', True),
        ('can(regex("^us-", local.text))', None),
        ('contains(["eu-west-1-x", "b"], local.text)', None),
        ('contains(["us-east-1", "b"], local.text)', False),
        ('local.text == "us-east-1"', False),
        ('"us-east-1" != local.text', True),
        ('local.text == "eu-west-3-x"', None),
        ("local.text == null", False),
        ('local.text == "us" ? "b" : "a"', "a"),
        ('join("-", ["eu", var.u, "1"])', ("eu-", None, "-1")),
        ('join("-", ["eu", var.eu])', ["eu-a", "eu-b"]),
        ('join("-", var.u)', None),
        ('join("-", toset(["eu", var.u]))', None),
        ('format("%s-%s", "eu", var.u)', ("eu-", None)),
        ('format("%s%%%d", var.u, 1)', (None, "%1")),
        ('format("%5s", var.u)', None),
        ('format("%[1]s-%[1]s", var.u)', None),
        ("coalesce(local.text, \"b\")", ("eu-west-", None, "-x")),
        ('coalesce(var.u, "b")', None),
        ('coalesce("${var.u}", "b")', None),
        ('var.u ? "eu-a-1" : "eu-b-1"', ["eu-a-1", "eu-b-1"]),
        ('var.u ? "eu-${var.v}" : "eu-b"', ("eu-", None)),
        ('var.u ? var.v : "eu-b"', None),
        ('local.sites["prod-${var.u}"]', ["a", "b"]),
        ('local.sites["${var.u}-eu"]', ["a", "c"]),
        ('lookup(local.sites, "prod-${var.u}", "z")', ["a", "b", "z"]),
        ('lookup(local.sites, "test-${var.u}", "z")', "z"),
        ('try(local.sites["test-${var.u}"], "z")', "z"),
        ('try(local.sites["prod-${var.u}"], "z")', ["a", "b", "z"]),
        ("local.sites[terraform.workspace]", ["a", "b", "c"]),
        ('terraform.workspace == "prod" ? "a" : "b"', ["a", "b"]),
        ('"${terraform.workspace == "prod" ? "a" : "b"}-1"', ["a-1", "b-1"]),
        ('{ a = "x", b = "y" }[var.eu]', ["x", "y"]),
        ('lookup({ a = "x" }, var.eu, "y")', ["x", "y"]),
        ("local.open.region", "a"),
        ("local.open.other", None),
        ("(var.v ? local.open : { region = \"b\", other = 1 }).region", ["a", "b"]),
        ("(var.v ? local.open : { region = \"b\", other = 1 }).other", None),
        ("(var.v ? local.open : var.u).region", None),
        ("[for x in [var.eu] : upper(x)][0]", ["A", "B"]),
        ('[for k in ["x", "y"] : var.eu if k == "x"][0]', ["a", "b"]),
        ('try(var.eu, "z")', ["a", "b"]),
        ('try({ a = "x" }[var.eu], "z")', None),
        ('try([for x in var.u : "b"][0], "z")', None),
        # conditions, look-ups and keys that aren't known, one inside the other
        ("(var.eu == \"a\" ? { r = \"x\" } : { r = \"y\" }).r", ["x", "y"]),
        ("{ prod = { r = \"a\" }, dev = { r = \"b\" } }[terraform.workspace].r", ["a", "b"]),
        ("lookup({ prod = \"a\" }, terraform.workspace, \"c\")", ["a", "c"]),
        ("try({ prod = \"a\" }[terraform.workspace], \"c\")", ["a", "c"]),
        ("contains([\"prod\"], terraform.workspace) ? \"a\" : \"b\"", ["a", "b"]),
        ("{ p = { eu = \"a\" }, d = { eu = \"b\", us = \"c\" } }[terraform.workspace][var.u]", ["a", "b", "c"]),
        ("{ p = { eu = \"a\" }, d = { eu = \"b\", us = \"c\" } }[terraform.workspace].eu", ["a", "b"]),
        ("can(var.eu) ? \"y\" : \"n\"", "y"),
        ("can(var.u.r) ? \"y\" : \"n\"", ["y", "n"]),
        # `for` with a condition that isn't known: some of the elements
        ("[for x in [\"a\", \"b\"] : x if var.u][0]", ["a", "b"]),
        ("[for x in [\"a\", var.v] : x if var.u][0]", None),
        ("one([for x in [\"a\", \"b\"] : x if x == var.eu])", [None, "a", "b"]),
        ("{ for k, x in { a = \"1\", b = \"2\" } : k => x if k == var.eu }[\"a\"]", ["1", "2"]),
        ("{ for k, x in { a = \"1\", b = \"2\" } : k => x if k == \"a\" || var.u }.a", "1"),
        ("lookup({ for k, x in { a = \"1\" } : k => x if k == \"a\" || var.u }, \"a\", \"z\")", "1"),
        ("lookup({ for k, x in { a = \"1\" } : k => x if var.u }, \"a\", \"z\")", ["1", "z"]),
        ("try({ for k, x in { a = \"1\" } : k => x if var.u }[\"a\"], \"z\")", ["1", "z"]),
        ("length([for x in [\"a\"] : x if var.u])", None),
        ("values({ for k in [\"a\", \"b\"] : k => upper(k) if var.u })[0]", ["A", "B"]),
        # collections
        ("one([var.eu])", ["a", "b"]),
        ("element([var.eu, \"c\"], var.u)", ["a", "b", "c"]),
        ("([{ r = var.eu }, { r = \"c\" }][*].r)[var.u]", ["a", "b", "c"]),
        ("var.u[*].r", None),
        ("merge(var.u, { r = var.eu }).r", ["a", "b"]),
        ("merge({ r = var.eu }, var.u).r", None),
        ("merge({ r = \"c\" }, var.u ? { r = \"a\" } : {}).r", ["a", "c"]),
        ("coalescelist(var.u ? [] : [\"b\"], [\"a\"])[0]", ["b", "a"]),
        ("coalescelist(var.u, [\"a\"])[0]", None),
        ("setproduct([\"a\"], [var.eu])[0][1]", ["a", "b"]),
        ("flatten([[\"a\"], [var.eu]])[1]", ["a", "b"]),
        ("flatten([[\"a\"], var.u])[1]", None),
        ("zipmap([\"a\", \"b\"], [var.eu, var.u]).a", ["a", "b"]),
        ("zipmap([\"a\", var.u], [\"1\", \"2\"]).a", None),
        ("slice([\"b\", var.eu], 1, 2)[0]", ["a", "b"]),
        ("slice([\"b\", \"c\"], 0, var.u)[0]", ["b", "c"]),
        ("compact([\"a\", var.u])[0]", None),
        ("concat(var.u ? [\"a\"] : [], [\"b\"])[0]", ["a", "b"]),
        # texts
        ("formatlist(\"%s-1\", [\"x\", var.eu])[1]", ["a-1", "b-1"]),
        ("formatlist(\"%s-%s\", \"x\", [\"y\", var.u])[0]", "x-y"),
        ("formatlist(\"%s-%s\", \"x\", [\"y\", var.u])[1]", ("x-", None)),
        ("formatlist(\"%s-1\", var.u)[0]", None),
        ("formatlist(\"%s%s\", var.u, [\"y\"])[0]", None),  # it may be a list of another length
        ("regex(\"^([a-z]+)-\", \"${var.eu}-x\")[0]", ["a", "b"]),
        ("regex(\"^([a-z]+)-\", local.text)[0]", None),
        ("\"%{ if var.u }eu-a%{ else }eu-b%{ endif }-1\"", ["eu-a-1", "eu-b-1"]),
        ("\"%{ for x in [\"a\", var.eu] }${x}%{ endfor }\"", ["aa", "ab"]),
    ],
)  # fmt: skip
def test_what_is_told_of_what_is_known_in_part(text: str, expected: object) -> None:
    assert told(text) == expected


def test_more_than_32_possible_values_are_none() -> None:
    listed = ", ".join(f'"r{number}"' for number in range(33))
    module = f'variable "x" {{\n  validation {{\n    condition = contains([{listed}], var.x)\n  }}\n}}\n'
    found = value("var.x", module)
    assert isinstance(found, Unknown)
    assert found.among is None
    assert found.parts == ("r", None)


def test_what_is_secret_stays_so_in_its_parts() -> None:
    module = 'variable "u" {}\nvariable "s" {\n  sensitive = true\n  default = "k"\n}\nvariable "v" {}'
    for text in (
        'split("-", "${var.s}-${var.u}")[0]',
        'substr("${var.s}-${var.u}", 0, 1)',
        'trimsuffix("${var.s}-${var.u}-x", "-x")',
        'var.v ? "${var.s}-${var.u}" : "b"',
        'join("-", [var.s, var.u])',
    ):
        assert value(text, module).sensitive, text


def test_an_element_of_nothing_is_unknown() -> None:
    module = 'variable "u" {}\nresource "cloud_bucket" "b" {\n  count = 0\n}\nlocals {\n  none = []\n}'
    for text in (
        "local.none[var.u]",
        "{}[var.u]",
        "element([], var.u)",
        "cloud_bucket.b[var.u].id",
    ):
        found = value(text, module)
        assert isinstance(found, Unknown), text
        assert (found.among, found.parts) == (None, None), text
