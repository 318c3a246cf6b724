"""Terraform's functions: one table, and what happens where arguments aren't known.

Names and meanings follow Terraform's language reference. A function that isn't here is an unknown by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sovlint.frontends.terraform.functions import collections, encoding, numbers, strings
from sovlint.frontends.terraform.functions.files import FILE_FUNCTIONS, Files
from sovlint.frontends.terraform.values import failed, lift, plainly_unknown, unsupported
from sovlint.model.value import Reason, Unknown, Value

PLAIN: Mapping[str, Callable[..., Value]] = {
    **strings.FUNCTIONS, **numbers.FUNCTIONS, **collections.PLAIN, **encoding.FUNCTIONS,
}  # fmt: skip
"""Functions of known arguments."""

OPEN: Mapping[str, Callable[[list[Value]], Value]] = collections.OPEN
"""Functions that say something even where an argument isn't known."""

AT_APPLY = frozenset({"bcrypt", "timestamp", "plantimestamp", "uuid"})
"""Functions whose answer exists only once applied."""


def call(name: str, arguments: list[Value], files: Files) -> Value:
    """The value of ``name(arguments...)``."""
    name = name.removeprefix("core::")
    if name in OPEN:
        try:
            return OPEN[name](arguments)
        except IndexError:
            return failed(f"{name}: too few arguments")
    if name in PLAIN:
        function = PLAIN[name]
        return lift(arguments, lambda *plain_arguments: _guarded(name, function, plain_arguments))
    if name in FILE_FUNCTIONS:
        function = FILE_FUNCTIONS[name]
        return lift(arguments, lambda *plain_arguments: _guarded(name, function, (files, *plain_arguments)))
    if name in AT_APPLY:
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{name}()")
    return unsupported(f"function {name}")


def with_open_arguments(name: str, arguments: list[Value], rest: Unknown) -> Value:
    """``name(arguments, rest...)`` where how many arguments follow isn't known."""
    return OPEN[name]([*arguments, rest]) if name == "merge" else plainly_unknown(rest)


def _guarded(name: str, function: Callable[..., Value], arguments: tuple[object, ...]) -> Value:
    """Bad arguments make Terraform refuse the call: so does this, in place of an exception."""
    try:
        return function(*arguments)
    except (TypeError, ValueError, KeyError, IndexError, OverflowError, AttributeError, ZeroDivisionError) as error:
        return failed(f"{name}: {type(error).__name__}")
