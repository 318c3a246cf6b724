"""What git tracks is read, whatever patterns name; where git can't tell, what they leave out is counted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.files.discover import discover
from tests.git_house import git

FIXTURE = Path(__file__).parents[2] / "fixtures/kubernetes/left-out"

VOLUME = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: claim, labels: {sovlint.dev/data: health}}
spec: {resources: {requests: {storage: 1Gi}}}
"""


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(VOLUME)


def repository(root: Path, ignored: str, *paths: str, tracked: tuple[str, ...] = ()) -> Path:
    """A git repository with these files, of which some are tracked."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet")
    write(root, *paths, *tracked)
    (root / ".gitignore").write_text(ignored)
    git(root, "add", "--force", ".gitignore", *tracked)
    return root


def listed(*paths: Path) -> list[str]:
    return [
        path for path in discover(paths).paths if not path.endswith((".gitignore", ".git"))
    ]


def test_a_tracked_file_is_read_and_its_neighbour_that_is_not_stays_out(
    tmp_path: Path,
) -> None:
    root = repository(
        tmp_path, "*.yaml\n", "b.yaml", "sub/c.yaml", tracked=("a.yaml", "sub/d.yaml")
    )
    assert listed(root) == ["a.yaml", "sub/d.yaml"]


def test_an_ignored_folder_is_looked_into_for_what_is_tracked_alone(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        "build/\n",
        "build/b.yaml",
        "build/other/c.yaml",
        tracked=("build/deep/er/a.yaml",),
    )
    (root / "build/deep/.gitignore").write_text("!*\n")
    write(root, "build/deep/d.yaml")
    assert listed(root) == ["build/deep/er/a.yaml"]
    assert list(discover([root]).unlisted("build")) == [
        "build/b.yaml",
        "build/deep/.gitignore",
        "build/deep/d.yaml",
        "build/other/",
    ]


def test_terraforms_own_files_beside_a_tracked_one_are_read_as_terraform_reads_them(
    tmp_path: Path,
) -> None:
    root = repository(
        tmp_path, "live/\n", "live/prod.auto.tfvars", "live/x.json", tracked=("live/main.tf",)
    )
    assert listed(root) == ["live/main.tf", "live/prod.auto.tfvars"]


def test_a_name_that_only_begins_alike_is_not_tracked(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        "build/\nbuild-b.yaml\n",
        "build/b.yaml",
        "build-b.yaml",
        tracked=("build.yaml",),
    )
    assert listed(root) == ["build.yaml"]


def test_what_is_tracked_and_not_there_is_not_listed(tmp_path: Path) -> None:
    root = repository(
        tmp_path, "*.yaml\nbuild/\n", tracked=("a.yaml", "build/b.yaml", "c.yaml")
    )
    (root / "a.yaml").unlink()
    (root / "build/b.yaml").unlink()
    assert listed(root) == ["c.yaml"]


def test_what_the_configuration_excludes_stays_out(tmp_path: Path) -> None:
    root = repository(tmp_path, "build/\n", tracked=("build/a.yaml", "build/b.yaml"))
    assert list(discover([root], lambda path: path == "build/a.yaml").paths) == [
        ".gitignore",
        "build/b.yaml",
    ]
    assert list(discover([root], lambda path: path == "build/").paths) == [".gitignore"]


def test_an_ignored_folder_that_is_named_is_read_whole(tmp_path: Path) -> None:
    root = repository(
        tmp_path, "build/\n", "build/b.yaml", "build/sub/c.yaml", tracked=("build/a.yaml",)
    )
    assert listed(root / "build") == ["build/a.yaml", "build/b.yaml", "build/sub/c.yaml"]


def test_names_that_are_no_utf_8_or_have_blanks(tmp_path: Path) -> None:
    root = repository(tmp_path, "*.yaml\n", tracked=("é b\n.yaml",))
    (root / "caf\udce9.yaml").write_text(VOLUME)
    git(root, "add", "--force", "caf\udce9.yaml")
    assert listed(root) == sorted(["caf\udce9.yaml", "é b\n.yaml"])


@pytest.mark.parametrize(
    "settings",
    [
        ("index.version=4",),
        ("core.splitIndex=true",),
        ("index.skipHash=true", "feature.manyFiles=true"),
    ],
)
def test_every_form_of_the_index(tmp_path: Path, settings: tuple[str, ...]) -> None:
    root = repository(tmp_path, "*.yaml\n", "b.yaml", tracked=("a.yaml", "sub/a.yaml"))
    for setting in settings:
        git(root, "config", *setting.split("="))
    git(root, "update-index", "--force-write-index")
    assert listed(root) == ["a.yaml", "sub/a.yaml"]


def test_a_worktree_and_a_sparse_one(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "main", "*.yaml\n", tracked=("a.yaml", "in/a.yaml", "out/a.yaml")
    )
    git(root, "commit", "--quiet", "--message=one")
    git(root, "worktree", "add", "--quiet", str(tmp_path / "other"))
    other = tmp_path / "other"
    assert listed(other) == ["a.yaml", "in/a.yaml", "out/a.yaml"]
    git(other, "sparse-checkout", "set", "--cone", "--sparse-index", "in")
    assert listed(other) == ["a.yaml", "in/a.yaml"]


def test_a_repository_inside_another_has_an_index_and_patterns_of_its_own(
    tmp_path: Path,
) -> None:
    root = repository(tmp_path, "*.yaml\nclone/\n", tracked=("a.yaml",))
    repository(root / "vendor", "c.yaml\nd.yaml\n", "b.yaml", "d.yaml", tracked=("c.yaml",))
    repository(root / "clone", "", tracked=("x.yaml",))
    assert listed(root) == ["a.yaml", "vendor/b.yaml", "vendor/c.yaml"]


def test_what_the_outer_repository_tracks_inside_another(tmp_path: Path) -> None:
    root = repository(tmp_path, "", tracked=("sub/a.yaml", "sub/deep/b.yaml"))
    repository(root / "sub", "*.yaml\n", "c.yaml")
    assert listed(root) == ["sub/a.yaml", "sub/deep/b.yaml"]


def test_a_submodule_in_a_folder_that_is_ignored(tmp_path: Path) -> None:
    theirs = repository(tmp_path / "theirs", "y.yaml\n", tracked=("x.yaml", "y.yaml"))
    git(theirs, "commit", "--quiet", "--message=one")
    root = repository(tmp_path / "ours", "modules/\n", "modules/b.yaml")
    git(root, "submodule", "add", "--quiet", "--force", str(theirs), "modules/theirs")
    assert listed(root) == [".gitmodules", "modules/theirs/x.yaml", "modules/theirs/y.yaml"]


def test_a_folder_of_repositories(tmp_path: Path) -> None:
    for name in ("one", "two"):
        repository(tmp_path / name, "deploy/\n", "deploy/b.yaml", tracked=("deploy/a.yaml",))
    assert listed(tmp_path) == ["one/deploy/a.yaml", "two/deploy/a.yaml"]
    assert listed(tmp_path / "one/deploy", tmp_path / "two") == [
        "one/deploy/a.yaml", "one/deploy/b.yaml", "two/deploy/a.yaml",
    ]  # fmt: skip


def test_git_is_not_asked_where_nothing_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(tmp_path, "*.log\n", tracked=("a.yaml",))
    monkeypatch.setattr("sovlint.files.git.tracked", lambda _: pytest.fail("asked"))
    assert listed(root) == ["a.yaml"]


def test_nothing_that_a_repository_configures_is_run(tmp_path: Path) -> None:
    root = repository(tmp_path, "*.yaml\n", tracked=("a.yaml",))
    script = root / "script"
    script.write_text("#!/bin/sh\ntouch ran\n")
    script.chmod(0o755)
    for setting in (
        "core.fsmonitor",
        "core.pager",
        "pager.ls-files",
        "filter.x.clean",
        "core.sshCommand",
    ):
        git(root, "config", setting, str(script))
    git(root, "config", "core.worktree", "/")
    assert listed(root) == ["a.yaml", "script"]
    assert not (root / "ran").exists()


class TestWithoutGit:
    """What patterns leave out is counted where nobody can tell what is tracked."""

    def read(self, root: Path, *options: str) -> dict[str, int]:
        result = CliRunner().invoke(main, ["facts", str(root), "--format", "json", *options])
        coverage: dict[str, int] = json.loads(result.stdout)["coverage"]
        return coverage

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        write(
            tmp_path,
            "build/a.yaml",
            "build/node_modules/b.yaml",
            "c.yaml",
            "d.yaml",
            "build/.git/e.yaml",
        )
        (tmp_path / "build/other.yaml").write_text("a: b\n")
        (tmp_path / "build/main.tf").write_text("")
        (tmp_path / "build/picture.png").write_bytes(b"\x89PNG\0")
        (tmp_path / ".gitignore").write_text("build/\nd.yaml\n*.png\n")
        return tmp_path

    def test_where_there_is_no_repository(self, root: Path) -> None:
        assert (self.read(root)["files"], self.read(root)["ignored"]) == (1, 3)

    def test_where_the_index_is_broken(self, root: Path) -> None:
        git(root, "init", "--quiet")
        assert self.read(root)["ignored"] == 0
        (root / ".git/index").write_bytes(b"DIRC\0\0\0\x02\0\0\0\x09")
        assert self.read(root)["ignored"] == 3

    def test_where_there_is_no_git(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        git(root, "init", "--quiet")
        monkeypatch.setenv("PATH", str(root))
        assert self.read(root)["ignored"] == 3

    def test_what_is_named_or_excluded_or_elsewhere_is_not_counted(
        self, root: Path, tmp_path: Path
    ) -> None:
        (root / "sovlint.yaml").write_text('exclude: ["build/a.yaml"]\n')
        assert self.read(root)["ignored"] == 2
        assert self.read(root, str(root / "d.yaml"))["ignored"] == 1
        assert self.read(root, "--no-config", str(root / "build"))["ignored"] == 1

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "3 files that would be read are named by `.gitignore`"),
            ("fr", "3 fichiers qui seraient lus"),
        ],
    )
    @pytest.mark.parametrize("form", ["text", "github", "markdown"])
    def test_it_is_said(self, root: Path, language: str, sentence: str, form: str) -> None:
        result = CliRunner().invoke(
            main, ["scan", str(root), "--lang", language, "--format", form]
        )
        said = " ".join(result.stdout.replace("\\", "").split())
        assert sentence in said


def test_a_line_of_gitignore_hides_no_manifest_of_the_repository(tmp_path: Path) -> None:
    root = tmp_path / "house"
    shutil.copytree(FIXTURE, root, ignore=shutil.ignore_patterns("expected.yaml"))
    git(root, "init", "--quiet")
    git(root, "add", "--force", ".gitignore", "site.yaml", "deploy/claims.yaml")
    result = CliRunner().invoke(main, ["scan", str(root), "--format", "json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {each["path"] for each in report["findings"]} == {"deploy/claims.yaml"}
    assert report["coverage"]["ignored"] == 0
