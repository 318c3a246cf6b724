"""The hash that Kustomize puts behind the names of generated config maps and secrets.

The rule, as its package ``api/hasher`` has it: kind and content as JSON with sorted keys, as Go writes it;
of its SHA-256 in hexadecimal the first ten digits, with those that could spell words replaced.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sovlint.documents.tree import Node, get, is_map, plain, text

_LENGTH = 10
_DIGITS = str.maketrans("013ae", "ghkmt")
_ESCAPED = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
"""Go writes these as escapes."""


def name_hash(node: Node) -> str:
    """The ten characters for a config map, a secret, or (by all of its content) another object."""
    kind = text(get(node, "kind"))
    content: Any
    if kind == "ConfigMap":
        content = {"kind": kind, **_content(node, "binaryData")}
    elif kind == "Secret":
        content = {
            "kind": kind,
            "type": text(get(node, "type")),
            **_content(node, "stringData"),
        }
    else:
        content = plain(node)
    return (
        hashlib.sha256(_json(content).encode("utf-8", "surrogatepass"))
        .hexdigest()[:_LENGTH]
        .translate(_DIGITS)
    )


def _content(node: Node, other: str) -> dict[str, Any]:
    data, more = get(node, "data"), get(node, other)
    content = {
        "name": "",
        "data": plain(data) if is_map(data) else text(data),
    }  # the name is always left empty
    return {**content, other: plain(more)} if is_map(more) else content


def _json(content: Any) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPED.items():
        written = written.replace(character, escape)
    return written
