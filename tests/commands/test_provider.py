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

DAY = "2026-11-24"
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
    Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))).validate(found)
    return found


def listed(*arguments: str) -> list[str]:
    return [each["id"] for each in data(*arguments)["providers"]]


KNOWN = [
    # name, control, technology, valid offers, what the page says
    ("aws", ["US"], ["US"], [],
     ["Amazon.com, Inc.", "the HDS contract with AWS", "CLOUD Act (18 USC 2713): in force"]),
    ("microsoft-azure", ["US"], ["US"], [], ["Microsoft Corporation", "not proved", "SecNumCloud: not held"]),
    ("microsoft-365", ["US"], ["US"], [], ["Microsoft 365 Copilot", "whether Copilot is in scope wasn't either"]),
    ("google-cloud", ["US"], ["US"], [],
     ["Alphabet Inc.", "the HDS contract terms with Google", "SecNumCloud: not held"]),
    ("ovhcloud", ["FR"], [], ["Hosted Private Cloud powered by VMware", "Bare Metal Pod", "SNC Cloud Platform"],
     ["the Klaba family", "holds it only where this was signed or ordered: Business or Enterprise", "35 days left"]),
    ("outscale", ["FR"], [], ["IaaS Cloud on Demand"],
     ["majority, since 2017", "until 2026-11-30, 6 days left", "until 2029-08-27", "cloudgouv-eu-west-1"]),
    ("numspot", ["FR"], None, ["Plateforme des services cloud (IaaS)"],
     ["Runs on: Outscale", "together, majority (100 %), since 2022-10", "Docaposte SAS", "Bouygues Telecom",
      "Surely not: kubernetes"]),
    ("cloud-temple", ["FR"], ["US"], ["IaaS Secure Temple", "PaaS OpenShift"],
     ["who holds it isn't known: nobody found it", "nobody outside the EU controls it", "Broadcom Inc. (VMware)"]),
    ("bleu", ["FR"], ["US"], [], ["Status: qualification in progress", "Capgemini SE", "SecNumCloud: not held"]),
    ("s3ns", ["FR"], ["US"], ["Cloud de confiance S3NS (PREMI3NS)"],
     ["minority, since 2022-06-30", "until 2028-12-17", "Surely not: vertex-ai", "u-france-east1"]),
    ("cloudwatt", ["FR"], None, [], ["Cloudwatt (cloudwatt) Out of service", "Stopped in 2020"]),
    ("scaleway", ["FR"], [], [], ["iliad SA", "Xavier Niel", "SecNumCloud: not held", "the HDS contract"]),
    ("huawei-cloud", ["CN"], ["CN"], [], ["National Intelligence Law", "(background knowledge)"]),
    ("alibaba-cloud", ["CN"], ["CN"], [], ["Alibaba Group Holding Limited", "(background knowledge)"]),
    ("viamedis", ["FR"], None, [],
     ["who holds it isn't known", "Runs on: a host that nobody found", "and perhaps other states, which isn't proved"]),
    ("almerys", ["FR"], None, [],
     ["nobody found the owners of almerys SAS, the owners of be-ys (G2S), the host of Almerys"]),
    ("health-data-hub", ["FR", "US"], ["US"], [],
     ["Runs on: Microsoft Azure", "Status: moving to another host", "isn't confirmed as done"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "control", "technology", "valid", "said"), KNOWN, ids=[each[0] for each in KNOWN])
def test_well_known_companies(
    name: str, control: list[str], technology: list[str] | None, valid: list[str], said: list[str]
) -> None:
    found = data(name)
    assert (found["id"], found["control"], found["technology"]) == (name, control, technology)
    assert [each["offer"] for each in found["qualifications"] if each["valid"]] == valid
    text = page(name)
    assert [words for words in said if words not in text] == []


def test_every_step_of_control_has_its_source() -> None:
    steps = {(step["entity"], step["through"]): step["source"] for step in data("scaleway")["control_derived"]}
    assert steps["Scaleway SAS", "seat"]["date"] == "2025-01-08"
    assert not steps["iliad SA", "owner"]["background"]
    assert not steps["Xavier Niel (through holdings of his)", "owner"]["background"]
    assert [step["through"] for step in data("health-data-hub")["control_derived"]] == ["seat", "owner", "runs-on"]


def test_each_holding_on_the_way_to_the_top_is_a_step_with_what_is_known_of_it() -> None:
    steps = data("exoscale")["control_derived"]
    assert [(step["entity"], step["of"], step["how"], step["share"]) for step in steps] == [
        ("Akenes SA (Exoscale)", None, None, None),
        ("A1 Telekom Austria Group", "Akenes SA (Exoscale)", "majority", 100),
        ("América Móvil", "A1 Telekom Austria Group", "majority", 56.55),
    ]
    text = page("bleu")
    assert "Orange SA, together with others, holds a majority of Bleu SAS (100 %): France (FR)" in text
    assert "nobody holds a majority" in text


def test_regions_that_another_company_runs_are_told_with_who_controls_it() -> None:
    (abroad,) = data("ovhcloud")["run_apart"]
    assert (abroad["regions"], abroad["operator"], abroad["control"], abroad["unknown"]) == (
        ["BHS", "CA-EAST-TOR"], "OVH Hosting Inc.", ["CA", "FR"], {},
    )  # fmt: skip
    assert [each["operator"] for each in data("aws-china")["run_apart"]] == ["Sinnet", "NWCD"]
    assert "BHS, CA-EAST-TOR: OVH Hosting Inc., control: Canada (CA), France (FR)" in page("ovhcloud")
    assert data("hetzner")["run_apart"] == []


@pytest.mark.parametrize(
    ("name", "within", "by", "said"),
    [
        ("s3ns", True, "qualification", "a qualification in force shows it"),
        ("docaposte", True, "shares", "within these limits, by its shares 0 % of the capital"),
        ("scaleway", None, None, "at least 0 % (one holder: 0 %) and at most 29.4 %"),
        ("aws-european-sovereign-cloud", False, "shares", "beyond these limits, by its shares 100 % of the capital"),
        ("hetzner", None, None, "whether these limits are kept isn't known"),
    ],
)
def test_what_is_held_from_outside_the_union_is_a_fact_of_its_own(
    name: str, within: bool | None, by: str | None, said: str
) -> None:
    (held,) = data(name)["held_from_outside"]
    assert (held["version"], held["clause"], held["limits"]) == ("3.2", "19.6", {"single": 24, "together": 39})
    assert (held["within"], held["by"]) == (within, by)
    assert said in page(name)


def test_a_qualification_that_ended_shows_nothing_of_its_holders() -> None:
    assert data("s3ns", "--as-of", "2030-01-01")["held_from_outside"][0]["within"] is None


def test_laws_stand_as_of_the_day() -> None:
    stands = {law["name"]["en"]: law["standing"] for law in data("aws")["laws"]}
    assert stands == {
        "CLOUD Act (18 USC 2713)": "in-force", "FISA section 702": "continuing", "Executive Order 12333": "in-force",
    }  # fmt: skip
    text = page("aws")
    assert "CLOUD Act (18 USC 2713): in force since 2018-03-23" in text
    assert "FISA section 702: lapsed on 2026-06-12, what was begun under it goes on until 2027-03" in text
    assert "decision for certified organisations (GDPR 45), which allows transfers to them and changes nothing" in text
    assert "FISA section 702: in force" in page("aws", "--as-of", "2026-01-01")
    assert "FISA" not in page("aws", "--as-of", "2028-01-01")
    assert data("hetzner")["laws"] == []


def test_what_is_licensed_from_others_is_told_apart_from_control() -> None:
    (licence,) = data("bleu")["technology_from"]
    assert (licence["entity"], licence["licensed"], licence["since"]) == ("Microsoft Corporation", True, "2024-01-15")
    assert [maker["licensed"] for maker in data("aws")["technology_from"]] == [False]
    assert "licensed to the operator by Google LLC, which doesn't make it controlled by it" in page("s3ns")
    assert data("bleu", "--as-of", "2023-12-31")["technology"] is None


def test_owners_count_from_the_day_when_they_came() -> None:
    assert {step["entity"] for step in data("confluent", "--as-of", "2026-03-16")["control_derived"]} == {
        "Confluent, Inc."
    }
    (ibm,) = [step for step in data("confluent")["control_derived"] if step["of"]]
    assert (ibm["entity"], ibm["since"]) == ("International Business Machines Corporation", "2026-03-17")


def test_what_rests_on_background_knowledge_has_no_footnote() -> None:
    text = page("huawei-cloud")
    assert "Cloud Computing Technologies Co., Ltd. (100 %): China (CN) (background knowledge)" in text
    assert "what is generally known" not in text


def test_what_isnt_known_is_null_or_named() -> None:
    found = data("viamedis")
    assert found["unknown"] == {
        "control": "no-evidence: owners of Viamedis, host of Viamedis",
        "technology": "not-in-catalogue",
        "qualifications.hds": "not-in-catalogue",
    }
    assert data("aws")["unknown"] == {"qualifications.hds": "no-evidence"}


def test_what_has_to_be_ordered_isnt_known() -> None:
    (hds,) = [each for each in data("ovhcloud")["qualifications"] if each["name"] == "hds"]
    assert hds["valid"] is None


@pytest.mark.parametrize(
    ("day", "valid", "said"),
    [
        ("2023-11-29", False, "is qualified since 2023-11-30 only"),
        ("2023-11-30", True, "1096 days left"),
        ("2026-11-29", True, "1 day left"),
        ("2026-11-30", True, "0 days left"),
        ("2026-12-01", None, "renewal not found"),
    ],
)
def test_the_day_decides(day: str, valid: bool | None, said: str) -> None:
    found = data("outscale", "--as-of", day)["qualifications"]
    assert [each["valid"] for each in found if each["name"] == "secnumcloud"] == [valid]
    assert said in page("outscale", "--as-of", day)


def test_owners_that_nobody_found_count_again_when_the_qualification_ends() -> None:
    assert "control" not in data("cloud-temple")["unknown"]
    later = data("cloud-temple", "--as-of", "2030-01-01")
    assert later["unknown"]["control"] == "no-evidence: owners of Cloud Temple SAS"


@pytest.mark.parametrize("name", ["OUTSCALE", "3ds outscale", "Dassault Systemes Outscale", "osc"])
def test_a_provider_goes_by_any_of_its_names(name: str) -> None:
    assert data(name)["id"] == "outscale"


def test_an_unknown_provider_suggests_one() -> None:
    result = provider("scalway")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: The catalogue has no provider `scalway`.\nhint: Did you mean `scaleway`?\n"


def test_regions_are_listed_where_there_are_few_and_counted_where_there_are_many() -> None:
    assert "Regions (5) France (FR): cloudgouv-eu-west-1, eu-west-2 United States (US): us-east-2, us-west-1" in page(
        "outscale"
    )
    assert "United States (US) 12" in page("aws")
    assert {"region": "eu-west-3", "country": "FR"} in data("aws")["regions"]
    assert "global" not in {each["region"] for each in data("aws")["regions"]}


def test_regions_outside_are_in_reach_of_the_state_there_and_the_control_is_the_companys() -> None:
    assert data("ionos")["control"] == ["DE"]
    assert (
        "in its regions there, the state of the place can compel too: United Kingdom (GB), United States (US)"
        in page("ionos")
    )
    assert "the state of the place" not in page("scaleway")
    assert "the state of the place" not in page("aws"), "a state outside controls it anyway"
    french = " ".join(provider("--lang", "fr", "ionos").stdout.split())
    assert (
        "dans ses régions là-bas, l'État du lieu peut contraindre aussi : Royaume-Uni (GB), États-Unis (US)" in french
    )


def test_a_list_marks_those_with_regions_outside() -> None:
    text = provider("--control", "EEA").stdout
    marked = {line.split()[0] for line in text.splitlines() if " + " in line}
    assert marked == {"ionos", "open-telekom-cloud", "outscale", "ovhcloud"}
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
        (["--control", "US"], ["aws", "health-data-hub", "slack"], ["ovhcloud", "huawei-cloud"]),
        (["--control", "États-Unis"], ["aws"], ["ovhcloud"]),
        (["--control", "EEA"], ["ovhcloud", "stackit", "s3ns", "cloud-temple"], ["hetzner", "viamedis", "exoscale"]),
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


def test_who_holds_a_qualification_on_the_day() -> None:
    assert listed("--holds", "HDS") == [], "no host holds it for whoever has no contract"
    assert {"aws", "google-cloud", "outscale"} <= set(data("--holds", "hds")["doubtful"])
    assert "outscale" in listed("--holds", "secnumcloud")
    assert "outscale" not in listed("--holds", "secnumcloud", "--as-of", "2026-12-01")
    assert "outscale" in data("--holds", "secnumcloud", "--as-of", "2026-12-01")["doubtful"]
    assert "scaleway" in data("--holds", "hds")["doubtful"]
    assert "Perhaps these too, which isn't known: aws, cegedim-cloud," in page("--holds", "hds")


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


def test_control_through_two_holdings_and_a_joint_venture_is_shown_step_by_step(tmp_path: Path) -> None:
    (tmp_path / "providers").mkdir()
    (tmp_path / "entities.yaml").write_text(CHAIN)
    (tmp_path / "providers/venture.yaml").write_text(
        "id: venture\nname: Venture\nkind: iaas\nstatus: active\noperator: venture\n"
        "sources: {site: {url: null, date: '2026-11-01', supports: what it runs, basis: read}}\n"
    )
    own = ("--catalog", str(tmp_path))
    steps = data("venture", *own)["control_derived"]
    assert [(step["entity"], step["how"], step["of"], step["share"], step["jurisdiction"]) for step in steps] == [
        ("Venture", None, None, None, "FR"),
        ("Left", "together", "Venture", 100, "FR"),
        ("Holding", "majority", "Left", 51, "DE"),
        ("Giant", "majority", "Holding", 70, "US"),
        ("Right", "together", "Venture", 100, "FR"),
        ("The founders", "majority", "Right", 60, "FR"),
    ]
    text = page("venture", *own)
    assert "Left, together with others, holds a majority of Venture (100 %): France (FR)" in text
    assert "Giant holds a majority of Holding (70 %): United States (US)" in text
    before = data("venture", "--as-of", "2023-12-31", *own)
    assert (before["control"], before["unknown"]["control"]) == (["FR"], "no-evidence: owners of Left")
