"""Texts that a resource keeps as a definition, whatever its type and their names: JSON, YAML, XML and scripts -> where they
send data, and what of the repository they name.

What a text is for, only its content tells: one that says who may do something names nobody whom data goes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from sovlint.documents.attributes import text_value
from sovlint.documents.tree import Node, is_list, is_map
from sovlint.frontends.shell.sends import ARGUMENT
from sovlint.frontends.workloads.nodes import NOTE, held_in, value_of
from sovlint.frontends.workloads.texts import of_script
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.sent import Link, Sent, SentBy
from sovlint.model.source import Span
from sovlint.model.value import Known, Step, Unknown, Value
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints

_CALL: Final = "call"
_PERMITS: Final = (
    {"effect", "action"},
    {"effect", "notaction"},
    {"effect", "actions"},
    {"role", "members"},
)
"""Keys of what says who may do something."""
_SHOWS: Final = {"widget", "widgets", "lenses", "panels", "fallbackresourceids"}
"""Keys of what only shows how other things do: a dashboard."""
_GUESSED: Final = (SentBy.ADDRESS, SentBy.URL)
_NO_SETTING: Final = late_pattern(
    r"\$(?:schema|id|ref)|xmlns|xsi:|@(?:context|type|id)",
)
"""Keys under which a format or a vocabulary is named, and nobody who answers."""
_ALLOWS: Final = late_pattern(r"(?i)\b(?:default|connect|script|img|frame)-src\s")
"""What a browser may load of a page: a Content-Security-Policy."""
_XML: Final = late_pattern(r"\A\s*<[?!A-Za-z]")
_IN_XML: Final = late_pattern(
    r"""(?P<name>[\w:.-]+)\s*=\s*(?P<sign>["'])(?P<value>.*?)(?P=sign)|>(?P<text>[^<>]+)</(?P<tag>[\w:.-]+)"""
)
_NAME: Final = late_pattern(r"[\w.:/-]{3,}")
_WORD: Final = late_pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|-")
"""Where a word begins in a key: TableName, table-name."""
_COMMAND: Final = late_pattern(r"\S\s+\S")


def definition_sends(
    texts: Iterable[tuple[str, Node]], hints: Hints
) -> tuple[tuple[Sent, ...], tuple[Link, ...]]:
    """Where the texts of a resource send data, and what they name of the same root; each once."""
    reading = _Reading(hints)
    for name, node in texts:
        reading.add((name,), node)
    return tuple(reading.sends()), tuple(reading.links.values())


class _Reading:
    """What is met in the texts of one resource."""

    def __init__(self, hints: Hints) -> None:
        self._hints = hints
        self._settings: list[Setting] = []
        self._signals: list[Signal] = []
        self.links: dict[str, Link] = {}

    def sends(self) -> Iterator[Sent]:
        """Where data goes, by values: a name of an address alone shows less in a text that others read."""
        met = set()
        for signal in (*self._signals, *self._hints.signatures.signals(self._settings)):
            sent = signal.sent
            if sent.by is SentBy.ADDRESS:
                sent = replace(sent, by=SentBy.URL)
            if signal.addressed and sent.told not in met:
                met.add(sent.told)
                yield sent

    def add(self, keys: tuple[str, ...], node: Node) -> None:
        """Look at what stands under keys; at a text alone (one key) as a script or XML."""
        if is_map(node):
            self._add_map(keys, node.value)
        elif is_list(node):
            if any(
                isinstance(each.value, str) and _COMMAND.search(each.value)
                for each in node.value
            ):
                self._run(node)
            for each in node.value:
                self.add(keys, each)
        elif isinstance(node.value, str):
            self._add_text(keys, node)

    def _add_map(self, keys: tuple[str, ...], entries: Mapping[str, Node]) -> None:
        named = {key.casefold() for key in entries}
        if named & _SHOWS or any(each <= named for each in _PERMITS):
            return
        for key, item in entries.items():
            if not _NO_SETTING.match(key):
                self.add((*keys, key), item)

    def _add_text(self, keys: tuple[str, ...], node: Node) -> None:
        inner = held_in(node)
        if _ALLOWS.search(node.value):
            return
        if inner is not None:
            self.add((*keys, ""), inner)
        elif _XML.match(node.value):
            self._settings += _of_xml(keys, node)
        elif _COMMAND.search(node.value):
            self._run(node)
            found = self._hints.signatures.by_value(_setting(keys, node))
            self._signals += (each for each in found if _is_address(each.sent.value, node))
        elif len(keys) > 1:
            setting = _setting(keys, node)
            self._settings.append(setting)
            self._add_links(keys[-1], setting.value, node.where)

    def _run(self, node: Node) -> None:
        """Look at a text as a script: an address that no known program gets may stand in a line of prose."""
        for each in of_script(node, {}, self._hints):
            is_prose = each.sent.key == ARGUMENT and not _is_of_lines(node)
            if each.sent.by not in _GUESSED and not is_prose:
                self._signals.append(each)

    def _add_links(self, key: str, value: Value, where: Span) -> None:
        """What a text names: by reference, else perhaps by a name that some resource has."""
        holes = value.holes if isinstance(value, Unknown) else ()
        found = [at for each in (value, *holes) for at in referred(each.because)]
        for address in found:
            self.links.setdefault(address, Link(_CALL, address, where))
        text = value.value if isinstance(value, Known) and not found else None
        if isinstance(text, str) and _NAME.fullmatch(text):
            argument = _WORD.sub("_", key).lower()
            link = Link(_CALL, argument, where, name=value)
            self.links.setdefault(f"{argument} {text}", link)


def _is_address(value: Value, node: Node) -> bool:
    """Whether a value that was met in a text is no piece of prose or of a command. Of several lines with a hole, nobody
    knows where in them it stands."""
    if isinstance(value, Unknown):
        return not _is_of_lines(node)
    return _COMMAND.search(str(value.value)) is None


def _is_of_lines(node: Node) -> bool:
    return isinstance(node.value, str) and "\n" in node.value.strip()


def referred(step: Step | None) -> Iterator[str]:
    """The addresses of the resources that a value was read from: on each branch of its chain, the nearest."""
    if step is not None and step.refers:
        yield step.refers
    elif step is not None:
        for parent in step.parents:
            yield from referred(parent)


def _setting(keys: tuple[str, ...], node: Node) -> Setting:
    value = value_of(node)
    assert value is not None
    return Setting(".".join(filter(None, keys)), value, node.where)


def _of_xml(keys: tuple[str, ...], node: Node) -> Iterator[Setting]:
    """Attributes and texts of elements, by their names."""
    for met in _IN_XML.finditer(node.value):
        name = met["name"] or met["tag"]
        if not _NO_SETTING.match(name):
            value = text_value((met["value"] or met["text"] or "").strip(), node.where, NOTE)
            yield Setting(".".join((*keys, name)), value, node.where)
