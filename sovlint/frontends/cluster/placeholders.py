"""Texts that name parameters: how they do, and what is put in for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sovlint.documents import Path
from sovlint.documents.paths import data_at, paths_to
from sovlint.documents.scalars import scalar_text
from sovlint.rules.keys import path_parts

_NAME: Final = r"\s*([\w.-]+?)\s*"

Given = Mapping[str, str]


def entries(data: Any, path: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Parameters by name, those with a value that is a text."""
    for at in paths_to(data, path_parts(path)):
        entry = data_at(data, at)
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            continue
        text = next((each for key in values if (each := scalar_text(entry.get(key)))), "")
        if text:
            yield entry["name"], text


def opened(written: str) -> str:
    """What stands for a parameter that nothing here gives a value: it is still to be filled in."""
    return f"{{{{{written.strip('$(){} ')}}}}}"


@cache
def pattern(written: tuple[str, ...]) -> re.Pattern[str]:
    """Finds where texts name a parameter; the name is the group that is there."""
    texts = (_NAME.join(map(re.escape, each.split("{}"))) for each in written)
    return re.compile("|".join(each.replace(r"\{\{", r"\{\{\s*") for each in texts))


def replaced(data: Any, named: re.Pattern[str], values: Given, all_open: bool) -> Any:
    """Data with parameters put in; the same object where none is named. ``all_open``: those without a value are marked
    as still to be filled in."""
    if isinstance(data, str):

        def put(met: re.Match[str]) -> str:
            name = next(filter(None, met.groups()))
            return values.get(name, opened(met[0]) if all_open else met[0])

        return named.sub(put, data)
    if isinstance(data, dict):
        made = {key: replaced(each, named, values, all_open) for key, each in data.items()}
        return made if any(made[key] is not data[key] for key in data) else data
    if isinstance(data, list):
        items = [replaced(each, named, values, all_open) for each in data]
        same = all(one is other for one, other in zip(items, data, strict=True))
        return data if same else items
    return data


def with_part(data: Any, at: Path, part: Any) -> Any:
    """Data with something else at a path that is there; all else is shared with what it was."""
    if not at:
        return part
    inner = data[at[0]]
    copy = data.copy()
    copy[at[0]] = with_part(inner, at[1:], part)
    return copy
