"""A case by its number: which repository, what is done to it, and what is wrong with what is said of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.fuzz import mutations, salt, unset
from tests.fuzz import same as rewriting
from tests.fuzz.compared import alike, no_better
from tests.fuzz.seeds import Files
from tests.fuzz.trial import Fault, Options, faults, options
from tests.fuzz.watch import Watch


class Case(NamedTuple):
    """What is tried."""

    room: str
    kind: str
    seed: str
    files: Files
    how: Options
    other: Files | None = None
    """The repository that is compared with, where two are."""
    aside: tuple[str, ...] = ()
    """Texts that mustn't come out."""


Maker = Callable[[random.Random, str | None], Case | None]
Trier = Callable[[Case, Path, Watch | None], Iterator[Fault]]


def wild(dice: random.Random, room: str | None) -> Case:
    """Anything may have been done to the repository: it must end, and what is said must be valid."""
    seed = mutations.repository(dice, room)
    files = mutations.mutated(dice, seed)
    return Case(seed.room, "wild", seed.name, files, options(dice))


def try_alone(case: Case, place: Path, watch: Watch | None) -> Iterator[Fault]:
    """What is wrong with what is said of one repository."""
    yield from faults(place, case.files, case.how, watch, case.aside)


def salted(dice: random.Random, room: str | None) -> Case:
    """Secrets are put where secrets stand, and nothing is done that would make something else of them."""
    seed = mutations.repository(dice, room)
    files, secrets = salt.salted(dice, seed.files)
    return Case(seed.room, "salted", seed.name, files, options(dice), aside=secrets)


def same(dice: random.Random, room: str | None) -> Case | None:
    """The repository, sometimes mutated, and the same written otherwise."""
    seed = mutations.repository(dice, room)
    files = mutations.rebuilt(dice, seed)
    other = rewriting.otherwise(dice, files)
    return (
        None
        if other == files
        else Case(seed.room, "same", seed.name, files, Options(), other)
    )


def unknown(dice: random.Random, room: str | None) -> Case | None:
    """The repository, sometimes mutated, and the same of which less is known."""
    seed = mutations.repository(dice, room)
    made = unset.pair(dice, mutations.rebuilt(dice, seed))
    return (
        None
        if made is None
        else Case(seed.room, "unknown", seed.name, made[0], Options(), made[1])
    )


def try_same(case: Case, place: Path, watch: Watch | None) -> Iterator[Fault]:
    """What is judged otherwise in the other repository."""
    return alike(place, case.files, case.other or {})


def try_unknown(case: Case, place: Path, watch: Watch | None) -> Iterator[Fault]:
    """What is judged better in the other repository."""
    return no_better(place, case.files, case.other or {})


KINDS: Mapping[str, tuple[float, Maker, Trier]] = {
    "wild": (0.55, wild, try_alone),
    "salted": (0.15, salted, try_alone),
    "same": (0.2, same, try_same),
    "unknown": (0.1, unknown, try_unknown),
}
"""By name: how often, what makes such a case, and what tries it."""


ATTEMPTS = 8
"""Of what may be written otherwise, or less known, many repositories have nothing."""


def case(
    seed: int, number: int, room: str | None = None, kind: str | None = None
) -> Case | None:
    """The case of a number: always the same one. Nothing where no such case can be made of what was picked."""
    return made(random.Random(f"{seed}/{number}"), room, kind)


def made(
    dice: random.Random, room: str | None = None, kind: str | None = None
) -> Case | None:
    """A case that the dice decide."""
    (picked,) = dice.choices(list(KINDS), [each[0] for each in KINDS.values()])
    found = (KINDS[kind or picked][1](dice, room) for _ in range(ATTEMPTS))
    return next((each for each in found if each is not None), None)


def tried(case: Case, place: Path, watch: Watch | None) -> list[Fault]:
    """All that is wrong in a case."""
    return list(KINDS[case.kind][2](case, place, watch))
