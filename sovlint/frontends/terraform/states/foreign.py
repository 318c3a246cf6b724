"""Values of another root: what they say of resources there must never be taken for those of the same address here.

An address is unique in its root alone. In the chain of a value, and where it names the resource that answers, addresses
become those of the other root (``model.resources.resource.elsewhere``).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from sovlint.expressions.kinds import SetOf, Thing
from sovlint.model.value import Because, Known, MayHold, Step, Unknown, Value

Renaming = Callable[[str], str]
"""What an address of the other root is called elsewhere."""


class Foreign(Struct, eq=False):
    """Translates values of one root (``name`` gives the names that its resources have elsewhere), steps shared."""

    _name: Renaming
    _steps: dict[Step, Step] = {}
    """The translation of each step."""

    def value(self, value: Value) -> Value:
        """The same value, as another root has it. What is refused there is but unknown here: a state may be older."""
        if isinstance(value, Known):
            return self._known(value)
        entries = value.entries
        return Unknown(
            value.reason, value.detail, self._because(value.because),
            among=None if value.among is None else tuple(map(self._known, value.among)),
            parts=value.parts,
            entries=None if entries is None else {key: self.value(each) for key, each in entries.items()},
            overridable=value.overridable,
            each=None if value.each is None else self.value(value.each),
            sensitive=value.sensitive,
            note=value.note,
            host_of=None if value.host_of is None else self._name(value.host_of),
            holds=None if value.holds is None else tuple(map(self._held, value.holds)),
        )  # fmt: skip

    def _held(self, held: MayHold) -> MayHold:
        return MayHold(self.value(held.key), self.value(held.value), held.sure)

    def _known(self, value: Known[object]) -> Known[object]:
        return Known(self._inner(value.value), self._because(value.because), value.sensitive)

    def _inner(self, inner: object) -> object:
        if isinstance(inner, Thing):
            return ForeignThing(inner, self)
        if isinstance(inner, dict):
            return {key: self.value(each) for key, each in inner.items()}
        if isinstance(inner, SetOf):
            return SetOf(map(self.value, inner))
        return tuple(map(self.value, inner)) if isinstance(inner, tuple) else inner

    def _because(self, cause: Because) -> Because:
        """A chain, from its origins on: it may be longer than Python's stack is deep."""
        stack = [cause] if cause else []
        while stack:
            step = stack[-1]
            missing = [parent for parent in step.parents if parent not in self._steps]
            if missing and step not in self._steps:
                stack.extend(missing)
                continue
            stack.pop()
            if step not in self._steps:
                self._steps[step] = self._step(step)
        return self._steps[cause] if cause else None

    def _step(self, step: Step) -> Step:
        parents = tuple(self._steps[parent] for parent in step.parents)
        refers = self._name(step.refers) if step.refers else None
        return Step(step.where, step.note, parents, refers, step.kind, step.text)


class ForeignThing(Thing, eq=False):
    """A resource or a module call of another root, given out whole."""

    thing: Thing
    _foreign: Foreign

    def attribute(self, name: str) -> Value:
        """As that of the thing."""
        return self._foreign.value(self.thing.attribute(name))

    def element(self, key: Value) -> Value:
        """As that of the thing."""
        return self._foreign.value(self.thing.element(key))

    def missing(self, key: Value) -> Unknown | None:
        """As that of the thing."""
        found = self.thing.missing(key)
        return (
            None
            if found is None
            else Unknown(found.reason, found.detail, sensitive=found.sensitive)
        )

    def elements(self) -> Value:
        """As those of the thing."""
        return self._foreign.value(self.thing.elements())
