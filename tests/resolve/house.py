"""From Terraform text to placed resources, with the shipped catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from sovlint.catalog.load import Catalog, load
from sovlint.frontends.terraform import front_end
from sovlint.model.attestation import Attestation
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import Flow, Holding, Placed, Placement
from sovlint.model.value import Fact, Known
from sovlint.resolve.resolver import resolve
from tests.frontends.memory import MemoryReader

DAY = date(2026, 11, 24)


@cache
def catalog() -> Catalog:
    """The shipped catalogue, loaded once."""
    return load()


def resolved(
    text: str,
    rules: ClassRules | None = None,
    attested: Sequence[Attestation] = (),
    day: date = DAY,
    **variables: str,
) -> tuple[dict[str, Placed], tuple[Flow, ...]]:
    """Placed resources by address, and flows, of one Terraform file."""
    reader = MemoryReader({"main.tf": text})
    reading = front_end.read(reader, ReadOptions(variables=variables), catalog().hints())
    assert reading.failures == ()
    placed, flows = resolve(
        reading.resources, catalog(), rules or ClassRules(), attested, day
    )
    return {each.resource.address: each for each in placed}, flows


def placement(
    text: str, address: str, number: int = 0, day: date = DAY, **variables: str
) -> Placement:
    """One placement of a resource."""
    return resolved(text, day=day, **variables)[0][address].placements[number]


def shown(fact: Fact[object]) -> object:
    """A known fact's value; of an unknown one its reason as the contract prints it, or the set that it is among."""
    if isinstance(fact, Known):
        return fact.value
    return {member.value for member in fact.among} if fact.among else fact.text()


def place(found: Placement) -> tuple[object, object]:
    """Provider and region of a placement."""
    return shown(found.provider), shown(found.region)


def holding(found: Placement, name: str) -> Holding:
    """One of the holdings of a placement."""
    return next(each for each in found.holdings if each.name == name)


def classes(placed: Placed) -> dict[str, str]:
    """Data classes of a resource, and how each got there."""
    return {claim.data_class: claim.how.value for claim in placed.classes.claims}
