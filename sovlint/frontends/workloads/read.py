"""A tree of what a type says -> what runs by it, and where that sends data."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from msgspec.structs import replace

from sovlint.documents.attributes import Evaluated, text_value
from sovlint.documents.tree import Node, OpenNode, PerhapsNode
from sovlint.frontends.addresses import plain
from sovlint.frontends.images import short_image
from sovlint.frontends.shell.containers import Container
from sovlint.frontends.shell.files import Argument
from sovlint.frontends.shell.lines import split
from sovlint.frontends.workloads.kept import (
    SecretValue,
    kept_value,
    made_later,
    referred,
    written_itself,
)
from sovlint.frontends.workloads.nodes import (
    NOTE,
    Options,
    first,
    held_in,
    leading,
    listed,
    reader,
    value_of,
)
from sovlint.model.partial.holes import HOLE
from sovlint.model.value import Known, Reason, Unknown, Value, either
from sovlint.rules.commands.command import after
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.files.outlet import ANY, Outlet
from sovlint.rules.hints import Hints
from sovlint.rules.keys import KeyPath
from sovlint.rules.workload import EnvironmentAt, LogsAt, Workload, Workloads


def signals(
    node: Node,
    runs: Workloads,
    hints: Hints,
    called: str = "",
    kept: SecretValue | None = None,
) -> Iterator[Signal]:
    """Where the containers of a thing send data, and their logs; each address once. ``called``: its own name; ``kept``:
    values of secrets, by the address of what keeps one."""
    met: set[tuple[str, Hashable]] = set()
    for rule, holder in _holders(node, runs):
        for signal in _of_container(holder, rule, hints, called, kept):
            once = (signal.sent.key, signal.sent.told)
            if once not in met:
                met.add(once)
                yield signal


def unsaid(node: Node, runs: Workloads, hints: Hints) -> Unknown | None:
    """Why the containers of a thing may be given settings that aren't known; ``None`` where all are."""
    for rule, holder in _holders(node, runs):
        for doubt in container(holder, rule, hints).open:
            return doubt
    return None


def _holders(node: Node, runs: Workloads) -> Iterator[tuple[Workload, Node]]:
    """The containers of a thing, with what is said of them."""
    for rule in runs.rules:
        for above in rule.each:
            for holder in leading(node, above):
                yield rule, holder


def _of_container(
    holder: Node, rule: Workload, hints: Hints, called: str, kept: SecretValue | None
) -> Iterator[Signal]:
    made = container(holder, rule, hints, called, kept)
    yield from made.signals(hints)
    if rule.scripts or rule.files:
        from sovlint.frontends.workloads.texts import of_files, of_script

        for path in rule.scripts:
            for text in listed(holder, path):
                yield from of_script(text, made.settings, hints)
        yield from of_files(holder, rule.files, hints)
    for logs in rule.logs:
        for outlet in _outlets(holder, logs):
            yield from outlet.signals(hints.outlets)


def container(
    holder: Node,
    rule: Workload,
    hints: Hints,
    called: str = "",
    kept: SecretValue | None = None,
) -> Container:
    """What runs: its environment, its command line and the image of its program."""
    made = Container() if kept is None else Container(secret=kept)
    if isinstance(holder.value, str):  # nothing of it is known
        made.open += _doubts(holder)
        return made
    for environment in rule.environment:
        _add(
            holder,
            replace(environment, called=called) if environment.own else environment,
            made,
            hints,
        )
    for path in rule.command:
        made.arguments += _words(holder, path)
    image = first(holder, rule.image) if rule.image else None
    if isinstance(image, Known) and not made.arguments[:1]:
        made.image = short_image(str(image.value))
    return made


# --- environments


def _add(holder: Node, rule: EnvironmentAt, into: Container, hints: Hints) -> None:
    for node in leading(holder, rule.at):
        node = _holding(node) if rule.own else node
        into.open += [] if rule.called or rule.written else _doubts(node)
        if rule.assigned:
            _assigned(node, into, hints)
        elif rule.called and not isinstance(node.value, (dict, list)):
            if rule.written and _is_untold(value_of(node)):
                _ask(rule.called, value_of(node), node, into, hints)
            else:
                _set(rule.called, value_of(node), node, into, hints)
        elif isinstance(node.value, dict):
            (_of_map if rule.name is None else _of_thing)(node, rule, into, hints)


def _ask(name: str, value: Value | None, node: Node, into: Container, hints: Hints) -> None:
    """What is kept under a name, and nobody knows: where that leads is asked of a class that is declared."""
    if value is not None:
        into.stored.append(Setting(name, referred(value, hints), node.where))


def _is_untold(value: Value | None) -> bool:
    """Whether nothing is known of a value, or none is written."""
    if value is None or isinstance(value, Known):
        return value is None
    return not (value.parts or value.among or value.host_of)


