"""Going through a document step by step."""

from __future__ import annotations

from sovlint.documents import load
from sovlint.documents.cursor import Cursor
from sovlint.model.value import Known, Unknown

TEXT = """\
spec:
  name: api
  count: 3
  hosts:
    - one
    - {name: two}
  open: ${X}
"""


def _cursor() -> Cursor:
    return Cursor.of(next(iter(load(TEXT, "a.yaml"))))


def test_what_stands_at_a_path_and_where() -> None:
    spec = _cursor().at("spec")
    assert (spec.text("name"), spec.text("count"), spec.text("absent")) == ("api", "", "")
    assert spec.at("hosts", 1, "name").data == "two"
    assert (spec.at("count").where.line, spec.at("hosts", 1).where.line) == (3, 6)
    assert spec.at("hosts", 0).parent.path == ("spec", "hosts")


def test_what_is_not_there_is_empty() -> None:
    absent = _cursor().at("spec", "name", "deeper")
    assert absent.data is None
    assert absent.where.line == 2  # what is around it
    assert (absent.mapping(), list(absent.items()), list(absent.entries())) == ({}, [], [])


def test_lists_and_mappings_are_gone_through() -> None:
    spec = _cursor().at("spec")
    assert [each.data for each in spec.items("hosts")] == ["one", {"name": "two"}]
    assert [each.path[-1] for each in spec.mappings("hosts")] == [1]
    assert [(key, each.where.line) for key, each in spec.entries()] == [
        ("name", 2), ("count", 3), ("hosts", 4), ("open", 7),
    ]  # fmt: skip
    assert [each.data for each in _cursor().every("spec.hosts.*.name")] == ["two"]


def test_only_a_text_has_a_value() -> None:
    spec = _cursor().at("spec")
    assert isinstance(spec.at("name").value("kubernetes.written"), Known)
    assert isinstance(spec.at("open").value("kubernetes.written"), Unknown)
    assert spec.at("count").value("kubernetes.written") is None
