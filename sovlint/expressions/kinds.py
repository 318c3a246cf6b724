"""What a known value may be, and the ways in which an expression has none.

Inside a ``Known`` a value is a str, int, float, bool, None, a tuple of values (list, tuple), a ``SetOf`` values, a dict
of values (map, object), or a ``Thing`` (a resource or a module call, read on demand).
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from sovlint.model.value import Known, Reason, Unknown, Value


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

    def doubtful(self) -> Unknown | None:
        """Why it may be null (OpenTofu's ``enabled``); ``None`` where it surely isn't."""
        return None

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


def unsupported(detail: str) -> Unknown:
    """An unknown for what this reader doesn't evaluate."""
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, detail)


def failed(detail: str) -> Unknown:
    """An unknown for what Terraform refuses as well."""
    return Failed(Reason.UNSUPPORTED_EXPRESSION, detail)
