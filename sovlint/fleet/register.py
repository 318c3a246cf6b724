"""A register over the repositories of a store's newest state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.fleet.again import Again, MadeText, made, newest
from sovlint.fleet.wanted import REGISTER
from sovlint.fleet.whole.world_on_day import WorldOnDay
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.merging.members import Member
from sovlint.registers.merging.merged import Fleet, merged
from sovlint.registers.merging.numbers import Numbers
from sovlint.registers.read_back import read_back
from sovlint.registers.register import Register

if TYPE_CHECKING:
    from sovlint.fleet.store.store import FleetStore


class FleetRegister(Struct, frozen=True):
    """A register, and the repositories that it is of, or should be."""

    register: Register
    members: tuple[Member, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no repository is missing."""
        return not any(each.is_missing for each in self.members)


def fleet_register(
    id: str, store: FleetStore, how: Again, answers: GivenAnswers, numbers: Numbers
) -> FleetRegister:
    """The register of a form over all repositories, of what each of them drafts by itself.

    ``numbers`` are those of an earlier one. Raises ``SovlintError`` where the store has no run, can't be read or written,
    or where the workers are gone.
    """
    state = newest(store)
    day = date.fromisoformat(state.day)
    world = WorldOnDay(day).world
    members, parts = [], {}
    for each in made(store, state, f"{REGISTER}:{id}", how):
        name = each.repository.name
        if each.text:
            parts[name] = read_back(each.text, world, name)
        members.append(_member(each))
    fleet = Fleet(tuple(members), day, world, answers, numbers)
    return FleetRegister(merged(id, parts, fleet), fleet.members)


def _member(found: MadeText) -> Member:
    return Member(
        found.repository.name,
        found.repository.commit,
        found.classified,
        found.resources,
        found.config,
        found.failed,
        "" if found.text else found.reason,
    )
