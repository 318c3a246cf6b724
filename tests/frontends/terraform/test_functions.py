"""Functions: expected values worked out from Terraform's language reference, by hand."""

from __future__ import annotations

import pytest

from sovlint.model.value import Reason
from tests.frontends.terraform.house import among, is_known, known, unknown, value

CASES = [
    ("abs(-3)", 3),
    ("ceil(1.2)", 2),
    ("floor(-1.2)", -2),
    ("max(1, 12, 3)", 12),
    ("min([3, 1, 2]...)", 1),
    ('parseint("ff", 16)', 255),
    ("pow(2, 10)", 1024),
    ("signum(-7)", -1),
    ("log(8, 2)", 3),
    ('chomp("a\\n")', "a"),
    ('endswith("eu-west-3", "-3")', True),
    ('format("%s-%03d", "x", 7)', "x-007"),
    ('format("%v %%", true)', "true %"),
    ('format("%5s|%-5s|", "ab", "cd")', "   ab|cd   |"),
    ('formatlist("%s!", ["a", "b"])', ["a!", "b!"]),
    ('indent(2, "a\\nb")', "a\n  b"),
    ('join("-", ["a", 1, true])', "a-1-true"),
    ('lower("ÉCLAIR")', "éclair"),
    ('regex("[a-z]+", "12ab")', "ab"),
    ('regex("(\\\\d+)-(\\\\d+)", "1-2")', ["1", "2"]),
    ('regexall("[a-z]", "a1b")', ["a", "b"]),
    ('replace("a-b", "-", "_")', "a_b"),
    ('replace("a1b2", "/[0-9]/", "")', "ab"),
    ('split(",", "a,b")', ["a", "b"]),
    ('startswith("eu-west-3", "eu")', True),
    ('strcontains("hello", "ell")', True),
    ('strrev("abc")', "cba"),
    ('substr("eu-west-3", 0, 2)', "eu"),
    ('substr("hello", -2, 2)', "lo"),
    ('title("hello world")', "Hello World"),
    ('trim("?!a?!", "!?")', "a"),
    ('trimprefix("eu-west-3", "eu-")', "west-3"),
    ('trimsuffix("eu-west-3a", "a")', "eu-west-3"),
    ('trimspace("  a\\n")', "a"),
    ('upper("a")', "A"),
    ("alltrue([true, false])", False),
    ("anytrue([false, true])", True),
    ("chunklist([1, 2, 3], 2)", [[1, 2], [3]]),
    ('coalesce("", null, "b")', "b"),
    ("coalescelist([], [1])", [1]),
    ('compact(["a", "", null, "b"])', ["a", "b"]),
    ("concat([1], [2, 3])", [1, 2, 3]),
    ('contains(["a"], "a")', True),
    ("distinct([1, 2, 1])", [1, 2]),
    ("element([1, 2, 3], 4)", 2),
    ("flatten([[1], [2, [3]]])", [1, 2, 3]),
    ('index(["a", "b"], "b")', 1),
    ("keys({b = 1, a = 2})", ["a", "b"]),
    ('length("héé")', 3),
    ("length({a = 1})", 1),
    ('lookup({a = 1}, "b", 2)', 2),
    ('matchkeys(["x", "y"], ["a", "b"], ["b"])', ["y"]),
    ("merge({a = 1, b = 1}, {b = 2}, null)", {"a": 1, "b": 2}),
    ("one([1])", 1),
    ("one([])", None),
    ("range(3)", [0, 1, 2]),
    ("range(1, 7, 3)", [1, 4]),
    ("reverse([1, 2])", [2, 1]),
    ("setintersection([1, 2], [2, 3])", [2]),
    ('setproduct(["a"], [1, 2])', [["a", 1], ["a", 2]]),
    ("setsubtract([1, 2], [2])", [1]),
    ("setunion([1], [2, 1])", [1, 2]),
    ("slice([1, 2, 3], 1, 3)", [2, 3]),
    ('sort(["b", "a"])', ["a", "b"]),
    ("sum([1, 2.5])", 3.5),
    ('transpose({a = ["1", "2"], b = ["2"]})', {"1": ["a"], "2": ["a", "b"]}),
    ("values({b = 1, a = 2})", [2, 1]),
    ('zipmap(["a"], [1])', {"a": 1}),
    ('base64decode("aGk=")', "hi"),
    ('base64encode("hi")', "aGk="),
    ('jsonencode({b = [1], a = "<"})', '{"a":"\\u003c","b":[1]}'),
    ('jsondecode("{\\"a\\": [1, null]}")', {"a": [1, None]}),
    ('yamldecode("a: NO")', {"a": "NO"}),
    ('csvdecode("a,b\\n1,2")', [{"a": "1", "b": "2"}]),
    ('md5("hello world")', "5eb63bbbe01eeed093cb22bb8f5acdc3"),
    ('urlencode("a b&c")', "a+b%26c"),
    ('tobool("true")', True),
    ('tonumber("5")', 5),
    ("tostring(5)", "5"),
    ("toset([1, 1])", [1]),
    ("try({a = 1}.b, 2)", 2),
    ("can({a = 1}.b)", False),
    ("can({a = 1}.a)", True),
    ('basename("a/b.txt")', "b.txt"),
    ('dirname("a/b.txt")', "a"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_functions_answer_as_the_language_reference_says(text: str, expected: object) -> None:
    assert known(text) == expected


def test_a_function_that_is_not_read_is_unknown_by_name() -> None:
    found = unknown('cidrsubnet("10.0.0.0/8", 8, 1)')
    assert (found.reason, found.detail) == (Reason.UNSUPPORTED_EXPRESSION, "function cidrsubnet")


def test_provider_functions_are_unknown_not_fatal() -> None:
    assert unknown("provider::aws::arn_parse(1)").reason is Reason.UNSUPPORTED_EXPRESSION


def test_what_only_exists_once_applied() -> None:
    assert unknown("timestamp()").reason is Reason.COMPUTED_AT_APPLY


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "a*a*a*a*a*a*a*b", "(?=x)", "(.)\\\\1"])
def test_patterns_that_may_run_long_are_not_run(pattern: str) -> None:
    assert "regular expression" in unknown(f'regex("{pattern}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")').detail


