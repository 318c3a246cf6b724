"""`sovlint calendar`: what lapses on which day, read by the same library as calendars are written by, and by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar, Event

from sovlint.cli import main
from tests.scratch import write

AS_OF = "2026-11-24"
FILES = {
    "main.tf": """\
provider "outscale" {
  region = "cloudgouv-eu-west-1"
}
resource "outscale_volume" "files" {
  subregion_name = "cloudgouv-eu-west-1a"
  size           = 10
  tags {
    key   = "data-classification"
    value = "health"
  }
}
""",
    "saas.yaml": """\
services:
  - id: ticketing
    vendor: Zendesk
    data: [claims]
    end: 2027-06-30
  - id: over
    vendor: Zendesk
    data: [claims]
    end: 2026-06-30
""",
    "sovlint.yaml": """\
attestations:
  - claim: {qualification: hds}
    subject: {provider: scaleway, region: fr-par}
    evidence: contract 2026-114, annex 3
    owner: data protection officer
    issued: 2026-10-01
    expires: 2027-09-30
""",
}


def run(folder: Path, *options: str, language: str = "en") -> Result:
    write(folder / "r", FILES)
    return CliRunner().invoke(
        main,
        ["calendar", str(folder / "r"), "--as-of", AS_OF, "--lang", language, "-o", str(folder / "c.ics"), *options],
        prog_name="sovlint",
    )  # fmt: skip


def events(folder: Path) -> list[Event]:
    calendar = Calendar.from_ical((folder / "c.ics").read_bytes())
    return list(calendar.walk("VEVENT"))


def test_what_lapses_is_on_its_last_day(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    told = {str(each["summary"]): each.decoded("dtstart") for each in events(tmp_path)}
    contract = "Last day: use of Zendesk (saas:ticketing)"
    vouched = "Last day: attestation of hds scaleway fr-par, by data protection officer"
    assert told[contract] == date(2027, 6, 30)
    assert told[vouched] == date(2027, 9, 30)
    assert not any("saas:over" in each for each in told)
    (secnumcloud,) = [each for each in told if "SecNumCloud" in each]
    assert "Outscale" in secnumcloud
    assert f"{len(told)} ends are in the calendar." in result.stderr


def test_an_event_takes_a_day_and_says_where_it_is_written(tmp_path: Path) -> None:
    assert run(tmp_path, "--remind", "30").exit_code == 0
    (event,) = [each for each in events(tmp_path) if "Zendesk" in str(each["summary"])]
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert "saas.yaml:2" in str(event["description"])
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-30)


def test_in_french(tmp_path: Path) -> None:
    assert run(tmp_path, language="fr").exit_code == 0
    told = {str(each["summary"]) for each in events(tmp_path)}
    assert "Dernier jour : recours à Zendesk (saas:ticketing)" in told


def test_the_same_bytes_again_and_events_that_are_known_again(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 0
    once = (tmp_path / "c.ics").read_bytes()
    uids = {str(each["uid"]) for each in events(tmp_path)}
    assert run(tmp_path).exit_code == 0
    assert (tmp_path / "c.ics").read_bytes() == once
    assert run(tmp_path, language="fr").exit_code == 0
    assert {str(each["uid"]) for each in events(tmp_path)} == uids


@pytest.mark.parametrize("option", [["--remind", "-1"], ["--remind", "soon"]])
def test_wrong_reminders(tmp_path: Path, option: list[str]) -> None:
    assert run(tmp_path, *option).exit_code == 2


def test_where_it_can_not_be_written(tmp_path: Path) -> None:
    result = run(tmp_path, "-o", str(tmp_path / "none" / "c.ics"))
    assert result.exit_code == 2
    assert "can't be written" in result.stderr
