"""States of other roots, from end to end: what belongs to a resource there sits there, not with its namesake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import Json, repository, scan

KEPT = """
terraform {
  backend "azurerm" {
    storage_account_name = "acct"
    container_name       = "c"
    key                  = "%s"
  }
}
provider "azurerm" {
  features {}
}
resource "azurerm_mssql_server" "s" {
  name     = "srv"
  location = "%s"
}
"""
OUTPUTS = """
output "server" {
  value = azurerm_mssql_server.s.id
}
output "all" {
  value = azurerm_mssql_server.s
}
output "made" {
  value = "x-${azurerm_mssql_server.s.id}"
}
"""
READS = """
data "terraform_remote_state" "net" {
  backend = "azurerm"
  config = {
    storage_account_name = "acct"
    container_name       = "c"
    key                  = "net"
  }
}
resource "azurerm_mssql_database" "db" {
  name      = "db"
  server_id = %s
  tags      = { data_class = "health" }
}
"""


@pytest.mark.parametrize(
    ("server", "country"),
    [
        ("azurerm_mssql_server.s.id", "US"),
        ("data.terraform_remote_state.net.outputs.server", "FR"),
        ("data.terraform_remote_state.net.outputs.all.id", "FR"),
        ('data.terraform_remote_state.net.outputs["server"]', "FR"),
        ("data.terraform_remote_state.net.outputs.made", None),
        ("data.terraform_remote_state.net.outputs.absent", None),
    ],
)
def test_a_parent_in_another_root(tmp_path: Path, server: str, country: str | None) -> None:
    files = {
        "net/main.tf": KEPT % ("net", "francecentral") + OUTPUTS,
        "app/main.tf": KEPT % ("app", "westus") + READS % server,
    }
    findings = _findings(scan(repository(tmp_path, files), "--show", "compliant"))
    assert {each["placement"]["country"] for each in findings} == {country}
    wanted = {"FR": "compliant", "US": "violation", None: "unproven"}[country]
    assert {
        each["verdict"] for each in findings if each["policy"] == "health-data-in-eea"
    } == {wanted}
    if country == "FR":
        places = [(each["path"], each["line"]) for each in findings[0]["because"]]
        assert {("net/main.tf", 14), ("net/main.tf", 17)} & set(places), places
        assert ("app/main.tf", 17) in places, places  # the data block


def test_a_state_that_is_not_here_says_so(tmp_path: Path) -> None:
    files = {
        "app/main.tf": KEPT % ("app", "westus")
        + READS % "data.terraform_remote_state.net.outputs.server"
    }
    assert {
        each["placement"]["country"] for each in _findings(scan(repository(tmp_path, files)))
    } == {None}


def _findings(report: Json) -> list[Json]:
    found = [
        each for each in report["findings"] if each["address"] == "azurerm_mssql_database.db"
    ]
    return [each for each in found if each["role"] == "at-rest"]
