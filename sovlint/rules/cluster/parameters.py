"""Parameters of steps: where they are declared and given, and how a text names one."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.decoding import SomeText, SourceKey, Texts
from sovlint.rules.workload import OfTypes


class CallersAt(Struct, frozen=True, kw_only=True):
    """What calls a scope by its name and gives it parameters, in the same object."""

    at: Texts
    """Paths of the callers."""
    called: SomeText
    """Where a caller names the scope, which says at `name` what it is called."""
    given: SomeText
    """Where a caller's parameters stand."""


class RunAt(Struct, frozen=True, kw_only=True):
    """Another object that is run as it stands, with parameters of its own."""

    at: SomeText = ""
    """Where what runs it stands; other paths lead on from there."""
    called: SomeText
    """Where its name stands."""
    to: SomeText
    """Its type."""
    given: SomeText
    """Where the parameters stand that it is given."""


class Parameters(OfTypes, frozen=True, kw_only=True):
    """Parameters that hold within a part of an object; of several rules about a type the innermost stands first."""

    scope: SomeText = ""
    """The path of that part; all of the object without it."""
    at: Texts
    """Paths of parameters from there, each with its `name`; the first that has a value counts."""
    values: Texts = ("value", "default")
    """Where the value of one stands; the first that is there counts."""
    written: Texts
    """How a text names one, `{}` being its name."""
    callers: CallersAt | None = None
    runs: tuple[RunAt, ...] = ()
    source: SourceKey
