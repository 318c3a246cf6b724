"""A register over a store: each repository drafts its own once, at the commit that the store has of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.again import NO_CLONE, Again
from sovlint.fleet.register import FleetRegister, fleet_register
from sovlint.fleet.store.store import FleetStore, open_store
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.register import Register
from sovlint.registers.words import cell_text
from sovlint.registers.writing.formats import FORMATS
from sovlint.report.messages import say
from tests.fleet.house import committed, known, repository
from tests.fleet.in_process import carry_out, read_here, scanned
from tests.registers.merging.test_merged import HOUSES


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("fleet")
    for name, files in HOUSES.items():
        repository(tmp_path / "clones" / name, dict(files))
    repository(
        tmp_path / "clones" / "odd",
        {"sovlint.yaml": "policies: 7\n", "saas.yaml": "services: []\n"},
    )
    scanned(tmp_path / "clones", tmp_path / "store")
    return tmp_path / "clones"


def registered(form: str, clones: Path, *places: Path) -> FleetRegister:
    read_here.clear()
    there = {each.name: each for each in known(*places)} if places else {}
    store = open_store(str(clones.parent / "store"))
    return fleet_register(form, store, Again(there, carry_out), GivenAnswers(), {})


def said(register: Register, sheet: str, row: str, *columns: str) -> list[str]:
    found = register.sheet(sheet)
    (cells,) = [each.cells for each in found.rows if each.name == row]
    return [cell_text(cells[id], found.form.column(id), register, "en") for id in columns]


def test_each_repository_drafts_its_own_once(clones: Path) -> None:
    first = registered("dora", clones, clones)
    assert sorted(read_here) == ["claims", "letters", "portal"]
    assert said(first.register, "B_02.01", "claims:ticketing", "c0010", "repositories") == [
        "C-1", "claims; portal",
    ]  # fmt: skip
    again = registered("dora", clones)
    assert read_here == []
    assert FORMATS["json"].files(again.register, "fr") == FORMATS["json"].files(
        first.register, "fr"
    )


def test_a_store_that_is_compacted_meanwhile_is_told(
    clones: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered("dora", clones, clones)
    monkeypatch.setattr(FleetStore, "load", lambda *_: {}["gone"])
    with pytest.raises(SovlintError, match="1 results of this run are no longer"):
        registered("dora", clones, clones)


def test_whoever_could_not_be_read_is_told(clones: Path) -> None:
    found = registered("dora", clones, clones)
    assert [each.repository for each in found.members if each.is_missing] == ["odd"]
    assert say(found.register.problems[0], "en").startswith("odd isn't in this register: ")


def test_without_any_clone_there_is_no_register(clones: Path) -> None:
    with pytest.raises(SovlintError, match="Nothing was made of any repository before"):
        registered("tender", clones)
    assert read_here == []


def test_without_a_clone_a_repository_is_missing(clones: Path) -> None:
    found = registered("tender", clones, clones / "claims")
    reasons = {each.repository: each.reason for each in found.members if each.is_missing}
    assert (sorted(reasons), reasons["portal"]) == (["letters", "odd", "portal"], NO_CLONE)
    assert not found.is_whole


def test_a_clone_is_read_at_the_commit_of_the_run(clones: Path) -> None:
    (clones / "portal" / "saas.yaml").unlink()
    committed(clones / "portal")
    found = registered("tender", clones, clones)
    rows = [each.name for each in found.register.sheet("answers").rows]
    assert rows == ["aws.FR", "aws.GB", "brevo.unknown", "zendesk.unknown"]
    assert said(found.register, "answers", "zendesk.unknown", "repositories") == [
        "repositories: 2; claims; portal"
    ]
    assert said(found.register, "statement", "statement", "repository", "unread") == [
        "repositories: 3", "files: 0; whole repositories: odd",
    ]  # fmt: skip
