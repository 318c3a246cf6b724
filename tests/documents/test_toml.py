"""A table of a TOML file, with the lines of its keys."""

from __future__ import annotations

import pytest

from sovlint.documents import DocumentError, toml

TEXT = """\
[project]
name = "x"

[tool.sovlint]
policy_set = "strict"
data.tags = ["a"]

[tool.sovlint.data.paths]
"infra/claims/**" = ["health"]

[[tool.sovlint.clusters]]
provider = "scaleway"

[[tool.sovlint.clusters]]
paths = [
  "k8s/**",
]
since = 2026-10-01
"""


def test_the_table_as_plain_data_with_dates_as_text() -> None:
    document = toml.load(TEXT, "pyproject.toml", ("tool", "sovlint"))
    assert document is not None
    assert document.data == {
        "policy_set": "strict",
        "data": {"tags": ["a"], "paths": {"infra/claims/**": ["health"]}},
        "clusters": [{"provider": "scaleway"}, {"paths": ["k8s/**"], "since": "2026-10-01"}],
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 4),
        (("policy_set",), 5),
        (("data",), 6),
        (("data", "tags"), 6),
        (("data", "paths"), 8),
        (("data", "paths", "infra/claims/**"), 9),
        (("clusters", 0, "provider"), 12),
        (("clusters", 1), 14),
        (("clusters", 1, "paths"), 15),
        (("clusters", 1, "paths", 0), 15),
        (("clusters", 1, "since"), 18),
    ],
)
def test_where_keys_stand(path: tuple[str | int, ...], line: int) -> None:
    document = toml.load(TEXT, "pyproject.toml", ("tool", "sovlint"))
    assert document is not None
    assert document.span(path).line == line


def test_no_such_table() -> None:
    assert toml.load("[tool]\nother = 1\n", "pyproject.toml", ("tool", "sovlint")) is None
    assert toml.load("tool = 1\n", "pyproject.toml", ("tool", "sovlint")) is None


def test_an_inline_table_stands_where_its_file_begins_at_worst() -> None:
    document = toml.load("tool = {sovlint = {polciy = 1}}\n", "p.toml", ("tool", "sovlint"))
    assert document is not None
    assert document.span(("polciy",)).line == 1


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb = \n", 2), ("a = [1,\n", 2)])
def test_what_is_no_toml_says_where(text: str, line: int) -> None:
    with pytest.raises(DocumentError) as error:
        toml.load(text, "p.toml", ())
    assert error.value.line == line
    assert "(at" not in error.value.problem
