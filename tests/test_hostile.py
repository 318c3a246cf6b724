"""Hostile and broken input through the command line: it ends, soon and in little memory, and hides nothing beside it.

Every repository here holds one plain bucket of health data whose verdict is known. Whatever else stands there, that
verdict must be in the report, no trace on the terminal, and nothing raw of what was scanned.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from sovlint.cli import COMMANDS, main
from sovlint.expressions.limits import MAX_BYTES
from sovlint.files.regular_files import MAX_BYTES as MAX_FILE
from sovlint.report import REPORTS
from tests.fleet.house import repository
from tests.fleet.in_process import scanned

pytestmark = pytest.mark.timed

ROOT = Path(__file__).parents[1]
SECONDS = 20
"""Of computing: a busy machine is no fault of what is tested."""
PATIENCE = 100
"""Seconds of anything."""
MEMORY = 2 << 30

PLAIN = """
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "plain" {
  tags = { data-classification = "health" }
}
"""


def bucket(body: str = "", name: str = "odd") -> str:
    """A bucket of health data with further lines."""
    return f'resource "aws_s3_bucket" "{name}" {{\n  tags = {{ data-classification = "health" }}\n  {body}\n}}\n'


def located(expression: str) -> str:
    """The plain bucket, and an odd one with the region that an expression gives."""
    return PLAIN + bucket(f"region = {expression}")


def chain(step: Callable[[str], str], last: str, length: int = 60, name: str = "a") -> str:
    """Locals of which each is made of the next one."""
    lines = [f"  {name}{at} = {step(f'local.{name}{at + 1}')}" for at in range(length)]
    return "\n".join(["locals {", *lines, f"  {name}{length} = {last}", "}", ""])


@contextmanager
def in_time(seconds: int = SECONDS) -> Iterator[None]:
    """Fail what computes for longer, or waits for something that never comes."""

    def late(number: int, frame: object) -> None:
        # No ``Exception``: an error of the system would end in exit code 2, which many tests here expect.
        pytest.fail(
            f"more than {seconds} s of computing" if number == signal.SIGPROF else "it waits"
        )

    before = {
        number: signal.signal(number, late) for number in (signal.SIGPROF, signal.SIGALRM)
    }
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)


def test_what_is_late_always_fails(tmp_path: Path) -> None:
    @click.command()
    def late() -> None:
        try:
            while True:
                pass
        except Exception:
            raise SystemExit(2) from None

    with pytest.raises(pytest.fail.Exception, match="of computing"), in_time(1):
        CliRunner().invoke(late)


def tree(root: Path, files: dict[str, str | bytes]) -> Path:
    """A git root with these files."""
    (root / ".git").mkdir(parents=True)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return root


def run(root: Path, *arguments: str, command: str = "scan", seconds: int = SECONDS) -> Result:
    """The command line in this process, in time, without a trace."""
    with in_time(seconds):
        result = CliRunner(env={"SOVLINT_DEBUG": "1"}).invoke(
            main, [command, str(root), *arguments]
        )
    assert "Traceback" not in result.output, result.output
    assert "internal error" not in result.output
    return result


def scan(root: Path, *arguments: str, seconds: int = SECONDS) -> tuple[int, dict[str, Any]]:
    """Exit code and report of a scan in this process."""
    result = run(root, "--format", "json", "--show", "compliant", *arguments, seconds=seconds)
    return result.exit_code, json.loads(result.stdout)


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def contained(root: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The same in a process of its own, with little memory and time."""
    process = subprocess.run(
        [sys.executable, "-m", "sovlint", "scan", str(root), "--format", "json", "--show", "compliant", *arguments],
        cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False, preexec_fn=_bounded,
    )  # fmt: skip
    assert b"Traceback" not in process.stderr
    assert b"internal error" not in process.stderr
    assert process.returncode >= 0, signal.Signals(-process.returncode)
    return process.returncode, json.loads(process.stdout)


def region(report: dict[str, Any], address: str = "aws_s3_bucket.odd") -> str | None:
    """The region that the report gives for a resource; fails where there is no finding about it."""
    found = {
        each["placement"]["region"]
        for each in report["findings"]
        if each["address"] == address
    }
    assert len(found) == 1, found
    return found.pop()


def assert_plain(report: dict[str, Any], address: str = "aws_s3_bucket.plain") -> None:
    """The plain bucket is judged as if it stood alone."""
    found = {
        each["policy"]: each["verdict"]
        for each in report["findings"]
        if each["address"] == address
    }
    assert found["health-data-under-eu-control"] == "violation"
    assert found["health-data-in-eea"] == "compliant"
    assert found["health-data-on-qualified-service"] == "violation"
    assert region(report, address) == "eu-west-3"


def assert_plain_region(report: dict[str, Any]) -> None:
    """The plain bucket is placed, under whichever policies."""
    assert region(report, "aws_s3_bucket.plain") == "eu-west-3"


# --- what grows without end

LISTS = chain(lambda inner: f"[{inner}, {inner}]", '["x"]')
GROWING = {
    "templates": chain(lambda inner: f'"${{{inner}}}${{{inner}}}"', '"x"') + located("local.a0"),
    "templates with a hole": 'variable "v" {}\n'
    + chain(lambda inner: f'"${{{inner}}}${{{inner}}}"', '"x${var.v}x"')
    + located("local.a0"),
    "join": chain(lambda inner: f"join({inner}, [{inner}, {inner}])", '"x"') + located("local.a0"),
    "format": chain(lambda inner: f'format("%s%s", {inner}, {inner})', '"x"') + located("local.a0"),
    "replace": chain(lambda inner: f'replace({inner}, "x", "xx")', '"x"') + located("local.a0"),
    "replace by a pattern": chain(lambda inner: f'replace({inner}, "/x/", "$0$0")', '"x"') + located("local.a0"),
    "concat": chain(lambda inner: f"concat({inner}, {inner})", '["x"]') + located("local.a0[0]"),
    "setproduct": chain(lambda inner: f"setproduct({inner}, {inner})", '["x", "y"]') + located("jsonencode(local.a0)"),
    "flatten": chain(lambda inner: f"flatten([{inner}, {inner}])", '["x"]') + located("local.a0[0]"),
    "merge": chain(lambda inner: f"merge({{ x = {inner} }}, {{ y = {inner} }})", "{}")
    + located("jsonencode(local.a0)"),
    "products": chain(lambda inner: f"{inner} * {inner}", "10") + located("local.a0"),
    "lists, encoded": LISTS + located("jsonencode(local.a0)"),
    "lists, flattened": LISTS + located("flatten(local.a0)[0]"),
    "lists, as a region": LISTS + located("local.a0"),
    "lists, compared": LISTS
    + chain(lambda inner: f"[{inner}, {inner}]", '["x"]', name="b")
    + located('local.a0 == local.b0 ? "us-east-1" : "us-east-2"'),
    "lists, one of two": 'variable "v" {}\n'
    + LISTS
    + chain(lambda inner: f"[{inner}, {inner}]", '["x"]', name="b")
    + located("(var.v ? local.a0 : local.b0)[0]"),
    "lists, at an unknown index": 'variable "v" {}\n' + LISTS + located("jsonencode(local.a0[var.v])"),
    "objects": chain(lambda inner: f"{{ x = {inner}, y = {inner} }}", '"x"') + located("jsonencode(local.a0)"),
    "text in a big map": f'locals {{\n  t = join("", [for i in range(9999) : "{"x" * 42}"])\n}}\nlocals {{\n'
    '  m = { for i in range(9999) : "${local.t}${i}" => local.t }\n}\n' + located("jsonencode(local.m)"),
    "rows of a table": 'locals {\n  head = join(",", [for i in range(1000) : "a${i}"])\n'
    '  rows = join("\\n", [for i in range(9999) : "x"])\n}\n'
    + located('jsonencode(csvdecode("${local.head}\\n${local.rows}"))'),
    "splits": 'locals {\n  t = join("", [for i in range(9999) : "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"])\n}\n'
    + located('jsonencode(split("", local.t))'),
    "three ranges": located("jsonencode(setproduct(range(9999), range(9999), range(9999)))"),
    "nested loops": located("jsonencode([for a in range(9999) : [for b in range(9999) : [for c in range(9999) : c]]])"),
    "nested loops of a template": located('"%{for a in range(9999)}%{for b in range(9999)}x%{endfor}%{endfor}"'),
    "a search in a loop": "locals {\n  a = range(9999)\n}\n"
    + located("jsonencode([for x in local.a : contains(local.a, -x)])"),
    "many loops": "locals {\n"
    + "".join(f"  a{at} = [for x in range(9999) : x]\n" for at in range(500))
    + "}\n"
    + located("jsonencode([" + ", ".join(f"local.a{at}" for at in range(500)) + "])"),
    "an indentation": located(r'indent(999999999999, "a\nb")'),
    "a width": located('format("%99999999999d", 3)'),
    "digits": located('format("%.99999999f", 3)'),
    "a power": located("pow(10, 100000)"),
    "digits of a number": located("9" * 5000),
    "digits of an index": located("local.a." + "9" * 5000),
    "a range that never moves": located("jsonencode(range(1e17, 100000000000000100, 1))"),
    "a range of very small steps": located("jsonencode(range(0, 1, 1e-300))"),
    "a range without end": located('jsonencode(range("inf"))'),
    "a json bomb": located("jsonencode(jsondecode(join(\"\", [\"[\", join(\",\", [for i in range(99999) : "
        "\"[[],[],[],[],[]]\"]), \"]\"])))"),
    "a template of itself": located('templatestring(local.t, { t = local.t })') + "locals {\n"
    + '  t = "$${templatestring(t, { t = t })}"\n}\n',
    "a packed text": located('base64gunzip("' + base64.b64encode(gzip.compress(b"x" * 50_000_000)).decode() + '")'),
    "a format of formats": located('format("%99999s%99999s", "a", "b")'),
    "titles and cases": located('upper(join("", [for i in range(99999) : join("", range(99999))]))'),
    "a yaml bomb": located(
        'yamldecode("'
        + "".join(f"{name}: &{name} [{','.join([last] * 9)}]\\n" for name, last in zip("abcdefghi", ["x", *(
            f"*{letter}" for letter in "abcdefgh")], strict=True))
        + '")'
    ),
}  # fmt: skip


