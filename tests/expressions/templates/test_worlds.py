"""What templates may make of values that aren't known."""

from __future__ import annotations

from sovlint.expressions.templates.limits import MAX_WORLDS
from sovlint.expressions.templates.values import Map
from tests.expressions.templates.rendering import hole, readable, rendered, ways, worlds


def test_each_side_of_a_condition_may_be() -> None:
    """Those ways come first that differ least from all being true."""
    template = "{{ if .Values.x }}A{{ if .Values.y }}B{{ end }}{{ else if .Values.z }}C{{ else }}D{{ end }}"
    assert ways(template, x=hole("x"), y=hole("y"), z=hole("z")) == {
        "AB": {"x": True, "y": True},
        "C": {"x": False, "z": True},
        "A": {"x": True, "y": False},
        "D": {"x": False, "z": False},
    }


def test_one_thing_is_decided_alike_everywhere() -> None:
    """Within one execution."""
    template = (
        "{{ if .Values.x }}1{{ end }}{{ with .Values.x }}2{{ end }}"
        '{{ range .Values.x }}3{{ end }}{{ or .Values.x "n" }}'
    )
    assert ways(template, x=hole("x")) == {"123<x>": {"x": True}, "n": {"x": False}}
    assert set(
        ways(
            '{{ if eq .Values.x "a" }}1{{ end }}{{ if eq .Values.x "a" }}2{{ end }}',
            x=hole("x"),
        )
    ) == {"12", ""}


def test_a_loop_over_what_is_not_known_stands_for_all_its_turns() -> None:
    """Or has none."""
    made = ways(
        "{{ range $k, $v := .Values.x }}{{ $k }}:{{ $v.name }}{{ else }}none{{ end }}",
        x=hole("x"),
    )
    assert set(made) == {"<x[#]>:<x[*].name>", "none"}


def test_an_open_map_may_have_more_keys() -> None:
    """Those that are known are there in any case."""
    entries = Map({"a": "1"})
    entries.rest = hole("rest")
    assert rendered("{{ .Values.m.a }}{{ .Values.m.b.c }}", m=entries) == "1<rest.b.c>"
    made = ways("{{ range $k, $v := .Values.m }}{{ $k }}={{ $v }} {{ end }}", m=entries)
    assert set(made) == {"a=1 <rest[...][#]>=<rest[...][*]> ", "a=1 "}
    empty = Map()
    empty.rest = hole("rest")
    assert set(ways("{{ if .Values.m }}y{{ else }}n{{ end }}", m=empty)) == {"y", "n"}


def test_what_fails_in_one_way_may_be_made_in_another() -> None:
    """Helm refuses the chart in that way alone."""
    made = ways('{{ if .Values.x }}{{ fail "no" }}{{ end }}a', x=hole("x"))
    assert made == {"error: no": {"x": True}, "a": {"x": False}}


def test_past_a_number_of_ways_it_is_said_that_there_are_more() -> None:
    """Each condition was tried both ways before that."""
    names = [f"v{number}" for number in range(20)]
    template = "".join(f"{{{{ if .Values.{name} }}}}{name};{{{{ end }}}}" for name in names)
    made = worlds(template, **{name: hole(name) for name in names})
    assert len(made) == MAX_WORLDS
    assert [each.beyond for each in made] == [False] * (MAX_WORLDS - 1) + [True]
    texts = [readable(each) for each in made]
    assert all(any(f"{name};" not in text for text in texts) for name in names)


def test_what_an_execution_changes_another_does_not_see() -> None:
    """The next template finds what the first execution left."""
    template = (
        '{{ if .Values.x }}{{ $_ := set .Values "a" "changed" }}{{ end }}{{ .Values.a }}'
    )
    assert set(ways(template, x=hole("x"), a="as it was")) == {"changed", "as it was"}


def test_what_becomes_of_an_unknown_text_that_is_a_template_is_not_known() -> None:
    """What is known around it is expanded."""
    assert rendered("{{ tpl .Values.x . }}", x=hole("x")) == "<tpl(<x>)>"
    assert (
        rendered('{{ tpl (print "a{{ .Values.s }}" .Values.x) . }}', x=hole("x"), s="b")
        == "ab<tpl(<x>)>"
    )
