"""Text and places in SARIF: no forged link, no placeholder, and addresses that lead back to the file."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.redaction.redact import printable
from sovlint.report.scan.sarif_text import LONGEST_LINE, location, message_text, place, uri
from tests.report.build import span

LINK = re.compile(r"(?<!\\)(?:\\\\)*\[(?:[^\\\[\]]|\\[\\\[\]])*\]\([^)]*\)")
"""An embedded link by the grammar of the standard (3.11.6): brackets and backslashes of its text are escaped."""


def shown(message: str) -> str:
    """A message as a viewer shows it: braces single, escapes of brackets gone where the standard has them."""
    text = message.replace("{{", "{").replace("}}", "}")
    return re.sub(r"\\([\\\[\]])", r"\1", text) if "](" in text else text


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("plain", "plain"),
        ('a["b"] is [c]', 'a["b"] is [c]'),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        (r"\[x\](1)", r"\\\[x\\\](1)"),
        ("${var.x} {0}", "${{var.x}} {{0}}"),
        ("a\nb\u202e", "a\\nb\\u202e"),
    ],
)
def test_messages(words: str, written: str) -> None:
    assert message_text(words) == written


@given(st.text(st.sampled_from("[](){}\\x1 ")))
def test_no_text_makes_a_link_or_a_placeholder(words: str) -> None:
    written = message_text(words)
    assert LINK.search(written) is None
    assert re.search(r"(?<!\{)(?:\{\{)*\{\d+\}", written) is None
    assert shown(written) == printable(words)


def test_the_grammar_used_here_knows_a_link() -> None:
    assert LINK.search("see [here](1)")
    assert LINK.search(r"[para\[0\]\\spans\[2\]](1)")


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("envs/prod/main.tf", "envs/prod/main.tf"),
        ("a b/é#?.tf", "a%20b/%C3%A9%23%3F.tf"),
        ("a:b/c.tf", "a%3Ab/c.tf"),
        ("100%.tf", "100%25.tf"),
        ("raw\udcff.tf", "raw%FF.tf"),
        ("x\ud800.tf", "x%EF%BF%BD.tf"),
    ],
)
def test_addresses(path: str, written: str) -> None:
    assert uri(path) == written


@given(
    st.binary(min_size=1, max_size=20).filter(
        lambda name: b"\0" not in name and b"//" not in name
    )
)
def test_an_address_leads_back_to_the_bytes_of_the_name(name: bytes) -> None:
    path = os.fsdecode(b"d/" + name.lstrip(b"/"))
    address = uri(path)
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote_to_bytes(address) == os.fsencode(path)


def test_places() -> None:
    artifact = {"uri": "a.tf", "uriBaseId": "%SRCROOT%"}
    assert place("a.tf", None, None) == {"physicalLocation": {"artifactLocation": artifact}}
    assert place("a.tf", 3, None)["physicalLocation"]["region"] == {"startLine": 3}
    region = location(span("a.tf", 3, 5, 9), {})["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}


def test_a_long_line_is_cut() -> None:
    found = location(span("a.tf", 1, 1, 9), {("a.tf", 1): "x" * 9000})
    assert len(found["physicalLocation"]["region"]["snippet"]["text"]) == LONGEST_LINE