@pytest.mark.endless
@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_what_grows_without_end_is_unknown(tmp_path: Path, text: str) -> None:
    code, report = contained(tree(tmp_path / "r", {"main.tf": text}))
    assert code == 1
    assert report["failures"] == []
    assert_plain(report)
    assert region(report) is None


def test_a_value_that_is_large_under_a_type_is_unknown(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "./m"\n  v = local.a0\n}\n'
    nested = 'variable "v" {\n  type = ' + "list(" * 60 + "string" + ")" * 60 + "\n}\n"
    root = tree(
        tmp_path / "r",
        {"main.tf": PLAIN + LISTS + call, "m/main.tf": nested + bucket("region = var.v[0]")},
    )
    code, report = contained(root)
    assert code == 1
    assert_plain(report)
    assert region(report, "module.m.aws_s3_bucket.odd") is None


def test_large_lists_where_tags_and_blocks_should_be(tmp_path: Path) -> None:
    odd = LISTS + bucket(name="odd").replace('"health"', "local.a0").replace("odd", "tag")
    odd += 'resource "aws_dynamodb_table" "t" {\n  tags = local.a0\n  replica = local.a0\n}\n'
    code, report = contained(tree(tmp_path / "r", {"main.tf": PLAIN + odd}))
    assert code == 1
    assert_plain(report)


# --- what leads to itself

CYCLES = {
    "a local": "locals {\n  a = local.a\n}\n" + located("local.a"),
    "two locals": 'locals {\n  a = "${local.b}"\n  b = local.a\n}\n' + located("local.a"),
    "variables by validation": 'variable "a" {\n  validation {\n    condition = var.a == var.b\n  }\n}\n'
    'variable "b" {\n  validation {\n    condition = var.b == var.a\n  }\n}\n' + located("var.a"),
    "a resource": located("aws_s3_bucket.odd.region"),
    "two resources": located("aws_s3_bucket.other.region") + bucket("region = aws_s3_bucket.odd.region", "other"),
    "a provider and its data source": 'provider "aws" {\n  alias = "here"\n  region = data.aws_region.here.name\n}\n'
    'data "aws_region" "here" {\n  provider = aws.here\n}\n' + PLAIN + bucket("provider = aws.here"),
    "a provider and its resource": 'provider "aws" {\n  alias = "here"\n  region = aws_s3_bucket.odd.region\n}\n'
    + PLAIN + bucket("provider = aws.here"),
    "five thousand locals": chain(lambda inner: f"[{inner}]", '"x"', 5000) + located("jsonencode(local.a0)"),
}  # fmt: skip


@pytest.mark.parametrize("text", CYCLES.values(), ids=CYCLES)
def test_what_leads_to_itself_is_unknown(tmp_path: Path, text: str) -> None:
    code, report = scan(tree(tmp_path / "r", {"main.tf": text}))
    allowed = text in (CYCLES["variables by validation"], CYCLES["five thousand locals"])
    assert (code, len(report["failures"])) == ((1, 0) if allowed else (2, 1))
    assert allowed or "this leads back to itself" in report["failures"][0]["message"]
    assert_plain(report)
    assert region(report) is None


@pytest.mark.parametrize(
    ("meta", "address"),
    [
        ("count = length(aws_s3_bucket.odd)", "aws_s3_bucket.odd[*]"),
        ("for_each = aws_s3_bucket.odd", 'aws_s3_bucket.odd["*"]'),
        ("for_each = toset(keys(aws_s3_bucket.odd))", 'aws_s3_bucket.odd["*"]'),
        ("count = length(module.m.out)", "aws_s3_bucket.odd[*]"),
    ],
)
def test_instances_that_depend_on_themselves_may_exist(
    tmp_path: Path, meta: str, address: str
) -> None:
    call = 'module "m" {\n  source = "./m"\n  v = aws_s3_bucket.odd\n}\n'
    module = 'variable "v" {}\noutput "out" {\n  value = var.v\n}\n'
    root = tree(tmp_path / "r", {"main.tf": PLAIN + call + bucket(meta), "m/main.tf": module})
    code, report = scan(root)
    assert (code, len(report["failures"])) == (2, 1)
    assert_plain(report)
    verdicts = {each["verdict"] for each in report["findings"] if each["address"] == address}
    assert verdicts == {"compliant", "unproven"}


def test_names_that_lead_far_are_still_followed(tmp_path: Path) -> None:
    text = chain(lambda inner: inner, '"us-east-1"', 300) + located("local.a0")
    _, report = scan(tree(tmp_path / "r", {"main.tf": text}))
    assert region(report) == "us-east-1"


@pytest.mark.parametrize("attribute", ["region", "bucket"])
def test_each_attribute_is_read_once(tmp_path: Path, attribute: str) -> None:
    twice = 'true ? aws_s3_bucket.b{n}.{a} : "${{aws_s3_bucket.b{n}.{a}}}${{aws_s3_bucket.b{n}.{a}}}"'
    links = [
        bucket(f"{attribute} = " + twice.format(n=at + 1, a=attribute), f"b{at}")
        for at in range(40)
    ]
    text = PLAIN + "".join(links) + bucket(f'{attribute} = "us-east-1"', "b40")
    _, report = scan(tree(tmp_path / "r", {"main.tf": text}))
    assert region(report, "aws_s3_bucket.b0") == (
        "us-east-1" if attribute == "region" else "eu-west-3"
    )


def test_each_count_is_read_once(tmp_path: Path) -> None:
    links = [
        bucket(
            f"count = length(aws_s3_bucket.b{at + 1}) - length(aws_s3_bucket.b{at + 1}) + 1",
            f"b{at}",
        )
        for at in range(40)
    ]
    _, report = scan(
        tree(tmp_path / "r", {"main.tf": PLAIN + "".join(links) + bucket("count = 1", "b40")})
    )
    assert_plain(report)
    assert region(report, "aws_s3_bucket.b0[0]") == "eu-west-3"


