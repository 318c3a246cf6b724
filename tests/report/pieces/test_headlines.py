"""Headlines of a block: the first whole, the others without what it says."""

from __future__ import annotations

from typing import Any

from sovlint.model.text import Note
from sovlint.report.messages import say
from sovlint.report.pieces.headlines import further
from tests.report.build import said


def headline(found: str, **changes: Any) -> Note:
    params = {
        "data": "Health data",
        "role": Note("policy.role.at-rest"),
        "provider": Note("policy.provider.known", {"provider": "Scaleway"}),
        "place": Note("policy.place.region", {"region": "fr-par"}),
        "found": (said(found),),
        **changes,
    }
    return Note(
        "policy.headline-if-created" if "why" in params else "policy.headline", params
    )


FIRST = headline("outside")


def short(second: Note, first: Note = FIRST) -> str:
    return say(further(second, first), "en")


def test_only_what_was_found_is_said_of_the_same_thing() -> None:
    assert say(FIRST, "en") == "Health data at rest with Scaleway, in fr-par, outside"
    assert short(headline("not qualified")) == "… not qualified"


def test_data_that_differ_are_named() -> None:
    assert short(headline("within reach", data="Names")) == "Names …, within reach"


def test_another_subject_has_a_whole_headline() -> None:
    other = headline("outside", role=Note("policy.role.logs"))
    assert short(other) == "Health data in logs with Scaleway, in fr-par, outside"


def test_a_sentence_of_its_own_stays_whole() -> None:
    assert short(said("Ends soon")) == "Ends soon"
    assert short(headline("outside"), said("Ends soon")) == say(FIRST, "en")


def test_a_condition_is_said_once() -> None:
    first = headline("outside", why=said("var.x has no value"))
    assert (
        short(headline("not qualified", why=said("var.x has no value")), first)
        == "… not qualified"
    )
    assert short(headline("not qualified", why=said("var.y has no value")), first) == (
        "… not qualified; this holds only if created: var.y has no value"
    )
