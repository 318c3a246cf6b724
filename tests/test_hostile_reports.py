"""A repository that tries to speak through sovlint's reports: each is read back by an independent reader.

Names, tags, values, heredocs, paths and broken files hold commands to CI servers, markup, links, mentions and control
characters. All of them may be shown; none may have an effect, and none may hide the plain finding beside it.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from click.testing import Result
from junitparser import JUnitXml

from sovlint.report import REPORTS
from tests.report.readers import commands, kinds, links, sarif_schema, strings, words
from tests.report.scan.test_gitlab_codequality import SEVERITIES
from tests.report.scan.test_markdown import PARTS, cells
from tests.test_hostile import PLAIN, raw, run, tree

EVIL: Mapping[str, str] = {
    "a command": "::error file=x::pwn",
    "a command on a line of its own": "x\n::error file=x::pwn\n  ::set-output name=x::y\n",
    "an old command": "##[error]pwn",
    "a command to Azure": "##vso[task.setvariable variable=x]y",
    "an end of data": "]]>",
    "a script": "<script>alert(1)</script>",
    "a comment": "<!-- x -->",
    "cells": "a | b || c |",
    "backquotes": "`x` ``y`` ```z",
    "a link": "[x](javascript:alert(1))",
    "a link to a place": "[x](1)",
    "an image": "![](http://evil.test/x.png)",
    "a mention": "@everyone",
    "an issue": "#123 owner/repo#1 GH-1 !7",
    "an address": "https://evil.test/x www.evil.test a@evil.test",
    "a heading": "# x\n\n## y\n\n- z\n",
    "a colour": "\x1b[31mred\x1b[0m\x1b]8;;http://evil.test\x1b\\x\x1b]8;;\x1b\\",
    "right to left": "\u202egnp.exe\u2066",
    "line breaks": "a\r\nb\u2028c\u0085d\x0be",
    "something long": "x" * 3000,
    "many commas": "%0A,:=%25::error::x",
    "a formula": "$x$ $$y$$ \\(z\\) {0} {{1}} %s",
    "characters that XML lacks": "\x01\ufffe\uffff\x7f",
}


def quoted(text: str) -> str:
    """A string of Terraform with this value."""
    escaped = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
    )
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


def terraform(evil: str) -> str:
    """Everything that a resource may say, said with ``evil``."""
    words = quoted(evil)
    heredoc = "".join(f"    {line}\n" for line in evil.splitlines()) or "    \n"
    return f"""
