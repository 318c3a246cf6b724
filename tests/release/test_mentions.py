"""The version stands in one place: whatever repeats it says the same, and a new one reaches all of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from release import mentions
from sovlint import __version__
from tests.scratch import ROOT


def copied(folder: Path) -> Path:
    """The files that name the version, by themselves."""
    for pattern in (mentions.PLACE, *mentions.REPEATING):
        for path in ROOT.glob(pattern):
            (folder / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / path.relative_to(ROOT))
    return folder


def test_every_mention_is_of_this_version() -> None:
    found = mentions.mentions(ROOT)
    assert [each for each in found if each.version != __version__] == []
    assert "docs/ci.md" in {each.path for each in found}
    assert mentions.current(ROOT) == __version__


def test_no_mention_is_missed_in_the_examples_of_ci() -> None:
    """Each of the four servers of CI has the version in its example."""
    named = [each for each in mentions.mentions(ROOT) if each.path == "docs/ci.md"]
    assert len(named) >= 4
    assert (ROOT / "docs/ci.md").read_text(encoding="utf-8").count(__version__) == len(named)


def test_a_new_version_reaches_all(tmp_path: Path) -> None:
    root = copied(tmp_path)
    before = {each.path for each in mentions.mentions(root)}
    assert set(mentions.write(root, "7.8.9")) == {mentions.PLACE, *before}
    assert mentions.current(root) == "7.8.9"
    assert {each.version for each in mentions.mentions(root)} == {"7.8.9"}
    assert mentions.write(root, "7.8.9") == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("    rev: v1.2.3", ["1.2.3"]),
        ("OWNER/sovlint@v1.2.3", ["1.2.3"]),
        ("ref: refs/tags/v1.2.3", ["1.2.3"]),
        ("pip install sovlint-1.2.3-py3-none-any.whl", ["1.2.3"]),
        ("image: example/sovlint:1.2.3", ["1.2.3"]),
        ("actions/checkout@v5", []),
        ("SARIF 2.1.0 and 10.1.0.0", []),
        ("sovlint-1.2.3.4", []),
    ],
)
def test_what_is_a_mention(tmp_path: Path, line: str, found: list[str]) -> None:
    (tmp_path / "README.md").write_text(f"{line}\n")
    assert [each.version for each in mentions.mentions(tmp_path)] == found


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3rc1", ""])
def test_what_is_no_version_is_refused(tmp_path: Path, version: str) -> None:
    with pytest.raises(ValueError, match="three numbers"):
        mentions.write(tmp_path, version)
