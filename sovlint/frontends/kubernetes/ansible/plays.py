"""Playbooks and roles -> their tasks, in order, each where it stands."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from posixpath import basename, dirname
from typing import Final, Protocol

from msgspec.structs import replace

from sovlint.documents import scalar
from sovlint.documents.tree import Node, entries, get, is_list, is_map, items, text
from sovlint.expressions.templates.text import TemplateHole, TemplateHoles, has_holes, is_hole
from sovlint.frontends.kubernetes.ansible.claims import short
from sovlint.frontends.kubernetes.ansible.contexts import (
    DEEPEST,
    PlayState,
    TaskContext,
    single,
)
from sovlint.frontends.kubernetes.ansible.environments import PlayHosts
from sovlint.frontends.kubernetes.ansible.evaluating import (
    holds,
    plain_text,
    turns,
    values_of,
)
from sovlint.frontends.kubernetes.ansible.inventories import HostInventory
from sovlint.frontends.kubernetes.ansible.scopes import PlayVariables
from sovlint.frontends.kubernetes.ansible.trees import YAML, AnsibleFiles
from sovlint.model.partial.holes import HOLE
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

MOST_TASKS: Final = 20_000
"""So many tasks of one playbook are looked at, with one inventory."""
_KEYWORDS: Final = frozenset(
    ("action", "any_errors_fatal", "args", "async", "become", "become_exe", "become_flags", "become_method",
     "become_user", "changed_when", "check_mode", "collections", "connection", "debugger", "delay", "delegate_facts",
     "delegate_to", "diff", "environment", "failed_when", "ignore_errors", "ignore_unreachable", "local_action", "loop",
     "loop_control", "module_defaults", "name", "no_log", "notify", "listen", "poll", "port", "register", "remote_user",
     "retries", "run_once", "tags", "throttle", "timeout", "until", "vars", "when", "block", "rescue", "always")
)  # fmt: skip
"""Keys of a task that aren't its module."""
_INCLUDES: Final = ("include_tasks", "import_tasks", "include")
_ROLES: Final = ("include_role", "import_role")


class Deployer(Protocol):
    """What is told of each task that isn't about the course of the play."""

    def task(self, module: str, arguments: Node, task: Node, context: TaskContext) -> None:
        """A task of a module, by its short name, in one turn of its loop."""
        ...

    def beyond(self, task: Node) -> None:
        """There is more than is looked at, from a task on."""
        ...

    def begins(self, pattern: str, play: Node, context: TaskContext) -> None:
        """A play for some hosts, before its first task."""
        ...