class TestModulesWithoutEnd:
    """Modules that call themselves, or very many others: what isn't read is said, as one that can't be read."""

    def test_a_module_that_calls_itself_twice(self, tmp_path: Path) -> None:
        text = PLAIN + 'module "m" {\n  source = "./"\n}\nmodule "n" {\n  source = "./."\n}\n'
        code, report = contained(
            tree(tmp_path / "r", {"main.tf": text}), "--assume", "health"
        )
        assert (code, len(report["failures"])) == (2, 1)  # told once: two calls, one folder
        assert_plain(report)
        addresses = {each["address"] for each in report["findings"]}
        assert addresses == {
            "aws_s3_bucket.plain",
            "module.m",
            "module.n",
        }  # what isn't read may hold anything
        assert report["coverage"]["unplaced"] == 2

    def test_modules_that_call_each_other(self, tmp_path: Path) -> None:
        a = PLAIN + 'module "b" {\n  source = "../b"\n}\n'
        b = bucket() + 'module "a" {\n  source = "../a"\n}\n'
        result = run(
            tree(tmp_path / "r", {"a/main.tf": a, "b/main.tf": b}),
            "--format",
            "json",
            command="facts",
        )
        found = {each["address"]: each for each in json.loads(result.stdout)["resources"]}
        assert set(found) == {
            "aws_s3_bucket.plain",
            "module.b.aws_s3_bucket.odd",
            "module.b.module.a",
        }
        unread = found["module.b.module.a"]["placements"][0]["unknown"]["provider"]
        assert unread == "unsupported-expression: module.a calls itself"

    def test_calls_that_double_at_every_level(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = {"main.tf": PLAIN}
        for at in range(25):
            target = f"./m{at + 1}" if at == 0 else f"../m{at + 1}"
            calls = "".join(
                f'module "{name}" {{\n  source = "{target}"\n}}\n' for name in "xy"
            )
            files[f"m{at}/main.tf" if at else "main.tf"] = (PLAIN if at == 0 else "") + calls
        files["m25/main.tf"] = bucket()
        code, report = contained(tree(tmp_path / "r", files))
        assert code == 2  # what stands beyond isn't read, and may be anything
        assert_plain(report)
        assert report["coverage"]["unplaced"] > 0
        assert any(
            "the root has too many of them" in each["message"] for each in report["failures"]
        )


# --- very many

INSTANCES = {
    "count = 1000000000": ("[*]", "it has 1000000000 instances or more, and at most 20000 of a block are read"),
    "count = 1e9": ("[*]", "it has 1000000000 instances or more"),
    'count = "99999999999999999"': ("[*]", "it has 1000000000000 instances or more"),
    "count = 1e999999": ("[*]", ""),
    "count = -1": ("[*]", ""),
    'count = tonumber("inf")': ("[*]", ""),
    "count = 20001": ("[*]", "it has 20001 instances or more"),
    "count = var.v ? 1 : 3000000": ("[*]", "it has 3000000 instances or more"),
    "for_each = toset([for i in range(1000000000) : tostring(i)])": (
        '["*"]', "a collection has 1000000000 elements or more, and at most 100000 are read",
    ),
    "for_each = toset(split(\"\", join(\"\", [for i in range(99999) : \"abc\"])))": (
        '["*"]', "a collection has 299997 elements or more",
    ),
    "for_each = { for p in setproduct(range(3000), range(3000)) : join(\"-\", p) => p }": (
        '["*"]', "a collection has 9000000 elements or more",
    ),
    "for_each = toset([for i in range(30000) : tostring(i)])": ('["*"]', "it has 30000 instances or more"),
    "for_each = toset([for i in range(90000) : join(\"-\", range(i))])": ('["*"]', "more than one root is given"),
    "for_each = 3": ('["*"]', ""),
}  # fmt: skip


@pytest.mark.endless
@pytest.mark.parametrize(
    ("meta", "suffix", "says"), [(meta, *rest) for meta, rest in INSTANCES.items()]
)
def test_very_many_instances_are_one(
    tmp_path: Path, meta: str, suffix: str, says: str
) -> None:
    text = PLAIN + 'variable "v" {}\n' + bucket(meta)
    code, report = scan(tree(tmp_path / "r", {"main.tf": text}))
    assert_plain(report)
    assert region(report, f"aws_s3_bucket.odd{suffix}") == "eu-west-3"
    if not says:
        assert (code, report["failures"]) == (1, [])
        return
    assert code == 2, "it must never look like a clean run"
    (failure,) = report["failures"]
    assert (failure["path"], failure["line"]) == ("main.tf", 9)
    assert failure["message"].startswith(
        f"`aws_s3_bucket.odd{suffix}` stands for all instances of this block"
    )
    assert says in failure["message"]
    assert "split the root" in failure["message"]


@pytest.mark.endless
def test_many_instances_of_many_blocks_end(tmp_path: Path) -> None:
    blocks = "".join(bucket("count = 19999", f"b{at}") for at in range(10))
    root = tree(tmp_path / "r", {"main.tf": PLAIN + blocks})
    code, report = scan(
        root, "--policy-set", "statutory", seconds=6 * SECONDS
    )  # a second for two thousand resources
    assert code == 2
    assert_plain_region(report)
    addresses = {each["address"] for each in report["findings"]}
    assert {
        "aws_s3_bucket.b0[0]",
        "aws_s3_bucket.b1[19998]",
        "aws_s3_bucket.b9[*]",
    } <= addresses
    assert len(addresses) < 50_000
    assert len(report["failures"]) == 8
    assert (
        "it has 19999 instances with 1 resource(s) each, and"
        in report["failures"][-1]["message"]
    )


def test_modules_times_resources_are_refused_as_a_whole(tmp_path: Path) -> None:
    calls = 'module "m" {\n  source = "./m"\n  for_each = toset([for i in range(9000) : tostring(i)])\n}\n'
    inner = 'module "n" {\n  source = "../n"\n}\n' + "".join(
        bucket(name=f"a{at}") for at in range(3)
    )
    files: dict[str, str | bytes] = {"main.tf": PLAIN + calls, "m/main.tf": inner}
    files["n/main.tf"] = "".join(bucket(name=f"b{at}") for at in range(3))
    code, report = scan(tree(tmp_path / "r", files))
    assert code == 2
    assert_plain(report)
    assert region(report, 'module.m["*"].module.n.aws_s3_bucket.b2') == "eu-west-3"
    (failure,) = report["failures"]
    assert (failure["path"], failure["line"]) == ("main.tf", 8)
    assert "it has 9000 instances with 6 resource(s) each" in failure["message"]


def test_very_many_nested_blocks_are_one_that_may_exist(tmp_path: Path) -> None:
    replicas = 'dynamic "replica" {\n for_each = range(9999)\n content {\n region_name = "us-east-1"\n }\n }'
    text = PLAIN + bucket(replicas).replace("aws_s3_bucket", "aws_dynamodb_table")
    code, report = scan(tree(tmp_path / "r", {"main.tf": text}))
    assert code == 1
    assert_plain(report)
    found = [each for each in report["findings"] if each["role"] == "replica"]
    assert {each["verdict"] for each in found if each["policy"] == "health-data-in-eea"} == {
        "unproven"
    }


def test_blocks_over_a_resource_are_not_lost(tmp_path: Path) -> None:
    keys = 'resource "aws_kms_key" "k" {\n  for_each = toset(["us-east-1"])\n}\n'
    replicas = 'dynamic "replica" {\n for_each = aws_kms_key.k\n content {\n region_name = replica.key\n }\n }'
    text = PLAIN + keys + bucket(replicas).replace("aws_s3_bucket", "aws_dynamodb_table")
    _, report = scan(tree(tmp_path / "r", {"main.tf": text}))
    found = [each for each in report["findings"] if each["role"] == "replica"]
    assert {each["verdict"] for each in found if each["policy"] == "health-data-in-eea"} == {
        "violation"
    }


# --- very deep

DEEP = {
    "brackets": ("[" * 5000 + "]" * 5000, 1),
    "parentheses": ("(" * 5000 + '"a"' + ")" * 5000, 1),
    "objects": ("{a=" * 5000 + '"a"' + "}" * 5000, 1),
    "calls": ("lower(" * 5000 + '"a"' + ")" * 5000, 1),
    "templates": ('"${' * 5000 + '"a"' + '}"' * 5000, 2),
    "conditions": ("true ? " * 5000 + '"a"' + ' : "b"' * 5000, 1),
    "negations": ("!" * 5000 + "true", 1),
    "minuses": ("-" * 5000 + "1", 1),
    "sums": ("1 + " * 5000 + "1", 1),
    "indices": ("local.x" + "[0]" * 5000, 1),
    "indices in indices": ("local.x" + "[local.x" * 5000 + "]" * 5000, 1),
    "loops": ("[for x in " * 5000 + "[]" + " : x]" * 5000, 1),
    "splats": ("local.x" + "[*]" * 5000, 1),
    "directives": ('"' + "%{ if true }" * 5000 + "x" + "%{ endif }" * 5000 + '"', 1),
    "json": ('jsondecode("' + "[" * 3000 + "]" * 3000 + '")', 1),
    "json that is read": ('jsonencode(jsondecode("' + "[" * 600 + "]" * 600 + '"))', 1),
    "yaml": ('yamldecode("' + "[" * 3000 + "]" * 3000 + '")', 1),
    "brackets left open": ("[" * 5000, 2),
    "templates left open": ('"' + '${"' * 5000, 2),
}  # fmt: skip


@pytest.mark.endless
@pytest.mark.parametrize(("expression", "expected"), DEEP.values(), ids=DEEP)
def test_what_is_nested_deeply_is_unknown(
    tmp_path: Path, expression: str, expected: int
) -> None:
    root = tree(tmp_path / "r", {"a.tf": PLAIN, "main.tf": bucket(f"region = {expression}")})
    code, report = scan(root)
    assert code == expected
    assert bool(report["failures"]) is (expected == 2)
    assert_plain(report)
    if expected == 1:
        assert region(report) is None


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_s3_bucket" "b" ' + "{\n a " * 5000 + "{}" + "\n}" * 5000,
        'resource "aws_s3_bucket" "b" ' + "{\n a " * 5000,
        "resource " + '"a" ' * 5000 + "{}\n",
        "locals {\n  x = " + "<<E\n${" * 2000 + '"x"' + "}\nE\n" * 2000 + "}\n",
        "".join(f"x{at} = <<E{at}\n" for at in range(5000)),
        '"' * 5001,
        "} { = \n" * 50_000,
        'resource "a" "b" {\n = \n}\n' * 5_000,
    ],
    ids=[
        "blocks",
        "blocks left open",
        "labels",
        "heredocs",
        "heredocs left open",
        "quotes",
        "errors",
        "broken blocks",
    ],
)
def test_nonsense_beside_a_good_file(tmp_path: Path, text: str) -> None:
    code, report = scan(tree(tmp_path / "r", {"a.tf": PLAIN, "main.tf": text}))
    assert code == (2 if report["failures"] else 1)
    assert len(report["failures"]) <= 5
    assert_plain(report)


