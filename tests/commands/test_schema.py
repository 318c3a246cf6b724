"""``sovlint schema``: every schema is one, is what the code validates with, and can be written for an editor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sovlint import documents
from sovlint.catalog.compiling.files import KINDS, yaml_files
from sovlint.cli import main
from sovlint.commands.schema import PACKAGE, SCHEMAS

ROOT = Path(__file__).parents[2]


def schema(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["schema", *arguments])


def printed(name: str) -> Any:
    return json.loads(schema(name).stdout)


def accepts(name: str, data: object) -> bool:
    return Draft202012Validator(printed(name)).is_valid(data)


def texts(path: Path) -> list[Any]:
    return [document.data for document in documents.load(path.read_bytes(), str(path))]


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema_that_says_what_it_is(name: str) -> None:
    found = printed(name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["title"]
    assert found["description"]
    Draft202012Validator.check_schema(found)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "a policy, or a policy set"), ("fr", "un jeu de politiques")],
)
def test_without_a_name_all_are_listed(language: str, said: str) -> None:
    result = schema("--lang", language)
    assert result.exit_code == 0
    assert [
        line.split()[0] for line in result.stdout.splitlines() if not line.startswith(" ")
    ] == list(SCHEMAS)
    assert said in result.stdout


def test_an_unknown_name() -> None:
    result = schema("configuration")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'config'" in result.stderr


def test_to_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / ".sovlint/deep/config.schema.json"
    result = schema("config", "-o", str(file))
    assert (result.exit_code, result.output) == (0, "")
    assert file.read_text() == (PACKAGE / SCHEMAS["config"]).read_text()


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = schema("config", "-o", str(tmp_path / "file/x/config.json"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {tmp_path / 'file/x'} can't be made: ")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "policies").rglob("*.yaml")), ids=lambda path: path.name
)
def test_policies_and_sets_are_told_apart(path: Path) -> None:
    (data,) = texts(path)
    assert accepts("policy", data)
    assert not accepts("policy", {**data, "seveity": "error"})


def test_the_catalogue_accepts_every_kind_of_file() -> None:
    folder = PACKAGE / "catalog"
    kinds = set()
    validator = Draft202012Validator(printed("catalog"))
    for path in yaml_files(folder):
        (data,) = texts(path)
        assert validator.is_valid(data), path
        kinds.add(path.parent.name if path.parent != folder else path.name)
    assert kinds == {glob.removesuffix("/*.yaml") for glob, _ in KINDS}
    assert not validator.is_valid({"id": "casa"})
    assert not validator.is_valid({"terms": [], "surplus": 1})


EDITED = [
    *sorted((ROOT / "policies").rglob("*.yaml")),
    *sorted((ROOT / "fixtures/mutuelle").glob("s*.yaml")),
]


@pytest.mark.parametrize("path", EDITED, ids=lambda path: path.name)
def test_the_line_for_editors_leads_to_the_schema_of_the_file(path: Path) -> None:
    line = path.read_text(encoding="utf-8").splitlines()[0]
    target = (path.parent / line.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert target in {PACKAGE / file for file in SCHEMAS.values()}
    (data,) = texts(path)
    assert Draft202012Validator(json.loads(target.read_text(encoding="utf-8"))).is_valid(data)
