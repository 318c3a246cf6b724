"""Operations on Terraform values with unknowns: lifting, indexing, splats, joining strings.

Inside a ``Known`` a value is a str, int, float, bool, None, a tuple of values (list, tuple), a ``SetOf`` values, a dict
of values (map, object), or a ``Thing`` (a resource or a module call, read on demand).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import product
from math import prod

from sovlint.frontends.terraform.limits import MAX_NESTING, MAX_SIZE, MAX_TEXT
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import MAX_AMONG, Because, Known, Reason, Step, Unknown, Value, either

MAX_PARTS = 64
"""Strings of more pieces than this keep no parts."""
TEXT_PART = 32
"""So many characters of text count as one part."""
TOO_LARGE = "a value larger than is kept"
"""What is said of values that have no ``measure``."""


class SetOf(tuple[Value, ...]):
    """The elements of a set, each once, in the order in which Terraform goes through them (see ``set_of``)."""

    __slots__ = ()


class Failed(Unknown):
    """An expression that Terraform would refuse too (no such key): ``try`` and ``can`` see the difference."""


class Thing(ABC):
    """A resource, module call or data source: read on demand."""

    __slots__ = ()

    @abstractmethod
    def attribute(self, name: str) -> Value:
        """Its attribute (or output)."""

    @abstractmethod
    def element(self, key: Value) -> Value:
        """One of its instances, where it has several."""

    @abstractmethod
    def missing(self, key: Value) -> Unknown | None:
        """Why the instance under ``key`` may not be there; ``None`` where it surely is, or surely isn't."""

    @abstractmethod
    def elements(self) -> Value:
        """All of its instances: a tuple or a map, or unknown."""


NULL: Value = Known(None)


class NotKnown(Exception):  # noqa: N818 - not an error: the way out of a plain function that met an unknown
    """Carries the unknown that keeps a plain function from answering."""

    def __init__(self, unknown: Unknown) -> None:
        self.unknown = unknown


class Refused(Exception):  # noqa: N818 - not a fault of ours: what Terraform itself says of bad arguments
    """Raised by a plain function for arguments that Terraform refuses."""


def merged(*causes: Because) -> Because:
    """One chain out of several."""
    found = tuple(dict.fromkeys(cause for cause in causes if cause is not None))
    if len(found) <= 1:
        return found[0] if found else None
    return Step(None, Note("terraform.combined"), found)


def because(value: Value, *causes: Because) -> Value:
    """The same value with further causes."""
    cause = merged(value.because, *causes)
    if cause is value.because:
        return value
    if isinstance(value, Known):
        return Known(value.value, cause, value.sensitive)
    return changed(value, cause=cause)


def hop(value: Value, where: Located | None, note: Note, refers: str | None = None) -> Value:
    """The same value as seen one step further on: ``where`` it was passed along, and what is said of that."""
    parents = () if value.because is None else (value.because,)
    step = Step(where, note, parents, refers)
    return Known(value.value, step, value.sensitive) if isinstance(value, Known) else changed(value, cause=step)


def changed(value: Unknown, *, cause: Because = None, sensitive: bool | None = None) -> Unknown:
    """A copy of an unknown with another cause or sensitivity."""
    return type(value)(
        value.reason,
        value.detail,
        cause or value.because,
        among=value.among,
        parts=value.parts,
        entries=value.entries,
        overridable=value.overridable,
        sensitive=value.sensitive if sensitive is None else sensitive,
    )


def hidden(value: Value) -> Value:
    """The same value, marked sensitive."""
    if value.sensitive:
        return value
    return Known(value.value, value.because, True) if isinstance(value, Known) else changed(value, sensitive=True)


def plainly_unknown(value: Unknown) -> Unknown:
    """Only the reason of an unknown: what was known of the whole says nothing of a part."""
    return type(value)(value.reason, value.detail, value.because, sensitive=value.sensitive)


def unsupported(detail: str) -> Unknown:
    """An unknown for what this reader doesn't evaluate."""
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, detail)


def failed(detail: str) -> Unknown:
    """An unknown for what Terraform refuses as well."""
    return Failed(Reason.UNSUPPORTED_EXPRESSION, detail)


def lift(arguments: Sequence[Value], function: Callable[..., Value]) -> Value:
    """Apply ``function`` to known arguments, and to every combination of the members of those known to be among some.

    Sensitive arguments give a sensitive result. ``function`` may raise ``NotKnown``.
    """
    result = _lift(arguments, function)
    if not any(argument.sensitive for argument in arguments):
        return result
    if isinstance(result, Unknown) and result.detail not in [a.detail for a in arguments if isinstance(a, Unknown)]:
        result = type(result)(result.reason, "a sensitive value", result.because, among=result.among)
    return hidden(result)


