"""Values as data, so that another repository can read them: what is known, what is known all the same, and the chain.

Of an output: ``value``, ``steps`` (the chains of all values in it, each step once, those before it by their places in
the list) and ``things`` (the resources that these name, by what they are called there). A value has one of ``is`` (a
text, number or truth), ``list``, ``set``, ``map`` or ``why`` (the reason why it isn't known), with whatever is known all
the same; ``by`` is its step. What is sensitive, or looks like a secret, is never written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint.expressions.kinds import SetOf, Thing
from sovlint.frontends.terraform.modules.resource_values import (
    META,
    ModuleThing,
    ResourceThing,
)
from sovlint.frontends.terraform.states.foreign import ForeignThing
from sovlint.model.redaction.by_keys import without_secrets
from sovlint.model.resources.kept import InWords, KeptThing
from sovlint.model.value import Known, Reason, Step, Unknown, Value, unroll

MOST_VALUES: Final = 2_000
"""Values of an output, those in it counted."""
MOST_STEPS: Final = 48
"""Steps of an output: a value whose chain would be cut is written without it."""
DEEPEST: Final = 12
LONGEST: Final = 4_000
"""Characters of a text."""
_ALWAYS: Final = ("arn", "id", "name")
"""Attributes of any resource."""

JsonObject = dict[str, Any]


def written(
    name: str, value: Value, words: InWords, named: Callable[[str], KeptThing | None]
) -> JsonObject:
    """An output as data. ``named`` says what is at an address of its root."""
    writer = _Writer(words, named)
    found = writer.value(value, (name,), 0)
    return {
        "value": found,
        **({"steps": writer.steps} if writer.steps else {}),
        **({"things": writer.things} if writer.things else {}),
    }


class _Writer(Struct, eq=False):
    _words: InWords
    _named: Callable[[str], KeptThing | None]
    steps: list[JsonObject] = []
    things: dict[str, KeptThing] = {}
    _numbers: dict[Step, int] = {}
    _left: int = MOST_VALUES

    def value(self, value: Value, keys: tuple[str, ...], depth: int) -> JsonObject:
        self._left -= 1
        if value.sensitive or self._left < 0 or depth > DEEPEST:
            return self._bare(value)
        if isinstance(value, Unknown):
            return self._unknown(value, keys, depth)
        inner = value.value
        if isinstance(inner, Thing):
            return self._thing(inner, value, keys, depth)
        if isinstance(inner, Mapping):
            return {
                "map": {str(key): self.value(each, (*keys, str(key)), depth + 1) for key, each in inner.items()},
                **self._by(value),
            }  # fmt: skip
        if isinstance(inner, tuple):
            kind = "set" if isinstance(inner, SetOf) else "list"
            return {
                kind: [self.value(each, keys, depth + 1) for each in inner],
                **self._by(value),
            }
        if not _may_be_told(inner, keys):
            return self._bare(value)
        return {"is": inner, **self._by(value)}

    def _bare(self, value: Value) -> JsonObject:
        """That there is a value, and where it comes from; a text of it may be a secret."""
        host = value.host_of if isinstance(value, Unknown) else None
        return {
            "why": Reason.COMPUTED_AT_APPLY.value,
            **({"sensitive": True} if value.sensitive else {}),
            **self._host(host),
            **({} if value.sensitive else self._by(value)),
        }

    def _unknown(self, value: Unknown, keys: tuple[str, ...], depth: int) -> JsonObject:
        def inner(one: Value) -> JsonObject:
            return self.value(one, keys, depth + 1)

        parts = value.parts if value.parts and any(value.parts) else None
        is_told = parts is None or all(_may_be_told(each, keys) for each in parts if each)
        found: JsonObject = {
            "parts": list(parts) if parts and is_told else None,
            "among": [inner(each) for each in value.among] if value.among else None,
            "entries": {
                key: self.value(each, (*keys, key), depth + 1) for key, each in value.entries.items()
            } if value.entries else None,
            "closed": True if value.entries and not value.overridable else None,
            "each": None if value.each is None else inner(value.each),
            **self._host(value.host_of),
        }  # fmt: skip
        found = {key: each for key, each in found.items() if each is not None}
        # A chain that leads nowhere isn't told: roots that read each other's state would make it longer each time.
        by = self._by(value) if found or self._leads(value) else {}
        return {"why": value.reason.value, **_detail(value, keys), **found, **by}

    def _leads(self, value: Value) -> bool:
        """Whether a chain leads to a resource that others are told of."""
        met = (step.refers for step in unroll(value.because) if step.refers)
        return any(self._named(address) is not None for address in met)

    def _host(self, address: str | None) -> JsonObject:
        return {} if address is None else {"host": self._refers(address)}

    def _thing(
        self, thing: Thing, value: Value, keys: tuple[str, ...], depth: int
    ) -> JsonObject:
        """A resource, a call of a module or the outputs of a state as a whole, as an object of which not all is known."""
        names = self._names(thing)
        if names is not None and thing.doubtful() is None:
            entries = {
                name: self.value(thing.attribute(name), (*keys, name), depth + 1)
                for name in names
            }
            return {
                "why": Reason.COMPUTED_AT_APPLY.value,
                "entries": entries,
                "closed": True,
                **self._by(value),
            }
        elements = thing.elements()
        is_itself = isinstance(elements, Known) and isinstance(elements.value, Thing)
        if isinstance(elements, Unknown) or is_itself or depth > DEEPEST:
            return self._bare(value)
        return self.value(elements, keys, depth + 1)

    def _names(self, thing: Thing) -> Sequence[str] | None:
        """The attributes of one thing; ``None`` where it is several."""
        if isinstance(thing, ForeignThing):
            return self._names(thing.thing)
        if isinstance(thing, ModuleThing) and (
            thing.child is not None or not thing.block.is_repeated
        ):
            children = [child for _, child in thing.scope.children(thing.block)]
            child = thing.child or (children[0] if len(children) == 1 else None)
            return None if child is None else sorted(child.module.outputs)
        if isinstance(thing, ResourceThing) and (
            thing.instance or not thing.block.is_repeated
        ):
            hints, kind = thing.scope.world.hints, thing.block.labels[0]
            answers = (path.partition(".")[0] for path in hints.answers_at.get(kind, ()))
            own = (name for name in thing.block.body.attributes if name not in META)
            return sorted({*own, *hints.computed.get(kind, ()), *answers, *_ALWAYS})
        return None

    # --- chains

    def _by(self, value: Value) -> JsonObject:
        step = value.because
        if step is None or not self._room_for(step):
            return {}
        return {"by": self._number(step)}

    def _room_for(self, step: Step) -> bool:
        new: set[Step] = set()
        stack = [step]
        while stack:
            one = stack.pop()
            if one not in self._numbers and one not in new:
                new.add(one)
                stack.extend(one.parents)
                if len(self.steps) + len(new) > MOST_STEPS:
                    return False
        return True

    def _number(self, step: Step) -> int:
        known = self._numbers.get(step)
        if known is None:
            above = [
                self._number(parent) for parent in step.parents
            ]  # no more of them than MOST_STEPS
            self.steps.append(self._step(step, above))
            known = self._numbers[step] = len(self.steps) - 1
        return known

    def _step(self, step: Step, above: list[int]) -> JsonObject:
        note = self._words(step.note)
        span = None if step.where is None else step.where.span()
        found: JsonObject = {
            "path": span.own_path if span else None,
            "line": span.line if span else None,
            "repository": (span.repository or None) if span else None,
            "note": {"en": note.en, "fr": note.fr},
            "above": above or None,
            "refers": self._refers(step.refers) if step.refers else None,
            "kind": step.kind.value,
            "text": list(step.text) if step.text else None,
        }
        return {key: each for key, each in found.items() if each is not None}

    def _refers(self, address: str) -> str:
        if address not in self.things:
            thing = self._named(address)
            if thing is not None:
                self.things[address] = thing
        return address


def _detail(value: Unknown, keys: tuple[str, ...]) -> JsonObject:
    is_told = bool(value.detail) and _may_be_told(value.detail, keys)
    return {"detail": value.detail} if is_told else {}


def _may_be_told(inner: object, keys: tuple[str, ...]) -> bool:
    """Whether a text, number or truth may be written: it is no secret, and not too long."""
    if not isinstance(inner, str | int | float | None):
        return False
    if isinstance(inner, str) and len(inner) > LONGEST:
        return False
    return bool(without_secrets(inner, *keys) == inner)
