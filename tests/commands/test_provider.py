"""``sovlint provider``: what it says of well-known companies, asserted by hand; and the list with its filters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sovlint.catalog.load import load
from sovlint.cli import main
from tests.catalog.fixed import overlay
from tests.catalog.known import FACTS

DAY = FACTS["day"].isoformat()
SCHEMAS = Path(__file__).parents[2] / "sovlint/schemas"


def provider(*arguments: str) -> Result:
    command = ["provider", "--no-config", "--lang", "en", "--as-of", DAY, *arguments]
    return CliRunner().invoke(main, command, prog_name="sovlint")


def page(*arguments: str) -> str:
    result = provider(*arguments)
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


def data(*arguments: str) -> Any:
    result = provider("--format", "json", *arguments)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    name = found["schema"].removeprefix("sovlint-").removesuffix("/1")
    Draft202012Validator(
        json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    ).validate(found)
    return found


def listed(*arguments: str) -> list[str]:
    return [each["id"] for each in data(*arguments)["providers"]]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Options for the overlay of invented companies, whose days don't change with the world."""
    return "--trust-overlay", "--catalog", str(overlay(tmp_path_factory.mktemp("own")))


SAID = {name: fact for name, fact in FACTS["providers"].items() if "says" in fact}


@pytest.mark.parametrize("name", SAID)
def test_well_known_companies(name: str) -> None:
    found, fact = data(name), SAID[name]
    assert (found["id"], found["control"], found["technology"]) == (
        name,
        fact["control"],
        fact["technology"],
    )
    in_force = [each["offer"] for each in found["qualifications"] if each["valid"]]
    assert in_force == fact.get("valid", [])
    text = page(name)
    assert [words for words in fact.get("says", ()) if words not in text] == []


@pytest.mark.parametrize(
    "fact", FACTS["on_another_day"], ids=lambda fact: f"{fact['provider']} on {fact['day']}"
)
def test_laws_stand_as_of_the_day(fact: dict[str, Any]) -> None:
    text = page(fact["provider"], "--as-of", fact["day"].isoformat())
    assert [words for words in fact.get("says", ()) if words not in text] == []
    assert [words for words in fact.get("never", ()) if words in text] == []


@pytest.mark.parametrize("name", FACTS["laws_of"])
def test_each_law_is_listed_with_how_it_stands(name: str) -> None:
    assert {law["name"]["en"]: law["standing"] for law in data(name)["laws"]} == FACTS[
        "laws_of"
    ][name]


def test_every_step_of_control_has_its_source(own: tuple[str, ...]) -> None:
    steps = {
        (step["entity"], step["through"]): step["source"]
        for step in data("villa", *own)["control_derived"]
    }
    assert steps["Villa SA", "seat"]["date"] == "2026-01-05"
    assert not steps["Giant Inc.", "owner"]["background"]
    assert [step["through"] for step in data("health-data-hub")["control_derived"]] == [
        "seat",
        "owner",
        "runs-on",
    ]


@pytest.mark.parametrize("name", FACTS["steps"])
def test_each_holding_on_the_way_to_the_top_is_a_step_with_what_is_known_of_it(
    name: str,
) -> None:
    steps = data(name)["control_derived"]
    assert [
        [step["entity"], step["of"], step["how"], step["share"]] for step in steps
    ] == FACTS["steps"][name]


@pytest.mark.parametrize("name", FACTS["limits"])
def test_what_is_held_from_outside_the_union_is_a_fact_of_its_own(name: str) -> None:
    (held,) = data(name)["held_from_outside"]
    within, by, said = FACTS["limits"][name]
    assert (held["version"], held["clause"], held["limits"]) == (
        "3.2",
        "19.6",
        {"single": 24, "together": 39},
    )
    assert (held["within"], held["by"]) == (within, by)
    assert said in page(name)


def test_a_qualification_that_ended_shows_nothing_of_its_holders(
    own: tuple[str, ...],
) -> None:
    assert [
        data("casa", "--as-of", day, *own)["held_from_outside"][0]["within"]
        for day in (DAY, "2030-01-01")
    ] == [
        True,
        None,
    ]


def test_what_is_licensed_from_others_is_told_apart_from_control(
    own: tuple[str, ...],
) -> None:
    before = "2026-03-16"
    (licence,) = data("villa", "--as-of", before, *own)["technology_from"]
    assert (licence["entity"], licence["licensed"], licence["since"]) == (
        "Giant Inc.",
        True,
        "2024-01-15",
    )
    assert [maker["licensed"] for maker in data("aws")["technology_from"]] == [False]
    text = page("villa", "--as-of", before, *own)
    assert (
        "licensed to the operator by Giant Inc. since 2024-01-15, which doesn't make it controlled by it"
        in text
    )
    assert data("villa", "--as-of", "2023-12-31", *own)["technology"] is None


def test_owners_count_from_the_day_when_they_came(own: tuple[str, ...]) -> None:
    def holders(day: str) -> dict[str, str]:
        steps = data("villa", "--as-of", day, *own)["control_derived"]
        return {step["entity"]: step["since"] for step in steps if step["of"]}

    assert holders("2026-03-16") == {"The family": None}
    assert holders("2026-03-17") == {"Giant Inc.": "2026-03-17"}


