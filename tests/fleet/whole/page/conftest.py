"""The page of four hundred repositories, made once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sovlint.fleet.whole.page.page import render
from sovlint.fleet.whole.world_on_day import WorldOnDay
from tests.fleet.whole.page.views import many


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the page."""
    file = tmp_path_factory.mktemp("fleet") / "page.html"
    file.write_text(
        render(many(), WorldOnDay(date(2026, 11, 24)).world, "en"), encoding="utf-8"
    )
    return file