class Plays:
    """Goes through the plays of one playbook, with one inventory. ``used``: the files that it comes to."""

    def __init__(
        self,
        files: AnsibleFiles,
        playbook: str,
        inventory: HostInventory | None,
        deployer: Deployer,
    ) -> None:
        self.files = files
        self.playbook = playbook
        self.inventory = inventory
        self.deployer = deployer
        self.used: set[str] = set(inventory.files if inventory else ())
        self.visited: set[str] = set()
        self.left = MOST_TASKS

    def read(self, path: str, depth: int = 0) -> None:
        """All plays of a playbook, and of those that it imports."""
        self.visited.add(path)
        self.used.add(path)
        for play in items(self.files.tree(path)):
            imported = next(
                (
                    node
                    for key, node in entries(play).items()
                    if short(key) == "import_playbook"
                ),
                None,
            )
            if imported is None:
                self._play(path, play)
                continue
            found = self.files.find(text(imported), [dirname(path)])
            if found is not None and depth < DEEPEST:
                self.read(found, depth + 1)

    def context(
        self, path: str, pattern: str, play: Node | None = None, role: str | None = None
    ) -> TaskContext:
        """Where the tasks of a play begin."""
        hosts = PlayHosts(self.inventory, self.playbook, self.files)
        own = hosts.variables(pattern) if hosts.names_some(pattern) else {}
        said = {**hosts.elsewhere(), **own}
        self.used |= hosts.read
        return TaskContext(
            self.files,
            TemplateHoles(),
            self.playbook,
            self.inventory,
            PlayState(),
            self.used,
            path,
            role,
            hosts=said,
            play=(single(entries(get(play, "vars"))),),
        )

    def _play(self, path: str, play: Node) -> None:
        if not is_map(play):
            return
        pattern = text(get(play, "hosts")) or ",".join(map(text, items(get(play, "hosts"))))
        context = self.context(path, pattern, play)
        self.deployer.begins(pattern, play, context)
        files = get(play, "vars_files")
        for each in (
            items(files) if is_list(files) else ([files] if files is not None else [])
        ):
            said = self._variables(each, context)
            context = replace(context, play=(*context.play, said))
        self._tasks(get(play, "pre_tasks"), context)
        for role in items(get(play, "roles")):
            self._listed_role(role, context)
        self._tasks(get(play, "tasks"), context)
        self._tasks(get(play, "post_tasks"), context)
        handled = Unknown(Reason.TEMPLATED, "notify")
        self._tasks(get(play, "handlers"), context.within(None, handled))

    def _variables(self, named: Node, context: TaskContext) -> PlayVariables:
        """What a file of variables says, or each of those that may be meant."""
        choices = items(named) if is_list(named) else [named]
        for choice in choices:
            found = list(self._named(choice, context, "vars"))
            if found:
                every = [self.files.variables(path) for path in found]
                self.used.update(found)
                names = dict.fromkeys(name for each in every for name in each)
                return {name: tuple(each.get(name) for each in every) for name in names}
        return {}

    def _named(self, node: Node, context: TaskContext, kind: str) -> Iterator[str]:
        """The files that a path may name."""
        folders = context.folders(kind)
        for value in values_of(context, node)[:4]:
            written = (
                context.holes.character(value) if isinstance(value, TemplateHole) else value
            )
            if not isinstance(written, str):
                continue
            if not has_holes(written):
                found = self.files.find(str(written), folders)
                yield from () if found is None else (found,)
                continue
            marked = "".join(HOLE if is_hole(each) else each for each in written)
            yield from self.files.matching(marked, HOLE, folders)

    # --- roles

    def _listed_role(self, role: Node, context: TaskContext) -> None:
        if not is_map(role):
            self.role(text(role), context, {})
            return
        said = holds(context, get(role, "when"))
        if said is False:
            return
        inner = context.within(
            entries(get(role, "vars")), said if isinstance(said, Unknown) else None
        )
        given = {
            key: node
            for key, node in role.value.items()
            if key not in _KEYWORDS and key != "role"
        }
        self.role(text(get(role, "role")) or text(get(role, "name")), inner, given)

    def role(
        self,
        name: str,
        context: TaskContext,
        given: dict[str, Node],
        tasks: str = "main",
        more: Iterable[str] = (),
    ) -> None:
        """The tasks of a role that is in the repository. ``given``: what it is included with."""
        folder = self._role_folder(name, context)
        if folder is None or context.depth >= DEEPEST:
            return
        for other in ("defaults", "vars", "meta"):
            self.used.update(self.files.named(f"{folder}/{other}", "main"))
        context.state.defaults.append(self._of_role(folder, "defaults"))
        inner = replace(
            context,
            role=folder,
            path=f"{folder}/tasks/main.yml",
            in_role=(*context.in_role, self._of_role(folder, "vars")),
            params=(*context.params, single(given)) if given else context.params,
            depth=context.depth + 1,
        )
        for path in self.files.named(f"{folder}/meta", "main")[:1]:
            for needed in items(get(self.files.tree(path), "dependencies")):
                self._listed_role(needed, replace(inner, params=context.params))
        self._file_named(tasks, inner)

    def _file_named(self, tasks: str, context: TaskContext) -> None:
        stem = f"{context.role}/tasks/{tasks}"
        for path in (stem, f"{stem}.yml", f"{stem}.yaml"):
            if path in self.files.paths and path.endswith(YAML):
                self._file(path, context)
                return

    def _of_role(self, folder: str, kind: str) -> PlayVariables:
        said: dict[str, Node] = {}
        for path in self.files.named(f"{folder}/{kind}", "main"):
            said |= self.files.variables(path)
        return single(said)

    def _role_folder(self, name: str, context: TaskContext) -> str | None:
        """The folder of a role: by its path, beside the playbook, beside the role that names it, or where roles are."""
        if not name or "{{" in name:
            return None
        beside = (
            [] if context.role is None else [dirname(context.role), f"{context.role}/roles"]
        )
        above = context.folder
        bases = [
            f"{above}/roles",
            above,
            *beside,
            f"{dirname(above)}/roles",
            "roles",
            "ansible/roles",
        ]
        for base in dict.fromkeys(each.strip("/") for each in bases):
            folder = f"{base}/{name}".strip("/")
            if any(
                self.files.named(f"{folder}/{each}", "main")
                for each in ("tasks", "defaults", "vars")
            ):
                return folder
        if name.count(".") == 2:  # of a collection
            return self._role_folder(name.rpartition(".")[2], context)
        return None

    # --- tasks

    def _file(self, path: str, context: TaskContext) -> None:
        self.used.add(path)
        self.visited.add(path)
        tree = self.files.tree(path)
        if tree is not None and context.depth <= DEEPEST:
            self._tasks(tree, replace(context, path=path))

    def tasks_of(self, path: str, context: TaskContext) -> None:
        """The tasks of a file by itself."""
        self._file(path, context)

    def _tasks(self, listed: Node | None, context: TaskContext) -> None:
        for task in items(listed):
            if self._is_spent(task):
                return
            if is_map(task):
                self._task(task, context)

    def _is_spent(self, task: Node) -> bool:
        """Whether no more is looked at: a task costs one, and each turn of its loop."""
        self.left -= 1
        if self.left == -1:
            self.deployer.beyond(task)
        return self.left < 0

    def _task(self, task: Node, context: TaskContext) -> None:
        if is_map(task) and is_list(get(task, "block")):
            self._block(task, context)
            return
        module, arguments = module_of(task)
        if not module:
            return
        for variables, unsure in turns(context, task.value):
            if self._is_spent(task):
                return
            inner = context.within(
                {**entries(get(task, "vars")), **(variables or {})}, unsure
            )
            said = holds(inner, get(task, "when"))
            if said is not False:
                inner = inner.within(None, said if isinstance(said, Unknown) else None)
                self._run(module, arguments, task, inner)
        registered = text(get(task, "register"))
        if registered:
            unknown = Unknown(
                Reason.COMPUTED_AT_APPLY,
                registered,
                Step(task.where, Note("kubernetes.written")),
            )
            context.state.facts[registered] = (TemplateHole(unknown, f"jinja:{registered}"),)

    def _block(self, task: Node, context: TaskContext) -> None:
        said = holds(context, get(task, "when"))
        if said is False:
            return
        inner = context.within(
            entries(get(task, "vars")), said if isinstance(said, Unknown) else None
        )
        self._tasks(get(task, "block"), inner)
        failed = Unknown(
            Reason.TEMPLATED, "rescue", Step(task.where, Note("kubernetes.written"))
        )
        self._tasks(get(task, "rescue"), inner.within(None, failed))
        self._tasks(get(task, "always"), inner)

    def _run(self, module: str, arguments: Node, task: Node, context: TaskContext) -> None:
        if module in _INCLUDES:
            self._include(arguments, context)
        elif module in _ROLES:
            name = plain_text(context, get(arguments, "name")) or ""
            tasks = plain_text(context, get(arguments, "tasks_from")) or "main"
            self.role(name, context, {}, tasks)
        elif module == "set_fact":
            self._set(arguments, context)
        elif module == "include_vars":
            named = get(arguments, "file") or get(arguments, "_raw_params")
            said = {} if named is None else self._variables(named, context)
            context.state.facts.update(said)
        else:
            self.deployer.task(module, arguments, task, context)

    def _include(self, arguments: Node, context: TaskContext) -> None:
        named = get(arguments, "file") or get(arguments, "_raw_params")
        if named is None or context.depth >= DEEPEST:
            return
        found = list(dict.fromkeys(self._named(named, context, "tasks")))
        unsure = Unknown(
            Reason.TEMPLATED, text(named), Step(named.where, Note("kubernetes.written"))
        )
        for path in found:
            inner = context.included(path)
            self._file(path, inner if len(found) == 1 else inner.within(None, unsure))

    def _set(self, arguments: Node, context: TaskContext) -> None:
        facts = context.state.facts
        for name, node in entries(arguments).items():
            if name == "cacheable":
                continue
            found = tuple(values_of(context, node)) or (
                TemplateHole(Unknown(Reason.TEMPLATED, name), f"jinja:{name}"),
            )
            facts[name] = (
                (*found, *facts.get(name, (None,))) if context.perhaps is not None else found
            )


