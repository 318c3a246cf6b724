"""The commit, and whether what was read is as it is there: nothing that a repository brings along is run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.files.commit import checkout, commit, shown_address
from tests.git_house import git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit."""
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    for name in ("a.tf", "sub/b.tf"):
        (root / name).write_text("# nothing\n")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "first")
    return root


def touched(path: Path, text: str | None = None) -> None:
    """Written again, with a time that git's index doesn't know."""
    path.write_text(path.read_text() if text is None else text)
    os.utime(path, (1_000_000_000, 1_000_000_000))


class TestCommit:
    @pytest.mark.parametrize(
        "steps",
        [
            [],
            [("pack-refs", "--all")],
            [("checkout", "--quiet", "--detach")],
            [("checkout", "--quiet", "-b", "with/slash"), ("pack-refs", "--all")],
        ],
    )
    def test_it_is_read_wherever_git_keeps_it(
        self, root: Path, steps: list[list[str]]
    ) -> None:
        for step in steps:
            git(root, *step)
        assert commit(root) == git(root, "rev-parse", "HEAD")

    def test_of_a_worktree_it_is_the_one_checked_out_there(self, root: Path) -> None:
        git(root, "worktree", "add", "--quiet", "-b", "other", "../other")
        (root / "c.tf").write_text("")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "-m", "second")
        assert (
            commit(root.parent / "other") == git(root, "rev-parse", "other") != commit(root)
        )

    @pytest.mark.parametrize(
        "head",
        [
            "",
            "ref: refs/heads/none\n",
            "ref: ../../secret\n",
            "ref: refs/../../secret\n",
            "0" * 41,
        ],
    )
    def test_what_is_none_is_not_told(self, root: Path, head: str) -> None:
        (root.parent / "secret").write_text("1" * 40)
        (root / "secret").write_text("1" * 40)
        (root / ".git/HEAD").write_text(head)
        assert commit(root) is None

    def test_without_git_there_is_none(self, tmp_path: Path) -> None:
        assert commit(tmp_path) is None
        assert checkout(tmp_path, ["a.tf"]) == checkout(tmp_path, [])
        assert checkout(tmp_path, []).clean is None

    def test_before_the_first_commit_there_is_none(self, tmp_path: Path) -> None:
        git(tmp_path, "init", "--quiet")
        assert commit(tmp_path) is None
        assert checkout(tmp_path, []).clean is None


class TestClean:
    def test_nothing_changed(self, root: Path) -> None:
        found = checkout(root, ["a.tf", "sub/b.tf"])
        assert (found.commit, found.clean) == (git(root, "rev-parse", "HEAD"), True)

    def test_touched_alone_is_no_change(self, root: Path) -> None:
        touched(root / "a.tf")
        assert checkout(root, ["a.tf"]).clean is True

    @pytest.mark.parametrize("step", [None, "add"])
    def test_a_file_that_changed_though_nobody_read_it(
        self, root: Path, step: str | None
    ) -> None:
        touched(root / "sub/b.tf", "# other\n")
        if step:
            git(root, step, ".")
        assert checkout(root, ["a.tf"]).clean is False

    def test_a_file_that_is_gone(self, root: Path) -> None:
        (root / "sub/b.tf").unlink()
        assert checkout(root, ["a.tf"]).clean is False

    def test_what_is_not_tracked_counts_where_it_was_read(self, root: Path) -> None:
        """A report that a run before left there makes no run after it another one."""
        (root / "report.json").write_text("{}")
        assert checkout(root, ["a.tf"]).clean is True
        (root / "c.tf").write_text("")
        assert checkout(root, ["a.tf", "c.tf"]).clean is False

    def test_what_is_ignored_and_read_all_the_same_is_not_in_the_commit(
        self, root: Path
    ) -> None:
        (root / ".gitignore").write_text("*.tfvars\n")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "-m", "ignore")
        (root / "terraform.tfvars").write_text("")
        assert checkout(root, ["a.tf"]).clean is True
        assert checkout(root, ["a.tf", "terraform.tfvars"]).clean is False

    @pytest.mark.parametrize("changed", [True, False])
    def test_a_submodule_is_asked_for_what_was_read_in_it(
        self, root: Path, changed: bool
    ) -> None:
        git(root, "submodule", "--quiet", "add", str(root), "inner")
        git(root, "commit", "--quiet", "-m", "with a module")
        assert checkout(root, ["a.tf", "inner/sub/b.tf"]).clean is True
        touched(root / "inner/a.tf", "# other\n" if changed else None)
        assert checkout(root, ["inner/sub/b.tf"]).clean is not changed


