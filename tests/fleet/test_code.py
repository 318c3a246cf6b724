"""What tells one state of sovlint from another."""

from __future__ import annotations

from importlib import metadata

import pytest

from sovlint.fleet.code import code_digest


def test_another_version_of_a_parser_is_another_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = code_digest()
    version = metadata.version

    def newer(name: str) -> str:
        return "99.0" if name == "tree-sitter-hcl" else version(name)

    monkeypatch.setattr(metadata, "version", newer)
    code_digest.cache_clear()
    try:
        assert code_digest() != before
    finally:
        code_digest.cache_clear()
