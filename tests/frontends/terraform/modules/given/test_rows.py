"""Folders with holes in them, and recipes whose variables are put in."""

from __future__ import annotations

import pytest

from sovlint.frontends.shell.makefiles import jenkins, recipes
from sovlint.frontends.terraform.modules.given.rows import folder_of, may_be
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import SourceFile


@pytest.mark.parametrize(
    ("folder", "other", "expected"),
    [
        ("infra/app", "infra/app", True),
        ("infra/app", "infra", False),
        ("infra/?", "infra/app", True),
        ("infra/?", "infra/app/more", False),
        ("infra/a?p", "infra/app", True),
        ("infra/a?pp", "infra/app", True),
        ("infra/ap?pp", "infra/app", False),
        ("?", "infra/app", True),
        ("?/infra/app", "infra/app", True),
        ("?/app", "infra/app", True),
        ("?app", "infra/app", True),
        ("?/infra/app/more", "infra/app", False),
        ("infra/?/?", "infra/app", False),
        ("", "infra", False),
        ("", "", True),
    ],
)
def test_a_folder_with_holes_may_be_another(folder: str, other: str, expected: bool) -> None:
    assert may_be(folder.replace("?", HOLE), other) is expected


@pytest.mark.parametrize(
    ("base", "folder", "expected"),
    [
        ("", "infra/app", "infra/app"),
        ("ci", "../infra", "infra"),
        ("", "?/../infra", "?infra"),
        ("", "a/?/../../infra", "a/?infra"),
        ("", "./", ""),
        ("", "x/" * 1000, "?"),
    ],
)
def test_a_folder_relative_to_the_root(base: str, folder: str, expected: str) -> None:
    found = folder_of(base, folder.replace("?", HOLE)).replace(HOLE, "?")
    assert found.replace("?/", "?") == expected.replace("?/", "?")


def texts(written: str) -> list[str]:
    found = recipes(SourceFile("Makefile", written.encode()))
    return [each.text.replace(HOLE, "?") for each in found.scripts]


def test_recipes_have_the_variables_of_their_file() -> None:
    written = (
        "A = a$(B)\nB := b\nC ?= c\nA += d\nD = $(D)\n"
        "all: other\n\t@-x $(A) ${B} $(C) $(D) $$HOME $(shell ls $(B)) $@ \\\n\t  y\n"
    )
    assert texts(written) == ["x ab d b ? ? $HOME ? ? \\\n\t  y"]


def test_variables_of_recipes_that_are_made_of_each_other_end() -> None:
    lines = [f"V{at} = {f'$(V{at + 1})' * 50}" for at in range(100)]
    assert texts("\n".join([*lines, "a:", "\tx $(V0)"])) == ["x " + "?" * 50]


def test_scripts_of_jenkinsfiles_run_in_their_folders() -> None:
    written = (
        "dir('a') {\n dir(\"b\") { sh 'one' }\n sh '''\ntwo\n'''\n}\nsh(script: \"three\")\n"
    )
    found = jenkins(SourceFile("Jenkinsfile", written.encode())).scripts
    assert [(each.text.strip(), each.folder, each.where.line) for each in found] == [
        ("one", "a/b", 2),
        ("two", "a", 3),
        ("three", "", 7),
    ]
