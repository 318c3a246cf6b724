"""Everything that says which services are in use: inventories that people write, and CycloneDX documents."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.frontends.saas import claims, cyclonedx_file, inventory_file
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading, joined_readings


def read(reader: Reader, options: ReadOptions) -> Reading:
    """Every service of both; an inventory that the configuration names may be either, and its head tells which."""
    named = frozenset(options.inventories)
    paths = list(claims.cyclonedx(reader, options))
    # Those that the configuration names come first: whatever isn't CycloneDX among them is an inventory.
    taken = set[str]()
    boms, claimed = cyclonedx_file.read(
        reader, options, [path for path in paths if path in named], taken
    )
    own = tuple(path for path in options.inventories if path not in claimed)
    written = inventory_file.read(reader, replace(options, inventories=own))
    taken.update(each.address for each in written.resources)
    found, _ = cyclonedx_file.read(
        reader, options, [path for path in paths if path not in named], taken
    )
    return joined_readings((written, boms, found))
