"""Inventories: which hosts and groups there are, with the variables that are said of them, as INI or YAML."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Final

from msgspec import Struct, field

from sovlint.documents import scalar
from sovlint.documents.tree import Node, entries, get, is_map, text
from sovlint.model.source import SourceFile, Span

_SECTION: Final = re.compile(r"\[([^\]:]+)(?::(\w+))?\]\s*(?:[#;].*)?$")
_RANGE: Final = re.compile(r"\[(\d+):(\d+)\]")
_HOST: Final = re.compile(
    r"""(?:(?=\S*[a-zA-Z])[\w.\-\[\]:]+|\d+(?:\.\d+){3})(?:\s+\w+=(?:"[^"]*"|'[^']*'|\S+))*\s*(?:#.*)?$"""
)
"""A line of a host: its name or address, and variables."""
_MOST: Final = 500
"""So many hosts of a range are counted, and no more lines of an inventory than twenty times as many."""


class HostGroup(Struct):
    """A group: its hosts, the groups in it, and what is said of it."""

    hosts: dict[str, None] = field(default_factory=dict)
    children: dict[str, None] = field(default_factory=dict)
    variables: dict[str, Node] = field(default_factory=dict)


class HostInventory(Struct):
    """What inventories of one environment say: ``folder`` is where they lie, ``name`` what tells them from others.
    ``plugins``: what asks a cloud which hosts there are."""

    folder: str
    name: str | None = None
    files: list[str] = field(default_factory=list)
    groups: dict[str, HostGroup] = field(default_factory=dict)
    hosts: dict[str, dict[str, Node]] = field(default_factory=dict)
    plugins: list[Node] = field(default_factory=list)
    places: dict[str, Node] = field(default_factory=dict)
    """The name of each host, where it is written first."""

    def group(self, name: str) -> HostGroup:
        """A group, made where there is none so far."""
        return self.groups.setdefault(name, HostGroup())

    def host(self, name: str) -> dict[str, Node]:
        """What is said of a host."""
        return self.hosts.setdefault(name, {})

    def members(self, name: str, met: frozenset[str] = frozenset()) -> dict[str, None]:
        """All hosts in a group, and in those within it."""
        if name == "all":
            return dict.fromkeys(self.hosts)
        group = self.groups.get(name)
        if group is None or name in met:
            return {}
        found = dict(group.hosts)
        for child in group.children:
            found |= self.members(child, met | {name})
        return found

    def groups_of(self, host: str) -> list[str]:
        """The groups that a host is in, those that hold others first."""
        holding = [
            name for name in self.groups if name != "all" and host in self.members(name)
        ]
        return ["all", *sorted(holding, key=lambda name: (self._depth(name), name))]

    def _depth(self, name: str, met: frozenset[str] = frozenset()) -> int:
        above = [
            other
            for other, group in self.groups.items()
            if name in group.children and other not in met
        ]
        return 1 + max((self._depth(other, met | {name}) for other in above), default=0)


def read_yaml(tree: Node, into: HostInventory) -> None:
    """An inventory in YAML, or the configuration of a plug-in that makes one."""
    if get(tree, "plugin") is not None:
        into.plugins.append(tree)
        return
    for name, group in entries(tree).items():
        _group(name, group, into, 0)


def _group(name: str, said: Node, into: HostInventory, depth: int) -> None:
    group = into.group(name)
    group.variables |= entries(get(said, "vars"))
    for written, variables in entries(get(said, "hosts")).items():
        for host in _hosts(written):
            group.hosts[host] = None
            into.host(host).update(entries(variables))
            into.places.setdefault(host, Node(host, variables.where))
    for child, inner in entries(get(said, "children")).items():
        group.children[child] = None
        if depth < 20:
            _group(child, inner, into, depth + 1)


def is_inventory(tree: Node | None) -> bool:
    """Whether a YAML tree is an inventory: groups alone, each with hosts, children or variables."""
    if not is_map(tree) or not tree.value:
        return False
    if text(get(tree, "plugin")):
        return True
    known = {"hosts", "children", "vars"}
    groups = list(tree.value.values())
    return all(
        each.value is None or (is_map(each) and set(each.value) <= known) for each in groups
    ) and any(is_map(each) and each.value for each in groups)


def is_ini(file: SourceFile) -> bool:
    """Whether a file without an ending, or of INI, reads as an inventory: its first line that is no head of a section
    is a host with its variables, unless it stands below ``[group:vars]``. Settings of programs and numbers of versions
    are none."""
    head = file.data[:4_096].decode("utf-8", "replace")
    if "\0" in head:
        return False
    section = None
    for line in map(str.strip, head.splitlines()):
        if not line or line.startswith(("#", ";")):
            continue
        found = _SECTION.match(line)
        if found is None:
            of_variables = section is not None and section.group(2) == "vars"
            return of_variables or _HOST.match(line) is not None
        section = found
    return section is not None


def read_ini(file: SourceFile, into: HostInventory) -> None:
    """An inventory of INI."""
    name, kind = "ungrouped", ""
    for number, line in enumerate(_lines(file), 1):
        written = line.strip()
        if not written or written.startswith(("#", ";")):
            continue
        section = _SECTION.match(written)
        if section is not None:
            name, kind = section[1].strip(), section[2] or ""
            into.group(name)
            continue
        where = Span(file.path, number, 1, number, len(line) + 1)
        if kind == "vars":
            key, _, value = written.partition("=")
            into.group(name).variables[key.strip()] = _value(value.strip(), where)
        elif kind == "children":
            into.group(name).children[written.split()[0]] = None
            into.group(written.split()[0])
        else:
            _ini_host(name, written, where, into)


def _lines(file: SourceFile) -> Iterator[str]:
    lines = file.data.decode("utf-8-sig", "replace").splitlines()
    yield from lines[: 20 * _MOST]


def _ini_host(name: str, written: str, where: Span, into: HostInventory) -> None:
    try:
        words = shlex.split(written, comments=True)
    except ValueError:
        words = written.split()
    if not words:
        return
    pairs = (word.partition("=") for word in words[1:] if "=" in word)
    variables = {key: _value(value, where) for key, _, value in pairs}
    for host in _hosts(words[0]):
        into.group(name).hosts[host] = None
        into.host(host).update(variables)
        into.places.setdefault(host, Node(host, where))


def _value(written: str, where: Span) -> Node:
    plain = written.strip("'\"")
    value = plain if plain != written else scalar(written)
    return Node(written if isinstance(value, (dict, list)) else value, where)


def _hosts(written: str) -> Iterator[str]:
    """The hosts that a name with a range stands for."""
    numbers = _RANGE.search(written)
    if numbers is None:
        yield written
        return
    width, first, last = len(numbers[1]), int(numbers[1]), int(numbers[2])
    for number in range(first, min(last, first + _MOST) + 1):
        yield f"{written[: numbers.start()]}{number:0{width}}{written[numbers.end() :]}"
