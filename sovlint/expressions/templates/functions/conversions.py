"""Numbers out of anything, as Sprig makes them, and what a value is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import is_unknown, text
from sovlint.expressions.templates.running import Execution, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Int64
from sovlint.expressions.templates.values_text import kind_name, type_name

_DECIMAL = re.compile(r"[-+]?\d+")
_ANY_BASE = re.compile(
    r"(?P<sign>[-+]?)(?:0[xX](?P<hex>(?:_?[0-9a-fA-F])+)|0[bB](?P<binary>(?:_?[01])+)"
    r"|0[oO]?(?P<octal>(?:_?[0-7])+)|(?P<decimal>0|[1-9](?:_?\d)*))"
)
_BASES = {"hex": 16, "binary": 2, "octal": 8, "decimal": 10}
_FLOAT = re.compile(
    r"[-+]?(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?"
    r"|[-+]?(?i:inf|infinity)|(?i:nan)"
)
_ZERO_DECIMALS = re.compile(r"\.0*\Z")
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_LONGEST = 400


def parsed_int(written: str) -> int | None:
    """A whole number as Go reads one in any base (``strconv.ParseInt(s, 0, 64)``); ``None`` if it isn't one."""
    if len(written) > _LONGEST:
        return None
    found = _ANY_BASE.fullmatch(written)
    if found is None:
        return None
    kind = found.lastgroup or "decimal"
    number = int(found[kind].replace("_", ""), _BASES[kind])
    number = -number if found["sign"] == "-" else number
    return number if _LOWEST <= number <= _HIGHEST else None


def parsed_float(written: str) -> float | None:
    """A number as ``strconv.ParseFloat`` reads it; ``None`` if it isn't one."""
    if len(written) > _LONGEST or not _FLOAT.fullmatch(written):
        return None
    return float(written)


def to_int(value: Any) -> int:
    """A whole number out of anything; 0 where there is none in it."""
    if isinstance(value, str):
        return parsed_int(_ZERO_DECIMALS.sub("", value)) or 0
    if isinstance(value, float):
        return int(value) if _LOWEST <= value <= _HIGHEST else _LOWEST
    return int(value) if isinstance(value, int) else 0


def to_float(value: Any) -> float:
    """A float64 out of anything; 0 where there is none in it."""
    if isinstance(value, str):
        return parsed_float(value) or 0.0
    return float(value) if isinstance(value, (int, float)) else 0.0


def _int(value: Any) -> int:
    return to_int(value)


def _int64(value: Any) -> Int64:
    return Int64(to_int(value))


def _atoi(value: Any) -> int:
    written = text(value)
    if len(written) > _LONGEST or not _DECIMAL.fullmatch(written):
        return 0
    return max(_LOWEST, min(_HIGHEST, int(written)))


def _kind_of(run: Execution, value: Any) -> Any:
    return _told(run, "kindOf", value, kind_name)


def _type_of(run: Execution, value: Any) -> Any:
    return _told(run, "typeOf", value, type_name)


def _told(run: Execution, name: str, value: Any, told: Callable[[Any], str]) -> Any:
    """A text is a text, whatever the part of it that isn't known; an open map is a map."""
    return run.unknown(name, value) if isinstance(value, TemplateHole) else told(value)


def _kind_is(run: Execution, target: Any, value: Any) -> Any:
    if is_unknown(target) or isinstance(value, TemplateHole):
        return run.unknown("kindIs", target, value)
    return bool(target == kind_name(value))


def _type_is(run: Execution, target: Any, value: Any) -> Any:
    if is_unknown(target) or isinstance(value, TemplateHole):
        return run.unknown("typeIs", target, value)
    return bool(target == type_name(value))


PLAIN: Mapping[str, Callable[..., Any]] = {
    "int": _int,
    "int64": _int64,
    "float64": to_float,
    "atoi": _atoi,
}
FUNCTIONS: Mapping[str, TemplateFunction] = {
    "kindOf": _kind_of,
    "kindIs": _kind_is,
    "typeOf": _type_of,
    "typeIs": _type_is,
}
