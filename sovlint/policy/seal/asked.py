"""``--min-seal``: a policy beside those of the set, which asks for the levels given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.policy.load import known_policies
from sovlint.policy.policies import Group, Need, PolicySet
from sovlint.policy.seal.framework import ALL, framework

POLICY: Final = "data-at-minimum-seal"
"""The policy that ships for it; what it requires itself is an example."""


def with_minimum(policy_set: PolicySet, asked: Sequence[str]) -> PolicySet:
    """The set with a policy that asks for these levels, in place of one of its id."""
    needs = tuple(Need("seal", each) for each in _expanded(asked))
    policy = replace(known_policies()[POLICY], require=Group("all", needs))
    others = tuple(each for each in policy_set.policies if each.id != POLICY)
    return replace(policy_set, policies=(*others, policy))


def _expanded(asked: Sequence[str]) -> Iterator[str]:
    """What is asked of all objectives, of each: the level of a service is the lowest of any."""
    for each in asked:
        objective, _, level = each.partition("=")
        names = framework().objectives if objective == ALL else (objective,)
        yield from (f"{name}={level}" for name in names)
