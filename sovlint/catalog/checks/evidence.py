"""Checks of what shows where a cluster is (``evidence.yaml``): whose it is, and patterns that can be read."""

from __future__ import annotations

import re

from sovlint.catalog.checks.written import Faults
from sovlint.catalog.compiling.written_data import Data


def evidence(_: str, data: Data, _parts: Data) -> Faults:
    """What is wrong with one entry, and where in it."""
    if sum(key in data for key in ("provider", "among")) > 1 or (
        "or" in data and "provider" not in data
    ):
        yield (), "say `provider`, with `or` if need be, or `among`."
    region = "value" in data and "region" in re.compile(data["value"]).groupindex
    if not (
        region
        or any(
            data.get(key)
            for key in ("provider", "among", "inside", "elsewhere", "server", "machine")
        )
        or data.get("payload") is False
    ):
        yield (), "this shows nothing: no provider, no region, nothing of volumes."
    if data["seen"] in ("annotation", "field") and "on" not in data:
        yield (), "say on which kinds (`on`): elsewhere it may mean nothing."
    if data["seen"] != "field" and any("*" in name[:-1] for name in data.get("names", ())):
        yield ("names",), "`*` stands at the end of a name, where it is no path of a field."
    if data["seen"] == "field" and "value" not in data:
        yield (), "say which values (`value`): that a field is there shows nothing."
