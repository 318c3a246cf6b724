"""Nothing that a terminal acts on, and no secret of an address, is ever printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.redaction.redact import (
    inert,
    mask,
    mask_address,
    mask_source,
    printable,
    safe_text,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text, naïve", "plain text, naïve"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x9b2J", "\\x9b2J"),
        ("user\u202etxt", "user\\u202etxt"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\udc80", "\\udc80"),
        ("\U000e0041", "\\U000e0041"),
        ("deux\u00a0: trois\u202f!", "deux\u00a0: trois\u202f!"),
    ],
)
def test_printable_shows_what_a_terminal_would_act_on(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(st.text())
def test_what_is_printable_holds_no_control_character(text: str) -> None:
    assert all(char.isprintable() or char in "\u00a0\u202f" for char in printable(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://user:pass@host/path", "https://***@host/path"),
        ("https://token@host", "https://***@host"),
        (
            "git::https://oauth2:tok@gitlab.com/a.git?ref=v1",
            "git::https://***@gitlab.com/a.git?ref=v1",
        ),
        ("postgres://u:pa/ss?x@db/claims", "postgres://***@db/claims"),
        ("postgres://u:p@ss@db/claims", "postgres://***@db/claims"),
        ("https://h/x?token=abc&ref=1", "https://h/x?token=***&ref=1"),
        ("https://h/x?ref=1&X-Amz-Signature=abc", "https://h/x?ref=1&X-Amz-Signature=***"),
        ("https://h/x?api_key=abc", "https://h/x?api_key=***"),
        (
            "DefaultEndpointsProtocol=https;AccountKey=abc==;X=1",
            "DefaultEndpointsProtocol=https;AccountKey=***;X=1",
        ),
        ("key AKIAIOSFODNN7EXAMPLE.", "key ***."),
        (
            "url: 'https://hooks.slack.com/services/T0/B0/abc'",
            "url: 'https://hooks.slack.com/***'",
        ),
        ("https://hooks.zapier.com/hooks/catch/1/abc/ x", "https://hooks.zapier.com/*** x"),
        ("https://discord.com/api/webhooks/1/abc", "https://discord.com/api/webhooks/***"),
        (
            "https://acme.webhook.office.com/webhookb2/abc",
            "https://acme.webhook.office.com/***",
        ),
        ("https://api.telegram.org/bot1:abc/sendMessage", "https://api.telegram.org/***"),
        ("https://slack.com/api/chat.postMessage", "https://slack.com/api/chat.postMessage"),
        # What must stay: ports, scopes, digests, references
        ("https://host:8443/@scope/pkg", "https://host:8443/@scope/pkg"),
        ("https://host/@scope/pkg?ref=v1.2", "https://host/@scope/pkg?ref=v1.2"),
        ("repo/image:tag@sha256:0a1b", "repo/image:tag@sha256:0a1b"),
        ("git@github.com:owner/name.git", "git@github.com:owner/name.git"),
        ('aws_s3_bucket.files["key=value"]', 'aws_s3_bucket.files["key=value"]'),
    ],
)
def test_mask_hides_secrets_of_addresses_and_nothing_else(text: str, expected: str) -> None:
    assert mask(text) == expected


def test_an_address_without_a_scheme_loses_its_user_info() -> None:
    assert mask_address("user:abc@tickets.acme.fr/x") == "***@tickets.acme.fr/x"
    assert mask_address("https://user:abc@tickets.acme.fr") == "https://***@tickets.acme.fr"
    assert mask_address("tickets.acme.fr:443/@scope") == "tickets.acme.fr:443/@scope"


WORDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=20)


@given(WORDS, WORDS, st.sampled_from("/?#@!:"))
def test_a_password_in_an_address_never_survives(user: str, password: str, odd: str) -> None:
    secret = f"x{password}{odd}{password}"
    assert password not in mask(f"https://u{user}:{secret}@host.example/path")


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('  password = "hunter2"', '  password = "***"'),
        ('  db_password = "a\\"b" # old', '  db_password = "***" # old'),
        ('"auth_token": "abc", "n": 1', '"auth_token": "***", "n": 1'),
        ("  password: hunter2", "  password: ***"),
        ("  password = var.password", "  password = var.password"),
        ('  secret_name = "claims-db"', '  secret_name = "claims-db"'),
        ("  secret: {name: x}", "  secret: {name: x}"),
        ('  region = "eu-west-3"', '  region = "eu-west-3"'),
        ('  value: "u:hunter2@redis.acme.fr:6379"', '  value: "***@redis.acme.fr:6379"'),
        ("  value: u:hunter2@tcp(db.acme.fr:3306)/x", "  value: ***@tcp(db.acme.fr:3306)/x"),
        (
            "  value: jdbc:oracle:thin:scott/tiger@db.acme.fr:1521:x",
            "  value: jdbc:oracle:thin:***@db.acme.fr:1521:x",
        ),
        ("  image: repo/image:1.2@sha256:0a1b", "  image: repo/image:1.2@sha256:0a1b"),
        ("  image: nginx:1.2@sha256:0a1b", "  image: nginx:1.2@sha256:0a1b"),
        (
            '  member = "serviceAccount:a@b.iam.acme.fr"',
            '  member = "serviceAccount:a@b.iam.acme.fr"',
        ),
        (
            "  source = git@github.com:owner/name.git",
            "  source = git@github.com:owner/name.git",
        ),
    ],
)
def test_a_source_line_loses_literal_secrets(line: str, expected: str) -> None:
    assert mask_source(line) == expected


def test_safe_text_masks_before_it_escapes() -> None:
    assert safe_text("https://u:p\x1b@host") == "https://***@host"


def test_long_lines_are_masked_in_no_time() -> None:
    """Patterns that look back at what they have tried would take hours for such a line."""
    for line in (
        "a.a" * 100_000,
        'x = "' + "a.a-" * 50_000 + '"',
        "a" * 200_000 + "://u:p@h",
        "a-a" * 60_000,
    ):
        assert "u:p@" not in mask_source(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error file=x::pwn", "\\x3a:error file=x::pwn"),
        ("a\n  ::set-output name=x::y\n", "a\n  \\x3a:set-output name=x::y\n"),
        ("\u00a0\u202f::add-mask::x", "\u00a0\u202f\\x3a:add-mask::x"),
        ("\x1b[1;31m::error::x", "\x1b[1;31m\\x3a:error::x"),
        ("a ##[error]x", "a #\\x23[error]x"),
        (
            "a ##vso[task.setvariable variable=x]y",
            "a #\\x23vso[task.setvariable variable=x]y",
        ),
        ("###[x]", "##\\x23[x]"),
        ("##teamcity[x]", "#\\x23teamcity[x]"),
        ("  ::: modules/main.tf:3:1", "  ::: modules/main.tf:3:1"),
        ("git::https://host/a.git", "git::https://host/a.git"),
        ("## a heading [x]", "## a heading [x]"),
        ("a::error::b", "a::error::b"),
    ],
)
def test_commands_to_servers_are_made_inert_and_nothing_else(
    text: str, expected: str
) -> None:
    assert inert(text) == expected
    assert inert(expected) == expected


@given(st.text(st.sampled_from("#[:a \n\t\u00a0vso")))
def test_no_command_is_left(text: str) -> None:
    lines = inert(text).split("\n")
    assert not [
        line
        for line in lines
        if re.match(r"\s*::[A-Za-z]", line) or re.search(r"##\w*\[", line)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- {name: DD_API_KEY, value: 0123abcd}", "- {name: DD_API_KEY, value: ***}"),
        (
            '- {"name": "TWILIO_AUTH_TOKEN", "value": "0123 abcd"}',
            '- {"name": "TWILIO_AUTH_TOKEN", "value": ***}',
        ),
        ("      - DD_API_KEY=0123abcd", "      - DD_API_KEY=***"),
        ("- {name: DD_SITE, value: datadoghq.eu}", "- {name: DD_SITE, value: datadoghq.eu}"),
        ("      - DD_SITE=datadoghq.eu", "      - DD_SITE=datadoghq.eu"),
    ],
)
def test_an_entry_of_an_environment_that_is_a_secret(line: str, expected: str) -> None:
    assert mask_source(line) == expected
