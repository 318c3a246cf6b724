"""Addresses that code is read from: all spellings of one place are one, and what leads elsewhere is none."""

from __future__ import annotations

import pytest

from sovlint.files.clone_address import code_at, from_key, repository_at

AT = "gitlab.mutuelle.example"


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("git::ssh://git@GitLab.mutuelle.example:2222/org/modules.git//db?ref=v3", f"{AT}/org/modules//db?ref=v3"),
        ("git::https://user:pw@gitlab.mutuelle.example/org/modules//db?depth=1&ref=v3", f"{AT}/org/modules//db?ref=v3"),
        ("git@gitlab.mutuelle.example:org/modules.git//db?ref=v3", f"{AT}/org/modules//db?ref=v3"),
        ("git::git@gitlab.mutuelle.example:org/sub/modules", f"{AT}/org/sub/modules"),
        ("github.com/Org/Modules//db?ref=feature/x", "github.com/org/modules//db?ref=feature/x"),
        ("github.com/org/modules/db/inner?ref=v3", "github.com/org/modules//db/inner?ref=v3"),
        ("https://github.com/org/bases/over?ref=v3", "github.com/org/bases//over?ref=v3"),
        ("git::https://dev.azure.com/org/project/_git/modules//db", "dev.azure.com/org/project/_git/modules//db"),
        ("git::git@ssh.dev.azure.com:v3/org/project/modules//db", "dev.azure.com/org/project/_git/modules//db"),
        ("git::https://h.example/a/b.git//./m/../n/?ref=1.0", "h.example/a/b//n?ref=1.0"),
        # Nothing of a repository's.
        ("./db", None), ("../db", None), ("terraform-aws-modules/vpc/aws", None), ("app.terraform.io/org/x/y", None),
        ("s3::https://s3.amazonaws.com/b/x.zip", None), ("hg::https://h.example/a/b", None), ("tfr:///a/b/c", None),
        ("git::file:///etc", None), ("/srv/git/modules.git", None), ("git::https://h.example/a/b//../../etc", None),
        ("git::https://h.example/a/../b//x", None), ("git::https://h.example/a/b//x?ref=--upload-pack=x", None),
        ("git::https://h.example/a/b//x?ref=a\x00b", None), ("https://" + "a" * 3000 + ".example/a/b", None), ("", None),
        # Not known to the last, or one of several.
        ("git::https://h.example/a/b//x?ref=…", None), ("github.com/a/b//x, github.com/a/b//y", None),
    ],
)  # fmt: skip
def test_all_spellings_of_a_place_are_one(source: str, key: str | None) -> None:
    found = code_at(source)
    assert (found.key if found else None) == key
    assert found is None or from_key(found.key) == found


@pytest.mark.parametrize(
    "key", ["", "x", "H.example/a//", "h.example/a?ref=", "h.example/a//b//c?ref=a b"]
)
def test_what_nobody_spells_is_no_key(key: str) -> None:
    assert from_key(key) is None


def test_a_clone_by_any_address_is_of_one_repository() -> None:
    clones = (
        "git@h.example:a/b.git",
        "https://t:oken@H.example:8443/a/b.git/",
        "ssh://git@h.example:22/a/b",
    )
    assert {repository_at(each) for each in clones} == {"h.example/a/b"}
    assert {repository_at(each) for each in ("/srv/x.git", "file:///x", "C:\\x", "../x")} == {
        None
    }
