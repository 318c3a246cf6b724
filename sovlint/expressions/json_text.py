"""JSON as Terraform writes it: keys in order, numbers without exponents, what HTML minds as escapes (Go's
``encoding/json``)."""

from __future__ import annotations

import json

from sovlint.expressions.numerals import written

_ESCAPED = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


def encoded(data: object) -> str:
    """Plain data as JSON."""
    if isinstance(data, dict):
        return "{" + ",".join(f"{encoded(str(key))}:{encoded(data[key])}" for key in sorted(data)) + "}"
    if isinstance(data, list):
        return "[" + ",".join(map(encoded, data)) + "]"
    if isinstance(data, float):
        return written(data)
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
