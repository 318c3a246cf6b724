"""Functions of templates: what they give of known values, and what of values that aren't known."""

from __future__ import annotations

from typing import Any

import pytest

from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import TemplateError, TooCostlyError
from sovlint.expressions.templates.text import PlacedText, TemplateHole, origins_of
from sovlint.expressions.templates.values import Map
from sovlint.model.source import Span
from sovlint.model.value import Reason
from tests.expressions.templates.executions import LoneExecution, hole

KNOWN: list[tuple[Any, Any]] = [
    (("default", "x", 0), "x"),
    (("default", "x", "y"), "y"),
    (("coalesce", None, "", "a"), "a"),
    (("ternary", "a", "b", False), "b"),
    (("quote", 'a"b', 1.5, None), '"a\\"b" "1.5"'),
    (("squote", "a", True), "'a' 'true'"),
    (("print", 1, 2, "a", 3), "1 2a3"),
    (("print", 1e6, 123456.0), "1e+06 123456"),
    (("printf", "%s-%03d|%5.1f|%q|%v", "a", 7, 2.25, "x", {"b": 1, "a": [1.0]}), 'a-007|  2.2|"x"|map[a:[1] b:1]'),
    (("printf", "%d %s", "x"), "%!d(string=x) %!s(MISSING)"),
    (("printf", "a", 2), "a%!(EXTRA int=2)"),
    (("printf", "%s", 1.0), "%!s(float64=1)"),
    (("trunc", 2, "é!"), "é"),
    (("trunc", -2, "abc"), "bc"),
    (("trimSuffix", "-", "a--"), "a-"),
    (("join", "-", ["a", None, 2.0]), "a-2"),
    (("add", 1, "2", 3.7), 6),
    (("div", 7, -2), -3),
    (("mod", -7, 2), -1),
    (("until", 3), [0, 1, 2]),
    (("int", "0x1F"), 31),
    (("int", "08"), 0),
    (("atoi", "08"), 8),
    (("kindOf", {}), "map"),
    (("typeOf", ["a"]), "[]interface {}"),
    (("kindIs", "invalid", None), True),
    (("dig", "a", "b", "z", {"a": {}}), "z"),
    (("pick", {"a": 1, "b": 2}, "a", "c"), {"a": 1}),
    (("without", [1, 2, "2"], 2), [1, "2"]),
    (("has", 1, [1.0]), False),
    (("index", {"a": [1, 2]}, "a", 1), 2),
    (("eq", "a", "b", "a"), True),
    (("semverCompare", ">=1.19-0", "v1.28.3-gke.1"), True),
    (("semverCompare", "^1.2.0 || ~3.4", "3.5.0"), False),
    (("regexReplaceAll", "a(x*)b", "-ab-axxb-", "${1}W"), "-W-xxW-"),
    (("kebabcase", "HTTP20xOK"), "http-20x-ok"),
    (("b64dec", "aGk="), "hi"),
    (("b64dec", "aG\r\nk="), "hi"),
    (("toJson", {"a": "<b>", "c": [1.0, 1e21]}), '{"a":"\\u003cb\\u003e","c":[1,1e+21]}'),
    (("fromYaml", "a: 1\nb: [yes, 0o7]"), {"a": 1.0, "b": [True, 7.0]}),
    (("toYaml", {"a": [{"b": None, "c": []}], "yes": "no", "m": "x\ny", "n": 1e6}),
     'a:\n- b: null\n  c: []\nm: |-\n  x\n  y\n"n": 1000000\n"yes": "no"'),
    (("urlParse", "https://h:80/p?q#f"),
     {"scheme": "https", "host": "h:80", "hostname": "h", "path": "/p", "query": "q", "opaque": "", "fragment": "f",
      "userinfo": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("call", "given"), KNOWN, ids=lambda value: str(value)[:40])
def test_known_values(call: tuple[Any, ...], given: Any) -> None:
    assert LoneExecution().call(*call) == given


@pytest.mark.parametrize(
    "call",
    [
        ("htmlDate", 1),
        ("addf", 0.1, 0.2),
        ("urlJoin", {}),
        ("durationRound", "2h"),
        ("toToml", {}),
        ("wrap", 5, "a b"),
    ],
)
def test_what_decides_no_destination_is_not_worked_out(call: tuple[Any, ...]) -> None:
    given = LoneExecution().call(*call)
    assert isinstance(given, TemplateHole)
    assert given.unknown.reason is Reason.UNSUPPORTED_EXPRESSION
    assert given.unknown.detail == call[0]


def test_what_is_made_of_the_time_is_unknown_as_the_time_is() -> None:
    run = LoneExecution()
    now = run.call("now")
    assert now.unknown.reason is Reason.COMPUTED_AT_APPLY
    for call in (("unixEpoch", now), ("date", "2006", now), ("date", now, 0)):
        given, expected = run.call(*call), run.unknown(*call)
        assert (given.key, given.unknown.reason) == (expected.key, expected.unknown.reason)


def test_every_function_can_be_called() -> None:
    assert all(callable(FUNCTIONS[name]) for name in FUNCTIONS)


@pytest.mark.parametrize(
    "call",
    [
        ("fail", "no"),
        ("required", "no", ""),
        ("trunc", 1, 2),
        ("trunc", 1),
        ("eq", 1, 1.0),
        ("index", [1], 1),
        ("until", 1.0),
        ("div", 1, 0),
        ("set", None, "a", 1),
        ("semver", "x"),
        ("mustRegexMatch", "(", "a"),
    ],
    ids=str,
)
def test_what_go_refuses_is_an_error(call: tuple[Any, ...]) -> None:
    with pytest.raises(TemplateError):
        LoneExecution().call(*call)


@pytest.mark.parametrize(
    "call",
    [("until", 10**9), ("repeat", 10**9, "a"), ("untilStep", 0, 10**12, 1)],
    ids=str,
)
def test_what_costs_too_much_ends(call: tuple[Any, ...]) -> None:
    with pytest.raises(TooCostlyError):
        LoneExecution(purse=1_000_000).call(*call)


def test_a_pattern_without_signs_is_looked_for_in_a_text_of_any_length() -> None:
    given = LoneExecution().call(
        "regexReplaceAllLiteral", "\n  a: b", "x\n  a: b" * 100_000, ""
    )
    assert given == "x" * 100_000


def test_merge_changes_its_first_map_and_keeps_what_that_has() -> None:
    first, second = (
        Map({"a": 1, "n": {"x": 1}, "e": ""}),
        Map({"a": 2, "n": {"y": 2}, "e": "z"}),
    )
    merged = LoneExecution().call("merge", first, second)
    assert merged is first
    assert first == {"a": 1, "n": {"x": 1, "y": 2}, "e": "z"}


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("quote", "a<x>"), '"a<x>"'),
        (("printf", "%s-b", hole("x")), "<x>-b"),
        (("indent", 2, "a\n<x>"), "  a\n  <x>"),
        (("trunc", 63, "ab-<x>"), "ab-<trunc(63,ab-<x>)>"),
        (("trunc", 2, "ab-<x>"), "ab"),
        (("trimSuffix", "-", "ab-<x>"), "ab<trimSuffix(-,-<x>)>"),
        (("trimSuffix", "-", "ab<x>c"), "ab<x>c"),
        (("replace", ".", "-", "a.<x>"), "a-<replace(.,-,<x>)>"),
        (("replace", "ab", "-", "a<x>"), "<replace(ab,-,a<x>)>"),
        (("contains", "b", "abc<x>"), "true"),
        (("contains", "z", "abc<x>"), "<contains(z,abc<x>)>"),
        (("hasPrefix", "a", "abc<x>"), "true"),
        (("hasPrefix", "b", "abc<x>"), "false"),
        (("eq", "abc<x>", "abd"), "false"),
        (("eq", "ab<x>", "abd"), "<eq(ab<x>,abd)>"),
        (("default", "d", hole("x")), "<default(d,<x>)>"),
        (("default", "d", "a<x>"), "a<x>"),
        (("join", ",", ["a", hole("x"), "b"]), "a<join(,,<toString(<x>)>)>,b"),
        (("has", "a", ["a", hole("x")]), "true"),
        (("has", "b", ["a", hole("x")]), "<has(b,[a <x>])>"),
        (("toYaml", {"a": hole("x"), "b": "c<x>"}), "a: <x>\nb: c<x>"),
        (("hasKey", {"a": hole("x")}, "a"), "true"),
        (("fromYaml", "a: <x>\nb: c<x>"), "map[a:<x> b:c<x>]"),
        (("fromYaml", "a: 1\n<x>"), "<fromYaml(a: 1\n<x>)>"),
        (("tpl", "a<x>", {}), "a<x>"),
        (("lookup", "v1", "Secret", "", "n"), "<lookup(v1,Secret,,n)>"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_holes_stay_as_small_as_is_right(call: tuple[Any, ...], told: str) -> None:
    run = LoneExecution()
    arguments = [_with_hole(run, argument) for argument in call[1:]]
    given = run.call(call[0], *arguments)
    assert (f"<{given.key}>" if isinstance(given, TemplateHole) else run.told(given)) == told


def _with_hole(run: LoneExecution, value: Any) -> Any:
    """``<x>`` in a text as the character of a hole of that key."""
    if isinstance(value, str):
        return value.replace("<x>", run.holes.character(hole("x")))
    if isinstance(value, dict):
        return Map({key: _with_hole(run, item) for key, item in value.items()})
    return [_with_hole(run, item) for item in value] if isinstance(value, list) else value


def test_texts_keep_where_they_were_written() -> None:
    place = Span("values.yaml", 3, 5, 3, 9)
    value = PlacedText.written("abc-", place)
    run = LoneExecution()
    for call in (
        ("quote", value),
        ("trunc", 2, value),
        ("trimSuffix", "-", value),
        ("toYaml", [value]),
        ("printf", "%s", value),
        ("lower", value),
    ):
        assert [origin.value for _, origin in origins_of(run.call(*call))] == [place], call


def test_yaml_tells_where_numbers_were_written() -> None:
    value = Map({"port": 80.0}, {"port": Span("values.yaml", 7, 1, 7, 5)})
    written = LoneExecution().call("toYaml", value)
    assert {origin.value.line for _, origin in origins_of(written) if origin.value} == {7}


def test_a_pattern_that_repeats_nothing_is_tried_on_long_texts() -> None:
    text = "x\n  helm.sh/resource-policy: keep\n" * 20_000
    given = LoneExecution().call(
        "regexReplaceAllLiteral", "\n  helm.sh/[a-z]esource-policy: keep\n", text, ""
    )
    assert given == "x" * 20_000
