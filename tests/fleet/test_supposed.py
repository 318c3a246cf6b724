"""What would be otherwise over three repositories, judged by hand: one on Scaleway, one on Outscale, one on neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.again import Again
from sovlint.fleet.store.store import open_store
from sovlint.fleet.supposed import fleet_supposed
from sovlint.fleet.supposed_text import as_json, text
from sovlint.report.pieces.style import Style
from tests.fleet.house import BUCKET, known, repository
from tests.fleet.in_process import carry_out, read_here, scanned

HEALTH = '"data-classification" = "health"'
CLAIMS = f"""provider "scaleway" {{
  region = "fr-par"
}}
resource "scaleway_object_bucket" "claims" {{
  name = "claims"
  tags = {{ {HEALTH} }}
}}
resource "scaleway_object_bucket" "letters" {{
  name = "letters"
  tags = {{ {HEALTH} }}
}}
"""
ARCHIVE = """provider "outscale" {
  region = "cloudgouv-eu-west-1"
}
resource "outscale_volume" "archive" {
  subregion_name = "cloudgouv-eu-west-1a"
  size           = 10
  tags {
    key   = "data-classification"
    value = "health"
  }
}
"""
BOTH = ARCHIVE + CLAIMS.replace("letters", "copies").replace("claims", "originals")
WORLD = """suppose:
  - title: Scaleway is bought by an American company
    takeover: {provider: scaleway, by: {name: Acme Inc., seat: US}}
  - title: SecNumCloud of Outscale was withdrawn
    lapses: {qualification: secnumcloud, provider: outscale, until: 2026-10-31}
  - title: Somebody who isn't used is bought
    takeover: {provider: hetzner, by: {name: Acme Inc., seat: US}}
  - title: France makes a law
    law: {state: France, name: Essai, kind: orders, since: 2026-01-01}
"""
CONTROL, QUALIFIED = "health-data-under-eu-control", "health-data-on-qualified-service"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fleet")
    owned = {"CODEOWNERS": "* @insurer/benefits\n"}
    repository(root / "clones" / "archive", {"main.tf": ARCHIVE})
    repository(root / "clones" / "both", {"main.tf": BOTH, **owned})
    repository(root / "clones" / "claims", {"main.tf": CLAIMS + "# here\n", **owned})
    repository(root / "clones" / "site", {"main.tf": BUCKET})
    (root / "world.yaml").write_text(WORLD, encoding="utf-8")
    scanned(root / "clones", root / "store")
    return root


def supposed(house: Path, *places: Path, file: str = "world.yaml") -> Any:
    read_here.clear()
    there = {each.name: each for each in known(*places)} if places else {}
    store = open_store(str(house / "store"))
    return fleet_supposed(house / file, store, Again(there, carry_out), "en")


@pytest.fixture(scope="module")
def found(house: Path) -> Any:
    return supposed(house, house / "clones")


def test_the_worst_come_first(found: Any) -> None:
    bought, withdrawn, unused, law, together = found.outcomes
    graver = [
        (each.repository, sum(one.is_grave for one in each.findings))
        for each in bought.repositories
    ]
    assert graver == [("both", 2), ("claims", 2)]
    assert {
        one.policy for each in bought.repositories for one in each.findings if one.is_grave
    } == {CONTROL}
    assert bought.companies == {"Scaleway": 2}
    assert [each.repository for each in withdrawn.repositories] == ["archive", "both"]
    assert [one.policy for one in withdrawn.repositories[0].findings if one.is_grave] == [
        QUALIFIED
    ]
    assert withdrawn.companies == {"Outscale": 2}
    assert [*together.repositories[0].owners] == ["@insurer/benefits"]
    assert (together.repositories[0].repository, len(together.titles)) == ("both", 4)
    assert not unused.changes
    assert (unused.before, unused.companies) == (unused.after, {})
    assert [(each.state, each.repositories) for each in law.states] == [("FR", 3)]


def test_counts_are_those_of_all(found: Any) -> None:
    bought = found.outcomes[0]
    assert bought.after["violation"] - bought.before["violation"] == 4
    assert bought.before["compliant"] - bought.after["compliant"] == 4


def test_teams_are_told(found: Any) -> None:
    withdrawn = found.outcomes[1]
    assert [(team, sum(counts.values())) for team, counts in withdrawn.teams()] == [
        ("", len(withdrawn.repositories[0].findings)),
        ("@insurer/benefits", len(withdrawn.repositories[1].findings)),
    ]


def test_it_is_told_as_text_and_json(found: Any) -> None:
    told = text(found, "en", Style(color=False, width=400))
    assert "Companies concerned: Scaleway (2)" in told
    assert "both (@insurer/benefits): 2 findings more, 2 placements" in told
    assert (
        "new: error[health-data-under-eu-control] scaleway_object_bucket.originals (main.tf:15)"
        in told
    )
    assert "FR (3): would be in force: Essai" in told
    assert "nothing would be otherwise in any repository" in told
    data = json.loads(as_json(found))
    assert (data["schema"], data["repositories"], data["missing"]) == (
        "sovlint-fleet-suppose/1",
        4,
        [],
    )


def test_the_same_file_is_judged_once(found: Any, house: Path) -> None:
    again = supposed(house)
    assert (read_here, again.outcomes) == ([], found.outcomes)


def test_without_any_clone_nothing_is_supposed(house: Path) -> None:
    (house / "other.yaml").write_text(WORLD + "# other\n", encoding="utf-8")
    with pytest.raises(SovlintError, match="Nothing was made of any repository before"):
        supposed(house, file="other.yaml")
    assert read_here == []


def test_a_file_that_is_wrong_reads_nothing(house: Path) -> None:
    (house / "wrong.yaml").write_text(WORLD.replace("hetzner", "hetznerr"), encoding="utf-8")
    with pytest.raises(
        SovlintError, match=r"wrong\.yaml:7:16: the catalogue has no provider `hetznerr`"
    ):
        supposed(house, house / "clones", file="wrong.yaml")
    with pytest.raises(SovlintError):
        supposed(house, file="nowhere.yaml")
    assert read_here == []
