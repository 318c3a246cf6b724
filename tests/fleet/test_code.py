"""What tells one state of sovlint from another."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from sovlint.files import index_file
from sovlint.fleet.code import code_digest, content_of


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


def test_an_index_counts_by_what_it_says(tmp_path: Path) -> None:
    written = {}
    for name, entries in {
        "a": {"x": 1, "y": [2]},
        "b": {"y": [2], "x": 1},
        "c": {"x": 1, "y": [3]},
    }.items():
        file = tmp_path / name / "index.jsonl"
        file.parent.mkdir()
        index_file.write({"key": name, "list": entries, "other": ""}, file, ("list",))
        written[name] = content_of(file)
    assert written["a"] == written["b"] != written["c"]
    assert json.loads(written["a"])["list"] == {"x": 1, "y": [2]}
    loose = tmp_path / "index.jsonl"
    loose.write_text("no index\n")
    assert content_of(loose) == b"no index\n"
