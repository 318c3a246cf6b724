"""Short forms -> long ones, so that files can be merged whichever form they use (compose-spec, "Services" and "Merge").

A list of ``KEY=value`` becomes a mapping, a text such as ``data:/var/lib/data:ro`` a mapping of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from sovlint.documents.tree import Node, entries, get, is_list, is_map
from sovlint.frontends.compose.tree import known, made, scalar
from sovlint.model.partial.holes import marked_parts, marked_text, parts_of
from sovlint.model.source import Span
from sovlint.model.value import Known, Unknown, Value

_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")

NFS_LIKE: Final = ("addr", "ip")
"""Options of a mount that say where the server is."""


def canonical(document: Node) -> None:
    """Change a whole file, in place. What has neither form is left as it is."""
    for service in entries(get(document, "services")).values():
        for path, change in _SHORT_FORMS.items():
            _apply(service, path, change)
    for section in ("volumes", "secrets", "configs", "networks", "models"):
        for each in entries(get(document, section)).values():
            _apply(each, "labels", _pairs)
    for volume in entries(get(document, "volumes")).values():
        _mount_options(volume)
        _apply(
            volume, "external", lambda node: made(True, node.where) if is_map(node) else node
        )  # as in version 2


def _apply(above: Node, path: str, change: Callable[[Node], Node]) -> None:
    *outer, key = path.split(".")
    parent = get(above, *outer)
    node = get(parent, key)
    if parent is not None and node is not None:
        parent.value[key] = changed = change(node)
        changed.tag = node.tag


def _each(node: Node, change: Callable[[Node], Node]) -> Node:
    return Node([change(item) for item in node.value], node.where) if is_list(node) else node


def _listed(node: Node) -> Node:
    """A single text as a list of one."""
    return node if scalar(node) is None else Node([Node(node.value, node.where)], node.where)


def _file_list(node: Node) -> Node:
    """Files, each as a mapping with its path."""
    return _each(_listed(node), lambda item: _scalar_as(item, "path"))


def _names(node: Node) -> Node:
    """A list of names as a mapping of them; what a name leads to is left empty."""
    if not is_list(node):
        return node
    return Node(
        {known(item): Node(None, item.where) for item in node.value if known(item)},
        node.where,
    )


def _scalar_as(node: Node, key: str) -> Node:
    """A text as a mapping that has it at ``key``."""
    return (
        node
        if scalar(node) is None
        else Node({key: Node(node.value, node.where)}, node.where)
    )


def _pairs(node: Node) -> Node:
    """``KEY=value`` items as a mapping; a key without a sign has null, which means: from where Compose runs."""
    if not is_list(node):
        return node
    found: dict[str, Node] = {}
    for item in node.value:
        value = scalar(item)
        if value is None:
            continue
        key, rest = split(value, "=")
        if key:
            found[key] = Node(None, item.where) if rest is None else Node(rest, item.where)
    return Node(found, node.where)


def split(value: Value, sign: str) -> tuple[str, Value | None]:
    """A text cut at the first ``sign``; the key is empty where what stands before it isn't known."""
    if isinstance(value, Known):
        text = str(value.value)
        key, found, rest = text.partition(sign)
        return key, Known(rest, value.because, value.sensitive) if found else None
    first = value.parts[0] if value.parts else None
    if first is None or sign not in first:
        return "", None
    key, _, rest = first.partition(sign)
    assert value.parts is not None
    parts = (rest, *value.parts[1:]) if rest else value.parts[1:]
    among = (
        tuple(Known(str(each.value).partition(sign)[2]) for each in value.among)
        if value.among
        else None
    )
    return key, value.but(parts=parts, among=among)


def _volume(node: Node) -> Node:
    """``[source:]target[:options]`` as a mapping; where the source isn't known, its type stays open."""
    value = scalar(node)
    if value is None:
        return node
    where = node.where
    pieces = _cut(value)
    if len(pieces) == 1:
        return Node({"type": made("volume", where), "target": Node(pieces[0], where)}, where)
    source, target, *rest = pieces
    found = {"source": Node(source, where), "target": Node(target, where)}
    kind = _kind(source)
    if kind:
        found["type"] = made(kind, where)
    options = str(rest[0].value).split(",") if rest and isinstance(rest[0], Known) else []
    if "ro" in options:
        found["read_only"] = made(True, where)
    return Node(found, where)


