"""YAML and JSON as Helm reads them in a template: every number is a float64."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sovlint.documents.errors import DocumentError
from sovlint.documents.go_scalars import go_scalar
from sovlint.documents.loading import load
from sovlint.documents.tree import Node, from_document
from sovlint.expressions.templates.functions.texts.partial import HOLE
from sovlint.expressions.templates.limits import STEP
from sovlint.expressions.templates.running import Execution
from sovlint.expressions.templates.text import TemplateHole, is_hole
from sovlint.expressions.templates.values import List, Map
from sovlint.expressions.templates.values_text import float_text, scalar_text
from sovlint.model.source import Span

MAX_DEPTH = 100


class UnreadableTextError(Exception):
    """A text that isn't YAML or JSON, with what is wrong."""


def from_yaml(run: Execution, written: str) -> Any:
    """The first document of a YAML text. Raises ``UnreadableTextError``."""
    return as_values(run, _first_document(str(written)))


@lru_cache(maxsize=64)
def _first_document(written: str) -> Any:
    """The data of a text's first document, which nobody changes: templates read the same again in each execution."""
    try:
        document = next(iter(load(written, "", read=go_scalar)), None)
    except DocumentError as error:
        line = f"line {error.line - 1}: " if error.line > 1 else ""
        raise UnreadableTextError(
            f"error converting YAML to JSON: yaml: {line}{error}"
        ) from None
    if document is None:
        return None
    if _keys_read_otherwise(document.data):
        return _renamed(from_document(document), written.splitlines())
    return document.data


def _keys_read_otherwise(data: Any) -> bool:
    """Whether a key would be something else than a text where it isn't quoted."""
    if isinstance(data, Mapping):
        return any(
            _as_read(key) != key or _keys_read_otherwise(item) for key, item in data.items()
        )
    return isinstance(data, (list, tuple)) and any(map(_keys_read_otherwise, data))


def _as_read(key: str) -> str:
    read = go_scalar(key)
    return key if isinstance(read, str) or read is None else _key(read)


def _renamed(node: Node, lines: list[str]) -> Any:
    """The same data with the keys that JSON gets: ``true`` for ``yes``."""
    value = node.value
    if isinstance(value, dict):
        return {
            key if _is_quoted(child.where, lines) else _as_read(key): _renamed(child, lines)
            for key, child in value.items()
        }
    return [_renamed(child, lines) for child in value] if isinstance(value, list) else value


def _is_quoted(where: Span, lines: list[str]) -> bool:
    line = lines[where.line - 1] if where.line <= len(lines) else ""
    return line[where.column - 1 : where.column] in ("'", '"')


def from_json(run: Execution, written: str) -> Any:
    """A JSON text. Raises ``UnreadableTextError``."""
    try:
        return as_values(run, json.loads(written))
    except json.JSONDecodeError as error:
        raise UnreadableTextError(_wrong_json(written, error.pos)) from None
    except (ValueError, RecursionError):
        raise UnreadableTextError("exceeded max depth") from None


def _wrong_json(written: str, at: int) -> str:
    if at >= len(written.rstrip()):
        return "unexpected end of JSON input"
    return f"invalid character '{written[at]}' looking for beginning of value"


def as_values(run: Execution, data: Any, depth: int = 0) -> Any:
    """Plain data as values: maps and lists of ours, floats, and holes for texts that are nothing but one."""
    run.afford(STEP)
    if depth > MAX_DEPTH:
        raise UnreadableTextError("exceeded max depth")
    if isinstance(data, Mapping):
        return Map({_key(key): as_values(run, item, depth + 1) for key, item in data.items()})
    if isinstance(data, (list, tuple)):
        return List(as_values(run, item, depth + 1) for item in data)
    if isinstance(data, str) and len(data) == 1 and is_hole(data):
        return run.holes.hole(data)
    if isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    return data


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    return float_text(key) if isinstance(key, float) else scalar_text(key)


def holes_are_values(written: str, value: Any) -> bool:
    """Whether each hole of a text stands in a value, and not in a key or alone on a line."""
    return len(HOLE.findall(written)) == _holes_in(value)


def _holes_in(value: Any) -> int:
    if isinstance(value, TemplateHole):
        return 1
    if isinstance(value, str):
        return len(HOLE.findall(value))
    if isinstance(value, Mapping):
        return sum(map(_holes_in, value.values()))
    return sum(map(_holes_in, value)) if isinstance(value, list) else 0
