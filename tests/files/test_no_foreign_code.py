"""No program that a repository names is run: not by a filter, a hook, a monitor, an attribute, nor a `git` of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.files import objects
from sovlint.files.discover import discover
from sovlint.files.revision import unpacked
from tests.exceptions.house import PROVIDER, bucket, committed, counting, run, scan
from tests.git_house import git

HOOKS = (
    "applypatch-msg", "fsmonitor-watchman", "post-checkout", "post-commit", "post-index-change", "post-merge",
    "post-rewrite", "pre-auto-gc", "pre-commit", "pre-merge-commit", "reference-transaction", "sendemail-validate",
)  # fmt: skip

ATTRIBUTES = """\
* filter=evil diff=evil merge=evil text=auto ident export-subst working-tree-encoding=UTF-8
*.tf filter=evil -delta
*.yaml filter=process
"""


class Trap:
    """A repository in which every setting that names a program names one that leaves a mark."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "repository"
        self.marks = folder / "marks"
        self.marks.mkdir()
        committed(
            self.root,
            {"main.tf": PROVIDER + bucket("a"), "k8s/app.yaml": "a: 1\n", "secret.txt": "x"},
        )
        committed(
            self.root,
            {
                "main.tf": PROVIDER + bucket("a") + bucket("b"),
                ".gitignore": "*.txt\n*.yaml\n",
            },
        )
        git(self.root, "rm", "--quiet", "--cached", "secret.txt")
        self._armed(self.root / ".git")

    def program(self, name: str) -> str:
        """A program that leaves a mark of this name."""
        at = self.marks.parent / f"run-{name}"
        at.write_text(f"#!/bin/sh\ntouch '{self.marks / name}'\ncat\n")
        at.chmod(0o755)
        return str(at)

    def ran(self) -> list[str]:
        return sorted(each.name for each in self.marks.iterdir())

    def _armed(self, inside: Path) -> None:
        for name in HOOKS:
            (inside / "hooks").mkdir(exist_ok=True)
            shutil.copy(self.program(f"hook-{name}"), inside / "hooks" / name)
        (self.root / "git").write_text(f"#!/bin/sh\ntouch '{self.marks / 'own-git'}'\n")
        (self.root / "git").chmod(0o755)
        (inside / "info").mkdir(exist_ok=True)
        (inside / "info" / "attributes").write_text(ATTRIBUTES)
        (self.root / ".gitattributes").write_text(ATTRIBUTES)
        (self.root / "more").write_text(
            f'[filter "late"]\n\tsmudge = {self.program("late")}\n'
        )
        settings = {
            "filter.evil.smudge": "smudge", "filter.evil.clean": "clean", "filter.process.process": "process",
            "diff.external": "external", "diff.evil.command": "command", "diff.evil.textconv": "textconv",
            "merge.evil.driver": "driver", "core.fsmonitor": "fsmonitor", "core.sshCommand": "ssh",
            "core.gitProxy": "proxy", "core.pager": "pager", "core.editor": "editor", "core.askPass": "askpass",
            "core.alternateRefsCommand": "alternates", "credential.helper": "credential", "gpg.program": "gpg",
            "pager.ls-files": "pager-of-one", "alias.ls-tree": "alias", "hook.evil.command": "hook-by-setting",
            "uploadpack.packObjectsHook": "pack-objects", "sequence.editor": "sequence", "init.templateDir": "template",
        }  # fmt: skip
        for key, name in settings.items():
            git(self.root, "config", key, self.program(name))
        others = {
            "filter.evil.required": "true", "filter.process.required": "true", "include.path": "../more",
            "hook.evil.event": "post-index-change", "submodule.recurse": "true", "core.autocrlf": "true",
            "remote.origin.url": f"ext::{self.program('transport')}", "remote.origin.promisor": "true",
            "remote.origin.vcs": "evil", "extensions.partialClone": "origin", "protocol.allow": "always",
            "core.hooksPath": str(inside / "hooks"),
        }  # fmt: skip
        for key, value in others.items():
            git(self.root, "config", key, value)


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def scanned(folder: Path, *arguments: str, command: str = "scan") -> Result:
    given = [command, str(folder), "--as-of", "2026-11-25", *arguments]
    return CliRunner().invoke(main, given, catch_exceptions=False)


