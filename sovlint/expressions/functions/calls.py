"""Terraform's functions: one table, and what happens where arguments aren't known.

Names and meanings follow Terraform's language reference. A function that isn't here is an unknown by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sovlint.expressions.files import Files
from sovlint.expressions.functions import (
    addresses,
    collections,
    encoding,
    numbers,
    partial,
    strings,
)
from sovlint.expressions.functions.checkout import of_checkout
from sovlint.expressions.functions.cutting import in_part
from sovlint.expressions.functions.files import FILE_FUNCTIONS
from sovlint.expressions.hosts import same_host
from sovlint.expressions.kinds import ENCODES, Failed, Functions, Refused, failed, unsupported
from sovlint.expressions.lifting import hidden, hop, lift, plainly_unknown
from sovlint.expressions.sizes import has_secret, measure  # fmt: skip
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, StepKind, Unknown, Value

T = TypeVar("T")

PLAIN: Functions = {
    **strings.FUNCTIONS, **numbers.FUNCTIONS, **collections.PLAIN, **encoding.FUNCTIONS,
    **addresses.FUNCTIONS,
}  # fmt: skip
"""Functions of known arguments."""

OPEN: Mapping[str, Callable[[list[Value]], Value]] = partial.OPEN
"""Functions that say something even where an argument isn't known."""

GLANCES = frozenset({"element", "length", "lookup", "one"})
"""Functions that look at their arguments without walking through them."""

MAKES = frozenset({
    "csvdecode", "file", "jsondecode", "range", "regexall", "setproduct", "split", "templatefile",
    "templatestring", "yamldecode",
})  # fmt: skip
"""Functions that may make much out of little: not called once a root has cost too much."""

CARRIES = frozenset({
    "coalesce", "coalescelist", "compact", "concat", "distinct", "element", "flatten", "length", "lookup",
    "merge", "nonsensitive", "one", "reverse", "setproduct", "slice", "tolist", "tomap", "toset", "values", "zipmap",
})  # fmt: skip
"""Functions that pass on the parts of their arguments as they are, sensitive ones among them. What all others make of
a sensitive part is sensitive itself."""

RARE = frozenset({
    "base64gunzip", "chunklist", "cidrcontains", "cidrnetmask", "cidrsubnets", "formatdate", "log", "matchkeys",
    "parseint", "pow", "signum", "strrev", "textdecodebase64", "textencodebase64", "timeadd", "timecmp", "transpose",
    "urldecode", "uuidv5",
})  # fmt: skip
"""Functions that are rarely written: what they give isn't worked out, so that it is unknown and asked about."""

AT_APPLY = frozenset({"bcrypt", "timestamp", "plantimestamp", "uuid"})
"""Functions whose answer exists only once applied."""


def cost(name: str, arguments: list[Value], limit: int) -> int | None:
    """How many parts ``call`` looks at; ``None`` where that is more than ``limit``."""
    total = 1
    for argument in () if name in GLANCES else arguments:
        size = measure(argument, limit)
        if size is None:
            return None
        total += size
    return total if total <= limit else None


def call(name: str, arguments: list[Value], files: Files) -> Value:
    """The value of ``name(arguments...)``, which must have a ``cost``."""
    name = name.removeprefix("core::")
    result = _call(name, arguments, files)
    if isinstance(result, Unknown) and result.because is not None and name not in CARRIES:
        # It is no longer what it was made from.
        result = hop(result, None, Note("terraform.function", {"name": name}), StepKind.MADE)
    if isinstance(result, Unknown):
        result = same_host(name, arguments, result)
        if name in ENCODES and arguments:
            result = result.but(encodes=arguments[0])
    return (
        hidden(result) if name not in CARRIES and any(map(has_secret, arguments)) else result
    )


def _call(name: str, arguments: list[Value], files: Files) -> Value:
    if name in files.functions:
        return files.functions[name](arguments)
    if name in OPEN:
        return _guarded(name, OPEN[name], (arguments,))
    if name in PLAIN:
        result = lift(arguments, lambda *plain: _guarded(name, PLAIN[name], plain))
        if isinstance(result, (Known, Failed)) or result.among:
            return result
        told = in_part(name, arguments)
        return result if told is None else told
    if name in FILE_FUNCTIONS:
        within = of_checkout(name, arguments)
        if within is not None:
            return within
        nearby = list(map(files.nearby, arguments))
        return lift(
            nearby, lambda *plain: _guarded(name, FILE_FUNCTIONS[name], (files, *plain))
        )
    if name in AT_APPLY:
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{name}()")
    if name in RARE:
        return lift(arguments, lambda *_: unsupported(f"function {name}"))
    return unsupported(f"function {name}")


def with_open_arguments(name: str, arguments: list[Value], rest: Unknown) -> Value:
    """``name(arguments, rest...)`` where how many arguments follow isn't known."""
    return OPEN[name]([*arguments, rest]) if name == "merge" else plainly_unknown(rest)


def _guarded(
    name: str, function: Callable[..., T], arguments: tuple[object, ...]
) -> T | Unknown:
    """The call's value. What Terraform refuses has failed: ``try`` passes it over. What only we can't do hasn't."""
    try:
        return function(*arguments)
    except Refused as refusal:
        return failed(f"{name}: {refusal}")
    except (
        TypeError,
        ValueError,
        KeyError,
        IndexError,
        ArithmeticError,
        AttributeError,
    ) as error:
        return unsupported(f"{name}: {type(error).__name__}")
