"""What templates make of known values. Helm 4.3.1 gives the same for each row."""

from __future__ import annotations

from typing import Any

import pytest

from tests.expressions.templates.rendering import refusal, rendered

VALUES: dict[str, Any] = {
    "s": "ab", "l": ["p", "q"], "m": {"b": 1, "a": "z"}, "t": True, "f": False, "zero": 0.0, "nils": [None], "e": "",
    "el": [], "em": {},
}  # fmt: skip

MADE = [
    # blanks and comments
    ('a   {{- "b" -}}    c', "abc"),
    ("a   {{- /* x */ -}}    c", "ac"),
    ("a   {{/* x */}}    c", "a       c"),
    ("a {{/* x */ -}} \n c", "a c"),
    ("{{-3}}", "-3"),
    ("{{- 3}}", "3"),
    ("{{3 -}}\n b", "3b"),
    ("{{ 3\t-}} b", "3b"),
    ("{{ .Values.s\n}}", "ab"),
    ("{{/*\n*/}}a", "a"),
    ('{{ "}}" }}{{`}}`}}{{ "{{" }}{{"a"}}}}', "}}}}{{a}}"),
    # constants
    ("{{ 0x1F }} {{ 0b11 }} {{ 0o17 }} {{ 017 }} {{ 1_000 }} {{ .5 }} {{ 5. }} {{ +3 }}", "31 3 15 15 1000 0.5 5 3"),
    (r"{{ 'a' }} {{ '\n' }} {{ '\x41' }}", "97 10 65"),
    (r'{{ "\101\x41\u00e9\"" }}{{ `raw\n` }}', 'AAé"raw\\n'),
    # fields of nil
    ("[{{ .Values.none }}]", "[]"),
    ("[{{ (.Values.none).x }}]", "[]"),
    ("{{ $x := .Values.none }}[{{ $x.y.z }}]", "[]"),
    ("{{ range .Values.nils }}[{{ . }}]{{ end }}", "[]"),
    ('{{ define "t" }}{{ .x }}|{{ . }}{{ end }}{{ template "t" }}{{ include "t" nil }}', "||"),
    ("{{ quote .Values.none }}", '"<nil>"'),
    ('{{ define "n" }}{{ .Values.none }}{{ end }}{{ if include "n" . }}a{{ else }}b{{ end }}', "a"),
    ('<no value>a{{ "<no value>" | quote }}', 'a""'),
    # conditions and variables
    ("{{ if .Values.zero }}a{{ else }}b{{ end }}", "b"),
    ("{{ if .Values.f }}a{{ else if .Values.e }}b{{ else if .Values.t }}c{{ else }}d{{ end }}", "c"),
    ("{{ if .Values.f }}a{{ else }}b{{ end }}", "b"),
    ("{{ with .Values.none }}a{{ else with .Values.s }}{{ . }}{{ else }}c{{ end }}", "ab"),
    ("{{ with $x := 5 }}{{ $x }}{{ . }}{{ end }}", "55"),
    ("{{ with $x := .Values.e }}a{{ else }}[{{ $x }}]{{ end }}", "[]"),
    ("{{ $i := 1 }}{{ if $i := 2 }}{{ $i }}{{ end }}{{ $i }}", "21"),
    ("{{ $x := 1 }}{{ ($x = 2) }}{{ $x }}{{ ($y := 3) }}{{ $y }}", "2233"),
    ("{{ with .Values.m }}{{ $.Values.s }}{{ .a }}{{ end }}", "abz"),
    ("{{ and 1 0 .Values.none.x }}{{ or 0 1 .Values.none.x }}{{ 1 | and 2 }}{{ 0 | or 0 }}", "0110"),
    # loops
    ("{{ range 3 }}{{ . }}{{ end }}{{ range $i := 2 }}{{ $i }}{{ end }}", "01201"),
    ("{{ range $k, $v := .Values.m }}{{ $k }}={{ $v }};{{ end }}", "a=z;b=1;"),
    ("{{ range .Values.el }}x{{ else }}no{{ end }}{{ range .Values.em }}x{{ else }}no{{ end }}", "nono"),
    ("{{ range .Values.none }}x{{ else }}no{{ end }}", "no"),
    ("{{ $i := 1 }}{{ range $i, $v := .Values.l }}{{ end }}{{ $i }}", "1"),
    ("{{ $i := 1 }}{{ $v := 2 }}{{ range $i, $v = .Values.l }}{{ end }}{{ $i }}{{ $v }}", "1q"),
    ('{{ range .Values.l }}{{ if eq . "q" }}{{ break }}{{ end }}{{ . }}{{ end }}', "p"),
    ('{{ range .Values.l }}{{ if eq . "p" }}{{ continue }}{{ end }}{{ . }}{{ end }}', "q"),
    ("{{ range .Values.l }}{{ with 1 }}{{ break }}{{ end }}{{ end }}.", "."),
    # pipelines
    ('{{ print 1 | print "a" | quote }}', '"a1"'),
    ('{{ (dict "a" (dict "b" 1)).a.b }}{{ ((("c"))) }}', "1c"),
    ("{{ .Values.s | quote | }}", '"ab"'),
    ("{{ print 1 -1 }}", "1-1"),
    ("{{ .Values.é }}{{ .Values.l }}{{ .Values.m }}", "[p q]map[a:z b:1]"),
    # templates by name
    ('{{ define "d" }}A{{ end }}{{ define "d" }} {{ end }}{{ template "d" }}', "A"),
    ('{{ block "d" .Values.s }}<{{ . }}>{{ end }}', "<ab>"),
    ('{{ template "d" .Values.s }}{{ define "d" }}{{ . }}{{ $ }}{{ end }}', "abab"),
    # texts that are templates
    ('{{ tpl "{{ .Values.s }}" . }}{{ tpl "" . }}{{ tpl "x" nil }}', "abx"),
    ('{{ tpl "{{ define `z` }}Z{{ .Values.s }}{{ end }}{{ include `z` . }}" . }}', "Zab"),
    ('{{ define "u" }}{{ include "z" . }}{{ end }}{{ tpl "{{ define `z` }}Z{{ end }}{{ include `u` . }}" . }}', "Z"),
    ('[{{ tpl "{{ .Values.none }}" . | quote }}]', '[""]'),
]  # fmt: skip