def _kind(source: Value) -> str:
    """Whether a source is a path or the name of a volume, by how it begins; empty where that isn't known."""
    if isinstance(source, Known):
        text = str(source.value)
    else:
        text = (source.parts or (None,))[0] or ""
        if not text:
            return ""
    return (
        "bind" if text.startswith((".", "/", "~", "\\")) or _DRIVE.match(text) else "volume"
    )


def _cut(value: Value) -> list[Value]:
    """A text cut at its colons, except for that of a drive's letter."""
    if isinstance(value, Known):
        text = str(value.value)
        head = text[:2] if _DRIVE.match(text) else ""
        pieces = text[len(head) :].split(":", 2)
        pieces[0] = head + pieces[0]
        return [Known(piece, value.because, value.sensitive) for piece in pieces]
    return _split_at(value, ":")[:3]


def _put_together(value: Unknown, parts: tuple[str | None, ...]) -> Value:
    if None not in parts:
        return Known("".join(part or "" for part in parts), value.because, value.sensitive)
    return value.but(parts=parts, among=None)


_SHORT_FORMS: Final[Mapping[str, Callable[[Node], Node]]] = {
    **dict.fromkeys(
        ("environment", "labels", "annotations", "sysctls", "deploy.labels"), _pairs
    ),
    **dict.fromkeys(("depends_on", "networks", "models"), _names),
    **dict.fromkeys(
        ("secrets", "configs"),
        lambda node: _each(node, lambda item: _scalar_as(item, "source")),
    ),
    **dict.fromkeys(("env_file", "label_file"), _file_list),
    "extends": lambda node: _scalar_as(node, "service"),
    "build": lambda node: _scalar_as(node, "context"),
    **dict.fromkeys(("build.args", "build.labels"), _pairs),
    "volumes": lambda node: _each(node, _volume),
    **dict.fromkeys(("tmpfs", "dns", "dns_search", "profiles"), _listed),
}
"""What changes the short form of each part of a service, in this order."""


def _mount_options(volume: Node) -> None:
    """``driver_opts.o`` is what ``mount`` takes, with commas: the address of the server among it gets a key of its own,
    and so does the server that a share of Windows is called by (``//server/share``)."""
    options = get(volume, "driver_opts")
    if not is_map(options):
        return
    written = get(options, "o")
    value = scalar(written)
    address = (
        _server(value, written.where) if value is not None and written is not None else None
    )
    device = get(options, "device")
    share = scalar(device)
    if address is None and device is not None and share is not None:
        address = _host_of_share(share, device.where)
    if address is not None:
        options.value["server"] = address


def _server(value: Value, where: Span) -> Node | None:
    """The value of ``addr=`` among the options of a mount."""
    for piece in _split_at(value, ","):
        key, rest = split(piece, "=")
        if key.strip() in NFS_LIKE and rest is not None:
            return Node(rest, where)
    return None


def _split_at(value: Value, sign: str) -> list[Value]:
    """A text cut at each ``sign`` in what is known of it."""
    if isinstance(value, Known):
        return [
            Known(each, value.because, value.sensitive)
            for each in str(value.value).split(sign)
        ]
    return [
        _put_together(value, marked_parts(piece))
        for piece in marked_text(parts_of(value)).split(sign)
    ]


def _host_of_share(value: Value, where: Span) -> Node | None:
    """The server of ``//server/share`` or ``server:/path``; of a text that isn't known, as far as it is."""
    if isinstance(value, Known):
        text = str(value.value).replace("\\", "/")
        if text.startswith("//"):
            return Node(Known(text[2:].partition("/")[0], value.because), where)
        host, sign, path = text.partition(":")
        return (
            Node(Known(host, value.because), where)
            if sign and host and path.startswith("/")
            else None
        )
    return (
        Node(value, where)
        if value.parts and (value.parts[0] or "").startswith("//")
        else None
    )
