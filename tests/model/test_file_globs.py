"""Globs of names: those that a name is of, however they begin, in the order in which they were given."""

from __future__ import annotations

import pytest

from sovlint.model.file_globs import NameGlobs, globbed

GLOBS = NameGlobs([globbed(str(number), glob) for number, glob in enumerate(
    ["*.env", ".env*", "otel*.yaml", "*collector*.yaml", "a*.yaml", "otel*config*.yaml", "*", "*-*.yaml"]
)])  # fmt: skip


@pytest.mark.parametrize(
    ("name", "formats"),
    [
        (".env", "016"), ("api.env", "06"), (".env.local", "16"), ("otel.yaml", "26"), ("otel-config.yaml", "2567"),
        ("my-collector.prod.yaml", "367"), ("a.yaml", "46"), (".yaml", "6"), ("otel", "6"), ("", "6"),
    ],
)  # fmt: skip
def test_globs_of_a_name(name: str, formats: str) -> None:
    assert "".join(each.format for each in GLOBS.of(name)) == formats
