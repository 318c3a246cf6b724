"""What holds of all templates: texts of any kind are read or refused, and an unknown value may be any known one."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.syntax.parser import parse
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.template_set import RenderedTemplate, TemplateSet
from sovlint.expressions.templates.text import is_hole
from sovlint.expressions.templates.values import Map
from tests.expressions.templates.rendering import PATH, hole, mapped

FRAGMENTS = st.sampled_from(
    [
        "{{", "}}", "{{- ", " -}}", "{{/*", "*/}}", "if ", "else ", "else", "end", "range ", "with ", "define ", "block ",
        "template ", "break", "continue", "nil", "true", '"a"', "`b`", "'c'", '"', "`", "\\", "$", "$x", ".", ".a", ".a.b",
        "$x.y", ":=", "=", ",", "|", "(", ")", "1", "0x", "1e", "-", "+", "a", "print", " ", "\n", "\r\n", "é", "\u3000",
        "{", "}", "\x00", "\ue000", "\U0001f600", "{{ if .a }}", "{{ end }}", "{{ range $i, $v := .b }}", "{{ else }}",
    ]
)  # fmt: skip
CHEAP = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def refusal_of(text: str) -> TemplateError | None:
    """Why a text can't be read."""
    try:
        parse(TemplateSource("a", PATH, text))
    except TemplateError as error:
        return error
    return None


@CHEAP
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    """Nothing but a ``TemplateError`` is raised."""
    error = refusal_of(text)
    lines = text.split("\n")
    if error is not None:
        assert error.message
        assert error.path == PATH
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1


VALUES = st.one_of(
    st.sampled_from(["", "a", "b", "on", "a\nb"]),
    st.booleans(),
    st.sampled_from([0.0, 1.0, 30000.0]),
    st.none(),
    st.lists(st.sampled_from(["a", "b"]), max_size=3),
    st.dictionaries(st.sampled_from(["a", "n"]), st.sampled_from(["", "a", "b"]), max_size=2),
)
NAMES = ("x", "y", "z")
NAME = st.sampled_from([f".Values.{name}" for name in NAMES])
TEXT = st.one_of(
    NAME,
    NAME.map("print {}".format),
    NAME.map("quote {}".format),
    NAME.map("default `d` {}".format),
    NAME.map("coalesce {} `e`".format),
    NAME.map("toYaml {} | indent 2".format),
    NAME.map("printf `%v-%v` `p` {}".format),
    st.tuples(NAME, NAME).map("or {0[0]} {0[1]}".format),
    st.tuples(NAME, NAME).map("and {0[0]} {0[1]}".format),
    st.tuples(NAME, NAME, NAME).map("ternary {0[0]} {0[1]} (empty {0[2]})".format),
)
CONDITION = st.one_of(
    NAME,
    NAME.map("not {}".format),
    NAME.map("eq (toString {}) `a`".format),
    NAME.map("contains `a` (print {})".format),
    NAME.map("kindIs `map` {}".format),
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Templates made of smaller ones."""
    body = st.lists(inner, min_size=1, max_size=2).map("".join)
    return st.one_of(
        st.tuples(CONDITION, body, body).map("{{{{ if {0[0]} }}}}{0[1]}{{{{ else }}}}{0[2]}{{{{ end }}}}".format),
        st.tuples(NAME, body).map("{{{{ with {0[0]} }}}}<{{{{ . }}}}>{{{{ else }}}}{0[1]}{{{{ end }}}}".format),
    )  # fmt: skip


TEMPLATES = st.lists(
    st.recursive(
        st.one_of(st.just("text;"), TEXT.map("{{{{ {} }}}};".format)), nested, max_leaves=4
    ),
    min_size=1,
    max_size=3,
).map("".join)


def made_of(text: str, values: dict[str, Any]) -> list[RenderedTemplate]:
    """All that a template makes."""
    templates = TemplateSet([TemplateSource("a", PATH, text)], FUNCTIONS)
    assert templates.failures == {}
    data = Map({"Values": mapped(values)})
    return list(templates.render("a", data, Purse(1_000_000, 0, [0])))


def may_be(made: RenderedTemplate, text: str) -> bool:
    """Whether a text is what an execution made, each hole standing for anything."""
    pattern = "".join(".*" if is_hole(each) else re.escape(each) for each in made.text)
    return made.error is None and re.fullmatch(pattern, text, re.DOTALL) is not None


@CHEAP
@given(
    TEMPLATES,
    st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES)),
    st.sets(st.sampled_from(NAMES), min_size=1),
)
def test_what_known_values_make_is_among_what_unknown_ones_make(
    text: str, values: dict[str, Any], hidden: set[str]
) -> None:
    """Whichever of the values isn't known."""
    (known,) = made_of(text, values)
    if known.error is not None:
        return
    unknown = made_of(text, {**values, **{name: hole(name) for name in hidden}})
    if not unknown[-1].beyond:
        assert any(may_be(made, str(known.text)) for made in unknown), [
            (str(made.text), made.error) for made in unknown
        ]
