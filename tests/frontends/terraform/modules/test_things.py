"""Attributes of resources and data sources: what was asked for, and what null leaves to the provider."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.value import Known, Reason, Unknown, Value
from tests.frontends.memory import MemoryReader
from tests.frontends.terraform.house import HINTS

BLOCKS = """
provider "cloud" {
  region = "north"
}
provider "cloud" {
  alias  = "s"
  region = "south"
}
provider "cloud" {
  alias  = "open"
  region = null
}
variable "unset" {}
variable "none" {
  default = null
}
"""


def region(blocks: str, reference: str) -> Value:
    """The region of a resource whose argument is ``reference``."""
    bucket = f'resource "cloud_bucket" "b" {{\n  region = {reference}\n}}\n'
    hints = replace(
        HINTS, settings_of={"cloud_region": dict.fromkeys(("name", "region", "id"), "region")}
    )
    reading = front_end.read(
        MemoryReader({"main.tf": BLOCKS + blocks + bucket}), ReadOptions(), hints
    )
    (found,) = (
        resource for resource in reading.resources if resource.address == "cloud_bucket.b"
    )
    return found.attributes.read("region")[0].value


@pytest.mark.parametrize("attribute", ["name", "region", "id"])
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", "north"),
        ('name = "south"', "south"),
        ('region = "south"', "south"),
        ('endpoint = null\n  name = "south"', "south"),
        ("provider = cloud.s", "south"),
        ("provider = cloud.s\n  region = null", "south"),
        ("provider = cloud.s\n  name = var.none", "south"),
        ('provider = cloud.s\n  name = var.unset ? "south" : null', "south"),
        ('endpoint = "south.example"', Reason.COMPUTED_AT_APPLY),
        ("provider = cloud.open", Reason.COMPUTED_AT_APPLY),
        ("name = var.unset", Reason.UNSET_VARIABLE),
    ],
)
def test_what_a_data_source_is_asked_for_decides_which_region_it_tells(
    arguments: str, expected: str | Reason, attribute: str
) -> None:
    found = region(
        f'data "cloud_region" "d" {{\n  {arguments}\n}}\n', f"data.cloud_region.d.{attribute}"
    )
    assert (found.value if isinstance(found, Known) else found.reason) == expected


def test_a_data_source_asked_for_two_things_tells_neither_for_certain() -> None:
    asked = 'data "cloud_region" "d" {\n  name = "north"\n  region = "south"\n}\n'
    assert isinstance(region(asked, "data.cloud_region.d.id"), Unknown)


@pytest.mark.parametrize(
    "written",
    ["null", "var.none", 'var.unset ? "north" : null', 'var.unset ? null : "north"'],
)
@pytest.mark.parametrize(
    "reference", ["cloud_bucket.a.region", 'coalesce(cloud_bucket.a.region, "north")']
)
def test_an_argument_that_is_null_may_be_filled_in_by_the_provider(
    written: str, reference: str
) -> None:
    other = (
        f'resource "cloud_bucket" "a" {{\n  provider = cloud.s\n  region = {written}\n}}\n'
    )
    found = region(other, reference)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.COMPUTED_AT_APPLY
    assert not found.among