FILES = {
    "brackets": ("main.tf", "locals {\n  a = ", "[", "", "]", "\n}\n"),
    "parentheses": ("main.tf", "locals {\n  a = ", "(", "1", ")", "\n}\n"),
    "objects": ("main.tf", "locals {\n  a = ", "{a=", "1", "}", "\n}\n"),
    "calls": ("main.tf", "locals {\n  a = ", "lower(", "1", ")", "\n}\n"),
    "templates": ("main.tf", "locals {\n  a = ", '"${', '"a"', '}"', "\n}\n"),
    "templates left open": ("main.tf", "locals {\n  a = ", '"${', "", "", ""),
    "directives": ("main.tf", 'locals {\n  a = "', "%{ if a }", "x", "%{endif}", '"\n}\n'),
    "conditions": ("main.tf", "locals {\n  a = ", "true ? ", "1", " : 2", "\n}\n"),
    "conditions on the right": ("main.tf", "locals {\n  a = ", "true ? 1 : ", "2", "", "\n}\n"),
    "negations": ("main.tf", "locals {\n  a = ", "!", "true", "", "\n}\n"),
    "minuses": ("main.tf", "locals {\n  a = ", "-", "1", "", "\n}\n"),
    "sums": ("main.tf", "locals {\n  a = ", "1 + ", "1", "", "\n}\n"),
    "attributes": ("main.tf", "locals {\n  a = local.a", ".a", "", "", "\n}\n"),
    "splats": ("main.tf", "locals {\n  a = local.a", "[*]", "", "", "\n}\n"),
    "loops": ("main.tf", "locals {\n  a = ", "[for x in ", "[]", " : x]", "\n}\n"),
    "heredocs": ("main.tf", "locals {\n  a = ", "<<E\n${", "1", "}\nE\n", "}\n"),
    "blocks": ("main.tf", 'resource "aws_s3_bucket" "b" ', "{\n a ", "{}", "\n}", "\n"),
    "blocks left open": ("main.tf", 'resource "aws_s3_bucket" "b" ', "{\n a ", "", "", ""),
    "dynamic blocks": ("main.tf", 'resource "a" "b" {\n', 'dynamic "a" {\ncontent {\n', "", "}\n}\n", "}\n"),
    "json lists": ("main.tf.json", "", "[", "", "]", ""),
    "json objects": ("main.tf.json", '{"resource": {"aws_s3_bucket": {"b": ', '{"a":', "1", "}", "}}}"),
    "json left open": ("main.tf.json", "", '{"a":[', "", "", ""),
    "an expression in json": ("main.tf.json", '{"locals": {"a": "${', "(", "1", ")", '}"}}'),
    "values": ("terraform.tfvars", "a = ", "[", "", "]", "\n"),
    "values in json": ("terraform.tfvars.json", '{"a": ', "[", "", "]", "}"),
    "yaml": ("k8s.yaml", "apiVersion: v1\nkind: ", "[", "", "]", "\n"),
    "yaml by dashes": ("k8s.yaml", "apiVersion: v1\nkind:\n", "- ", "a", "", "\n"),
}  # fmt: skip
"""Name -> file, how it begins, what is repeated, what is within, what closes each, how it ends."""


@pytest.mark.endless
@pytest.mark.slow
@pytest.mark.parametrize("levels", [10_000, 100_000])
@pytest.mark.parametrize("form", FILES)
def test_a_hundred_thousand_levels_end_in_little_time_and_memory(
    tmp_path: Path, form: str, levels: int
) -> None:
    name, begin, opens, inner, closes, end = FILES[form]
    text = begin + opens * levels + inner + closes * levels + end
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, name: text}))
    assert code == (2 if report["failures"] else 1)
    assert {each["path"] for each in report["failures"]} <= {name}
    assert all(each["message"] for each in report["failures"])
    assert_plain(report)


NONSENSE = """
resource {
}
resource "a" {
}
resource "a" "b" "c" {
}
resource "" "" {
}
resource "_" "z" {
}
resource "aws_s3_bucket" "x" {
  provider = 3
  count    = null
  for_each = null
  lifecycle = 3
  tags = 3
  dynamic "a" {
  }
  dynamic {
  }
  dynamic "replica" {
    for_each = 3
    content {
    }
  }
}
resource "aws_s3_bucket" "y" {
  provider = aws.nope
  tags     = null
}
variable {
}
module {
}
module "m" {
}
module "n" {
  source   = 3
  for_each = 3
}
provider {
}
provider "aws" {
  alias = 3
}
output {
}
data "x" {
}
moved {
}
locals "x" {
}
terraform {
  backend {
  }
  required_providers {
    x = 3
    y = [1]
  }
}
"""


def test_blocks_that_make_no_sense(tmp_path: Path) -> None:
    code, report = scan(tree(tmp_path / "r", {"a.tf": PLAIN, "main.tf": NONSENSE}))
    refused = [each["message"] for each in report["failures"]]
    assert code == 2
    assert refused
    assert all(" label(s), and this one has " in message for message in refused)
    assert_plain(report)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x\n{}", "this isn't valid HCL near `x`"),
        ("hello world\n{}", "this isn't valid HCL near `hello world`"),
        ('ressource "aws_s3_bucket" "b" {}\n{}', "did you mean `resource`?"),
        ('region = "eu-west-3"\n{}', "the argument `region` stands outside of any block"),
        ('resource "a"\n"b" {}\n{}', "this isn't valid HCL"),
    ],
)
def test_what_terraform_refuses_hides_nothing(tmp_path: Path, text: str, says: str) -> None:
    code, report = scan(tree(tmp_path / "r", {"main.tf": text.replace("\n{}", f"\n{PLAIN}")}))
    assert code == 2
    assert says in report["failures"][0]["message"]
    assert_plain(report)


