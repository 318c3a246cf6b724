"""A takeover, laid over companies that are invented: what is written of the buyer, and who can't buy or be bought."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sovlint.catalog.load import Catalog, load
from sovlint.catalog.supposing.errors import SuppositionError
from sovlint.catalog.supposing.laying import laid
from sovlint.model.findings.supposition import Buyer, SupposedTerm, Takeover
from tests.catalog.fixed import overlay

DAY = date(2026, 11, 24)
ACME = {"name": "Acme", "seat": "US", "source": "own"}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return load([overlay(tmp_path_factory.mktemp("laying"))], trusted=True)


def entities(catalog: Catalog, event: Takeover) -> dict[str, Any]:
    return dict(laid(event, catalog, catalog.written, "own", DAY)["entities"])


@pytest.mark.parametrize(
    ("buyer", "entry"),
    [
        (Buyer("Acme", "US"), {**ACME, "owners": None}),  # nobody knows who holds it
        (Buyer("Acme", "United States"), {**ACME, "owners": None}),
        (Buyer("Acme", "US", kind="person"), {**ACME, "kind": "person", "owners": []}),
        (Buyer("Acme", "US", no_majority=True), {**ACME, "no_majority": {"source": "own"}, "owners": []}),
        (Buyer("Giant Inc."), None),
        (Buyer("giant", "US"), None),
    ],
)  # fmt: skip
def test_a_buyer_is_added_that_the_catalogue_lacks(
    catalog: Catalog, buyer: Buyer, entry: dict[str, Any] | None
) -> None:
    found = entities(catalog, Takeover(buyer, company="Villa SA"))
    added = {
        key: each for key, each in found.items() if key not in catalog.written["entities"]
    }
    assert added == ({} if entry is None else {"own-buyer": entry})
    holder = "giant" if entry is None else "own-buyer"
    edge = {"entity": holder, "share": 100, "majority": True, "source": "own"}
    assert found["villa"] == {**catalog.written["entities"]["villa"], "owners": [edge]}


def test_a_buyer_holds_what_runs_a_provider_from_the_day_that_is_said(
    catalog: Catalog,
) -> None:
    term = SupposedTerm(since=date(2027, 1, 1))
    found = entities(catalog, Takeover(Buyer("Acme", "US"), provider="Casa Cloud", term=term))
    (edge,) = found["casa"]["owners"]
    assert edge["since"] == "2027-01-01"


@pytest.mark.parametrize(
    ("buyer", "company", "keys", "problem", "hint"),
    [
        (Buyer("Acme"), "casa", ("by", "name"),
         "the catalogue has no company `Acme`: nobody knows where it is seated.", "Say it: `seat: US`."),
        (Buyer("Acme", "Mars"), "casa", ("by", "seat"),
         "the catalogue has no state `Mars`.", "Write its code of two letters: `US`."),
        (Buyer("giant", "FR"), "casa", ("by", "seat"),
         "`Giant Inc.` is seated in US by the catalogue, not in FR.",
         "Leave `seat` out, or suppose a buyer of another name."),
        (Buyer("Casa SAS"), "casa", ("by", "name"), "`Casa SAS` can't buy itself.", ""),
        (Buyer("Acme", "US"), "family", ("company",), "`The family` is no company: nobody can buy it.", ""),
        (Buyer("Acme", "US"), "Tenda SAS", ("company",), "the catalogue has no company `Tenda SAS`.",
         "`sovlint provider ID` names the company that runs a provider, and those who hold it."),
    ],
)  # fmt: skip
def test_who_cannot_buy_or_be_bought(
    catalog: Catalog,
    buyer: Buyer,
    company: str,
    keys: tuple[str, ...],
    problem: str,
    hint: str,
) -> None:
    with pytest.raises(SuppositionError) as refused:
        entities(catalog, Takeover(buyer, company=company))
    error = refused.value
    assert (error.keys, error.problem, error.hint) == (keys, problem, hint)
