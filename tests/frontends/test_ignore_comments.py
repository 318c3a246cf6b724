"""The grammar of ignore comments, which line each covers, and which ``#`` of a YAML text begins a comment."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.frontends.terraform.syntax.hcl import hcl_ignores
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.exception import Ignore
from sovlint.model.source import SourceFile


def in_yaml(text: str) -> list[Ignore]:
    return yaml_ignores(SourceFile("a.yaml", text.encode()))


def in_hcl(text: str) -> list[Ignore]:
    return hcl_ignores(SourceFile("a.tf", text.encode()))


def one(text: str) -> Ignore:
    """The only ignore of a line of HCL."""
    (found,) = in_hcl(f"{text}\n")
    return found


@pytest.mark.parametrize(
    ("text", "policies", "until", "reason"),
    [
        ('# sovlint: ignore[a-b] reason="x"', ("a-b",), None, "x"),
        ('# sovlint:ignore[a] reason="x"', ("a",), None, "x"),
        (
            '#sovlint: ignore [a,b , c] until=2027-01-31 reason="x"',
            ("a", "b", "c"),
            date(2027, 1, 31),
            "x",
        ),
        ('# sovlint: ignore[a] reason="x" until=2027-01-31', ("a",), date(2027, 1, 31), "x"),
        ("# sovlint: ignore[a] reason='it is \"so\"'", ("a",), None, 'it is "so"'),
        (r'# sovlint: ignore[a] reason="say \"so\""', ("a",), None, 'say "so"'),
        ("# sovlint: ignore[a] reason=SEC-12", ("a",), None, "SEC-12"),
        ('# sovlint: ignore[a] reason = "x"', ("a",), None, "x"),
        ('# sovlint: ignore[a, a] reason="a  b"', ("a",), None, "a b"),
        ('## sovlint: ignore[a] reason="x"', ("a",), None, "x"),
        ('/* sovlint: ignore[a] reason="x" */', ("a",), None, "x"),
        ("# sovlint: ignore[a]", ("a",), None, ""),
    ],
)
def test_what_can_be_read(
    text: str, policies: tuple[str, ...], until: date | None, reason: str
) -> None:
    found = one(text)
    assert (found.policies, found.until, found.reason, found.problem) == (
        policies,
        until,
        reason,
        None,
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('# sovlint: ignore reason="x"', "exceptions.comment-names-no-policy"),
        ("# sovlint: ignore-next-line[a]", "exceptions.comment-names-no-policy"),
        ("# sovlint: ignore[ , ]", "exceptions.comment-names-no-policy"),
        ('# sovlint: ignore[a] reason="x', "exceptions.comment-unreadable"),
        ('# sovlint: ignore[a] reason="x" reason="y"', "exceptions.comment-unreadable"),
        ('# sovlint: ignore[a] for now reason="x"', "exceptions.comment-unreadable"),
        ('# sovlint: ignore[a] until=31/01/2027 reason="x"', "exceptions.comment-no-day"),
        ('# sovlint: ignore[a] until="" reason="x"', "exceptions.comment-no-day"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, problem: str) -> None:
    found = one(text)
    assert found.problem is not None
    assert found.problem.key == problem


def test_several_in_one_comment() -> None:
    text = (
        '# sovlint: ignore[a] reason="x" # sovlint: ignore[b] until=2027-01-31 reason="y"\n'
    )
    assert [(each.policies, each.reason) for each in in_hcl(text)] == [
        (("a",), "x"),
        (("b",), "y"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# sovlint ignore[a]",
        "# sovlint: see ignore[a]",
        "# TODO sovlint: ignore[a]",
        "a = 1",
        'a = "# sovlint: ignore[a]"',
    ],
)
def test_what_is_none(text: str) -> None:
    assert in_hcl(f"{text}\n") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# I\nx", 2),
        ("x = 1 # I\ny", 1),
        ("# I\n# more\n// and more\nx", 4),
        ("/*\nI\n*/\nx", 4),
        ("/* I */ x = 1\ny", 1),
        ("# I\n\nx", 2),
        ("# I\n/* a\n b */\nx", 4),
    ],
)
def test_the_line_that_it_covers_in_terraform(text: str, line: int) -> None:
    (found,) = in_hcl(text.replace("I", 'sovlint: ignore[a] reason="r"') + "\n")
    assert found.line == line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# I\na: 1", [2]),
        ("a: 1 # I", [1]),
        ("# I\n---\na: 1", [3]),
        ("# I\n\n---\na: 1", [2]),
        ("a: 1\n# I\n---\nb: 1", [3]),
        ("a:\n  b: 1\n  # I\n---\nc: 1", [4]),
        ("a: |\n  # I\n  b\n# I\nc: 1", [5]),
        ("a: >-\n  x # I\nb: 'y # I' # I", [3]),
        ('a: "x\n  # I\n  y"\nb: 1 # I', [4]),
        ("a: x#I", []),
        ("a: [1, 2] # I\nb: {c: 1} # I", [1, 2]),
        ("a: &x 1 # I\nb: *x # I", [1, 2]),
        ("a: plain\n  goes on # I", [2]),
        ("a: |\n  b", []),
        ("a: 1 # I\nb: [", [1]),
        ("é: 'à' # I", [1]),
    ],
)
def test_the_comments_of_yaml(text: str, lines: list[int]) -> None:
    found = in_yaml(text.replace("I", 'sovlint: ignore[a] reason="r"') + "\n")
    assert [each.line for each in found] == lines


@given(st.text(max_size=80))
def test_whatever_follows_it_is_read_or_told(text: str) -> None:
    line = "".join(text.splitlines())
    found = in_yaml(f"# sovlint: ignore{line}\na: 1\n")
    for each in found:
        assert each.problem is not None or each.policies


def test_code_that_is_commented_out_keeps_its_comments() -> None:
    text = '# resource "x" "old" { # sovlint: ignore[a] reason="old"\n# }\nresource "x" "new" {}\n'
    assert in_hcl(text) == []


def test_a_long_file_of_comments_is_read_in_one_pass() -> None:
    text = (
        "# a line\n" * 60_000 + '# sovlint: ignore[a] reason="r"\n# ' + "#" * 60_000 + "x\n"
    )
    assert [each.policies for each in in_hcl(text)] == [("a",)]
