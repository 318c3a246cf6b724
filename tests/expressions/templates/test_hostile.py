"""Templates that would never end, or fill the memory: each ends soon, with an error that says what and where."""

from __future__ import annotations

import time
from typing import Any

import pytest

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.limits import (
    MAX_CALLS,
    MAX_NESTING,
    MAX_SOURCE,
    MAX_WORLDS,
)
from sovlint.expressions.templates.running import TemplateError, TooCostlyError
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.template_set import RenderedTemplate, TemplateSet
from sovlint.expressions.templates.values import Map
from tests.expressions.templates.rendering import PATH, hole, mapped

WORK = 500_000
SECONDS = 3.0
"""Of the processor, where one such template takes a tenth of that."""

SHARED = '{{ $d := dict "a" 1 }}{{ range 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}'
"""A value with 2**60 parts, of which each is there once."""
ITSELF = '{{ $d := dict }}{{ $_ := set $d "a" $d }}'

COSTLY = [
    ("{{ range 1000000000000 }}x{{ end }}", 1),
    ("{{ range 1000000 }}{{ range 1000000 }}{{ end }}{{ end }}", 20),
    ("{{ range until 1000000000 }}x{{ end }}", 10),
    ('{{ repeat 1000000000 "x" }}', 4),
    ('{{ $s := repeat 100000 "x" }}{{ range 100000 }}{{ $s }}{{ end }}', 48),
    ("{{ $l := list 1 }}{{ range 100 }}{{ $l = concat $l $l }}{{ end }}", 42),
    ('{{ define "r" }}{{ include "r" . }}{{ include "r" . }}{{ end }}{{ include "r" . }}', 20),
    ('{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" . }}', 17),
    (
        '{{ define "r" }}{{ range 9 }}{{ include "r" . }}{{ end }}{{ end }}'
        '{{ define "t" }}{{ if .n }}{{ include "t" (dict "n" (sub .n 1)) }}'
        '{{ include "t" (dict "n" (sub .n 1)) }}{{ end }}{{ end }}{{ include "t" (dict "n" 60) }}',
        None,
    ),
    ("{{ tpl .Values.loop . }}", 4),
    (SHARED + "{{ $d }}", 75),
    (SHARED + "{{ toYaml $d }}", None),
    (SHARED + "{{ toJson $d }}", None),
    (SHARED + "{{ $x := deepCopy $d }}", None),
    (ITSELF + "{{ $d }}", 42),
    ('{{ $l := list .Values.h }}{{ range 60 }}{{ $l = list $l $l }}{{ end }}{{ join "," $l }}', None),
]  # fmt: skip
"""Each with the column at which it ends, where that is always the same."""

CHEAP = [
    SHARED + "{{ deepEqual $d $d }}{{ has $d (list $d) }}",
    SHARED + "{{ $e := set $d `h` .Values.h }}{{ semver $d }}{{ regexMatch `a` $d }}",
    "{{ $h := .Values.h }}{{ range 300 }}{{ $h = print $h $h | upper | sha256sum }}{{ end }}{{ $h }}",
    "{{ $h := .Values.h }}{{ range 3000 }}{{ $h = $h.x }}{{ end }}{{ $h }}",
    "{{ if 0 }}" + "{{ else if 0 }}x" * 3_000 + "{{ end }}",
    '{{ "a" ' + "| print " * 90 + "}}",
    "{{ .Values.h" + ".a" * 3_000 + " }}",
    "{{ if 1 }}" * 60 + "{{ " + "(" * 30 + "1" + ")" * 30 + " }}" + "{{ end }}" * 60,
    "x {{- 1 }}" + " " * 200_000 + "{{- 1 -}}" + " " * 200_000,
]

UNREADABLE = [
    ("{{ " + "(" * 20_000 + "}}", f"more than {MAX_NESTING} levels of nesting"),
    ("{{ if 1 }}" * 5_000, f"more than {MAX_NESTING} levels of nesting"),
    ("{{" * 100_000, 'unexpected "{" in action'),
    ("{{ 1 " + "| print " * 200 + "}}", f"more than {MAX_NESTING} commands in one pipeline"),
    ("{{/*" * 100_000, "unclosed comment"),
    ('{{ "' + "\\" * 200_001, "unterminated quoted string"),
    ("{{ 1" + " " * 200_000 + "-" + " " * 200_000, "bad number syntax: '-'"),
    ("{{ " + "9" * 200_000 + " }}", "integer overflow"),
    ("x" * (MAX_SOURCE + 1), f"a template of more than {MAX_SOURCE} characters"),
]


def made_of(text: str, work: int = WORK) -> list[RenderedTemplate]:
    """All that a template makes, with the functions that Helm has."""
    templates = TemplateSet([TemplateSource("a", PATH, text)], FUNCTIONS)
    for error in templates.failures.values():
        raise error
    values: dict[str, Any] = {
        "h": hole("h"),
        "loop": "{{ tpl .Values.loop . }}{{ tpl .Values.loop . }}",
    }
    return list(templates.render("a", Map({"Values": mapped(values)}), Purse(work, 0, [0])))


@pytest.mark.timed
@pytest.mark.parametrize(("text", "column"), COSTLY)
def test_what_would_never_end_ends(text: str, column: int | None) -> None:
    """The error says what, and where."""
    began = time.process_time()
    (made,) = made_of(text)
    assert time.process_time() - began < SECONDS
    assert isinstance(made.error, TooCostlyError)
    assert made.beyond
    assert (made.error.path, made.error.line) == (PATH, 1)
    assert column is None or made.error.column == column


@pytest.mark.timed
@pytest.mark.parametrize("text", CHEAP)
def test_what_looks_dear_is_made(text: str) -> None:
    """What is shared is gone through once; what nests in a row doesn't nest."""
    began = time.process_time()
    made = made_of(text)
    assert time.process_time() - began < SECONDS
    assert [each.error for each in made] == [None]


@pytest.mark.timed
@pytest.mark.parametrize(("text", "message"), UNREADABLE)
def test_what_can_not_be_read_is_told_soon(text: str, message: str) -> None:
    """With its place."""
    began = time.process_time()
    with pytest.raises(TemplateError, match=r".") as raised:
        made_of(text)
    assert time.process_time() - began < SECONDS
    assert raised.value.message.startswith(message)
    assert raised.value.line == 1


def test_calls_within_calls_are_counted_whatever_was_left() -> None:
    """A chain that ends before the last one that is allowed is executed."""
    text = (
        '{{ define "r" }}{{ if . }}{{ include "r" (sub . 1) }}{{ else }}end{{ end }}{{ end }}'
    )
    (made,) = made_of(text + f'{{{{ include "r" {MAX_CALLS - 2} }}}}')
    assert (made.error, str(made.text)) == (None, "end")


def test_thousands_of_decisions_make_no_more_ways_than_are_tried() -> None:
    """And none is kept that won't be."""
    made = made_of(
        "{{ range $i := until 500 }}{{ if index $.Values.h $i }}x{{ end }}{{ end }}",
        10_000_000,
    )
    assert len(made) == MAX_WORLDS
    assert made[-1].beyond
