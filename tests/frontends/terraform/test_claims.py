"""Which files Terraform's front end looks at, before it is imported."""

from __future__ import annotations

import codecs

import pytest

from sovlint.frontends.terraform.claims import may_hold_plan


@pytest.mark.parametrize(
    "head",
    [
        b"{",
        b' \r\n\t{"format_version"',
        codecs.BOM_UTF8 + b"{",
        codecs.BOM_UTF16_LE + b"{\0",
        b"PK\x03\x04",
    ],
)
def test_what_may_be_a_plan_by_how_it_begins(head: bytes) -> None:
    assert may_hold_plan(head)


@pytest.mark.parametrize("head", [b"", b"apiVersion: v1\n", b"[{}]", b"services: {}\n"])
def test_what_is_no_plan_whatever_follows(head: bytes) -> None:
    assert not may_hold_plan(head)
