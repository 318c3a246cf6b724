"""Reads what ``terraform providers schema -json`` prints (format version 1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from published.schema import ANY, Schema, SchemaError, below, has

Data = Mapping[str, Any]


def read(path: Path, prefixes: tuple[str, ...]) -> Schema:
    """The schema of the plug-in whose types start with one of ``prefixes``.

    Raises ``SchemaError`` where the file isn't such output, or has no such plug-in.
    """
    try:
        plugins = json.loads(path.read_text(encoding="utf-8"))["provider_schemas"]
    except (ValueError, KeyError, TypeError):
        raise SchemaError(
            f"{path}: not the output of `terraform providers schema -json`."
        ) from None
    for address, data in plugins.items():
        types = data.get("resource_schemas", {})
        if any(name.partition("_")[0] in prefixes for name in types):
            found = {name: frozenset(_block(entry["block"])) for name, entry in types.items()}
            settings = frozenset(_block(data.get("provider", {}).get("block", {})))
            every = {
                name: frozenset(_block(entry["block"], written=False))
                for name, entry in types.items()
            }
            exports = partial(_exports, every)
            return Schema(f"{path.name}, {address}", None, found, settings, exports)
    raise SchemaError(f"{path}: no plug-in with types that start with {', '.join(prefixes)}.")


def _exports(every: Mapping[str, frozenset[str]], name: str, path: str) -> bool:
    return has(every[name], path)


def _block(block: Data, written: bool = True) -> Iterator[str]:
    """Paths below a block: of what can be ``written``, or of all that it has."""
    for name, data in block.get("attributes", {}).items():
        if (
            written
            and data.get("computed")
            and not (data.get("optional") or data.get("required"))
        ):
            continue  # nobody can write it
        inner = data.get("nested_type")
        yield from below(name, _block(inner, written) if inner else _type(data.get("type")))
    for name, data in block.get("block_types", {}).items():
        yield from below(name, _block(data["block"], written))


def _type(written: Any) -> Iterator[str]:
    """What stands below a value of a type as Terraform writes it: ``["list", ["object", {...}]]``."""
    if written == "dynamic":
        yield ANY
    elif isinstance(written, list):
        match written[0]:
            case "object":
                for name, inner in written[1].items():
                    yield from below(name, _type(inner))
            case "map":
                yield ANY
            case "list" | "set":
                yield from _type(written[1])
