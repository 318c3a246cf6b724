"""Checks of what shows where a cluster is (``evidence.yaml``): whose it is, and patterns that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sovlint.documents import Path, closest


def problems(data: Mapping[str, Any], providers: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """What is wrong with one entry, and where in it."""
    for key in ("provider", "or", "among"):
        for name in [data[key]] if key == "provider" and key in data else data.get(key, ()):
            if name not in providers:
                yield (key,), f"`{name}` isn't among providers.{closest(name, list(providers))}"
    if sum(key in data for key in ("provider", "among")) > 1 or ("or" in data and "provider" not in data):
        yield (), "say `provider`, with `or` if need be, or `among`."
    region = "value" in data and "region" in re.compile(data["value"]).groupindex
    if not (
        region
        or any(data.get(key) for key in ("provider", "among", "inside", "elsewhere", "server"))
        or data.get("payload") is False
    ):
        yield (), "this shows nothing: no provider, no region, nothing of volumes."
    if data["seen"] == "annotation" and "on" not in data:
        yield (), "say on which kinds (`on`): elsewhere an annotation may mean nothing."
