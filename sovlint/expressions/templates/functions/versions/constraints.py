"""Constraints on versions: ``^1.2``, ``~2``, ``>=1.19-0 <2 || 3.x``, ``1.2 - 1.4``, as Masterminds/semver 3 has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct

from sovlint.expressions.templates.functions.versions.semantic import (
    SemanticVersion,
    compared,
    compared_prereleases,
    version,
)
from sovlint.expressions.templates.running import TemplateError

_LONGEST = 1_000
_NUMBER = r"[0-9xX|*]+"
_TAIL = r"(?:-[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?(?:\+[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?"
_WANTED = rf"v?{_NUMBER}(?:\.{_NUMBER})?(?:\.{_NUMBER})?{_TAIL}"
_OPERATOR = r"(?:!=|>=|=>|<=|=<|~>|=|>|<|~|\^)?"
_RANGE = re.compile(rf"\s*({_WANTED})\s+-\s+({_WANTED})\s*", re.ASCII)
_ONE = re.compile(rf"({_OPERATOR})\s*({_WANTED})", re.ASCII)
_GROUP = re.compile(
    rf"\s*{_OPERATOR}\s*{_WANTED}\s*(?:(?:\s+|,\s*){_OPERATOR}\s*{_WANTED}\s*)*", re.ASCII
)
_PARTS = re.compile(
    rf"v?({_NUMBER})(?:\.({_NUMBER}))?(?:\.({_NUMBER}))?(-[0-9A-Za-z\-.]+)?(?:\+.*)?",
    re.ASCII,
)
_ANY = ("x", "X", "*", None)


class _Constraint(Struct, frozen=True):
    """One demand. ``open_from`` is the first of the numbers that may be any (0 to 2), 3 where all are given."""

    operator: str
    wanted: SemanticVersion
    open_from: int


_Group = tuple[tuple[_Constraint, ...], bool]
"""Demands that hold together, and whether prereleases count among the versions that fit."""


def satisfies(constraint: str, written: str) -> bool:
    """Whether a version fits a constraint. Raises ``TemplateError`` where either can't be read."""
    groups = _read(constraint)
    given = version(written)
    return any(_fits_all(group, given) for group in groups)


def fits(written: str, constraint: str) -> bool | None:
    """The same; ``None`` where either can't be read."""
    try:
        return satisfies(constraint, written)
    except TemplateError:
        return None


def _fits_all(group: _Group, given: SemanticVersion) -> bool:
    constraints, with_prereleases = group
    if given.prerelease and not with_prereleases:
        return False
    return all(_CHECKS[each.operator](given, each) for each in constraints)


@lru_cache(maxsize=256)
def _read(constraint: str) -> tuple[_Group, ...]:
    if len(constraint) > _LONGEST:
        raise TemplateError("improper constraint: it is too long")
    spelled = _RANGE.sub(r">= \1, <= \2 ", constraint)
    return tuple(map(_group, spelled.split("||")))


def _group(written: str) -> _Group:
    if not _GROUP.fullmatch(written):
        raise TemplateError(f'improper constraint: "{written}"')
    constraints = tuple(_constraint(*found) for found in _ONE.findall(written))
    return constraints, any(each.wanted.prerelease for each in constraints)


def _constraint(operator: str, written: str) -> _Constraint:
    found = _PARTS.fullmatch(written)
    if found is None:
        raise TemplateError(f'improper constraint: "{written}"')
    numbers = list(found.groups()[:3])
    open_from = next((at for at, number in enumerate(numbers) if number in _ANY), 3)
    known = [*numbers[:open_from], "0", "0", "0"][:3]
    try:
        wanted = version(".".join(map(str, known)) + (found[4] or ""))
    except TemplateError:
        raise TemplateError("constraint parser error") from None
    return _Constraint(operator, wanted, open_from)


def _equal(given: SemanticVersion, demand: _Constraint) -> bool:
    return (
        _tilde(given, demand) if demand.open_from < 3 else compared(given, demand.wanted) == 0
    )


def _not_equal(given: SemanticVersion, demand: _Constraint) -> bool:
    wanted = demand.wanted
    if demand.open_from == 3:
        return compared(given, wanted) != 0
    if given.numbers[0] != wanted.numbers[0]:
        return True
    if demand.open_from == 1:
        return False
    if given.numbers[1] != wanted.numbers[1]:
        return True
    if demand.open_from == 0:
        return compared(given, wanted) != 0
    return _other_prerelease(given, wanted)


def _other_prerelease(given: SemanticVersion, wanted: SemanticVersion) -> bool:
    if not given.prerelease and not wanted.prerelease:
        return False
    return compared_prereleases(given.prerelease, wanted.prerelease) != 0


def _greater(given: SemanticVersion, demand: _Constraint) -> bool:
    wanted = demand.wanted
    if demand.open_from == 3:
        return compared(given, wanted) > 0
    if given.numbers[0] != wanted.numbers[0]:
        return given.numbers[0] > wanted.numbers[0]
    if demand.open_from == 1:
        return False
    if demand.open_from == 2:
        return given.numbers[1] > wanted.numbers[1]
    return compared(given, wanted) > 0


def _less(given: SemanticVersion, demand: _Constraint) -> bool:
    return compared(given, demand.wanted) < 0


def _at_least(given: SemanticVersion, demand: _Constraint) -> bool:
    return compared(given, demand.wanted) >= 0


def _at_most(given: SemanticVersion, demand: _Constraint) -> bool:
    wanted = demand.wanted
    if demand.open_from == 3:
        return compared(given, wanted) <= 0
    if given.numbers[0] != wanted.numbers[0]:
        return given.numbers[0] < wanted.numbers[0]
    return demand.open_from == 1 or given.numbers[1] <= wanted.numbers[1]


def _tilde(given: SemanticVersion, demand: _Constraint) -> bool:
    wanted = demand.wanted
    if compared(given, wanted) < 0:
        return False
    if demand.open_from in (0, 3) and wanted.numbers == (0, 0, 0):
        return True
    if given.numbers[0] != wanted.numbers[0]:
        return False
    return demand.open_from == 1 or given.numbers[1] == wanted.numbers[1]


def _caret(given: SemanticVersion, demand: _Constraint) -> bool:
    wanted = demand.wanted
    if compared(given, wanted) < 0:
        return False
    if wanted.numbers[0] > 0 or demand.open_from == 1:
        return given.numbers[0] == wanted.numbers[0]
    if given.numbers[0] > 0:
        return False
    if wanted.numbers[1] > 0 or demand.open_from == 2:
        return given.numbers[1] == wanted.numbers[1]
    if given.numbers[1] > 0:
        return False
    return given.numbers[2] == wanted.numbers[2]


_CHECKS: Mapping[str, Callable[[SemanticVersion, _Constraint], bool]] = {
    "": _equal,
    "=": _equal,
    "!=": _not_equal,
    ">": _greater,
    "<": _less,
    ">=": _at_least,
    "=>": _at_least,
    "<=": _at_most,
    "=<": _at_most,
    "~": _tilde,
    "~>": _tilde,
    "^": _caret,
}
