"""Where a task stands: the play and the role, the variables that count there, and why it may not be run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from posixpath import dirname
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.tree import Node
from sovlint.expressions.templates.text import TemplateHoles
from sovlint.frontends.kubernetes.ansible.inventories import HostInventory
from sovlint.frontends.kubernetes.ansible.scopes import PlayScope, PlayVariables
from sovlint.frontends.kubernetes.ansible.trees import CHECKOUT, AnsibleFiles
from sovlint.model.landing import Evidence
from sovlint.model.value import Unknown
from sovlint.rules.commands.kept import SetBefore

DEEPEST: Final = 16
"""Tasks may include tasks, and roles depend on roles: so many within each other."""


class PlayState(Struct):
    """What tasks of a play leave to those after them. ``facts``: variables that they set; ``written``: what they put
    where on the machine; ``clusters``: what shows at which cluster they are pointed; ``machines``: what shows where
    those are that the play is for; ``defaults``: of the roles so far."""

    facts: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    written: dict[str, Node] = field(default_factory=dict)
    clusters: tuple[Evidence, ...] = ()
    machines: tuple[Evidence, ...] = ()
    defaults: list[PlayVariables] = field(default_factory=list)
    charts: dict[str, str] = field(default_factory=dict)
    """Repositories of charts, by the names that tasks give them."""
    kept: SetBefore = field(default_factory=SetBefore)
    """What command lines have set for those after them."""


class TaskContext(Struct, frozen=True):
    """``path``: the file that the task stands in; ``role``: the folder of its role. ``local``: variables of blocks and
    tasks; ``params``: what a role or a file is included with."""

    files: AnsibleFiles
    holes: TemplateHoles
    playbook: str
    inventory: HostInventory | None
    state: PlayState
    used: set[str]
    path: str
    role: str | None = None
    hosts: PlayVariables = field(default_factory=dict)
    play: tuple[PlayVariables, ...] = ()
    in_role: tuple[PlayVariables, ...] = ()
    local: tuple[PlayVariables, ...] = ()
    params: tuple[PlayVariables, ...] = ()
    perhaps: Unknown | None = None
    depth: int = 0

    @property
    def folder(self) -> str:
        """The folder of the playbook."""
        return dirname(self.playbook)

    def folders(self, kind: str) -> list[str]:
        """Where Ansible looks for files of a kind (``templates``)."""
        found: list[str] = []
        for base in (self.role, dirname(self.path), self.folder):
            if base is not None:
                found += [f"{base}/{kind}".lstrip("/"), base]
        return list(dict.fromkeys(found))

    @property
    def scope(self) -> PlayScope:
        """What variables mean here."""
        state = self.state
        layers: Sequence[PlayVariables] = (
            self._always(), *state.defaults, self.hosts, *self.play, *self.in_role, *self.local, state.facts, *self.params,
        )  # fmt: skip
        folders = {kind: self.folders(kind) for kind in ("files", "templates", "vars")}
        return PlayScope(layers, self.files, folders, self.used)

    def _always(self) -> PlayVariables:
        said = {"playbook_dir": f"{CHECKOUT}/{self.folder}"}
        if self.role is not None:
            said["role_path"] = f"{CHECKOUT}/{self.role}"
            said["role_name"] = self.role.rpartition("/")[2]
        if self.inventory is not None:
            said["inventory_dir"] = f"{CHECKOUT}/{self.inventory.folder}"
        return {name: (value.rstrip("/"),) for name, value in said.items()}

    def within(
        self, variables: Mapping[str, Any] | None, perhaps: Unknown | None
    ) -> TaskContext:
        """Inside a block, or a task, with variables of its own."""
        local = (*self.local, single(variables)) if variables else self.local
        return replace(
            self, local=local, perhaps=self.perhaps if perhaps is None else perhaps
        )

    def included(self, path: str, variables: Mapping[str, Any] | None = None) -> TaskContext:
        """In a file of tasks that is included."""
        params = (*self.params, single(variables)) if variables else self.params
        return replace(self, path=path, params=params, depth=self.depth + 1)


def single(variables: Mapping[str, Any]) -> PlayVariables:
    """PlayVariables each of which may be one thing."""
    return {name: (value,) for name, value in variables.items()}
