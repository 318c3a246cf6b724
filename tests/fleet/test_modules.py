"""Modules as a repository offers them: at a revision, out of git's objects, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from sovlint.fleet.modules import MOST_FILES, module_finder, offered_module
from sovlint.fleet.result import FleetRepository
from tests.git_house import git

AT = "gitlab.mutuelle.example/org/modules"
FILES = {
    "db/main.tf": 'module "other" {\n  source = "../other"\n}\n',
    "db/policy.json": "{}",
    "db/.env": "PASSWORD=a",  # secrets stay where they are
    "db/prod.tfvars": 'password = "a"',
    "other/main.tf": 'module "up" {\n  source = "../../up"\n}\n',
    "linked/main.tf": "",
    "words/main.tf": "# caf\xe9",
    "over/kustomization.yaml": "resources: [../base, pod.yaml, https://h.example/x.yaml]\n",
    "over/pod.yaml": "kind: Pod",
    "base/kustomization.yaml": "resources: [pod.yaml]\n",
    "base/pod.yaml": "kind: Pod",
    "docs/README.md": "nothing",
}


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> FleetRepository:
    folder = tmp_path_factory.mktemp("modules")
    git(folder, "init", "-q", "-b", "main")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="latin-1")
    (folder / "db" / "notes.txt").symlink_to("../../../etc/passwd")
    (folder / "linked" / "more.tf").symlink_to("../db/main.tf")
    (folder / "big").mkdir()
    for number in range(MOST_FILES + 1):
        (folder / "big" / f"{number}.tf").write_text(f"# {number}")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    git(folder, "tag", "v3")
    (folder / "db" / "main.tf").write_text("# four")
    git(folder, "commit", "-qam", "two")
    commit = git(folder, "rev-parse", "HEAD")
    address = "ssh://git@GitLab.mutuelle.example:2222/org/modules.git"
    return FleetRepository("org/modules", str(folder / ".git"), "main", commit, (address,))


def test_a_folder_is_offered_at_its_revision_with_what_it_calls(
    modules: FleetRepository,
) -> None:
    old, new = (offered_module(modules, f"{AT}//db{ref}") for ref in ("?ref=v3", ""))
    assert old is not None
    assert new is not None
    assert sorted(old.files) == ["../other/main.tf", "main.tf", "policy.json"]
    assert new.files == {"main.tf": "# four", "policy.json": "{}"}
    assert old.keys == (f"{AT}//db?ref=v3",)
    assert (old.repository, old.path, new.commit) == ("org/modules", "db", modules.commit)
    assert old.commit != new.commit
    by_commit = offered_module(modules, f"{AT}//db?ref={old.commit[:12]}")
    assert by_commit is not None
    assert by_commit.files == old.files


def test_a_kustomization_is_offered_with_what_it_uses(modules: FleetRepository) -> None:
    found = offered_module(modules, f"{AT}//over?ref=main")
    assert found is not None
    names = [
        "../base/kustomization.yaml",
        "../base/pod.yaml",
        "kustomization.yaml",
        "pod.yaml",
    ]
    assert sorted(found.files) == names


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (f"{AT}//db?ref=v4", "`org/modules` has no revision `v4` in its clone"),
        (f"{AT}//db?ref=v3%5E", "has no revision"),
        (f"{AT}//nothing", "has no code in `nothing`"),
        (f"{AT}//docs", "has no code in `docs`"),
        (f"{AT}//big", "more than 200 files"),
        (f"{AT}//linked", "is a link"),
        (f"{AT}//words", "isn't UTF-8"),
        ("gitlab.mutuelle.example/org/others//db", "isn't cloned from there"),
        ("nonsense", "isn't cloned from there"),
    ],
)
def test_what_cant_be_read_whole_isnt_offered(
    modules: FleetRepository, key: str, why: str
) -> None:
    told: list[str] = []
    assert offered_module(modules, key, told.append) is None
    assert len(told) == 1
    assert why in told[0]


def test_of_two_clones_of_one_address_none_is_meant(modules: FleetRepository) -> None:
    told: list[str] = []
    find: Callable[[str], object] = module_finder([modules], told.append)
    assert find(f"{AT}//db") is find(f"{AT}//db") is not None
    fork = replace(modules, name="org/fork")
    assert module_finder([modules, fork], told.append)(f"{AT}//db") is None
    assert told == ["org/fork, org/modules are cloned from one address"]


def test_a_clone_that_lacks_objects_offers_nothing(
    modules: FleetRepository, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "--bare", "x.git")
    told: list[str] = []
    empty = replace(modules, git_dir=str(tmp_path / "x.git"))
    assert offered_module(empty, f"{AT}//db", told.append) is None
    assert told
