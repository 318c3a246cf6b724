"""A module instance: what names mean in it. Everything is evaluated on demand, at most once."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from sovlint.expressions.environment import Env, Memory
from sovlint.expressions.evaluate import passed_on
from sovlint.expressions.files import Files
from sovlint.expressions.kinds import NULL, failed, unsupported
from sovlint.expressions.limits import CALL, Work
from sovlint.expressions.nodes import Block, TraversalStep
from sovlint.frontends.terraform.modules.attributes import BodyAttributes
from sovlint.frontends.terraform.modules.callees import (
    MAX_CALLS,
    declared,
    module_named,
    shown_source,
    source,
    version,
)
from sovlint.frontends.terraform.modules.instances import (
    Instance,
    by_key,
    enabled_of,
    endless,
    expand,
)
from sovlint.frontends.terraform.modules.module import Module
from sovlint.frontends.terraform.modules.module_instance import (
    Caller,
    ModuleInstance,
    RootContext,
)
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.frontends.terraform.modules.providers import given_to_call
from sovlint.frontends.terraform.modules.resource_values import ModuleThing, ResourceThing
from sovlint.frontends.terraform.modules.variables import (
    GivenValues,
    as_marked,
    value_from_call,
    value_of,
)
from sovlint.frontends.terraform.syntax.hcl import parse_template
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value


class ModuleScope:
    """One instance of a module, with its values so far (implements ``module_instance.ModuleInstance``)."""

    __slots__ = (
        "_called", "_children", "_instances", "_keyed", "_memory", "_numbered", "address", "caller", "configured",
        "depth", "env", "files", "given", "library", "module", "origin", "providers", "work", "world",
    )  # fmt: skip

    def __init__(
        self,
        world: RootContext,
        module: Module,
        *,
        given: GivenValues | None = None,
        library: bool = False,
        origin: tuple[Located, ...] = (),
        caller: Caller | None = None,
    ) -> None:
        """``given``, ``library`` and ``origin`` are those of a root; all others have a ``caller``."""
        self.world = world
        self.module = module
        self.given = given
        self.library: bool = caller.scope.library if caller else library
        self.caller = caller
        self.origin = origin
        self.address: str = caller.address if caller else ""
        self.providers: Mapping[str, ProviderConfig] = (
            given_to_call(caller.scope, caller.block, caller.instance) if caller else {}
        )
        self.configured: dict[str, ProviderConfig] = {}
        self.depth: int = caller.scope.depth + 1 if caller else 0
        self.work: Work = caller.scope.work if caller else Work(world.reserves)
        self.files: Files = (
            caller.scope.files
            if caller
            else Files(world.reader, module.folder, parse_template)
        )
        self.env = Env(self)
        self._memory = Memory()
        self._called: dict[str, Module | None] = {}
        self._children: dict[str, list[tuple[Instance, ModuleScope]]] = {}
        self._instances: dict[tuple[str, ...], list[Instance]] = {}
        self._numbered: dict[str, dict[Instance, ModuleScope]] = {}
        self._keyed: dict[tuple[str, ...], dict[str, Instance]] = {}

    # --- names (implements environment.Scope)

    def name(
        self, root: str, steps: Sequence[TraversalStep], env: Env
    ) -> tuple[Value, int] | None:
        """What ``root`` and the first steps stand for, and how many steps that took."""
        first = steps[0] if steps and isinstance(steps[0], str) else ""
        second = steps[1] if len(steps) > 1 else None
        if first and root in _NAMED:
            return _NAMED[root](self, first), 1
        if first and root == "data" and isinstance(second, str):
            return self._data(first, second), 2
        if first and root in _NOT_HERE:
            return Unknown(_NOT_HERE[root], f"{root}.{first}"), 1
        if root in self.module.planted:
            return self.module.planted[root], 0
        if (root, first) in self.module.resources:
            return self._resource(root, first), 1
        return None

    def variable(self, name: str) -> Value:
        """``var.name``."""
        return self.once(("var", name), lambda: self._variable(name))

    def local(self, name: str) -> Value:
        """``local.name``."""
        attribute = self.module.locals.get(name)
        if attribute is None:
            return unsupported(f"no local {name}")
        note = Note("terraform.local", {"name": name})
        return self.once(("local", name), lambda: passed_on(attribute, self.env, note))

    def output(self, name: str) -> Value:
        """The output ``name``, as the caller sees it."""
        block = self.module.outputs.get(name)
        attribute = block.attribute("value") if block else None
        if block is None or attribute is None:
            return self._no_output(name)
        note = Note("terraform.output", {"name": name})
        return self.once(
            ("output", name), lambda: as_marked(passed_on(attribute, self.env, note), block)
        )

    def _no_output(self, name: str) -> Value:
        """An output that the module doesn't have, or that the catalogue's entry of it says nothing of."""
        entry = self.module.entry
        if entry is None or self.caller is None:
            return failed(f"no output {name}")
        note = Note("terraform.remote-module", {"source": entry.module})
        return Unknown(Reason.REMOTE_MODULE, entry.module, Step(self.caller.block.head, note))

    def once(self, key: tuple[str, ...], compute: Callable[[], Value]) -> Value:
        """The value of a name, found once. One that leads to itself, or through too many others, is unknown."""
        before = self.work.doubts
        found = self._memory.once(key, compute)
        self.work.doubts = (
            before  # what may be missing there is refused there: no ``try`` elsewhere sees it
        )
        return found

    def _variable(self, name: str) -> Value:
        block = self.module.variables.get(name)
        if block is None:
            return unsupported(f"no variable {name}")
        if self.caller is None:
            return value_of(block, self.given, self.library, self.env)
        argument = self.caller.block.attribute(name)
        if argument is None:
            return value_of(block, None, False, self.env)
        env = self.caller.instance.env(self.caller.scope.env)
        return value_from_call(block, argument, env, self.env)

    def _path(self, name: str) -> Value:
        """Paths as Terraform gives them, and its functions take them: relative to the root, where it is run."""
        if name == "module":
            return Known(
                posixpath.relpath(self.module.folder or ".", self.root.module.folder or ".")
            )
        if name == "root":
            return Known(".")
        return Unknown(Reason.FROM_ENVIRONMENT, f"path.{name}")

    @property
    def root(self) -> ModuleInstance:
        """The root instance above."""
        return self.caller.scope.root if self.caller else self

    # --- things

    def _resource(self, kind: str, name: str) -> Value:
        block = self.module.resources[(kind, name)]
        return self.once(
            ("resource", kind, name),
            lambda: self._enabled(block, Known(ResourceThing(self, block))),
        )

    def _enabled(self, block: Block, thing: Value) -> Value:
        """What a block stands for: null where OpenTofu's ``enabled`` surely switches it off."""
        return NULL if enabled_of(block, self.env) is False else thing

    def _data(self, kind: str, name: str) -> Value:
        block = self.module.data.get((kind, name))
        if block is None:
            return unsupported(f"no data source {kind}.{name}")
        return self.once(("data", kind, name), lambda: Known(ResourceThing(self, block)))

    def _call(self, name: str) -> Value:
        block = self.module.calls.get(name)
        if block is None:
            return unsupported(f"no module {name}")
        if self.called(block) is None:
            source = shown_source(self, block)
            cause = Step(block.head, Note("terraform.remote-module", {"source": source}))
            return Unknown(Reason.REMOTE_MODULE, source, cause)
        return self.once(
            ("module", name), lambda: self._enabled(block, Known(ModuleThing(self, block)))
        )

    def called(self, block: Block) -> Module | None:
        """The module that a call names, if it is here to read, isn't being called already, and can be afforded."""
        name = block.name
        if name not in self._called:
            module = self.module.inner.get(name) or self._named(block)
            readable = (
                module is not None and self.depth < MAX_CALLS and not self.within(module)
            )
            self._called[name] = (
                module if readable and self.work.spend(CALL * (self.depth + 1)) else None
            )
        return self._called[name]

    def _named(self, block: Block) -> Module | None:
        """The module that a call names; what the catalogue says of it where it isn't here."""
        found = module_named(self, block)
        if found is not None or not self.world.hints.modules.names:
            return found
        from sovlint.frontends.terraform.modules.absent.stand_in import stand_in

        named = source(self, block)
        return stand_in(block, named, version(self, block), self.world.hints)

    def _weight(self, block: Block) -> int:
        """How many resources an instance of a block holds, those of further calls among them, each taken once."""
        if not block.is_repeated:
            return 1
        module = self.called(block) if block.kind == "module" else None
        return 1 if module is None else max(1, declared(self.world, module))

    def path_of_calls(self) -> tuple[str, ...]:
        """The names of the calls that lead here, outermost first."""
        return (
            (*self.caller.scope.path_of_calls(), self.caller.block.name)
            if self.caller
            else ()
        )

    def within(self, module: Module) -> bool:
        """Whether this instance is one of ``module``, or lies within one: a module that calls itself never ends."""
        return self.module is module or (
            self.caller is not None and self.caller.scope.within(module)
        )

    def instances(self, block: Block) -> list[Instance]:
        """The instances of a resource or call block, by ``count`` and ``for_each``."""
        alias = block.expression("alias") if block.kind == "provider" else None
        key = (block.kind, *block.labels, *([repr(alias)] if alias else ()))
        if key not in self._instances:
            self._instances[key] = endless(block)
            with suppress(
                RecursionError
            ):  # too many names lead there: as unknown as what leads to itself
                self._instances[key] = expand(block, self.env, self._weight(block))
        return self._instances[key]

    def instance(self, block: Block, key: str) -> Instance | None:
        """The instance of a resource, data or call block under ``key``, where that key is known."""
        at = (block.kind, *block.labels)
        if at not in self._keyed:
            found = by_key(self.instances(block))
            if self._instances.get(at) is None or len(found) <= 1:
                return found.get(key)
            self._keyed[at] = found
        return self._keyed[at].get(key)

    def children(self, block: Block) -> list[tuple[Instance, ModuleScope]]:
        """The child instances of a call block."""
        name = block.name
        if name not in self._children:
            module = self.called(block)
            instances = (
                [] if module is None else [(each, module) for each in self.instances(block)]
            )
            self._children[name] = [
                (
                    instance,
                    ModuleScope(self.world, module, caller=Caller(self, block, instance)),
                )
                for instance, module in instances
            ]
        return self._children[name]

    def all_children(self) -> Iterator[ModuleScope]:
        """The child instances of all calls."""
        for call in self.module.calls.values():
            yield from (child for _, child in self.children(call))

    def child(self, block: Block, key: str) -> ModuleScope | None:
        """The child instance of a call block under ``key``: that of this key, else of one that isn't known."""
        children = self.children(block)
        wanted = self.instance(block, key)
        if wanted is None:
            return next(
                (child for each, child in children if not isinstance(each.key, Known)), None
            )
        name = block.name
        if name not in self._numbered:
            self._numbered[name] = dict(children)
        return self._numbered[name].get(wanted)

    def chain(self) -> tuple[Located, ...]:
        """The calls that lead here, outermost first; before them what takes the root from elsewhere."""
        return (
            (*self.caller.scope.chain(), self.caller.block.head)
            if self.caller
            else self.origin
        )

    def doubt(self) -> Unknown | None:
        """Why it isn't known that this instance exists, if it isn't."""
        if self.caller is None:
            return self.world.doubt
        above = self.caller.scope.doubt()
        return self.caller.instance.doubt if above is None else above

    def attributes(self, block: Block, env: Env) -> BodyAttributes:
        """A block's attributes, read in ``env``."""
        return BodyAttributes(block.body, env, block.head)


_NAMED: Mapping[str, Callable[[ModuleScope, str], Value]] = {
    "local": ModuleScope.local, "module": ModuleScope._call, "path": ModuleScope._path, "var": ModuleScope.variable,
}  # fmt: skip
"""What names one thing of a module, by what they begin with."""
_NOT_HERE: Mapping[str, Reason] = {
    "ephemeral": Reason.COMPUTED_AT_APPLY, "terraform": Reason.FROM_ENVIRONMENT,
}  # fmt: skip
"""What nobody writes down."""
