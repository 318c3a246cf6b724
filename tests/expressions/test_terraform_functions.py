"""Functions: expected values worked out from Terraform's language reference, by hand."""

from __future__ import annotations

import pytest

from sovlint.expressions.functions.calls import RARE
from sovlint.model.value import Reason
from tests.frontends.terraform.house import among, is_known, known, unknown, value

CASES = [
    ("abs(-3)", 3),
    ("ceil(1.2)", 2),
    ("floor(-1.2)", -2),
    ("max(1, 12, 3)", 12),
    ("min([3, 1, 2]...)", 1),
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
    ("values({b = 1, a = 2})", [2, 1]),
    ('zipmap(["a"], [1])', {"a": 1}),
    ('base64decode("aGk=")', "hi"),
    ('base64encode("hi")', "aGk="),
    ('jsonencode({b = [1], a = "<"})', '{"a":"\\u003c","b":[1]}'),
    ('jsondecode("{\\"a\\": [1, null]}")', {"a": [1, None]}),
    ('yamldecode("a: NO")', {"a": False}),
    ('yamldecode("a: |\\n  !x\\nb: \\"c !d\\"")', {"a": "!x\n", "b": "c !d"}),
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
    ('element(["a", "b", "c"], 1)', "b"),
    ('lookup({a = "ay", b = "bee"}, "c", "what?")', "what?"),
    ('nonsensitive(sensitive("a"))', "a"),
    ('sensitive("a")', "a"),
    ('tolist(["a", 1])', ["a", "1"]),
    ("tomap({a = 1})", {"a": 1}),
    ('base64sha256("hello world")', "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="),
    (
        'base64sha512("hello world")',
        "MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==",
    ),
    ('sha1("hello world")', "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed"),
    (
        'sha256("hello world")',
        "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
    ),
    (
        'sha512("hello world")',
        "309ecc489c12d6eb4cc40f50c902f2b4d0ed77ee511a7c7a9bcd3ca86d4cd86f989dd35bc5ff499670da34255b45b0cfd830e81f605dcf7dc5542e93ae9cd76f",
    ),
    ('yamlencode({a = "b", c = "d"})', '"a": "b"\n"c": "d"\n'),
    ('yamlencode({foo = [1, 2, 3], bar = "baz"})', '"bar": "baz"\n"foo":\n- 1\n- 2\n- 3\n'),
    (
        'yamlencode({foo = [1, {a = "b", c = "d"}, 3], bar = "baz"})',
        '"bar": "baz"\n"foo":\n- 1\n- "a": "b"\n  "c": "d"\n- 3\n',
    ),
    ('cidrhost("10.12.112.0/20", 16)', "10.12.112.16"),
    ('cidrhost("10.12.112.0/20", 268)', "10.12.113.12"),
    ('cidrhost("fd00:fd12:3456:7890:00a2::/72", 34)', "fd00:fd12:3456:7890::22"),
    ('cidrsubnet("172.16.0.0/12", 4, 2)', "172.18.0.0/16"),
    ('cidrsubnet("10.1.2.0/24", 4, 15)', "10.1.2.240/28"),
    ('cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)', "fd00:fd12:3456:7800:a200::/72"),
    ('pathexpand("a/b")', "a/b"),
    ('replace("hello", "/(h)/", "$1$1")', "hhello"),
    ('compact(["a", "", "b"])', ["a", "b"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_functions_answer_as_the_language_reference_says(text: str, expected: object) -> None:
    assert known(text) == expected


def test_a_function_that_is_not_read_is_unknown_by_name() -> None:
    found = unknown('rsadecrypt("a", "b")')
    assert (found.reason, found.detail) == (
        Reason.UNSUPPORTED_EXPRESSION,
        "function rsadecrypt",
    )


def test_what_decides_no_destination_is_unknown_as_its_arguments_are() -> None:
    found = unknown('formatdate("YYYY", timestamp())')
    assert (found.reason, found.detail) == (Reason.COMPUTED_AT_APPLY, "timestamp()")
    found = unknown('formatdate("YYYY", "2018-01-02T23:12:01Z")')
    assert (found.reason, found.detail) == (
        Reason.UNSUPPORTED_EXPRESSION,
        "function formatdate",
    )


NOT_READ = {
    "base64gzip": "the bytes depend on the packer, not on the text alone",
    "bcrypt": "another answer at each run",
    "ephemeralasnull": "what is ephemeral isn't followed",
    "issensitive": "a provider may make a value sensitive",
    "plantimestamp": "the time of the plan",
    "rsadecrypt": "a private key would have to be in the repository",
    "timestamp": "the time of the run",
    "type": "in the console only",
    "uuid": "another answer at each run",
    "abspath": "a path of the machine that applies",
    **dict.fromkeys(RARE, "rarely written"),
}
"""Functions of the language reference without a value here, and why."""
WITH_FILES = {
    "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5", "fileset", "filesha1",
    "filesha256", "filesha512", "templatefile", "templatestring",
}  # fmt: skip
"""Those whose tests need files or names, below."""
REFERENCE = set(
    """
    abs ceil floor log max min parseint pow signum sum
    chomp endswith format formatlist indent join lower regex regexall replace split startswith strcontains strrev substr
    templatestring title trim trimprefix trimspace trimsuffix upper
    alltrue anytrue chunklist coalesce coalescelist compact concat contains distinct element flatten index keys length
    lookup matchkeys merge one range reverse setintersection setproduct setsubtract setunion slice sort transpose values
    zipmap
    base64decode base64encode base64gzip base64gunzip csvdecode jsondecode jsonencode textdecodebase64 textencodebase64
    urldecode urlencode yamldecode yamlencode
    abspath basename dirname file filebase64 fileexists fileset pathexpand templatefile
    formatdate plantimestamp timeadd timecmp timestamp
    base64sha256 base64sha512 bcrypt filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512 md5
    rsadecrypt sha1 sha256 sha512 uuid uuidv5
    cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets
    can ephemeralasnull issensitive nonsensitive sensitive tobool tolist tomap tonumber toset tostring try type
    """.split()  # noqa: SIM905 - read as a text
)
"""Every function of Terraform's and OpenTofu's language reference."""


def test_every_function_of_the_reference_has_a_case_or_a_reason() -> None:
    shown = {text.split("(")[0] for text, _ in CASES} | {"nonsensitive"}
    assert REFERENCE - shown - WITH_FILES == NOT_READ.keys()


@pytest.mark.parametrize("name", sorted(NOT_READ))
def test_what_is_not_read_has_no_value(name: str) -> None:
    assert not is_known(value(f'{name}("a")'))


def test_templates_from_a_text() -> None:
    assert (
        known(
            'templatestring(local.greeting, {name = "you"})',
            'locals { greeting = "hello $${name}" }',
        )
        == "hello you"
    )


FILE: dict[str, str | bytes | None] = {"a.txt": "hello world"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('filebase64("a.txt")', "aGVsbG8gd29ybGQ="),
        ('filebase64sha256("a.txt")', "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="),
        ('filemd5("a.txt")', "5eb63bbbe01eeed093cb22bb8f5acdc3"),
        ('filesha1("a.txt")', "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed"),
        (
            'filesha256("a.txt")',
            "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
        ),
        ('fileexists("a.txt")', True),
        ('filebase64sha512("a.txt") == base64sha512("hello world")', True),
        ('filesha512("a.txt") == sha512("hello world")', True),
    ],
)
def test_functions_of_a_file(text: str, expected: object) -> None:
    assert known(text, "", FILE) == expected


@pytest.mark.parametrize(
    "text",
    [
        'cidrsubnet("10.0.0.0/30", 4, 0)', 'cidrsubnet("10.0.0.0/8", 2, 4)', 'cidrhost("10.0.0.0/30", 4)',
        'cidrhost("10.0.0.1", 1)',
    ],
)  # fmt: skip
def test_what_terraform_refuses_is_refused(text: str) -> None:
    assert known(f'try({text}, "refused")') == "refused"


def test_provider_functions_are_unknown_not_fatal() -> None:
    assert unknown("provider::aws::arn_parse(1)").reason is Reason.UNSUPPORTED_EXPRESSION


def test_what_only_exists_once_applied() -> None:
    assert unknown("timestamp()").reason is Reason.COMPUTED_AT_APPLY


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
    assert (
        known('startswith(var.flag ? "eu-west-3" : "eu-south-1", "eu-")', VARIABLES) is True
    )


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
    assert known('fileset("${path.module}/conf", "**/*.json")', "", files) == [
        "a.json",
        "b.json",
        "deep/c.json",
    ]
    assert known('fileset("conf", "*.{json,txt}")', "", files) == [
        "a.json",
        "b.json",
        "d.txt",
    ]
    assert known('fileset("conf", "**")', "", files) == [
        "a.json",
        "b.json",
        "d.txt",
        "deep/c.json",
    ]
    assert known('fileset("conf/deep", "../*.json")', "", files) == ["../a.json", "../b.json"]
    assert known('fileset(".", "conf/deep/c.json")', "", files) == ["conf/deep/c.json"]
    assert not is_known(value('fileset("../..", "*")', "", files))
    assert not is_known(value('fileset("conf", "../../*")', "", files))
    assert known('fileset("gone", "*")', "", files) == []


def test_what_is_not_there_is_known_not_to_be() -> None:
    files: dict[str, str | bytes | None] = {"conf/a.json": "{}"}
    assert known('fileexists("conf/b.json")', "", files) is False
    assert known('try(file("conf/b.json"), "none")', "", files) == "none"


def test_an_element_at_an_unknown_place_is_one_of_them() -> None:
    assert known('element(["a"], var.x)', VARIABLES) == "a"
    assert among('element(["a", "b"], var.x)', VARIABLES) == ["a", "b"]


def test_sensitive_values_stay_sensitive() -> None:
    module = 'variable "s" {\n  sensitive = true\n  default = "x"\n}'
    assert value('upper("a${var.s}")', module).sensitive
    assert not value("nonsensitive(var.s)", module).sensitive
    assert value('sensitive("x")').sensitive


TYPES = [
    ('coalesce(1, "a")', "1"),
    ('coalesce(null, "", 1)', "1"),
    ('compact(["a", 1])', ["a", "1"]),
    ('distinct([1, 1.0, "1"])', ["1"]),
    ('setproduct(["a"], [1, "x"])', [["a", "1"], ["a", "x"]]),
    ('setunion([1], ["a"])', ["1", "a"]),
    ('tolist([1, "a", true])', ["1", "a", "true"]),
    ('tolist([{a = 1}, {a = "x"}])', [{"a": "1"}, {"a": "x"}]),
    ('tolist([{a = 1}, {b = "x"}])', [{"a": "1"}, {"b": "x"}]),
    ('tolist([[1], ["a", "b"]])', [["1"], ["a", "b"]]),
    ('tomap({a = 1, b = "x"})', {"a": "1", "b": "x"}),
    ('toset(["3", 1, true])', ["1", "3", "true"]),
    ("toset([[2], [1]])", [[1], [2]]),
    ("toset([{a = 2}, {a = 1}])", [{"a": 1}, {"a": 2}]),
    ("toset([true, false])", [False, True]),
    ('tobool("1")', True),
    ('true ? [1] : ["a"]', ["1"]),
    ('true ? {a = 1} : {b = "x"}', {"a": "1"}),
    ('true ? ["b", "a", "b"] : toset(["x"])', ["a", "b"]),
    ('concat([1, "a"], ["b"])', [1, "a", "b"]),
    ('true ? {a = 1, b = "x"} : {}', {"a": "1", "b": "x"}),
    ("true ? [{a = 1}, {a = 2}] : []", [{"a": 1}, {"a": 2}]),
    ("true ? 1 : null", 1),
]
"""One type for the elements of a list, and for the arms of a condition (checked against go-cty)."""

NUMBERS = [
    ("0.1 + 0.2 == 0.3", True),
    ("4.35 * 100", 435),
    ("1 / 3 * 3", 1),
    ("ceil(10 / 3)", 4),
    ("10 % 3.3 > 0.1", True),
    ("sum([0.1, 0.2])", 0.3),
    ("range(0, 1, 0.25)", [0, 0.25, 0.5, 0.75]),
    ('"x${0.0000001}"', "x0.0000001"),
    ("jsonencode(1e21)", "1000000000000000000000"),
    ("jsonencode([1.0, 1.50])", "[1,1.5]"),
    ('jsonencode(jsondecode("1.0"))', "1"),
    ("floor(1e30) == 1000000000000000000000000000000", True),
    ('"x${2 / 3}"', "x0." + "6" * 153 + "7"),
    ('"1e3" + 1', 1001),
]
"""Numbers have 512 binary digits (checked against math/big)."""

TEXTS = [
    ('format("%v", 123456789012)', "1.23456789012e+11"),
    ('format("%s", 123456789012)', "123456789012"),
    ('format("%v %v", 0.00001, 100000)', "1e-05 100000"),
    (
        'format("%e|%.2f|%08.3f|%+d|% d", 12345, 2.675, -3.14159, 42, 5)',
        "1.234500e+04|2.67|-003.142|+42| 5",
    ),
    ('format("%q", "a<")', '"a\\u003c"'),
    ('title("o\'neil")', "O'Neil"),
    ('upper("ß")', "ß"),
    ('length("e\\u0301")', 1),
    ('jsonencode("\\u2028<")', '"\\u2028\\u003c"'),
    ('replace("aaa", "/a*/", "x")', "x"),
    ('regexall("b*", "abb")', ["", "bb"]),
    ('csvdecode("a\\r\\n\\"x, \\"\\"y\\"\\n\\n1")', [{"a": 'x, "y'}, {"a": "1"}]),
    ('base64decode("aGVs\\nbG8=")', "hello"),
    ('jsondecode("\\"e\\\\u0301\\"") == "\\u00e9"', True),
    ("tolist(null)", None),
    ("tomap(null)", None),
    ("toset(null)", None),
    ("yamlencode(1.5)", "1.5\n...\n"),
    ('yamldecode("- y\\n- Off\\n- \\"on\\"\\n- 017")', [True, False, "on", 17]),
]
"""How texts come out of numbers, and characters of texts (checked against go-cty)."""


@pytest.mark.parametrize(("text", "expected"), [*TYPES, *NUMBERS, *TEXTS])
def test_corners_are_as_in_terraform(text: str, expected: object) -> None:
    assert known(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'format("%d", 1.7)', 'format("%z", 1)', 'format("a", 1)', 'format("%s")', 'format("%s", null)',
        'formatlist("%s%s", ["a"], ["b", "c"])', 'csvdecode("a,b\\n1")', 'csvdecode("a,b\\n1,2,3")',
        'csvdecode("a,a\\n1,2")', "sum([])",
        'csvdecode("a,b\\n1,x\\"y")', 'csvdecode("a,b\\n1,\\"x\\"y")',
        'alltrue(["x"])',
        'compact([["a"], null])',
        "coalesce(1, true)",
        'zipmap([null], [1])', "sort([null])",
        "range(2, 0, 1)", 'tolist([1, true])', 'tonumber("1_0")', 'tonumber("inf")', 'jsondecode("NaN")',
    ],
)  # fmt: skip
def test_what_terraform_refuses_has_failed(text: str) -> None:
    assert known(f'try({text}, "refused")') == "refused"


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0", "1e400", "-0", "0 * -1",
        'concat(tolist([1]), tolist(["a"]))[0]', "null && true",
        'length("👩‍👩‍👧")', 'length("\\r\\n")', 'lower("İ")',
        'yamldecode("2020-01-01")', 'yamldecode("0x10")', 'yamldecode("!!str 5")', 'jsondecode("\\"\\\\ud800\\"")',
    ],
)  # fmt: skip
def test_what_would_take_all_of_unicode_or_endless_digits_is_unknown(text: str) -> None:
    assert not is_known(value(text))
    assert not is_known(value(f'try({text}, "x")'))


def test_arms_without_a_type_in_common_leave_the_fallback_possible() -> None:
    assert among("try(true ? { a = 1, b = true } : { c = 2 }, {})") == [
        {"a": 1, "b": True},
        {},
    ]


def test_what_may_be_null_is_of_any_type() -> None:
    assert not is_known(value('tolist([var.flag ? "a" : null, "b"])', VARIABLES))
    assert known('tolist([var.flag ? "a" : null, "b"])[1]', VARIABLES) == "b"
