"""Manifests by how they begin, whatever they are called, and what else begins like infrastructure."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.catalog.load import load
from sovlint.files.discover import discover
from sovlint.frontends.kubernetes import read
from sovlint.frontends.kubernetes.claims import is_odd
from sovlint.model.inputs import HEAD, ReadOptions
from sovlint.model.resources.reading import Reading
from tests.frontends.memory import MemoryReader

CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: claim}\n"
TEMPLATE = "Resources:\n  A: {Type: 'AWS::S3::Bucket'}\n"


def read_all(files: dict[str, str | bytes | None]) -> Reading:
    return read(MemoryReader(files), ReadOptions(), load().hints())


@pytest.mark.parametrize(
    "name",
    ["pod", "deploy/claim.YAML", "claim.Yml", "claim.JSON", "claim.k8s", "a.yaml.template", "a.tpl", "a.yaml.in", "a.b/c"],
)  # fmt: skip
@pytest.mark.parametrize(
    "above", ["", "# Copyright\n#\n\n", "---\n", "%YAML 1.2\n---\n", "\n\n"]
)
def test_a_manifest_by_another_name_is_read(name: str, above: str) -> None:
    found = read_all({name: above + CLAIM})
    assert [each.address for each in found.resources] == ["k8s:-/PersistentVolumeClaim/claim"]
    assert (found.files, found.skipped, found.failures) == ((name,), (), ())


def test_a_manifest_in_json_by_another_name_is_read() -> None:
    text = (
        '{"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "claim"}}'
    )
    assert len(read_all({"claim": text, "claim.Json": text}).resources) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"#!/bin/sh\n{CLAIM}",
        f"#!/bin/sh\ncat <<END\n{CLAIM}END\n",
        f"cat <<END\n{CLAIM}END\n",
        f"Some words.\n{CLAIM}",
        "kind: of blue\n",
        "apiVersion: v1\n",
        " " * HEAD + CLAIM,
        "",
        "\0\1\2",
        "{",
    ],
)
def test_what_only_has_one_in_it_is_none(text: str) -> None:
    assert read_all({"notes": text}) == Reading()


@pytest.mark.parametrize(
    ("version", "read"),
    [("kpt.dev/v1", 0), ("config.k8s.io/v1", 0), ("v1", 1), ("apps/v1", 1)],
)
def test_a_tools_own_file_is_called_by_its_kind(version: str, read: int) -> None:
    text = f"apiVersion: {version}\nkind: Thing\nmetadata: {{name: a}}\n"
    assert len(read_all({"a/Thing": text}).resources) == read


def test_names_that_are_looked_at() -> None:
    paths = [
        "a.md",
        "a.txt",
        "a.py",
        "a.yaml",
        "a.json",
        "Kustomization",
        "a.tar.gz",
        ".gitignore",
        "a.yaml.bak",
    ]
    assert [path for path in paths if is_odd(path)] == []


@pytest.mark.parametrize(
    "filled", ["{{ .Name }}", "{% if a %}", "<%= a %>", "${NAME}", "$NAME"]
)
def test_a_template_is_recognised_and_not_read(filled: str) -> None:
    text = CLAIM.replace("claim}", f"'{filled}'}}")
    found = read_all({"a.yaml.tpl": text, "b.yaml.j2": text, "claim.yaml": CLAIM})
    assert [each.where.span().path for each in found.resources] == ["claim.yaml"]
    assert found.recognised == (
        ("kubernetes-template", "a.yaml.tpl"),
        ("kubernetes-template", "b.yaml.j2"),
    )


def test_a_variable_of_a_shell_makes_no_template_of_what_is_not_called_one() -> None:
    text = CLAIM.replace("claim}", "claim, annotations: {run: 'echo $HOME ${HOME}'}}")
    assert len(read_all({"pod": text, "pod.YAML": text}).resources) == 2


def test_files_of_a_charts_templates_are_the_charts() -> None:
    chart = {
        "chart/Chart.yaml": "name: a\n",
        "chart/templates/_a.tpl": CLAIM,
        "other/templates/a.tpl": CLAIM,
    }
    read = [each.where.span().path for each in read_all({**chart}).resources]
    assert read == ["other/templates/a.tpl"], "a chart of helpers alone makes nothing"


@pytest.mark.parametrize(
    "name", ["a.yaml", "b/c.yml", "a.json", "stack", "a.template", "a.CFN"]
)
def test_templates_of_a_cloud_are_recognised_wherever_they_lie(name: str) -> None:
    found = read_all({name: TEMPLATE, "other.yaml": "a: b\n"})
    assert found.recognised == (("cloudformation", name),)
    assert found.skipped == ("other.yaml",)


def test_one_that_is_not_utf_8_is_recognised_too() -> None:
    found = read_all({"a.yaml": TEMPLATE.encode() + b"# \xe9\n"})
    assert found.recognised == (("cloudformation", "a.yaml"),)


def test_no_more_than_the_beginning_of_a_file_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"x" * 100_000)
    reader = discover([tmp_path])
    assert len(reader.peek("binary", HEAD)) == HEAD
