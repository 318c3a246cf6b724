"""What the catalogue says that a module makes -> a module that is read in its place.

It has blocks as if they were written in the module, so that arguments, conditions, aliases of provider blocks and
references mean what they always do. All of them stand where the call does, and what an argument decides where that one
is written.
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
    ListOf,
    Literal,
    ObjectOf,
    Traversal,
    TraversalStep,
    Unary,
)
from sovlint.frontends.terraform.modules.absent.addresses import wanted
from sovlint.frontends.terraform.modules.absent.versions import number, stretch
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
        if covered is None or not asked.versions.newest_is_in(covered):
            continue
        if _has_unknown_argument(call, said):
            return None
        last = number(said.whole or "")
        is_whole = last is not None and asked.versions.ends_by(last)
        return _Writer(call, module, said, is_whole).module()
    return None


def _has_unknown_argument(call: Block, said: ModuleVersions) -> bool:
    """Whether a call gives an argument that decides where something is, and that no version has which was read: it gets
    a later one."""
    arguments = _arguments(said)
    never = {path.partition(".")[0] for made in said.makes.values() for path in made.never}
    return any(name not in arguments for name in never & call.body.attributes.keys())


class _Writer:
    """Writes the blocks of one module."""

    def __init__(
        self, call: Block, module: RegistryModule, said: ModuleVersions, is_whole: bool
    ) -> None:
        self._call = call
        self._where = call.head
        self._described = module
        self._said = said
        arguments = _arguments(said)
        self._entry = OfEntry(
            module.id, said.versions, said.source, is_whole, frozenset(arguments)
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
            self._put_output(made, name, path)
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
            self._put(body, path_parts(path), _expression(value), self._written(value))
        if made.provider is not None:
            name = Traversal(made.provider, ())
            body.attributes["provider"] = self._attribute("provider", name)
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

    def _put(
        self, body: Body, path: Sequence[str], value: Expression, where: Located
    ) -> None:
        """Write an attribute, within the nested blocks that lead to it."""
        for kind in path[:-1]:
            if not body.of(kind):
                body.blocks.append(self._block(kind, (), Body()))
            body = body.of(kind)[0].body
        body.attributes[path[-1]] = Attribute(path[-1], lambda: value, where)

    def _written(self, value: str | MadeValue) -> Located:
        """Where the argument is written that something is made of: the first, where there are several."""
        for path in _named(value):
            argument = self._call.attribute(path.split(".")[1])
            if path.startswith("var.") and argument is not None:
                return argument.where
        return self._where

    def _put_output(self, holder: Module, name: str, path: str) -> None:
        """An output that repeats an attribute, handed on by each call that leads to what has it."""
        address, _, attribute = path.rpartition(".")
        made = self._said.makes[address]
        *calls, kind, label = address.split(".")
        for called in calls[1::2]:
            handed_on: Expression = Traversal(_CALL, (called, name))
            holder.outputs[name] = self._output(name, handed_on)
            holder = holder.inner[called]
        is_numbered = bool(made.when or made.unless) and not made.one
        number: tuple[TraversalStep, ...] = (Index(Literal(0)),) if is_numbered else ()
        value = Traversal(kind, (label, *number, attribute))
        holder.outputs[name] = self._output(name, Call("try", (value, _NULL), False))

    def _output(self, name: str, value: Expression) -> Block:
        return self._block(
            "output", (name,), Body({"value": self._attribute("value", value)})
        )

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
    if made.for_each is not None:
        yield made.for_each
    for value in (*(made.when or ()), *(made.unless or ()), *made.sets.values()):
        yield from _named(value)


def _named(value: str | MadeValue) -> Sequence[str]:
    """The paths that a value is made of."""
    if isinstance(value, str):
        return (value,)
    deciding = () if value.when is None else (value.when,)
    return (
        *(value.first or ()),
        *(value.merged or ()),
        *(value.otherwise or ()),
        *deciding,
    )


def _path(written: str) -> Expression:
    """An argument, or a key below it that may not be there."""
    root, *names = written.split(".")
    steps: tuple[TraversalStep, ...] = tuple(
        Index(Literal(int(each))) if each.isdigit() else each for each in names
    )
    traversal = Traversal(root, steps)
    if len(steps) == 1:
        return traversal
    return Call("try", (traversal, _NULL), False)


def _expression(value: str | MadeValue) -> Expression:
    if isinstance(value, str):
        return _path(value)
    if value.first is not None:
        said = _first(value.first, value.fixed)
        if value.when is not None:
            return Conditional(_path(value.when), said, _first(value.otherwise or (), None))
        if value.values is None:
            return said
        return Call("contains", (ListOf(tuple(map(Literal, value.values))), said), False)
    if value.merged is not None:
        return Call("merge", tuple(map(_path, value.merged)), False)
    return Literal(value.fixed)


def _first(paths: Sequence[str], otherwise: str | bool | int | None) -> Expression:
    """The first of these that is said."""
    found = Call("coalesce", tuple(map(_path, paths)), False)
    return Call("try", (found, Literal(otherwise)), False)


def _all_of(
    when: Iterable[str | MadeValue], unless: Iterable[str | MadeValue]
) -> Expression | None:
    """The condition that all of these hold, and none of those."""
    tests = [*map(_expression, when), *(Unary("!", _expression(each)) for each in unless)]
    return reduce(lambda one, other: Binary("&&", one, other), tests) if tests else None
