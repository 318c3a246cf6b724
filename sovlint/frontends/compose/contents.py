"""What configs that a project writes itself hold: they are read as the files that services find them as."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial
from posixpath import basename
from typing import Final

from sovlint.documents.tree import Node, entries, get, items
from sovlint.frontends.compose.fronts import DOCKERFILE
from sovlint.frontends.compose.links import leads_inside
from sovlint.frontends.compose.tree import known, scalar
from sovlint.frontends.held_files import HeldFiles
from sovlint.frontends.held_yaml import settings_in
from sovlint.frontends.shell.repository import RepositoryScripts
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known, Value
from sovlint.rules.destination import Signal
from sovlint.rules.hints import Hints
from sovlint.settings.pipelines.readers import in_text

_VARIABLES: Final = re.compile(r"(?:[ \t]*(?:#.*|(?:export )?[A-Za-z_]\w*=.*)?(?:\n|$))+")
"""Lines of variables alone, whatever the file is called."""


def sent_by_content(name: str, node: Node, model: Node, hints: Hints) -> tuple[Sent, ...]:
    """Where the content of a config sends data to; not to a service of the same project."""
    content = scalar(get(node, "content"))
    text = None if content is None else _text(content)
    if not text:
        return ()
    written = get(node, "content")
    where = node.where if written is None else written.where
    above = where.line if "\n" in text.strip() else where.line - 1
    files = dict.fromkeys((*_targets(name, model), name))
    signals = _signals(tuple(files), text, (where.path, above), hints)
    return tuple(
        signal.sent for signal in signals if not leads_inside(signal.sent.value, model)
    )


def sent_by_inline(
    service: Node,
    model: Node,
    given: Collection[str],
    scripts: RepositoryScripts,
    hints: Hints,
) -> Iterator[Sent]:
    """Where the Dockerfile sends data to that a service has inline. ``given``: variables that are its own."""
    written = get(service, "build", "dockerfile_inline")
    content = scalar(written)
    if written is None or content is None or not (text := _text(content)):
        return
    from sovlint.frontends.shell.step_sends import sent

    files = HeldFiles(hints, partial(sent, hints=hints, started=scripts))
    files.add(DOCKERFILE, text, written.where.path, written.where.line, 0)
    for signal in files.signals():
        name = signal.sent.key.rpartition(".")[2]
        if name not in given and not leads_inside(signal.sent.value, model):
            yield signal.sent


def _signals(
    names: tuple[str, ...], text: str, at: tuple[str, int], hints: Hints
) -> Iterator[Signal]:
    outlets = list(in_text(text, *at))
    for outlet in outlets:
        yield from outlet.signals(hints.outlets)
    files = HeldFiles(hints)
    for name in names if not outlets else ():
        files.add(name, text, *at, 0)
        if files.keys:
            break
    if not outlets and not files.keys and _VARIABLES.fullmatch(text):
        files.add(".env", text, *at, 0)
    yield from files.signals()
    if not outlets and not files.keys:
        yield from hints.signatures.signals(settings_in(text, *at))


def _text(value: Value) -> str:
    """A text, with a sign for what isn't known of it."""
    if isinstance(value, Known):
        return str(value.value)
    return "".join("${_}" if part is None else part for part in value.parts or ())


def _targets(name: str, model: Node) -> Iterator[str]:
    """What the files are called as which services find a config."""
    for service in entries(get(model, "services")).values():
        for each in items(get(service, "configs")):
            if known(get(each, "source")) == name and known(get(each, "target")):
                yield basename(known(get(each, "target")))
