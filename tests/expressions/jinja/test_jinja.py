"""Jinja's templates and expressions over values that may be unknown: each row judged by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sovlint.expressions.jinja.evaluation import MISSING
from sovlint.expressions.jinja.statements import JinjaSource, native
from sovlint.expressions.jinja.ways import TriedWay, ways
from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.text import TemplateHole, TemplateHoles, is_hole
from sovlint.expressions.templates.values import List, Map


class Given:
    """Variables that are given, and nothing else."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def value(self, name: str, run: TemplateRun) -> Any:
        """See ``JinjaScope``."""
        return self.values.get(name, MISSING)

    def call(
        self, name: str, run: TemplateRun, arguments: list[Any], named: Mapping[str, Any]
    ) -> Any:
        """See ``JinjaScope``."""
        return MISSING

    def template(self, name: str) -> tuple[str, str] | None:
        """See ``JinjaScope``."""
        return ("inner.j2", "<{{ x }}{{ m.a }}>") if name == "inner.j2" else None


def tried(text: str, work: int = 100_000) -> list[TriedWay[Any]]:
    """All ways in which a text comes out. ``unset`` has no value."""
    values = {
        "x": "X",
        "l": List(["p", "q"]),
        "m": Map({"a": "deep", "n": 3}),
        "yes": True,
        "host": "db.example.org",
    }
    source = JinjaSource(text, "a.j2")
    return list(
        ways(
            lambda run: native(source, run, Given(values)),
            TemplateHoles(),
            Purse(work, 0, [0]),
        )
    )