def test_bad_arguments_make_the_call_fail_not_the_run() -> None:
    assert known('try(tonumber("x"), "refused")') == "refused"
    assert known('try(element([], 0), "refused")') == "refused"
    assert known('try(join(",", 5), "refused")') == "refused"
    assert not is_known(value('try(lookup(), "refused")'))


VARIABLES = 'variable "x" {}\nvariable "flag" { type = bool }'


def test_functions_of_one_of_a_few_values_are_one_of_a_few() -> None:
    assert among('upper(var.flag ? "a" : "b")', VARIABLES) == ["A", "B"]
    assert among("length(var.flag ? [1] : [])", VARIABLES) == [1, 0]


def test_functions_where_all_that_may_be_gives_one_answer_are_known() -> None:
    assert known('startswith(var.flag ? "eu-west-3" : "eu-south-1", "eu-")', VARIABLES) is True


def test_contains_is_sure_of_what_it_sees_only() -> None:
    assert known('contains(["a", var.x], "a")', VARIABLES) is True
    assert unknown('contains(["a", var.x], "b")', VARIABLES).detail == "var.x"


def test_merge_with_an_unknown_stays_open() -> None:
    found = unknown("merge({a = 1}, var.x)", VARIABLES)
    assert found.entries is not None
    assert list(found.entries) == ["a"]
    assert found.overridable
    after = unknown("merge(var.x, {a = 1})", VARIABLES)
    assert not after.overridable
    assert known("merge(var.x, {a = 1}).a", VARIABLES) == 1
    assert unknown("merge({a = 1}, var.x).a", VARIABLES).detail == "var.x"


def test_lookup_falls_back_only_where_the_key_is_surely_missing() -> None:
    assert unknown('lookup(merge({a = 1}, var.x), "b", 2)', VARIABLES).detail == "var.x"
    assert set(among("lookup({a = 1, b = 2}, var.x, 3)", VARIABLES)) == {1, 2, 3}


def test_coalesce_skips_sure_nulls_and_stops_at_the_first_sure_value() -> None:
    assert among('coalesce(var.flag ? "a" : null, "b")', VARIABLES) == ["a", "b"]
    assert unknown('coalesce(var.x, "b")', VARIABLES).among is None


def test_files_are_read_inside_the_repository_only() -> None:
    files: dict[str, str | bytes | None] = {"data/a.txt": "hello ${name}", "main2.tf": ""}
    assert known('file("data/a.txt")', "", files) == "hello ${name}"
    assert known('templatefile("data/a.txt", {name = "you"})', "", files) == "hello you"
    for path in ("../secret", "/etc/passwd", "~/x", "data/../../x"):
        assert "outside the repository" in str(value(f'file("{path}")', "", files))


def test_filesets_are_found_inside_the_repository() -> None:
    names = ("conf/a.json", "conf/b.json", "conf/deep/c.json", "conf/d.txt")
    files: dict[str, str | bytes | None] = dict.fromkeys(names, "")
    assert known('fileset("conf", "*.json")', "", files) == ["a.json", "b.json"]
    assert known('fileset("${path.module}/conf", "**/*.json")', "", files) == ["a.json", "b.json", "deep/c.json"]
    assert known('fileset("conf", "*.{json,txt}")', "", files) == ["a.json", "b.json", "d.txt"]
    assert not is_known(value('fileset("../..", "*")', "", files))
    assert not is_known(value('fileset("gone", "*")', "", files))


def test_an_element_at_an_unknown_place_is_one_of_them() -> None:
    assert known('element(["a"], var.x)', VARIABLES) == "a"
    assert among('element(["a", "b"], var.x)', VARIABLES) == ["a", "b"]


def test_sensitive_values_stay_sensitive() -> None:
    module = 'variable "s" {\n  sensitive = true\n  default = "x"\n}'
    assert value('upper("a${var.s}")', module).sensitive
    assert not value("nonsensitive(var.s)", module).sensitive
    assert value('sensitive("x")').sensitive