@pytest.mark.parametrize(
    ("day", "valid", "said"),
    [
        ("2023-11-29", False, "is qualified since 2023-11-30 only"),
        ("2023-11-30", True, "1,096 days left"),
        ("2026-11-24", True, "until 2026-11-30, 6 days left"),
        ("2026-11-29", True, "1 day left"),
        ("2026-11-30", True, "0 days left"),
        ("2026-12-01", None, "renewal not found"),
    ],
)
def test_the_day_decides(
    day: str, valid: bool | None, said: str, own: tuple[str, ...]
) -> None:
    found = data("casa", "--as-of", day, *own)["qualifications"]
    assert [each["valid"] for each in found if each["name"] == "secnumcloud"] == [valid]
    assert said in page("casa", "--as-of", day, *own)


def test_owners_that_nobody_found_count_again_when_the_qualification_ends(
    own: tuple[str, ...],
) -> None:
    assert "control" not in data("casa", *own)["unknown"]
    later = data("casa", "--as-of", "2030-01-01", *own)
    assert later["unknown"]["control"] == "no-evidence: owners of Casa SAS"


def test_who_holds_a_qualification_on_the_day(own: tuple[str, ...]) -> None:
    assert listed("--holds", "HDS") == [], "no host holds it for whoever has no contract"
    assert {"aws", "google-cloud", "outscale"} <= set(data("--holds", "hds")["doubtful"])
    holders = {
        day: data("--holds", "secnumcloud", "--as-of", day, *own)
        for day in (DAY, "2026-12-01")
    }
    assert "casa" in [each["id"] for each in holders[DAY]["providers"]]
    assert "casa" not in [each["id"] for each in holders["2026-12-01"]["providers"]]
    assert "casa" in holders["2026-12-01"]["doubtful"]
    assert "scaleway" in data("--holds", "hds")["doubtful"]
    assert "Perhaps these too, which isn't known: adista," in page("--holds", "hds")


def test_regions_are_listed_by_code_with_their_country() -> None:
    assert {"region": "eu-west-3", "country": "FR"} in data("aws")["regions"]
    assert "global" not in {each["region"] for each in data("aws")["regions"]}


def test_regions_that_another_company_runs_are_told_with_who_controls_it() -> None:
    (abroad,) = data("ovhcloud")["run_apart"]
    assert (abroad["regions"], abroad["operator"], abroad["control"], abroad["unknown"]) == (
        ["BHS", "CA-EAST-TOR"], "OVH Hosting Inc.", ["CA", "FR"], {},
    )  # fmt: skip
    assert [each["operator"] for each in data("aws-china")["run_apart"]] == ["Sinnet", "NWCD"]
    assert "BHS, CA-EAST-TOR: OVH Hosting Inc., control: Canada (CA), France (FR)" in page(
        "ovhcloud"
    )
    assert data("scaleway")["run_apart"] == []


def test_what_rests_on_background_knowledge_has_no_footnote() -> None:
    text = page("huawei-cloud")
    assert (
        "Cloud Computing Technologies Co., Ltd. (100 %): China (CN) (background knowledge)"
        in text
    )
    assert "what is generally known" not in text


def test_what_isnt_known_is_null_or_named() -> None:
    found = data("viamedis")
    assert found["unknown"] == {
        "control": "no-evidence: owners of Viamedis, host of Viamedis",
        "technology": "not-in-catalogue",
        "qualifications.hds": "not-in-catalogue",
    }
    assert data("aws")["unknown"] == {
        "qualifications.hds": "no-evidence",
        "qualifications.c5": "no-evidence",
    }


def test_what_has_to_be_ordered_isnt_known() -> None:
    (hds,) = [each for each in data("ovhcloud")["qualifications"] if each["name"] == "hds"]
    assert hds["valid"] is None


@pytest.mark.parametrize(
    "name", ["OUTSCALE", "3ds outscale", "Dassault Systemes Outscale", "osc"]
)
def test_a_provider_goes_by_any_of_its_names(name: str) -> None:
    assert data(name)["id"] == "outscale"


def test_an_unknown_provider_suggests_one() -> None:
    result = provider("scalway")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr
        == "error: The catalogue has no provider `scalway`.\nhint: Did you mean `scaleway`?\n"
    )


def test_regions_outside_are_in_reach_of_the_state_there_and_the_control_is_the_companys() -> (
    None
):
    assert data("ionos")["control"] == ["DE"]
    assert (
        "in its regions there, the state of the place can compel too: United Kingdom (GB), United States (US)"
        in page("ionos")
    )
    assert "the state of the place" not in page("scaleway")
    assert "the state of the place" not in page("aws"), "a state outside controls it anyway"
    french = " ".join(provider("--lang", "fr", "ionos").stdout.split())
    assert (
        "dans ses régions là-bas, l'État du lieu peut contraindre aussi : Royaume-Uni (GB), États-Unis (US)"
        in french
    )


