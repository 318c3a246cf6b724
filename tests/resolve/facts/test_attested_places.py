"""An attestation of HDS counts where the place is known, and inside the area where alone HDS can be held."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import repository, scan

HOST = "health-data-on-certified-host"
ATTESTED = """
attestations:
  - claim: {qualification: hds}
    subject: {provider: %s}
    evidence: contract, annex 3
    owner: dpo
    issued: 2026-10-01
    expires: 2027-09-30
"""
SERVER = """
terraform {
  required_providers {
    hcloud = { source = "hetznercloud/hcloud" }
  }
}
variable "place" {}
provider "hcloud" {}
resource "hcloud_server" "s" {
  name     = "s"
  labels   = { data_class = "health" }
  location = %s
}
"""
BUCKET = """
provider "google" {}
resource "google_storage_bucket" "b" {
  name     = "b"
  labels   = { data_class = "health" }
  location = "%s"
}
"""


def verdict(folder: Path, provider: str, text: str) -> str:
    files = {"main.tf": text, "sovlint.yaml": ATTESTED % provider}
    found = scan(
        repository(folder, files), "--show", "compliant", "--policy-set", "sovereign-health"
    )["findings"]
    (finding,) = (
        each
        for each in found
        if each["policy"] == HOST and each["role"] in ("compute", "at-rest")
    )
    return str(finding["verdict"])


@pytest.mark.parametrize(
    ("location", "expected"),
    [('"fsn1"', "compliant"), ('"ash"', "violation"), ("var.place", "unproven")],
)
def test_a_provider_that_has_regions_outside(
    tmp_path: Path, location: str, expected: str
) -> None:
    assert verdict(tmp_path, "hetzner", SERVER % location) == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [("EU", "compliant"), ("EUR8", "violation"), ("US", "violation")],
)
def test_a_region_of_several_places(tmp_path: Path, location: str, expected: str) -> None:
    assert verdict(tmp_path, "google-cloud", BUCKET % location) == expected