def _lift(arguments: Sequence[Value], function: Callable[..., Value]) -> Value:
    first: Unknown | None = None
    choices: list[tuple[Known[object], ...]] = []
    for argument in arguments:
        if isinstance(argument, Known):
            choices.append((argument,))
        elif argument.among:
            first = argument if first is None else first
            choices.append(argument.among)
        else:
            return plainly_unknown(argument)
    causes = [argument.because for argument in arguments]
    if first is None:
        return because(_apply(function, [choice[0] for choice in choices]), *causes)
    if prod(map(len, choices)) > MAX_AMONG:
        return plainly_unknown(first)
    return because(either([_apply(function, combination) for combination in product(*choices)], first), *causes)


def _apply(function: Callable[..., Value], arguments: Sequence[Known[object]]) -> Value:
    try:
        return function(*(argument.value for argument in arguments))
    except NotKnown as stop:
        return plainly_unknown(stop.unknown)


def measure(value: Value, limit: int = MAX_SIZE) -> int | None:
    """How many parts a value has, each counted as often as it is met; ``None``: more than ``limit``, or too deep."""
    count = depth = 0
    level: list[Value] = [value]
    while level:
        count += len(level)
        depth += 1
        below: list[Value] = []
        for item in level:
            inner = item.value if isinstance(item, Known) else item.entries
            if isinstance(item, Unknown):
                below.extend(item.among or ())
                count += sum(len(part or "") for part in item.parts or ()) // TEXT_PART
            if isinstance(inner, str):
                count += len(inner) // TEXT_PART
            elif isinstance(inner, dict):
                below.extend(inner.values())
                count += sum(map(len, inner)) // TEXT_PART
            elif isinstance(inner, tuple):
                below.extend(inner)
            if count + len(below) > limit:
                return None
        if depth > MAX_NESTING:
            return None
        level = below
    return count


def has_secret(value: Value) -> bool:
    """Whether a value, or a part of it, is sensitive. The value must have a ``measure``."""
    stack: list[Value] = [value]
    while stack:
        item = stack.pop()
        if item.sensitive:
            return True
        inner = item.value if isinstance(item, Known) else item.entries
        if isinstance(inner, dict):
            stack.extend(inner.values())
        elif isinstance(inner, tuple):
            stack.extend(inner)
        if isinstance(item, Unknown) and item.among:
            stack.extend(item.among)
    return False


def too_large() -> NotKnown:
    """To raise where a value would be larger than is kept."""
    return NotKnown(unsupported(TOO_LARGE))


def unique(items: Iterable[Value]) -> list[Value]:
    """The items without those that are the same as one before."""
    found: dict[Hashable, Value] = {}
    for item in items:
        found.setdefault(identity(item), item)
    return list(found.values())


def set_of(items: Iterable[Value]) -> SetOf:
    """The items as a set: each once, sorted as Terraform goes through sets of text or numbers."""
    found = unique(items)
    plains = [item.value for item in found if isinstance(item, Known)]
    for kind in (str, (int, float)):
        if len(plains) == len(found) and all(isinstance(each, kind) and not isinstance(each, bool) for each in plains):
            return SetOf(sorted(found, key=lambda item: item.value))  # type: ignore[union-attr, arg-type, return-value]
    return SetOf(found)


def identity(value: Value) -> Hashable:
    """Two values are the same (``model.value.same``) where their identities are equal."""
    if isinstance(value, Unknown):
        return ("unknown", id(value))
    inner = value.value
    if isinstance(inner, dict):
        return ("map", frozenset((key, identity(item)) for key, item in inner.items()))
    if isinstance(inner, tuple):
        return ("list", tuple(map(identity, inner)))
    if isinstance(inner, Thing):
        return ("thing", id(inner))
    return (isinstance(inner, bool), inner)


def plain(value: Value | object) -> object:
    """Plain Python data all the way down. Raises ``NotKnown`` at the first unknown."""
    if isinstance(value, Unknown):
        raise NotKnown(value)
    inner = value.value if isinstance(value, Known) else value
    if isinstance(inner, Thing):
        return plain(inner.elements())
    if isinstance(inner, dict):
        return {key: plain(item) for key, item in inner.items()}
    if isinstance(inner, tuple):
        return [plain(item) for item in inner]
    return inner


def wrap(data: object) -> Value:
    """Plain Python data (of JSON's types) as a value."""
    if isinstance(data, dict):
        return Known({str(key): wrap(item) for key, item in data.items()})
    if isinstance(data, (list, tuple)):
        return Known(tuple(wrap(item) for item in data))
    return Known(data)


