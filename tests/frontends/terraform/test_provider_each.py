"""OpenTofu: provider blocks with ``for_each``."""

from __future__ import annotations

from sovlint.model.value import Known, Unknown, Value
from tests.frontends.terraform.house import resources

PROVIDERS = """
provider "cloud" {
  alias    = "by_region"
  for_each = { paris = "eu-1", ohio = "us-1" }
  region   = each.value
}
provider "cloud" {
  alias    = "other"
  for_each = { paris = "eu-9" }
  region   = each.value
}
variable "key" {}
"""


def region(resource: str, address: str) -> Value:
    binding = resources(
        {"main.tf": f'{PROVIDERS}resource "cloud_bucket" "b" {{\n{resource}\n}}\n'}
    )[address].binding
    assert binding is not None
    return binding.settings.read("region")[0].value


def test_each_instance_has_the_region_of_its_key() -> None:
    each = 'for_each = toset(["paris", "ohio"])\n  provider = cloud.by_region[each.key]'
    for key, expected in (("paris", "eu-1"), ("ohio", "us-1")):
        found = region(each, f'cloud_bucket.b["{key}"]')
        assert isinstance(found, Known)
        assert found.value == expected


def test_aliases_are_told_apart() -> None:
    found = region('provider = cloud.other["paris"]', "cloud_bucket.b")
    assert isinstance(found, Known)
    assert found.value == "eu-9"


def test_a_key_that_is_not_known_or_not_there() -> None:
    for written in ("cloud.by_region[var.key]", 'cloud.by_region["rome"]', "cloud.by_region"):
        assert isinstance(region(f"provider = {written}", "cloud_bucket.b"), Unknown)


def test_calls_pass_the_configuration_of_their_key() -> None:
    call = """
    module "m" {
      source    = "./m"
      for_each  = toset(["paris", "ohio"])
      providers = { cloud = cloud.by_region[each.key] }
    }
    """
    found = resources(
        {"main.tf": PROVIDERS + call, "m/main.tf": 'resource "cloud_bucket" "b" {}\n'}
    )
    for key, expected in (("paris", "eu-1"), ("ohio", "us-1")):
        binding = found[f'module.m["{key}"].cloud_bucket.b'].binding
        assert binding is not None
        value = binding.settings.read("region")[0].value
        assert isinstance(value, Known)
        assert value.value == expected