def test_the_trap_works(trap: Trap) -> None:
    """Else what follows would show nothing."""
    usual = ["git", "-C", str(trap.root)]
    without = ["-c", "filter.process.process=", "-c", "filter.process.required=false"]
    add = ["worktree", "add", "--force", str(trap.root.parent / "tree"), "HEAD~1"]
    for path in trap.root.rglob("*.*"):
        os.utime(path, (0, 0))  # git has to look into what seems to have changed
    for each in ([*usual, *without, *add], [*usual, "status"]):
        subprocess.run(each, capture_output=True, check=False)
    assert {"smudge", "clean", "process", "fsmonitor", "hook-post-checkout"} <= set(
        trap.ran()
    )


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("scan", ("--diff-base", "HEAD~1", "--exit-zero")),
        ("scan", ("--exit-zero",)),
        ("scan", ("--format", "sarif", "--exit-zero")),
        ("facts", ()),
    ],
    ids=str,
)
def test_nothing_that_the_repository_names_runs(
    trap: Trap, monkeypatch: pytest.MonkeyPatch, command: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", f"{os.pathsep}.{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(trap.root)
    result = scanned(trap.root, *arguments, command=command)
    assert result.exit_code == 0, result.output
    assert trap.ran() == []


def test_what_the_machine_is_set_to_does_not_run_either(
    trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = trap.root.parent / "home"
    home.mkdir()
    settings = f"[core]\n\tfsmonitor = {trap.program('global')}\n[trace2]\n\tnormalTarget = {trap.marks / 'trace'}\n"
    (home / ".gitconfig").write_text(settings)
    monkeypatch.setenv("HOME", str(home))
    for key, value in {
        "GIT_EXTERNAL_DIFF": trap.program("diff"), "GIT_SSH_COMMAND": trap.program("ssh"), "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": trap.program("variable"),
        "GIT_TRACE": str(trap.marks / "traced"), "GIT_EXEC_PATH": str(trap.root), "GIT_PAGER": trap.program("pager"),
    }.items():  # fmt: skip
        monkeypatch.setenv(key, value)
    assert scanned(trap.root, "--diff-base", "HEAD~1", "--exit-zero").exit_code == 0
    assert trap.ran() == []


def test_a_repository_that_says_its_files_are_elsewhere(tmp_path: Path) -> None:
    root = tmp_path / "r"
    committed(root, {"main.tf": PROVIDER + bucket("a")})
    (tmp_path / "elsewhere").mkdir()
    git(root, "config", "core.worktree", str(tmp_path / "elsewhere"))
    assert counting(scan(root, "--diff-base", "HEAD")) == set()


def test_an_object_in_place_of_another_does_not_count(tmp_path: Path) -> None:
    """``git replace`` shows another commit under an id: what was reviewed is the commit."""
    first = committed(tmp_path, {"main.tf": PROVIDER + bucket("a")})
    second = committed(tmp_path, {"main.tf": PROVIDER + bucket("a") + bucket("b")})
    git(tmp_path, "replace", first, second)
    assert {address for _, address in counting(scan(tmp_path, "--diff-base", first))} == {
        "aws_s3_bucket.b"
    }


def test_objects_of_another_clone_are_read(tmp_path: Path) -> None:
    committed(tmp_path / "a", {"main.tf": PROVIDER + bucket("a")})
    committed(tmp_path / "a", {"other.tf": bucket("b")})
    git(tmp_path, "clone", "--quiet", "--shared", "a", "b")
    assert {
        address for _, address in counting(scan(tmp_path / "b", "--diff-base", "HEAD~1"))
    } == {"aws_s3_bucket.b"}


def test_in_a_worktree_and_in_a_submodule(tmp_path: Path) -> None:
    committed(tmp_path / "a", {"main.tf": PROVIDER + bucket("a")})
    committed(tmp_path / "a", {"other.tf": bucket("b")})
    git(tmp_path / "a", "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    outer = tmp_path / "outer"
    committed(outer, {"x.tf": PROVIDER + bucket("x")})
    allowed = ("-c", "protocol.file.allow=always")
    git(outer, *allowed, "submodule", "--quiet", "add", str(tmp_path / "a"), "inner")
    for folder in (tmp_path / "tree", outer / "inner"):
        found = {address for _, address in counting(scan(folder, "--diff-base", "HEAD~1"))}
        assert found == {"aws_s3_bucket.b"}, folder


def test_a_bare_repository_has_no_revision_to_compare_with(tmp_path: Path) -> None:
    committed(tmp_path / "a", {"main.tf": PROVIDER})
    git(tmp_path, "clone", "--quiet", "--bare", "a", "b.git")
    result = run(tmp_path / "b.git", "--diff-base", "HEAD")
    assert (result.exit_code, "is no git repository" in result.stderr) == (2, True)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(
        tmp_path, {"main.tf": PROVIDER + bucket("a"), ".gitignore": "*.log\n", "x.log": "x"}
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(tmp_path).exit_code == 1
    result = run(tmp_path, "--diff-base", "HEAD")
    assert result.exit_code == 2
    assert "git can't be run: No such file or directory." in result.stderr
    french = run(tmp_path, "--diff-base", "HEAD", "--lang", "fr").stderr
    assert "Impossible de lancer git" in french


@pytest.mark.parametrize(
    ("filtered", "name", "code"),
    [("blob:none", "rules.yaml", 2), ("blob:limit=1k", "picture.bin", 1)],
)
def test_a_partial_clone_says_what_it_lacks(
    tmp_path: Path, filtered: str, name: str, code: int
) -> None:
    """What may govern the run isn't left out for that."""
    committed(tmp_path / "a", {"main.tf": PROVIDER + bucket("a"), name: "x" * 2000})
    committed(tmp_path / "a", {"main.tf": PROVIDER + bucket("b"), name: ""})
    git(tmp_path / "a", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", f"--filter={filtered}", f"file://{tmp_path / 'a'}", "b")
    result = run(tmp_path / "b", "--diff-base", "HEAD~1")
    said = (
        "Not all files of `HEAD~1` are in this clone"
        if code == 2
        else f"count as new: {name}"
    )
    assert result.exit_code == code
    assert said.replace("count as", "counts as") in " ".join(result.output.split())


class TestWhatIsWritten:
    def tree(self, root: Path, *lines: str) -> str:
        """A tree of entries as ``git mktree`` takes them, nothing of which is checked, and a commit of it."""
        made = subprocess.run(
            ["git", "-C", str(root), "mktree", "--missing", "-z"],
            input="\0".join(lines).encode() + b"\0", capture_output=True, check=True,
        )  # fmt: skip
        return git(root, "commit-tree", "-m", "x", made.stdout.decode().strip())

    def blob(self, root: Path, text: str) -> str:
        (root / "scratch").write_text(text)
        return git(root, "hash-object", "-w", "scratch")

    def test_bytes_are_those_of_the_object(self, tmp_path: Path) -> None:
        """No end of line, no keyword and no encoding is put in."""
        root = tmp_path / "r"
        committed(root, {".gitattributes": "* text eol=crlf ident\n", "a.tf": "# $Id$\nb\n"})
        with unpacked(root, "HEAD") as found:
            assert (found.folder / "a.tf").read_bytes() == b"# $Id$\nb\n"

    def test_links_stay_inside(self, tmp_path: Path) -> None:
        root = tmp_path / "r"
        committed(root, {"sub/deep/a.tf": "x", "b.tf": "y"})
        links = {
            "near": "b.tf", "sub/up": "../b.tf", "sub/deep/top": "../..", "out": "../x", "sub/out": "../../x",
            "far": "/etc/passwd", "through": "sub/deep/top/../../x", "loop": "loop", "sub/deep/nowhere": "none",
        }  # fmt: skip
        for path, target in links.items():
            (root / path).symlink_to(target)
        committed(root, {})
        with unpacked(root, "HEAD") as found:
            made = {
                str(each.relative_to(found.folder))
                for each in found.folder.rglob("*")
                if each.is_symlink()
            }
            assert made == {"near", "sub/up", "sub/deep/top", "loop", "sub/deep/nowhere"}
            assert found.left == ("far", "out", "sub/out", "through")
        folder = found.folder
        assert not folder.exists()

    def test_names_that_lead_elsewhere_are_left_out(self, tmp_path: Path) -> None:
        root = tmp_path / "r"
        committed(root, {"a.tf": "x"})
        held = self.blob(root, "y")
        inside = git(root, "write-tree")
        commit = self.tree(
            root, f"100644 blob {held}\t.Git", f"040000 tree {inside}\t..", f"100644 blob {held}\tline\nbreak.tf",
            f"100644 blob {held}\tok.tf", f"100755 blob {held}\t{'n' * 300}",
        )  # fmt: skip
        with unpacked(root, commit) as found:
            assert sorted(each.name for each in found.folder.iterdir()) == [
                ".git",
                "line\nbreak.tf",
                "ok.tf",
            ]
            assert found.left == ("../a.tf", ".Git", "n" * 300)
            assert not (found.folder.parent / "a.tf").exists()

    def test_a_name_that_is_a_file_and_a_folder(self, tmp_path: Path) -> None:
        root = tmp_path / "r"
        committed(root, {"a.tf": "x"})
        held = self.blob(root, "../../")
        inside = git(root, "write-tree")
        commit = self.tree(root, f"120000 blob {held}\tsame", f"040000 tree {inside}\tsame")
        with unpacked(root, commit) as found:
            assert (found.folder / "same" / "a.tf").read_text() == "x"
            assert found.left == ("same",)

    def test_submodules_and_pointers_are_named(self, tmp_path: Path) -> None:
        root = tmp_path / "r"
        pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 3\n"
        first = committed(root, {"model.bin": pointer, "a.tf": "x"})
        git(root, "update-index", "--add", "--cacheinfo", f"160000,{first},vendor/theirs")
        git(root, "commit", "--quiet", "--message", "submodule")
        with unpacked(root, "HEAD") as found:
            assert (found.submodules, found.pointers) == (("vendor/theirs",), ("model.bin",))
            assert (found.folder / "model.bin").read_text() == pointer

    def test_a_tree_that_names_itself_over_and_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(objects, "MOST_FILES", 5_000)
        root = tmp_path / "r"
        committed(root, {"a.tf": "x"})
        tree = git(root, "write-tree")
        for _ in range(12):
            lines = "\n".join(f"040000 tree {tree}\t{name}" for name in range(10))
            tree = (
                subprocess.run(
                    ["git", "-C", str(root), "mktree"],
                    input=lines.encode(),
                    capture_output=True,
                    check=True,
                )
                .stdout.decode()
                .strip()
            )
        bomb = git(root, "commit-tree", "-m", "x", tree)
        result = run(root, "--diff-base", bomb)
        assert (result.exit_code, "has more than 5000 files" in result.stderr) == (2, True)

    def test_of_what_is_too_large_the_beginning_alone_takes_room(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(objects, "MAX_BYTES", 100)
        monkeypatch.setattr(objects, "PEEKED", 10)
        root = tmp_path / "r"
        committed(root, {"a.tf": "x" * 101, "b.tf": "x" * 100})
        with unpacked(root, "HEAD") as found:
            assert (found.folder / "a.tf").read_bytes() == b"x" * 10 + b"\0" * 91
            assert (found.folder / "b.tf").read_bytes() == b"x" * 100
        monkeypatch.setattr(objects, "MOST_BYTES", 99)
        assert "takes more than" in run(root, "--diff-base", "HEAD").stderr

    def test_what_patterns_ignore_there_is_tracked_there(self, tmp_path: Path) -> None:
        git_root = tmp_path / "r"
        committed(git_root, {"k8s/a.yaml": "a: 1\n"})
        (git_root / ".gitignore").write_text("k8s/\n")
        committed(git_root, {})
        with unpacked(git_root, "HEAD") as found:
            assert "k8s/a.yaml" in discover([found.folder]).paths

    @pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
    def test_a_name_that_is_no_text(self, tmp_path: Path) -> None:
        root = tmp_path / "r"
        committed(root, {"a.tf": "x"})
        odd = os.fsdecode(b"caf\xe9.tf")
        (root / odd).write_text("y")
        committed(root, {})
        with unpacked(root, "HEAD") as found:
            assert (found.folder / odd).read_text() == "y"

    def test_a_repository_of_longer_ids(self, tmp_path: Path) -> None:
        git(
            tmp_path,
            "init",
            "--quiet",
            "--object-format=sha256",
            "--initial-branch=main",
            "r",
        )
        committed(tmp_path / "r", {"a.tf": "x", ".gitignore": "*.log\n"})
        with unpacked(tmp_path / "r", "HEAD") as found:
            assert git(found.folder, "ls-files").split() == [".gitignore", "a.tf"]
