"""Dockerfiles as trees: what each stage sets, and what it runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.documents.syntaxes.dockerfile import trees
from sovlint.documents.tree import Node, Pairs
from sovlint.model.source import SourceFile


def leaves(text: str) -> dict[str, str]:
    """What stands at each path."""
    found: dict[str, str] = {}

    def walk(node: Node, path: tuple[str, ...]) -> None:
        if isinstance(node.value, Pairs):
            for key, child in node.value.items():
                walk(child, (*path, key))
        else:
            found["/".join(path)] = node.value

    for tree in trees(SourceFile("Dockerfile", text.encode())):
        walk(tree, ())
    return found


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ENV A=b", {"A": "b"}),
        ("env A=b C=d", {"A": "b", "C": "d"}),
        ("ENV A=\"b c\" D='e f'", {"A": "b c", "D": "e f"}),
        ("ENV A b c", {"A": "b c"}),
        ("ENV A=b \\\n  # why\n  C=d", {"A": "b", "C": "d"}),
        ("ENV A=b\\ c", {"A": "b c"}),
        ("ENV A=", {"A": ""}),
    ],
)
def test_every_way_of_setting_a_variable(line: str, told: dict[str, str]) -> None:
    wanted = {f"stages/0/ENV/{name}": value for name, value in told.items()}
    assert leaves(f"FROM a\n{line}\n") == wanted


def test_stages_are_told_apart_and_what_stands_before_them() -> None:
    text = (
        "ARG HOST=a\nFROM x AS b\nARG HOST\nRUN make\nFROM y\nLABEL a.b=c\n"
        "RUN --mount=type=cache,target=/a \\\n  one && \\\n  two\n"
    )
    assert leaves(text) == {
        "ARG/HOST": "a",
        "stages/0/RUN/0": "make",
        "stages/1/LABEL/a.b": "c",
        "stages/1/RUN/0": "one && \n  two",
    }


def test_what_a_container_starts() -> None:
    assert leaves('FROM a\nENTRYPOINT ["pg_dump", "-h"]\nCMD ["db.acme.fr"]\n') == {
        "stages/0/PROGRAM": "pg_dump",
        "stages/0/WORDS/0": "-h",
        "stages/0/WORDS/1": "db.acme.fr",
    }
    assert leaves("FROM a\nCMD one\nCMD two\n") == {"stages/0/START/CMD": "two"}


def test_a_text_that_a_shell_gets_is_its_script() -> None:
    assert leaves("FROM a\nRUN <<EOF\none\ntwo\nEOF\nENV A=b\n") == {
        "stages/0/RUN/0": "one\ntwo",
        "stages/0/ENV/A": "b",
    }
    assert leaves("FROM a\nRUN sh <<'E'\none\nE\n")["stages/0/RUN/0"].splitlines() == [
        "sh <<'E'",
        "one",
        "E",
    ]


@given(st.text(alphabet="FROMENVARGU \n\\\"'=<[]{},a#$", max_size=200))
def test_whatever_stands_in_it_it_ends(text: str) -> None:
    leaves(text)
    leaves(f"FROM a\n{text}")
