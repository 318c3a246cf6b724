"""Templates of which it isn't known which is rendered: those that are here are read, and it may be another."""

from __future__ import annotations

import pytest

from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

ONE, OTHER = "https://a@o1.ingest.sentry.io/1", "https://a@o1.ingest.sentry.io/2"
HEAD = """
variable "over" {{ type = bool }}
variable "outside" {{}}
variable "database" {{}}
locals {{
  path = {path}
}}
"""
RELEASE = """
resource "helm_release" "a" {
  name   = "a"
  chart  = "igs"
  values = [templatefile(local.path, { dsn = "VALUE", database = var.database })]
}
""".replace("VALUE", ONE)
FILES: dict[str, str | bytes | None] = {
    "one.yaml": "env:\n  SENTRY_DSN: ${dsn}\n",
    "other.yaml": f"env:\n  SENTRY_DSN: {OTHER}\n",
    "store.yaml": "config:\n  databases:\n    claims:\n      host: ${database}\n",
}


def release(path: str, text: str = RELEASE) -> Resource:
    reader = MemoryReader({"main.tf": HEAD.format(path=path) + text, **FILES})
    (found,) = front_end.read(reader, ReadOptions(), catalog().hints()).resources
    return found


@pytest.mark.parametrize(
    "path",
    [
        'fileexists("${var.outside}/one.yaml") ? "${var.outside}/one.yaml" : "one.yaml"',
        'fileexists("../beside/one.yaml") ? "../beside/one.yaml" : "${path.module}/one.yaml"',
        'var.over ? "one.yaml" : "${var.outside}/x.yaml"',
        'var.over ? (var.over ? "${var.outside}/x.yaml" : "one.yaml") : "${var.outside}/y.yaml"',
    ],
)
def test_the_one_that_is_here_is_read_and_may_be_another(path: str) -> None:
    found = release(path)
    (sent,) = found.sends
    assert isinstance(sent.value, Known)
    assert sent.value.value == ONE
    assert isinstance(found.unsaid, Unknown)


def test_of_two_that_are_here_either_counts() -> None:
    (sent,) = release('var.over ? "one.yaml" : "other.yaml"').sends
    assert isinstance(sent.value, Unknown)
    assert {each.value for each in sent.value.among or ()} == {ONE, OTHER}


def test_a_host_that_isnt_known_is_one_all_the_same() -> None:
    (sent,) = release('"store.yaml"').sends
    assert isinstance(sent.value, Unknown)
    assert sent.value.detail == "var.database"


def test_several_values_that_arent_known_are_told_once() -> None:
    text = 'resource "helm_release" "a" {\n  chart = "x"\n  values = [var.outside, var.over]\n}\n'
    found = release('""', text)
    assert isinstance(found.unsaid, Unknown)
    assert found.unsaid.detail == "var.outside"
