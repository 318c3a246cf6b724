"""Patterns mean what they mean in Terraform (RE2's syntax in Go's reading), and none runs away."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest

from sovlint.expressions.functions.patterns import MatchSpans, matches
from sovlint.expressions.kinds import Failed, Refused
from tests.frontends.terraform.house import known, unknown

FOUND: list[tuple[str, str, list[str]]] = [
    ("a+b", "xaab", ["aab"]),
    ("a+?", "aa", ["a", "a"]),
    ("(?U)a+", "aa", ["a", "a"]),
    ("(?U)a+?", "aa", ["aa"]),
    ("a|ab", "ab", ["a"]),
    ("(a|ab)(c|bcd)", "abcd", ["abcd"]),
    ("a*", "baac", ["", "aa", ""]),
    ("", "ab", ["", "", ""]),
    ("a{2}", "aaaa", ["aa", "aa"]),
    ("a{2,}", "aaaaa", ["aaaaa"]),
    ("a{1,2}?", "aa", ["a", "a"]),
    ("a{,2}", "a{,2}", ["a{,2}"]),
    ("x{", "x{", ["x{"]),
    ("^a", "aa", ["a"]),
    ("a$", "a\n", []),
    (r"a\z", "ba", ["a"]),
    (r"\Aa", "aa", ["a"]),
    ("(?m)^a$", "a\na", ["a", "a"]),
    ("(?m)a$", "a\n", ["a"]),
    ("a.b", "a\nb", []),
    ("(?s)a.b", "a\nb", ["a\nb"]),
    ("(?i)k", "K\u212a", ["K", "\u212a"]),
    ("(?i:A)b", "ab aB", ["ab"]),
    ("(?i)a(?-i:b)", "AB Ab", ["Ab"]),
    ("((?i)a)b", "Ab AB", ["Ab"]),
    (r"\d+", "12\u0663", ["12"]),
    (r"\w+", "aé_", ["a", "_"]),
    (r"\s", "\v ", [" "]),
    ("[[:space:]]", "\v ", ["\v", " "]),
    (r"\bé", "aé é", ["é"]),
    ("[[:alpha:]]+", "ab1é", ["ab"]),
    ("[[:^alpha:]]+", "ab1é", ["1é"]),
    ("[[:word:]-]+", "a-b.c", ["a-b", "c"]),
    (r"\Qa.b\E+", "a.bb axb", ["a.bb"]),
    (r"\Q[", "[", ["["]),
    (r"\x41\x{42}\101", "ABA", ["ABA"]),
    ("[]a]+", "a]b", ["a]"]),
    ("[^]a]", "a]b", ["b"]),
    (r"[a\-z]+", "a-m", ["a-"]),
    ("[a-]+", "a-b", ["a-"]),
    (r"[\d-z]+", "1-z", ["1-z"]),
    (r"\_\.\<", "_.<", ["_.<"]),
    (r"\t\n", "\t\n", ["\t\n"]),
    ("a||b", "b", ["", ""]),
    ("eu-(west|north)-[1-3]", "eu-west-3a", ["eu-west-3"]),
    ("^[a-z0-9]+(-[a-z0-9]+)*$", "ab-c1-d", ["ab-c1-d"]),
    ("([a-z]+-)*x", "ab-c-x", ["ab-c-x"]),
    ("(a|b){1,2}", "abb", ["ab", "b"]),
    ("^.*/(.*)$", f"{'a/' * 200}b", [f"{'a/' * 200}b"]),
]


@pytest.mark.parametrize(
    ("pattern", "text", "found"), FOUND, ids=[each[0] or "nothing" for each in FOUND]
)
def test_what_a_pattern_finds(pattern: str, text: str, found: list[str]) -> None:
    result = matches(pattern, text)
    assert not isinstance(result, str)
    assert [text[spans[0][0] : spans[0][1]] for spans in result[1] if spans[0]] == found


REFUSED = [
    "(?=a)",
    "(?!a)",
    "(?<=a)",
    "(?<!a)",
    "(?>a)",
    r"(a)\1",
    r"\8",
    "a**",
    "a+*",
    "a{2}{3}",
    "a??*",
    "*a",
    "(*)",
    "a|*",
    "(",
    ")",
    "a)",
    "(a",
    "[",
    "[]",
    "[z-a]",
    r"[a-\d]",
    "[[:foo:]]",
    r"\Z",
    r"\G",
    r"\q",
    r"\C",
    r"\é",
    "a\\",
    "a{1001}",
    "a{3,2}",
    "(?:a{1000}){1000}",
    "(?P<a-b>x)",
    "(?P<>x)",
    "(?P<a",
    "(?z)",
    "(?",
    "(?i",
    r"\x{110000}",
    r"\xg0",
    "(?#x)",
    "(?P=a)",
    "(?P>a)",
    "a++",
    "{1}",
]


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_terraform_refuses_has_failed(pattern: str) -> None:
    with pytest.raises(Refused):
        matches(pattern, "a")
    quoted = pattern.replace("\\", "\\\\")
    assert isinstance(unknown(f'regex("{quoted}", "a")'), Failed)
    assert known(f'can(regex("{quoted}", "a"))') is False


def test_groups_are_lists_or_objects() -> None:
    assert known('regex("(a)(b)?", "a")') == ["a", None]
    assert known('regex("(?P<x>a)(?<y>b)", "ab")') == {"x": "a", "y": "b"}
    assert known('regexall("(\\\\d)", "12")') == [["1"], ["2"]]
    assert isinstance(unknown('regex("(?P<x>a)(b)", "ab")'), Failed)
    assert (
        known('replace("a-b", "/(?P<x>a)-(b)/", "${2}$x$3.")'.replace("${", "$${")) == "ba."
    )
    assert known('replace("aXbX", "/X/", "$0$0")') == "aXXbXX"
    assert known('replace("abc", "//", "-")') == "-a-b-c-"
    assert known('replace("a b", "/\\\\s*/", "-")') == "-a-b-"


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{Greek}",
        r"\pL+",
        r"[^\PN]",
        r"\B",
        "(?i)straße",
        "(?i).é",
        "(" * 200 + "a" + ")" * 200,
        "a" * 2001,
        "(|a)*",
        "(a*)*",
        "(a+)+$",
        "([a-z]+-?)+$",
        "(-[a-z-]+)*$",
    ],
)
def test_what_only_we_do_not_try_is_unknown(pattern: str) -> None:
    quoted = pattern.replace("\\", "\\\\")
    found = unknown(f'regex("{quoted}", "a")')
    assert not isinstance(found, Failed), pattern
    assert "regular expression" in found.detail


RUNAWAYS = [
    "(a+)+$",
    "(a|aa)+$",
    "(.*)*x",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(a*)*b",
    "(a|a|a|a)*b",
    "a*a*a*a*a*b",
    "(?:a?){30}a{30}b",
    "(.*)(.*)(.*)(.*)(.*)x",
    "(((((a*)*)*)*)*)*b",
    "([a-zA-Z]+)*[0-9]",
    "(?i)(a|A)*b",
    "a{1,9}a{1,9}a{1,9}a{1,9}b",
]


@pytest.mark.timed
@pytest.mark.parametrize("pattern", RUNAWAYS)
def test_nothing_runs_away(pattern: str) -> None:
    started = time.process_time()
    short = matches(pattern, "a" * 60 + "!")
    assert isinstance(short, str) or short[1] == []
    matches(pattern, "a" * 50_000)
    matches(pattern + "|a", "a" * 50_000)
    assert time.process_time() - started < 10


ATOMS = [
    "a",
    "b",
    "K",
    ".",
    r"\d",
    r"\w",
    r"\s",
    r"\D",
    "[a-c]",
    "[^b]",
    "[[:alpha:]]",
    "[[:^digit:]x]",
    r"\b",
    "^",
    "$",
    r"\A",
    r"\z",
    r"\pL",
    r"\PN",
    r"\p{Lu}",
    r"[\d-]",
    "[]a]",
    r"\x41",
    r"\Qa.b\E",
    "é",
    r"[\pL_]",
    "(?i:k)",
    "(?s:.)",
    "(?m:^)",
    "(?m:$)",
    "(?i:[^a-c])",
]
ENDS = [
    "*",
    "+",
    "?",
    "*?",
    "+?",
    "??",
    "{2}",
    "{0,2}",
    "{1,}",
    "{2,3}?",
    "{,2}",
    "{0}",
    "**",
    "{2}{3}",
]


def drawn(rng: random.Random, depth: int = 0) -> str:
    """A random pattern."""
    kind = rng.random()
    if depth > 3 or kind < 0.35:
        return rng.choice(ATOMS)
    one = drawn(rng, depth + 1)
    if kind < 0.55:
        return one + drawn(rng, depth + 1)
    if kind < 0.8:
        shape = rng.choice(
            [
                "({})",
                "(?:{}|a)",
                "{}|ab",
                "(|{})",
                "(?i){}",
                "(?U){}",
                "(?sm-i:{})",
                "(?P<x>{})",
            ]
        )
        return shape.replace("{}", one)
    return f"(?:{one}){rng.choice(ENDS)}"


@pytest.mark.oracle
def test_re2_itself_finds_the_same() -> None:
    """Where it is installed. Its ``\\B`` looks at bytes, and ``\\C`` is one: Go's looks at characters."""
    re2: Any = pytest.importorskip("re2")
    options = re2.Options()
    options.log_errors = False
    rng = random.Random(20261125)
    tried = 0
    for _ in range(3000):
        pattern = drawn(rng)
        text = "".join(
            rng.choice("abcKk\u017fsé1_ -\n.xA\u212a") for _ in range(rng.randrange(10))
        )
        try:
            theirs = re2.compile(pattern, options)
        except re2.error:
            theirs = None
        try:
            ours = matches(pattern, text)
        except Refused:
            ours = None
        if isinstance(ours, str):
            continue
        assert (ours is None) == (theirs is None), pattern
        if ours is not None:
            expected = every(theirs, text)
            assert ours[1] == expected, (pattern, text)
            tried += 1
    assert tried > 1000


def every(expression: Any, text: str) -> list[MatchSpans]:
    """All matches as Go counts them: none that is empty right behind another."""
    found: list[MatchSpans] = []
    at, last = 0, -1
    while at <= len(text) and (match := expression.search(text, at)) is not None:
        start, end = match.span()
        if start < end or start != last:
            groups = range(expression.groups + 1)
            found.append(
                tuple(match.span(each) if match.start(each) >= 0 else None for each in groups)
            )
        at, last = (end if end > start else end + 1), end
    return found