class TestNothingIsRun:
    @pytest.mark.parametrize("required", ["true", "false"])
    @pytest.mark.parametrize("kind", ["clean", "process"])
    def test_no_filter_and_then_nobody_can_tell(
        self, root: Path, kind: str, required: str
    ) -> None:
        """What a filter writes isn't what git keeps: without running it, a touched file may have changed or not."""
        (root / ".gitattributes").write_text("*.bin filter=house\n")
        (root / "a.bin").write_text("large\n")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "-m", "filtered")
        git(root, "config", f"filter.house.{kind}", f"touch {root}/ran; cat")
        git(root, "config", "filter.house.required", required)
        touched(root / "a.bin", "other\n")
        assert checkout(root, ["a.tf"]).clean is None
        touched(root / "a.tf", "# other\n")
        assert checkout(root, ["a.tf"]).clean is False
        assert not (root / "ran").exists()

    @pytest.mark.parametrize("key", ["core.fsmonitor", "core.sshCommand", "core.pager"])
    def test_no_program_of_the_configuration(self, root: Path, key: str) -> None:
        git(root, "config", key, f"touch {root}/ran")
        touched(root / "a.tf", "# other\n")
        assert checkout(root, ["a.tf"]).clean is False
        assert not (root / "ran").exists()

    def test_no_hook_and_the_index_stays_as_it_is(self, root: Path) -> None:
        hook = root / ".git/hooks/post-index-change"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {root}/ran\n")
        hook.chmod(0o755)
        touched(root / "a.tf")
        before = (root / ".git/index").read_bytes()
        assert checkout(root, ["a.tf"]).clean is True
        assert (root / ".git/index").read_bytes() == before
        assert not (root / "ran").exists()

    def test_a_filter_that_cannot_be_named_is_a_reason_not_to_ask(self, root: Path) -> None:
        with (root / ".git/config").open("a") as config:
            config.write(f'[filter "a=b"]\n\tclean = "touch {root}/ran; cat"\n')
        (root / ".gitattributes").write_text("*.tf filter=a=b\n")
        touched(root / "a.tf")
        found = checkout(root, ["a.tf"])
        assert (found.commit, found.clean) == (commit(root), None)
        assert not (root / "ran").exists()

    def test_another_folder_that_the_configuration_names_is_not_looked_at(
        self, root: Path
    ) -> None:
        git(root, "config", "core.worktree", "/")
        assert checkout(root, ["a.tf"]).clean is True


class TestAddress:
    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("https://github.com/acme/infra.git", "https://github.com/acme/infra.git"),
            (
                "https://x-access-token:ghs_1@github.com/acme/infra",
                "https://github.com/acme/infra",
            ),
            ("git@github.com:acme/infra.git", "ssh://github.com/acme/infra.git"),
            ("ssh://git@git.acme.fr:2222/infra.git", "ssh://git.acme.fr:2222/infra.git"),
            ("https://git.acme.fr/infra?private_token=abc", None),
            ("https://a:b/c@git.acme.fr/infra", None),
            ("https://git.acme.fr/glpat-aaaaaaaaaaaaaaaaaaaaaaaa/infra", None),
            ("https://git.acme.fr/a b", None),
            ("/srv/git/infra.git", None),
            ("file:///srv/git/infra.git", None),
            ("C:/git/infra", None),
            ("", None),
        ],
    )
    def test_it_is_told_without_user_and_secrets(
        self, written: str, shown: str | None
    ) -> None:
        assert shown_address(written) == shown

    @given(st.text(), st.text())
    def test_whatever_user_and_password_are_neither_is_told(
        self, user: str, secret: str
    ) -> None:
        shown = shown_address(f"https://{user}:{secret}@git.acme.fr/infra.git")
        assert shown in (None, "https://git.acme.fr/infra.git")

    def test_of_several_remotes_it_is_origin(self, root: Path) -> None:
        git(root, "remote", "add", "fork", "https://git.acme.fr/fork")
        assert checkout(root, []).repository == "https://git.acme.fr/fork"
        git(root, "remote", "add", "upstream", "https://git.acme.fr/upstream")
        assert checkout(root, []).repository is None
        git(root, "remote", "add", "origin", "https://git.acme.fr/origin")
        assert checkout(root, []).repository == "https://git.acme.fr/origin"
