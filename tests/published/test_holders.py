"""Which attributes of published types hold settings: all candidates of the versions that were read are judged."""

from __future__ import annotations

import fnmatch
from pathlib import Path

import pytest
import yaml

from published.holders import FOUND, JUDGED, Judged, candidates, listed
from published.plugin import Plugin
from published.schema import Schema

FILES = sorted(FOUND.glob("*.txt"))


def rows(path: Path) -> list[tuple[str, str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(kind, at, judged) for kind, at, judged in map(str.split, lines)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_candidate_is_judged_as_it_was(path: Path) -> None:
    """What was a holder must stay one: an attribute that nobody reads any more is silence."""
    judged = Judged(Plugin(path.stem))
    words = {True: "holder", False: "none", None: "open"}
    found = [(kind, at, words[judged.of(kind, at)]) for kind, at, _ in rows(path)]
    assert found == rows(path)
    assert not [row for row in found if row[2] == "open"]


def test_every_reason_is_one_for_something() -> None:
    every = [
        f"{kind}.{at}" for path in FILES for kind, at, word in rows(path) if word == "none"
    ]
    assert len(every) > 1_000
    for each in yaml.load(JUDGED.read_text(encoding="utf-8"), yaml.CSafeLoader):
        assert set(each) == {"why", "paths"}
        idle = [glob for glob in each["paths"] if not fnmatch.filter(every, glob)]
        assert idle == []


def test_candidates_are_maps_pairs_and_texts_called_so() -> None:
    """By hand: tags, headers, and paths below a map are none."""
    paths = {
        "name", "value", "tags", "tags.*", "env", "env.name", "env.value", "settings", "settings.*", "user_data",
        "header", "header.name", "header.value", "block", "block.connection_string", "size",
    }  # fmt: skip
    schema = Schema("test", None, {"casa_app": frozenset(paths)})
    assert list(candidates(schema)) == [
        ("casa_app", "."),
        ("casa_app", "block.connection_string"),
        ("casa_app", "env"),
        ("casa_app", "settings"),
        ("casa_app", "user_data"),
    ]


def test_what_is_new_is_told(tmp_path: Path) -> None:
    (tmp_path / "casa.yaml").write_text(
        "id: acme/casa\nworkloads: [{types: [casa_app], environment: [{at: env, name: name, value: value}]}]\n"
        "types: {casa_app: {role: compute}}\n",
        encoding="utf-8",
    )
    schema = Schema(
        "test",
        None,
        {
            "casa_app": frozenset(
                {"env", "env.name", "env.value", "extra", "extra.*", "a.limits", "a.limits.*"}
            )
        },
    )
    judged = Judged(Plugin("casa", tmp_path))
    assert list(listed(schema, judged)) == [
        "casa_app a.limits none",
        "casa_app env holder",
        "casa_app extra open",
    ]