def _holding(node: Node) -> Node:
    """A text as the map that it holds, where it holds one."""
    found = held_in(node) if isinstance(node.value, str) else None
    return node if found is None or not isinstance(found.value, dict) else found


def _of_map(node: Node, rule: EnvironmentAt, into: Container, hints: Hints) -> None:
    for name, item in node.value.items():
        if name in rule.but:
            continue
        value = value_of(item) if rule.value is None else first(item, rule.value)
        called = f"{rule.prefix}{_plain(name)}"
        if rule.written and _is_untold(value):
            _ask(called, value, item, into, hints)
            continue
        value = written_itself(value) if rule.kept else value
        _set(
            called,
            _perhaps(value, node, into.settings.get(called)),
            item,
            into,
            hints,
        )


def _of_thing(node: Node, rule: EnvironmentAt, into: Container, hints: Hints) -> None:
    read = reader(node)
    if rule.name is None or not all(each.perhaps(read) for each in rule.when):
        return
    if any(each.surely(read) for each in rule.unless):
        return
    name = first(node, rule.name)
    value = None if rule.value is None else first(node, rule.value)
    called = _called(name)
    if rule.written and _is_untold(value):
        if called is not None:
            _ask(f"{rule.prefix}{called}", value, node, into, hints)
        return
    if called is None and isinstance(name, Unknown) and not _answers_here(value):
        into.open.append(name)
    if called is not None:
        called = f"{rule.prefix}{called}"
        value = _perhaps(value, node, into.settings.get(called))
        _set(called, value, node, into, hints, absent=kept_value(node, into.secret))


def _called(name: Value | None) -> str | None:
    """What a thing is called, as far as its last part is known: ``host`` of ``/${var.environment}/mysql/host``."""
    if isinstance(name, Known):
        return _plain(str(name.value))
    last = name.parts[-1] if name is not None and name.parts else None
    return _plain(last) or None if last and "/" in last.rstrip("/") else None


def _answers_here(value: Value | None) -> bool:
    """Whether a resource of this repository answers at a value: then only what it is called isn't known."""
    return isinstance(value, Unknown) and value.host_of is not None


def _plain(name: str) -> str:
    """A name without the path that it is kept under (``/prod/claims/DATABASE_URL``); parts of one as variables have
    them (``Smtp:Host``)."""
    return name.rstrip("/").rpartition("/")[2].replace(":", "__")


def _perhaps(value: Value | None, node: Node, before: Setting | None) -> Value | None:
    """A value of a mapping; where that may not be there, it may be what was given ``before``, or none."""
    if value is None or not isinstance(node, PerhapsNode):
        return value
    return either([value, Known(None) if before is None else before.value], node.perhaps)


def _doubts(node: Node) -> list[Unknown]:
    """Why there may be variables that aren't known."""
    if isinstance(node, OpenNode):
        return [] if node.open is None else [node.open]
    given = node.value.given if isinstance(node.value, Evaluated) else None
    return [given] if isinstance(given, Unknown) else []


def _set(
    name: str,
    value: Value | None,
    node: Node,
    into: Container,
    hints: Hints,
    absent: Value | None = None,
) -> None:
    """One variable; null sets none, and what is kept elsewhere isn't known."""
    if value is None and name in into.settings:
        return
    if value is None and absent is None:
        if node.value is None:
            return
        is_made = isinstance(node.value, (dict, list))  # a function of the format's own
        absent = made_later(node) if is_made else kept_value(node, into.secret)
    held = absent if value is None else value
    if held is not None:
        into.settings[name] = Setting(name, referred(held, hints), node.where)


def _assigned(node: Node, into: Container, hints: Hints) -> None:
    """``NAME=value``; what has no sign is inherited from whoever runs it."""
    value = value_of(node)
    text = (plain(value) or "") if value is not None else ""
    name, sign, _ = text.partition("=")
    if value is not None and name and HOLE not in name:
        held = (
            after(value, len(name) + 1)
            if sign
            else Unknown(Reason.FROM_ENVIRONMENT, name, value.because)
        )
        into.settings[name] = Setting(name, referred(held, hints), node.where)


# --- command lines


def _words(holder: Node, path: KeyPath) -> Iterator[Argument]:
    """The words of a list; a text is split as a shell would."""
    for node in listed(holder, path):
        inner = node.value
        for each in inner if isinstance(inner, list) else [node]:
            if isinstance(each.value, str):
                value = text_value(each.value, each.where, NOTE)
                for word in [value] if isinstance(inner, list) else split(value):
                    yield Argument(word, word, each.where)


# --- logs


def _outlets(holder: Node, rule: LogsAt) -> Iterator[Outlet]:
    kind = first(holder, rule.type)
    if kind is None:
        return
    settings = next(leading(holder, rule.settings), None) or Node({}, holder.where)
    name = str(kind.value).lower() if isinstance(kind, Known) else ANY
    where = next(leading(holder, rule.type)).where
    yield Outlet(rule.tool, name, f"{'.'.join(rule.type)} {name}", where, Options(settings))
