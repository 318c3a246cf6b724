"""What says which class something has, and doesn't ship or says less than what it stands under, is a rule of the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {sovlint.dev/data: health}}\n"
CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c%s}\n"
DEFAULT = 'provider "aws" {\n  region = "eu-west-3"\n  default_tags {\n    tags = { data_class = "health" }\n  }\n}\n'


def labelled(label: str, namespace: str = "n") -> str:
    return CLAIM % f", namespace: {namespace}, labels: {{{label}}}"


def report(folder: Path, files: Mapping[str, str], *options: str) -> dict[str, Any]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    arguments = ["scan", str(folder), "--format", "json", "--as-of", "2026-11-24", *options]
    found: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return found


def lowered(
    found: Mapping[str, Any],
) -> list[tuple[str, str | None, list[tuple[str, str, str]]]]:
    return [
        (each["kind"], each["path"], [(one["name"], one["before"], one["after"]) for one in each["details"]])
        for each in found["rules"]
        if each["kind"].startswith(("class-lowered", "class-not"))
    ]  # fmt: skip


def health(found: Mapping[str, Any]) -> set[str]:
    """What is judged as health data."""
    return {each["address"] for each in found["findings"] if "health" in each["data"]}


BASE = {
    "base/kustomization.yaml": "resources: [a.yaml]\n",
    "base/a.yaml": CLAIM % ", labels: {sovlint.dev/data: health}",
}
OVER = "resources: [../base]\n"
PATCH = (
    f"{OVER}patches:\n  - patch: |\n      apiVersion: v1\n      kind: PersistentVolumeClaim\n"
    "      metadata: {name: c, labels: {%s}}\n"
)
CHART = {
    "ch/Chart.yaml": "apiVersion: v2\nname: ch\nversion: 1.0.0\n",
    "ch/values.yaml": "podLabels: {sovlint.dev/data: health}\n",
}

GOOGLE = (
    'provider "google" {\n  default_labels = { data_class = "health" }\n}\n'
    'resource "google_storage_bucket" "b" {\n  name = "b"\n  location = "EU"\n'
)
WORKLOAD = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, labels: {sovlint.dev/data: health}}\nspec:\n"
    "  template:\n    metadata: {labels: {sovlint.dev/data: %s}}\n    spec: {containers: [{name: a, image: b}]}\n"
)
BUCKET = 'resource "aws_s3_bucket" "b" {\n  tags = { %s }\n}\n'

WAYS = {
    "default tags": (
        {"main.tf": DEFAULT + 'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "%s" }\n}\n'},
        "aws_s3_bucket.b",
        "main.tf",
    ),
    "default labels": (
        {"main.tf": GOOGLE + "  labels = { data_class = \"%s\" }\n}\n"},
        "google_storage_bucket.b",
        "main.tf",
    ),
    "namespace": (
        {"a.yaml": NAMESPACE, "b.yaml": labelled("sovlint.dev/data: %s")},
        "k8s:n/PersistentVolumeClaim/c",
        "b.yaml",
    ),
    "two namespaces of a name": (
        {"a.yaml": NAMESPACE, "b.yaml": NAMESPACE.replace("health", "%s"), "c.yaml": CLAIM % ", namespace: n"},
        "k8s:n/PersistentVolumeClaim/c",
        "b.yaml",
    ),
    "pod template": (
        {"a.yaml": WORKLOAD},
        "k8s:-/Deployment/d",
        "a.yaml",
    ),
    "common labels": (
        {**BASE, "prod/kustomization.yaml": f"{OVER}commonLabels: {{sovlint.dev/data: %s}}\n"},
        "k8s:-/PersistentVolumeClaim/c",
        "prod/kustomization.yaml",
    ),
    "patch": (
        {**BASE, "prod/kustomization.yaml": PATCH % "sovlint.dev/data: %s"},
        "k8s:-/PersistentVolumeClaim/c",
        "prod/kustomization.yaml",
    ),
    "values of a chart": (
        {**CHART, "ch/values-prod.yaml": "podLabels: {sovlint.dev/data: %s}\n"},
        "helm:ch",
        "ch/values-prod.yaml",
    ),
    "Compose": (
        {"compose.yaml": "services:\n  a: {image: postgres, labels: {sovlint.dev/data: health}}\n",
         "compose.override.yaml": "services:\n  a: {labels: {sovlint.dev/data: %s}}\n"},
        "compose:a",
        "compose.override.yaml",
    ),
}  # fmt: skip


def filled(files: Mapping[str, str], word: str) -> dict[str, str]:
    return {name: text.replace("%s", word) for name, text in files.items()}


@pytest.mark.parametrize("way", WAYS)
def test_a_label_that_lowers_is_listed_with_what_was_before(way: str, tmp_path: Path) -> None:
    files, address, path = WAYS[way]
    found = report(tmp_path, filled(files, "anonymous"))
    assert lowered(found) == [("class-lowered", path, [(address, "health", "anonymous")])]


@pytest.mark.parametrize("way", WAYS)
def test_a_word_that_means_nothing_lowers_nothing_and_is_a_warning(
    way: str, tmp_path: Path
) -> None:
    files, address, _ = WAYS[way]
    found = report(tmp_path, filled(files, "tbd"))
    assert lowered(found) == []
    assert address in health(found)
    assert "`tbd`" in " ".join(
        each["message"] for each in found["findings"] if each["policy"] == "data-class-known"
    )


def test_a_patch_that_takes_the_label_away_takes_no_class_away(tmp_path: Path) -> None:
    found = report(
        tmp_path, {**BASE, "prod/kustomization.yaml": PATCH % "sovlint.dev/data: null"}
    )
    assert health(found) == {"k8s:-/PersistentVolumeClaim/c"}


def test_keys_of_one_service_of_compose_declare_together(tmp_path: Path) -> None:
    labels = "{sovlint.dev/data: anonymous, data_class: health}"
    found = report(
        tmp_path, {"compose.yaml": f"services:\n  a: {{image: x, labels: {labels}}}\n"}
    )
    assert health(found) == {"compose:a"}


def test_what_isnt_assumed_or_guessed_is_listed_once(tmp_path: Path) -> None:
    bucket = 'resource "aws_s3_bucket" "%s" {\n  tags = { data_class = "anonymous" }\n}\n'
    found = report(
        tmp_path, {"main.tf": bucket % "patients" + bucket % "b"}, "--assume", "health"
    )
    assert lowered(found) == [
        ("class-not-assumed", None, [("aws_s3_bucket.b (main.tf:5)", "health", "anonymous"),
                                     ("aws_s3_bucket.patients (main.tf:2)", "health", "anonymous")]),
        ("class-not-guessed", None, [("aws_s3_bucket.patients (main.tf:2)", "health", "anonymous")]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        'paths: {"**": anonymous}',
        'addresses: {"*": [anonymous]}',
        'addresses: {"aws_*": anonymous}',
    ],
)
def test_a_glob_that_says_anonymous_is_listed_and_takes_no_label_away(
    tmp_path: Path, data: str
) -> None:
    files = {
        "main.tf": BUCKET % 'data_class = "health"' + 'resource "aws_s3_bucket" "c" {}\n',
        "sovlint.yaml": f"data:\n  {data}\n",
    }
    found = report(tmp_path, files, "--assume", "health")
    assert health(found) == {"aws_s3_bucket.b"}
    kinds = {each["kind"]: each for each in found["rules"]}
    assert (kinds["class-anonymous"]["path"], kinds["class-anonymous"]["line"]) == (
        "sovlint.yaml",
        2,
    )
    assert lowered(found) == [
        (
            "class-not-assumed",
            None,
            [("aws_s3_bucket.c (sovlint.yaml:2)", "health", "anonymous")],
        )
    ]


def test_own_keys_and_words_are_listed_with_what_they_mean(tmp_path: Path) -> None:
    config = "data:\n  tags: [visibility]\n  values: {public: [anonymous], health: [nir]}\n"
    found = report(
        tmp_path,
        {"sovlint.yaml": config, "main.tf": DEFAULT + BUCKET % 'visibility = "public"'},
    )
    kinds = {each["kind"]: each for each in found["rules"]}
    assert kinds["class-keys"]["names"] == ["visibility"]
    assert kinds["class-words"]["details"] == [
        {"name": "public", "before": "", "after": "anonymous"},
        {"name": "health", "before": "health", "after": "health, nir"},
    ]
    lost = [(one["name"], one["before"]) for one in kinds["class-lowered"]["details"]]
    assert lost == [("aws_s3_bucket.b", "health"), ("aws_s3_bucket.b", "nir")]


def test_what_ships_is_not_told_as_the_house_s_own(tmp_path: Path) -> None:
    config = "data: {tags: [data_class, kind], values: {health: [health], C3: [health]}}\n"
    found = report(tmp_path, {"sovlint.yaml": config, "a.tf": DEFAULT})
    told = {each["kind"]: each["names"] for each in found["rules"]}
    assert (told["class-keys"], told["class-words"]) == (["kind"], ["C3"])


def test_a_label_that_an_overlay_gives_to_anonymous_too_keeps_its_class(
    tmp_path: Path,
) -> None:
    words = "{en: a, fr: a, labels: [anonymous, sante]}"
    files = {
        "main.tf": BUCKET % 'data_class = "sante"',
        "sovlint.yaml": "catalog: [own]\n",
        "own/classes.yaml": f"replaces: true\nchecked: 2026-11-24\nsources: {{}}\nclasses:\n  anonymous: {words}\n",
    }
    assert health(report(tmp_path, files, "--trust-overlay")) == {"aws_s3_bucket.b"}


def test_labels_that_an_overlay_gives_to_a_chart(tmp_path: Path) -> None:
    files = {
        "base/kustomization.yaml": "commonLabels: {sovlint.dev/data: health}\nhelmCharts: [{name: redis, repo: https://charts.example.org}]\n",
        "prod/kustomization.yaml": f"{OVER}commonLabels: {{sovlint.dev/data: anonymous}}\n",
    }
    ((kind, _, details),) = lowered(report(tmp_path, files))
    assert (kind, [(before, after) for _, before, after in details]) == (
        "class-lowered",
        [("health", "anonymous")],
    )


def test_an_assumed_class_of_the_option_stays_whatever_the_configuration_says(
    tmp_path: Path,
) -> None:
    files = {
        "main.tf": 'resource "aws_s3_bucket" "b" {}\n',
        "sovlint.yaml": "data: {assume: null}\n",
    }
    assert health(report(tmp_path, files, "--assume", "health")) == {"aws_s3_bucket.b"}
    (tmp_path / "sovlint.yaml").write_text("data: {assume: anonymous}\n")
    assert health(report(tmp_path, {}, "--assume", "health")) == {"aws_s3_bucket.b"}


@pytest.mark.parametrize(
    ("files", "key", "line"),
    [
        ({"a.yaml": labelled("sovlint.dev/dta: health", "m")}, "sovlint.dev/dta", 3),
        ({"a.yaml": CLAIM % ', annotations: {sovlint.dev/ignore: "true"}'}, "sovlint.dev/ignore", 3),
        ({"a.yaml": NAMESPACE.replace("dev/data:", "dev/class:")}, "sovlint.dev/class", 3),
        ({"compose.yaml": "services:\n  a: {image: x, labels: {sovlint.dev/dta: health}}\n"}, "sovlint.dev/dta", 2),
        ({"ch/Chart.yaml": CHART["ch/Chart.yaml"] + "annotations: {sovlint.dev/date: health}\n"}, "sovlint.dev/date", 4),
        ({**CHART, "ch/values.yaml": "podLabels: {sovlint.dev/dta: health}\n"}, "sovlint.dev/dta", 1),
        ({"main.tf": BUCKET % '"sovlint.dev/data" = "health"'}, "sovlint.dev/data", 2),
    ],
)  # fmt: skip
def test_an_unknown_key_of_ours_is_a_warning(
    tmp_path: Path, files: Mapping[str, str], key: str, line: int
) -> None:
    for language, said in (
        ("en", "means nothing to sovlint here"),
        ("fr", "ne veut rien dire ici"),
    ):
        found = report(tmp_path, files, "--lang", language)
        (warning,) = (
            each for each in found["findings"] if each["policy"] == "data-class-known"
        )
        assert (warning["severity"], warning["verdict"]) == ("warning", "violation")
        assert f"`{key}` {said}" in warning["message"]
        assert warning["because"][-1]["line"] == line


@pytest.mark.parametrize("key", ["sovlint.dev/data", "app.kubernetes.io/name"])
def test_known_keys_and_those_of_others_are_no_warning(tmp_path: Path, key: str) -> None:
    found = report(tmp_path, {"a.yaml": labelled(f"{key}: health", "m")})
    assert [each for each in found["findings"] if each["policy"] == "data-class-known"] == []


def test_the_key_in_another_case_declares(tmp_path: Path) -> None:
    found = report(tmp_path, {"a.yaml": labelled("sovlint.dev/Data: health", "m")})
    assert health(found) == {"k8s:m/PersistentVolumeClaim/c"}
