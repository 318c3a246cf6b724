"""The inventories of a repository, and which of them a playbook may be run with."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename, dirname, splitext
from typing import Final

from sovlint.documents.tree import Node
from sovlint.frontends.kubernetes.ansible.inventories import (
    HostInventory,
    is_ini,
    is_inventory,
    read_ini,
    read_yaml,
)
from sovlint.frontends.kubernetes.ansible.trees import YAML, AnsibleFiles

VARIABLES: Final = ("group_vars", "host_vars")
_GENERIC: Final = frozenset(
    ("inventory", "inventories", "hosts", "environments", "envs", "ansible", "deploy", "playbooks", "infra", "")
)  # fmt: skip
"""Names that tell no environment from another."""
_ONE: Final = re.compile(
    r"(?:\d+[-_])?(?:hosts|inventory|static|main|all|localhost)"
    r"|.*(?:aws_ec2|azure_rm|gcp(?:_compute)?|openstack|hcloud|scaleway|k8s)"
)
"""Names of files that are one inventory together with those beside them."""
_HOLDING: Final = frozenset(("inventory", "inventories", "hosts", "environments", "envs"))
_NAMED: Final = re.compile(
    r"(?:hosts|inventory)(?:[-_.].*)?|.*[-_.](?:hosts|inventory)|.*\.inventory"
)
_ENDINGS: Final = (*YAML, ".ini", ".cfg", "")
MOST: Final = 40
"""So many inventories of a repository are read."""


def inventories(files: AnsibleFiles) -> list[HostInventory]:
    """All inventories. A folder with variables of groups is one, even where nobody says which hosts there are."""
    variables = _folders_of_variables(files.paths)
    by_folder: dict[str, list[str]] = {folder: [] for folder in variables}
    for path in sorted(files.paths):
        if _may_be(path, variables):
            by_folder.setdefault(dirname(path), []).append(path)
    found = [
        each
        for folder, paths in sorted(by_folder.items())
        for each in _of_folder(folder, paths, folder in variables, files)
    ]
    return found[:MOST]


def _folders_of_variables(paths: Iterable[str]) -> frozenset[str]:
    found = set()
    for path in paths:
        for each in VARIABLES:
            before, middle, _ = path.partition(f"{each}/")
            if middle and (not before or before.endswith("/")):
                found.add(before.rstrip("/"))
    return frozenset(found)


def _may_be(path: str, variables: frozenset[str]) -> bool:
    """Whether a file may be an inventory, by where it lies and what it is called."""
    stem, ending = splitext(basename(path))
    if (
        ending.lower() not in _ENDINGS
        or any(f"{each}/" in path for each in VARIABLES)
        or stem.startswith(".")
    ):
        return False
    folder = dirname(path)
    if _NAMED.fullmatch(stem) or _ONE.fullmatch(stem):
        return "roles/" not in path
    above = {basename(folder), basename(dirname(folder))}
    return bool(above & _HOLDING) or (folder in variables and ending in ("", ".ini"))


def _of_folder(
    folder: str, paths: Sequence[str], has_variables: bool, files: AnsibleFiles
) -> Iterator[HostInventory]:
    read = [
        (path, made) for path in paths if (made := _read(path, folder, files)) is not None
    ]
    names = [splitext(basename(path))[0] for path, _ in read]
    if len(read) > 1 and not all(map(_ONE.fullmatch, names)):
        for (_, each), name in zip(read, names, strict=True):
            each.name = name
            yield each
        return
    whole = HostInventory(folder)
    for path, _ in read:
        _take(path, whole, files)
    if read or has_variables:
        name = basename(folder)
        stem = names[0] if len(names) == 1 and not _ONE.fullmatch(names[0]) else ""
        whole.name = stem or (None if name in _GENERIC else name)
        yield whole


def _read(path: str, folder: str, files: AnsibleFiles) -> HostInventory | None:
    made = HostInventory(folder)
    return made if _take(path, made, files) else None


def _take(path: str, into: HostInventory, files: AnsibleFiles) -> bool:
    """Read an inventory; whether it is one."""
    if path.endswith(YAML):
        head = files.reader.peek(path, 65_536)
        if not any(word in head for word in (b"hosts:", b"children:", b"plugin:")):
            return False
        tree = files.tree(path)
        if tree is None or not is_inventory(tree):
            return False
        read_yaml(tree, into)
    else:
        file = files.file(path)
        if file is None or not is_ini(file):
            return False
        read_ini(file, into)
    into.files.append(path)
    return True


def of_playbook(path: str, every: Sequence[HostInventory]) -> list[HostInventory]:
    """The inventories that a playbook may be run with: those that lie nearest."""
    folder = dirname(path)
    fitting = [
        (base, each) for each in every if _is_below(folder, base := _base(each.folder))
    ]
    beside = [each for each in every if each.folder == folder]
    deepest = max((len(base) for base, _ in fitting), default=-1)
    near = [each for base, each in fitting if len(base) == deepest]
    # PlayVariables beside the playbook are all inventories': alone they are none.
    others = [each for each in near if each not in beside or each.files]
    return others or beside


def _base(folder: str) -> str:
    """The folder that an inventory is for: above the folders of inventories."""
    above = dirname(folder)
    if basename(folder) in _HOLDING:
        return above
    return dirname(above) if basename(above) in _HOLDING else folder


def _is_below(folder: str, base: str) -> bool:
    return not base or folder == base or folder.startswith(f"{base}/")


class PlayHosts:
    """What variables say on the hosts that a play is for."""

    def __init__(
        self, inventory: HostInventory | None, playbook: str, files: AnsibleFiles
    ) -> None:
        self.inventory = inventory
        self.files = files
        self.folders = list(
            dict.fromkeys(
                (inventory.folder if inventory else dirname(playbook), dirname(playbook))
            )
        )
        self.read: set[str] = set()

    def of(self, pattern: str) -> tuple[str, ...]:
        """The hosts that a pattern names, as far as the inventory has them."""
        inventory = self.inventory or HostInventory("")
        named: dict[str, None] = {}
        for each in re.split(r"[,:;]", pattern):
            each = each.strip()
            if each.startswith("!"):
                for host in (*inventory.members(each[1:]), each[1:]):
                    named.pop(host, None)
            elif each in inventory.hosts:
                named[each] = None
            elif "*" in each:
                named |= dict.fromkeys(fnmatch.filter(inventory.hosts, each))
            else:
                named |= inventory.members(each.lstrip("&"))
        return tuple(named)

    def names_some(self, pattern: str) -> bool:
        """Whether a pattern tells for which hosts a play is, or for which groups."""
        return "{{" not in pattern and (
            bool(self.of(pattern)) or pattern not in ("", "all", "*")
        )

    def variables(self, pattern: str) -> dict[str, tuple[Node | None, ...]]:
        """By their names, all values that variables have on these hosts; ``None``: none of their own there."""
        hosts = self.of(pattern)
        if not hosts:
            groups = [
                "all",
                *(each for each in re.split(r"[,:;]", pattern) if each not in ("all", "")),
            ]
            return {name: (node,) for name, node in self._of_host(pattern, groups).items()}
        inventory = self.inventory
        assert inventory is not None
        every = [self._of_host(host, inventory.groups_of(host)) for host in hosts[:100]]
        names = dict.fromkeys(name for each in every for name in each)
        return {name: _distinct(each.get(name) for each in every) for name in names}

    def _of_host(self, host: str, groups: Sequence[str]) -> dict[str, Node]:
        """What is said of one host, by Ansible's precedence."""
        said: dict[str, Node] = {}
        inventory = self.inventory
        if inventory is not None:
            for name in groups:
                said |= inventory.groups[name].variables if name in inventory.groups else {}
        for names in (groups[:1], groups[1:]):
            for folder in self.folders:
                for name in names:
                    said |= self._files(f"{folder}/group_vars".lstrip("/"), name)
        if inventory is not None:
            said |= inventory.hosts.get(host, {})
        for folder in self.folders:
            said |= self._files(f"{folder}/host_vars".lstrip("/"), host)
        return said

    def _files(self, base: str, name: str) -> dict[str, Node]:
        said: dict[str, Node] = {}
        for path in self.files.named(base, name):
            self.read.add(path)
            said |= self.files.variables(path)
        return said

    def elsewhere(self) -> dict[str, tuple[Node | None, ...]]:
        """What variables are on other hosts and in other groups: a play whose hosts nobody names is for some of these."""
        found: dict[str, list[Node]] = {}
        for folder in self.folders:
            for kind in VARIABLES:
                base = f"{folder}/{kind}".lstrip("/")
                for path in self.files.reader.listing(base):
                    if path.startswith(f"{base}/") and (
                        path.endswith(YAML) or "." not in basename(path)
                    ):
                        self.read.add(path)
                        for name, node in self.files.variables(path).items():
                            found.setdefault(name, []).append(node)
        return {name: tuple(nodes) for name, nodes in found.items()}


def _distinct(nodes: Iterable[Node | None]) -> tuple[Node | None, ...]:
    return tuple(dict.fromkeys(nodes))
