"""Names: how they are folded for looking up, and how they are cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.lookups.names import fold, tokens


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dossierMedical", ("dossier", "medical")),
        ("dossier-medical", ("dossier", "medical")),
        ("DOSSIER_MÉDICAL", ("dossier", "medical")),
        ("relevé d'identité", ("releve", "d", "identite")),
        ("CIM-10", ("cim", "10")),
        ("cim10", ("cim", "10")),
        ("HL7", ("hl", "7")),
        ("HTTPServer", ("http", "server")),
        ("dataHR", ("data", "hr")),
        ("Cœur", ("coeur",)),
        ("straße", ("strasse",)),
        ("e\u0301tat", ("etat",)),
        ("υγείαV2", ("υγεια", "v", "2")),
        ("--", ()),
        ("", ()),
    ],
)
def test_a_name_in_any_style_is_cut_into_its_words(name: str, words: tuple[str, ...]) -> None:
    assert tokens(name) == words


def test_names_are_looked_up_without_case_accents_and_spaces() -> None:
    assert fold("France Central") == "francecentral"
    assert fold("Québec") == "quebec"
    assert fold("Sacré-Cœur") == "sacre-coeur"


@given(st.text(max_size=20))
def test_words_are_cut_the_same_once_more(name: str) -> None:
    for word in tokens(name):
        assert word
        assert tokens(word) == (word,)
