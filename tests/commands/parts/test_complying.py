"""What ``sovlint explain`` lists of the catalogue: by policy and day."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.catalog.fixed import overlay


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Options for the overlay of invented companies, whose days don't change with the world."""
    return "--trust-overlay", "--catalog", str(overlay(tmp_path_factory.mktemp("own")))


def explained(policy: str, day: str, *more: str) -> str:
    result = CliRunner().invoke(
        main, ["explain", "--no-config", policy, "--as-of", day, "--lang", "en", *more]
    )
    assert result.exit_code == 0
    return " ".join(result.stdout.split())


def test_services_are_listed_by_kind_with_their_last_day(own: tuple[str, ...]) -> None:
    words = explained("health-data-on-qualified-service", "2026-11-24", *own)
    assert "Complying services on 2026-11-24" in words
    assert (
        "Casa Cloud, storage in fr-one (FR), qualified until 2026-11-30 (secnumcloud)"
        in words
    )
    assert "- Kubernetes clusters: S3NS, gke in u-france-east1 (FR), qualified until" in words
    assert "- load balancing: NumSpot" in words
    assert "generative AI" not in words  # none is qualified


@pytest.mark.parametrize(("day", "there"), [("2026-11-30", True), ("2026-12-01", False)])
def test_what_has_ended_is_not_listed(day: str, there: bool, own: tuple[str, ...]) -> None:
    assert (
        "Casa Cloud, load-balancer"
        in explained("health-data-on-qualified-service", day, *own)
    ) is there


def test_control_that_only_a_qualification_shows_ends_with_it(own: tuple[str, ...]) -> None:
    words = explained("health-data-under-eu-control", "2026-11-24", *own)
    assert "Casa Cloud, meet in fr-one (FR), until 2026-11-30" in words
    assert "- video meetings: Oodrive, meet in no region of its own, until" in words
    assert "Amazon" not in words.partition("Complying services")[2].partition("Sources")[0]


def test_a_place_alone_lists_nothing() -> None:
    assert "Complying services" not in explained("health-data-in-eea", "2026-11-24")


def test_french() -> None:
    words = explained(
        "health-data-on-qualified-service", "2026-11-24", "--lang", "fr"
    ).replace("\u00a0", " ")
    assert "Services conformes au 24 novembre 2026 : à cette seule politique" in words
    assert (
        "- stockage objet : S3NS, storage dans u-france-east1 (FR), qualification valable jusqu'au"
        in words
    )
