"""Names as YAML and as globs: read back, they are what they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.documents import load
from sovlint.edit.quoting import quoted, under
from sovlint.files.globs import Base, paths

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(NAMES)
def test_what_is_quoted_is_one_scalar_on_one_line(name: str) -> None:
    text = quoted(name)
    assert text.isprintable() or "\u00a0" in text or "\u202f" in text
    assert len(text.splitlines()) == 1
    (document,) = load(f"{text}: {text}\n", "x.yaml")
    assert document.data == {name: name}


def test_secrets_are_left_out() -> None:
    assert quoted("https://user:secret@example.org/") == '"https://***@example.org/"'


@pytest.mark.parametrize(
    ("folder", "glob"),
    [
        ("infra/claims", "infra/claims/**"),
        ("k8s", "k8s/**"),
        ("a[b]*?", r"a\[b]\*\?/**"),
        ("!a", "/!a/**"),
        ("#a", "/#a/**"),
        ("with space", "with space/**"),
    ],
)
def test_a_glob_matches_its_folder_and_no_other(folder: str, glob: str) -> None:
    assert under(folder) == glob
    matches = paths([glob], Base())
    assert matches(f"{folder}/main.tf")
    assert matches(f"{folder}/deep/main.tf")
    assert not matches(f"other/{folder}/main.tf")
    assert not matches("ab/main.tf")


def test_the_top_is_its_own_files_alone() -> None:
    matches = paths([under("", ".tf")], Base())
    assert [matches(path) for path in ("main.tf", "main.yaml", "a/main.tf")] == [
        True,
        False,
        False,
    ]
