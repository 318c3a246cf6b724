"""Which files have tasks that put something on a cluster: told by their bytes, before any is parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile

DEPLOYS: Final = "deploys by Ansible"
"""The question whether a file may have a task that puts something on a cluster."""
COLLECTIONS: Final = (
    "kubernetes.core.", "community.kubernetes.", "community.okd.", "redhat.openshift.", "ansible.builtin.",
    "ansible.legacy.",
)  # fmt: skip
"""Collections whose modules are told by their names alone."""
_ITEM: Final = late_pattern(rb"^[ \t]*-[ \t]", re.MULTILINE)
_NAMED: Final = late_pattern(rb"(?:k8s|helm)[\"']?[ \t]*:")
"""How the name of the module ends: few files have it, and this is found fast."""
_TASK: Final = late_pattern(
    rb"^[ \t]*(?:-[ \t]+)?[\"']?"
    rb"(?:(?:kubernetes\.core|community\.(?:kubernetes|okd)|redhat\.openshift)\.)?(?:k8s|helm)[\"']?[ \t]*:",
    re.MULTILINE,
)
"""The module of a task, in the lines of a list."""


def deploys(data: bytes) -> bool:
    """Whether a YAML file may have a task that puts objects or a chart on a cluster."""
    return all(each.search(data) is not None for each in (_NAMED, _TASK, _ITEM))


def may_deploy(reader: Reader, path: str) -> str:
    """``yes`` of a file that may have such a task, else nothing (answers ``DEPLOYS``)."""
    file = reader.read(path)
    return "yes" if isinstance(file, SourceFile) and deploys(file.data) else ""


def short(module: str) -> str:
    """A module's name without the collection that it is from; of one from elsewhere its whole name."""
    for each in COLLECTIONS:
        if module.startswith(each):
            return module[len(each) :]
    return module


class NothingByAnsible:
    """What Ansible puts on clusters where it puts nothing there (see ``deployed.InstalledByAnsible``)."""

    used: frozenset[str] = frozenset()
    untold: Sequence[Any] = ()

    def elsewhere(self) -> Sequence[Any]:
        """None."""
        return ()

    def wanted(self, charts: object) -> Sequence[Any]:
        """None."""
        return ()
