"""Facts in words, as every format for people has them: a placement in a line, a fact, a role, a data class, a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.model.placement import NOBODY_KNOWS, Placement
from sovlint.model.redaction.redact import printable, safe_text
from sovlint.model.source import Span
from sovlint.model.value import Fact, Known, Unknown
from sovlint.model.world import World
from sovlint.report.messages import phrase, word
from sovlint.report.messages.declared import templates
from sovlint.report.pieces import contract
from sovlint.report.pieces.style import columns_of


def placement_line(placed: Placement, language: str, room: int) -> str:
    """A placement in a line: role, provider, region, country, control, technology; unknown ones said to be so.

    The provider's name, which headlines give too, stands before its id where the line then fits into ``room`` columns.
    """
    line = _placement_line(placed, language, named=True)
    return (
        line if columns_of(line) <= room else _placement_line(placed, language, named=False)
    )


def _placement_line(placed: Placement, language: str, named: bool) -> str:
    def text(name: str) -> str:
        return fact_text(
            getattr(placed, name), language, phrase(f"report.unknown-{name}", language)
        )

    provider = text("provider")
    if named and isinstance(placed.provider, Known) and placed.provider_name:
        provider = f"{safe_text(placed.provider_name)} ({provider})"
    nowhere = not any(
        isinstance(fact, Known) or contract.possible(fact)
        for fact in (placed.region, placed.country)
    )
    where = (
        phrase("report.unknown-place", language)
        if nowhere
        else f"{text('region')}, {text('country')}"
    )
    own = isinstance(placed.technology, Known) and not placed.technology.value
    technology = phrase("report.own-technology", language) if own else text("technology")
    role = role_name(placed.role, language, phrase("report.unknown-role", language))
    return phrase(
        "report.placed-line",
        language,
        place=where,
        control=text("control"),
        technology=technology,
        role=role,
        provider=provider,
    )


def place(span: Span) -> str:
    """``path:line:column``, which terminals and editors make clickable."""
    return place_text(span.path, span.line, span.column)


def place_text(path: str, line: int | None, column: int | None = None) -> str:
    """``path:line:column``, as far as they are known."""
    return ":".join(
        [safe_text(path), *(str(number) for number in (line, column) if number is not None)]
    )


def fact_text(fact: Fact[Any], language: str, missing: str = "") -> str:
    """A fact for people: its value, its possible values, or that it isn't known (``missing``, or else a word)."""
    match fact:
        case Known():
            return _value_text(contract.plain(fact.value, fact.sensitive), language)
        case Unknown():
            possible = contract.possible(fact)
            if any(
                isinstance(member, list) and NOBODY_KNOWS in member for member in possible
            ):
                states = sorted(
                    {str(each) for member in possible for each in member} - {NOBODY_KNOWS}
                )
                return phrase(
                    "report.perhaps-others", language, states=_value_text(states, language)
                )
            members = [_value_text(member, language) for member in possible]
            either = phrase("report.or", language).join(members)
            return either or missing or phrase("report.unknown-word", language)


def role_name(role: Fact[str], language: str, missing: str = "") -> str:
    """A role in words; ``missing`` as for ``fact_text``."""
    return (
        term("role", role.value, language)
        if isinstance(role, Known)
        else fact_text(role, language, missing)
    )


def class_words(ways: Mapping[str, str], language: str) -> list[str]:
    """Data classes, each with how it got there."""
    return [
        phrase(
            "report.class-how",
            language,
            name=class_name(name, language),
            how=term("how", how, language),
        )
        for name, how in ways.items()
    ]


def class_name(data_class: str, language: str, world: World | None = None) -> str:
    """A data class in a word or two. A house's own goes by what ``world`` calls it, else by its id."""
    known = world.classes.get(data_class, data_class) if world is not None else data_class
    key = f"report.class-{data_class}"
    return phrase(key, language) if key in templates() else word(known, language)


def state_name(code: str, world: World, language: str) -> str:
    """What a state, or an area, is called; its code where nobody says."""
    known = world.states.get(code)
    return word(known.name if known else world.areas.get(code, code), language)


def term(group: str, name: str, language: str) -> str:
    """A word of the contract (a role, a reason, a fact) for people; as it is where there is no better one."""
    key = f"report.{group}-{name}"
    return phrase(key, language) if key in templates() else word(name, language)


def _value_text(value: object, language: str) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value)) or phrase("report.none-word", language)
    return (
        printable(str(value))
        if value is not None
        else phrase("report.unknown-word", language)
    )
