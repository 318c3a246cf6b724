"""What the catalogue says that a module makes -> a module that is read in its place.

It has blocks as if they were written in the module, so that arguments, conditions, aliases of provider blocks and
references mean what they always do. All of them stand where the call does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Final

from sovlint.expressions.nodes import (
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    Expression,
    Index,
    Literal,
    ObjectOf,
    Traversal,
    TraversalStep,
    Unary,
)
from sovlint.frontends.terraform.modules.absent.addresses import wanted
from sovlint.frontends.terraform.modules.absent.versions import stretch
from sovlint.frontends.terraform.modules.module import Module
from sovlint.model.resources.resource import OfEntry
from sovlint.model.source import Located
from sovlint.rules.hints import Hints
from sovlint.rules.keys import path_parts
from sovlint.rules.registry_modules import (
    MadeResource,
    MadeValue,
    ModuleVersions,
    RegistryModule,
)

_NULL: Final = Literal(None)
_NOTHING: Final = ObjectOf(())
_CALL: Final = "module"


def stand_in(
    call: Block, source: str | None, constraint: str | None, hints: Hints
) -> Module | None:
    """What stands in for the module that a call names by this source and version; ``None`` where the catalogue doesn't
    say what it makes."""
    asked = None if source is None else wanted(source, constraint, hints.registries)
    module = None if asked is None else hints.modules.find(asked.address)
    if asked is None or asked.versions is None or module is None:
        return None
    for said in module.ranges:
        covered = stretch(said.versions)
        if covered is not None and asked.versions.newest_is_in(covered):
            return _Writer(call.head, module, said).module()
    return None


class _Writer:
    """Writes the blocks of one module, all of them where its call stands."""

    def __init__(self, where: Located, module: RegistryModule, said: ModuleVersions) -> None:
        self._where = where
        self._described = module
        self._said = said
        arguments = _arguments(said)
        self._entry = OfEntry(
            module.id, said.versions, said.source, said.whole, frozenset(arguments)
        )
        self._variables = {name: self._variable(name, arguments[name]) for name in arguments}

    def module(self) -> Module:
        """The module, with those that its calls lead to."""
        made = self._empty()
        for name, resource in self._said.makes.items():
            *calls, kind, label = name.split(".")
            holder = made
            for called in calls[1::2]:
                holder = self._called(holder, called)
            block = self._block("resource", (kind, label), self._resource(resource))
            holder.resources[(kind, label)] = block
        for name, path in self._said.outputs.items():
            value = Call("try", (self._repeated(path), _NULL), False)
            body = Body({"value": self._attribute("value", value)})
            made.outputs[name] = self._block("output", (name,), body)
        return made

    def _empty(self) -> Module:
        return Module(
            "",
            variables=self._variables,
            sources=dict(self._described.plugins),
            entry=self._entry,
        )

    def _called(self, holder: Module, name: str) -> Module:
        """The module that a call within it leads to, which is handed all that it is."""
        if name not in holder.inner:
            arguments = {
                each: self._attribute(each, Traversal("var", (each,)))
                for each in self._variables
            }
            holder.calls[name] = self._block(_CALL, (name,), Body(arguments))
            holder.inner[name] = self._empty()
        return holder.inner[name]

    def _resource(self, made: MadeResource) -> Body:
        body = Body()
        for path, value in made.sets.items():
            self._put(body, path_parts(path), _expression(value))
        test = _all_of(made.when or (), made.unless or ())
        if made.for_each is not None:
            over: Expression = _path(made.for_each)
            over = Call("toset", (over,), False) if made.of_list else over
            over = over if test is None else Conditional(test, over, _NOTHING)
            body.attributes["for_each"] = self._attribute("for_each", over)
        elif test is not None and made.one:
            enabled = Body({"enabled": self._attribute("enabled", test)})
            body.blocks.append(self._block("lifecycle", (), enabled))
        elif test is not None:
            number = Conditional(test, Literal(1), Literal(0))
            body.attributes["count"] = self._attribute("count", number)
        return body

    def _put(self, body: Body, path: Sequence[str], value: Expression) -> None:
        """Write an attribute, within the nested blocks that lead to it."""
        for kind in path[:-1]:
            if not body.of(kind):
                body.blocks.append(self._block(kind, (), Body()))
            body = body.of(kind)[0].body
        body.attributes[path[-1]] = self._attribute(path[-1], value)

    def _repeated(self, path: str) -> Expression:
        """The attribute of a resource that an output repeats."""
        address, _, name = path.rpartition(".")
        made = self._said.makes[address]
        is_numbered = bool(made.when or made.unless) and not made.one
        number: tuple[TraversalStep, ...] = (Index(Literal(0)),) if is_numbered else ()
        root, *steps = address.split(".")
        return Traversal(root, (*steps, *number, name))

    def _variable(self, name: str, is_gone_over: bool) -> Block:
        default: Expression = Literal(self._said.defaults.get(name))
        default = _NOTHING if is_gone_over and name not in self._said.defaults else default
        body = Body({"default": self._attribute("default", default)})
        return self._block("variable", (name,), body)

    def _block(self, kind: str, labels: tuple[str, ...], body: Body) -> Block:
        return Block(kind, labels, body, self._where, self._where)

    def _attribute(self, name: str, expression: Expression) -> Attribute:
        return Attribute(name, lambda: expression, self._where)


def _arguments(said: ModuleVersions) -> Mapping[str, bool]:
    """All arguments that are named, and whether something goes over each."""
    found = dict.fromkeys(said.defaults, False)
    for made in said.makes.values():
        for path in _paths(made):
            if path.startswith("var."):
                name = path.split(".")[1]
                found[name] = found.get(name, False) or path == made.for_each
    return found


def _paths(made: MadeResource) -> Iterable[str]:
    yield from (*(made.when or ()), *(made.unless or ()))
    if made.for_each is not None:
        yield made.for_each
    for value in made.sets.values():
        if isinstance(value, str):
            yield value
        else:
            yield from (*(value.first or ()), *(value.merged or ()))


def _path(written: str) -> Expression:
    """An argument, or a key below it that may not be there."""
    root, *steps = written.split(".")
    traversal = Traversal(root, tuple(steps))
    if len(steps) == 1:
        return traversal
    return Call("try", (traversal, _NULL), False)


def _expression(value: str | MadeValue) -> Expression:
    if isinstance(value, str):
        return _path(value)
    if value.first is not None:
        found = Call("coalesce", tuple(map(_path, value.first)), False)
        return Call("try", (found, _NULL), False)
    if value.merged is not None:
        return Call("merge", tuple(map(_path, value.merged)), False)
    return Literal(value.fixed)


def _all_of(when: Iterable[str], unless: Iterable[str]) -> Expression | None:
    """The condition that all of these hold, and none of those."""
    tests = [*map(_path, when), *(Unary("!", _path(each)) for each in unless)]
    return reduce(lambda one, other: Binary("&&", one, other), tests) if tests else None