def test_a_file_in_the_other_syntax(tmp_path: Path) -> None:
    code, report = scan(
        tree(tmp_path / "r", {"main.tf": '{"resource": {"aws_s3_bucket": {"b": {}}}}'})
    )
    assert (code, len(report["failures"])) == (2, 1)
    code, report = scan(
        tree(tmp_path / "s", {"main.tf.json": '{"ressource": {"aws_s3_bucket": {"b": {}}}}'})
    )
    assert (
        code,
        report["failures"][0]["line"],
        "`resource`" in report["failures"][0]["message"],
    ) == (2, 1, True)


def test_no_function_fails_for_its_arguments(tmp_path: Path) -> None:
    from sovlint.expressions.functions import calls

    arguments = [
        "", "null", '"x"', "[]", "[null]", "{}", "1, 2, 3, 4, 5", "null...", "[1, 2]...", '"%d%s%z%[9]s", "a"',
        "{}, []",
        "aws_s3_bucket.plain", "[[1], {}]", '"x", null', "-1, 0", "[1], 0", '"(", "("', 'true, "1e999"', "[1], [null]",
        "var.nothing", "var.unset", "[var.unset]", "{ x = var.unset }", "var.unset...", '"inf", "nan"', '["nan"]',
    ]  # fmt: skip
    names = [
        *calls.PLAIN,
        *calls.OPEN,
        *calls.FILE_FUNCTIONS,
        *calls.AT_APPLY,
    ]
    names += ["try", "can", "templatefile", "core::lower", "nope", "provider::x::y"]
    blocks = [
        bucket(f"region = {name}({given})", f"b{at}_{position}")
        for at, name in enumerate(names)
        for position, given in enumerate(arguments)
    ]
    text = PLAIN + 'variable "unset" {}\n' + "".join(blocks)
    result = run(tree(tmp_path / "r", {"main.tf": text}), "--format", "json", command="facts")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["failures"]) == (0, [])
    assert report["coverage"]["resources"] == len(blocks) + 1


# --- patterns

LONG = '{ s = "' + "a" * 4000 + '", t = "' + "a" * 60 + 'b" }'
PATTERNS = [
    'regex("(a+)+$", local.l.t)',
    'regex("(a|a)*$", local.l.t)',
    'regex("a*a*a*a*c", local.l.s)',
    'regex("[ab]*[ac]*[ad]*[ae]*z", local.l.s)',
    'regex("' + "a{1,9}" * 8 + 'b", local.l.s)',
    'regex("' + "a?" * 34 + 'c", local.l.t)',
    'regex("' + "(a|a)" * 24 + 'c", local.l.t)',
    'regex("' + "(?:a?b?)" * 24 + 'c", local.l.t)',
    'regex("(?:a{1000}){1000}", local.l.t)',
    'regex("a{9999999999}", local.l.t)',
    'regexall("a*a*a*a*c", local.l.s)[0]',
    'replace(local.l.s, "/a*a*a*a*c/", "x")',
    'regex("[[:alpha:]]+", local.l.t)',
    'regex("(", local.l.t)',
]


@pytest.mark.parametrize("expression", PATTERNS)
def test_patterns_do_not_run_away(tmp_path: Path, expression: str) -> None:
    text = f"locals {{\n  l = {LONG}\n}}\n" + located(expression)
    with in_time(3):
        code, report = scan(tree(tmp_path / "r", {"main.tf": text}))
    assert code == 1
    assert_plain(report)
    assert region(report) is None


# --- files


def test_text_in_other_encodings_is_a_failure_that_hides_nothing(tmp_path: Path) -> None:
    root = tree(
        tmp_path / "r",
        {
            "a.tf": PLAIN,
            "binary.tf": bytes(range(256)) * 1000,
            "nul.tf": b"# \0\n",
            "utf16.tf": PLAIN.encode("utf-16"),
            "latin1.tf": "# santé\n".encode("latin-1"),
            "latin1.tfvars": "# santé\n".encode("latin-1"),
            "terraform.tfvars": b"\xff",
            "saas.yaml": b"\xff\xfe",
        },
    )
    code, report = scan(root)
    assert code == 2
    assert_plain(report)
    failed = {each["path"]: each["message"] for each in report["failures"]}
    assert set(failed) == {
        "binary.tf",
        "nul.tf",
        "utf16.tf",
        "latin1.tf",
        "terraform.tfvars",
        "saas.yaml",
    }
    assert "binary" in failed["binary.tf"]
    assert "line 1" in failed["latin1.tf"]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode().rstrip(b"\n"),
        PLAIN.encode() + b"# caf\xc3\xa9 \xf0\x9f\x8f\xa5\n",
    ],
    ids=["crlf", "bom", "no last line break", "beyond ascii"],
)
def test_text_in_every_common_form_is_read(tmp_path: Path, data: bytes) -> None:
    code, report = scan(tree(tmp_path / "r", {"main.tf": data}))
    assert (code, report["failures"]) == (1, [])
    assert_plain(report)


def test_an_empty_file_is_clean_and_nothing_is_3(tmp_path: Path) -> None:
    assert scan(tree(tmp_path / "a", {"main.tf": b""}))[0] == 0
    assert scan(tree(tmp_path / "b", {"readme.md": b"# nothing"}))[0] == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        b'locals {\n  a = "' + b"x" * 20_000_000 + b'"\n}\n',
        b"locals {\n  a = [" + b"1," * 10_000_000 + b"]\n}\n",
        b"[" * 20_000_000,
        b"# " + b"x" * 20_000_000 + b"\n",
        b"locals {\n  a = <<E\n" + b"x" * 20_000_000 + b"\nE\n}\n",
        b'resource "a" "b" {}\n' * 1_000_000,
        b"#" * (MAX_FILE + 1),
    ],
    ids=[
        "a string",
        "a list",
        "brackets",
        "a comment",
        "a heredoc",
        "a million blocks",
        "too large for any file",
    ],
)
def test_a_line_of_twenty_megabytes_is_a_failure(tmp_path: Path, data: bytes) -> None:
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, "long.tf": data}))
    assert code == 2
    assert_plain(report)
    assert [each["path"] for each in report["failures"]] == ["long.tf"]
    assert "larger than" in report["failures"][0]["message"]


@pytest.mark.endless
@pytest.mark.slow
@pytest.mark.parametrize("name", ["long.tf", "long.tf.json", "terraform.tfvars", "k8s.yaml"])
@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 80_000, b"# x\n" * 5_000_000 + b"\0", b"\0" * 20_000_000],
    ids=["all", "a NUL", "NULs"],
)
def test_twenty_megabytes_of_anything_are_a_failure(
    tmp_path: Path, name: str, data: bytes
) -> None:
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, name: data}))
    assert_plain(report)
    if name != "k8s.yaml":  # what no reader claims is no failure
        assert code == 2
        assert [each["path"] for each in report["failures"]] == [name]
        assert any(
            word in report["failures"][0]["message"]
            for word in ("binary", "larger than", "UTF-8")
        )


@pytest.mark.slow
def test_a_file_of_the_largest_size_is_read_in_bounded_memory(tmp_path: Path) -> None:
    data = b"locals {\n  a = [" + b"1," * ((MAX_BYTES - 100) // 2) + b"]\n}\n"
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, "long.tf": data}))
    assert (code, report["failures"]) == (1, [])
    assert_plain(report)


