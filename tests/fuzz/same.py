"""The same repository, written otherwise: whoever reads it must find the same."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable
from posixpath import basename, dirname, join

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from tests.fuzz import hcl, trees
from tests.fuzz.hcl_in_json import in_json
from tests.fuzz.seeds import Files

Way = Callable[[random.Random, str, bytes], bytes | None]
"""A file's name and text into the text written otherwise; nothing where it can't be."""


def otherwise(dice: random.Random, files: Files) -> Files:
    """The same files, written in other ways."""
    found = dict(files)
    for name in sorted(found):
        for way in dice.sample(WAYS, k=dice.choice((1, 1, 2, 3))):
            changed = way(dice, name, found[name])
            found[name] = found[name] if changed is None else changed
    if dice.random() < 0.3:
        found = _shuffled(dice, found)
    if dice.random() < 0.3:
        found = _called_otherwise(dice, found)
    return found


# --- YAML and JSON


def _documents(name: str, raw: bytes) -> list[Node] | None:
    """The documents of a file that nothing but data is in: no ignore comment, no template, no key twice."""
    if (
        not name.endswith((".yaml", ".yml", ".json"))
        or b"sovlint:" in raw
        or b"{{" in raw
        or b"\r" in raw
    ):
        return None
    documents = trees.parse(raw)
    if documents is None or not _is_plain(documents):
        return None
    return documents


def _is_plain(documents: list[Node]) -> bool:
    nodes = [*documents, *map(trees.at, trees.places(documents))]
    mappings = [each for each in nodes if isinstance(each, MappingNode)]
    keys = [[getattr(key, "value", "") for key, _ in each.value] for each in mappings]
    plain = all(isinstance(key, ScalarNode) for each in mappings for key, _ in each.value)
    return plain and all(len(set(map(str, each))) == len(each) for each in keys)


def _rewritten(change: Callable[[random.Random, list[Node]], list[Node] | None]) -> Way:
    def way(dice: random.Random, name: str, raw: bytes) -> bytes | None:
        documents = _documents(name, raw)
        if documents is None or trees.is_json(raw) or name.endswith(".json"):
            return None
        changed = change(dice, documents)
        return None if changed is None else trees.write(changed, as_json=False)

    return way


def _all(documents: list[Node]) -> list[Node]:
    return [*documents, *map(trees.at, trees.places(documents))]


def _flow(dice: random.Random, documents: list[Node]) -> list[Node]:
    style = dice.random() < 0.5
    for node in _all(documents):
        if isinstance(node, CollectionNode):
            node.flow_style = style
        elif isinstance(node, ScalarNode) and node.style in ("|", ">") and style:
            node.style = '"'
    return documents


def _quotes(dice: random.Random, documents: list[Node]) -> list[Node]:
    style = dice.choice(("'", '"', None))
    for node in _all(documents):
        if isinstance(node, ScalarNode) and node.tag == trees.STR and "\n" not in node.value:
            node.style = style
    return documents


def _keys(dice: random.Random, documents: list[Node]) -> list[Node]:
    for node in _all(documents):
        if isinstance(node, MappingNode) and not _is_ordered(node):
            dice.shuffle(node.value)
    return documents


def _is_ordered(node: MappingNode) -> bool:
    """Whether the order of keys means something: where keys are merged, a later one may win over them."""
    return any(key.value == "<<" for key, _ in node.value)


def _expanded(dice: random.Random, documents: list[Node]) -> list[Node] | None:
    try:
        return [_copied(each, 0) for each in documents]
    except RecursionError:
        return None


def _copied(node: Node, depth: int) -> Node:
    if depth > 100:
        raise RecursionError
    found = copy.copy(node)
    match node:
        case MappingNode():
            found.value = [
                (_copied(k, depth + 1), _copied(v, depth + 1)) for k, v in node.value
            ]
        case SequenceNode():
            found.value = [_copied(each, depth + 1) for each in node.value]
    return found


def _order(dice: random.Random, documents: list[Node]) -> list[Node] | None:
    """Manifests in another order; elsewhere a later document may win over an earlier one."""
    if not all(isinstance(each, MappingNode) for each in documents):
        return None
    if not all(
        {"apiVersion", "kind"} <= {key.value for key, _ in each.value} for each in documents
    ):
        return None
    dice.shuffle(documents)
    return documents


def _anchored(dice: random.Random, documents: list[Node]) -> list[Node]:
    """What stands twice in a document stands there once, under an anchor."""
    for document in documents:
        met: dict[str, Node] = {}
        for place in trees.places([document]):
            node = trees.at(place)
            if place[2] == 1 and not _is_short(node):
                trees.put(place, met.setdefault(yaml.serialize(node), node))
    return documents


def _is_short(node: Node) -> bool:
    return not node.value or (isinstance(node, ScalarNode) and len(node.value) < 3)


CORE = {f"tag:yaml.org,2002:{each}" for each in ("str", "int", "null", "bool", "map", "seq")}


def _in_json(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    """One document of YAML as JSON, which is YAML too."""
    documents = _documents(name, raw)
    if documents is None or len(documents) != 1 or trees.is_json(raw):
        return None
    if not {each.tag for each in _all(documents)} <= CORE:
        return None
    try:
        data = yaml.load(raw, Loader=yaml.CSafeLoader)
        text = json.dumps(
            data, indent=dice.choice((None, 1, 2)), ensure_ascii=dice.random() < 0.5
        )
    except (TypeError, ValueError, yaml.YAMLError):
        return None
    return text.encode()


def _json_spaces(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    if not name.endswith((".json", ".tfstate")) or b"//" in raw or b"/*" in raw:
        return None
    try:
        data = json.loads(raw)
    except ValueError:
        return None
    return json.dumps(
        data, indent=dice.choice((None, 3)), ensure_ascii=dice.random() < 0.5
    ).encode()


# --- HCL


def _blocks(raw: bytes) -> list[bytes] | None:
    """What stands on the first level of a text without errors, each with the comment right above it."""
    root = hcl.tree(raw)
    if root.has_error or b"sovlint:" in raw or not root.named_children:
        return None
    inner = [each for each in root.named_children if each.type == "body"]
    nodes = inner[0].named_children if inner else []
    return [bytes(each.text or b"") for each in nodes if each.type in ("block", "attribute")]


def _is_hcl(name: str) -> bool:
    return name.endswith((".tf", ".tofu"))


def _hcl_order(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    blocks = _blocks(raw) if _is_hcl(name) else None
    if not blocks:
        return None
    dice.shuffle(blocks)
    between = dice.choice(
        (b"\n", b"\n\n\n", b"\n# a remark\n", b"\n/* a\n remark */\n", b"\n// a remark\n")
    )
    return between.join(blocks) + b"\n"


def _hcl_attributes(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    """A remark after each attribute that ends its line."""
    if (
        not name.endswith((".tf", ".tofu", ".hcl", ".tfvars"))
        or _blocks(raw) is None
        or b"<<" in raw
    ):
        return None
    remark = dice.choice((b" # x", b" // x", b" /* x */", b"   "))
    for node in reversed(
        [each for each in hcl.walk(hcl.tree(raw)) if each.type == "attribute"]
    ):
        if raw[node.end_byte : node.end_byte + 1] == b"\n":
            raw = raw[: node.end_byte] + remark + raw[node.end_byte :]
    return raw


# --- any text


WHOLE = (".sh", ".txt")
"""Files of which every byte counts: the system runs them, or an attestation has their digest."""


def _line_ends(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    if b"\r" in raw or b"<<" in raw or b"\\\n" in raw or name.endswith(WHOLE):
        return None
    return raw.replace(b"\n", b"\r\n")


def _mark(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    """A byte order mark, which editors put first."""
    return None if raw[:1] >= b"\x80" or name.endswith(WHOLE) else b"\xef\xbb\xbf" + raw


HASHED = (
    ".tf",
    ".tfvars",
    ".hcl",
    ".yaml",
    ".yml",
    ".properties",
    ".ini",
    ".toml",
    ".conf",
    ".sh",
)


def _remarks(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    if trees.is_json(raw) and not name.endswith((".yaml", ".yml")):
        return None
    if not name.endswith(HASHED) and not basename(name).startswith(".env"):
        return None
    remark = dice.choice((b"\n", b"# a remark: with = marks\n", b"#\n\n"))
    end = b"" if raw.endswith(b"\n") else b"\n"
    return (
        (
            remark + raw
            if raw[:2] != b"#!" and raw[:3] not in (b"\xef\xbb\xbf", b"%YA")
            else raw
        )
        + end
        + remark
    )


ASSIGNED = re.compile(rb"(?:export )?(\w+)=([\w./:@-]+)")


def _assignments(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    """Assignments of a file of variables, in quotes or exported."""
    if not basename(name).startswith(".env") or basename(name) == ".envrc":
        return None
    form = dice.choice(
        (rb'\1="\2"', rb"\1='\2'", rb"export \1=\2", rb"\1=\2  # a remark", rb"  \1=\2")
    )
    lines = (
        ASSIGNED.sub(form, line) if ASSIGNED.fullmatch(line) else line
        for line in raw.split(b"\n")
    )
    return b"\n".join(lines)


def _properties(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    if not name.endswith(".properties"):
        return None
    form = dice.choice((rb"\1=\2", rb"\1: \2", rb"\1 \2", rb"  \1 = \2"))
    return re.sub(rb"(?m)^([\w.-]+) *[=:] *(\w[^\n\\]*)$", form, raw)


OF_NODES = (_flow, _quotes, _keys, _expanded, _order, _anchored)
WAYS: tuple[Way, ...] = (
    *map(_rewritten, OF_NODES), _assignments, _properties, _in_json, _json_spaces, _hcl_order, _hcl_attributes,
    _line_ends, _mark, _remarks,
)  # fmt: skip


# --- files


def _shuffled(dice: random.Random, files: Files) -> Files:
    """In another order, and HCL in the JSON syntax."""
    names = sorted(files)
    dice.shuffle(names)
    found: Files = {}
    for name in names:
        changed = in_json(files[name]) if _is_hcl(name) and "override" not in name else None
        if changed is None or f"{name}.json" in files:
            found[name] = files[name]
        else:
            found[f"{name}.json"] = changed
    return found


def _called_otherwise(dice: random.Random, files: Files) -> Files:
    """Files with other names, where nothing says their names and any name will do."""
    found: Files = {}
    for name in sorted(files):
        stem, ending = re.fullmatch(
            r"(.*?)((?:\.tf|\.tofu)?(?:\.json)?)", basename(name)
        ).groups()  # type: ignore[union-attr]
        told = any(basename(name).encode() in raw for raw in files.values())
        free = ending.startswith((".tf", ".tofu")) and "override" not in stem and not told
        other = join(dirname(name), f"{dice.choice(('zz', 'a', 'B'))}{len(found)}{ending}")
        found[other if free and other not in files else name] = files[name]
    return found
