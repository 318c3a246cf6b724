"""A module instance: what names mean in it. Everything is evaluated on demand, at most once."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.functions.files import Files
from sovlint.expressions.kinds import NULL, failed, unsupported
from sovlint.expressions.lifting import hidden, hop
from sovlint.expressions.limits import CALL, COUNTED, Work
from sovlint.expressions.nodes import Block, TraversalStep
from sovlint.expressions.types import convert
from sovlint.expressions.validation import narrowed
from sovlint.frontends.terraform.modules import early_evaluation
from sovlint.frontends.terraform.modules.attributes import BodyAttributes
from sovlint.frontends.terraform.modules.instances import Instance, by_key, enabled_of, endless, expand
from sovlint.frontends.terraform.modules.module import Module, called_folder, local_source
from sovlint.frontends.terraform.modules.module_instance import Caller, ModuleInstance, RootContext
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.frontends.terraform.modules.providers import given_to_call
from sovlint.frontends.terraform.modules.resource_values import ModuleThing, ResourceThing
from sovlint.frontends.terraform.modules.variables import GivenValues, default_if_null, is_sensitive, value_of
from sovlint.frontends.terraform.syntax.hcl import parse_template
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

MAX_CALLS = 32
"""Module calls nested deeper than this are not followed: no real tree is, and one that calls itself would be."""


class ModuleScope:
    """One instance of a module, with its values so far (implements ``module_instance.ModuleInstance``)."""

    __slots__ = (
        "_cache",
        "_called",
        "_children",
        "_instances",
        "_keyed",
        "_numbered",
        "address",
        "caller",
        "configured",
        "depth",
        "env",
        "files",
        "given",
        "library",
        "module",
        "origin",
        "providers",
        "work",
        "world",
    )

    def __init__(
        self,
        world: RootContext,
        module: Module,
        address: str = "",
        *,
        given: GivenValues | None = None,
        library: bool = False,
        caller: Caller | None = None,
        providers: Mapping[str, ProviderConfig] | None = None,
        origin: tuple[Located, ...] = (),
    ) -> None:
        self.world = world
        self.module = module
        self.address = address
        self.given = given
        self.library = library
        self.caller = caller
        self.origin = origin
        self.providers: Mapping[str, ProviderConfig] = providers or {}
        self.configured: dict[str, ProviderConfig] = {}
        self.depth: int = caller.scope.depth + 1 if caller else 0
        self.work: Work = caller.scope.work if caller else Work(world.reserves)
        self.files: Files = caller.scope.files if caller else Files(world.reader, module.folder, parse_template)
        self.env = Env(self)
        self._cache: dict[tuple[str, ...], Value] = {}
        self._called: dict[str, Module | None] = {}
        self._children: dict[str, list[tuple[Instance, ModuleScope]]] = {}
        self._instances: dict[tuple[str, ...], list[Instance]] = {}
        self._numbered: dict[str, dict[int, ModuleScope]] = {}
        self._keyed: dict[tuple[str, ...], dict[str, Instance]] = {}

    # --- names (implements environment.Scope)

    def name(self, root: str, steps: Sequence[TraversalStep], env: Env) -> tuple[Value, int] | None:
        """What ``root`` and the first steps stand for, and how many steps that took."""
        first = steps[0] if steps and isinstance(steps[0], str) else None
        if root == "var" and first:
            return self.variable(first), 1
        if root == "local" and first:
            return self.local(first), 1
        if root == "module" and first:
            return self._call(first), 1
        if root == "data" and first and len(steps) > 1 and isinstance(steps[1], str):
            return self._data(first, steps[1]), 2
        if root == "path" and first:
            return self._path(first), 1
        if root == "terraform" and first:
            return Unknown(Reason.FROM_ENVIRONMENT, f"terraform.{first}"), 1
        if root == "ephemeral" and first:
            return Unknown(Reason.COMPUTED_AT_APPLY, f"ephemeral.{first}"), 1
        if root in self.module.planted:
            return self.module.planted[root], 0
        if first and (root, first) in self.module.resources:
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
        return self.once(
            ("local", name),
            lambda: hop(
                evaluate(attribute.expression, self.env), attribute.where, Note("terraform.local", {"name": name})
            ),
        )

    def output(self, name: str) -> Value:
        """The output ``name``, as the caller sees it."""
        block = self.module.outputs.get(name)
        attribute = block.body.attributes.get("value") if block else None
        if block is None or attribute is None:
            return failed(f"no output {name}")

        def value() -> Value:
            found = evaluate(attribute.expression, self.env)
            found = hop(found, attribute.where, Note("terraform.output", {"name": name}))
            return hidden(found) if is_sensitive(block) else found

        return self.once(("output", name), value)

    def once(self, key: tuple[str, ...], compute: Callable[[], Value]) -> Value:
        """The value of a name, found once. One that leads to itself, or through too many others, is unknown."""
        found = self._cache.get(key)
        if found is None:
            name = ".".join(filter(None, key))
            self._cache[key] = unsupported(f"{name} refers to itself")
            before = self.work.doubts
            try:
                found = compute()
            except RecursionError:
                found = unsupported(f"{name} leads too far")
            self.work.doubts = before  # what may be missing there is refused there: no ``try`` elsewhere sees it
            self._cache[key] = found
        return found

    def _variable(self, name: str) -> Value:
        block = self.module.variables.get(name)
        if block is None:
            return unsupported(f"no variable {name}")
        if self.caller is None:
            return value_of(name, block, self.given, self.library, self.env)
        argument = self.caller.block.body.attributes.get(name)
        if argument is None:
            return value_of(name, block, None, False, self.env)
        env = self.caller.instance.env(self.caller.scope.env)
        value = evaluate(argument.expression, env)
        value = default_if_null(name, block, value, self.env)
        constraint = block.body.attributes.get("type")
        kind = constraint.expression if constraint else None
        value = convert(narrowed(name, block, convert(value, kind, self.env), self.env), kind, self.env)
        where = self.caller.block.head if is_sensitive(block) else argument.where
        value = hop(value, where, Note("terraform.module-input", {"name": name}))
        return hidden(value) if is_sensitive(block) else value

    def _path(self, name: str) -> Value:
        """Paths as Terraform gives them, and its functions take them: relative to the root, where it is run."""
        if name == "module":
            return Known(posixpath.relpath(self.module.folder or ".", self.root.module.folder or "."))
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
        return self.once(("resource", kind, name), lambda: self._enabled(block, Known(ResourceThing(self, block))))

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
            source = (
                early_evaluation.source_as_known(early_evaluation.argument(self, block, "source")) or f"module.{name}"
            )
            cause = Step(block.head, Note("terraform.remote-module", {"source": source}))
            return Unknown(Reason.REMOTE_MODULE, source, cause)
        return self.once(("module", name), lambda: self._enabled(block, Known(ModuleThing(self, block))))

    def called(self, block: Block) -> Module | None:
        """The module that a call names, if it is here to read, isn't being called already, and can be afforded."""
        name = block.labels[0]
        if name not in self._called:
            module = self.source_of(block)
            readable = module is not None and self.depth < MAX_CALLS and not self.within(module)
            self._called[name] = module if readable and self.work.spend(CALL * (self.depth + 1)) else None
        return self._called[name]

    def _weight(self, block: Block) -> int:
        """How many resources an instance of a block holds, those of further calls among them, each taken once."""
        module = self.called(block) if block.kind == "module" else None
        return 1 if module is None else max(1, self._declared(module, ()))

    def _declared(self, module: Module, above: tuple[Module, ...]) -> int:
        """How many resources a module declares with those that it calls, up to a number that is too many anyway."""
        weights = self.world.weights
        if id(module) not in weights:
            inner = (self._local(module.folder, local_source(block)) for block in module.calls.values())
            called = [each for each in inner if each is not None and each is not module and each not in above]
            deeper = len(above) < MAX_CALLS
            total = sum(self._declared(each, (*above, module)) for each in called) if deeper else 0
            weights[id(module)] = min(COUNTED, len(module.resources) + total)
        return weights[id(module)]

    def _local(self, folder_of_call: str, source: str | None) -> Module | None:
        folder = called_folder(folder_of_call, source)
        return self.world.modules.get(self.world.reader.real(folder)) if folder is not None else None

    def source_of(self, block: Block) -> Module | None:
        """The module that a call names, if it is here."""
        source = early_evaluation.source(self, block)
        found = self._local(self.module.folder, source)
        if found is not None or self.world.installed is None:
            return found
        path = ".".join((*self.path_of_calls(), block.labels[0]))
        return self.world.installed.called(
            path, block, self.module.folder, source, early_evaluation.version(self, block)
        )

    def path_of_calls(self) -> tuple[str, ...]:
        """The names of the calls that lead here, outermost first."""
        return (*self.caller.scope.path_of_calls(), self.caller.block.labels[0]) if self.caller else ()

    def within(self, module: Module) -> bool:
        """Whether this instance is one of ``module``, or lies within one: a module that calls itself never ends."""
        return self.module is module or (self.caller is not None and self.caller.scope.within(module))

    def instances(self, block: Block) -> list[Instance]:
        """The instances of a resource or call block, by ``count`` and ``for_each``."""
        alias = block.body.attributes.get("alias") if block.kind == "provider" else None
        key = (block.kind, *block.labels, *([repr(alias.expression)] if alias else ()))
        if key not in self._instances:
            self._instances[key] = endless(block)
            with suppress(RecursionError):  # too many names lead there: as unknown as what leads to itself
                several = bool({"count", "for_each"} & block.body.attributes.keys())
                self._instances[key] = expand(block, self.env, self._weight(block) if several else 1)
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
        name = block.labels[0]
        if name not in self._children:
            module = self.called(block)
            made: list[tuple[Instance, ModuleScope]] = []
            for instance in self.instances(block) if module else ():
                assert module is not None
                made.append((instance, self._child(module, block, instance)))
            self._children[name] = made
        return self._children[name]

    def child(self, block: Block, key: str) -> ModuleScope | None:
        """The child instance of a call block under ``key``: that of this key, else of one that isn't known."""
        children = self.children(block)
        wanted = self.instance(block, key)
        if wanted is None:
            return next((child for each, child in children if not isinstance(each.key, Known)), None)
        name = block.labels[0]
        if name not in self._numbered:
            self._numbered[name] = {id(each): child for each, child in children}
        return self._numbered[name].get(id(wanted))

    def _child(self, module: Module, block: Block, instance: Instance) -> ModuleScope:
        address = f"{self.address}.module.{block.labels[0]}{instance.suffix}".lstrip(".")
        return ModuleScope(
            self.world, module, address,
            library=self.library,
            caller=Caller(self, block, instance),
            providers=given_to_call(self, block, instance),
        )  # fmt: skip

    def chain(self) -> tuple[Located, ...]:
        """The calls that lead here, outermost first; before them what takes the root from elsewhere."""
        return (*self.caller.scope.chain(), self.caller.block.head) if self.caller else self.origin

    def doubt(self) -> Unknown | None:
        """Why it isn't known that this instance exists, if it isn't."""
        if self.caller is None:
            return None
        above = self.caller.scope.doubt()
        return self.caller.instance.doubt if above is None else above

    def attributes(self, block: Block, env: Env) -> BodyAttributes:
        """A block's attributes, read in ``env``."""
        return BodyAttributes(block.body, env, block.head)
