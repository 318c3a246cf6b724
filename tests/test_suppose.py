"""What would be otherwise in a world that is supposed, judged by hand: a French host's, a qualified one's, an American
one's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

INFRA = """
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_object_bucket" "claims" {
  name = "claims"
  tags = { "data-classification" = "health" }
}
provider "outscale" {
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
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "copy" {
  bucket = "copy"
  tags   = { "data-classification" = "health" }
}
"""
WORLD = """
suppose:
  - title: Scaleway is bought by an American company
    takeover: {provider: scaleway, by: {name: Acme Inc., seat: US}}
  - title: Scaleway is bought by a German family
    takeover: {provider: Scaleway, by: {name: The Example family, seat: Germany, kind: person}}
  - title: Scaleway is bought by somebody of whom only the seat is known
    takeover: {company: Scaleway SAS, by: {name: Beispiel AG, seat: DE}, since: 2027-01-01}
  - title: iliad is bought by Amazon
    takeover: {company: iliad, by: {name: "Amazon.com, Inc."}}
  - title: Dassault Systèmes is bought
    takeover: {company: dassault-systemes, by: {name: Beispiel AG, seat: DE}}
  - title: SecNumCloud of Outscale isn't renewed
    lapses: {qualification: SecNumCloud, provider: outscale}
  - title: SecNumCloud of Outscale was withdrawn
    lapses: {qualification: secnumcloud, provider: outscale, offer: IaaS Cloud on Demand, until: 2026-10-31}
  - title: FISA 702 ends for good
    law: {state: US, name: FISA 702, until: 2026-06-12}
  - title: France makes a law
    law: {state: France, name: Essai, kind: orders, since: 2026-01-01}
  - title: The Data Privacy Framework falls
    adequacy: {state: US, until: 2026-10-31}
  - title: Paris is in the United Kingdom
    region: {provider: scaleway, region: Paris, country: GB}
  - title: Somebody who isn't used is bought
    takeover: {provider: hetzner, by: {name: Acme Inc., seat: US}}
"""
CONTROL = "health-data-under-eu-control"
QUALIFIED = "health-data-on-qualified-service"

Change = tuple[str, str, str | None, str | None]
"""What becomes of a policy's finding, and its verdict before and after."""


def scan(folder: Path, *options: str, file: str = "world.yaml") -> tuple[int, str, str]:
    """The exit code and both streams of a scan of what stands in a folder."""
    asked = ["scan", str(folder), "--as-of", "2026-11-24", *options]
    if file:
        asked += ["--suppose", str(folder / file)]
    done = CliRunner().invoke(main, asked)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("suppose")
    (found / ".git").mkdir()
    write(found, {"main.tf": INFRA, "world.yaml": WORLD})
    return found


@pytest.fixture(scope="module")
def supposed(folder: Path) -> tuple[int, Any]:
    """The exit code and the report of a scan with everything supposed."""
    code, text, _ = scan(folder, "-f", "json")
    return code, json.loads(text)


@pytest.fixture(scope="module")
def outcomes(supposed: tuple[int, Any]) -> Mapping[str, Any]:
    """What would be otherwise by title."""
    _, report = supposed
    return {
        each["titles"][0] if len(each["titles"]) == 1 else "together": each
        for each in report["suppose"]
    }


def changes(outcome: Any) -> list[Change]:
    found = []
    for each in outcome["findings"]:
        before, after = each["before"], each["after"]
        told = after or before
        found.append(
            (
                each["becomes"],
                told["policy"],
                before and before["verdict"],
                after and after["verdict"],
            )
        )
    return found


JUDGED: Mapping[str, tuple[str, list[Change]]] = {
    "Scaleway is bought by an American company": (
        "2026-11-24",
        [("new", CONTROL, "compliant", "violation")],
    ),
    "Scaleway is bought by a German family": ("2026-11-24", []),
    # Nobody said who holds the buyer: an owner elsewhere can't be excluded.
    "Scaleway is bought by somebody of whom only the seat is known": (
        "2027-01-01",
        [("new", CONTROL, "compliant", "unproven")],
    ),
    # iliad holds Scaleway, and Amazon is seated in the United States.
    "iliad is bought by Amazon": ("2026-11-24", [("new", CONTROL, "compliant", "violation")]),
    # SecNumCloud was given under other owners, so that it proves neither itself nor who can compel.
    "Dassault Systèmes is bought": (
        "2026-11-24",
        [
            ("new", CONTROL, "compliant", "unproven"),
            ("new", QUALIFIED, "compliant", "unproven"),
            ("gone", "qualification-ends-soon", "violation", None),
        ],
    ),
    # By itself it is unknown on that day whether it was renewed.
    "SecNumCloud of Outscale isn't renewed": (
        "2026-12-01",
        [("worse", QUALIFIED, "unproven", "violation")],
    ),
    "SecNumCloud of Outscale was withdrawn": (
        "2026-11-24",
        [
            ("new", QUALIFIED, "compliant", "violation"),
            ("gone", "qualification-ends-soon", "violation", None),
        ],
    ),
    "FISA 702 ends for good": (
        "2026-11-24",
        [("otherwise", CONTROL, "violation", "violation")],
    ),
    # A law is told of states that control a company, and adds none: what complies goes on to.
    "France makes a law": ("2026-11-24", []),
    "The Data Privacy Framework falls": ("2026-11-24", []),
    "Paris is in the United Kingdom": (
        "2026-11-24",
        [
            ("new", "health-data-in-eea", "compliant", "violation"),
            ("new", CONTROL, "compliant", "violation"),
            ("worse", "health-data-on-certified-host", "unproven", "violation"),
            ("otherwise", QUALIFIED, "violation", "violation"),
        ],
    ),
    "Somebody who isn't used is bought": ("2026-11-24", []),
}


@pytest.mark.parametrize("title", JUDGED)
def test_what_would_be_otherwise(outcomes: Mapping[str, Any], title: str) -> None:
    day, expected = JUDGED[title]
    assert outcomes[title]["as_of"] == day
    assert sorted(changes(outcomes[title]), key=str) == sorted(expected, key=str)


def test_a_takeover_is_told_of_the_company_and_its_placements(
    outcomes: Mapping[str, Any],
) -> None:
    found = outcomes["Scaleway is bought by an American company"]
    assert (found["path"], found["line"]) == ("world.yaml", 3)
    assert found["companies"] == ["Scaleway"]
    (moved,) = found["placements"]
    assert (moved["before"]["control"], moved["after"]["control"]) == (["FR"], ["FR", "US"])
    assert found["after"]["violation"] == found["before"]["violation"] + 1
    assert found["after"]["compliant"] == found["before"]["compliant"] - 1


def test_whoever_held_a_company_holds_it_no_more(outcomes: Mapping[str, Any]) -> None:
    (moved,) = outcomes["Scaleway is bought by a German family"]["placements"]
    assert moved["after"]["control"] == ["DE", "FR"]  # the seat stays where it is


def test_a_changed_law_changes_what_is_told_and_no_verdict(
    outcomes: Mapping[str, Any],
) -> None:
    ends, begins = outcomes["FISA 702 ends for good"], outcomes["France makes a law"]
    (finding,) = ends["findings"]
    assert "FISA section 702" in finding["before"]["message"]
    assert "FISA" not in finding["after"]["message"]
    assert "CLOUD Act" in finding["after"]["message"]
    (state,) = begins["states"]
    assert (state["state"], state["before"]["laws"], state["after"]["laws"]) == (
        "FR",
        [],
        ["Essai"],
    )
    for each in (ends, begins):
        assert each["before"] == each["after"]


def test_adequacy_ends_without_a_verdict(outcomes: Mapping[str, Any]) -> None:
    (state,) = outcomes["The Data Privacy Framework falls"]["states"]
    assert (state["before"]["partly"], state["after"]["partly"]) == (True, False)


def test_all_at_once_on_the_last_of_their_days(outcomes: Mapping[str, Any]) -> None:
    found = outcomes["together"]
    assert (len(found["titles"]), found["as_of"]) == (len(JUDGED), "2027-01-01")
    violated = {
        (each["after"]["policy"], each["after"]["address"])
        for each in found["findings"]
        if each["after"] and each["after"]["verdict"] == "violation"
    }
    assert (QUALIFIED, "outscale_volume.archive") in violated
    assert ("health-data-in-eea", "scaleway_object_bucket.claims") in violated


def test_todays_result_and_exit_code_stay(folder: Path, supposed: tuple[int, Any]) -> None:
    code, report = supposed
    plain_code, plain, _ = scan(folder, "-f", "json", file="")
    today = json.loads(plain)
    assert (code, today.pop("suppose")) == (plain_code, [])
    assert {key: value for key, value in report.items() if key != "suppose"} == today


FEW = """
suppose:
  - title: Scaleway is bought by an American company
    takeover: {provider: scaleway, by: {name: Acme Inc., seat: US}}
  - title: France makes a law, and SecNumCloud of Outscale was withdrawn
    law: {state: France, name: Essai, kind: orders, since: 2026-01-01}
    lapses: {qualification: secnumcloud, provider: outscale, until: 2026-10-31}
  - title: Somebody who isn't used is bought
    takeover: {provider: hetzner, by: {name: Acme Inc., seat: US}}
"""
TOLD: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Scaleway: 1 placement, control FR → FR+US",
        "new: error[health-data-under-eu-control] scaleway_object_bucket.claims",
        "nothing here would be otherwise",
        "Outscale: 1 placement, SecNumCloud held → not held",
        "France: would be in force: Essai",
        "all 3 suppositions at once",
        "The result and the exit code are those of today's world.",
    ),
    "fr": (
        "Scaleway : 1 emplacement, contrôle FR → FR+US",
        "nouveau : erreur[health-data-under-eu-control] scaleway_object_bucket.claims",
        "rien ne serait autrement ici",
        "Outscale : 1 emplacement, SecNumCloud détenu → non détenu",
        "les 3 suppositions à la fois",
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_it_is_told_as_text_and_markdown(folder: Path, language: str) -> None:
    write(folder, {"few.yaml": FEW})
    page = folder.parent / f"page-{language}.md"
    options = ("--lang", language, "-f", "text", "-f", "markdown", "-o", str(page))
    _, text, _ = scan(folder, *options, file="few.yaml")
    told = " ".join(text.split())
    plain = page.read_text(encoding="utf-8").replace("\\", "").replace("&#8288;", "")
    for each in TOLD[language]:
        assert each in told
        assert each in plain


WRONG: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "empty": (
        "",
        ("wrong.yaml supposes nothing: it is empty. It has a list under `suppose`.",),
    ),
    "broken": ("suppose: [\n", ("wrong.yaml:2:1:",)),
    "a key": (
        "suppose:\n  - title: x\n    takeovers: {}\n",
        ("wrong.yaml:3:5: unknown key `takeovers` in `suppose.0`. Did you mean `takeover`?",),
    ),
    "names": (
        """suppose:
  - title: a provider
    takeover: {provider: scalewayy, by: {name: Acme, seat: US}}
  - title: a company
    takeover: {company: Nobody SA, by: {name: Acme, seat: US}}
  - title: a qualification
    lapses: {qualification: secnumclou, provider: outscale}
  - title: an offer
    lapses: {qualification: secnumcloud, provider: outscale, offer: Other}
  - title: nothing held
    lapses: {qualification: secnumcloud, provider: scaleway}
  - title: a day
    law: {state: US, name: CLOUD Act, until: 2026-02-30}
  - title: a term
    law: {state: US, name: CLOUD Act, since: 2027-02-01, until: 2027-01-01}
  - title: a state
    law: {state: UK, name: Investigatory Powers Act, until: 2026-02-20}
  - title: a law
    law: {state: US, name: Foo Act, until: 2026-02-20}
  - title: nothing
  - title: a buyer
    takeover: {provider: scaleway, by: {name: Acme}}
  - title: another seat
    takeover: {provider: scaleway, by: {name: "Amazon.com, Inc.", seat: FR}}
  - title: a person
    takeover: {company: niel, by: {name: Acme, seat: US}}
  - title: a circle
    takeover: {company: iliad, by: {name: Scaleway SAS}}
  - title: itself
    takeover: {company: iliad, by: {name: iliad SA}}
  - title: no decision
    adequacy: {state: CN, until: 2027-01-01}
  - title: a region
    region: {provider: scaleway, region: fr-mars, country: FR}
  - title: two bought
    takeover: {provider: scaleway, company: iliad, by: {name: Acme, seat: US}}
  - title: what is right is judged all the same
    takeover: {provider: scaleway, by: {name: Acme Inc., seat: US}}
""",
        (
            "wrong.yaml:3:16: the catalogue has no provider `scalewayy`. Did you mean `scaleway`?",
            "wrong.yaml:5:16: the catalogue has no company `Nobody SA`.",
            "wrong.yaml:7:14: the catalogue has no qualification `secnumclou`. Did you mean `secnumcloud`?",
            "wrong.yaml:9:62: `Other` is no offer of `outscale` that secnumcloud covers.",
            "wrong.yaml:11:42: the catalogue has no secnumcloud of `scaleway`",
            "wrong.yaml:13:39: `until` is not a day (YYYY-MM-DD): '2026-02-30'.",
            "wrong.yaml:15:58: `until` comes before `since`.",
            "wrong.yaml:17:11: the catalogue has no state `UK`. Did you mean `GB`?",
            "wrong.yaml:19:22: US has no law `Foo Act`. It has: `CLOUD Act (18 USC 2713)`",
            "wrong.yaml:20:5: `nothing` supposes nothing",
            "wrong.yaml:22:41: the catalogue has no company `Acme`: nobody knows where it is seated.",
            "is seated in US by the catalogue, not in FR.",
            "is no company: nobody can buy it.",
            "wrong.yaml:27:5: The catalogue's entities don't fit",
            "`iliad SA` can't buy itself.",
            "wrong.yaml:32:16: there is no decision of adequacy for CN to change.",
            "wrong.yaml:34:34: the catalogue has no region `fr-mars` of `scaleway`.",
            "a takeover says who is bought: `provider` or `company`, one of the two.",
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_and_the_rest_isnt_lost(folder: Path, name: str) -> None:
    written, said = WRONG[name]
    write(folder, {"wrong.yaml": written})
    code, text, errors = scan(folder, "-f", "json", file="wrong.yaml")
    assert code == 2
    told = " ".join(errors.split())
    for each in said:
        assert each in told.replace("hint: ", "")
    report = json.loads(text)
    assert len(report["findings"]) > 0
    titles = [each["titles"] for each in report["suppose"]]
    assert titles == ([["what is right is judged all the same"]] if name == "names" else [])


def test_a_format_that_would_say_nothing_of_it_is_refused(folder: Path) -> None:
    code, text, errors = scan(folder, "-f", "sarif")
    assert (code, text) == (2, "")
    assert "--suppose is told by text, json, markdown" in errors
