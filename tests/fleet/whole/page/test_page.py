"""The bytes of the page: the same each time, closed to whatever a name says, and with figures that add up."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from sovlint.fleet.whole.page.page import render
from sovlint.fleet.whole.view import FleetView, UseLine
from sovlint.fleet.whole.world_on_day import WorldOnDay
from tests.fleet.whole.page.views import COUNT, HOSTILE, RUN, many

WORLD = WorldOnDay(date(2026, 11, 24)).world


def test_the_same_bytes_each_time(page: Path) -> None:
    assert render(many(), WORLD, "en") == page.read_text(encoding="utf-8")


def test_a_name_ends_no_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("<script") == text.count("</script>") == 2
    (data,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', text, re.S
    )
    names = [row[0] for row in json.loads(data)["repositories"]]
    assert len(names) == COUNT
    assert HOSTILE in names


def test_it_asks_nobody(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'; style-src 'sha256-" in text
    assert not re.search(r'(?:src|href)="(?!#)', text)


def test_an_organisation_without_anything() -> None:
    assert "0 repositories" in render(FleetView(RUN), WORLD, "fr")


def test_the_headline_counts_only_repositories_with_health_data() -> None:
    """Three use a company that the United States can compel, and one of them puts health data there."""
    uses = (
        UseLine("g/claims", "aws", ("FR", "US"), False, "FR", ("health",), 1),
        UseLine("g/mail", "aws", ("FR", "US"), False, "FR", ("contact",), 1),
        UseLine("g/site", "aws", ("FR", "US"), False, "FR", (), 4),
    )
    text = render(FleetView(RUN, uses=uses), WORLD, "en")
    assert "1 repository puts health data with 1 company" in text
