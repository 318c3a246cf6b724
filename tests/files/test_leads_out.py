"""Where a path leads, followed through links."""

from __future__ import annotations

from pathlib import Path

from sovlint.files.bounds import leads_out


def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/out").symlink_to(tmp_path)
    assert leads_out(tmp_path / "in/out", tmp_path / "in")
    assert not leads_out(tmp_path / "in", tmp_path)


def test_a_name_that_no_file_can_have_leads_nowhere(tmp_path: Path) -> None:
    assert not leads_out(tmp_path / "a\0b", tmp_path)
