"""A plug-in's file against a schema: everything that is wrong in one is told, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from published import show
from published.__main__ import main
from published.compare import WrongPath, compare
from published.plugin import Plugin
from published.schema import Schema
from tests.published.test_readers import SENTENCES

FILE = """
id: acme/casa
prefixes: [casa]
provider: {candidates: [casa], settings: [{path: realm}]}
region: {resource: [region]}
tags: [tags]
endpoints: ["endpoints.{key}"]
services: {s3: {keys: [s3]}}
types:
  casa_store: {role: at-rest, flows: [{kind: logs, source: self, target: log_store}]}
  casa_copy:
    placements: [{role: backup, each_region: copies.*.region}]
    flows: [{kind: backup, source: of, target: self}]
  casa_old: {role: at-rest, region: [place]}
  casa_export: {role: config, flows: [{kind: export, source: name, target: where}]}
config: ["casa_rule*", casa_role]
undecided: [casa_rule_lab]
retired: [casa_old, casa_copy.of]
published: {package: casa, version: 2.0.0, date: "2026-01-05"}
"""

SCHEMA = Schema(
    "casa-1.0.whl",
    "2.1.0",
    {
        "casa_store": frozenset({"region", "tags"}),
        "casa_copy": frozenset({"copies", "copies.region"}),
        "casa_export": frozenset({"name", "to"}),
        "casa_rule_one": frozenset({"name"}),
        "casa_rule_lab": frozenset({"name"}),
        "casa_new": frozenset({"name"}),
    },
    frozenset({"realm", "endpoints", "endpoints.s3"}),
)


def plugin(folder: Path, text: str = FILE) -> Plugin:
    (folder / "casa.yaml").write_text(text, encoding="utf-8")
    return Plugin("casa", folder)


def test_every_published_type_is_in_one_list_and_the_rest_is_told(tmp_path: Path) -> None:
    found = compare(plugin(tmp_path), SCHEMA)
    assert found.data == ("casa_copy", "casa_store")
    assert found.config == ("casa_export", "casa_rule_one")  # listed for its flow alone
    assert found.undecided == ("casa_rule_lab",)  # a whole name before the pattern
    assert found.unlisted == ("casa_new",)
    assert found.unknown == ("casa_role",)  # casa_old is retired
    assert found.returned == ()
    assert found.wrong == (
        WrongPath("casa_export", "flows", "where"),
        WrongPath("casa_store", "flows", "log_store"),
    )
    assert found.open_percent == pytest.approx(100 / 3)
    assert not found.sound


def test_a_retired_type_that_is_published_is_told(tmp_path: Path) -> None:
    types = {**SCHEMA.types, "casa_old": frozenset({"place"})}
    assert compare(plugin(tmp_path), Schema("x", None, types)).returned == ("casa_old",)


def test_paths_of_the_whole_plugin_and_of_the_provider_block_are_checked(
    tmp_path: Path,
) -> None:
    schema = Schema("x", None, {"casa_store": frozenset({"log_store"})}, frozenset({"other"}))
    assert compare(plugin(tmp_path), schema).wrong == (
        WrongPath(None, "region.resource", "region"),
        WrongPath(None, "tags", "tags"),
        WrongPath(None, "provider.settings", "realm"),
        WrongPath(None, "endpoints", "endpoints.s3"),
    )


def test_a_type_that_nothing_can_place_is_told(tmp_path: Path) -> None:
    types = {
        "casa_store": frozenset({"log_store"}),
        "casa_copy": frozenset({"copies.region"}),
    }
    assert compare(plugin(tmp_path), Schema("x", None, types)).placeless == ("casa_store",)
    by_host = FILE.replace("{path: realm}", "{path: realm, host: true}")
    assert compare(plugin(tmp_path, by_host), Schema("x", None, types)).placeless == ()


def test_a_plugin_that_shares_types_has_those_of_the_other(tmp_path: Path) -> None:
    plugin(tmp_path)
    (tmp_path / "beta.yaml").write_text(
        "id: acme/beta\nsame_types_as: acme/casa\nundecided: [casa_store]\nconfig: [casa_new]\n",
        encoding="utf-8",
    )
    found = compare(Plugin("beta", tmp_path), SCHEMA)
    assert (found.data, found.config) == (
        ("casa_copy",),
        ("casa_export", "casa_new", "casa_rule_one"),
    )
    assert found.undecided == ("casa_rule_lab", "casa_store")


def test_a_sample_is_the_same_each_time(tmp_path: Path) -> None:
    drawn = show.sample(plugin(tmp_path), SCHEMA, 6, 7)
    assert drawn == show.sample(plugin(tmp_path), SCHEMA, 6, 7)
    assert "casa_new: not listed" in drawn.splitlines()
    assert "casa_rule_one: config" in drawn.splitlines()
    assert any(line.startswith("casa_store: {role: at-rest") for line in drawn.splitlines())
    assert len(show.sample(plugin(tmp_path), SCHEMA, 2, 7).splitlines()) == 2


def test_the_command_tells_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs" / "resources").mkdir(parents=True)
    (tmp_path / "docs" / "resources" / "store.md").write_text(SENTENCES, encoding="utf-8")
    catalog = ["--catalog", str(tmp_path)]
    types = "id: acme/casa\nprefixes: [casa]\ntypes: {casa_store: {role: at-rest, region: [REGION]}}\n"
    plugin(tmp_path, types.replace("REGION", "region"))
    assert main(["casa", str(tmp_path), *catalog]) == 0
    assert (
        "data 1, config 0, undecided 0, not listed 0: 0.0 % open" in capsys.readouterr().out
    )
    plugin(tmp_path, types.replace("REGION", "area"))
    assert main(["casa", str(tmp_path), *catalog, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["wrong"] == [
        {"type": "casa_store", "key": "region", "path": "area"}
    ]
    assert main(["casa", str(tmp_path / "nowhere"), *catalog]) == 2
    assert main(["house", str(tmp_path), *catalog]) == 2
    assert main(["casa", *catalog]) == 2
    assert "names no package" in capsys.readouterr().err


def test_attributes_that_are_computed_are_checked_with_what_makes_them(
    tmp_path: Path,
) -> None:
    computed = """
computed: {casa_store: {id: tags, arn: "{realm}/{region}/{}/{nothing}", lost: region}, casa_gone: {id: name}}
answers_at: {casa_store: [host, nodes.*.url, nodes.*.port]}
"""
    given = frozenset({"id", "arn", "host", "nodes.*.url"})
    schema = Schema(
        "x", None, {**SCHEMA.types, "casa_store": SCHEMA.types["casa_store"] | {"log_store"}}, SCHEMA.settings,
        lambda _, path: path in given,
    )  # fmt: skip
    found = compare(plugin(tmp_path, FILE + computed), schema)
    assert [each for each in found.wrong if each.type == "casa_store"] == [
        WrongPath("casa_store", "computed", "nothing"),
        WrongPath("casa_store", "computed", "lost"),
        WrongPath("casa_store", "answers_at", "nodes.*.port"),
    ]
    assert "casa_gone" in found.unknown
