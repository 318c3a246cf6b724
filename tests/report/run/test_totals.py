"""Totals agree with their numbers in both languages."""

from __future__ import annotations

from sovlint.model.findings.finding import Coverage
from sovlint.report.run.totals import read_line


def test_one_of_each_is_singular() -> None:
    one = Coverage(files=1, resources=3, placed=1, config=1, unplaced=1)
    assert read_line(one, "fr") == (
        "1 fichier, 3 ressources : 1 placée, 1 de configuration (sans données), 1 non placée."
    )
    assert (
        read_line(one, "en")
        == "1 file, 3 resources: 1 placed, 1 config (no payload), 1 unplaced."
    )
