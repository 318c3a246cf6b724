"""Reaching into values: attributes, indices and splats of what may not be known; plain data and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sovlint.expressions.kinds import (
    NotKnown,
    SetOf,
    Thing,
    content,
    failed,
    instances_of,
    members_of,
    unsupported,
)
from sovlint.expressions.lifting import because, hidden, lift, one_of, plainly_unknown
from sovlint.expressions.texts import composed, text_of, whole
from sovlint.model.partial.parts import may_be
from sovlint.model.value import Known, Unknown, Value


def plain(value: Value | object) -> object:
    """Plain Python data all the way down. Raises ``NotKnown`` at the first unknown: a whole resource is one, as the
    provider fills it.
    """
    if isinstance(value, Unknown):
        raise NotKnown(value)
    inner = value.value if isinstance(value, Known) else value
    if isinstance(inner, Thing):
        elements = inner.elements()
        if isinstance(elements, Known) and elements.value in ((), {}):
            return plain(elements)
        raise NotKnown(unsupported("a whole resource or module as a value"))
    if isinstance(inner, dict):
        return {key: plain(item) for key, item in inner.items()}
    if isinstance(inner, tuple):
        return [plain(item) for item in inner]
    return inner


def wrap(data: object) -> Value:
    """Plain Python data (of JSON's types) as a value; what isn't known in it stays so."""
    if isinstance(data, Unknown):
        return data
    if isinstance(data, dict):
        return Known({composed(str(key)): wrap(item) for key, item in data.items()})
    if isinstance(data, (list, tuple)):
        return Known(tuple(wrap(item) for item in data))
    return Known(composed(data) if isinstance(data, str) else data)


def attribute(value: Value, name: str) -> Value:
    """``value.name``."""
    thing = content(value)
    if isinstance(thing, Thing):
        return because(thing.attribute(name), value.because)
    if isinstance(value, Unknown) and not value.among:
        return _entry(value, name)
    return lift([value], lambda inner: _member(inner, name))


def having(value: Value, name: str) -> Value | None:
    """What a value that is one of a few may be where ``value.name`` isn't refused; ``None`` where that says nothing.

    Terraform refuses an attribute of null, and one that an object lacks, so that the value is none of these.
    """
    if not isinstance(value, Unknown) or not value.among:
        return None
    kept = [each for each in value.among if _may_have(each.value, name)]
    if not kept or len(kept) == len(value.among):
        return None
    return part_of(one_of(kept, value), value)


def _may_have(inner: object, name: str) -> bool:
    return name in inner if isinstance(inner, dict) else inner is not None


def _entry(value: Unknown, name: str) -> Value:
    entry = (value.entries or {}).get(name)
    if entry is not None and not value.overridable:
        return part_of(entry, value)
    return element_of(value)


def element_of(value: Unknown) -> Value:
    """An element of a collection that isn't known, whichever."""
    return plainly_unknown(value) if value.each is None else part_of(value.each, value)


def of_each(collection: Unknown, each: Value | None) -> Unknown:
    """A collection made of another that isn't known, whose elements are all what is said here."""
    return collection.bare().but(each=each)


def opened(value: Value) -> Value:
    """A thing as what is in it; any other value as it is."""
    inner = content(value)
    return because(inner.elements(), value.because) if isinstance(inner, Thing) else value


def part_of(part: Value, whole: Value) -> Value:
    """A part of a value, which came about as the whole did and is as secret."""
    found = because(part, whole.because)
    return hidden(found) if whole.sensitive else found


def _member(inner: object, name: str) -> Value:
    if isinstance(inner, Thing):
        return inner.attribute(name)
    if isinstance(inner, dict):
        found = inner.get(name)
        return failed(f"no attribute {name}") if found is None else found
    if isinstance(inner, tuple) and name.isdigit():
        return _at(inner, int(name))
    return failed(f"no attribute {name}")


def index(value: Value, key: Value) -> Value:
    """``value[key]``; an unknown key into a known collection gives one of its elements."""
    thing = content(value)
    if isinstance(thing, Thing):
        return because(thing.element(key), value.because)
    members = members_of(value)
    if isinstance(value, Unknown) and not members:
        if isinstance(key, Known) and value.entries:
            return because(_entry(value, text_of(key.value) or ""), key.because)
        if value.each is not None:
            return because(element_of(value), key.because)
    elif isinstance(key, Unknown) and not key.among:
        if isinstance(value, Known):
            return _any_element(value, key)
        return because(
            one_of([_any_element(member, key) for member in members], value), value.because
        )
    return lift([value, key], _element)


def missing(value: Value, key: Value) -> Unknown | None:
    """Why ``value[key]`` may be refused although what it gives is known; ``None`` where that is sure either way."""
    if not isinstance(value, Known):
        sure = (
            isinstance(key, Known)
            and not value.overridable
            and (text_of(key.value) or "") in (value.entries or {})
        )
        return value if value.each is not None and not sure else None
    if isinstance(value.value, Thing):
        return value.value.missing(key)
    return (
        key if isinstance(key, Unknown) and not key.among else None
    )  # one that fits no key has failed anyway


def _any_element(value: Known[object], key: Unknown) -> Value:
    inner = value.value
    if not isinstance(inner, (dict, tuple)) or isinstance(inner, SetOf) or not inner:
        return plainly_unknown(key)
    items: Iterable[Value] = inner
    if isinstance(inner, dict):
        items = [
            item
            for name, item in inner.items()
            if key.parts is None or may_be(name, key.parts)
        ]
        if not items:
            return failed("no key like that")
    result = because(one_of(items, key), value.because, key.because)
    return hidden(result) if value.sensitive or key.sensitive else result


def _element(inner: object, key: object) -> Value:
    if isinstance(inner, Thing):
        return inner.element(Known(key))
    if isinstance(inner, dict):
        text = text_of(key)
        found = inner.get(text) if text is not None else None
        return failed(f"no key {text}") if found is None else found
    if isinstance(inner, tuple) and not isinstance(inner, SetOf):
        number = whole(key)
        return (
            _at(inner, number) if number is not None else failed("an index must be a number")
        )
    return failed("not a list or a map")


def _at(items: tuple[Value, ...], number: int) -> Value:
    return items[number] if 0 <= number < len(items) else failed(f"no element {number}")


def splat(value: Value, rest: Callable[[Value], Value]) -> Value:
    """``value[*]`` with the steps after it: over the elements of a list, or of a lone value, none of null."""
    if isinstance(value, Unknown) and not value.among:
        each = None if value.each is None else rest(value.each)
        # Without steps it may be a map, which is one element.
        return of_each(value, None if each is value.each else each)

    def over(inner: object) -> tuple[Value, ...]:
        inner = instances_of(inner)
        if inner is None:
            return ()
        items = inner if isinstance(inner, tuple) else (Known(inner),)
        return tuple(map(rest, items))

    return lift([value], over)
