"""An overlay says what it replaces; who controls a company and where something is takes the trust of who runs sovlint."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.catalog.load import load, overlay_problems
from sovlint.cli import main
from sovlint.errors import SovlintError
from sovlint.model.findings.own_rules import RuleKind
from tests.catalog.house import SOURCES, folder, provider

AMAZON = "entities:\n  amazon-com: {name: 'Amazon.com, Inc.', seat: FR, source: annual, no_majority: {source: annual}%s}\n"
HEAD = "replaces: true\n"


def told(at: Path, *, trusted: bool = False, **files: str) -> list[SovlintError]:
    return list(overlay_problems([folder(at, **files)], trusted))


def test_an_entry_that_takes_the_place_of_a_shipped_one_must_say_so(tmp_path: Path) -> None:
    problems = told(tmp_path, trusted=True, entities=AMAZON % "" + SOURCES)
    assert [each.message for each in problems] == [
        f"{tmp_path}/entities.yaml:2:3: `entities/amazon-com` ships too, in sovlint/catalog/entities.yaml: "
        "`replaces: true` is missing."
    ]
    assert "Write `replaces: true`" in problems[0].hint


@pytest.mark.parametrize(
    "text", [AMAZON % ", replaces: true", HEAD + AMAZON % ""], ids=["entry", "head"]
)
def test_whoever_controls_a_company_takes_trust(tmp_path: Path, text: str) -> None:
    first, *_ = told(tmp_path, entities=text + SOURCES)
    assert "`entities/amazon-com` changes `seat` (US → FR)" in first.message
    assert "`--trust-overlay` is missing" in first.message
    assert "SOVLINT_TRUST_OVERLAY=1" in first.hint
    assert not told(tmp_path, trusted=True, entities=text + SOURCES)
    changed = load([tmp_path], trusted=True)
    (rule,) = changed.laid_over
    assert (rule.kind, rule.names) == (RuleKind.OVERLAY, ("entities/amazon-com",))
    details = {each.name: (each.before, each.after) for each in rule.details}
    assert details["entities/amazon-com.seat"] == ("US", "FR")


def test_whose_plug_in_is_meant_where_nobody_says_takes_trust(tmp_path: Path) -> None:
    text = (
        "registries: {}\nnamespace: {name: acme, source: annual, replaces: true}\n" + SOURCES
    )
    (problem,) = told(tmp_path, registries=text)
    assert "`namespace/name` changes `name` (hashicorp → acme)" in problem.message
    assert not told(tmp_path, trusted=True, registries=text)


def test_what_only_adds_is_free(tmp_path: Path) -> None:
    assert not told(tmp_path, providers__casa=provider())
    (rule,) = load([tmp_path]).laid_over
    assert (rule.kind, rule.names) == (RuleKind.OVERLAY_ADDED, ("providers/casa",))


def test_replaces_true_of_what_does_not_ship(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, providers__casa=provider() + HEAD)
    assert "nothing that ships is replaced here" in problem.message


def own_hetzner(regions: str) -> str:
    return provider(
        id="hetzner",
        name="Hetzner",
        operator="hetzner-online",
        regions=regions,
        replaces="true",
    )


def governed(problems: list[SovlintError]) -> list[str]:
    """The keys that take trust."""
    keys = [re.search(r"changes `([^`]+)`", each.message) for each in problems]
    assert None not in keys, problems
    return [key[1] for key in keys if key]


def test_a_country_of_a_region_takes_trust_and_what_is_not_said_stays(
    tmp_path: Path,
) -> None:
    shipped = load().providers["hetzner"].regions
    same = {
        name: f"{{country: {each.country or 'null'}, source: annual}}"
        for name, each in shipped.items()
    }

    def problems(regions: dict[str, str]) -> list[str]:
        text = ", ".join(f"{name}: {each}" for name, each in regions.items())
        found = told(tmp_path, providers__hetzner=own_hetzner(f"{{{text}}}"))
        return [key for key in governed(found) if key.endswith((".country", "own-1"))]

    some = next(iter(same))
    assert problems(same) == []
    assert problems({**same, "own-1": "{country: FR, source: annual}"}) == ["regions.own-1"]
    assert problems({**same, some: "{country: JP, source: annual}"}) == [
        f"regions.{some}.country"
    ]
    less = {name: each for name, each in same.items() if name != some}
    assert problems(less) == []  # what isn't said stays


def test_adequacy_and_qualifications_and_what_a_class_covers_take_trust(
    tmp_path: Path,
) -> None:
    states = "jurisdictions: {US: {en: United States, fr: États-Unis, areas: [EEA], source: annual}}\n"
    assert "areas" in governed(told(tmp_path / "a", jurisdictions=HEAD + states + SOURCES))
    classes = "classes: {health: {en: Health, fr: Santé, labels: [], covers: []}}\n"
    found = told(tmp_path / "b", classes=HEAD + classes)
    assert governed(found) == ["covers", "labels"]


def test_a_name_that_decides_nothing_takes_no_trust(tmp_path: Path) -> None:
    labels = ", ".join((*load().classes["iban"].labels, "rib-maison"))
    classes = f"classes: {{iban: {{en: Accounts, fr: Comptes, labels: [{labels}], replaces: true}}}}\n"
    assert not told(tmp_path, classes=classes)
    (rule,) = load([tmp_path]).laid_over
    details = {each.name: (each.before, each.after) for each in rule.details}
    assert details["classes/iban.labels"] == ("", "rib-maison")
    assert "classes/iban.en" in details


def test_a_narrower_host_that_answers_otherwise_replaces_the_wider_one(
    tmp_path: Path,
) -> None:
    host = "host: s3.eu-west-3.amazonaws.com, provider: scaleway, service: object-storage, source: annual"
    message, *others = [
        each.message
        for each in told(tmp_path, endpoints=f"endpoints:\n  - {{{host}}}\n" + SOURCES)
    ]
    assert "`endpoints/s3.eu-west-3.amazonaws.com` takes over hosts of sovlint/" in message
    assert governed([SovlintError(each) for each in others]) == ["provider"]
    same = host.replace("scaleway", "aws").replace("object-storage", "s3, region: eu-west-3")
    assert not told(tmp_path, endpoints=f"endpoints:\n  - {{{same}}}\n" + SOURCES)


def test_a_host_of_a_cloud_is_no_place_where_nothing_lands(tmp_path: Path) -> None:
    text = (
        "endpoints: []\nnot_placements:\n"
        "  - {host: logs.eu-west-3.amazonaws.com, source: annual, replaces: true}\n"
    )
    (problem,) = told(tmp_path, endpoints=text + SOURCES)
    assert "changes `provider` (aws → nothing)" in problem.message


def test_services_are_added_and_replaced(tmp_path: Path) -> None:
    more = "services: {scaleway: {none: [iot-hub]}}\nsource: known\n"
    problems = told(tmp_path, services=more + SOURCES)
    assert not [each for each in problems if "ships too" in each.message]


def test_null_is_not_what_is_left_out(tmp_path: Path) -> None:
    shipped = load().providers
    known = next(each for each in shipped.values() if each.runs_on is not None)
    text = provider(id=known.id, name=known.name, regions="", replaces="true")
    name = f"providers__{known.id}"
    assert "runs_on" not in governed(told(tmp_path, **{name: text}))
    assert "runs_on" in governed(told(tmp_path, **{name: text + "runs_on: null\n"}))


def scan(root: Path, *options: str, **variables: str) -> Result:
    return CliRunner().invoke(
        main, ["scan", str(root), "--format", "json", *options], env=variables
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A repository whose overlay says that Amazon is French."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(
        'resource "aws_s3_bucket" "a" {\n  tags = { data_class = "health" }\n}\n'
    )
    (tmp_path / "sovlint.yaml").write_text("catalog: [own]\n")
    folder(tmp_path / "own", entities=HEAD + AMAZON % "" + SOURCES)
    return tmp_path


def test_who_runs_sovlint_trusts_and_the_repository_does_not(house: Path) -> None:
    refused = scan(house)
    assert refused.exit_code == 2
    assert "own/entities.yaml:3:42" in refused.stderr
    assert "--trust-overlay" in refused.stderr
    french = scan(house, "--lang", "fr").stderr
    assert "dont dépend qui peut contraindre ou où sont les données" in french
    assert "Le dépôt lui-même ne le peut pas." in french
    for trusted in (
        scan(house, "--trust-overlay"),
        scan(house, SOVLINT_TRUST_OVERLAY="1"),
    ):
        assert trusted.exit_code == 1
        names = [each["names"] for each in json.loads(trusted.stdout)["rules"]]
        assert ["entities/amazon-com"] in names
    (house / "sovlint.yaml").write_text("catalog: [own]\ntrust_overlay: true\n")
    assert "unknown key `trust_overlay`" in scan(house).stderr


def test_what_stands_for_true_is_refused(tmp_path: Path) -> None:
    (problem, *_) = told(tmp_path, entities=AMAZON % ', replaces: "yes"' + SOURCES)
    assert "replaces" in problem.message
