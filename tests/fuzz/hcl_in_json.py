"""A text of HCL in Terraform's JSON syntax, which must be read the same."""

from __future__ import annotations

import json
import re

from tree_sitter import Node as HclNode

from tests.fuzz import hcl

STATIC = (
    "provider",
    "providers",
    "type",
    "depends_on",
    "ignore_changes",
    "to",
    "from",
    "configuration_aliases",
)
"""Arguments that hold names, not expressions: in JSON they are plain texts."""

LABELS = {
    "resource": 2,
    "data": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "locals": 0,
    "terraform": 0,
}
"""How many names follow the type of a block; with others it is no block, and its JSON would be another one."""


def in_json(raw: bytes) -> bytes | None:
    """A text of HCL in the JSON syntax; nothing where it uses what that lacks."""
    root = hcl.tree(raw)
    if root.has_error or b"sovlint:" in raw or b"<<" in raw:
        return None
    bodies = [each for each in root.named_children if each.type == "body"]
    if not all(_is_block(each) for body in bodies for each in body.named_children):
        return None
    try:
        return json.dumps(_body(bodies[0]), indent=1).encode() if bodies else None
    except _NotSoError:
        return None


def _is_block(node: HclNode) -> bool:
    heads = [
        each for each in node.named_children if each.type in ("identifier", "string_lit")
    ]
    in_one_line = all(each.start_point.row == node.start_point.row for each in heads)
    known = (
        node.type == "block"
        and LABELS.get(_shown(heads[0]), len(heads) - 1) == len(heads) - 1
    )
    return node.type == "comment" or (known and in_one_line)


class _NotSoError(Exception):
    """Something that the JSON syntax has no form for."""


def _body(body: HclNode) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in body.named_children:
        if each.type == "attribute":
            name, value = (child for child in each.named_children[:2])
            if _shown(name) in found:
                raise _NotSoError
            found[_shown(name)] = _value(_shown(name), value)
        elif each.type == "block":
            heads = [
                child
                for child in each.named_children
                if child.type in ("identifier", "string_lit")
            ]
            inner = [child for child in each.named_children if child.type == "body"]
            names = [_shown(head).strip('"') for head in heads]
            if any("\n" in name for name in names):
                raise _NotSoError
            _add(found, names, _body(inner[0]) if inner else {})
    return found


def _add(found: dict[str, object], heads: list[str], body: object) -> None:
    """A block under its type and its labels; those of the same name make a list."""
    place = found
    for head in heads[:-1]:
        inner = place.setdefault(head, {})
        if not isinstance(inner, dict):
            raise _NotSoError
        place = inner
    before = place.get(heads[-1])
    if before is None:
        place[heads[-1]] = body
    else:
        place[heads[-1]] = [*(before if isinstance(before, list) else [before]), body]


def _shown(node: HclNode) -> str:
    return (node.text or b"").decode()


LITERAL = re.compile(r'"(?:[^"\\$%]|\\[nt"\\])*"')


def _value(name: str, node: HclNode) -> object:
    text = _shown(node)
    if name in STATIC:
        return _names(text)
    if LITERAL.fullmatch(text):
        return json.loads(text)
    if text in ("true", "false", "null") or re.fullmatch(r"-?(?:0|[1-9]\d{0,9})", text):
        return json.loads(text)
    return "${" + text + "}"


def _names(text: str) -> object:
    stripped = text.strip()
    if stripped[:1] == "[":
        return [part.strip() for part in stripped[1:-1].split(",") if part.strip()]
    if stripped[:1] == "{":
        pairs = (
            part.partition("=") for part in re.split(r"[,\n]", stripped[1:-1]) if part.strip()
        )
        return {key.strip(): value.strip() for key, _, value in pairs}
    return stripped.strip('"')
