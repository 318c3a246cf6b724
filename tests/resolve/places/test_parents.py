"""Places passed on from parent to child: how far, and what is said past that."""

from __future__ import annotations

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import Placement
from sovlint.model.value import Unknown, unroll
from sovlint.report.messages import say
from sovlint.resolve.places.placer import MAX_PARENTS
from sovlint.resolve.resolver import resolve
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog, place, resolved

ACCOUNT = 'resource "azurerm_storage_account" "a" {\n  location = "francecentral"\n}\n'


def chain(length: int, backwards: bool) -> dict[str, Placement]:
    """An account, and things that belong one to another, the first to the account; by name."""
    blocks = [
        f'resource "azurerm_storage_blob" "b{number}" {{\n  storage_container_id = {above}.id\n}}\n'
        for number, above in enumerate(
            [
                "azurerm_storage_account.a",
                *(f"azurerm_storage_blob.b{number}" for number in range(length - 1)),
            ]
        )
    ]
    placed = resolved("".join([ACCOUNT, *(blocks[::-1] if backwards else blocks)]))[0]
    return {
        f"b{number}": placed[f"azurerm_storage_blob.b{number}"].placements[0]
        for number in range(length)
    }


@pytest.mark.parametrize("backwards", [False, True], ids=["first to last", "last to first"])
def test_a_place_is_passed_on_whatever_the_order(backwards: bool) -> None:
    found = chain(MAX_PARENTS, backwards)
    assert {place(each) for each in found.values()} == {("microsoft-azure", "francecentral")}


def test_past_the_limit_the_limit_is_named() -> None:
    found = chain(MAX_PARENTS + 1, backwards=True)
    assert place(found[f"b{MAX_PARENTS - 1}"]) == ("microsoft-azure", "francecentral"), (
        "nearer by it is known"
    )
    last = found[f"b{MAX_PARENTS}"]
    assert isinstance(last.region, Unknown)
    assert last.region.text() == "unsupported-expression: parents"
    assert f"over {MAX_PARENTS} steps at most" in say(last.region.why(), "en")
    assert f"sur {MAX_PARENTS} étapes au plus" in say(last.region.why(), "fr")


def test_a_circle_of_parents_comes_to_an_end() -> None:
    text = (
        'resource "azurerm_storage_blob" "a" {\n  storage_container_id = azurerm_storage_blob.b.id\n}\n'
        'resource "azurerm_storage_blob" "b" {\n  storage_container_id = azurerm_storage_blob.a.id\n}\n'
    )
    reading = front_end.read(
        MemoryReader({"main.tf": text}), ReadOptions(), catalog().hints()
    )
    assert reading.failures != ()  # Terraform refuses it too
    placed = resolve(reading.resources, catalog(), ClassRules(), (), DAY)[0]
    regions = [each.placements[0].region for each in placed]
    assert [region.text() for region in regions if isinstance(region, Unknown)] == [
        "unsupported-expression: parents"
    ] * 2


def test_what_decided_the_parent_is_evidence_for_the_child() -> None:
    child = chain(2, backwards=False)["b1"]
    steps = [step for because in child.because for step in unroll(because)]
    told = {
        (step.note.key, step.where.span().line) for step in steps if step.where is not None
    }
    assert {
        ("resolve.place-of-parent", 8),
        ("resolve.place-of-parent", 5),
        ("resolve.region-here", 2),
    } <= told