class TestWhatIsNoFile:
    """Pipes, devices, folders, links: never opened where that may wait or act, never followed out of the git root."""

    def test_a_pipe_and_a_folder_named_like_files(self, tmp_path: Path) -> None:
        root = tree(tmp_path / "r", {"a.tf": PLAIN, "folder.tf/main.tf": bucket()})
        os.mkfifo(root / "pipe.tf")
        code, report = scan(root)
        assert code == 2
        assert_plain(report)
        assert [each["path"] for each in report["failures"]] == ["pipe.tf"]
        assert {each["root"] for each in report["findings"]} == {"", "folder.tf"}

    def test_functions_read_no_pipe_no_device_and_nothing_outside(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text("us-east-1")
        paths = [
            "../secret", "../../../../../../etc/hostname", "/etc/hostname", "~/.profile", "pipe", "zero", "out", "loop",
            ".git/config", "folder", "x/../../secret", "nul\\u0000", "a" * 5000, "..",
        ]  # fmt: skip
        blocks = "".join(
            bucket(f'region = file("{path}")', f"b{at}") for at, path in enumerate(paths)
        )
        blocks += "".join(
            bucket(f'region = {function}("../secret")', f"c{at}")
            for at, function in enumerate(["filemd5", "filebase64", "fileset", "fileexists"])
        )
        blocks += bucket('region = templatefile("../secret", {})', "t")
        root = tree(
            tmp_path / "r",
            {"main.tf": PLAIN + blocks, "folder/x": "", ".git/config": "us-east-1"} | {},
        )
        os.mkfifo(root / "pipe")
        (root / "zero").symlink_to("/dev/zero")
        (root / "out").symlink_to(tmp_path / "secret")
        (root / "loop").symlink_to("loop")
        code, report = scan(root)
        assert code == 1
        assert_plain(report)
        assert "us-east-1" not in json.dumps(report)
        for at in range(len(paths)):
            assert region(report, f"aws_s3_bucket.b{at}") is None, paths[at]

    def test_links_that_loop_or_lead_out(self, tmp_path: Path) -> None:
        tree(tmp_path / "other", {"main.tf": bucket(name="outside")})
        root = tree(tmp_path / "r", {"a.tf": PLAIN, "sub/b.tf": bucket(name="inside")})
        (root / "self.tf").symlink_to("self.tf")
        (root / "up").symlink_to("..")
        (root / "sub/again").symlink_to(root)
        (root / "sub/sub").symlink_to(root / "sub")
        (root / "broken.tf").symlink_to("nothing.tf")
        (root / "file.tf").symlink_to(tmp_path / "other/main.tf")
        (root / "folder").symlink_to(tmp_path / "other")
        code, report = scan(root)
        assert_plain(report)
        assert code == 1
        assert not any("outside" in each["address"] for each in report["findings"])
        said = {each["path"] for each in report["remarks"]}
        assert {"up", "file.tf", "folder", "broken.tf", "self.tf"} <= said

    def test_a_module_out_of_the_git_root_is_not_read(self, tmp_path: Path) -> None:
        tree(tmp_path / "other", {"main.tf": bucket(name="outside")})
        calls = "".join(
            f'module "m{at}" {{\n  source = "{source}"\n}}\n'
            for at, source in enumerate(
                [
                    "../other",
                    "/etc",
                    f"{tmp_path}/other",
                    "./../../x",
                    "./link",
                    "./nul\\u0000",
                ]
            )
        )
        root = tree(tmp_path / "r", {"main.tf": PLAIN + calls})
        (root / "link").symlink_to(tmp_path / "other")
        result = run(root, "--format", "json", command="facts")
        found = {
            each["address"]: each["placements"][0]["unknown"]
            for each in json.loads(result.stdout)["resources"]
        }
        assert set(found) == {"aws_s3_bucket.plain", *(f"module.m{at}" for at in range(6))}
        assert all(
            found[f"module.m{at}"]["provider"].startswith("remote-module") for at in range(6)
        )

    def test_what_may_not_be_read_is_a_failure(self, tmp_path: Path) -> None:
        root = tree(tmp_path / "r", {"a.tf": PLAIN, "closed.tf": bucket()})
        (root / "closed.tf").chmod(0)
        if os.access(root / "closed.tf", os.R_OK):
            pytest.skip("this user may read everything")
        code, report = scan(root)
        assert code == 2
        assert [each["path"] for each in report["failures"]] == ["closed.tf"]

    def test_a_template_that_reads_itself(self, tmp_path: Path) -> None:
        template = '${templatefile("t.tpl", {})}${templatefile("t.tpl", {})}'
        text = located('templatefile("t.tpl", {})')
        code, report = scan(tree(tmp_path / "r", {"main.tf": text, "t.tpl": template}))
        assert code == 1
        assert_plain(report)
        assert region(report) is None


# --- documents

BOMB = "".join(
    f"{name}: &{name} [{', '.join([last] * 9)}]\n"
    for name, last in zip(
        "abcdefghi", ["x", *(f"*{letter}" for letter in "abcdefgh")], strict=True
    )
)
DOCUMENTS: dict[str, str] = {
    "a bomb": "apiVersion: v1\nkind: Secret\n" + BOMB,
    "a bomb of merges": "apiVersion: v1\nkind: Secret\na0: &a0 {x: 1}\n"
    + "".join(f"a{at}: &a{at} {{<<: [*a{at - 1}, *a{at - 1}]}}\n" for at in range(1, 60)),
    "an alias to itself": "apiVersion: v1\nkind: Secret\na: &a [*a]\n",
    "a merge of itself": "apiVersion: v1\nkind: Secret\na: &a\n  <<: *a\n",
    "deep": "apiVersion: v1\nkind: Secret\na: " + "[" * 5000 + "]" * 5000 + "\n",
    "deep by indentation": "apiVersion: v1\nkind: Secret\n"
    + "".join(" " * at + "a:\n" for at in range(1500)),
    "left open": "apiVersion: v1\nkind: Secret\na: " + "[" * 5000,
    "a key that is a map": "apiVersion: v1\nkind: Secret\n? {a: b}\n: c\n",
    "an unknown anchor": "apiVersion: v1\nkind: Secret\na: *nothing\n",
    "control characters": "apiVersion: v1\nkind: Secret\na: \x01\n",
}


@pytest.mark.endless
@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_manifests_that_never_end_are_failures(tmp_path: Path, text: str) -> None:
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, "k8s.yaml": text}))
    assert code == 2
    assert_plain(report)
    assert {each["path"] for each in report["failures"]} == {"k8s.yaml"}


@pytest.mark.endless
@pytest.mark.parametrize("name", ["saas.yaml", "main.tf.json", "terraform.tfvars.json"])
@pytest.mark.parametrize(
    "text", ["[" * 5000 + "]" * 5000, "[" * 5000, '{"a": ' * 5000 + "1" + "}" * 5000, "\x00"]
)
def test_other_documents_that_never_end_are_failures(
    tmp_path: Path, name: str, text: str
) -> None:
    code, report = scan(tree(tmp_path / "r", {"a.tf": PLAIN, name: text}))
    assert_plain(report)
    deep_value = name.endswith(".tfvars.json") and text.startswith(
        "{"
    )  # readable: the value is what isn't known
    assert code == (1 if deep_value else 2)
    assert {each["path"] for each in report["failures"]} == (set() if deep_value else {name})


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Secret\na: " + "x" * 30_000_000,
        "apiVersion: v1\nkind: Secret\na:\n" + "- a\n" * 5_000_000,
    ],
    ids=["a scalar", "a list"],
)
def test_very_large_manifests_are_failures(tmp_path: Path, text: str) -> None:
    code, report = contained(tree(tmp_path / "r", {"a.tf": PLAIN, "k8s.yaml": text}))
    assert code == 2
    assert_plain(report)
    assert {each["path"] for each in report["failures"]} == {"k8s.yaml"}


@pytest.mark.parametrize(
    "text", [BOMB, "[" * 5000 + "]" * 5000, "a: &a [*a]\n", "\x00", "policy_set: \x1b[31m\n"]
)
def test_a_hostile_configuration_is_one_message_and_2(tmp_path: Path, text: str) -> None:
    result = run(tree(tmp_path / "r", {"main.tf": PLAIN, "sovlint.yaml": text}))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert not raw(result.output)


# --- what must not reach a terminal

ODD = "\x1b[31m\x07\x9b\u202e\u2066\u200b\r"
ESCAPED = "\\u001b[31m\\u0007\\u009b\\u202e\\u2066\\u200b\\r"
ODD_TERRAFORM = f"""
provider "aws" {{
  alias  = "odd"
  region = "eu{ESCAPED}west"
  endpoints {{
    sqs = "https://{ESCAPED}.example.org"
  }}
}}
resource "aws_s3_bucket" "named" {{
  provider = aws.odd
  bucket   = "patient{ESCAPED}"
  tags     = {{ data-classification = "health {ESCAPED}", "{ESCAPED}" = "{ESCAPED}" }}
}}
resource "aws_sqs_queue" "named" {{
  provider = aws.odd
  tags     = {{ data-classification = "health" }}
}}
resource "aws_s3_bucket" "keyed" {{
  for_each = toset(["{ESCAPED}"])
  tags     = {{ data-classification = "health" }}
}}
resource "aws_s3_bucket" "\u202e" {{
  tags = {{ data-classification = "health" }}
}}
module "odd" {{
  source = "https://example.org/{ESCAPED}"
  tags   = {{ data-classification = "health" }}
}}
"""


