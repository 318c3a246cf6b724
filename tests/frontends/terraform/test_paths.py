"""Paths of files are relative to the root, whichever module they are written in: that is where Terraform is run."""

from __future__ import annotations

from sovlint.model.value import Known
from tests.frontends.terraform.house import resources

FILES: dict[str, str | bytes | None] = {
    "envs/prod/main.tf": """
        provider "cloud" {}
        module "store" {
          source = "../../modules/store"
          folder = "${path.module}/data"
        }
    """,
    "envs/prod/data/region.txt": "eu-west-3",
    "envs/prod/region.txt": "eu-south-1",
    "modules/store/data/region.txt": "us-east-1",
    "modules/store/region.txt": "eu-central-1",
    "modules/store/main.tf": """
        variable "folder" {}
        resource "cloud_bucket" "given" {
          region = file("${var.folder}/region.txt")
        }
        resource "cloud_bucket" "own" {
          region = file("${path.module}/region.txt")
        }
        resource "cloud_bucket" "bare" {
          region = file("region.txt")
        }
        resource "cloud_bucket" "root" {
          region = file("${path.root}/region.txt")
        }
        resource "cloud_bucket" "path" {
          region = path.module
        }
    """,
}


def test_a_path_means_the_same_in_every_module() -> None:
    found = {}
    for address, resource in resources(FILES).items():
        (region,) = resource.attributes.read("region")
        assert isinstance(region.value, Known), address
        found[address.rpartition(".")[2]] = region.value.value
    assert found == {
        "given": "eu-west-3",
        "own": "eu-central-1",
        "bare": "eu-south-1",
        "root": "eu-south-1",
        "path": "../../modules/store",
    }
