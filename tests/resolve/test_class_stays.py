"""What a class means can't be undone in silence: own words add to it, and what means nothing takes nothing away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.frontends.terraform.modules.labels import labels_of
from sovlint.frontends.terraform.modules.providers import ProviderConfig
from sovlint.model.attributes import Found, NoAttributes
from sovlint.model.classrules import ClassRules
from sovlint.model.resources.resource import Labels, written
from sovlint.model.source import Span
from sovlint.model.value import Known, Value
from sovlint.resolve.classes.labelled import Declarations
from sovlint.rules.hints import PluginHints
from tests.resolve.house import catalog, classes, resolved

HERE = Span("main.tf", 1, 1, 1, 1)
TAGGED = 'provider "aws" {\n  region = "eu-west-3"\n  default_tags {\n    tags = { data_class = "health" }\n  }\n}\n'
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {sovlint.dev/data: health}}\n---\n"
CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c, namespace: n, labels: {%s}}\n"


def bucket(tags: str, head: str = TAGGED) -> tuple[dict[str, str], list[str]]:
    """The classes of a bucket, and the words on it that mean nothing."""
    placed = resolved(f'{head}resource "aws_s3_bucket" "b" {{\n  {tags}\n}}\n')[0][
        "aws_s3_bucket.b"
    ]
    return classes(placed), [word for word, _ in placed.classes.strange]


HEALTH = {"health": "declared"}


@pytest.mark.parametrize(
    ("tags", "expected", "strange"),
    [
        ('tags = { data_class = "tbd" }', HEALTH, ["tbd"]),
        ('tags = { data_class = "" }', HEALTH, []),
        ('tags = { data_class = "anonymous" }', {"anonymous": "declared"}, []),
        ('tags = { data_class = "nir tbd" }', {"nir": "declared"}, ["tbd"]),
        (
            'tags = { data_class = "tbd anonymous" }',
            {"anonymous": "declared", "health": "declared"},
            ["tbd"],
        ),
        (
            'tags = { data_class = "tbd", data-classification = "nir" }',
            {"nir": "declared"},
            ["tbd"],
        ),
    ],
)
def test_over_a_default_tag(tags: str, expected: dict[str, str], strange: list[str]) -> None:
    assert bucket(tags) == (expected, strange)


def test_a_list_of_tags_in_which_a_key_stands_twice() -> None:
    tags = 'resource "scaleway_object_bucket" "b" {}\nresource "scaleway_rdb_instance" "r" {\n  tags = [%s]\n}\n'
    for each in (
        '"data_class=health", "data_class=tbd"',
        '"data_class=tbd", "data_class=health"',
    ):
        assert classes(resolved(tags % each)[0]["scaleway_rdb_instance.r"]) == HEALTH


LEVEL = st.tuples(
    st.sampled_from("ab"),
    st.sampled_from([None, "health", "anonymous", "nir", "qqq", ""]),
    st.booleans(),
)
MEANINGLESS = st.text(alphabet="qxz -,;+._", max_size=8)


def labels(declarer: str, value: str | None, spare: bool) -> Labels:
    entries: dict[str, Value] = {} if value is None else {"data_class": Known(value)}
    return Labels(declarer, Known(entries), HERE, spare=spare)


def found(levels: list[Labels]) -> set[str]:
    declarations = Declarations(ClassRules(), catalog())
    return {
        each.data_class
        for each in declarations.of(
            replace(written("a", "b", HERE), labels=tuple(levels))
        ).claims
    }


def assert_kept(before: set[str], after: set[str]) -> None:
    """No class is gone, unless ``anonymous`` gave way to one that says more."""
    assert before - after <= {"anonymous"}
    assert after or not before


@given(st.lists(LEVEL, max_size=5), MEANINGLESS, st.sampled_from("ab"), st.data())
def test_a_value_that_means_nothing_never_takes_a_class_away(
    levels: list[tuple[str, str | None, bool]], word: str, declarer: str, data: st.DataObject
) -> None:
    before = [labels(*each) for each in levels]
    at = data.draw(st.integers(0, len(before)))
    assert_kept(
        found(before), found([*before[:at], labels(declarer, word, False), *before[at:]])
    )
    if before:
        old = before[min(at, len(before) - 1)]
        assert isinstance(old.entries, Known)
        entries = {**old.entries.value, "data-classification": Known(word)}
        after = found(
            [
                replace(each, entries=Known(entries)) if each is old else each
                for each in before
            ]
        )
        assert_kept(found(before), after)


def test_what_counts_only_for_a_word_that_means_nothing_takes_nothing_away() -> None:
    written_before = [labels("a", "anonymous", True), labels("a", "health", False)]
    assert found(written_before) == {"health"}
    assert "health" in found([labels("a", "_", False), *written_before])


def scan(folder: Path, *options: str) -> dict[str, Any]:
    result = CliRunner().invoke(
        main, ["scan", str(folder), "--format", "json", "--as-of", "2026-11-24", *options]
    )
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def known_as(report: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    return [
        (each["path"], each["line"], each["severity"], each["message"])
        for each in report["findings"]
        if each["policy"] == "data-class-known"
    ]


@pytest.mark.parametrize(
    ("label", "data", "warned"),
    [
        ("sovlint.dev/data: tbd", {"health"}, True),
        ("sovlint.dev/data: anonymous", set(), False),
        ("app: x", {"health"}, False),
    ],
)
def test_over_a_namespace(tmp_path: Path, label: str, data: set[str], warned: bool) -> None:
    (tmp_path / "a.yaml").write_text(NAMESPACE + CLAIM % label)
    report = scan(tmp_path)
    assert {name for each in report["findings"] for name in each["data"]} == data
    assert bool(known_as(report)) is warned


def test_a_label_beside_an_annotation_that_nobody_can_read(tmp_path: Path) -> None:
    metadata = '{name: c, labels: {sovlint.dev/data: health}, annotations: {sovlint.dev/data: "{{ x }}"}}'
    (tmp_path / "a.yaml").write_text(
        f"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {metadata}\n"
    )
    report = scan(tmp_path)
    assert {name for each in report["findings"] for name in each["data"]} == {"health"}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("health", "health"),
        ("Données de santé", "données de santé"),
        ("PHI", "phi"),
        ("hds", "HDS"),
    ],
)
@pytest.mark.parametrize("means", ["[anonymous]", "[contact]", "anonymous"])
def test_own_words_add_to_what_names_a_class(
    tmp_path: Path, word: str, value: str, means: str
) -> None:
    tags = f'tags = {{ data_class = "{value}" }}'
    (tmp_path / "main.tf").write_text(
        f'resource "aws_s3_bucket" "patients-nir" {{\n  {tags}\n}}\n'
    )
    (tmp_path / "sovlint.yaml").write_text(f'data:\n  values:\n    "{word}": {means}\n')
    report = scan(tmp_path)
    judged = {name for each in report["findings"] for name in each["data"]}
    assert "health" in judged
    assert "anonymous" not in judged  # it would end the guessing: here the name says NIR
    assert "nir" in judged
    for language, sentence in (
        ("en", f"`{word}` names the class `health`"),
        ("fr", f"`{word}` nomme la classe"),
    ):
        ((path, line, severity, message),) = known_as(scan(tmp_path, "--lang", language))
        assert (path, line, severity) == ("sovlint.yaml", 3, "warning")
        assert sentence in message


@pytest.mark.parametrize(
    "values", ["C3: [anonymous]", "health: [health, nir]", "public: [anonymous]"]
)
def test_words_of_a_house_mean_what_it_says(tmp_path: Path, values: str) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "C3" }\n}\n'
    )
    (tmp_path / "sovlint.yaml").write_text(f"data:\n  values: {{{values}}}\n")
    warnings = known_as(scan(tmp_path))
    assert [each for each in warnings if each[0] == "sovlint.yaml"] == []


def test_a_waiver_may_excuse_it(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "health" }\n}\n'
    )
    who = "owner: dpo, approver: ciso, ticket: T-1, issued: 2026-11-01, expires: 2026-12-01"
    waiver = (
        f"{{policy: data-class-known, paths: [sovlint.yaml], reason: a word of ours, {who}}}"
    )
    (tmp_path / "sovlint.yaml").write_text(
        f"data:\n  values: {{health: [anonymous]}}\nwaivers:\n  - {waiver}\n"
    )
    report = scan(tmp_path)
    assert [
        each["suppressed"] is not None
        for each in report["findings"]
        if each["path"] == "sovlint.yaml"
    ] == [True]


@pytest.mark.parametrize(
    ("own", "expected"),
    [("tbd", {"health"}), ("anonymous", {"anonymous"}), ("nir", {"nir"}), (None, set())],
)
def test_a_plan_that_knows_what_comes_of_both(own: str | None, expected: set[str]) -> None:
    class Written(NoAttributes):
        """Attributes of which one is known."""

        def __init__(self, path: str, value: str | None) -> None:
            self.found = (
                {}
                if value is None
                else {path: Found(Known({"data_class": Known(value)}), HERE)}
            )

        def read(self, path: str) -> Sequence[Found]:
            """What stands at a path."""
            return [self.found[path]] if path in self.found else []

    class Both(Written):
        """Attributes of which a plan knows ``tags_all``, too."""

        def read(self, path: str) -> Sequence[Found]:
            """What stands at a path."""
            of_both = self.found.get("tags") or Found(Known({}), HERE)
            return [of_both] if path == "tags_all" else super().read(path)

    config = cast(
        ProviderConfig,
        SimpleNamespace(plugin="p", settings=Written("default_tags.tags", "health")),
    )
    hints = catalog().hints()
    plugin = PluginHints(
        tags=("tags",), default_tags=("default_tags.tags",), all_tags=("tags_all",)
    )
    found = labels_of(Both("tags", own), config, replace(hints, plugins={"p": plugin}))
    claims = (
        Declarations(ClassRules(), catalog())
        .of(replace(written("a", "b", HERE), labels=found))
        .claims
    )
    assert {each.data_class for each in claims} == expected