def shown(value: Any) -> Any:
    """A value with ``?`` for what isn't known."""
    if isinstance(value, TemplateHole):
        return "?"
    if isinstance(value, str):
        return "".join("?" if is_hole(each) else each for each in value)
    if isinstance(value, list):
        return [shown(each) for each in value]
    return (
        {key: shown(item) for key, item in value.items()}
        if isinstance(value, dict)
        else value
    )


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("plain", ["plain"]),
        ("a {{ x }} {{ unset }}", ["a X ?"]),
        ("{{ m.n }}", [3]),
        ("{{ m['a'] ~ '-' ~ m.n }}", ["deep-3"]),
        ("{{ unset | default('d') }}", ["d"]),
        ("{{ m.none | default('d') }}", ["d"]),
        ("{{ unset.b.c | default('d', true) }}", ["d"]),
        ("{{ m.none }}", ["?"]),
        ("{% if unset is defined %}A{% else %}B{% endif %}", ["A", "B"]),
        ("{% if x is defined %}A{% else %}B{% endif %}", ["A"]),
        ("{% if unset %}A{% elif yes %}B{% endif %}{% if unset %}C{% endif %}", ["AC", "B"]),
        ("{{ 'a' if unset == 'prod' else 'b' }}", ["a", "b"]),
        ("{{ 'a' if x == 'X' and 'p' in l else 'b' }}", ["a"]),
        ("{% for i in l %}{{ loop.index }}{{ i }}{% if not loop.last %},{% endif %}{% endfor %}", ["1p,2q"]),
        ("{% for k, v in m.items() %}{{ k }}={{ v }};{% endfor %}", ["a=deep;n=3;"]),
        ("{% for i in unset %}[{{ i.a }}]{% endfor %}", ["[?]", ""]),
        ("{% for i in l if i != 'p' %}{{ i }}{% else %}none{% endfor %}", ["q"]),
        ("{% for i in l %}{% if i == 'q' %}{% break %}{% endif %}{{ i }}{% endfor %}", ["p"]),
        ("{% set y = m.n + 1 %}{{ y }}", ["4"]),
        ("{% set ns = namespace(v=1) %}{% for i in l %}{% set ns.v = ns.v + 1 %}{% endfor %}{{ ns.v }}", ["3"]),
        ("{% macro f(a, b='q') %}<{{ a }}{{ b }}>{% endmacro %}{{ f(1) }}{{ f(x, b=2) }}", ["<1q><X2>"]),
        ("{% include 'inner.j2' %}{% include 'other.j2' %}", ["<Xdeep>?"]),
        ("{% raw %}{{ x }}{% endraw %}{# no #}", ["{{ x }}"]),
        ("#jinja2: lstrip_blocks:True\n  {% if x %}\nB\n  {% endif %}", ["B\n"]),
        ("{{ host | upper | replace('.', '-') }}", ["DB-EXAMPLE-ORG"]),
        ("{{ l | join('+') }}{{ l | length }}", ["p+q2"]),
        ("{{ x | b64encode }}{{ 'WA==' | b64decode }}", ["WA==X"]),
        ("{{ 'yes' | bool }}", [True]),
        ("{{ '8' | int + 1 }}", [9]),
        ("{{ l | map('upper') | list }}", [["P", "Q"]]),
        ("{{ m | to_json }}", ['{"a":"deep","n":3}']),
        ("{{ 'a: [1, {b: c}]' | from_yaml }}", [{"a": [1.0, {"b": "c"}]}]),
        ("{{ m | combine({'n': 4, 'z': unset}) }}", [{"a": "deep", "n": 4, "z": "?"}]),
        ("{{ m | dict2items | map(attribute='key') | list }}", [["a", "n"]]),
        ("{{ unset | regex_replace('a', 'b') }}{{ x | nobody_knows(1) }}", ["??"]),
        ("{{ 'a\nb' | indent(2) }}", ["a\n  b"]),
        ("{{ unset[:3] }}{{ x[:1] }}", ["?X"]),
        ("{{ l[1:] }}", [["q"]]),
        ("{{ l[:0] }}{{ host[3::2] }}{{ host[unset:] }}{{ host[::0] }}", ["[]eapeog??"]),
        ("{{ [['q', ['p']], 'p'] | flatten | unique | sort }}", [["p", "q"]]),
        ("{{ x | flatten }}{{ [unset] | sort }}{{ [1] | unique }}", ["???"]),
        ("{{ m | dict2items | items2dict }}", [{"a": "deep", "n": 3}]),
        ("{{ x | items2dict }}{{ l | items2dict }}{{ [{'key': unset}] | items2dict }}", ["???"]),
        ("{{ '1.5' | float }}", [1.5]),
        ("{{ x | float(7) }} {{ unset | float }}", ["7 ?"]),
        ("{{ host | quote }} {{ 'a b' | quote }} {{ '' | quote }}", ["db.example.org ? ?"]),
        ("{% filter upper | replace('X', 'y') %}<{{ x }}>{% endfilter %}", ["<y>"]),
        ("{% set y | lower %}<{{ x }}>{% endset %}{{ y }}", ["<x>"]),
        ("{% macro f(a) %}{{ a }}{% endmacro %}{{ f() }}{{ f(a=x) }}", ["?X"]),
        ("{{ 7 // 0 }}{{ 9 ** 99999 }}", ["??"]),
    ],
)  # fmt: skip
def test_what_a_text_comes_to(text: str, outcomes: list[Any]) -> None:
    """In each way in which what isn't known may decide; all true first."""
    found = tried(text)
    assert [each.error for each in found] == [None] * len(outcomes)
    assert [shown(each.result) for each in found] == outcomes


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n{% if %}", 2),
        ("a\n\n{{ x", 3),
        ("{% nothing %}", 1),
        ("{% extends 'base.j2' %}", 1),
        ("{% macro f() %}{{ f() }}{% endmacro %}\n{{ f() }}", 1),
        ("{% for a in range(9999999) %}{{ a }}{% endfor %}", 1),
        ("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", 1),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_line(text: str, line: int) -> None:
    """In bounded time; it is never raised further."""
    (found,) = tried(text)
    assert found.error is not None
    assert found.error.line == line
    assert found.result is None


def test_of_too_many_ways_it_is_said_that_there_are_more() -> None:
    """Each decision has been tried both ways by then."""
    text = "".join(f"{{% if a{n} %}}{n};{{% endif %}}" for n in range(30))
    found = tried(text)
    assert len(found) == 16
    assert [each.beyond for each in found] == [False] * 15 + [True]
