"""Whether the names that policies use exist in the world: a misspelt area must not become a verdict."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from sovlint.errors import SovlintError
from sovlint.model.world import World
from sovlint.policy.policies import Group, Policy, PolicySet, Requirement
from sovlint.policy.requirements.where import BETWEEN

if TYPE_CHECKING:
    from sovlint.documents import Path

AREAS = ("area", "control", "technology", "adequate")
"""Predicates that ask for an area."""

Strange = tuple["Path", str, Collection[str]]
"""A name that the catalogue lacks: where in its document it stands, what is said of it, and the names that exist."""


def check_names(policy_set: PolicySet, world: World) -> None:
    """Raise ``SovlintError`` for the first data class, area, qualification or state that the catalogue lacks."""
    for policy in policy_set.policies:
        for _, problem, known in strange_names(policy, world):
            raise _error(policy.where, problem, known)
    for _, problem, known in strange_states(policy_set.accept, world):
        raise _error(f"policy set `{policy_set.id}`", problem, known)


def strange_names(policy: Policy, world: World) -> Iterator[Strange]:
    """Every name of a policy that the catalogue lacks: of data classes, areas, qualifications, places and services."""
    for key in ("data", "contested"):
        for index, name in enumerate(getattr(policy, key)):
            yield from _unless_known(name, world.classes, "data class", (key, index))
    if policy.require is not None:
        yield from _in_requirement(policy.require, world, ("require",))


def strange_states(accepted: Collection[str], world: World) -> Iterator[Strange]:
    """Every state that a policy set accepts and the catalogue lacks."""
    for index, code in enumerate(accepted):
        yield from _unless_known(
            code, world.states, "state", ("under_eu_control", "accept", index)
        )


def _in_requirement(tree: Requirement, world: World, at: Path) -> Iterator[Strange]:
    here = (*at, tree.kind)
    if isinstance(tree, Group):
        for index, member in enumerate(tree.members):
            yield from _in_requirement(
                member, world, here if tree.kind == "not" else (*here, index)
            )
    elif tree.kind in AREAS:
        yield from _unless_known(tree.value, world.areas, "area", here)
    elif tree.kind in _PLAIN:
        known, called = _PLAIN[tree.kind]
        yield from _unless_known(tree.value, known(world), called, here)
    elif tree.kind in _OF_PROVIDER:
        yield from _of_provider(tree.kind, tree.value, world, here)


_PLAIN: Mapping[str, tuple[Callable[[World], Collection[str]], str]] = {
    "holds": (lambda world: world.qualifications, "qualification"),
    "country": (lambda world: world.states, "state"),
    "provider": (lambda world: world.providers, "provider"),
    "kind": (lambda world: world.kinds, "kind of services"),
}
"""Predicates that ask for one name: where the names are, and what they are called."""
_OF_PROVIDER = ("region", "service")
"""Predicates that ask for a name of one provider's."""


def _of_provider(kind: str, value: str, world: World, here: Path) -> Iterator[Strange]:
    """A provider that the catalogue lacks, or a region or service that this provider hasn't got there."""
    company, _, name = value.partition(BETWEEN)
    found = list(_unless_known(company, world.providers, "provider", here))
    yield from found
    if not found and world.offering is not None:
        offering = world.offering
        of_kind = offering.regions if kind == "region" else offering.services
        yield from _unless_known(name, of_kind(company), f"{kind} of `{company}`", here)


def _unless_known(
    name: str, known: Collection[str], kind: str, at: Path
) -> Iterator[Strange]:
    if name not in known:
        from sovlint.documents import closest  # imported late: brings in yaml

        yield (
            at,
            f"the {kind} `{name}` isn't in the catalogue.{closest(name, list(known))}",
            known,
        )


def _error(where: str, problem: str, known: Collection[str]) -> SovlintError:
    return SovlintError(f"{where}: {problem}", known_names(known))


def known_names(known: Collection[str]) -> str:
    """The names that there are, as a hint."""
    return f"Known: {', '.join(sorted(known))}."