variable "odd" {{
  default = {words}
}}
variable "unset" {{
  description = {words}
}}
provider "aws" {{
  alias  = "odd"
  region = var.odd
}}
resource "aws_s3_bucket" "keyed" {{
  for_each = toset([{words}])
  bucket   = {words}
  provider = aws.odd
  tags     = {{ data-classification = "health", {words} = {words} }} # {evil.splitlines()[0]}
}}
resource "aws_sqs_queue" "strange" {{
  name   = {words}
  policy = <<-TEXT
{heredoc}    TEXT
  tags   = {{ data-classification = {words} }}
}}
resource "aws_db_instance" "open" {{
  count = var.unset == {words} ? 1 : 0
  tags  = {{ data-classification = "health", name = "{{var.unset}}" }}
}}
module "called" {{
  source = "./m"
  name   = {words}
}}
"""


MODULE = """
variable "name" {}
resource "aws_s3_bucket" "inside" {
  bucket = var.name
  tags   = { data-classification = "health", "${var.name}" = var.name }
}
"""


def in_a_path(evil: str) -> str:
    """What of ``evil`` a file may be called."""
    return evil.replace("/", "_").replace("\x00", "")[:60]


def repository(root: Path, evil: str) -> Path:
    name = in_a_path(evil)
    return tree(
        root,
        {
            "main.tf": PLAIN + terraform(evil),
            "m/main.tf": MODULE,
            f"d{name}/x{name}.tf": PLAIN + terraform(evil),
            f"d{name}/m/main.tf": MODULE,
            f"broken{name}.tf": f'resource "{name}',
            "saas.yaml": json.dumps(
                {"version": 1, "services": [{"id": evil, "vendor": evil, "data": ["health"], "purpose": evil}]}
            ),
            "k.yaml": json.dumps(
                {
                    "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                    "metadata": {"name": evil, "namespace": evil, "labels": {"sovlint.dev/data": "health", evil: evil}},
                }
            ),
        },
    )  # fmt: skip


SHOWN_TO_A_SERVER = "github"
"""The format that stands in a log, where a server acts on it: it is written to stdout, all others to files."""


@dataclass(frozen=True)
class Scan:
    """One run over a repository that writes every report."""

    root: Path
    language: str

    def _file(self, format: str) -> Path:
        return self.root.parent / f"{format}.{self.language}"

    @cached_property
    def result(self) -> Result:
        """The run."""
        others = [format for format in REPORTS if format != SHOWN_TO_A_SERVER]
        outputs = [
            part
            for each in others
            for part in ("--format", each, "--output", str(self._file(each)))
        ]
        wanted = (*outputs, "--format", SHOWN_TO_A_SERVER)
        return run(
            self.root,
            *wanted,
            "--lang",
            self.language,
            "--show",
            "compliant",
            "--color",
            "never",
        )

    def report(self, format: str) -> str:
        """A report, with nothing in it or on stderr that a terminal or a server acts on."""
        result = self.result
        assert result.exit_code == 2
        text = (
            result.stdout
            if format == SHOWN_TO_A_SERVER
            else self._file(format).read_bytes().decode()
        )
        assert raw(text) | raw(result.stderr) == set()
        assert commands(result.stderr) == []
        if format != SHOWN_TO_A_SERVER:
            assert commands(text) == []
        return text


@dataclass(frozen=True)
class Hostile:
    """A repository, and what is said of it in both languages."""

    root: Path
    scans: Mapping[str, Scan]

    def report(self, format: str, language: str = "en") -> str:
        """A report in one language."""
        return self.scans[language].report(format)


def scanned(root: Path) -> Hostile:
    return Hostile(root, {language: Scan(root, language) for language in ("en", "fr")})


@pytest.fixture(scope="module", params=EVIL, ids=str)
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Hostile:
    return scanned(repository(tmp_path_factory.mktemp("hostile") / "r", EVIL[request.param]))


@pytest.mark.parametrize("format", REPORTS)
def test_every_format_tells_of_the_plain_file(hostile: Hostile, format: str) -> None:
    assert "main.tf" in hostile.report(format)


def test_text(hostile: Hostile) -> None:
    for language in ("en", "fr"):
        assert "main.tf" in hostile.report("text", language)
    table = run(hostile.root, "--format", "table", command="facts")
    assert commands(table.stdout) == []
    assert not raw(table.stdout)


def test_json(hostile: Hostile) -> None:
    data = json.loads(hostile.report("json"))
    assert any(each["address"] == "aws_s3_bucket.plain" for each in data["findings"])


def test_sarif(hostile: Hostile) -> None:
    data = json.loads(hostile.report("sarif"))
    assert [error.message for error in sarif_schema().iter_errors(data)] == []
    (run,) = data["runs"]
    assert any(
        one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        == "aws_s3_bucket.plain"
        for one in run["results"]
    )
    texts = [text for one in run["results"] for text in strings(one["message"])]
    assert not [text for text in texts if "](" in text.replace("\\](", "")]
    for each in strings([one["locations"] for one in run["results"]]):
        assert each != "uri" or not each.startswith(("/", "http"))


def test_github(hostile: Hostile) -> None:
    log = hostile.report("github")
    found = commands(log)
    assert len(found) == len(log.splitlines())
    assert {each.name for each in found} <= {"error", "warning", "notice"}
    assert {key for each in found for key in each.properties} <= {
        "file",
        "line",
        "endLine",
        "col",
        "title",
    }
    assert any(
        each.properties.get("file") == "main.tf" and "aws_s3_bucket.plain" in each.message
        for each in found
    )
    assert all("pwn" not in each.properties.get("title", "") for each in found)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_markdown(hostile: Hostile, language: str) -> None:
    page = hostile.report("markdown", language)
    assert kinds(page) <= PARTS
    assert links(page) == []
    for row in cells(page)[
        1:
    ]:  # a row with too many cells would be cut, and its cells be those of other columns
        assert re.fullmatch(r".*:\d+", row[2])
        assert re.fullmatch(r"|(health|santé) \(\w+\)", row[5])
    assert "aws_s3_bucket.plain" in words(page)


def test_junit(hostile: Hostile) -> None:
    text = hostile.report("junit")
    root = ET.fromstring(text)
    assert {each.tag for each in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped", "system-out",
    }  # fmt: skip
    assert any(
        (each.get("name") or "").startswith("aws_s3_bucket.plain")
        for each in root.iter("testcase")
    )
    assert JUnitXml.fromstring(text).errors >= 1


def test_gitlab_codequality(hostile: Hostile) -> None:
    issues = json.loads(hostile.report("gitlab-codequality"))
    assert {each["severity"] for each in issues} <= SEVERITIES
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    assert any("aws_s3_bucket.plain" in each["description"] for each in issues)


def test_gitlab_sast(hostile: Hostile) -> None:
    found = json.loads(hostile.report("gitlab-sast"))["vulnerabilities"]
    for each in found:
        assert links(each["description"]) == []
        assert kinds(each["description"]) <= PARTS
        assert len(each["name"]) <= 255
    assert any(
        each["details"]["resource"]["value"] == "aws_s3_bucket.plain" for each in found
    )


def test_what_is_said_here_reaches_the_reports(tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    said = scanned(repository(tmp_path / "r", "**EVIL**"))
    page = said.report("markdown")
    assert page.count("EVIL") > 10
    data = json.loads(said.report("json"))
    assert any("**EVIL**" in each["address"] for each in data["findings"])
    assert any("**EVIL**" in each["path"] for each in data["failures"])
