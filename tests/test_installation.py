"""Hints say how this installation was made, and so what brings an extra of it: each way that PEP 610 knows."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest

from sovlint import installation
from sovlint.installation import bringing, path_of
from sovlint.report.french import in_language
from tests.scratch import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="quotes of another shell")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What makes an installation of what pip has written down; without anything, one from an index."""

    def made(origin: Mapping[str, Any] | str | None) -> None:
        text = json.dumps(origin) if isinstance(origin, dict) else origin
        found = SimpleNamespace(version="0.1.0", read_text=lambda name: text)
        monkeypatch.setattr(installation, "distribution", lambda name: found)

    return made


def test_from_a_clone(
    installed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "a clone"
    clone.mkdir()
    installed({"url": clone.as_uri(), "dir_info": {}})
    assert bringing("registers") == f"pip install '{clone}[registers]'"
    monkeypatch.chdir(clone)
    assert bringing("registers") == "pip install '.[registers]'"
    installed({"url": clone.as_uri(), "dir_info": {"editable": True}})
    assert bringing("fleet", "report") == "pip install --editable '.[fleet,report]'"
    monkeypatch.chdir(tmp_path)
    clone.rmdir()
    assert bringing("fleet") == "pip install --editable '.[fleet]'"


def test_from_a_wheel(installed: Any, tmp_path: Path) -> None:
    wheel = tmp_path / "sovlint-0.1.0-py3-none-any.whl"
    wheel.touch()
    installed({"url": wheel.as_uri(), "archive_info": {"hashes": {"sha256": "ab"}}})
    assert bringing("sign") == f"pip install '{wheel}[sign]'"
    wheel.unlink()
    assert bringing("sign") == "pip install 'sovlint-0.1.0-py3-none-any.whl[sign]'"


ADDRESS = "https://releases.example/sovlint-0.1.0-py3-none-any.whl"


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        ({"url": ADDRESS, "archive_info": {}}, ADDRESS),
        (
            {"url": ADDRESS, "archive_info": {"hashes": {"sha256": "ab12"}}},
            f"{ADDRESS}#sha256=ab12",
        ),
        (
            {
                "url": "https://git.example/sovlint",
                "vcs_info": {
                    "vcs": "git",
                    "commit_id": "c0ffee",
                    "requested_revision": "v0.1.0",
                },
            },
            "git+https://git.example/sovlint@v0.1.0",
        ),
        (
            {
                "url": "file:///srv/house",
                "vcs_info": {"vcs": "git", "commit_id": "c0ffee"},
                "subdirectory": "tools/sovlint",
            },
            "git+file:///srv/house@c0ffee#subdirectory=tools/sovlint",
        ),
    ],
)
def test_from_an_address(installed: Any, origin: Mapping[str, Any], wanted: str) -> None:
    installed(origin)
    assert bringing("report") == f"pip install 'sovlint[report] @ {wanted}'"


@pytest.mark.parametrize("written", [None, "", "{", "[]", '{"url": 3}'])
def test_from_an_index(installed: Any, written: str | None) -> None:
    installed(written)
    assert bringing("edit") == "pip install 'sovlint[edit]==0.1.0'"


def test_not_installed_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder on the path is a clone."""

    def missing(name: str) -> Any:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installation, "distribution", missing)
    monkeypatch.chdir(tmp_path)
    assert bringing("edit") == f"pip install '{ROOT}[edit]'"


@pytest.mark.parametrize(
    ("url", "kind", "path"),
    [
        ("file:///srv/a%20b/x.whl", PurePosixPath, "/srv/a b/x.whl"),
        ("file://localhost/srv/x.whl", PurePosixPath, "/srv/x.whl"),
        ("file:///C:/Users/Zo%C3%A9/x.whl", PureWindowsPath, "C:\\Users\\Zoé\\x.whl"),
        ("file://server/share/x.whl", PureWindowsPath, "\\\\server\\share\\x.whl"),
    ],
)
def test_an_address_of_a_file(url: str, kind: type[PurePath], path: str) -> None:
    assert str(path_of(url, kind)) == path


def test_a_shell_of_windows_is_given_its_quotes(
    installed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(None)
    monkeypatch.setattr(installation, "os", SimpleNamespace(name="nt"))
    assert bringing("edit") == 'pip install "sovlint[edit]==0.1.0"'


def test_in_french(installed: Any) -> None:
    installed(None)
    assert in_language(bringing("edit"), "fr").startswith("Faites : pip install 'sovlint")


PAGES = (
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "action.yml", "docs/*.md", "templates/*", "sovlint/**/*.md",
    "sovlint/**/*.json", "sovlint/**/*.py",
)  # fmt: skip
ASKED_OF_AN_INDEX = re.compile(
    r"sovlint\[[\w,]+\](?! @ )|pip install (?!.*--no-index)[^#\n]*(?<![\w./-])sovlint(?![\w./\[-]| @ )"
)
"""A package by its name alone: pip would take it of whoever has published one."""


def test_nothing_names_a_package_that_is_not_published() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {each[0]}"
        for glob in PAGES
        for path in ROOT.glob(glob)
        if path.is_file()
        for each in ASKED_OF_AN_INDEX.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()
