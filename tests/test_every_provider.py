"""What holds of every provider of the catalogue as a vendor, with every class, under every set that ships."""

from __future__ import annotations

from atexit import register
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple

import pytest

from sovlint.catalog.load import load
from sovlint.lint import linted
from sovlint.model.findings.finding import Finding, Severity
from sovlint.model.request import Request
from sovlint.policy.load import known_sets
from sovlint.policy.load import load as load_policies
from sovlint.policy.policies import lesser
from sovlint.resolve.values import value_of
from sovlint.stages.read import ReadResult, read_sources
from sovlint.stages.run import Run

DAY = date(2026, 11, 24)
SETS = sorted(known_sets())
COSTS = [each.value for each in (Severity.NOTE, Severity.WARNING, Severity.ERROR)]
NOTHING = -1


class Outcome(NamedTuple):
    """What a policy says of a vendor that gets data of one class."""

    policy: str
    data: str
    role: str
    provider: str
    verdict: str
    severity: str

    @property
    def cost(self) -> int:
        return NOTHING if self.verdict == "compliant" else COSTS.index(self.severity)


@cache
def inventory() -> Path:
    """A folder with an inventory that gives every class to every provider; it is there as long as the process."""
    classes, providers = sorted(load().world(DAY).classes), sorted(load().providers)
    entries = [
        f"  - {{id: {one}.{name}, vendor: {one}, data: [{name}]}}\n"
        for one in providers
        for name in classes
    ]
    folder = Path(mkdtemp(prefix="sovlint-providers-"))
    register(rmtree, folder, ignore_errors=True)
    Path(folder, "saas.yaml").write_text(f"services:\n{''.join(entries)}", "utf-8")
    return folder


@cache
def read() -> ReadResult:
    """The inventory as all sets judge it."""
    return read_sources(Run(Request(paths=(inventory(),), as_of=DAY)), load().hints())


@cache
def outcomes(policy_set: str) -> list[Outcome]:
    """Every finding on the inventory."""
    run = Run(Request(paths=(inventory(),), as_of=DAY, policy_set=policy_set))
    report = linted(run, read=read()).report
    assert report.failures == ()
    return [_outcome(each) for each in report.findings]


def _outcome(found: Finding) -> Outcome:
    provider, _, data = found.resource.address.removeprefix("saas:").rpartition(".")
    assert found.placement is not None
    role = value_of(found.placement.role)
    assert role is not None
    return Outcome(
        found.policy, data, role, provider, found.verdict.value, found.severity.value
    )


@cache
def is_controlled_from_the_eea(provider: str) -> bool:
    """Whether every state that controls a provider is in the area."""
    world = load()
    return all(
        "EEA" in world.jurisdictions[code].areas
        for code in world.control(provider, DAY).states
    )


@pytest.mark.parametrize("policy_set", SETS)
def test_a_violation_is_never_milder_than_what_is_not_proved(policy_set: str) -> None:
    for policy in load_policies((), policy_set).policies:
        assert lesser(policy.severity, policy.unproven) is policy.unproven
    costs: dict[tuple[str, str, str], dict[str, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for each in outcomes(policy_set):
        costs[each.policy, each.data, each.role][each.verdict].add(each.cost)
    assert costs
    for key, found in costs.items():
        if found["violation"] and found["unproven"]:
            assert min(found["violation"]) >= max(found["unproven"]), key


@pytest.mark.parametrize("policy_set", ["sovereign-health", "strict"])
def test_nobody_in_the_eea_fares_worse_by_control_than_anybody_outside(
    policy_set: str,
) -> None:
    costs: dict[tuple[str, str], dict[bool, set[int]]] = defaultdict(lambda: defaultdict(set))
    for each in outcomes(policy_set):
        if each.policy.endswith("-under-eu-control"):
            costs[each.policy, each.data][is_controlled_from_the_eea(each.provider)].add(
                each.cost
            )
    assert costs
    for key, found in costs.items():
        assert max(found[True]) <= min(found[False]), key
