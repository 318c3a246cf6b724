"""At which cluster tasks are pointed: by commands and modules before them, by the address that they name, by the machines
that a play is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovlint.documents import DocumentError, load
from sovlint.documents.tree import Node, entries, get, text
from sovlint.expressions.templates.text import TemplateHole, TemplateHoles
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.rendered_text import known_of_text
from sovlint.frontends.kubernetes.ansible.contexts import TaskContext
from sovlint.frontends.kubernetes.ansible.evaluating import plain_text, values_of
from sovlint.frontends.kubernetes.ansible.inventories import HostInventory
from sovlint.frontends.kubernetes.clusters.kubeconfigs import servers
from sovlint.frontends.kubernetes.clusters.pointed import cluster_of_line, cluster_of_step
from sovlint.frontends.shell.steps import lines_of_script
from sovlint.model.landing import Evidence, Level
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value, either
from sovlint.rules.destination import Setting
from sovlint.rules.files.task import StepHere, StepInput
from sovlint.rules.hints import Hints

COMMANDS: Final = ("command", "shell", "raw")
"""Modules that run a command line."""
_LOCAL: Final = ("localhost", "127.0.0.1")
_STEP: Final = Note("kubernetes.written")


def pointed_by(
    module: str, arguments: Node, task: Node, context: TaskContext, hints: Hints
) -> Evidence | None:
    """The cluster at which a task leaves those after it pointed."""
    if module in COMMANDS:
        return _by_command(arguments, task, context, hints)
    if (
        module not in hints.formats.tasks
        or plain_text(context, get(arguments, "state")) == "absent"
    ):
        return None
    given: dict[str, StepInput] = {}
    for name, node in entries(arguments).items():
        value = next(iter(_values(context, node)), None)
        if value is not None:
            given[name.lower()] = StepInput(value, (name,), node.where)
    return cluster_of_step(StepHere((module,), task.where, module, given), hints)


def _by_command(
    arguments: Node, task: Node, context: TaskContext, hints: Hints
) -> Evidence | None:
    script = get(arguments, "_raw_params") or get(arguments, "cmd")
    if script is None:
        return None
    settings = {
        name: Setting(name, value, node.where)
        for name, node in entries(get(task, "environment")).items()
        for value in _values(context, node)[:1]
    }
    found: Evidence | None = None
    for value in _values(context, script)[:1]:
        for line in lines_of_script(value, script.where, hints.commands, settings):
            found = cluster_of_line(line, settings, hints, context.state.kept) or found
    return found


def _values(context: TaskContext, node: Node) -> list[Value]:
    found = (_value(each, node.where, context.holes) for each in values_of(context, node, 2))
    return [each for each in found if each is not None]


def _value(value: Any, where: Span, holes: TemplateHoles) -> Value | None:
    because = Step(where, _STEP)
    if isinstance(value, TemplateHole):
        return value.unknown
    if isinstance(value, str):
        return known_of_text(value, holes, because)
    if isinstance(value, list):
        several = [
            each
            for each in (_value(item, where, holes) for item in value)
            if each is not None
        ]
        return (
            either(several, Unknown(Reason.MULTI_VALUED, "region", because))
            if several
            else None
        )
    return None if value is None or isinstance(value, (dict, Map)) else Known(value, because)


def clusters_of(arguments: Node, task: Node, context: TaskContext) -> tuple[Evidence, ...]:
    """What shows on which cluster a task puts something: what it names itself, else what went before, else the machines
    that it runs on."""
    named = tuple(_named_by(arguments, context))
    if named:
        return named
    state = context.state
    local = plain_text(context, get(task, "delegate_to")) in _LOCAL
    return state.clusters or (() if local else state.machines)


def _named_by(arguments: Node, context: TaskContext) -> Iterator[Evidence]:
    """The cluster that a task names itself: by the address of its API server, or a kubeconfig that is here."""
    host = get(arguments, "host")
    if host is not None:
        for value in _values(context, host)[:1]:
            yield Evidence(
                Level.SERVER, host.where, Note("kubernetes.shows.task-host"), host=value
            )
    written = plain_text(context, get(arguments, "kubeconfig"))
    path = None if written is None else context.files.find(written, context.folders("files"))
    file = None if path is None else context.files.file(path)
    if file is None or path is None:
        return
    try:
        for document in load(file.data, path):
            yield from (seen for _, _, seen in servers(document, path))
    except DocumentError:
        return


def machines(
    context: TaskContext,
    inventory: HostInventory | None,
    pattern: str,
    play: Node | None,
    hints: Hints,
) -> Iterator[Evidence]:
    """What an inventory shows of the machines that a play is for. Tasks that run where Ansible does may reach a cluster
    anywhere."""
    local = pattern in _LOCAL or text(get(play, "connection")) == "local"
    if inventory is None or local or not pattern:
        return
    for plugin in inventory.plugins:
        given = {
            name.lower(): StepInput(value, (name,), node.where)
            for name, node in entries(plugin).items()
            for value in _values(context, node)[:1]
        }
        name = text(get(plugin, "plugin"))
        found = cluster_of_step(StepHere((name,), plugin.where, name.lower(), given), hints)
        if found is not None:
            yield found
    for host, address in _addresses(inventory, pattern):
        because = Step(address.where, _STEP)
        yield Evidence(
            Level.SERVER,
            address.where,
            Note("kubernetes.shows.inventory-host", {"name": host}),
            host=Known(text(address), because),
        )


def _addresses(inventory: HostInventory, pattern: str) -> Iterator[tuple[str, Node]]:
    """The addresses of the hosts of a group, where they are names: numbers tell nothing."""
    members: Mapping[str, None] = inventory.members(pattern) or {pattern: None}
    for host in list(members)[:50]:
        said = inventory.hosts.get(host)
        if said is None:
            continue
        address = (
            said.get("ansible_host")
            or said.get("ansible_ssh_host")
            or inventory.places.get(host)
        )
        if (
            address is not None
            and not text(address).replace(".", "").isdigit()
            and "." in text(address)
        ):
            yield host, address
