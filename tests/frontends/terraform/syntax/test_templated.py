"""Files that are templates of another program: told from files that are merely wrong, and read for what is sure."""

from __future__ import annotations

import time

import pytest

from sovlint.frontends.terraform.syntax.hcl import parse
from sovlint.frontends.terraform.syntax.templated import whole
from sovlint.model.source import SourceFile

BLOCK = b'resource "cloud_bucket" "a" {\n  name = "a"\n}\n'

TEMPLATE = whole("main.tf").note.key


def keys(text: bytes) -> list[str]:
    return [failure.note.key for failure in parse(SourceFile("main.tf", text))[1]]


@pytest.mark.parametrize(
    "line",
    [
        b"{{range .buckets}}",
        b'{{- if eq .kind "a" }}',
        b"{{ end -}}",
        b"{{.x}}",
        b"{{$name := .x}}",
        b"{{/* a comment */}}",
        b'{{ template "x" . }}',
        b"{{ toJson .x }}",
        b"  {{- with .y}}",
        b"a = {{.x}}",
        b"a = {{ hcl .x }}",
        b"{% for a in b %}",
        b"{%- endfor %}",
        b"a = {{ name | default('x') }}",
        b"{{ name }}",
        b"<% if a %>",
        b"a = <%= a %>",
    ],
)
def test_an_action_outside_of_texts_makes_a_template(line: bytes) -> None:
    assert keys(BLOCK + line + b"\n") == [TEMPLATE]
    assert keys(line.replace(b"\n", b"\r\n") + b"\r\n" + BLOCK) == [TEMPLATE]


@pytest.mark.parametrize(
    "text",
    [
        b'a = {{ b = 1 }}\nresource "x" {\n',  # a mistake
        b"a = {{}}\n",
        b"a = { {\n",
        b'# {{range .x}}\nresource "cloud_bucket" "a" {\n',
        b'/*\n{{range .x}}\n*/\nresource "cloud_bucket" "a" {\n',
        b'locals {\n  a = <<-EOT\n{{range .x}}\n  EOT\n}\nresource "cloud_bucket" "a" {\n',
        b'locals {\n  a = "{{range .x}}"\n}\nresource "cloud_bucket" "a" {\n',
    ],
)
def test_a_mistake_stays_a_failure(text: bytes) -> None:
    found = keys(text)
    assert found
    assert TEMPLATE not in found


@pytest.mark.parametrize(
    "text",
    [
        b'locals {\n  a = "{{.x}}"\n}\n',
        b"locals {\n  a = <<EOT\n{{range .x}}\n{{end}}\nEOT\n}\n",
        b"# {{range .x}}\n" + BLOCK,
        b"/*\n{{range .x}}\n*/\n" + BLOCK,
        b"locals {\n  a = {for k, v in {} : k => v}\n}\n",
    ],
)
def test_what_is_hcl_is_no_template(text: bytes) -> None:
    assert keys(text) == []


def test_only_what_stands_once_and_whole_is_read() -> None:
    text = (
        BLOCK
        + b'resource "cloud_bucket" "b" {\n  name = {{.x}}\n}\n'
        + b'{{if .x}}\nresource "cloud_bucket" "c" {}\n{{else}}\nresource "cloud_bucket" "c" {}\n{{end}}\n'
        + b'locals {\n  region = "a"\n}\nprovider "cloud" {}\nvariable "v" {}\nregion = "a"\n'
    )
    body, _ = parse(SourceFile("main.tf", text))
    assert [block.labels for block in body.blocks] == [("cloud_bucket", "a")]
    assert not body.attributes


@pytest.mark.timed
def test_a_hostile_text_takes_no_long() -> None:
    begun = time.perf_counter()
    keys(b"a = <<A\n" * 60_000 + b"}")
    keys(b"/*\n" * 100_000)
    keys(b"{{" * 200_000)
    keys((b"{{ " + b"a" * 1_000 + b" " * 1_000 + b"|\n") * 200)
    assert time.perf_counter() - begun < 20
