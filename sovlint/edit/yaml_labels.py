"""Data classes in YAML: the label of a manifest's object, and ``data`` of an entry in an inventory.

ruamel.yaml says where things stand, and reads the edited text again; what is written is a line, or part of one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from sovlint.edit.splice import EditError, Splice, first_on_line, insertion, line_end, spliced
from sovlint.edit.yaml_syntax import composed, entry, nodes, plain

if TYPE_CHECKING:
    from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

LABEL: Final = "sovlint.dev/data"
"""The label that declares the classes of an object."""
DATA: Final = "data"
"""The key that declares those of an entry."""

Position = tuple[int, int]
"""Line and column, from 1."""


def in_manifest(data: bytes, at: Position, declared: Position | None, value: str) -> bytes:
    """A manifest in which the object that begins ``at`` has the label. Raises ``EditError``.

    ``declared``: where the label or annotation stands that declares its classes now, if it is one of its own.
    """
    text = data.decode("utf-8")
    document, found = _at(text, at)
    there = _declaring(found, declared) if declared else None
    if there is not None:
        if not _is_scalar(there) or there.anchor:
            raise EditError("edit.shared-node", key=LABEL)
        splice = Splice(there.start_mark.index, there.end_mark.index, value.encode())
    else:
        splice = _labelled(text, found, value)
    edited = _put(text, [splice])
    _check(text, edited, document, LABEL)
    return edited.encode("utf-8")


def in_values(data: bytes, at: Position, path: tuple[str, ...], value: str) -> bytes:
    """Values with the label at a path of keys in a mapping: that of the key ``at``, or the one that it stands in where
    its value is a text. Raises ``EditError``."""
    text = data.decode("utf-8")
    number, found = _keyed(text, at)
    left = list(path)
    while left and (inner := entry(found, left[0])):
        if not _is_mapping(inner[1]):
            raise EditError("edit.not-understood")
        found = inner[1]
        if found.anchor:
            raise EditError("edit.shared-node", key=left[0])
        del left[0]
    there = entry(found, LABEL)
    if there is None or left:
        splice = _added(text, found, _nested(text, found, left, value))
    elif _is_scalar(there[1]) and not there[1].anchor:
        splice = Splice(there[1].start_mark.index, there[1].end_mark.index, value.encode())
    else:
        raise EditError("edit.shared-node", key=LABEL)
    edited = _put(text, [splice])
    _check(text, edited, number, LABEL, path)
    return edited.encode("utf-8")


def in_inventory(data: bytes, name: str, classes: tuple[str, ...]) -> bytes:
    """An inventory whose entry of this id has these classes, and no others. Raises ``EditError``."""
    text = data.decode("utf-8")
    for number, root in enumerate(composed(text)):
        for found in _services(root):
            identity = entry(found, "id")
            if identity is not None and identity[1].value == name:
                edited = _put(text, [_given(text, found, f"[{', '.join(classes)}]")])
                _check(text, edited, number, DATA)
                return edited.encode("utf-8")
    raise EditError("edit.not-understood")


def _services(root: Node) -> list[MappingNode]:
    listed = entry(root, "services") if _is_mapping(root) else None
    return (
        [each for each in listed[1].value if _is_mapping(each)]
        if listed and _is_list(listed[1])
        else []
    )


def _at(text: str, at: Position) -> tuple[int, MappingNode]:
    """The mapping that begins at a place, and the number of its document."""
    for number, root in enumerate(composed(text)):
        for node in nodes(root):
            if _is_mapping(node) and at in (
                _place(node),
                _place(node.value[0][0]) if node.value else None,
            ):
                if node.anchor:
                    raise EditError("edit.shared-node", key=node.anchor)
                return number, node
    raise EditError("edit.not-understood")


def _keyed(text: str, at: Position) -> tuple[int, MappingNode]:
    """The mapping of the key at a place, or the one that it stands in where its value is a text; and the number of its
    document."""
    for number, root in enumerate(composed(text)):
        for node in filter(_is_mapping, nodes(root)):
            for key, inner in node.value:
                if _place(key) == at:
                    found = node if _is_scalar(inner) else inner
                    if found.anchor:
                        raise EditError("edit.shared-node", key=key.value)
                    if _is_mapping(found):
                        return number, found
    raise EditError("edit.not-understood")


def _nested(text: str, found: MappingNode, keys: list[str], value: str) -> str:
    """The label below keys that aren't there yet, in the style of the mapping that it goes into."""
    if found.flow_style:
        return "".join(f"{key}: {{" for key in keys) + f"{LABEL}: {value}" + "}" * len(keys)
    column = found.value[0][0].start_mark.column if found.value else 0
    lines = [f"{key}:" for key in keys] + [f"{LABEL}: {value}"]
    end = _line_end(text)
    return end.join(
        f"{' ' * (column + 2 * depth) if depth else ''}{line}"
        for depth, line in enumerate(lines)
    )


def _declaring(found: MappingNode, declared: Position) -> Node | None:
    for node in nodes(found):
        if _is_mapping(node):
            for key, value in node.value:
                if key.value == LABEL and _place(key) == declared:
                    if node.anchor:
                        raise EditError("edit.shared-node", key=node.anchor)
                    return value  # type: ignore[no-any-return]
    return None


