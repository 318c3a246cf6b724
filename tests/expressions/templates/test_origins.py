"""Where each stretch of a rendered text is from."""

from __future__ import annotations

from typing import Any

from sovlint.expressions.templates.output import origin_at
from sovlint.expressions.templates.text import Origin, PlacedText
from sovlint.model.source import Span
from tests.expressions.templates.rendering import PATH, worlds

VALUES_PATH = "chart/values.yaml"


def written(text: str, line: int) -> PlacedText:
    """A value as it is written in a values file."""
    return PlacedText.written(text, Span(VALUES_PATH, line, 5, line, 5 + len(text)))


def origin_of(stretch: str, template: str, **values: Any) -> Origin:
    """Where a stretch of what a template makes is from."""
    (made,) = worlds(template, **values)
    assert made.error is None
    found = origin_at(made.text.origins, made.text.index(stretch))
    assert found is not None
    return found


def where(origin: Origin) -> tuple[str, str]:
    """The place in the template and that of the value, as ``line:column``."""
    place, value = origin.where, origin.value
    assert place is not None
    assert place.path == PATH
    assert value is None or value.path == VALUES_PATH
    return (
        f"{place.line}:{place.column}",
        "" if value is None else f"{value.line}:{value.column}",
    )


def test_literal_text_is_from_where_it_begins() -> None:
    """Its lines are those of the template."""
    origin = origin_of("b", "x\n{{ 1 -}}\n\n  b\nc")
    assert where(origin) == ("4:3", "")
    assert origin.lines


def test_an_action_prints_a_value_that_is_written_elsewhere() -> None:
    """Both places are known."""
    assert where(origin_of("here", "a: {{ .Values.x }}", x=written("here", 7))) == (
        "1:4",
        "7:5",
    )
    assert where(origin_of("5", "a:\n  {{ .Values.x }}", x=5)) == ("2:3", "")


def test_what_another_template_writes_is_from_there() -> None:
    """Whoever includes it only hands it on."""
    template = '{{ define "t" }}\nn: {{ . }}{{ end }}a{{ include "t" .Values.x }}'
    assert where(origin_of("n:", template, x=written("here", 7))) == ("1:17", "")
    assert where(origin_of("here", template, x=written("here", 7))) == ("2:4", "7:5")


def test_a_value_that_is_a_template_is_from_the_values_file() -> None:
    """And from the action that expands it."""
    text = written("{{ .Values.y }} and {{ 1 }}", 7)
    template = "a: {{ tpl .Values.x . }}"
    assert where(origin_of("and", template, x=text, y=written("there", 9))) == ("1:4", "7:5")
    assert where(origin_of("there", template, x=text, y=written("there", 9))) == (
        "1:4",
        "9:5",
    )
    assert where(origin_of("1", template, x=text, y=written("there", 9))) == ("1:4", "7:5")


def test_what_helm_takes_out_moves_what_comes_after_it() -> None:
    """Helm removes what Go prints for nil."""
    assert where(origin_of("b", "{{ .Values.x }}{{ .Values.x }}b")) == ("1:31", "")
    assert where(origin_of("c", "{{ .Values.x }}b{{ .Values.y }}", y="c")) == ("1:17", "")