REFUSED = [
    ("{{ (1 }}", 'unexpected "}}" in parenthesized pipeline', 7),
    ("{{ 1) }}", 'unexpected ")" in command', 5),
    ("{{ 1a }}", "bad number syntax: '1a'", 4),
    ("{{ 1e }}", "bad number syntax: 1e", 4),
    ("{{ 08 }}", "bad number syntax: 08", 4),
    ("{{ 99999999999999999999 }}", "integer overflow: 99999999999999999999", 4),
    ('{{ "a""b" }}', 'unexpected ""b"" in operand', 7),
    ('{{ "a\nb" }}', "unterminated quoted string", 4),
    ("{{ `a }}", "unterminated raw quoted string", 4),
    ("{{ '' }}", "malformed character constant: ''", 4),
    ("{{- -}}", "bad number syntax: '-'", 5),
    ("{{ }}", "missing value for command", 4),
    ("{{ ( ) }}", "missing value for parenthesized pipeline", 6),
    ("{{ | print }}", 'unexpected "|" in command', 4),
    ('{{ "a" | 1 }}', "non executable command in pipeline stage 2", 10),
    ("{{ true.a }}", "unexpected . after term", 4),
    ("{{ .a.}}", 'unexpected "." in operand', 6),
    ("{{ a$ }}", "bad character U+0024 '$'", 5),
    ("{{ @ }}", 'unexpected "@" in action', 4),
    ("{{ \x01 }}", "unrecognized character in action: U+0001 '\\x01'", 4),
    ("{{ $x }}", 'undefined variable "$x"', 4),
    ("{{ $x, $y := 1 }}", "too many declarations in command", 6),
    ("{{ range $x, 1 := .Values.l }}{{ end }}", "range can only initialize variables", 14),
    ("{{ range .Values.l }}{{ end }}{{ break }}", "{{break}} outside {{range}}", 34),
    ("{{ if }}{{ end }}", "missing value for if", 7),
    ("{{ if true }}", "unexpected EOF", 14),
    ("{{ if true }}a{{ else }}b{{ else }}c{{ end }}", "expected end; found {{else}}", 29),
    ("{{ end }}", "unexpected {{end}}", 4),
    ("{{ else }}", "unexpected {{else}}", 4),
    ('{{ if true }}{{ define "x" }}{{ end }}{{ end }}', 'unexpected "define" in command', 17),
    ('{{ define "x" }}A{{ end }}{{ define "x" }}B{{ end }}', 'multiple definition of template "x"', 27),
    ("{{ define x }}{{ end }}", 'unexpected "x" in define clause', 11),
    ('{{ template "x" . 1 }}', 'can\'t give argument to non-function', 17),
    ("{{ none 1 }}", 'function "none" not defined', 4),
    ("{{/* a", "unclosed comment", 3),
    ("{{ /* a */ }}", 'unexpected "/" in action', 4),
    ("{{/* a */ }}", "comment ends before closing delimiter", 10),
    ("{{ print", "unclosed action", 9),
    # when they are executed
    ("{{ nil }}", "nil is not a command", 4),
    ("{{ .Values.s.x }}", "can't evaluate field x in type string", 4),
    ("{{ .Values.none.x }}", "nil pointer evaluating interface {}.x", 4),
    ("{{ range .Values.nils }}{{ .x }}{{ end }}", "nil pointer evaluating interface {}.x", 28),
    ("{{ range $v := .Values.nils }}{{ $v.x }}{{ end }}", "nil pointer evaluating interface {}.x", 34),
    ('{{ .Values.s "x" }}', "s is not a method but has arguments", 4),
    ('{{ "x" 1 }}', "can't give argument to non-function", 4),
    ("{{ range .Values.s }}{{ end }}", "range can't iterate over ab", 1),
    ("{{ range $i, $j := 3 }}{{ end }}", "can't use 3 to iterate over more than one variable", 1),
    ("{{ if true }}{{ $y := 1 }}{{ else }}{{ end }}{{ $y = 1 }}", "undefined variable: $y", 49),
    ('{{ template "none" }}', 'template "none" not defined', 1),
    ('{{ include "none" . }}', 'template "none" not defined', 4),
    ("{{ and }}", "wrong number of args for and: want at least 1 got 0", 4),
    ('{{ tpl "{{ $x }}" . }}', 'undefined variable "$x"', 4),
]  # fmt: skip


@pytest.mark.parametrize(("template", "text"), MADE)
def test_what_is_made(template: str, text: str) -> None:
    """As Helm makes it."""
    assert rendered(template, **VALUES) == text


@pytest.mark.parametrize(("template", "message", "column"), REFUSED)
def test_what_is_refused(template: str, message: str, column: int) -> None:
    """Helm refuses it too; the message says where."""
    assert refusal("\n\n" + template, **VALUES)[:2] == (
        message,
        3 + (message == "unterminated"),
    )
    assert refusal("\n\n" + template, **VALUES)[2] == column
