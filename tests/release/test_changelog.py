"""The changelog has this version, and files of ``changes/`` become the part on the next one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from sovlint import __version__
from tests import scratch
from tests.scratch import ROOT

CHANGES = ROOT / "changes"
NAME = re.compile(r"[a-z0-9-]+\.(changed|added|fixed)\.md")
LONGEST = 120


def put_together(folder: Path, fragments: dict[str, str]) -> str:
    """The changelog with a part on 7.8.9 that is made of these files alone; they must be gone."""
    for name in (
        "pyproject.toml",
        "CHANGELOG.md",
        "release/changelog.md",
        "changes/README.md",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    scratch.write(folder, {f"changes/{name}": text for name, text in fragments.items()})
    env = scratch.environment(folder)
    scratch.git(folder, env, "init", "--quiet")
    scratch.git(folder, env, "add", "--all")
    done = scratch.run(
        "towncrier", "build", "--yes", "--version", "7.8.9", "--date", "2031-01-02",
        cwd=folder, env=env,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert [each.name for each in (folder / "changes").iterdir()] == ["README.md"]
    return (folder / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_newest_version_is_this_one() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)[0] == __version__


def test_changes_are_named_by_their_kind_and_wrapped() -> None:
    for path in (each for each in CHANGES.iterdir() if each.name != "README.md"):
        assert NAME.fullmatch(path.name), path.name
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines, path.name
        assert max(map(len, lines)) <= LONGEST - len("- "), path.name


def test_they_become_the_part_on_the_next_version(tmp_path: Path) -> None:
    before = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    after = put_together(
        tmp_path,
        {
            "one.fixed.md": "Something\nof two lines.\n",
            "two.added.md": "New.\n",
            "three.changed.md": "**Other.**\n",
        },
    )
    made = (
        "## [7.8.9] - 2031-01-02\n\n### Changed\n\n- **Other.**\n\n### Added\n\n- New.\n\n"
        "### Fixed\n\n- Something\n  of two lines.\n\n"
    )
    head, marker, rest = before.partition("<!-- releases -->\n\n")
    assert after == f"{head}{marker}{made}{rest}"
