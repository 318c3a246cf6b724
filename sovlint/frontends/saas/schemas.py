"""The schemas by which inventories are read, as they ship."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema ``schemas/<name>.json``: of an inventory, or of what a service of CycloneDX may say."""
    text = files("sovlint").joinpath(f"schemas/{name}.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded
