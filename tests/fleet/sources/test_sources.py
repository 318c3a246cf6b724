"""Which repositories a run reads: folders, lists and exports."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.addresses import same_address
from sovlint.fleet.sources import found
from sovlint.fleet.sources.settled import Settled, settled
from tests.fleet.house import repository
from tests.git_house import git

GITLAB = "https://gitlab.mutuelle.example"


def of(*places: Path, **given: Any) -> Settled:
    return settled(found(places), **given)


def names(listed: Settled) -> list[str]:
    return [each.name for each in listed.repositories]


def told(listed: Settled) -> list[tuple[str, str]]:
    return [(each.why.removeprefix("fleet."), each.name) for each in listed.skipped]


@pytest.fixture
def clones(tmp_path: Path) -> Path:
    """Working clones and bare ones, at several depths; one has a submodule, one a folder that looks like git's."""
    top = tmp_path / "clones"
    one = repository(
        top / "claims" / "api",
        {"a": "1", "CODEOWNERS": "* @x\n/a @y\n"},
        f"{GITLAB}/claims/api.git",
    )
    two = repository(top / "web", {"b": "2"}, "git@gitlab.mutuelle.example:public/web.git")
    git(top, "clone", "-q", "--bare", str(one), "mirror/api.git")
    git(top / "mirror" / "api.git", "remote", "set-url", "origin", f"{GITLAB}/other/api.git")
    git(two, "submodule", "-q", "add", str(one), "inside")
    git(two, "commit", "-qam", "x")
    (top / "no" / "objects").mkdir(parents=True)
    return top


def test_a_folder_has_clones_and_bare_ones_and_none_within_another(clones: Path) -> None:
    listed = of(clones)
    assert names(listed) == ["claims/api", "mirror/api", "web"]
    api = listed.repositories[0]
    assert api.git_dir == str((clones / "claims/api/.git").resolve())
    assert (api.revision, len(api.commit), api.owners) == ("HEAD", 40, ("@x",))
    assert api.addresses == (f"{GITLAB}/claims/api.git",)
    assert api.committed_at.endswith("Z")


@pytest.mark.parametrize("place", ["web", "mirror/api.git", "web/.git", "web/inside"])
def test_one_may_be_named_by_itself(place: str, clones: Path) -> None:
    assert len(of(clones / place).repositories) == 1


def test_a_work_tree_is_its_repository(clones: Path, tmp_path: Path) -> None:
    git(clones / "web", "worktree", "add", "-q", str(tmp_path / "tree"))
    (one,) = of(tmp_path / "tree").repositories
    assert one.commit == git(clones / "web", "rev-parse", "HEAD")


def test_a_list_has_paths_revisions_and_names(clones: Path, tmp_path: Path) -> None:
    first = git(clones / "web", "rev-parse", "HEAD~1")
    (tmp_path / "clones" / "odd @ name").symlink_to(clones / "claims" / "api")
    listed = tmp_path / "fleet.txt"
    listed.write_text(
        "# all of them\n\nclones/web@HEAD~1 public/web  # the older one\n"
        "'clones/odd @ name' claims/api\nclones/mirror/api.git@main\n"
    )
    assert [(each.name, each.revision) for each in of(listed).repositories] == [
        ("api", "main"), ("claims/api", "HEAD"), ("public/web", "HEAD~1"),
    ]  # fmt: skip
    assert of(listed).repositories[2].commit == first


def test_an_export_of_gitlab_says_which_is_whose(clones: Path, tmp_path: Path) -> None:
    git(clones / "claims" / "api", "update-ref", "refs/remotes/origin/next", "HEAD")
    (tmp_path / "a.json").write_text(
        json.dumps([
            gitlab("claims/api", default_branch="next"), gitlab("public/web", archived=True), gitlab("gone/away"),
        ])
    )  # fmt: skip
    listed = of(clones, tmp_path / "a.json")
    assert names(listed) == ["claims/api", "mirror/api"]
    assert listed.repositories[0].revision == "refs/remotes/origin/next"
    assert told(listed) == [
        ("not-in-export", "mirror/api"), ("skipped-archived", "public/web"), ("skipped-no-clone", "gone/away"),
    ]  # fmt: skip
    assert "public/web" in names(of(clones, tmp_path / "a.json", archived=True))


def gitlab(name: str, **more: Any) -> dict[str, Any]:
    return {
        "path_with_namespace": name, "http_url_to_repo": f"{GITLAB}/{name}.git",
        "ssh_url_to_repo": f"git@gitlab.mutuelle.example:{name}.git", "default_branch": "main", "archived": False,
        **more,
    }  # fmt: skip


def test_a_default_branch_that_the_clone_lacks_is_not_replaced_by_another(
    clones: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps(
            [gitlab("claims/api", default_branch="nosuch"), gitlab("x", default_branch=None)]
        )
    )
    found = {each.name: each for each in of(clones, tmp_path / "a.json").repositories}
    api = found["claims/api"]
    assert (api.revision, api.commit) == ("nosuch", "")


def test_an_export_of_github_finds_clones_by_their_folders_too(tmp_path: Path) -> None:
    repository(tmp_path / "backup" / "Mutuelle" / "api.git", {"a": "1"})
    pages = (
        [{"full_name": "mutuelle/api", "clone_url": "https://github.com/mutuelle/api.git"}],
        [{"full_name": "mutuelle/web", "clone_url": "https://github.com/mutuelle/web.git"}],
    )
    (tmp_path / "a.json").write_text(
        "".join(map(json.dumps, pages))
    )  # as --paginate leaves them
    listed = of(tmp_path / "backup", tmp_path / "a.json")
    assert names(listed) == ["mutuelle/api"]
    assert listed.repositories[0].addresses == ("https://github.com/mutuelle/api.git",)


def test_two_clones_of_one_commit_are_read_once(clones: Path) -> None:
    git(clones, "clone", "-q", str(clones / "claims" / "api"), "again")
    git(
        clones / "again",
        "remote",
        "set-url",
        "origin",
        "ssh://git@gitlab.mutuelle.example:2222/claims/api",
    )
    listed = of(clones)
    assert names(listed) == ["again", "mirror/api", "web"]
    assert told(listed) == [("skipped-twice", "claims/api")]


def test_an_empty_clone_is_told(clones: Path) -> None:
    (clones / "empty").mkdir()
    git(clones / "empty", "init", "-q")
    assert told(of(clones)) == [("skipped-no-commit", "empty")]


def test_a_revision_that_is_not_there_and_a_broken_clone_are_repositories_without_a_commit(
    clones: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "list"
    listed.write_text("clones/web@v9\n")
    assert [(each.name, each.revision, each.commit) for each in of(listed).repositories] == [
        ("web", "v9", "")
    ]
    (clones / "web" / ".git" / "config").write_text("[broken")
    assert [each.commit for each in of(clones / "web").repositories] == [""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "doesn't exist"),
        ("nowhere", "`{folder}/nowhere` doesn't exist"),
        (".", "is no git repository"),
        ("'x", ":1: a quote isn't closed"),
        ("a b c", ":1: there are more than a path and a name"),
        ("a@ b", ":1: no revision stands after `a@`"),
        ('[{"id": 1}]', "is no export of GitLab or GitHub"),
        ("[1, ", "can't be read"),
    ],
)
def test_a_source_that_is_wrong_is_told(text: str | None, said: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "list").write_text(text)
    with pytest.raises(SovlintError) as caught:
        of(tmp_path / "list")
    assert said.format(folder=tmp_path) in caught.value.message


def test_a_folder_without_any_and_two_of_one_name_are_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        repository(tmp_path / name / "infra", {name: name})
    (tmp_path / "c").mkdir()
    with pytest.raises(SovlintError, match="no git repository in"):
        of(tmp_path / "c")
    with pytest.raises(SovlintError, match="would be called `infra`"):
        of(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    "address",
    [
        "https://token@git.example/a/b.git", "git@git.example:a/b", "ssh://git@git.example:22/A/b.git/",
        "https://git.example/a/b",
    ],
)  # fmt: skip
def test_addresses_of_one_repository_are_the_same(address: str) -> None:
    assert same_address(address) == "git.example/a/b"


def test_a_path_that_is_no_text_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    repository(tmp_path / "ok", {"a": "1"})
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    try:
        repository(tmp_path / "odd", {"a": "2"}).rename(odd)
    except OSError:
        pytest.skip("file names are UTF-8 here")
    listed = of(tmp_path)
    assert (names(listed), told(listed)) == (["ok"], [("skipped-name", "caf\\xe9")])


def test_what_a_partial_clone_lacks_tells_it_from_the_whole_one(tmp_path: Path) -> None:
    whole = repository(tmp_path / "whole", {"main.tf": "a"})
    git(whole, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{whole}", "part")
    (part,) = of(tmp_path / "part").repositories
    git(tmp_path / "part", "cat-file", "blob", "HEAD:main.tf")
    (then,) = of(tmp_path / "part").repositories
    assert (part.commit, bool(part.lacks), then.lacks) == (then.commit, True, "")
    assert of(whole).repositories[0].lacks == ""
