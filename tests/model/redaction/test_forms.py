"""Forms that vendors give their secrets: each hides what has it, needs its mark, and takes time in proportion."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.model.redaction.forms import SecretForm, secret_forms, without_tokens
from sovlint.model.redaction.redact import HIDDEN, mask

TOKENS = secret_forms().tokens
ADDRESSES = secret_forms().addresses


def named(form: SecretForm) -> str:
    return f"{form.vendor}: {form.kind}"


@pytest.mark.parametrize("form", TOKENS, ids=named)
def test_what_has_the_form_is_hidden_and_has_the_mark(form: SecretForm) -> None:
    @settings(max_examples=5, database=None, deadline=None)
    @given(st.from_regex(re.compile(form.form, re.ASCII), fullmatch=True))
    def check(token: str) -> None:
        assert form.mark in token
        assert token not in mask(f"run {token} there")

    check()


@pytest.mark.parametrize("form", ADDRESSES, ids=named)
def test_a_path_that_is_a_secret_is_hidden_and_its_host_is_not(form: SecretForm) -> None:
    @settings(max_examples=5, database=None, deadline=None)
    @given(
        st.from_regex(
            re.compile(re.sub(r"\(\?=[^()]*\)$", "", form.form), re.ASCII), fullmatch=True
        )
    )
    def check(address: str) -> None:
        assert form.mark in address.lower()
        secret = "0a1b2c3d-hunter2x9"
        assert secret not in mask(f"https://{address.removeprefix('https://')}{secret}")

    check()


def test_a_form_has_a_source_with_a_day() -> None:
    assert [named(form) for form in (*TOKENS, *ADDRESSES) if not _has_source(form)] == []


def _has_source(form: SecretForm) -> bool:
    source = secret_forms().sources[form.source]
    return (
        source["basis"] in ("read", "background")
        and date.fromisoformat(source["date"] or "") <= date(2026, 11, 28)
        and bool(source["url"] or source["basis"] == "background")
    )


@pytest.mark.timed
@pytest.mark.parametrize("form", [*TOKENS, *ADDRESSES], ids=named)
def test_it_takes_time_in_proportion(form: SecretForm) -> None:
    for seed in (form.mark, f"{form.mark}1", f"0{form.mark}a."):
        text = seed * (20_000 // len(seed))
        started = time.process_time()
        without_tokens(text, HIDDEN)
        assert time.process_time() - started < 1
