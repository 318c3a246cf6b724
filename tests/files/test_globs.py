"""Globs of the configuration: on files, on folders, on addresses."""

from __future__ import annotations

import pytest

from sovlint.files import globs
from sovlint.files.globs import Base


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("infra/claims/**", "infra/claims/main.tf", True),
        ("infra/claims/**", "infra/claims/a/b/main.tf", True),
        ("infra/claims/**", "infra/claims-old/main.tf", False),
        ("infra/claims/**", "x/infra/claims/main.tf", False),
        ("infra/claims", "infra/claims/a/main.tf", True),
        ("./infra/claims", "infra/claims/a/main.tf", True),
        ("*.tf", "a/b/main.tf", True),
        ("/*.tf", "a/main.tf", False),
        ("**/prod/*.tf", "a/b/prod/main.tf", True),
        ("examples/**", "examples/", True),
        ("k8s/[ab].yaml", "k8s/a.yaml", True),
    ],
)
def test_files(glob: str, path: str, matches: bool) -> None:
    assert globs.paths([glob], Base())(path) is matches


def test_a_later_glob_may_take_back_what_an_earlier_one_matched() -> None:
    matches = globs.paths(["examples/**", "!examples/real/**"], Base())
    assert matches("examples/a.tf")
    assert not matches("examples/real/a.tf")


@pytest.mark.parametrize(
    ("glob", "folder", "matches"),
    [
        ("infra/*", "infra/prod", True),
        ("infra/*", "infra/prod/modules/db", False),
        ("infra/*", "infra", False),
        ("infra/**", "infra/prod/modules/db", True),
        ("infra/**", "infra", True),
        ("**/prod", "prod", True),
        ("**/prod", "a/b/prod", True),
        ("**/prod", "a/reprod", False),
        ("infra/prod/", "infra/prod", True),
        ("infra/pr?d", "infra/prod", True),
        ("infra/[prod]", "infra/[prod]", True),
        (".", "", True),
        (".", ".", True),
        (".", "infra", False),
        ("./infra", "infra", True),
    ],
)
def test_folders(glob: str, folder: str, matches: bool) -> None:
    assert globs.folders(glob, Base())(folder) is matches


@pytest.mark.parametrize(
    ("glob", "address", "matches"),
    [
        ("module.claims.*", 'module.claims.aws_s3_bucket.files["a"]', True),
        ("module.claims.*", "module.claims_old.aws_s3_bucket.x", False),
        ("*.files[*]", "aws_s3_bucket.files[0]", True),
        ('*.files["a"]', 'aws_s3_bucket.files["a"]', True),
        ("*.files[0]", "aws_s3_bucket.files0", False),
        ("k8s:prod/*", "k8s:prod/Deployment/api", True),
        ("aws_s3_bucket.?", "aws_s3_bucket.a", True),
        ("aws_s3_bucket.?", "aws_s3_bucket.ab", False),
        ("aws_s3_bucket", "aws_s3_bucket.a", False),
    ],
)
def test_addresses(glob: str, address: str, matches: bool) -> None:
    assert globs.addresses([glob])(address) is matches


def test_any_of_several_addresses() -> None:
    matches = globs.addresses(["a.*", "b.*"])
    assert [matches("a.x"), matches("b.x"), matches("c.x"), matches("x a.x")] == [
        True,
        True,
        False,
        False,
    ]


class TestBase:
    """Globs are relative to the folder of the configuration, paths to the git root."""

    def test_a_folder_below_the_root(self) -> None:
        base = Base(strip="services/claims")
        assert globs.paths(["infra/**"], base)("services/claims/infra/main.tf")
        assert not globs.paths(["infra/**"], base)("infra/main.tf")
        assert not globs.paths(["**"], base)("services/claims-old/main.tf")
        assert globs.folders(".", base)("services/claims")
        assert not globs.folders("**", base)("services")

    def test_a_folder_above_the_root(self) -> None:
        base = Base(add="repository")
        assert globs.paths(["repository/infra/**"], base)("infra/main.tf")
        assert globs.paths(["repository/infra/"], base)("infra/")
        assert globs.folders("repository", base)("")


@pytest.mark.parametrize("glob", ["../x/**", "a/../b", "!"])
def test_what_can_never_match_is_refused(glob: str) -> None:
    with pytest.raises(ValueError, match=r"leads out|not a glob"):
        globs.paths([glob], Base())


def test_a_root_that_leads_out_is_refused() -> None:
    with pytest.raises(ValueError, match="leads out"):
        globs.folders("../x", Base())


def test_a_glob_longer_than_any_path_is_refused() -> None:
    with pytest.raises(ValueError, match="is longer than"):
        globs.paths(["?" * 20_000], Base())
    globs.paths(["?" * 4_000] * 9, Base())
