"""Index files: made anew when what they come from changed, written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sovlint import index_file


def files(folder: Path, **contents: str) -> list[tuple[str, Path]]:
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [(name, folder / name) for name in sorted(contents)]


def test_a_digest_tells_contents_names_and_their_split_apart(tmp_path: Path) -> None:
    one = index_file.digest(files(tmp_path, a="12", b="3"))
    assert one == index_file.digest(files(tmp_path, a="12", b="3"))
    assert one != index_file.digest(files(tmp_path, a="1", b="23"))
    assert one != index_file.digest(files(tmp_path, a="12", c="3"))
    assert one != index_file.digest(files(tmp_path, a="12"))


def test_an_index_with_the_key_is_read_and_another_made_anew(tmp_path: Path) -> None:
    at, made = tmp_path / "index.json", [0]

    def make() -> dict[str, int]:
        made[0] += 1
        return {"times": made[0]}

    assert index_file.kept(at, "x", make) == {"key": "x", "times": 1}
    assert index_file.kept(at, "x", make) == {"key": "x", "times": 1}
    assert index_file.kept(at, "y", make) == {"key": "y", "times": 2}
    assert json.loads(at.read_text(encoding="utf-8")) == {"key": "y", "times": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["index.json"]


@pytest.mark.parametrize("content", ["{half", "[]", "", "\udcff"])
def test_an_index_that_cant_be_read_is_made_anew(tmp_path: Path, content: str) -> None:
    at = tmp_path / "index.json"
    at.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert index_file.read(at) is None
    assert index_file.kept(at, "x", lambda: {"a": 1}) == {"key": "x", "a": 1}
    assert index_file.read(at) == {"key": "x", "a": 1}


def test_an_index_that_cant_be_kept_is_used_all_the_same(tmp_path: Path) -> None:
    at = tmp_path / "index.json"
    at.mkdir()
    assert index_file.kept(at, "x", lambda: {"a": 1}) == {"key": "x", "a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["index.json"]


def test_what_cant_be_written_leaves_the_old_index_and_no_draft(tmp_path: Path) -> None:
    at = tmp_path / "index.json"
    index_file.write({"a": 1}, at)
    with pytest.raises(TypeError):
        index_file.write({"a": object()}, at)
    assert index_file.read(at) == {"a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["index.json"]
