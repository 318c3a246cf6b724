"""Ten thousand keys are ten thousand resources, each with its own values; what is found by key is found at once."""

from __future__ import annotations

import time

import pytest

from sovlint.expressions import limits
from sovlint.expressions.limits import (
    MAX_EXPANDED,
    OWN_EXPANDED,
    OWN_WORK,
    Purse,
    Reserves,
    Work,
)
from sovlint.frontends.recursion import deepen_stack
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known
from tests.frontends.terraform.house import read

MANY = 10_000
REGIONS = ("eu-west-3", "us-east-1", "eu-south-1")
LINES = ["name,region,note", *(f"k{at},{REGIONS[at % 3]},{'x' * 30}" for at in range(MANY))]
ROW = 'resource "aws_s3_bucket" "b" {\n  for_each = local.rows\n  region = each.value\n}\n'
FORMS = {
    "a set": 'resource "aws_s3_bucket" "b" {\n  for_each = toset([for i in range(10000) : "k${i}"])\n'
    '  region = element(["eu-west-3", "us-east-1", "eu-south-1"], tonumber(substr(each.key, 1, -1)))\n}\n',
    "a map": 'locals {\n  regions = ["eu-west-3", "us-east-1", "eu-south-1"]\n'
    '  rows = { for i in range(10000) : "k${i}" => local.regions[i % 3] }\n}\n' + ROW,
    "a table": 'locals {\n  rows = { for row in csvdecode(file("x.csv")) : row.name => row.region }\n}\n' + ROW,
    "a product": "locals {\n"
    + '  rows = { for p in setproduct(range(100), range(100)) : "k${p[0] * 100 + p[1]}" =>\n'
    + '    ["eu-west-3", "us-east-1", "eu-south-1"][(p[0] * 100 + p[1]) % 3] }\n}\n' + ROW,
    "modules": 'module "m" {\n  source = "./m"\n  for_each = { for i in range(10000) : "k${i}" => i % 3 }\n'
    "  at = each.value\n}\n",
}  # fmt: skip
MODULE = 'variable "at" {}\nresource "aws_s3_bucket" "b" {\n  region = ["eu-west-3", "us-east-1", "eu-south-1"][var.at]\n}\n'


def region(resource: Resource) -> object:
    (found,) = resource.attributes.read("region")
    assert isinstance(found.value, Known)
    return found.value.value


@pytest.mark.endless
@pytest.mark.timed
@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_ten_thousand_keys_are_ten_thousand_resources(text: str) -> None:
    deepen_stack()
    started = time.process_time()
    module: dict[str, str | bytes | None] = {"m/main.tf": MODULE} if "./m" in text else {}
    reading = read({"main.tf": text, "x.csv": "\n".join(LINES), **module})
    found = {resource.address: resource for resource in reading.resources}
    assert reading.failures == ()
    assert len(found) == MANY
    for at in (0, 1, 2, 4_321, 9_999):
        address = (
            f'module.m["k{at}"].aws_s3_bucket.b'
            if "module" in text
            else f'aws_s3_bucket.b["k{at}"]'
        )
        assert region(found[address]) == REGIONS[at % 3], address
    assert time.process_time() - started < 8


@pytest.mark.timed
def test_one_resource_for_each_of_another_is_found_by_its_key() -> None:
    other = 'resource "aws_s3_bucket" "c" {\n  for_each = aws_s3_bucket.b\n'
    other += "  region = aws_s3_bucket.b[each.key].region\n  bucket = values(aws_s3_bucket.b)[0].bucket\n}\n"
    started = time.process_time()
    reading = read({"main.tf": FORMS["a map"] + other})
    found = {resource.address: resource for resource in reading.resources}
    assert (len(found), reading.failures) == (2 * MANY, ())
    regions = [region(found[f'aws_s3_bucket.c["k{at}"]']) for at in range(MANY)]
    assert regions == [REGIONS[at % 3] for at in range(MANY)]
    assert time.process_time() - started < 8


def test_every_root_has_some_of_its_own() -> None:
    text = 'provider "aws" {\n  region = "eu-west-3"\n}\nresource "aws_s3_bucket" "b" {\n  count = 400\n}\n'
    reading = read({f"r{at}/main.tf": text for at in range(200)})
    assert len(reading.resources) == 80_000
    assert reading.failures == ()


def test_what_is_shared_is_taken_once() -> None:
    shared = [10]
    one, other = Purse(5, 100, shared), Purse(5, 100, shared)
    assert one.take(12)
    assert shared == [3]
    assert not other.take(9)
    assert other.take(8)
    assert (one.within, other.within) == (False, False)
    assert not one.take(1)
    assert one.take(0)


def test_a_root_that_costs_too_much_leaves_the_others_what_is_theirs() -> None:
    reserves = Reserves()
    greedy = [Work(reserves) for _ in range(5)]
    for work in greedy:
        while work.spend(10_000):
            pass
    assert not any(work.within for work in greedy)
    modest = Work(reserves)
    assert modest.spend(OWN_WORK)
    assert not modest.spend(1_000_000)
    assert modest.expanded.take(MAX_EXPANDED + OWN_EXPANDED)
    assert not modest.expanded.take(1)
    assert Work(reserves).expanded.take(OWN_EXPANDED)


@pytest.mark.parametrize(("count", "expected"), [(7, 21), (8, 3)])
def test_an_instance_of_a_module_weighs_what_the_module_holds(
    monkeypatch: pytest.MonkeyPatch, count: int, expected: int
) -> None:
    """Seven take eighteen beyond the first three, and eight twenty-one: more than are left."""
    monkeypatch.setattr(limits, "MAX_EXPANDED", 18)
    monkeypatch.setattr(limits, "OWN_EXPANDED", 0)
    module = "".join(f'resource "aws_s3_bucket" "{name}" {{}}\n' for name in "abc")
    call = f'module "m" {{\n  source = "./m"\n  count  = {count}\n}}\n'
    assert len(read({"main.tf": call, "m/main.tf": module}).resources) == expected
