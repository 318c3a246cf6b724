"""How a comparison reads, as text and as JSON; and samples of types for somebody else to read again."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import yaml

from published.compare import OPEN_PERCENT, Comparison
from published.plugin import Plugin
from published.schema import Schema

SHOWN = 40
"""How many names of a list the text has."""


def text(found: Comparison, plugin: Plugin) -> str:
    """The numbers, and everything that is to be put right."""
    return "\n".join(_lines(found, plugin)) + "\n"


def _lines(found: Comparison, plugin: Plugin) -> Iterator[str]:
    version = f", version {found.version}" if found.version else ""
    yield f"{found.plugin}: {found.published} types published ({found.origin}{version})"
    yield (
        f"  data {len(found.data)}, config {len(found.config)}, undecided {len(found.undecided)}, "
        f"not listed {len(found.unlisted)}: {found.open_percent:.1f} % open (at most {OPEN_PERCENT:.0f} %); "
        f"retired {found.retired}"
    )
    stated = plugin.published.get("version")
    if found.version and stated != found.version:
        yield f"  `published` says version {stated or 'nothing'}; this is {found.version}."
    yield from _names("not listed", found.unlisted)
    yield from _names("undecided", found.undecided)
    yield from _names("in the file, not in the schema, not `retired`", found.unknown)
    yield from _names("`retired`, but in the schema", found.returned)
    yield from _names("nothing can say where it is", found.placeless)
    for wrong in found.wrong:
        yield f"  wrong path: {wrong.type or 'no type has it'}, {wrong.key}: {wrong.path}"
    yield f"  {'sound' if found.sound else 'NOT SOUND'}"


def _names(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = (
            f" and {len(names) - SHOWN} more (--json has all)" if len(names) > SHOWN else ""
        )
        yield f"  {title} ({len(names)}): {', '.join(names[:SHOWN])}{more}"


def as_json(found: Comparison) -> str:
    """Everything, all names included."""
    return (
        json.dumps(
            {**asdict(found), "published": found.published, "sound": found.sound}, indent=1
        )
        + "\n"
    )


def sample(plugin: Plugin, schema: Schema, count: int, seed: int) -> str:
    """``count`` published types drawn with a seed, each with what the file says of it: the same ones every time."""
    names = sorted(schema.types)
    drawn = sorted(random.Random(seed).sample(names, min(count, len(names))))
    return "".join(f"{name}: {_said(plugin, name)}\n" for name in drawn)


def _said(plugin: Plugin, name: str) -> str:
    if not plugin.entry(name):
        return plugin.decided(name) or "not listed"
    written = yaml.safe_dump(
        plugin.entry(name), default_flow_style=True, sort_keys=False, width=10_000
    )
    return written.strip()
