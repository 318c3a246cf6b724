"""Whether the names that policies use exist in the world: a misspelt area must not become a verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sovlint.errors import SovlintError
from sovlint.model.world import World
from sovlint.policy.policies import Policy, PolicySet, needs

AREAS = ("area", "control", "technology")
"""Predicates that ask for an area."""


def check_names(policy_set: PolicySet, world: World) -> None:
    """Raise ``SovlintError`` for the first data class, area, qualification or state that the catalogue lacks."""
    for policy in policy_set.policies:
        for kind, name, known in _names(policy, world):
            _must_be(name, known, f"{policy.where}: {kind} `{name}` isn't in the catalogue")
    for code in policy_set.accept:
        _must_be(code, world.states, f"policy set `{policy_set.id}`: the state `{code}` isn't in the catalogue")


def _names(policy: Policy, world: World) -> Iterator[tuple[str, str, Collection[str]]]:
    for name in (*policy.data, *policy.contested):
        yield "the data class", name, world.classes
    for need in needs(policy.require):
        if need.kind in AREAS:
            yield "the area", need.value, world.areas
        if need.kind == "holds":
            yield "the qualification", need.value, world.qualifications


def _must_be(name: str, known: Collection[str], message: str) -> None:
    if name not in known:
        from sovlint.documents import closest  # imported late: brings in yaml

        raise SovlintError(f"{message}.{closest(name, list(known))}", f"Known: {', '.join(sorted(known))}.")