def raw(text: str) -> set[str]:
    """The characters of an output that a terminal would act on."""
    return {char for char in text if not char.isprintable() and char not in "\n\u00a0\u202f"}


@pytest.fixture
def odd_names(tmp_path: Path) -> Path:
    """A repository whose names, values, paths and syntax errors hold control characters."""
    odd = ODD.replace("\r", "")
    return tree(
        tmp_path / "r",
        {
            "main.tf": PLAIN + ODD_TERRAFORM,
            f"sub{odd}/raw{odd}.tf": PLAIN
            + f'resource "aws_s3_bucket" "raw" {{\n  # {odd}\n  region = "{odd}"\n'
            f'  tags = {{ data-classification = "health", x = "{odd}" }}\n}}\n',
            f"broken{odd}.tf": f'{odd} = {{\nresource "{odd}',
            "saas.yaml": f'version: 1\nservices:\n  - id: "x{ESCAPED}"\n    vendor: "v{ESCAPED}"\n    data: [health]\n',
            f"odd{odd}.yaml": f"apiVersion: v1\nkind: {ESCAPED}\nmetadata: [\n",
            f"k{odd}.yaml": f'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: "n{ESCAPED}"\n  labels: '
            "{sovlint.dev/data: health}\n",
        },
    )


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("format", REPORTS)
def test_nothing_scanned_reaches_the_terminal_raw(
    odd_names: Path, format: str, language: str
) -> None:
    result = run(
        odd_names,
        "--format",
        format,
        "--lang",
        language,
        "--show",
        "compliant",
        "--color",
        "never",
    )
    assert result.exit_code == 2
    assert "named" in result.stdout
    assert not raw(result.stdout)
    assert not raw(result.stderr)


@pytest.mark.parametrize("format", ["json", "table"])
def test_nor_as_facts(odd_names: Path, format: str) -> None:
    result = run(odd_names, "--format", format, "--color", "never", command="facts")
    assert result.exit_code == 2
    assert not raw(result.stdout)
    assert not raw(result.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", f"{ODD}"],
        ["scan", "--config", f"{ODD}.yaml"],
        ["scan", "--policy", f"{ODD}"],
        ["scan", "--policy-set", f"{ODD}"],
        ["scan", "--catalog", f"{ODD}"],
        ["scan", "--var", f"{ODD}"],
        ["scan", "--var-file", f"{ODD}"],
        ["scan", "--assume", f"{ODD}"],
        ["scan", "--format", f"{ODD}"],
        ["scan", f"--{ODD}"],
        ["explain", f"{ODD}"],
        ["provider", f"{ODD}"],
        ["provider", "--control", f"{ODD}"],
        ["provider", "--holds", f"{ODD}"],
        ["provider", "--catalog", f"{ODD}"],
        ["catalog", f"{ODD}"],
        ["catalog", "check", "--catalog", f"{ODD}"],
        ["catalog", "check", "--older-than", f"{ODD}"],
        ["where", "eu-west-3", "--catalog", f"{ODD}"],
        ["init", f"{ODD}"],
        ["label", f"{ODD}", "health"],
        ["label", "aws_s3_bucket.plain", f"{ODD}"],
        ["label", "aws_s3_bucket.plain", "iban", "--path", f"{ODD}"],
        ["label", "aws_s3_bucket.plain", "iban", "--root", f"{ODD}"],
        ["attest", "--qualification", f"{ODD}", "--provider", "scaleway"],
        ["attest", "--country", f"{ODD}", "--provider", f"{ODD}"],
        [
            "attest",
            "--qualification",
            "hds",
            "--provider",
            "scaleway",
            "--evidence-file",
            f"{ODD}",
        ],
        ["provider", "new", "--name", f"{ODD}", "--seat", f"{ODD}"],
        ["provider", "new", "--name", f"{ODD}", "--seat", "FR", "--holder", f"{ODD}"],
        ["catalog", "diff", f"{ODD}", f"{ODD}"],
        ["check", "--config", f"{ODD}.yaml"],
        ["check", "--policy", f"{ODD}"],
        ["check", "--policy-set", f"{ODD}"],
        ["check", "--catalog", f"{ODD}"],
        ["schema", f"{ODD}"],
        ["completion", f"{ODD}"],
    ],
)
def test_nor_when_an_error_quotes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tree(tmp_path / "r", {"main.tf": PLAIN}))
    result = CliRunner().invoke(main, arguments, prog_name="sovlint")
    assert result.exit_code == 2
    assert not raw(result.output)
    assert "Traceback" not in result.output


# --- what must not be printed at all

SECRET = "hunter2"
SENSITIVE = f"""
variable "secret" {{
  sensitive = true
  default   = "{SECRET}-eu-west-9"
}}
variable "map" {{
  sensitive = true
  default = {{
    data-classification = "{SECRET}-one"
    Name                = "{SECRET}-patient"
  }}
}}
variable "given" {{
  sensitive = true
}}
locals {{
  copy   = "${{var.secret}}-x"
  pieces = [var.secret, "x"]
}}
provider "aws" {{
  alias  = "secret"
  region = var.secret
  endpoints {{
    s3  = "https://user:{SECRET}@s3.example.org/?token={SECRET}"
    sqs = var.secret
  }}
}}
resource "aws_sqs_queue" "endpoint" {{
  provider = aws.secret
  tags     = {{ data-classification = "health" }}
}}
resource "aws_s3_bucket" "endpoint" {{
  provider = aws.secret
  tags     = {{ data-classification = "health" }}
}}
resource "aws_s3_bucket" "tagged" {{
  tags = {{ data-classification = var.secret }}
}}
resource "aws_s3_bucket" "all_tagged" {{
  bucket = var.map.Name
  tags   = var.map
}}
resource "aws_s3_bucket" "some_tagged" {{
  tags = merge({{ owner = "x" }}, var.map)
}}
resource "aws_s3_bucket" "set" {{
  for_each = toset([var.secret])
  tags     = {{ data-classification = "health" }}
}}
resource "aws_s3_bucket" "key" {{
  for_each = {{ (var.secret) = "x" }}
  tags     = {{ data-classification = "health" }}
}}
resource "aws_s3_bucket" "loop" {{
  for_each = {{ for each in [var.secret] : each => each }}
  tags     = {{ data-classification = "health" }}
}}
module "remote" {{
  source = "git::https://user:{SECRET}@example.org/x.git?ref=1"
  tags   = {{ data-classification = "health" }}
}}
module "local" {{
  source = "./m"
  secret = "{SECRET}-passed"
  tags   = {{ data-classification = "health" }}
}}
"""
EXPRESSIONS = [
    "var.secret", "local.copy", '"x${var.secret}"', 'join("-", local.pieces)', "jsonencode(local.pieces)",
    'jsonencode({ a = { b = var.secret } })', 'format("%s-%s", "x", var.secret)', 'formatlist("%s", local.pieces)[0]',
    'replace("x", "x", var.secret)', "upper(var.secret)", "sort(local.pieces)[0]", "local.pieces[0]", "var.given",
    "local.pieces[*]", "element(local.pieces, 0)", 'lookup({ a = var.secret }, "a")', "{ a = 1 }[var.secret]",
    'var.secret == "x" ? "y" : var.secret', "file(var.secret)", "templatefile(var.secret, {})", "keys(var.map)[0]",
    "keys({ (var.secret) = 1 })[0]", "zipmap(local.pieces, local.pieces).x", "values(var.map)[0]",
    "[for k, v in var.map : v][0]", "{ for v in local.pieces : v => v }.x", "base64decode(var.secret)",
    'base64encode("x${var.secret}")', "try(var.map.nothing, var.secret)", "coalesce(var.secret, \"x\")",
    "concat(local.pieces, [])[0]", "merge(var.map, {}).Name", "one([var.secret])", "distinct(local.pieces)[0]",
    "flatten([local.pieces])[0]", "reverse(local.pieces)[1]", "setunion(local.pieces, [])",
    "split(\"-\", var.secret)[0]", "regex(\"h.*\", var.secret)", "lower(join(\"\", [for p in local.pieces : p]))",
    "sha256(var.secret)",
    "transpose({ (var.secret) = [\"x\"] }).x[0]", "chunklist(local.pieces, 1)[0][0]", "nonsensitive(sensitive(\"x\"))",
]  # fmt: skip


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """A repository whose secrets go wherever values can go."""
    module = 'variable "secret" {\n  sensitive = true\n}\nvariable "tags" {}\n' + (
        'resource "aws_s3_bucket" "b" {\n  region = var.secret\n  tags   = var.tags\n}\n'
    )
    blocks = "".join(
        bucket(f"region = {expression}", f"e{at}")
        for at, expression in enumerate(EXPRESSIONS)
    )
    return tree(
        tmp_path / "r",
        {
            "main.tf": PLAIN + SENSITIVE + blocks,
            "m/main.tf": module,
            "terraform.tfvars": f'given = "{SECRET}-given"\n',
            "saas.yaml": "version: 1\nservices:\n  - id: x\n    data: [health]\n"
            f"    vendor: https://user:{SECRET}@example.org\n",
        },
    )


