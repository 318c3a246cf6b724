"""Index files: made anew when what they come from changed, written whole or not at all."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.files import index_file


def files(folder: Path, **contents: str) -> list[tuple[str, Path]]:
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [(name, folder / name) for name in sorted(contents)]


def test_file_states_tell_contents_names_and_their_split_apart(tmp_path: Path) -> None:
    there = files(tmp_path, a="12", b="3")
    one = index_file.file_states(there)
    assert one == index_file.file_states(there)
    assert one != index_file.file_states(files(tmp_path, a="1", b="23"))
    assert one != index_file.file_states(files(tmp_path, a="12", c="3"))
    assert one != index_file.file_states(files(tmp_path, a="12"))
    time.sleep(0.02)  # a change of the same size is told by its time
    assert one != index_file.file_states(files(tmp_path, a="21", b="3"))


def test_a_file_put_in_place_of_another_with_its_times_kept_is_another_state(
    tmp_path: Path,
) -> None:
    there = files(tmp_path, a="12")
    one, times = index_file.file_states(there), (tmp_path / "a").stat()
    (tmp_path / "new").write_text("21", encoding="utf-8")
    os.utime(tmp_path / "new", ns=(times.st_atime_ns, times.st_mtime_ns))
    (tmp_path / "new").replace(tmp_path / "a")
    assert one != index_file.file_states(there)


VALUES = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), VALUES), st.dictionaries(st.text(), VALUES))
def test_what_is_written_is_read_back_whichever_way_it_is_kept(
    entries: dict[str, object], plain: dict[str, object]
) -> None:
    with TemporaryDirectory() as folder:
        at = Path(folder) / "index.jsonl"
        index_file.write({"entries": entries, "plain": plain}, at, by_entry=["entries"])
        read = index_file.read(at)
        assert read == {"entries": entries, "plain": plain}
        assert list(read) == ["entries", "plain"]
        assert list(read["entries"]) == list(entries)
        at.write_bytes(at.read_bytes()[:-1])
        assert index_file.read(at) is None


def test_only_what_is_asked_for_is_decoded(tmp_path: Path) -> None:
    at = tmp_path / "index.jsonl"
    index_file.write({"entries": {"a": "good", "b": "ruined"}}, at, by_entry=["entries"])
    at.write_bytes(at.read_bytes().replace(b'"ruined"', b"nothing!"))
    read = index_file.read(at)
    assert read is not None
    assert read["entries"]["a"] == "good"
    assert "b" in read["entries"]
    with pytest.raises(json.JSONDecodeError):
        read["entries"]["b"]


def test_an_index_with_the_key_is_read_and_another_made_anew(tmp_path: Path) -> None:
    at, made = tmp_path / "index.jsonl", [0]

    def make() -> dict[str, int]:
        made[0] += 1
        return {"times": made[0]}

    assert index_file.kept(at, "x", make) == {"key": "x", "times": 1}
    assert index_file.kept(at, "x", make) == {"key": "x", "times": 1}
    assert index_file.kept(at, "y", make) == {"key": "y", "times": 2}
    assert index_file.read(at) == {"key": "y", "times": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["index.jsonl"]


@pytest.mark.parametrize(
    "content", ["{half", "[]", "", "[]\n", "{}\n", '{"size": 3, "places": {}}\n', "\udcff"]
)
def test_an_index_that_cant_be_read_is_made_anew(tmp_path: Path, content: str) -> None:
    at = tmp_path / "index.jsonl"
    at.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert index_file.read(at) is None
    assert index_file.kept(at, "x", lambda: {"a": 1}) == {"key": "x", "a": 1}
    assert index_file.read(at) == {"key": "x", "a": 1}


def test_an_index_that_cant_be_kept_is_used_all_the_same(tmp_path: Path) -> None:
    at = tmp_path / "index.jsonl"
    at.mkdir()
    assert index_file.kept(at, "x", lambda: {"a": 1}) == {"key": "x", "a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["index.jsonl"]


def test_what_cant_be_written_leaves_the_old_index_and_no_draft(tmp_path: Path) -> None:
    at = tmp_path / "index.jsonl"
    index_file.write({"a": 1}, at)
    with pytest.raises(TypeError):
        index_file.write({"a": object()}, at)
    assert index_file.read(at) == {"a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["index.jsonl"]
