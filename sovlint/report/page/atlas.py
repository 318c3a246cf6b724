"""The two maps: where placements lie, and who can compel there. Pure: marks in, SVG out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from sovlint.model.world import World

LAWS = ("us", "other", "unknown", "eea")
"""Whose law reaches a placement, the worst first. Each is a class of the style: ``law-us``."""


class CountryMark(Struct, frozen=True):
    """What lies in one country. Several marks of a country are drawn as one.

    ``country`` is its code (ISO 3166-1 alpha-2), ``None`` where it isn't known. ``compelled_by`` are members of
    ``LAWS``; none means that nobody knows. ``verdict`` is the worst, ``None`` where nothing was judged. ``companies``,
    ``classes`` and ``roots`` are ids, which become ``data-`` attributes.
    """

    country: str | None
    count: int
    compelled_by: tuple[str, ...] = ()
    verdict: str | None = None
    companies: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


def laws_of(states: Iterable[str] | None, world: World) -> tuple[str, ...]:
    """The members of ``LAWS`` for the states that can compel a company; ``None`` where they aren't known."""
    if states is None:
        return ("unknown",)
    found = {_law(code, world) for code in states}
    return tuple(law for law in LAWS if law in found)


def _law(code: str, world: World) -> str:
    state = world.states.get(code)
    if state is not None and "EEA" in state.areas:
        return "eea"
    return code.lower() if code.lower() in LAWS else "other"


def world(marks: Sequence[CountryMark], language: str) -> str:
    """The map of the world, as SVG."""
    return _stub("atlas atlas-world", "0 0 1000 480", language)


def eea(marks: Sequence[CountryMark], language: str) -> str:
    """The map of the European Economic Area, as SVG."""
    return _stub("atlas atlas-eea", "0 0 700 700", language)


def _stub(kind: str, view: str, language: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="{view}" lang="{language}"></svg>'
