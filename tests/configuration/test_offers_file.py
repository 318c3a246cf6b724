"""Files of offers: what is wrong with one is told with its place, and never taken for nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sovlint.configuration.offers_file import CONTRACT, read, render
from sovlint.errors import SovlintError
from sovlint.model.offers import Offer, OfferedFact, OfferedStep, OfferKind
from sovlint.model.text import Bilingual

STEP = OfferedStep("main.tf", 2, Bilingual("its region", "sa région"))
OFFER = Offer(
    OfferKind.CLUSTER, ("sante",), "main.tf", 9, "a.b", "platform/infra", "abc",
    {"provider": OfferedFact("scaleway"), "region": OfferedFact(among=("fr-par", "nl-ams"))}, because=(STEP,),
)  # fmt: skip


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "offers.json"
    file.write_text(render([OFFER]), encoding="utf-8")
    assert read(file, "offers.json") == (OFFER,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "1:"),
        ("[]", 'lacks `"schema"'),
        ('{"schema": "sovlint-offers/2", "offers": []}', "another version's"),
        ('{"schema": "sovlint-offers/1",\n "offers": [\n {"kind": "clustre"}]}', "3:"),
        (render([OFFER]).replace('"platform/infra"', '""'), "4:"),
        (render([OFFER]).replace('"line": 9', '"line": "9"'), "4:"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "offers.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SovlintError) as told:
        read(file, "offers.json")
    assert "not a file of offers" in told.value.message
    assert said in told.value.message
    assert told.value.hint


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SovlintError, match="There is no file of offers"):
        read(tmp_path / "none.json", "none.json")


def test_what_is_said_in_it_is_fit_to_be_shown(tmp_path: Path) -> None:
    hostile: dict[str, Any] = json.loads(render([OFFER]))
    hostile["offers"][0]["because"][0]["note"]["en"] = "\x1b[31m https://a:secret@b.example"
    file = tmp_path / "offers.json"
    file.write_text(json.dumps(hostile), encoding="utf-8")
    note = read(file, "offers.json")[0].because[0].note
    assert "\x1b" not in note.en
    assert "secret" not in note.en
    assert hostile["schema"] == CONTRACT
