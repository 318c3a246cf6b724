"""Plain data of what is looked up without a scan: companies, places, inventories of the catalogue."""
