"""The schemas by which inventories are read, as they ship."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sovlint.files.package_data import decoded


@cache
def schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema ``schemas/<name>.json``: of an inventory, or of what a service of CycloneDX may say."""
    return decoded(f"schemas/{name}.json", dict[str, Any])
