"""The numbers of the catalogue, in both languages and within the width asked for."""

from __future__ import annotations

from datetime import date

from sovlint.model.lookups.contents import Inventory, SourceReading
from sovlint.report.lookup.contents import render, render_old
from sovlint.report.pieces.style import Style

PLAIN = Style(color=False, width=60)
FOUND = Inventory(
    "2026-11-24", 2, 3, 1, 4, 5, 6, {"config": 7, "at-rest": 1}, {"hds": 1}, 9, 2,
    (
        SourceReading("providers/casa.yaml", "report", "2020", date(2020, 1, 1)),
        SourceReading("providers/casa.yaml", "press", "read 2019-05-02", date(2019, 5, 2)),
        SourceReading("entities.yaml", "law", "undated", None),
        SourceReading("entities.yaml", "new", "2026-11-01", date(2026, 11, 1)),
    ),
    undecided=5,
)  # fmt: skip


def test_numbers() -> None:
    assert render(FOUND, False, "fr", PLAIN) == (
        "Catalogue du 24 novembre 2026 : aucun problème.\nFournisseurs : 2\nServices : 3\n"
        "Services sans catégorie, donc sans remède : 1\nRégions : 4\nMotifs d'hôtes : 5\n"
        "Plug-ins : 6\nTypes de ressources : 8 (configuration 7, au repos 1)\n"
        "Types sans décision, rencontrés avec un rôle inconnu : 5\nOffres qualifiées : 1 (hds 1)\n"
        "Faits : 9 d'après des sources lues, 2 de connaissance\n  générale\n"
        "Sources lues : 4, dont relues par quelqu'un d'autre : 0 ;\n  non relues : 4\n"
        "Non relues, par type de fichier : providers 2, entities 2\n"
    ).replace(" :", "\u00a0:").replace(" ;", "\u00a0;")


def test_old_ones_oldest_first_and_those_without_a_date() -> None:
    assert render_old(FOUND, 365, date(2026, 11, 24), "en", PLAIN) == (
        "2 sources are older than 2025-11-24:\n"
        "  providers/casa.yaml: press (read 2019-05-02), report\n    (2020)\n"
        "1 source has no date.\n"
    )
    assert render_old(FOUND, 2520, date(2026, 11, 24), "en", PLAIN).startswith(
        "1 source is older than 2019-12-31:"
    )