def module_of(task: Node) -> tuple[str, Node]:
    """The short name of a task's module, and its arguments; an empty one where it has none."""
    for key, node in entries(task).items():
        name = short(key)
        if name in ("action", "local_action"):
            return _action(node)
        if name in _KEYWORDS or key.startswith("with_"):
            continue
        more = entries(get(task, "args"))
        given = node if is_map(node) else _free(node, name)
        return name, Node({**more, **given.value}, node.where) if more else given
    return "", task


def _action(node: Node) -> tuple[str, Node]:
    if is_map(node):
        return short(text(get(node, "module"))), node
    name, _, rest = text(node).partition(" ")
    return short(name), _free(Node(rest, node.where), short(name))


_RAW: Final = ("command", "shell", "raw", "script", *_INCLUDES, "include_vars")


def _free(node: Node, module: str) -> Node:
    """Arguments that are written as one text: ``state=present src=a.yml``."""
    written = text(node)
    if module in _RAW and not written.startswith(("name=", "file=")):
        return Node({"_raw_params": node}, node.where)
    try:
        words = shlex.split(written)
    except ValueError:
        words = written.split()
    pairs = (word.partition("=") for word in words if "=" in word)
    return Node({key: Node(scalar(value), node.where) for key, _, value in pairs}, node.where)


def role_of(path: str) -> str | None:
    """The folder of the role that a file of tasks belongs to."""
    folder = dirname(path)
    while folder:
        if basename(folder) == "tasks":
            return dirname(folder)
        folder = dirname(folder)
    return None
