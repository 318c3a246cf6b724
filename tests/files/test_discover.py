"""Discovery: what is listed, what is read, and what is said of the rest."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sovlint.errors import SovlintError
from sovlint.expressions.files import Files
from sovlint.files.discover import discover
from sovlint.files.regular_files import MAX_BYTES
from sovlint.files.repository import Repository
from sovlint.files.scan_place import locate
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Known, Unknown


def tree(root: Path, *files: str, git: bool = True) -> Path:
    """A folder with these files, each holding its own name; a git root unless told otherwise."""
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {file}\n")
    if git:
        (root / ".git").mkdir(parents=True, exist_ok=True)
    return root


def said(repository: Repository) -> list[tuple[str, str | None]]:
    return [(remark.note.key, remark.path) for remark in repository.remarks]


def refusal(repository: Repository, path: str) -> str:
    answer = repository.read(path)
    assert isinstance(answer, Note)
    return answer.key


class TestPlace:
    """Where a scan happens."""

    def test_the_git_root_bounds_it(self, tmp_path: Path) -> None:
        tree(tmp_path, "infra/prod/main.tf", "modules/db/main.tf")
        place = locate([tmp_path / "infra/prod"])
        assert (place.root, place.start, place.named) == (
            tmp_path,
            tmp_path / "infra/prod",
            ("infra/prod",),
        )

    def test_a_git_file_is_a_root_too(self, tmp_path: Path) -> None:
        tree(tmp_path, "sub/main.tf", "sub/.git")
        assert locate([tmp_path / "sub"]).root == tmp_path / "sub"

    def test_of_several_paths_the_common_parent_counts(self, tmp_path: Path) -> None:
        tree(tmp_path, "a/.git", "a/main.tf", "b/main.tf")
        place = locate([tmp_path / "a", tmp_path / "b/main.tf"])
        assert (place.root, place.start, place.named) == (
            tmp_path,
            tmp_path,
            ("a", "b/main.tf"),
        )

    def test_without_git_the_scanned_folder_is_the_root(self, tmp_path: Path) -> None:
        tree(tmp_path, "a/main.tf", git=False)
        assert locate([tmp_path / "a"]).root == tmp_path / "a"
        assert locate([tmp_path / "a/main.tf"]).root == tmp_path / "a"

    def test_the_root_itself_is_named_by_the_empty_path(self, tmp_path: Path) -> None:
        assert locate([tree(tmp_path)]).named == ("",)

    def test_a_path_that_is_not_there_suggests_its_neighbour(self, tmp_path: Path) -> None:
        tree(tmp_path, "infra/main.tf")
        with pytest.raises(SovlintError, match="doesn't exist") as error:
            locate([tmp_path / "infar"])
        assert error.value.hint == f"Did you mean `{tmp_path / 'infra'}`?"


class TestListing:
    """Which files there are."""

    def test_everything_below_the_git_root_whatever_was_asked_for(
        self, tmp_path: Path
    ) -> None:
        tree(tmp_path, "infra/main.tf", "modules/db/main.tf", "b.tf")
        repository = discover([tmp_path / "infra"])
        assert list(repository.paths) == ["b.tf", "infra/main.tf", "modules/db/main.tf"]
        assert [path for path in repository.paths if repository.wanted(path)] == [
            "infra/main.tf"
        ]

    def test_a_name_that_only_begins_alike_is_not_wanted(self, tmp_path: Path) -> None:
        tree(tmp_path, "infra/main.tf", "infra-old/main.tf")
        repository = discover([tmp_path / "infra"])
        assert not repository.wanted("infra-old/main.tf")
        assert not repository.named("infra/main.tf")
        assert repository.named("infra")

    def test_folders_of_other_programs_are_left_out(self, tmp_path: Path) -> None:
        tree(
            tmp_path,
            "main.tf",
            ".terraform/modules/x/main.tf",
            "node_modules/x/a.tf",
            ".venv/b.tf",
            "a/.git/c.tf",
        )
        assert list(discover([tmp_path]).paths) == ["main.tf"]

    def test_node_modules_are_listed_where_named_but_terraforms_cache_never(
        self, tmp_path: Path
    ) -> None:
        tree(tmp_path, "node_modules/x/a.tf", ".terraform/modules/x/main.tf")
        repository = discover(
            [tmp_path / "node_modules/x", tmp_path / ".terraform/modules/x"]
        )
        assert list(repository.paths) == ["node_modules/x/a.tf"]
        assert said(repository) == [("discover.never-scanned", ".terraform/modules/x")]

    def test_gitignore_is_followed_at_every_level(self, tmp_path: Path) -> None:
        tree(
            tmp_path,
            "a.tf",
            "a.log",
            "build/b.tf",
            "sub/keep.log",
            "sub/c.log",
            "sub/x/d.tf",
            "x/d.tf",
        )
        (tmp_path / ".gitignore").write_text("*.log\nbuild/\n")
        (tmp_path / "sub/.gitignore").write_text("!keep.log\n/x\n")
        found = discover([tmp_path]).paths
        assert [path for path in found if ".gitignore" not in path] == [
            "a.tf",
            "sub/keep.log",
            "x/d.tf",
        ]

    def test_a_line_of_gitignore_that_is_no_pattern_ignores_nothing(
        self, tmp_path: Path
    ) -> None:
        tree(tmp_path, "a.tf", "b.log")
        (tmp_path / ".gitignore").write_bytes(b"\xef\xbb\xbf*.log\r\n!\n\xff\xfe\n")
        assert list(discover([tmp_path]).paths) == [".gitignore", "a.tf"]

    def test_terraforms_values_are_listed_even_if_ignored(self, tmp_path: Path) -> None:
        tree(tmp_path, "main.tf", "terraform.tfvars", "prod.auto.tfvars.json", "secret.txt")
        (tmp_path / ".gitignore").write_text("*.tfvars*\nsecret.txt\n.gitignore\n")
        assert list(discover([tmp_path]).paths) == [
            "main.tf",
            "prod.auto.tfvars.json",
            "terraform.tfvars",
        ]

    def test_what_is_named_is_listed_even_if_ignored(self, tmp_path: Path) -> None:
        tree(tmp_path, "build/out/a.tf", "build/b.tf", "local.tf")
        (tmp_path / ".gitignore").write_text("build/\nlocal.tf\n.gitignore\n")
        repository = discover([tmp_path / "build/out", tmp_path / "local.tf"])
        assert list(repository.paths) == ["build/out/a.tf", "local.tf"]

    def test_what_the_configuration_excludes_stays_out_even_if_named(
        self, tmp_path: Path
    ) -> None:
        tree(tmp_path, "examples/a.tf", "main.tf")
        repository = discover(
            [tmp_path / "examples/a.tf"], exclude=lambda path: path == "examples/"
        )
        assert list(repository.paths) == ["main.tf"]
        assert said(repository) == [("discover.excluded", "examples/a.tf")]

    def test_excluded_folders_are_not_entered(self, tmp_path: Path) -> None:
        tree(tmp_path, "a/b/c.tf", "main.tf")
        asked: list[str] = []

        def exclude(path: str) -> bool:
            asked.append(path)
            return path == "a/"

        repository = discover([tmp_path], exclude)
        assert list(repository.paths) == ["main.tf"]
        assert list(repository.excluded) == ["a/"]
        assert "a/b/" not in asked

    def test_without_git_only_what_is_named_is_listed_where_several_are(
        self, tmp_path: Path
    ) -> None:
        tree(tmp_path, "a/x.tf", "b/y.tf", "b/terraform.tfvars", "c/z.tf", git=False)
        repository = discover([tmp_path / "a", tmp_path / "b/y.tf"])
        assert list(repository.paths) == ["a/x.tf", "b/terraform.tfvars", "b/y.tf"]

    @pytest.mark.timed
    def test_ten_thousand_files_in_a_moment(self, tmp_path: Path) -> None:
        for folder in range(100):
            (tmp_path / f"d{folder}").mkdir()
            for file in range(100):
                (tmp_path / f"d{folder}" / f"f{file}.tf").touch()
        (tmp_path / ".gitignore").write_text(
            "*.log\nbuild/\n!keep.log\n.terraform\n*.tfstate\n/out\n"
        )
        begun = time.perf_counter()
        assert len(discover([tmp_path]).paths) == 10_001
        assert time.perf_counter() - begun < 1.0  # a third of that on an idle machine


class TestLinks:
    """Links: files where the link stands, folders once, nothing outside."""

    def test_a_file_is_read_under_each_of_its_names(self, tmp_path: Path) -> None:
        tree(tmp_path, "a/main.tf", "b/x")
        (tmp_path / "b/main.tf").symlink_to("../a/main.tf")
        repository = discover([tmp_path])
        assert list(repository.paths) == ["a/main.tf", "b/main.tf", "b/x"]
        read = repository.read("b/main.tf")
        assert isinstance(read, SourceFile)
        assert (read.path, read.data) == ("b/main.tf", b"# a/main.tf\n")

    def test_a_folder_is_listed_once_under_its_real_path(self, tmp_path: Path) -> None:
        tree(tmp_path, "modules/db/main.tf", "prod/main.tf")
        (tmp_path / "prod/modules").symlink_to("../modules")
        repository = discover([tmp_path])
        assert list(repository.paths) == ["modules/db/main.tf", "prod/main.tf"]
        assert repository.real("prod/modules/db/main.tf") == "modules/db/main.tf"
        assert repository.real("prod/main.tf") == "prod/main.tf"
        assert isinstance(repository.read("prod/modules/db/main.tf"), SourceFile)
        assert said(repository) == []

    def test_a_linked_folder_may_be_asked_for(self, tmp_path: Path) -> None:
        tree(tmp_path, "modules/db/main.tf")
        (tmp_path / "link").symlink_to("modules")
        assert discover([tmp_path / "link"]).wanted("modules/db/main.tf")

    def test_loops_end(self, tmp_path: Path) -> None:
        tree(tmp_path, "a/main.tf")
        (tmp_path / "a/up").symlink_to("..")
        (tmp_path / "a/self").symlink_to("self")
        repository = discover([tmp_path])
        assert list(repository.paths) == ["a/main.tf"]
        assert repository.real("a/up/a/main.tf") == "a/main.tf"
        assert said(repository) == [("discover.link-broken", "a/self")]

    def test_what_leads_outside_is_said_and_not_read(self, tmp_path: Path) -> None:
        tree(tmp_path / "other", "secret.tf", git=False)
        root = tree(tmp_path / "repository", "main.tf")
        (root / "file.tf").symlink_to("../other/secret.tf")
        (root / "folder").symlink_to("../other")
        repository = discover([root])
        assert list(repository.paths) == ["main.tf"]
        assert said(repository) == [
            ("discover.link-outside", "file.tf"),
            ("discover.link-outside", "folder"),
        ]
        for path in (
            "file.tf",
            "folder/secret.tf",
            "../other/secret.tf",
            "a/../../other/secret.tf",
        ):
            assert refusal(repository, path) == "discover.outside"
        assert refusal(repository, str(tmp_path / "other/secret.tf")) == "discover.absent"

    def test_a_named_link_to_outside_is_listed_so_that_it_fails(self, tmp_path: Path) -> None:
        tree(tmp_path / "other", "secret.tf", git=False)
        root = tree(tmp_path / "repository")
        (root / "file.tf").symlink_to("../other/secret.tf")
        repository = discover([root / "file.tf"])
        assert list(repository.paths) == ["file.tf"]
        assert refusal(repository, "file.tf") == "discover.outside"

    def test_a_root_whose_name_only_begins_alike_is_outside(self, tmp_path: Path) -> None:
        tree(tmp_path / "repo-secret", "x.tf", git=False)
        repository = discover([tree(tmp_path / "repo", "main.tf")])
        assert refusal(repository, "../repo-secret/x.tf") == "discover.outside"

    def test_a_link_to_a_folder_left_aside_is_said(self, tmp_path: Path) -> None:
        tree(tmp_path, "cache/main.tf")
        (tmp_path / ".gitignore").write_text("cache/\n")
        (tmp_path / "infra").symlink_to("cache")
        assert said(discover([tmp_path])) == [("discover.link-unlisted", "infra")]


class TestReading:
    """What a file must be in order to be read."""

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Repository:
        tree(tmp_path, "main.tf", ".git/config")
        (tmp_path / "bom.tf").write_bytes(b"\xef\xbb\xbfa = 1\r\n")
        (tmp_path / "utf16.tf").write_bytes("a = 1".encode("utf-16"))
        (tmp_path / "latin1.tf").write_bytes(b"# one\n# caf\xe9\n")
        (tmp_path / "binary.tf").write_bytes(b"a\0b")
        (tmp_path / "folder.tf").mkdir()
        os.mkfifo(tmp_path / "pipe.tf")
        with (tmp_path / "huge.tf").open("wb") as stream:
            stream.truncate(MAX_BYTES + 1)
        return discover([tmp_path])

    def test_text_comes_without_its_byte_order_mark_and_else_as_it_is(
        self, repository: Repository
    ) -> None:
        read = repository.read("bom.tf")
        assert isinstance(read, SourceFile)
        assert read.data == b"a = 1\r\n"

    @pytest.mark.parametrize(
        ("path", "key"),
        [
            ("utf16.tf", "discover.binary"),
            ("latin1.tf", "discover.not-utf-8"),
            ("binary.tf", "discover.binary"),
            ("folder.tf", "discover.not-a-file"),
            ("pipe.tf", "discover.not-a-file"),
            ("huge.tf", "discover.too-large"),
            ("absent.tf", "discover.absent"),
            ("main.tf/x", "discover.unreadable"),
            ("a\0b", "discover.absent"),
            (".git/config", "discover.git-internal"),
        ],
    )
    def test_the_rest_says_why_not(self, repository: Repository, path: str, key: str) -> None:
        assert refusal(repository, path) == key

    def test_how_a_file_begins_is_seen_whatever_its_size(
        self, repository: Repository
    ) -> None:
        with (repository.root / "huge.tf").open("r+b") as stream:
            stream.write(b"a = 1")
        assert repository.peek("huge.tf", 6) == b"a = 1\0"

    def test_the_line_that_is_not_utf_8_is_named(self, repository: Repository) -> None:
        assert repository.read("latin1.tf") == Note("discover.not-utf-8", {"line": 2})

    def test_a_device_is_never_opened(self, tmp_path: Path) -> None:
        assert (
            refusal(discover([tree(tmp_path / "r", "a.tf")]), "../../../../../../dev/zero")
            == "discover.outside"
        )

    def test_files_that_are_none_are_listed_so_that_they_are_not_overlooked(
        self, repository: Repository
    ) -> None:
        assert "pipe.tf" in repository.paths

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_what_may_not_be_read_is_said(self, tmp_path: Path) -> None:
        tree(tmp_path, "main.tf", "closed/a.tf")
        (tmp_path / "main.tf").chmod(0)
        (tmp_path / "closed").chmod(0)
        repository = discover([tmp_path])
        (tmp_path / "closed").chmod(0o700)
        assert refusal(repository, "main.tf") == "discover.unreadable"
        assert said(repository) == [("discover.folder-unreadable", "closed")]


def test_what_is_surely_absent(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "there").mkdir()
    (tmp_path / ".gitignore").write_text("build/\nsecret.json\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / ".gitignore").write_text("*.gen\n")
    repository = discover([tmp_path])
    assert repository.absent("gone.json")
    assert repository.absent("gone/deep.json")
    assert repository.absent("other.gen")
    for path in (
        "there",
        "build/x.json",
        "secret.json",
        "sub/a.gen",
        "../outside",
        "a/.terraform/modules/x",
        "build",
        "a/.terragrunt-stack/u/x.yaml",
    ):
        assert not repository.absent(path), path


def test_files_in_a_folder_that_is_never_scanned_stay_inside(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / ".terraform").mkdir()
    (tmp_path / "repo" / ".terraform" / "a.tf").write_text("")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.tf").write_text("")
    (tmp_path / "repo" / ".terraform" / "out").symlink_to(tmp_path / "other")
    repository = discover([tmp_path / "repo"])
    assert repository.files_in(".terraform") == [".terraform/a.tf"]
    assert not repository.files_in(".terraform/out")
    assert not repository.files_in("../other")
    assert not repository.files_in(".git")
    assert not repository.files_in("nowhere")


def test_what_is_there_and_not_listed(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "conf/a.json",
        "conf/kept/b.json",
        "conf/node_modules/c.json",
        "conf/gone.json",
        "conf/cache/d.json",
    )
    (tmp_path / ".gitignore").write_text("cache/\nabsent.json\n")
    (tmp_path / "conf" / "link").symlink_to(tmp_path / "conf" / "kept")
    (tmp_path / "conf" / "out.json").symlink_to(tmp_path.parent)
    found = discover([tmp_path], exclude=lambda path: path == "conf/gone.json")
    aside = [
        "conf/cache/",
        "conf/gone.json",
        "conf/link/",
        "conf/node_modules/",
        "conf/out.json",
        "conf/out.json/",
    ]
    assert list(found.unlisted("conf")) == list(found.unlisted("")) == aside
    assert list(found.unlisted("conf/cache/deep")) == ["conf/cache/"]
    assert not found.unlisted("conf/kept")
    named = discover([tmp_path, tmp_path / "conf" / "cache"])
    assert "conf/cache/" not in named.unlisted("conf")


def test_without_a_git_root_what_lies_beside_the_paths_is_not_looked_at(
    tmp_path: Path,
) -> None:
    tree(tmp_path, "a/x/f.json", "b/f.json", git=False)
    found = discover([tmp_path / "a", tmp_path / "b"])
    assert not found.unlisted("a/x")
    assert list(found.unlisted("")) == ["/"]
    assert list(found.unlisted("c")) == ["c/"]


def test_a_glob_that_may_match_what_is_not_scanned_is_not_known(tmp_path: Path) -> None:
    tree(tmp_path, "conf/a.json", "conf/b.json", "conf/c.yaml", "conf/old/d.json")
    files = Files(
        discover([tmp_path], exclude=lambda path: path in ("conf/b.json", "conf/old/"))
    )
    for glob in (
        "*.json",
        "**/*.json",
        "**",
        "old/*.json",
        "{a,b}.json",
        "*/d.json",
        "{old/*,c}.json",
    ):
        assert isinstance(files.below("conf", glob), Unknown), glob
    for glob in ("*.yaml", "a.json", "new/*.json"):
        assert isinstance(files.below("conf", glob), Known), glob


def test_a_folder_of_several_repositories_is_told_and_how_each_is_judged_by_its_own(
    tmp_path: Path,
) -> None:
    several = "discover.several-repositories"
    for name in ("b", "a/deep", "one"):
        tree(tmp_path / "top" / name, "main.tf")
    found = [
        each.note for each in discover([tmp_path / "top"]).remarks if each.note.key == several
    ]
    assert [each.params for each in found] == [{"count": 3, "path": "a/deep"}]
    for alone in ("top/one", "top/a"):
        assert all(each.note.key != several for each in discover([tmp_path / alone]).remarks)
    tree(tmp_path / "top", "x.tf")
    assert all(each.note.key != several for each in discover([tmp_path / "top"]).remarks)


class TestNotWrittenYet:
    """Files that are about to be written."""

    @pytest.mark.parametrize(
        ("path", "is_listed"),
        [
            ("infra/new.tf", True),
            ("../outside.tf", False),
            ("left/out.tf", False),
            (".git/new.tf", False),
            ("node_modules/a/new.tf", False),
        ],
    )
    def test_where_they_are_listed(self, tmp_path: Path, path: str, is_listed: bool) -> None:
        root = tree(tmp_path / "root", "main.tf")
        full = os.path.realpath(root / path)
        found = discover([root], lambda each: each.startswith("left/"), {full: b"# new\n"})
        assert (path in found.paths) is is_listed
        if is_listed:
            read = found.read(path)
            assert isinstance(read, SourceFile)
            assert read.data == b"# new\n"

    def test_one_that_git_ignores_is_not_listed_for_being_edited(
        self, tmp_path: Path
    ) -> None:
        root = tree(tmp_path, "main.tf", "notes.txt")
        (root / ".gitignore").write_text("notes.txt\n")
        found = discover([root], edited={os.path.realpath(root / "notes.txt"): b"x"})
        assert "notes.txt" not in found.paths
