"""The same repository, of which less is known: a literal is a value that nobody gives."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from posixpath import basename, dirname, join

from tree_sitter import Node as HclNode
from yaml.nodes import Node, ScalarNode

from tests.fuzz import hcl, trees
from tests.fuzz.seeds import Files

NAME = "fuzz_unset"
ROOT = b'terraform {\n  backend "local" {}\n}\n'
OWN = "fuzz_root.tf"


def pair(dice: random.Random, files: Files) -> tuple[Files, Files] | None:
    """A repository, and the same with something unknown in it."""
    ways = (_hcl, _settings, _lines)
    found = [(name, way) for name in sorted(files) for way in ways]
    dice.shuffle(found)
    for name, way in found:
        less = way(dice, name, files)
        if less is not None:
            return less
    return None


HELD = ("resource", "provider", "locals", "module", "data")
"""Blocks whose literals may come from anywhere."""
FIXED = ("source", "version", "name", "namespace", "bucket", "provider", "key")
"""Arguments that must be written, or that name a thing: without them it is another thing."""


def _hcl(dice: random.Random, name: str, files: Files) -> tuple[Files, Files] | None:
    if not name.endswith(".tf"):
        return None
    raw = files[name]
    root = hcl.tree(raw)
    if root.has_error:
        return None
    literals = [node for node in hcl.walk(root) if _is_literal(node)]
    if not literals:
        return None
    node = dice.choice(literals)
    changed = raw[: node.start_byte] + f"var.{NAME}".encode() + raw[node.end_byte :]
    folder = dirname(name)
    rooted = any(
        b"backend" in each for path, each in files.items() if dirname(path) == folder
    )
    more = {join(folder, OWN): b"" if rooted else ROOT}
    declared = {
        join(folder, OWN): next(iter(more.values())) + f'variable "{NAME}" {{}}\n'.encode()
    }
    return {**files, **more}, {**files, name: changed, **declared}


def _is_literal(node: HclNode) -> bool:
    text = node.text or b""
    if (
        node.type != "expression"
        or not text
        or b"${" in text
        or b"%{" in text
        or b"\n" in text
    ):
        return False
    kinds = [child.type for child in node.named_children]
    if kinds not in (["literal_value"], ["template_expr"]) or text == b"null":
        return False
    above = []
    parent = node.parent
    while parent is not None:
        above.append(parent)
        parent = parent.parent
    is_key = above[0].type == "object_elem" and above[0].start_byte == node.start_byte
    if is_key or above[0].type == "template_interpolation":
        return False
    blocks = [each for each in above if each.type == "block"]
    if not blocks:
        return False
    head = (blocks[-1].named_children[0].text or b"").decode()
    attributes = [each for each in above if each.type == "attribute"]
    named = (attributes[-1].named_children[0].text or b"").decode() if attributes else ""
    inner = {(each.named_children[0].text or b"").decode() for each in blocks[:-1]}
    return (
        head in HELD
        and named not in FIXED
        and not inner & {"lifecycle", "provisioner", "connection"}
    )


PLACEHOLDERS = (
    (r"(docker-)?compose[^/]*\.ya?ml", "${FUZZ_UNSET}"),
    (r"(application|bootstrap)[^/]*\.ya?ml", "${FUZZ_UNSET}"),
    (r"\.gitlab-ci\.yml|bitbucket-pipelines\.yml|cloudbuild\.yaml", "$FUZZ_UNSET"),
    (r"a?[^/]*workflow[^/]*\.ya?ml", "${{ secrets.FUZZ_UNSET }}"),
    (r"database\.yml|storage\.yml|mongoid\.yml", "<%= ENV['FUZZ_UNSET'] %>"),
)
"""How files are called that may name variables, and what names one that nobody sets."""


def _settings(dice: random.Random, name: str, files: Files) -> tuple[Files, Files] | None:
    last = basename(name) if ".github/" not in name else "workflow.yml"
    named = [each for form, each in PLACEHOLDERS if re.fullmatch(form, last)]
    documents = trees.parse(files[name]) if named else None
    if documents is None:
        return None
    values = [node for node in _values(documents) if "." in node.value or ":" in node.value]
    if not values:
        return None
    before = {**files, name: trees.write(documents, trees.is_json(files[name]))}
    chosen = dice.choice(values)
    head = chosen.value.partition("=")[0] + "=" if "=" in chosen.value else ""
    chosen.value, chosen.style, chosen.tag = head + named[0], '"', trees.STR
    return before, {**files, name: trees.write(documents, trees.is_json(files[name]))}


def _values(documents: list[Node]) -> Iterator[ScalarNode]:
    for place in trees.places(documents):
        node = trees.at(place)
        if place[2] == 1 and isinstance(node, ScalarNode):
            yield node


def _lines(dice: random.Random, name: str, files: Files) -> tuple[Files, Files] | None:
    """A value of a file of variables."""
    if not basename(name).startswith(".env"):
        return None
    lines = files[name].split(b"\n")
    held = [at for at, line in enumerate(lines) if re.match(rb"\w+=[^$]*[.:]", line)]
    if not held:
        return None
    at = dice.choice(held)
    lines[at] = lines[at].partition(b"=")[0] + b"=${FUZZ_UNSET}"
    return dict(files), {**files, name: b"\n".join(lines)}
