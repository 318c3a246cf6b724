"""What every output must be, whatever was scanned, read by others than its writer."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from cyclonedx.validation.xml import XmlValidator
from jsonschema import Draft202012Validator
from lxml import etree, html  # type: ignore[import-untyped]

from tests.fuzz.seeds import ROOT
from tests.report.readers import commands, kinds, links, sarif_schema
from tests.report.scan.test_gitlab_codequality import SEVERITIES
from tests.report.scan.test_markdown import PARTS

Check = Callable[[str], Iterator[str]]
"""An output into what is wrong with it: a short text that is the same for the same fault."""


def raw(text: str) -> set[str]:
    """Characters of an output that a terminal would act on."""
    return {
        char for char in set(text) if not char.isprintable() and char not in "\n\u00a0\u202f"
    }


@cache
def _schema(name: str) -> Draft202012Validator:
    path = ROOT / f"sovlint/schemas/{name}.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def _fits(name: str) -> Check:
    def check(text: str) -> Iterator[str]:
        data = json.loads(text, parse_constant=_constant)
        for error in _schema(name).iter_errors(data):
            where = "/".join(
                "*" if isinstance(each, int) else each for each in error.absolute_path
            )
            yield f"{where}: {error.validator}"

    return check


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _sarif(text: str) -> Iterator[str]:
    data = json.loads(text, parse_constant=_constant)
    for error in sarif_schema().iter_errors(data):
        yield re.sub(r"\[\d+\]", "[*]", f"{error.json_path}: {error.validator}")


def _github(text: str) -> Iterator[str]:
    found = commands(text)
    if len(found) != len(text.splitlines()):
        yield "a line that is no command"
    for name in {each.name for each in found} - {"error", "warning", "notice"}:
        yield f"a command {name}"


def _markdown(text: str) -> Iterator[str]:
    for kind in sorted(kinds(text) - PARTS):
        yield f"a part {kind}"
    if links(text):
        yield "a link"


JUNIT = {
    "testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped", "system-out",
}  # fmt: skip


def _junit(text: str) -> Iterator[str]:
    for tag in sorted({each.tag for each in ET.fromstring(text).iter()} - JUNIT):
        yield f"an element {tag}"


def _codequality(text: str) -> Iterator[str]:
    issues = json.loads(text, parse_constant=_constant)
    if not {each["severity"] for each in issues} <= SEVERITIES:
        yield "a severity"
    if len({each["fingerprint"] for each in issues}) != len(issues):
        yield "a fingerprint twice"
    for each in issues:
        if each["location"]["path"].startswith(("/", "../")):
            yield "a path that leads out"


def _sast(text: str) -> Iterator[str]:
    found = json.loads(text, parse_constant=_constant)["vulnerabilities"]
    if any(len(each["name"]) > 255 for each in found):
        yield "a long name"
    if len({each["id"] for each in found}) != len(found):
        yield "an id twice"


def _csv(text: str) -> Iterator[str]:
    if len({len(row) for row in csv.reader(io.StringIO(text))}) > 1:
        yield "rows of several lengths"


@cache
def _cyclonedx_json() -> JsonStrictValidator:
    return JsonStrictValidator(SchemaVersion.V1_6)


def _cyclonedx(text: str) -> Iterator[str]:
    error = _cyclonedx_json().validate_str(text)
    if error is not None:
        yield f"{error.data}"[:120]


@cache
def _cyclonedx_schema() -> XmlValidator:
    return XmlValidator(SchemaVersion.V1_6)


def _cyclonedx_xml(text: str) -> Iterator[str]:
    error = _cyclonedx_schema().validate_str(text)
    if error is not None:
        yield f"{error.data}"[:120]


def _page(text: str) -> Iterator[str]:
    parsed = html.document_fromstring(text, parser=etree.HTMLParser(huge_tree=True))
    for script in parsed.iter("script"):
        if script.get("src"):
            yield "a script from elsewhere"
    for each in parsed.iter("link", "img", "iframe", "object", "embed", "base"):
        yield f"an element {each.tag}"
    ids = [each.get("id") for each in parsed.iter() if each.get("id")]
    if len(set(ids)) != len(ids):
        yield "an id twice"


def _nothing(text: str) -> Iterator[str]:
    yield from ()


CHECKS: Mapping[str, Check] = {
    "scan json": _fits("report"),
    "scan sarif": _sarif,
    "scan github": _github,
    "scan markdown": _markdown,
    "scan junit": _junit,
    "scan gitlab-codequality": _codequality,
    "scan gitlab-sast": _sast,
    "facts json": _fits("facts"),
    "facts csv": _csv,
    "facts cyclonedx": _cyclonedx,
    "facts cyclonedx-xml": _cyclonedx_xml,
    "map json": _fits("map"),
    "report page": _page,
}
SPOKEN_TO_SERVERS = ("scan github",)
"""Outputs that a server acts on, as it should."""


def problems(kind: str, text: str) -> Iterator[str]:
    """What is wrong with an output of a kind (``scan json``)."""
    found = raw(text)
    if found:
        yield f"control characters {sorted(map(ascii, found))[:5]}"
    if kind != "report page" and not text.endswith("\n"):
        yield "no line break at the end"
    if kind not in SPOKEN_TO_SERVERS and kind != "report page" and commands(text):
        yield "a command for a server"
    try:
        yield from sorted(set(CHECKS.get(kind, _nothing)(text)))
    except (ValueError, ET.ParseError, etree.Error, KeyError, csv.Error) as error:
        yield f"unreadable: {type(error).__name__}: {re.sub('[0-9]+', 'n', str(error))[:80]}"