def test_a_list_marks_those_with_regions_outside() -> None:
    text = provider("--control", "EEA").stdout
    marked = {line.split()[0] for line in text.splitlines() if " + " in line}
    assert marked == set(FACTS["in_reach_abroad"])
    assert "a state outside can compel too" in " ".join(text.split())
    assert " + " not in provider("--control", "US").stdout


def test_all_are_listed_in_order() -> None:
    assert listed() == sorted(load().providers)
    text = provider().stdout
    assert max(map(len, text.splitlines())) <= 80
    assert f"{len(load().providers)} providers." in text


@pytest.mark.parametrize(
    ("arguments", "some", "none"),
    [
        (
            ["--control", "US"],
            ["aws", "health-data-hub", "slack"],
            ["ovhcloud", "huawei-cloud"],
        ),
        (["--control", "États-Unis"], ["aws"], ["ovhcloud"]),
        (
            ["--control", "EEA"],
            ["ovhcloud", "stackit", "s3ns", "cloud-temple"],
            ["hetzner", "viamedis", "exoscale"],
        ),
        (["--control", "EU"], ["ovhcloud"], ["infomaniak"]),
        (["--technology", "US"], ["aws", "s3ns", "bleu"], ["ovhcloud", "viamedis"]),
        (["--technology", "EEA"], ["ovhcloud", "scaleway"], ["s3ns", "viamedis"]),
        (["--country", "FR"], ["aws", "outscale", "scaleway"], ["aws-china", "viamedis"]),
        (["--country", "EEA"], ["aws", "hetzner"], ["aws-china"]),
        (["--control", "FR", "--technology", "US"], ["bleu", "s3ns"], ["aws", "scaleway"]),
    ],
)
def test_filters(arguments: list[str], some: list[str], none: list[str]) -> None:
    found = listed(*arguments)
    assert [name for name in some if name not in found] == []
    assert [name for name in none if name in found] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--control", "Atlantis"], "The catalogue has no state or area `Atlantis`."),
        (["--holds", "iso27001"], "There is no qualification `iso27001`."),
        (["aws", "--control", "US"], "A provider and a filter don't go together"),
    ],
)
def test_what_cant_be_asked(arguments: list[str], said: str) -> None:
    result = provider(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_provider_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "providers").mkdir()
    (tmp_path / "providers/casa.yaml").write_text(
        "id: casa\nname: Casa Cloud\nkind: cellar\nstatus: active\noperator: scaleway-sas\n"
        "sources: {own: {url: null, date: '2026-01-01', supports: we run it, basis: read}}\n"
    )
    text = page("casa", "--catalog", str(tmp_path))
    assert text.startswith("Casa Cloud (casa) Kind: cellar")
    assert "casa" in listed("--catalog", str(tmp_path), "--control", "FR")


CHAIN = """
sources:
  register: {url: "https://example.org/register", date: "2026-11-01", supports: who holds whom, basis: read}
entities:
  venture: {name: Venture, seat: FR, source: register, owners: [{group: [left, right], share: 100, source: register}]}
  left:
    {name: Left, seat: FR, source: register, owners: [{entity: holding, share: 51, since: 2024-01, source: register}]}
  right: {name: Right, seat: FR, source: register, owners: [{entity: people, share: 60, source: register}]}
  holding: {name: Holding, seat: DE, source: register, owners: [{entity: giant, share: 70, source: register}]}
  giant: {name: Giant, seat: US, source: register, owners: null}
  people: {name: The founders, kind: person, seat: FR, source: register}
"""


def test_control_through_two_holdings_and_a_joint_venture_is_shown_step_by_step(
    tmp_path: Path,
) -> None:
    (tmp_path / "providers").mkdir()
    (tmp_path / "entities.yaml").write_text(CHAIN)
    (tmp_path / "providers/venture.yaml").write_text(
        "id: venture\nname: Venture\nkind: iaas\nstatus: active\noperator: venture\n"
        "sources: {site: {url: null, date: '2026-11-01', supports: what it runs, basis: read}}\n"
    )
    own = ("--catalog", str(tmp_path))
    steps = data("venture", *own)["control_derived"]
    assert [
        (step["entity"], step["how"], step["of"], step["share"], step["jurisdiction"])
        for step in steps
    ] == [
        ("Venture", None, None, None, "FR"),
        ("Left", "together", "Venture", 100, "FR"),
        ("Holding", "majority", "Left", 51, "DE"),
        ("Giant", "majority", "Holding", 70, "US"),
        ("Right", "together", "Venture", 100, "FR"),
        ("The founders", "majority", "Right", 60, "FR"),
    ]
    text = page("venture", *own)
    assert (
        "Left, together with others, holds a majority of Venture (100 %): France (FR)" in text
    )
    assert "Giant holds a majority of Holding (70 %): United States (US)" in text
    before = data("venture", "--as-of", "2023-12-31", *own)
    assert (before["control"], before["unknown"]["control"]) == (
        ["FR"],
        "no-evidence: owners of Left",
    )
