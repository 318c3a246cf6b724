"""``sovlint catalog check``: sound files are counted, unsound ones named with their line, and age is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.catalog import load as loading
from sovlint.catalog import shipped
from sovlint.catalog.load import load
from sovlint.cli import main
from tests import sharing
from tests.catalog.fixed import overlay
from tests.catalog.house import folder, provider
from tests.catalog.known import FACTS

DAY = "2026-11-24"


def check(*arguments: str) -> Result:
    command = ["catalog", "check", "--no-config", "--lang", "en", "--as-of", DAY, *arguments]
    return CliRunner().invoke(main, command, prog_name="sovlint")


def test_what_ships_is_sound_and_counted() -> None:
    result = check()
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"Providers: {len(load().providers)}\n" in result.stdout
    assert f"Catalogue of {load().date}: no problem found." in result.stdout
    assert f"secnumcloud {len(FACTS['secnumcloud'])}" in result.stdout
    assert "compiled" not in result.stdout
    assert "are older than" not in result.stdout
    assert "Sources older than a year: " in result.stdout


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A check of an overlay with old sources: its files are all gone over, which takes seconds."""
    own = str(overlay(tmp_path_factory.mktemp("own")))
    return check("--trust-overlay", "--catalog", own, "--older-than", "700")


def test_an_overlay_counts_too(aged: Result) -> None:
    assert aged.exit_code == 0, aged.stdout
    assert f"Providers: {len(load().providers) + 2}\n" in aged.stdout


def test_every_problem_of_an_overlay_is_told(tmp_path: Path) -> None:
    overlay = folder(
        tmp_path,
        providers__casa=provider(operator="nobody"),
        providers__villa=provider(id="villa", name="", kind=""),
    )
    result = check("--catalog", str(overlay))
    assert result.exit_code == 2
    assert f"{overlay}/providers/villa.yaml:" in result.stdout
    assert "`name`" in result.stdout
    assert "Providers:" not in result.stdout
    assert "problem" in result.stderr


def test_a_reference_to_nothing(tmp_path: Path) -> None:
    overlay = folder(tmp_path, providers__casa=provider(operator="scaleway-sos"))
    result = check("--catalog", str(overlay))
    assert result.exit_code == 2
    assert (
        "`scaleway-sos` isn't among entities. Did you mean `scaleway-sas`?" in result.stdout
    )
    assert result.stderr == "1 problem\n"


def test_an_overlay_that_is_not_there(tmp_path: Path) -> None:
    result = check("--catalog", str(tmp_path / "gone"))
    assert result.exit_code == 2
    assert "is no folder" in result.stdout


def test_what_ships_is_checked_from_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = folder(tmp_path, jurisdictions="jurisdictions: {FR: {en: France}}\n")
    monkeypatch.setattr(shipped, "FOLDER", broken)
    result = check()
    assert result.exit_code == 2
    assert f"{broken}/jurisdictions.yaml:1:" in result.stdout


def test_where_only_the_index_is_installed_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load()  # so that there is an index
    monkeypatch.setattr(shipped, "index", sharing.index_anew)
    monkeypatch.setattr(loading, "load", sharing.load_anew)
    monkeypatch.setattr(shipped, "in_checkout", lambda: False)
    result = check()
    assert result.exit_code == 0
    assert "Only the compiled index is installed here" in result.stdout


def test_old_sources_are_listed_by_file(aged: Result) -> None:
    said = " ".join(aged.stdout.split())
    assert "sources are older than 2024-12-24:" in said
    assert "providers/casa.yaml: stopped (2024)" in said
    assert "providers/villa.yaml: founders (2022-10)" in said
    assert "2025-01-08" not in said


def test_nothing_is_older_than_a_century() -> None:
    result = check("--older-than", "36500")
    assert result.exit_code == 0
    assert "0 sources are older than 1926-12-19:" in result.stdout


def test_days_are_a_number() -> None:
    for days in ("-1", "36501", "year"):
        result = check("--older-than", days)
        assert (result.exit_code, result.stdout) == (2, "")
