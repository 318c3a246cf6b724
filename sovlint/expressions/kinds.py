"""What a known value may be, and the ways in which an expression has none.

Inside a ``Known`` a value is a str, int, float, bool, None, a tuple of values (list, tuple), a ``SetOf`` values, a dict
of values (map, object), or a ``Thing`` (a resource or a module call, read on demand).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from sovlint.model.value import Known, Reason, Unknown, Value

ENCODES = frozenset({"jsonencode", "yamlencode"})
"""Functions whose text keeps the structure of their argument."""


class SetOf(tuple[Value, ...]):
    """The elements of a set, each once, in the order in which Terraform goes through them (see ``set_of``)."""

    __slots__ = ()


class Failed(Unknown):
    """An expression that Terraform would refuse too (no such key): ``try`` and ``can`` see the difference."""


class Thing(Struct, eq=False):
    """A resource, module call or data source: read on demand."""

    __repr__ = object.__repr__

    def attribute(self, name: str) -> Value:
        """Its attribute (or output)."""
        raise NotImplementedError

    def element(self, key: Value) -> Value:
        """One of its instances, where it has several."""
        raise NotImplementedError

    def missing(self, key: Value) -> Unknown | None:
        """Why the instance under ``key`` may not be there; ``None`` where it surely is, or surely isn't."""
        raise NotImplementedError

    def doubtful(self) -> Unknown | None:
        """Why it may be null (OpenTofu's ``enabled``); ``None`` where it surely isn't."""
        return None

    def elements(self) -> Value:
        """All of its instances: a tuple or a map, or unknown."""
        raise NotImplementedError


NULL: Value = Known(None)

Functions = Mapping[str, Callable[..., object]]
"""Functions of plain values, by name. Each gives a value, or what a known one holds (see ``lifting.lift``)."""


class NotKnown(Exception):  # noqa: N818 - not an error: the way out of a plain function that met an unknown
    """Carries the unknown that keeps a plain function from answering."""

    def __init__(self, unknown: Unknown) -> None:
        self.unknown = unknown


class Refused(Exception):  # noqa: N818 - not a fault of ours: what Terraform itself says of bad arguments
    """Raised by a plain function for arguments that Terraform refuses."""


def content(value: Value | None) -> object:
    """What a known value holds; ``None`` for null, and for what isn't known."""
    return value.value if isinstance(value, Known) else None


def known_text(value: Value | None) -> str | None:
    """The text that a value surely is."""
    inner = content(value)
    return inner if isinstance(inner, str) else None


def members_of(value: Value) -> Sequence[Known[object]]:
    """All that a value may be; nothing where that isn't known."""
    return (value,) if isinstance(value, Known) else value.among or ()


def first_unknown(values: Iterable[Value]) -> Unknown | None:
    """The first of several values that isn't known."""
    return next((value for value in values if isinstance(value, Unknown)), None)


def instances_of(value: object) -> object:
    """What is in a thing; anything else as it is. Raises ``NotKnown`` where that isn't known."""
    if not isinstance(value, Thing):
        return value
    elements = value.elements()
    if isinstance(elements, Unknown):
        raise NotKnown(elements)
    return elements.value


def unsupported(detail: str) -> Unknown:
    """An unknown for what this reader doesn't evaluate."""
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, detail)


def failed(detail: str) -> Unknown:
    """An unknown for what Terraform refuses as well."""
    return Failed(Reason.UNSUPPORTED_EXPRESSION, detail)


def pairs_of(inner: object) -> list[tuple[Value, Value]]:
    """Keys and elements of a collection that is known, as they stand in it; nothing of anything else."""
    if isinstance(inner, dict):
        return [(Known(key), item) for key, item in inner.items()]
    if isinstance(inner, SetOf):
        return [(item, item) for item in inner]
    return (
        [(Known(position), item) for position, item in enumerate(inner)]
        if isinstance(inner, tuple)
        else []
    )
