"""Resources and module calls as values: attributes that are written, repeated once applied, or not known before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import Thing, content, failed
from sovlint.expressions.lifting import (
    because,
    hop,
    in_place_of_null,
    one_of,
    plainly_unknown,
)
from sovlint.expressions.nodes import Block, Call, ObjectOf
from sovlint.expressions.values import index
from sovlint.frontends.terraform.modules.computed import (
    is_template,
    made,
    own_address,
    put_together,
    written_block,
)
from sovlint.frontends.terraform.modules.instances import ONE, Instance, enabled_of
from sovlint.frontends.terraform.modules.module_instance import ModuleInstance
from sovlint.frontends.terraform.modules.providers import provider_of
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value, is_null

META = frozenset(
    {
        "count",
        "for_each",
        "provider",
        "depends_on",
        "lifecycle",
        "source",
        "version",
        "providers",
    }
)
"""Arguments that are not attributes of the thing."""


class ResourceThing(Thing, eq=False):
    """A managed resource or data source, or one of its instances."""

    scope: ModuleInstance
    block: Block
    instance: Instance | None = None

    @property
    def address(self) -> str:
        """Its address in the whole configuration."""
        kind = ("data",) if self.block.kind == "data" else ()
        path = (
            *([self.scope.address] if self.scope.address else []),
            *kind,
            *self.block.labels,
        )
        return ".".join(path) + (self.instance.suffix if self.instance else "")

    @property
    def _several(self) -> bool:
        return self.instance is None and self.block.is_repeated

    def attribute(self, name: str) -> Value:
        """An attribute: written, repeated or computed (see the module)."""
        suffix = self.instance.suffix if self.instance else ""
        key = ("attribute", self.block.kind, *self.block.labels, suffix, name)
        return self.scope.once(key, lambda: self._read(name))

    def _read(self, name: str) -> Value:
        if self._several:
            return self._of_instance(name)
        written = self._written(name)
        if written is None:
            return self._unwritten(name)
        return in_place_of_null(written, lambda: self._unwritten(name))

    def _written(self, name: str) -> Value | None:
        """An argument as it is written, null too."""
        attribute = None if name in META else self.block.attribute(name)
        if attribute is None:
            return None
        value = evaluate(attribute.expression, self._env())
        return hop(value, attribute.where, self._note(), StepKind.READ_FROM, self.address)

    def _unwritten(self, name: str) -> Value:
        """An attribute that nobody writes. Null is as good as that: the provider may put in what it likes."""
        for find in (self._repeated, self._nested, self._rendered, self._kept_elsewhere):
            found = find(name)
            if found is not None:
                return found
        return self._computed(name)

    def _of_instance(self, name: str) -> Value:
        """``aws_x.y.a`` of one with ``for_each``: its instance ``a``."""
        elements = self.elements()
        inner = content(elements)
        if isinstance(inner, dict) and name in inner:
            return index(elements, Known(name))
        return failed(f"{self.address} has several instances")

    def _env(self) -> Env:
        return (self.instance or ONE).env(self.scope.env)

    def _repeated(self, name: str) -> Value | None:
        """Attributes that, once applied, repeat an argument or a setting of the provider block."""
        kind = self.block.labels[0]
        hints = self.scope.world.hints
        other = (
            hints.computed.get(kind, {}).get(name) if self.block.kind == "resource" else None
        )
        if other is not None and is_template(other):
            computed = self._computed(name)
            return made(
                other,
                self._argument,
                computed if isinstance(computed, Unknown) else self._at_apply(name),
            )
        if other is not None and other in self.block.body.attributes:
            return self.attribute(other)
        repeated = hints.settings_of.get(kind, {}) if self.block.kind == "data" else {}
        if f"{name}.*" in repeated:
            unknown = self._at_apply(name)
            return unknown.but(each=made(repeated[f"{name}.*"], self._argument, unknown))
        return self._setting(name, repeated) if name in repeated else None

    def _setting(self, name: str, repeated: Mapping[str, str]) -> Value:
        """A setting that a data source repeats: what it says of it by any of its names, else what its provider block
        does. Any other argument (``endpoint``) picks something by itself, and what is picked isn't known."""
        setting = repeated[name]
        names = {setting, *(each for each, other in repeated.items() if other == setting)}
        written = {each: self._written(each) for each in self.block.body.attributes}
        given = {
            each: value
            for each, value in written.items()
            if value is not None and not is_null(value)
        }
        unknown = self._at_apply(name)
        if len(given) > 1 or given.keys() - names:
            return unknown
        found = provider_of(self.scope, self.block).read(setting)
        default = because(found[0].value, self._step()) if len(found) == 1 else unknown
        own = next(iter(given.values()), default)
        return in_place_of_null(in_place_of_null(own, lambda: default), lambda: unknown)

    def _argument(self, name: str) -> Value | None:
        """What the resource says, else what its provider block does."""
        expression = self.block.expression(name)
        own = None if expression is None else evaluate(expression, self._env())
        if own is not None and not (isinstance(own, Known) and own.value in (None, "")):
            return own
        found = provider_of(self.scope, self.block).read(name)
        return found[0].value if len(found) == 1 else None

    def _nested(self, name: str) -> Value | None:
        """Nested blocks as a list of objects."""
        if not any(
            inner.kind == name or inner.labels == (name,) for inner in self.block.body.blocks
        ):
            return None
        found = self.scope.attributes(self.block, self._env()).read(name)
        step = self._step()
        return Known(
            tuple(written_block(item.value, f"{self.address}.{name}", step) for item in found)
        )

    def _rendered(self, name: str) -> Value | None:
        """A text that is filled in, or put together, once it is applied."""
        rule = self.scope.world.hints.renders.get(self.block.labels[0], {}).get(name)
        if rule is None:
            return None
        if rule.each:
            found = self.scope.attributes(self.block, self._env()).read(rule.each)
            value = put_together([each.value for each in found])
        else:
            nothing = ObjectOf(())
            given = [self.block.expression(each) or nothing for each in rule.of]
            value = evaluate(Call(rule.function, tuple(given), False), self._env())
        return hop(value, self.block.head, self._note(), StepKind.READ_FROM, self.address)

    def _kept_elsewhere(self, name: str) -> Value | None:
        """What a data block reads from the state of a root."""
        states = self.scope.world.states
        if states is None or self.block.kind != "data":
            return None
        return states.outputs(self.scope, self.block, self._env(), f"{self.address}.{name}")

    def _computed(self, name: str) -> Value:
        hints = self.scope.world.hints
        addresses = hints.answers_at if self.block.kind == "resource" else hints.looks_up
        paths = addresses.get(self.block.labels[0], ())
        found = own_address(self.address, name, paths, self._step())
        return self._at_apply(name) if found is None else found

    def _at_apply(self, name: str) -> Unknown:
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{self.address}.{name}", self._step())

    def _step(self) -> Step:
        return Step(self.block.head, self._note(), (), self.address)

    def _note(self) -> Note:
        return Note("terraform.reference", {"address": self.address})

    def _one(self, instance: Instance) -> Value:
        return Known(ResourceThing(self.scope, self.block, instance))

    def element(self, key: Value) -> Value:
        """One instance; see ``values.Thing``."""
        if not self._several:
            return failed(f"{self.address} has no instances")
        instances = self.scope.instances(self.block)
        if isinstance(key, Known):
            open_ended = (each for each in instances if isinstance(each.key, Unknown))
            found = self.scope.instance(self.block, str(key.value)) or next(open_ended, None)
            return (
                failed(f"{self.address} has no such instance")
                if found is None
                else self._one(found)
            )
        return one_of(map(self._one, instances), key)

    def missing(self, key: Value) -> Unknown | None:
        """Why an instance may not be there; see ``values.Thing``."""
        return missing_instance(self.scope, self.block, key) if self._several else None

    def doubtful(self) -> Unknown | None:
        """Why it may be null; see ``values.Thing``."""
        return None if self._several else doubt_of(self.block, self.scope)

    def elements(self) -> Value:
        """All instances; see ``values.Thing``."""
        if not self._several:
            doubt = self.doubtful()
            return Known((Known(self),)) if doubt is None else doubt
        return self.scope.once(
            ("elements", self.block.kind, *self.block.labels), self._elements
        )

    def _elements(self) -> Value:
        instances = self.scope.instances(self.block)
        return collected(self.block, instances, map(self._one, instances))


