"""The files of Ansible in a repository, read as trees and found as Ansible finds them."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import Final

from sovlint.documents import DocumentError, load
from sovlint.documents.tree import Node, from_document, is_map
from sovlint.frontends.harvest import Harvest
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile

CHECKOUT: Final = "/.checkout"
"""Where the repository lies on the machine that runs a play, as far as variables like ``playbook_dir`` go."""
YAML: Final = (".yml", ".yaml")
VAULT: Final = "$ANSIBLE_VAULT;"


class AnsibleFiles:
    """``read``: all files that there were to read; ``broken``: those that can't be. ``needed``: files that surely have
    tasks that put something on a cluster: one of these that can't be read is a failure."""

    def __init__(self, reader: Reader, harvest: Harvest) -> None:
        self.reader = reader
        self.harvest = harvest
        self.paths = frozenset(reader.paths)
        self.read: set[str] = set()
        self.broken: set[str] = set()
        self.needed: frozenset[str] = frozenset()
        self._trees: dict[str, Node | None] = {}

    def file(self, path: str) -> SourceFile | None:
        """A file that is here."""
        found = self.reader.read(path) if path in self.paths else None
        if not isinstance(found, SourceFile):
            return None
        self.read.add(path)
        return found

    def text(self, path: str) -> str | None:
        """The text of a file."""
        found = self.file(path)
        return None if found is None else found.data.decode("utf-8-sig", "replace")

    def tree(self, path: str) -> Node | None:
        """The first document of a YAML file; ``None`` where there is none, or it can't be read."""
        if path not in self._trees:
            self._trees[path] = self._parsed(path)
        return self._trees[path]

    def _parsed(self, path: str) -> Node | None:
        file = self.file(path)
        if file is None or file.data.startswith(VAULT.encode()):
            return None
        try:
            found = next(iter(load(file.data, path)), None)
        except DocumentError as error:
            self.broken.add(path)
            if path in self.needed:
                self.harvest.fail_parsing(path, error, "kubernetes.unreadable")
            else:
                self.harvest.remark(
                    error.span(path), "kubernetes.ansible.unreadable", problem=error.problem
                )
            return None
        return None if found is None or found.data is None else from_document(found)

    def variables(self, path: str) -> dict[str, Node]:
        """The variables that a file says."""
        tree = self.tree(path)
        return tree.value if is_map(tree) else {}

    def named(self, base: str, name: str) -> list[str]:
        """The files of variables of a group or a host: one that is called so, or all in a folder of that name."""
        at = join(base, name)
        alone = [
            path
            for path in (f"{at}.yml", f"{at}.yaml", f"{at}.json", at)
            if path in self.paths
        ]
        inside = [
            path
            for path in self.reader.listing(at)
            if path.startswith(f"{at}/")
            and (path.endswith(YAML) or "." not in path.rpartition("/")[2])
        ]
        return [*alone, *sorted(inside)]

    def find(self, written: str, folders: list[str]) -> str | None:
        """The file that a path names, looked for from several folders."""
        for path in places(written, folders):
            if path in self.paths:
                return path
        return None

    def matching(self, written: str, hole: str, folders: list[str]) -> list[str]:
        """The files that a path of which something isn't known may name."""
        for path in places(written, folders):
            if hole not in path.partition("/")[0]:
                pattern = re.compile("[^/]+".join(map(re.escape, path.split(hole))))
                found = [
                    each
                    for each in self.reader.listing(_above(path, hole))
                    if pattern.fullmatch(each)
                ]
                if found:
                    return found
        return []


def _above(path: str, hole: str) -> str:
    return dirname(path.partition(hole)[0])


def places(written: str, folders: list[str]) -> list[str]:
    """Where in the repository a path may lead."""
    if written.startswith(CHECKOUT):
        path = normpath(written[len(CHECKOUT) :].lstrip("/") or ".")
        return [] if path.startswith("..") else ["" if path == "." else path]
    if written.startswith(("/", "~")) or "://" in written:
        return []
    found = (normpath(join(folder, written)) for folder in folders)
    return ["" if path == "." else path for path in found if not path.startswith("..")]