@pytest.mark.parametrize(
    "arguments",
    [["--format", each, "--lang", "fr"] for each in REPORTS] + [["--assume", "health"]],
)
def test_no_secret_is_reported(secrets: Path, arguments: list[str]) -> None:
    result = run(secrets, "--show", "compliant", *arguments)
    assert result.exit_code in (1, 2)
    assert "aws_s3_bucket.e0" in result.stdout
    assert SECRET not in result.output
    assert "aHhodW50ZXIy" not in result.output  # the same in base64


@pytest.mark.parametrize("format", ["json", "table"])
def test_no_secret_is_a_fact(secrets: Path, format: str) -> None:
    result = run(secrets, "--format", format, command="facts")
    assert "e0" in result.stdout
    assert SECRET not in result.output


def test_no_secret_is_quoted_by_an_error(tmp_path: Path) -> None:
    broken = f'resource "x" "y" {{\n  url = "https://user:{SECRET}@example.org/?token={SECRET}" "}}\n'
    root = tree(
        tmp_path / "r",
        {
            "main.tf": PLAIN + broken,
            "sovlint.yaml": f"catalog: ['https://u:{SECRET}@example.org']\n",
        },
    )
    assert SECRET not in run(root).output
    (root / "sovlint.yaml").unlink()
    result = run(root)
    assert result.exit_code == 2
    assert SECRET not in result.output


def test_no_secret_is_drafted(secrets: Path) -> None:
    result = run(secrets, "--print", command="init")
    assert "policy_set: " in result.stdout
    assert SECRET not in result.output


# --- what label is given to edit

LABELLED = [
    pytest.param(
        "aws_s3_bucket.odd",
        bucket("x = " + "[" * 5000 + "]" * 5000).replace('"health"', '"iban"'),
        id="deep-list",
    ),
    pytest.param(
        "aws_s3_bucket.odd",
        bucket("x = " + "f(" * 5000 + ")" * 5000).replace('"health"', '"iban"'),
        id="deep-calls",
    ),
    pytest.param(
        "aws_s3_bucket.odd",
        'resource "aws_s3_bucket" "odd" {\n  tags = '
        + "merge(" * 5000
        + "{}"
        + ")" * 5000
        + "\n}\n",
        id="deep-merge",
    ),
    pytest.param(
        "aws_s3_bucket.odd",
        bucket('x = "' + "a" * 2_000_000 + '"').replace('"health"', '"iban"'),
        id="long-line",
    ),
    pytest.param(
        "aws_s3_bucket.odd",
        'resource "aws_s3_bucket" "odd" {\n' + "x {\n" * 3000 + "}\n" * 3001,
        id="deep-blocks",
    ),
    pytest.param(
        "aws_s3_bucket.odd",
        'resource "aws_s3_bucket" "odd" {\n  tags = { "${' + '"${' * 500 + '" = 1 }\n}\n',
        id="broken-templates",
    ),
]


@pytest.mark.parametrize(("address", "text"), LABELLED)
def test_an_edit_ends_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, text: str
) -> None:
    root = tree(tmp_path / "r", {"main.tf": PLAIN, "odd.tf": text})
    monkeypatch.chdir(root)
    with in_time():
        result = CliRunner().invoke(
            main, ["label", address, "health", "--write"], prog_name="sovlint"
        )
    assert result.exit_code in (0, 2)
    assert "internal error" not in result.output
    assert (root / "main.tf").read_text() == PLAIN
    if result.exit_code == 2:
        assert (root / "odd.tf").read_text() == text


def test_an_anchor_that_grows_is_no_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"
    root = tree(tmp_path / "r", {"main.tf": PLAIN, "pod.yaml": f"{pod}---\n{bomb}"})
    monkeypatch.chdir(root)
    with in_time():
        result = CliRunner().invoke(
            main, ["label", "k8s:-/Pod/web", "health", "--write"], prog_name="sovlint"
        )
    assert result.exit_code == 2
    assert "can't be edited safely" in result.output


def test_names_from_files_are_inert_where_guesses_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = ["patients\x1b[31m", "patients; rm -rf x", "$(patients)", "::error::patients"]
    text = (
        PLAIN
        + 'resource "aws_s3_bucket" "b" {\n  for_each = toset('
        + json.dumps(keys)
        + ")\n}\n"
    )
    monkeypatch.chdir(
        tree(tmp_path / "r", {"main.tf": text.replace("$(", "$$(").replace("$$(", "$(")})
    )
    result = CliRunner().invoke(main, ["label", "--inferred"], prog_name="sovlint")
    assert result.exit_code == 0
    assert "patients" in result.stdout
    assert not raw(result.output)
    command = next(line for line in result.stdout.splitlines() if "sovlint label" in line)
    assert "sovlint label 'aws_s3_bucket.b[" in command


def test_a_page_has_nothing_raw(odd_names: Path, tmp_path: Path) -> None:
    """What scripts and markup do to it is tried in a browser."""
    page = tmp_path / "page.html"
    assert run(odd_names, "--output", str(page), command="report").exit_code in (0, 2)
    text = page.read_text(encoding="utf-8")
    assert not raw(text)
    assert text.count("<script") == 1


def test_registers_calendar_and_evidence_have_nothing_raw(
    odd_names: Path, tmp_path: Path
) -> None:
    """What they write is escaped, and a statement of such a repository is found again."""
    out = tmp_path / "out"
    for arguments in (
        ["register", "dora", str(odd_names), "-f", "json", "-o", str(out)],
        ["register", "tender", str(odd_names), "-f", "json", "-o", str(out)],
        ["calendar", str(odd_names), "-o", str(out)],
        ["evidence", str(odd_names), "-o", str(out)],
    ):
        result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
        assert result.exit_code in (0, 2), arguments
        assert "Traceback" not in result.output
        assert "internal error" not in result.output
        text = out.read_bytes().decode("utf-8").replace("\r\n", "\n")
        assert not raw(text), arguments
    result = CliRunner().invoke(main, ["verify", str(out), str(odd_names), "--lang", "en"])
    assert result.exit_code == 0, result.output
    assert not raw(result.output)


def test_a_fleet_has_nothing_raw(odd_names: Path, tmp_path: Path) -> None:
    """What is kept of such a repository, and told of it."""
    clones = tmp_path / "clones"
    clones.mkdir()
    repository(clones / f"odd{ODD}".replace("\r", "").replace("\n", ""), odd_names)
    store, out = tmp_path / "store", tmp_path / "page.html"
    scanned(clones, store)
    for arguments in (
        ["query", "SELECT repository, address, message FROM findings"],
        ["query", "SELECT * FROM failures"],
        ["gate"],
        ["runs"],
        ["report", "-o", str(out)],
    ):
        told = CliRunner().invoke(main, ["fleet", *arguments, "--store", str(store)])
        assert told.exit_code in (0, 1, 2), told.output
        assert not raw(told.output), arguments
        assert "Traceback" not in told.output
    assert not raw(out.read_text(encoding="utf-8"))


def test_every_command_is_tried_here() -> None:
    """Those that read what others wrote; schema and completion read nothing but what ships."""
    tried = {
        "scan",
        "map",
        "report",
        "facts",
        "explain",
        "provider",
        "provider new",
        "attest",
        "where",
        "init",
        "label",
        "check",
        "catalog",
        "register",
        "calendar",
        "evidence",
        "verify",
        "fleet",
    }
    assert set(COMMANDS) - {"schema", "completion"} == tried
