"""Secrets of texts that are put together: what of the result is secret is masked wherever its parts stand."""

from __future__ import annotations

import pytest

from sovlint.model.redaction.by_texts import secret_texts, without_texts
from sovlint.model.redaction.redact import mask

TEXT = "postgres://acme_claims:hunter2hunter2@db.partenaire-sante.fr/claims"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('half = join("", ["hun", "ter2hunter2"])', 'half = join("", ["hun", "***"])'),
        ("whole = 'hunter2hunter2'", "whole = '***'"),
        ("half=ter2hunter2", "half=***"),
        ('x = "a-hunter2hunter2-b"', 'x = "a-***-b"'),
        ('user = "acme_claims"', 'user = "acme_claims"'),
        ('host = "db.partenaire-sante.fr"', 'host = "db.partenaire-sante.fr"'),
        ('short = "hunter2"', 'short = "hunter2"'),
    ],
)
def test_a_part_of_a_secret_is_masked(line: str, expected: str) -> None:
    assert without_texts(line, secret_texts([TEXT])) == expected


def test_a_text_without_a_secret_masks_nothing() -> None:
    assert (
        secret_texts(["https://api.partenaire-sante.fr/v1", "", "s3://acme-claims"])
        == frozenset()
    )


@pytest.mark.parametrize(
    "line",
    [
        "influx write -b claims -t {}",
        "influx -t {} ping",
        "codecov -t {}",
        "doctl -t {} account get",
        "dotnet nuget push a.nupkg -k {}",
    ],
)
def test_a_short_flag_of_a_program_that_takes_a_token(line: str) -> None:
    assert "hunter2hunter2" not in mask(line.format("hunter2hunter2"))


def test_another_program_with_the_same_flag() -> None:
    line = "docker build -t acme/claims-api ."
    assert mask(line) == line
