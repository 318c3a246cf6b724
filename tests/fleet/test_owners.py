"""Who owns a repository, by files as GitHub's and GitLab's documentation has them."""

from __future__ import annotations

import pytest

from sovlint.fleet.owners import owners_of_everything, owners_of_repository


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("", ()),
        ("*.js @js-owner\n/docs/ @writers\n", ()),
        ("*  @global-owner1 @org/team  # whoever is there\n", ("@global-owner1", "@org/team")),
        ("* @first\n* @second\n", ("@second",)),
        ("* @first\n*\n", ()),
        ("/* @root-only\n", ()),
        ("# * @nobody\n\\#file @one\n/ docs@example.org not-an-owner\n", ("docs@example.org",)),
        ("[Claims] @org/claims\n*\n", ("@org/claims",)),
        (
            "* @all\n^[Security][2] @sec\n**/*\n[security]\n/ @@maintainer\n[Docs] @docs\n*.md\n",
            ("@all", "@@maintainer"),
        ),
        ("[Claims] @org/claims\n* @group/sub/team @org/claims\n", ("@group/sub/team", "@org/claims")),
    ],
)  # fmt: skip
def test_who_owns_everything(text: str, owners: tuple[str, ...]) -> None:
    assert owners_of_everything(text) == owners


def test_the_first_place_counts() -> None:
    files = {"CODEOWNERS": "* @root", ".github/CODEOWNERS": "docs/ @writers"}
    assert owners_of_repository(files.get) == ()
    assert owners_of_repository({"docs/CODEOWNERS": "* @docs"}.get) == ("@docs",)
    assert owners_of_repository({}.get) == ()
