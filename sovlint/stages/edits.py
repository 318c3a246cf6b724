"""Two states of a file that governs a run -> what was and is in it, masked: by keys where it has some, else by lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from sovlint import documents
from sovlint.configuration.config_file import PYPROJECT
from sovlint.documents.syntaxes import toml
from sovlint.model.findings.own_rules import RuleDetail
from sovlint.model.redaction.redact import mask, mask_source

MOST: Final = 100
"""Differences of one file that are told."""
_DATA: Final = (".yaml", ".yml", ".json", ".toml")


class _Nothing:
    """What stands where a key isn't."""


_NOTHING: Final = _Nothing()


def edits(name: str, before: bytes | None, after: bytes | None) -> tuple[RuleDetail, ...] | None:
    """What differs; ``None`` where nothing does that means anything to sovlint."""
    found = tuple(_of_data(name, before, after) or islice(_of_lines(before, after), MOST))
    if not found and name.rpartition("/")[2] == PYPROJECT:
        return None
    return found


def _of_data(name: str, before: bytes | None, after: bytes | None) -> list[RuleDetail] | None:
    """What differs of what a file's keys say; ``None`` where that can't be told."""
    if not name.endswith(_DATA):
        return None
    try:
        return list(islice(_walked("", _data(name, before), _data(name, after)), MOST))
    except (documents.DocumentError, UnicodeDecodeError, RecursionError, ValueError):
        return None


def _data(name: str, data: bytes | None) -> Any:
    if data is None:
        return _NOTHING
    if name.endswith(".toml"):
        table = ("tool", "sovlint") if name.rpartition("/")[2] == PYPROJECT else ()
        found = toml.load_table(data.decode("utf-8-sig"), name, table)
        return _NOTHING if found is None else found.data
    loaded = [each.data for each in documents.load(data, name)]
    return loaded[0] if len(loaded) == 1 else loaded or _NOTHING


def _walked(at: str, before: Any, after: Any) -> Iterator[RuleDetail]:
    """Each key below which something differs, as deep as both have keys there."""
    if before == after and type(before) is type(after):
        return
    if isinstance(before, dict | _Nothing) and isinstance(after, dict | _Nothing):
        were = before if isinstance(before, dict) else {}
        are = after if isinstance(after, dict) else {}
        for key in sorted({*were, *are}):
            inner = f"{at}.{key}" if at else str(key)
            yield from _walked(inner, were.get(key, _NOTHING), are.get(key, _NOTHING))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(at, before, after)
    else:
        yield RuleDetail(mask(at), _shown(at, before), _shown(at, after))


def _of_lists(at: str, before: list[Any], after: list[Any]) -> Iterator[RuleDetail]:
    """What one list has and the other hasn't; where nothing is, another order."""
    were = Counter(map(_text, before))
    are = Counter(map(_text, after))
    gone, come = list((were - are).elements()), list((are - were).elements())
    if len(gone) == len(come) == 1:
        yield RuleDetail(mask(at), _masked(at, gone[0]), _masked(at, come[0]))
    elif gone or come:
        yield from (RuleDetail(mask(at), _masked(at, each), "") for each in gone)
        yield from (RuleDetail(mask(at), "", _masked(at, each)) for each in come)
    else:
        yield RuleDetail(mask(at), _shown(at, before), _shown(at, after))


def _shown(at: str, value: Any) -> str:
    return "" if value is _NOTHING else _masked(at, _text(value))


def _masked(at: str, text: str) -> str:
    """A value without secrets, also where only its key, or one above that, says that it is one."""
    for key in (at, at.rpartition(".")[2]):
        text = _beside(key, text)
    return text


def _beside(key: str, text: str) -> str:
    """A value without secrets, as it stands beside a key."""
    told = mask(f"{key}={text}")
    return told.removeprefix(f"{key}=") if told.startswith(f"{key}=") else mask(text)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _of_lines(before: bytes | None, after: bytes | None) -> Iterator[RuleDetail]:
    """Lines that one has and the other hasn't."""
    were, are = (Counter(_lines(data)) for data in (before, after))
    yield from (RuleDetail("-", line, "") for line in (were - are).elements())
    yield from (RuleDetail("+", "", line) for line in (are - were).elements())


def _lines(data: bytes | None) -> list[str]:
    text = mask_source((data or b"").decode(errors="replace"))
    return [line.strip() for line in text.splitlines() if line.strip()]
