"""What keeps data in several regions: what lies in it is in any of them, wherever it is managed from."""

from __future__ import annotations

import pytest

from tests.resolve.house import resolved, shown

ACCOUNT = """
provider "azurerm" {{
  features {{}}
}}
resource "azurerm_cosmosdb_account" "a" {{
  name     = "a"
  location = "westeurope"
  {regions}
}}
resource "azurerm_cosmosdb_sql_database" "d" {{
  name         = "d"
  account_name = azurerm_cosmosdb_account.a.name
}}
"""


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        (["eastus"], "eastus"),
        (["westeurope"], "westeurope"),
        (["francecentral", "eastus"], {"francecentral", "eastus"}),
    ],
    ids=["elsewhere", "the same", "several"],
)
def test_a_database_is_where_its_account_keeps_data(
    regions: list[str], expected: str
) -> None:
    text = "\n  ".join(f'geo_location {{\n    location = "{each}"\n  }}' for each in regions)
    found = resolved(ACCOUNT.format(regions=text))[0]
    at_rest = [
        shown(each.region)
        for each in found["azurerm_cosmosdb_account.a"].placements
        if shown(each.role) == "at-rest"
    ]
    assert at_rest == regions
    (inside,) = found["azurerm_cosmosdb_sql_database.d"].placements
    assert shown(inside.region) == expected