def _labelled(text: str, found: MappingNode, value: str) -> Splice:
    """The label as a new entry of the labels of an object, which are added where there are none."""
    metadata = entry(found, "metadata")
    if metadata is None or not _is_mapping(metadata[1]) or metadata[1].anchor:
        raise EditError("edit.shared-node", key="metadata")
    labels = entry(metadata[1], "labels")
    if labels is None:
        if metadata[1].flow_style:
            return _added(text, metadata[1], f"labels: {{{LABEL}: {value}}}")
        first = (
            entry(metadata[1], "name")
            or entry(metadata[1], "generateName")
            or metadata[1].value[0]
        )
        end, step = _line_end(text), "  "
        indent = " " * first[0].start_mark.column
        return _line_after(
            text, first[1], f"{indent}labels:{end}{indent}{step}{LABEL}: {value}"
        )
    key, mapping = labels
    if mapping.anchor:
        raise EditError("edit.shared-node", key="labels")
    if _is_scalar(mapping) and mapping.value in ("", "null", "~"):
        indent = " " * (key.start_mark.column + 2)
        line = f"{_line_end(text)}{indent}{LABEL}: {value}"
        return Splice(*_after_colon(text, key, mapping), line.encode())
    if not _is_mapping(mapping):
        raise EditError("edit.not-understood")
    return _added(text, mapping, f"{LABEL}: {value}")


def _given(text: str, found: MappingNode, value: str) -> Splice:
    """``data`` of an entry: added, or with other classes."""
    if found.anchor:
        raise EditError("edit.shared-node", key=found.anchor)
    there = entry(found, DATA)
    if there is None:
        if found.flow_style:
            return _added(text, found, f"{DATA}: {value}")
        first = entry(found, "vendor") or entry(found, "id")
        assert first is not None
        return _line_after(
            text, first[1], f"{' ' * first[0].start_mark.column}{DATA}: {value}"
        )
    key, node = there
    if any(each.anchor for each in nodes(node)):
        raise EditError("edit.shared-node", key=DATA)
    if _is_scalar(node) and node.style not in ("|", ">"):
        return Splice(*_after_colon(text, key, node), f" {value}".encode())
    if not _is_list(node) or not all(_is_scalar(each) for each in node.value):
        raise EditError("edit.not-understood")
    end = node.end_mark.index if node.flow_style else node.value[-1].end_mark.index
    if "#" in text[key.end_mark.index : end]:
        raise EditError("edit.comment-inside")
    return Splice(text.index(":", key.end_mark.index) + 1, end, f" {value}".encode())


def _after_colon(text: str, key: Node, value: Node) -> tuple[int, int]:
    """From behind the colon of an entry to the end of its value on the same line."""
    start = text.index(":", key.end_mark.index) + 1
    return start, max(start, value.end_mark.index) if value.value else start


def _added(text: str, mapping: MappingNode, written: str) -> Splice:
    """A new entry at the end of a mapping."""
    if not mapping.value:
        inside = text[mapping.start_mark.index + 1 : mapping.end_mark.index - 1]
        if inside.strip():
            raise EditError("edit.comment-inside")
        return Splice(
            mapping.start_mark.index + 1, mapping.end_mark.index - 1, written.encode()
        )
    key, last = mapping.value[-1]
    if mapping.flow_style:
        at = last.end_mark.index
        return insertion(at, f", {written}".encode())
    indent = " " * key.start_mark.column
    if _is_scalar(last) and last.style not in ("|", ">") and not last.anchor and last.value:
        return _line_after(text, last, indent + written)
    first = mapping.value[0][0].start_mark.index
    if not first_on_line(text.encode(), len(text[:first].encode())):
        raise EditError("edit.not-understood")
    start = text.rfind("\n", 0, first) + 1
    return insertion(start, f"{indent}{written}{_line_end(text)}".encode())


def _line_after(text: str, node: Node, line: str) -> Splice:
    """A new line below the one on which a scalar ends; its comment, if it has one, stays on it."""
    at = text.find("\n", node.end_mark.index)
    end = _line_end(text)
    at = len(text) if at < 0 else at
    rest = text[node.end_mark.index : at].strip()
    if rest and not rest.startswith("#"):
        raise EditError("edit.not-understood")
    if at > 0 and text[at - 1] == "\r":
        at -= 1
    return insertion(at, f"{end}{line}".encode())


def _put(text: str, splices: list[Splice]) -> str:
    """The edits, whose offsets are in characters, in the text."""
    whole = text.encode()
    found = [
        Splice(len(text[: each.start].encode()), len(text[: each.end].encode()), each.text)
        for each in splices
    ]
    return spliced(whole, found).decode()


def _check(
    before: str, after: str, document: int, key: str, around: Collection[str] = ("labels",)
) -> None:
    """Raise ``EditError`` where the edited text says anything else, besides ``key`` in one of its documents, and keys
    ``around`` it that hold nothing else."""
    old, new = plain(before), plain(after)
    same = (
        len(old) == len(new)
        and old[:document] == new[:document]
        and old[document + 1 :] == new[document + 1 :]
    )
    if not same or _without(old[document], key, around) != _without(
        new[document], key, around
    ):
        raise EditError("edit.changes-more")


def _without(value: Any, key: str, around: Collection[str]) -> Any:
    """Plain data without what declares classes, and without mappings around it that hold nothing else."""
    if isinstance(value, dict):
        inner = {
            name: _without(each, key, around) for name, each in value.items() if name != key
        }
        return {
            name: each for name, each in inner.items() if not (name in around and not each)
        }
    return (
        [_without(each, key, around) for each in value] if isinstance(value, list) else value
    )


def _line_end(text: str) -> str:
    return line_end(text.encode()).decode()


def _place(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _is_mapping(node: Node) -> TypeGuard[MappingNode]:
    return getattr(node, "id", "") == "mapping"


def _is_list(node: Node) -> TypeGuard[SequenceNode]:
    return getattr(node, "id", "") == "sequence"


def _is_scalar(node: Node) -> TypeGuard[ScalarNode]:
    return getattr(node, "id", "") == "scalar"
