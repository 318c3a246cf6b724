"""Packages are downloaded by the registries' own clients, which are not run here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from published import download
from published.schema import SchemaError


def client(
    monkeypatch: pytest.MonkeyPatch, writes: Path | None, code: int = 0
) -> list[list[str]]:
    """Puts a client in place that writes a file, or fails; gives the commands that it got."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        if writes is not None:
            writes.write_bytes(b"")
        return subprocess.CompletedProcess(command, code, "", "ERROR: no such package")

    monkeypatch.setattr(subprocess, "run", run)
    return asked


@pytest.mark.parametrize(
    ("registry", "name", "file", "wanted"),
    [
        (
            "pypi",
            "cdktn-provider-casa",
            "cdktn_provider_casa-1.0-py3-none-any.whl",
            "cdktn-provider-casa==1.0",
        ),
        (
            "npm",
            "@acme/provider-casa",
            "acme-provider-casa-1.0.tgz",
            "@acme/provider-casa@1.0",
        ),
    ],
)
def test_the_archive_is_found_by_its_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    registry: str,
    name: str,
    file: str,
    wanted: str,
) -> None:
    (tmp_path / "other-1.0.whl").write_bytes(b"")
    asked = client(monkeypatch, tmp_path / file)
    assert download.package(registry, name, "1.0", tmp_path) == tmp_path / file
    assert asked[0][-1] == wanted
    assert (
        download.package(registry, name, None, tmp_path) == tmp_path / file
    )  # there already
    assert asked[1][-1] == name
    (tmp_path / file.replace("casa-", "casanova-")).write_bytes(b"")
    assert download.package(registry, name, None, tmp_path) == tmp_path / file


def test_what_the_client_says_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client(monkeypatch, None, code=1)
    with pytest.raises(
        SchemaError, match=r"casa couldn't be downloaded from pypi: ERROR: no such package"
    ):
        download.package("pypi", "casa", None, tmp_path)
