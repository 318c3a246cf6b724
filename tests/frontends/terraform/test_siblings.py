"""Modules side by side never leak into each other: names, order and files of blocks change nothing that is read."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sovlint.frontends.recursion import deepen_stack
from sovlint.model.value import Known, Unknown, Value
from tests.frontends.terraform.house import resources

deepen_stack()  # at once: Hypothesis minds where it happens during a test

Files = dict[str, str | bytes | None]

CALLED = """
variable "region" { default = "eu-central-1" }
===
variable "tags" { default = {} }
===
variable "unset" {}
===
locals { place = coalesce(var.region, "eu-north-1") }
===
locals { classes = merge({ data_class = "contact" }, var.tags) }
===
resource "cloud_bucket" "plain" {
  region = local.place
  tags   = local.classes
}
===
resource "cloud_bucket" "each" {
  for_each = { a = local.place, b = "us-east-1" }
  region   = each.value
}
===
resource "cloud_bucket" "maybe" {
  count  = var.unset ? 1 : 0
  region = var.unset ? local.place : "us-east-1"
}
===
module "INNER" {
  source = "./FOLDER"
  region = local.place
}
===
output "place" { value = local.place }
"""
INNER = """
variable "region" {}
===
resource "cloud_bucket" "inner" { region = var.region }
===
output "region" { value = cloud_bucket.inner.region }
"""
TOP = """
provider "cloud" { region = "eu-west-1" }
===
variable "unset" {}
===
module "ONE" {
  source = "./CALLED"
  region = "eu-west-3"
  tags   = { data_class = "health" }
  unset  = var.unset
}
===
module "TWO" {
  source = "./CALLED"
  region = "us-west-2"
  unset  = var.unset
}
===
module "THREE" {
  source   = "./CALLED"
  for_each = toset(["eu-south-1", "us-east-2"])
  region   = each.key
  unset    = true
}
===
resource "cloud_bucket" "after" { region = module.ONE.place }
===
resource "cloud_bucket" "beside" { region = module.TWO.place }
"""
NAMES = ("ONE", "TWO", "THREE", "INNER")


def laid_out(
    text: str,
    folder: str,
    random: Random,
    files: dict[str, str | bytes | None],
    names: Mapping[str, str],
) -> None:
    """Put the blocks of a module into files of any number and name, in any order."""
    blocks = text.strip().split("\n===\n")
    random.shuffle(blocks)
    for block in blocks:
        path = f"{folder}/{random.choice(('a', 'main', 'z9'))}.tf".lstrip("/")
        for placeholder, name in names.items():
            block = block.replace(placeholder, name)
        files[path] = f"{files.get(path) or ''}{block}\n"


def repository(random: Random, names: Mapping[str, str]) -> Files:
    files: Files = {}
    laid_out(TOP, "", random, files, names)
    laid_out(CALLED, names["CALLED"], random, files, names)
    laid_out(INNER, f"{names['CALLED']}/{names['FOLDER']}", random, files, names)
    return files


def said(value: Value) -> object:
    """What is known of a value, without where that comes from."""
    if isinstance(value, Known):
        return value.value
    return (
        "unknown",
        value.reason,
        value.detail,
        frozenset(map(said, value.among)) if value.among else None,
    )


def read(random: Random, names: Mapping[str, str]) -> dict[str, object]:
    """What every resource says, by its address with the names that modules have in the templates."""
    found: dict[str, object] = {}
    for address, resource in resources(repository(random, names)).items():
        for name in NAMES:
            address = address.replace(f"module.{names[name]}[", f"module.{name}[").replace(
                f"module.{names[name]}.", f"module.{name}."
            )
        (region,) = resource.attributes.read("region")
        tags = [said(each.value) for each in resource.attributes.read("tags.data_class")]
        exists = resource.exists
        found[address] = (said(region.value), tags, isinstance(exists, Unknown))
    return found


EXPECTED = {
    "cloud_bucket.after": "eu-west-3",
    "cloud_bucket.beside": "us-west-2",
    "module.ONE.cloud_bucket.plain": "eu-west-3",
    "module.TWO.cloud_bucket.plain": "us-west-2",
    'module.THREE["eu-south-1"].cloud_bucket.plain': "eu-south-1",
    'module.THREE["us-east-2"].cloud_bucket.plain': "us-east-2",
    "module.ONE.module.INNER.cloud_bucket.inner": "eu-west-3",
    'module.THREE["us-east-2"].module.INNER.cloud_bucket.inner': "us-east-2",
    'module.ONE.cloud_bucket.each["a"]': "eu-west-3",
    'module.TWO.cloud_bucket.each["a"]': "us-west-2",
    'module.TWO.cloud_bucket.each["b"]': "us-east-1",
    'module.THREE["eu-south-1"].cloud_bucket.maybe[0]': "eu-south-1",
}
PLAIN = {
    "ONE": "one",
    "TWO": "two",
    "THREE": "three",
    "INNER": "inner",
    "CALLED": "called",
    "FOLDER": "inner",
}

names = st.lists(
    st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True).filter(lambda name: name.islower()),
    min_size=len(PLAIN), max_size=len(PLAIN), unique=True,
).map(lambda found: dict(zip(PLAIN, found, strict=True)))  # fmt: skip


def test_each_call_has_its_own_values() -> None:
    found = read(Random(0), PLAIN)
    assert {address: found[address][0] for address in EXPECTED} == EXPECTED  # type: ignore[index]
    assert found["module.ONE.cloud_bucket.plain"] == ("eu-west-3", ["health"], False)
    assert found["module.TWO.cloud_bucket.plain"] == ("us-west-2", ["contact"], False)


@settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)  # fmt: skip
@given(st.randoms(use_true_random=False), names)
def test_names_order_and_files_change_nothing(
    random: Random, renamed: dict[str, str]
) -> None:
    assert read(random, renamed) == read(Random(0), PLAIN)
