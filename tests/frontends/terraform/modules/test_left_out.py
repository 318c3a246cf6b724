"""What a default leaves out may be there all the same: whoever applies a root may give another value."""

from __future__ import annotations

import pytest

from sovlint.model.inputs import ReadOptions, RootOption
from sovlint.model.value import Reason, Unknown
from tests.frontends.terraform.house import resources

ROOT = """
variable "export" { default = false }
variable "names" { default = [] }
provider "cloud" { region = "us-east-1" }
"""
BUCKET = """
resource "cloud_bucket" "export" {
  count = var.export ? 1 : 0
  tags  = { data_class = "health" }
}
"""
COPIES = """
variable "on" { default = false }
resource "cloud_bucket" "copy" {
  count = var.on ? 1 : 0
  tags  = { data_class = "health" }
}
resource "cloud_bucket" "plain" { count = var.on ? 1 : 0 }
"""


def read(text: str, options: ReadOptions | None = None, **more: str) -> list[str]:
    """The addresses of what may be there."""
    files: dict[str, str | bytes | None] = {"main.tf": ROOT + text, **more}
    found = resources(files, options)
    return [address for address, each in found.items() if each.is_left_out]


def test_a_labelled_bucket_that_only_a_default_leaves_out_may_be_there() -> None:
    found = resources({"main.tf": ROOT + BUCKET})["cloud_bucket.export[0]"]
    assert isinstance(found.exists, Unknown)
    assert found.exists.reason is Reason.UNSET_VARIABLE
    assert found.exists.detail == "var.export"


@pytest.mark.parametrize(
    "repeated",
    [
        "for_each = toset(var.names)",
        "for_each = { for each in var.names : each => 1 }",
        "count = length(var.names)",
        "count = local.count",
    ],
)
def test_whichever_way_it_is_repeated(repeated: str) -> None:
    said = BUCKET.replace("count = var.export ? 1 : 0", repeated)
    assert len(read(said + "locals { count = var.export ? 1 : 0 }\n")) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("var.export ? 1 : 0", "0"),  # nobody overrides what is written
        ("data_class", "owner"),  # no class
    ],
)
def test_what_is_not_asked(old: str, new: str) -> None:
    assert read(BUCKET.replace(old, new)) == []


def test_a_value_that_is_given_is_no_default() -> None:
    given: dict[str, str | bytes | None] = {"terraform.tfvars": "export = false"}
    assert resources({"main.tf": ROOT + BUCKET, **given}) == {}
    assert read(BUCKET, ReadOptions(variables={"export": "false"})) == []
    there = resources({"main.tf": ROOT + BUCKET}, ReadOptions(variables={"export": "true"}))
    assert not there["cloud_bucket.export[0]"].is_left_out


def test_where_somebody_says_with_which_values_it_is_read_its_defaults_count() -> None:
    said = RootOption(lambda path: True, variants=("envs/*.tfvars",))
    given = {"envs/prod.tfvars": "names = []"}
    assert read(BUCKET, ReadOptions(roots=(said,)), **given) == []


def test_a_module_that_only_a_default_leaves_out_is_looked_into() -> None:
    call = 'module "a" {\n  source = "./m"\n  on = true\n  count = var.export ? 1 : 0\n}\n'
    assert read(call, **{"m/main.tf": COPIES}) == ["module.a[0].cloud_bucket.copy[0]"]
    passed = 'module "a" {\n  source = "./m"\n  on = var.export\n}\n'
    assert read(passed, **{"m/main.tf": COPIES}) == ["module.a.cloud_bucket.copy[0]"]


def test_a_default_of_the_called_module_is_overridden_by_its_call_alone() -> None:
    assert read('module "a" { source = "./m" }\n', **{"m/main.tf": COPIES}) == []


def test_a_call_of_a_module_that_is_not_here_may_be_there_where_it_declares_a_class() -> None:
    call = (
        'module "a" {\n  source = "git::https://a.example/m"\n  count = var.export ? 1 : 0\n'
    )
    assert read(call + 'tags = { data_class = "health" }\n}\n') == ["module.a[0]"]
    assert read(call + "}\n") == []


def test_other_expressions_see_what_is_there() -> None:
    """Its length stays what the default makes it."""
    beside = 'resource "cloud_bucket" "other" { count = length(cloud_bucket.export) }\n'
    assert read(BUCKET + beside) == ["cloud_bucket.export[0]"]
