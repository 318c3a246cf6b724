"""Classes along flows: as far as they go, in whatever order they are declared."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from sovlint.model.attributes import NoAttributes
from sovlint.model.placement import ClassClaim, Classes, Flow, How
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.source import Span
from sovlint.model.value import Reason, Unknown, UnknownKind
from sovlint.resolve.flows import propagate

LENGTH = 60


def resource(name: str) -> Resource:
    where = Span("main.tf", 1, 1, 1, 2)
    return Resource(name, "t", "terraform", "", None, False, TRUE, where, NoAttributes())


def carried(
    resources: list[Resource], flows: list[Flow], *claims: tuple[int, str, How]
) -> list[dict[str, How]]:
    """What each resource carries in the end, given claims as (number of the resource, class, how)."""
    first = {each.number: Classes() for each in resources}
    for number, data_class, how in claims:
        there = first[resources[number].number].claims
        first[resources[number].number] = Classes((*there, ClassClaim(data_class, how, None)))
    result = propagate(first, flows)
    return [
        {claim.data_class: claim.how for claim in result[each.number].claims}
        for each in resources
    ]


def chain() -> tuple[list[Resource], list[Flow]]:
    resources = [resource(f"r{number}") for number in range(LENGTH)]
    return resources, [
        Flow("replication", one, other, None, None) for one, other in pairwise(resources)
    ]


@pytest.mark.parametrize("backwards", [False, True], ids=["first to last", "last to first"])
def test_a_class_reaches_the_end_of_a_chain_whatever_the_order(backwards: bool) -> None:
    resources, flows = chain()
    found = carried(
        resources, flows[::-1] if backwards else flows, (0, "health", How.DECLARED)
    )
    assert found == [{"health": How.DECLARED}] + [{"health": How.PROPAGATED}] * (LENGTH - 1)


def test_nothing_flows_from_what_only_a_default_leaves_out() -> None:
    off = Unknown(Reason.UNSET_VARIABLE, "var.export", kind=UnknownKind.LEFT_OUT)
    one, two = resource("one"), resource("two")
    for exists, carries in ((off, {}), (off.but(kind=None), {"health": How.PROPAGATED})):
        source = replace(one, exists=exists)
        flow = Flow("export", source, two, None, None)
        assert carried([source, two], [flow], (0, "health", How.DECLARED))[1] == carries


def test_a_surer_class_overtakes_a_guess_and_a_circle_comes_to_an_end() -> None:
    one, two, three = resources = [resource(name) for name in ("one", "two", "three")]
    flows = [
        Flow("export", source, end, None, None)
        for source, end in ((one, two), (two, three), (three, one))
    ]
    found = carried(
        resources,
        flows,
        (0, "health", How.INFERRED),
        (1, "health", How.DECLARED),
        (2, "nir", How.DEFAULT),
    )
    assert found == [
        {"health": How.PROPAGATED, "nir": How.DEFAULT},
        {"health": How.DECLARED, "nir": How.DEFAULT},
        {"health": How.PROPAGATED, "nir": How.DEFAULT},
    ]


def test_a_flow_to_a_company_alone_carries_nothing_further() -> None:
    one = resource("one")
    assert carried(
        [one], [Flow("logs", one, None, "somebody", None)], (0, "health", How.DECLARED)
    ) == [{"health": How.DECLARED}]


def test_what_is_known_of_a_resource_stays_known_when_more_is_found_of_it() -> None:
    one, two = resource("one"), resource("two")
    first = {
        one.number: Classes((ClassClaim("health", How.DECLARED, None),)),
        two.number: Classes(),
    }
    settled = replace(one, role="at-rest")
    flows = [Flow("backup", settled, replace(two, role="backup"), None, None)]
    found = propagate(first, flows)
    assert [claim.how for claim in found[two.number].claims] == [How.PROPAGATED]
    assert found[settled.number] is first[one.number]


def test_resources_of_one_name_are_told_apart() -> None:
    one, same_name = resource("one"), resource("one")
    assert one.identity == same_name.identity
    assert one.number != same_name.number
