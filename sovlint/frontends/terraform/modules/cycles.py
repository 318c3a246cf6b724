"""What leads to itself: values that are made of themselves, and modules that call themselves. Terraform refuses both.

Nothing is evaluated for it. Names are looked for in the text first, which is fast and finds too many; what looks like a
cycle is looked at again in the expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from msgspec import Struct

from sovlint.expressions.nodes import (
    Attribute,
    Block,
    Body,
    For,
    Index,
    Splat,
    TemplateFor,
    Traversal,
    within,
)
from sovlint.frontends.terraform.modules.module import Module, called_module, local_source
from sovlint.model.resources.reading import Failure
from sovlint.model.source import Located, Span, Stretch
from sovlint.model.text import Note

MAX_TOLD = 5
"""Cycles told of one folder; one mistake often makes several."""
_NAME = re.compile(
    rb"(?<![\w.])([a-zA-Z_][\w-]*)\s*\.\s*([\w-]+)(?:\s*(?:\[[^\]\n]*\]|\.\s*\*))?(?:\s*\.\s*([\w-]+))?"
)
_APART = frozenset({"depends_on", "provider", "providers", "source", "version"})
"""Arguments that order things or choose among them; no value is made of them."""
_ASIDE = frozenset({"lifecycle", "provisioner", "connection"})
"""Blocks that may speak of what they stand in."""
_EXPANDING = ("count", "for_each")

Graph = Mapping[str, set[str]]
NameParts = tuple[str, str, str]
"""A name and what follows it: ``("local", "a", "")``, ``("module", "m", "out")``."""


def refused(modules: Mapping[str, Module], real: Callable[[str], str]) -> Iterator[Failure]:
    """A failure for each cycle of values in a folder, and of folders that call each other."""
    found = _Names(modules, real, False)
    suspects = [folder for folder in sorted(modules) if any(_cycles(found.graph(folder)))]
    exact = _Names(modules, real, True) if suspects else found
    for folder in suspects:
        places = _places(modules[folder])
        for cycle in _cycles(exact.graph(folder)):
            yield _told(
                [(name, places[_place(name)]) for name in cycle], "terraform.value-cycle"
            )
    yield from _calls(modules, real)


def _calls(modules: Mapping[str, Module], real: Callable[[str], str]) -> Iterator[Failure]:
    """Folders that call themselves, directly or through others."""
    calls: dict[str, dict[str, Block]] = {}
    for folder in sorted(modules):
        for call in modules[folder].calls.values():
            target = _target(folder, call, modules, real)
            if target is not None:
                calls.setdefault(folder, {}).setdefault(target, call)
    for cycle in _cycles({folder: set(targets) for folder, targets in calls.items()}):
        onward = [*cycle[1:], cycle[0]]
        steps = [
            (folder or ".", calls[folder][target].head)
            for folder, target in zip(cycle, onward, strict=True)
        ]
        yield _told(steps, "terraform.module-cycle")


def _target(
    folder: str, call: Block, modules: Mapping[str, Module], real: Callable[[str], str]
) -> str | None:
    found = called_module(folder, local_source(call), modules, real)
    return None if found is None else found.folder


def _told(steps: Sequence[tuple[str, Located]], key: str) -> Failure:
    """A cycle, told where it first stands."""
    where, names = first_told(steps)
    return Failure.at(where, Note(key, {"names": names}))


def first_told(steps: Sequence[tuple[str, Located]]) -> tuple[Span, str]:
    """The place where a cycle first stands, and what it leads through from there."""
    spans = [where.span() for _, where in steps]
    first = spans.index(min(spans))
    return spans[first], " → ".join(name for name, _ in (*steps[first:], *steps[: first + 1]))


def _cycles(graph: Graph) -> Iterator[list[str]]:
    """Cycles of a graph, each in the order in which it refers on; no two share their first name."""
    left = {node: sorted(targets) for node, targets in graph.items()}
    for _ in range(MAX_TOLD):
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][:-1]
            cycle.reverse()  # the sorter goes from what is needed to what needs it
            first = cycle.index(min(cycle))
            yield [*cycle[first:], *cycle[:first]]
            left.pop(cycle[first])
        else:
            return


class _Names(Struct, eq=False):
    """Which names of a folder are made of which others; ``exact`` ones are taken from expressions."""

    _modules: Mapping[str, Module]
    _real: Callable[[str], str]
    _exact: bool
    _graphs: dict[str, dict[str, set[str]]] = {}
    _through: dict[str, dict[str, set[str]]] = {}
    """By folder and output, the variables that it is made of."""

    def graph(self, folder: str) -> dict[str, set[str]]:
        """The names of a folder, each with those that it is made of."""
        if folder not in self._graphs:
            self._graphs[folder] = self._made(folder)
        return self._graphs[folder]

    def _made(self, folder: str) -> dict[str, set[str]]:
        module = self._modules[folder]
        graph: dict[str, set[str]] = {}
        known = _places(module)

        for name, made_of, *more in self._definitions(module):
            graph[name] = {
                each
                for each in (*map(_written, made_of), *more)
                if each in known or each[:4] == "var."
            }
            for each in made_of:
                if each[0] == "module" and each[1] in module.calls:
                    graph[name].add(_written(each))
                    self._call(folder, module.calls[each[1]], each, graph)
        return graph

    def _definitions(
        self, module: Module
    ) -> Iterator[tuple[str, Sequence[NameParts], *tuple[str, ...]]]:
        """Each name that a module defines, and the names in it; last, perhaps, that of the provider that it needs."""
        for name, attribute in module.locals.items():
            yield f"local.{name}", self._of_attributes([attribute])
        for name, block in module.outputs.items():
            yield (
                f"output.{name}",
                self._of_attributes(filter(None, [block.attribute("value")])),
            )
        for block in (*module.resources.values(), *module.data.values()):
            yield _address(block), self._of_block(block), _provider(block)
        for (name, alias), block in module.providers.items():
            yield _provider_name(name, alias), self._of_block(block)
        for block in module.calls.values():
            for argument, attribute in block.body.attributes.items():
                if argument not in _APART:
                    yield (
                        f"module.{block.labels[0]}({argument})",
                        self._of_attributes([attribute]),
                    )

    def _call(
        self, folder: str, block: Block, name: NameParts, graph: dict[str, set[str]]
    ) -> None:
        """What an output of a call is made of: the arguments that reach it."""
        target = _target(folder, block, self._modules, self._real)
        inputs = self._of_output(target, name[2]) if target is not None else set()
        call = f"module.{block.labels[0]}"
        graph[_written(name)] = {
            f"{call}({argument})"
            for argument in (*inputs, *_EXPANDING)
            if argument in block.body.attributes
        }

    def _of_output(self, folder: str, output: str) -> set[str]:
        """The variables that an output of a folder is made of."""
        if folder not in self._through:
            self._through[folder] = {}  # one that calls itself is told as that
            graph = self.graph(folder)
            for name in self._modules[folder].outputs:
                self._through[folder][name] = set(_reached(f"output.{name}", graph))
        return self._through[folder].get(output, set())

    def _of_attributes(self, attributes: Iterable[Attribute]) -> list[NameParts]:
        found: list[NameParts] = []
        for attribute in attributes:
            where = attribute.where
            if isinstance(where, Stretch) and not self._exact:
                found.extend(_in_text(where))
            else:
                found.extend(_in_expression(attribute))
        return found

    def _of_block(self, block: Block) -> list[NameParts]:
        if isinstance(block.where, Stretch) and not self._exact:
            return _in_text(block.where)
        return self._of_attributes(_attributes(block.body))


def _reached(start: str, graph: Graph) -> Iterator[str]:
    """The variables that a name leads to."""
    seen, stack = {start}, [start]
    while stack:
        for name in graph.get(stack.pop(), ()):
            if name not in seen:
                seen.add(name)
                stack.append(name)
                if name.startswith("var."):
                    yield name.removeprefix("var.")


def _attributes(body: Body) -> Iterator[Attribute]:
    """The attributes of a block and of those in it from which its values are made."""
    yield from (
        attribute for name, attribute in body.attributes.items() if name not in _APART
    )
    for block in body.blocks:
        if block.kind not in _ASIDE:
            yield from _attributes(block.body)


def _in_text(where: Stretch) -> list[NameParts]:
    text = where.file.data[where.start : where.end]
    return [
        _name(*(each.decode("utf-8", "replace") for each in names))
        for names in set(_NAME.findall(text))
    ]


def _in_expression(attribute: Attribute) -> list[NameParts]:
    nodes = list(within(attribute.expression))
    bound = {
        name
        for node in nodes
        if isinstance(node, (For, TemplateFor))
        for name in (node.key, node.value)
    }
    found: list[NameParts] = []
    for node in nodes:
        if isinstance(node, Traversal) and node.root not in bound:
            steps = [step for step in node.steps[:3] if not isinstance(step, (Index, Splat))]
            if steps and isinstance(node.steps[0], str):
                found.append(_name(node.root, steps[0], steps[1] if len(steps) > 1 else ""))
    return found


def _name(root: str, first: str, second: str) -> NameParts:
    return (root, first, second if root in ("module", "data") else "")


def _written(name: NameParts) -> str:
    return ".".join(filter(None, name))


def _address(block: Block) -> str:
    return ".".join((*(["data"] if block.kind == "data" else []), *block.labels))


def _provider_name(name: str, alias: str) -> str:
    return ".".join(filter(None, ("provider", name, alias)))


def _provider(block: Block) -> str:
    """The provider block that a resource needs, by name."""
    chosen = block.expression("provider")
    if isinstance(chosen, Traversal):
        alias = chosen.steps[0] if chosen.steps and isinstance(chosen.steps[0], str) else ""
        return _provider_name(chosen.root, alias)
    return _provider_name(block.labels[0].partition("_")[0], "") if chosen is None else ""


def _places(module: Module) -> dict[str, Located]:
    """Where each name of a folder stands."""
    places: dict[str, Located] = {
        f"local.{name}": each.where for name, each in module.locals.items()
    }
    places.update(
        (_address(block), block.head)
        for block in (*module.resources.values(), *module.data.values())
    )
    places.update(
        (_provider_name(*key), block.head) for key, block in module.providers.items()
    )
    for name, call in module.calls.items():
        places[f"module.{name}"] = call.head
        places.update(
            (f"module.{name}({each})", attribute.where)
            for each, attribute in call.body.attributes.items()
        )
    return places


def _place(name: str) -> str:
    """The name at whose place another one is: an output of a call stands nowhere else."""
    return (
        ".".join(name.split(".")[:2])
        if name.startswith("module.") and not name.endswith(")")
        else name
    )
