"""French before a name that begins with a vowel."""

from __future__ import annotations

import pytest

from sovlint.report.messages import phrase


@pytest.mark.parametrize(
    ("company", "said"),
    [
        ("Outscale", "Quel est le dernier jour du certificat HDS d'Outscale ?"),
        ("Scaleway", "Quel est le dernier jour du certificat HDS de Scaleway ?"),
        ("", "Quel est le dernier jour du certificat HDS de  ?"),
    ],
)
def test_de_loses_its_vowel(company: str, said: str) -> None:
    assert phrase("registers.ask-hds-until", "fr", company=company) == said


def test_english_has_none() -> None:
    said = phrase("registers.ask-hds-until", "en", company="Outscale")
    assert said == "What is the last day of Outscale's HDS certificate?"
