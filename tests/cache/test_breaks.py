"""What once made a run with a cache say other things than one without."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cache import pickles
from sovlint.cli import main
from sovlint.commands.parts import cached
from sovlint.commands.parts.labelling import Labeller
from sovlint.files.repository import Repository
from tests.cache.house import cache, said, same
from tests.exceptions.house import PROVIDER, bucket, repository

__all__ = ["cache"]
DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: %s, labels: {sovlint.dev/data: health}}\n"
CLUSTERS = "clusters:\n- {paths: ['**'], provider: ovhcloud, region: GRA}\n"


def test_the_place_of_a_configuration_counts(tmp_path: Path, cache: Path) -> None:
    """Its globs are relative to where it stands: two that say the same may mean different files."""
    repo = repository(
        tmp_path / "repo",
        {f"{name}/app.yaml": DEPLOYMENT % name for name in "ab"}
        | {f"{name}/sovlint.yaml": CLUSTERS for name in "ab"},
    )
    one, other = (same(repo, "--config", repo / name / "sovlint.yaml") for name in "ab")
    assert one != other


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked before and what was read after are of two states of the file: neither is kept as the other."""
    before, after = (PROVIDER + text for text in (bucket("b"), "# nothing\n"))
    repo = repository(tmp_path / "repo", {"main.tf": before})
    said(repo)
    (repo / "main.tf").write_text(after)
    said(repo)
    (repo / "main.tf").write_text(before)
    read, times = Repository.read, 0

    def changing(self: Repository, path: str) -> object:
        nonlocal times
        found = read(self, path)
        if path == "main.tf":
            times += 1
            (repo / path).write_text(after)  # somebody edits it right after it was asked for
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Repository, "read", changing)
        said(repo)
    assert times > 1
    (repo / "main.tf").write_text(before)
    assert "aws_s3_bucket.b" in same(repo)[1]


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("sovlint.cache.folder", "os.system"),
        ("sovlint.cache.pickles", "sys.exit"),
        ("sovlint.cache.pickles", "loaded"),
        ("sovlint.cache.readings", "ReadingCache.save"),
    ],
)
def test_nothing_but_a_type_is_made_of_what_is_kept(module: str, name: str) -> None:
    parts = b"".join(b"\x8c" + bytes([len(each)]) + each.encode() for each in (module, name))
    assert pickles.loaded(b"\x80\x05" + parts + b"\x93.") is None


@pytest.mark.parametrize("option", ["--cache", "--no-cache"])
def test_each_draft_is_another_state_of_the_files(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """Labels that can't be tried at once are tried one after the other, each in a draft of its own."""
    repo = repository(
        tmp_path / "repo",
        {
            "k8s/app.yaml": DEPLOYMENT.replace("Deployment", "StatefulSet").replace(
                ", labels: {sovlint.dev/data: health}", ""
            )
            % "patients-db",
            "main.tf": PROVIDER
            + 'resource "aws_s3_bucket" "patients" {\n  bucket = "b"\n}\n',
        },
    )
    monkeypatch.setattr(Labeller, "_work_together", lambda *_: ())
    asked = ("label", "--inferred", "--path", str(repo), "--lang", "en", option)
    kept = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert kept.stdout.count("--write") == 2, kept.output
    monkeypatch.setattr(cached, "cache_of", lambda *_: None)
    assert CliRunner().invoke(main, asked, catch_exceptions=False).stdout == kept.stdout
