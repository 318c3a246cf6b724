"""Names of settings in signatures: some as they are, some with what stands for any text."""

from __future__ import annotations

import time

import pytest

from sovlint.model.source import Span
from sovlint.model.value import Known
from sovlint.rules.destination import Setting
from sovlint.rules.names.signature import Names
from sovlint.rules.names.signatures import Signatures


@pytest.mark.parametrize(
    ("name", "met"),
    [
        ("SENTRY_DSN", True),
        ("API_SENTRY_DSN", True),
        ("SENTRY_DSN_2", False),
        ("S3_BUCKET", True),
        ("S3_BUCKET_NAME", False),
        ("DB1_URL", True),
        ("DB12_URL", False),
        ("", False),
    ],
)
def test_a_name_is_met_whole(name: str, met: bool) -> None:
    assert Names(["SENTRY_DSN", "*_SENTRY_DSN", "S3_BUCKET", "DB?_URL"]).match(name) is met


def test_without_globs_only_the_names_themselves_are_met() -> None:
    names = Names(["A", "A.B"])
    assert [names.match(each) for each in ("A", "A.B", "AxB", "B")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_name_of_a_megabyte_is_looked_up_in_time() -> None:
    setting = Setting("A_" * 500_000, Known("x"), Span("a.env", 1, 1, 1, 2))
    begun = time.process_time()
    assert list(Signatures(()).signals([setting])) == []
    assert time.process_time() - begun < 5