class ModuleThing(Thing, eq=False):
    """A call of a module that is here to read, or one of its instances."""

    scope: ModuleInstance
    block: Block
    child: ModuleInstance | None = None

    def attribute(self, name: str) -> Value:
        """An output of the module."""
        if self.child is not None:
            return self.child.output(name)
        children = self.scope.children(self.block)
        if self.block.is_repeated or len(children) != 1:
            elements = self.elements()
            return (
                index(elements, Known(name))
                if isinstance(elements, Known)
                else plainly_unknown(elements)
            )
        return children[0][1].output(name)

    def element(self, key: Value) -> Value:
        """One instance; see ``values.Thing``."""
        if isinstance(key, Unknown):
            return one_of(
                [self._one(child) for _, child in self.scope.children(self.block)], key
            )
        child = self.scope.child(self.block, str(key.value))
        return (
            failed(f"module.{self.block.name} has no such instance")
            if child is None
            else self._one(child)
        )

    def _one(self, child: ModuleInstance) -> Value:
        return Known(ModuleThing(self.scope, self.block, child))

    def missing(self, key: Value) -> Unknown | None:
        """Why an instance may not be there; see ``values.Thing``."""
        return missing_instance(self.scope, self.block, key)

    def doubtful(self) -> Unknown | None:
        """Why it may be null; see ``values.Thing``."""
        return doubt_of(self.block, self.scope)

    def elements(self) -> Value:
        """All instances; see ``values.Thing``."""
        return self.scope.once(("elements", "module", *self.block.labels), self._elements)

    def _elements(self) -> Value:
        children = self.scope.children(self.block)
        return collected(
            self.block,
            [instance for instance, _ in children],
            [self._one(child) for _, child in children],
        )


def doubt_of(block: Block, scope: ModuleInstance) -> Unknown | None:
    """Why a block may be switched off by OpenTofu's ``enabled``."""
    enabled = enabled_of(block, scope.env)
    return plainly_unknown(enabled) if isinstance(enabled, Unknown) else None


def missing_instance(scope: ModuleInstance, block: Block, key: Value) -> Unknown | None:
    """Why there may be no instance of a block under ``key``."""
    if isinstance(key, Unknown):
        return key
    found = scope.instance(block, str(key.value))
    if found is not None:
        return found.doubt
    instances = scope.instances(block)
    return next((each.key for each in instances if isinstance(each.key, Unknown)), None)


def collected(block: Block, instances: Sequence[Instance], things: Iterable[Value]) -> Value:
    """All instances as a list or map; unknown where it isn't known which there are."""
    keyed: dict[str, Value] = {}
    for instance, thing in zip(instances, things, strict=True):
        if instance.doubt is not None:
            return plainly_unknown(instance.doubt)
        if isinstance(instance.key, Unknown):
            return plainly_unknown(instance.key)
        keyed[str(instance.key.value) if instance.key else ""] = thing
    return Known(keyed if "for_each" in block.body.attributes else tuple(keyed.values()))
