"""What a call hands to a module that isn't here to read: settings of what that runs, by how they are written.

The arguments are written here, whatever the module makes of them. A map or a list of settings is told by the name of
its argument (``environment_variables``), or by its names, which all look like variables. Of other arguments only an
address that says by itself that data is sent counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.tree import Node, get, is_list, is_map, text
from sovlint.frontends.addresses import plain
from sovlint.frontends.terraform.modules.attributes import BodyAttributes
from sovlint.frontends.terraform.workloads.kept import KeptValue
from sovlint.frontends.terraform.workloads.structure import tree
from sovlint.frontends.workloads.nodes import value_of
from sovlint.frontends.workloads.read import container
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.value import Known, Value
from sovlint.rules.destination import Setting
from sovlint.rules.hints import Hints
from sovlint.rules.keys import HERE, DottedPath
from sovlint.rules.values.address_names import words_of
from sovlint.rules.workload import EnvironmentAt, HandedOn, Workload

_VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9_]{2,100}\Z")
"""What variables of an environment are called, by convention."""
_ADDRESS: Final = re.compile(
    r"\s*(?:[a-z][a-z0-9+.-]*://|(?!arn:)[\w-]+(?:\.[\w-]+)+(?::\d+)?\s*\Z)", re.IGNORECASE
)
"""An address of the network; what a name of a resource (``arn:``) is given for, nobody can tell."""
_TELLING: Final = (SentBy.RULE, SentBy.VALUE, SentBy.CLIENT, SentBy.URL, SentBy.HOST)
_MODULE: Final = ("module",)
_NAME, _VALUE = DottedPath(("name",)), DottedPath(("value",))


def handed_on(resource: Resource, hints: Hints, kept: KeptValue) -> tuple[Sent, ...]:
    """Where what is handed to a module sends data; each address once. ``kept``: values of secrets."""
    attributes = resource.attributes
    rules = hints.handed_on
    if not isinstance(attributes, BodyAttributes) or _ends(resource.names[0], rules.aside):
        return ()
    reading = _Reading(rules, hints, kept)
    written = attributes.written[0].attributes
    told = resource.entry.arguments if resource.entry else frozenset()
    names = [name for name in written if name not in told and not _ends(name, rules.aside)]
    encoded = [name for name in names if _words(name) in rules.encoded]
    found = tree(attributes, names, encoded)
    if found is None:
        return ()
    return tuple(_once(reading.of_holder(found)))


class _Reading(Struct):
    """How arguments of one module are read."""

    rules: HandedOn
    hints: Hints
    kept: KeptValue

    def of_holder(self, holder: Node) -> Iterator[Sent]:
        """Where a mapping of arguments leads: as a container with settings and an image, and what else stands in it."""
        held: list[EnvironmentAt] = []
        image = HERE
        for name, node in holder.value.items():
            if _ends(name, self.rules.aside):
                continue
            environment = self._environment(name, node)
            if environment is not None:
                held.append(environment)
            elif _ends(name, self.rules.images) and isinstance(node.value, str):
                image = image or DottedPath((name,))
            else:
                yield from self._others(name, node)
        if held:
            rule = Workload(types=_MODULE, environment=tuple(held), image=image)
            made = container(holder, rule, self.hints, kept=self.kept)
            yield from (signal.sent for signal in made.signals(self.hints))

    def _others(self, name: str, node: Node) -> Iterator[Sent]:
        """Where what is no map of settings leads."""
        if is_map(node):
            yield from self.of_holder(node)
        elif is_list(node):
            for item in node.value:
                yield from self._others(name, item)
        elif isinstance(node.value, str):
            yield from self._of_text(name, value_of(node), node)

    def _of_text(self, name: str, value: Value | None, node: Node) -> Iterator[Sent]:
        """Where a plain argument leads, if its value is an address."""
        written = None if value is None else plain(value)
        if value is None or written is None or not _ADDRESS.match(written):
            return
        for signal in self.hints.signatures.by_value(Setting(name, value, node.where)):
            sent = signal.sent
            if sent.by is SentBy.ADDRESS:  # the module may only show it
                sent = replace(sent, by=SentBy.URL)
            is_principal = sent.by is SentBy.HOST and "://" not in written
            if sent.by in _TELLING and isinstance(sent.value, Known) and not is_principal:
                yield sent

    def _environment(self, name: str, node: Node) -> EnvironmentAt | None:
        """How an argument holds settings; ``None`` where it holds none."""
        is_kept = _ends(name, self.rules.kept)
        is_told = is_kept or _ends(name, self.rules.settings)
        at = DottedPath((name,))
        if is_map(node):
            return EnvironmentAt(at=at, kept=is_kept) if _is_map_of(node, is_told) else None
        if not is_list(node) or not node.value:
            return None
        if all(isinstance(each.value, str) and "=" in each.value for each in node.value):
            return EnvironmentAt(at=at, assigned=True) if is_told else None
        if not all(_is_named(each, is_told) for each in node.value):
            return None
        return EnvironmentAt(at=at, name=_NAME, value=None if is_kept else _VALUE)


def _is_map_of(node: Node, is_told: bool) -> bool:
    """Whether a map is one of settings: by the name of its argument, or since each of its names is a variable's."""
    if not any(not isinstance(item.value, (dict, list)) for item in node.value.values()):
        return False
    return is_told or all(map(_VARIABLE.match, node.value))


def _is_named(node: Node, is_told: bool) -> bool:
    """Whether a thing is a setting: it has a name, which is a variable's, and a value, or says where that is."""
    name = text(get(node, "name"))
    has_value = any(
        get(node, key) is not None for key in ("value", "valueFrom", "value_from")
    )
    return bool(name) and has_value and (is_told or bool(_VARIABLE.match(name)))


def _words(name: str) -> str:
    return "_".join(words_of(name))


def _ends(name: str, listed: tuple[str, ...]) -> bool:
    """Whether the name of an argument ends in one of the words of a list."""
    words = _words(name)
    return any(words == each or words.endswith(f"_{each}") for each in listed)


def _once(found: Iterator[Sent]) -> Iterator[Sent]:
    met = set()
    for sent in found:
        once = (sent.key, sent.told, sent.where.span())
        if once not in met:
            met.add(once)
            yield sent
