"""Texts with ``$VAR`` and ``${VAR:-default}`` -> values, by the rules of the Compose specification ("Interpolation").

What nobody sets in a file comes from the environment in which Compose runs. A default counts as the value where
nothing else is given, and says that it is a default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import joined_pieces, parts_of
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value, either

WRITTEN: Final = "settings.written"
MAX_DEPTH: Final = 40
"""Defaults within defaults are followed no further than this."""
MAX_LENGTH: Final = 200_000
"""A text that grows longer than this isn't put together: each variable may hold another one twice."""
MAX_SHOWN: Final = 60

Lookup = Callable[[str], Value | None]
"""What is set of a variable; ``None`` where no file sets it."""

_NAME: Final = late_pattern(r"[_a-zA-Z][_a-zA-Z0-9]*")
_OPERATOR: Final = late_pattern(r":?[-?+]")


class _InvalidError(Exception):
    """A text that Compose refuses, or that is nested too deeply."""


def interpolated(text: str, where: Located, lookup: Lookup) -> Value:
    """The value of a text. What Compose refuses is unknown, as is what isn't known in the end."""
    if "$" not in text:
        return Known(text, Step(where, Note(WRITTEN)))
    try:
        return _joined(list(_pieces(text, where, lookup, 0)), Step(where, Note(WRITTEN)))
    except _InvalidError:
        return Unknown(
            Reason.UNSUPPORTED_EXPRESSION, text[:MAX_SHOWN], Step(where, Note(WRITTEN))
        )


def _joined(pieces: list[Value], here: Step) -> Value:
    """The texts of ``pieces`` one after the other, as written at ``here``; unknown where that is too long."""
    because = Step(
        here.where,
        here.note,
        tuple(piece.because for piece in pieces if piece.because is not None),
    )
    if sum(map(_length, pieces)) > MAX_LENGTH:
        sensitive = any(piece.sensitive for piece in pieces)
        return Unknown(
            Reason.UNSUPPORTED_EXPRESSION, "interpolation", because, sensitive=sensitive
        )
    return joined_pieces(pieces, because)


def _length(piece: Value) -> int:
    return sum(1 if part is None else len(part) for part in parts_of(piece))


def _pieces(text: str, where: Located, lookup: Lookup, depth: int) -> Iterator[Value]:
    """Literals and variables of a text, in order. A ``$`` that begins none of its forms is itself."""
    at = 0
    while (sign := text.find("$", at)) != -1:
        yield Known(text[at:sign])
        following = text[sign + 1 : sign + 2]
        name = _NAME.match(text, sign + 1)
        if following == "$":
            yield Known("$")
            at = sign + 2
        elif name is not None:
            yield _variable(name[0], where, lookup)
            at = name.end()
        elif following == "{":
            end = _closing(text, sign + 1)
            yield _braced(text[sign + 2 : end], where, lookup, depth)
            at = end + 1
        else:
            yield Known("$")
            at = sign + 1
    yield Known(text[at:])


def _closing(text: str, opened: int) -> int:
    """Where the brace that opens at ``opened`` is closed."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, opened):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    raise _InvalidError


def _braced(inner: str, where: Located, lookup: Lookup, depth: int) -> Value:
    name = _NAME.match(inner)
    if name is None or depth >= MAX_DEPTH:
        raise _InvalidError
    if name.end() == len(inner):
        return _variable(name[0], where, lookup)
    operator = _OPERATOR.match(inner, name.end())
    if operator is None:
        raise _InvalidError
    here = Step(where, Note(WRITTEN))
    given = lookup(name[0])
    empty_counts = not operator[0].startswith(":")

    def rest() -> Value:
        assert operator is not None
        return _joined(list(_pieces(inner[operator.end() :], where, lookup, depth + 1)), here)

    match operator[0][-1]:
        case "?":
            return _variable(name[0], where, lookup)
        case "-":
            return _or_default(name[0], given, empty_counts, rest, where)
        case _:
            return _if_set(name[0], given, empty_counts, rest, where)


def computed(where: Located) -> Unknown:
    """A value that a program works out when it is run: an expression, not a text."""
    return Unknown(
        Reason.TEMPLATED,
        "expression",
        Step(where, Note(WRITTEN)),
        note=Note("settings.computed"),
    )


def _or_default(
    name: str,
    given: Value | None,
    empty_counts: bool,
    rest: Callable[[], Value],
    where: Located,
) -> Value:
    if isinstance(given, Known) and (empty_counts or given.value != ""):
        return given
    if isinstance(given, Unknown):
        return given
    default = rest()
    if given is not None:
        return default
    parents = (default.because,) if default.because is not None else ()
    because = Step(
        where, Note("settings.default", {"name": name}), parents, kind=StepKind.DEFAULT
    )
    if isinstance(default, Known):
        return Known(default.value, because, default.sensitive)
    return default.but(because=because)


def _if_set(
    name: str,
    given: Value | None,
    empty_counts: bool,
    rest: Callable[[], Value],
    where: Located,
) -> Value:
    if isinstance(given, Known):
        return rest() if empty_counts or given.value != "" else given
    unset = _unset(name, where) if given is None else given.bare()
    return either([rest(), Known("", unset.because)], unset)


def _variable(name: str, where: Located, lookup: Lookup) -> Value:
    found = lookup(name)
    return _unset(name, where) if found is None else found


def _unset(name: str, where: Located) -> Unknown:
    return Unknown(
        Reason.FROM_ENVIRONMENT,
        f"${{{name}}}",
        Step(where, Note("settings.variable", {"name": name})),
    )