def text_of(value: object) -> str | None:
    """A primitive as Terraform converts it to text; ``None`` for null and what has no text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return None


def joined(pieces: Iterable[Value]) -> Value:
    """A string made of pieces; what isn't known becomes a hole in its ``parts``."""
    values = list(pieces)
    result = lift(values, _concatenated)
    if isinstance(result, Known) or result.among or isinstance(result, Failed):
        return result
    parts: list[str | None] = []
    for value in values:
        parts.extend(_parts(value))
        if len(parts) > MAX_PARTS or sum(len(part or "") for part in parts) > MAX_TEXT:
            return result
    return Unknown(result.reason, result.detail, result.because, parts=_tidy(parts), sensitive=result.sensitive)


def _concatenated(*pieces: object) -> Value:
    texts = [text_of(piece) for piece in pieces]
    if None in texts:
        return failed("a template needs text")
    return Known(concatenated([text for text in texts if text is not None]))


def concatenated(texts: Sequence[str], separator: str = "") -> str:
    """The texts as one; raises ``NotKnown`` where that is too long."""
    if sum(map(len, texts)) + len(separator) * len(texts) > MAX_TEXT:
        raise too_large()
    return separator.join(texts)


def _parts(value: Value) -> tuple[str | None, ...]:
    if isinstance(value, Known):
        return (text_of(value.value) or "",)
    return value.parts or (None,)


def _tidy(parts: Iterable[str | None]) -> tuple[str | None, ...]:
    """Neighbouring literals joined, neighbouring holes one."""
    tidy: list[str | None] = []
    for part in parts:
        if part == "":
            continue
        if tidy and part is not None and tidy[-1] is not None:
            tidy[-1] += part
        elif not (tidy and part is None and tidy[-1] is None):
            tidy.append(part)
    return tuple(tidy)


def attribute(value: Value, name: str) -> Value:
    """``value.name``."""
    if isinstance(value, Known) and isinstance(value.value, Thing):
        return because(value.value.attribute(name), value.because)
    if isinstance(value, Unknown) and not value.among:
        return _entry(value, name)
    return lift([value], lambda inner: _member(inner, name))


def _entry(value: Unknown, name: str) -> Value:
    entry = (value.entries or {}).get(name)
    if entry is not None and not value.overridable:
        return because(entry, value.because)
    return plainly_unknown(value)


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
    if isinstance(value, Known) and isinstance(value.value, Thing):
        return because(value.value.element(key), value.because)
    if isinstance(value, Unknown) and not value.among and isinstance(key, Known) and isinstance(key.value, str):
        return because(_entry(value, key.value), key.because)
    if isinstance(value, Known) and isinstance(key, Unknown) and not key.among:
        return _any_element(value, key)
    return lift([value, key], _element)


def missing(value: Value, key: Value) -> Unknown | None:
    """Why ``value[key]`` may be refused although what it gives is known; ``None`` where that is sure either way."""
    if not isinstance(value, Known):
        return None
    if isinstance(value.value, Thing):
        return value.value.missing(key)
    return key if isinstance(key, Unknown) and not key.among else None


def _any_element(value: Known[object], key: Unknown) -> Value:
    inner = value.value
    if not isinstance(inner, (dict, tuple)) or isinstance(inner, SetOf) or not inner:
        return plainly_unknown(key)
    items: Iterable[Value] = inner.values() if isinstance(inner, dict) else inner
    result = because(either(items, key), value.because, key.because)
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
        return _at(inner, number) if number is not None else failed("an index must be a number")
    return failed("not a list or a map")


def _at(items: tuple[Value, ...], number: int) -> Value:
    return items[number] if 0 <= number < len(items) else failed(f"no element {number}")


def number_of(value: object) -> int | float:
    """A number, also one given as text. Raises ``Refused``."""
    text = text_of(value)
    try:
        number = float(text) if text is not None and not isinstance(value, bool) and len(text) < 64 else None
    except ValueError:
        number = None
    if number is None:
        raise Refused("a number expected")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def whole(value: object) -> int | None:
    """A whole number, given as a number or as text, else ``None``."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str):
        digits = value[1:] if value[:1] == "-" else value
        return int(value) if digits.isdigit() and len(digits) < 18 else None
    return None


def splat(value: Value, rest: Callable[[Value], Value]) -> Value:
    """``value[*]`` with the steps after it: over the elements of a list, or of a lone value, none of null."""
    if isinstance(value, Unknown) and not value.among:
        return plainly_unknown(value)

    def over(inner: object) -> Value:
        if isinstance(inner, Thing):
            elements = inner.elements()
            if isinstance(elements, Unknown):
                raise NotKnown(elements)
            inner = elements.value
        if inner is None:
            return Known(())
        items = inner if isinstance(inner, tuple) else (Known(inner),)
        return Known(tuple(rest(item) for item in items))

    return lift([value], over)
