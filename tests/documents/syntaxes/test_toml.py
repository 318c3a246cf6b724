"""A table of a TOML file, with the lines of its keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.documents import DocumentError
from sovlint.documents.syntaxes import toml

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
    document = toml.load_table(TEXT, "pyproject.toml", ("tool", "sovlint"))
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
        (("clusters", 1, "paths", 0), 16),
        (("clusters", 1, "since"), 18),
    ],
)
def test_where_keys_stand(path: tuple[str | int, ...], line: int) -> None:
    document = toml.load_table(TEXT, "pyproject.toml", ("tool", "sovlint"))
    assert document is not None
    assert document.span(path).line == line


def test_no_such_table() -> None:
    assert (
        toml.load_table("[tool]\nother = 1\n", "pyproject.toml", ("tool", "sovlint")) is None
    )
    assert toml.load_table("tool = 1\n", "pyproject.toml", ("tool", "sovlint")) is None


def test_an_inline_table_stands_where_its_file_begins_at_worst() -> None:
    document = toml.load_table(
        "tool = {sovlint = {polciy = 1}}\n", "p.toml", ("tool", "sovlint")
    )
    assert document is not None
    assert document.span(("polciy",)).line == 1


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb = \n", 2), ("a = [1,\n", 2)])
def test_what_is_no_toml_says_where(text: str, line: int) -> None:
    with pytest.raises(DocumentError) as error:
        toml.load(text, "p.toml")
    assert error.value.line == line
    assert "(at" not in error.value.problem


HARD = '''\
# [comment]
top = """
[not.a.table]
name = "not a key"
"""
[[stores]]
name = "a"
[stores.env]
# a comment
URL = 'b'
[stores.env.more]
x = 1
[[stores]]
"quoted.key" . 'other' = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("stores",), 6),
        (("stores", 0, "name"), 7),
        (("stores", 0, "env"), 8),
        (("stores", 0, "env", "URL"), 10),
        (("stores", 0, "env", "more", "x"), 12),
        (("stores", 1), 13),
        (("stores", 1, "quoted.key", "other"), 14),
    ],
)
def test_below_arrays_of_tables(path: tuple[str | int, ...], line: int) -> None:
    document = toml.load(HARD, "settings.toml")
    assert path in document.spans
    assert document.span(path).line == line


def test_the_whole_of_a_value_ends_where_it_does() -> None:
    document = toml.load("a = [\n  1,\n  {b = 2},\n] # c\n", "a.toml", above=10)
    whole = document.whole(("a",))
    assert (whole.line, whole.column, whole.end_line, whole.end_column) == (11, 1, 14, 2)
    inner = document.span(("a", 1, "b"))
    assert (inner.line, inner.column, inner.end_line, inner.end_column) == (13, 4, 13, 5)


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 5000, "a = " + "[" * 120 + "]" * 120, "a = " + "{b = " * 120 + "1" + "}" * 120, "a." * 70 + "b = 1",
     "a = " + "9" * 5000],
)  # fmt: skip
def test_what_costs_too_much_is_refused(text: str) -> None:
    with pytest.raises(DocumentError):
        toml.load(text, "a.toml")


# --- a text that is written from data says where each part of the data stands


KEYS = st.sampled_from(["a", "b-c", "d.e", "é", 'quo"te', "[x]", "1", "#", "back\\slash", ""])
LINES = st.lists(
    st.sampled_from(["[x]", "[[y]]", "a = 1", "# no", "'", "''", '"', '""', ""]),
    min_size=1,
    max_size=4,
)
SCALARS = st.one_of(
    st.integers(-5, 5),
    st.booleans(),
    st.sampled_from(["", "x", "a,b", "]", "}", "# x", "it's"]),
    LINES.map("\n".join),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=4)
Data = dict[str, Any]
At = tuple[str | int, ...]


class Writer:
    """Writes data as TOML in one of the ways that there are, and notes the line of each part."""

    def __init__(self, choose: Callable[[Sequence[str]], str]) -> None:
        self.text = ""
        self.lines: dict[At, int] = {}
        self._choose = choose

    def table(self, data: Data, names: tuple[str, ...], at: At) -> None:
        """The keys of a table, and then the tables below it."""
        below = []
        for key, value in data.items():
            here = (*at, key)
            forms = ["inline"]
            if isinstance(value, dict) and value:
                forms += ["table", "dotted"]
            elif (
                isinstance(value, list)
                and value
                and all(isinstance(item, dict) for item in value)
            ):
                forms += ["tables"]
            form = self._choose(forms)
            if form == "inline":
                self._pair((key,), value, here, "\n")
            elif form == "dotted":
                self.lines[here] = self._line()
                for name, inner in value.items():
                    self._pair((key, name), inner, (*here, name), "\n")
            else:
                below.append((key, value))
        for key, value in below:
            for index, item in enumerate(value if isinstance(value, list) else [value]):
                many = isinstance(value, list)
                here = (*at, key, index) if many else (*at, key)
                self._note(here)
                header = self._dotted((*names, key))
                self.text += f"[[{header}]]\n" if many else f"[{header}]\n"
                self.table(item, (*names, key), here)
                self.text += self._choose(["", "\n", "# [no]\n"])

    def _line(self) -> int:
        return self.text.count("\n") + 1

    def _note(self, at: At) -> None:
        self.lines[at] = self._line()

    def _dotted(self, names: Sequence[str]) -> str:
        return self._choose([".", " . "]).join(self._key(name) for name in names)

    def _key(self, name: str) -> str:
        bare = re.fullmatch("[A-Za-z0-9_-]+", name)
        literal = "'" not in name
        return self._choose(
            [json.dumps(name), *([name] if bare else []), *([f"'{name}'"] if literal else [])]
        )

    def _pair(self, names: Sequence[str], value: object, at: At, end: str) -> None:
        self._note(at)
        self.text += self._dotted(names) + self._choose(["=", " = "])
        self._value(value, at)
        self.text += end

    def _value(self, value: object, at: At) -> None:
        if isinstance(value, dict):
            self.text += "{"
            for number, (key, item) in enumerate(value.items()):
                self.text += ", " if number else ""
                self._pair((key,), item, (*at, key), "")
            self.text += "}"
        elif isinstance(value, list):
            self.text += "["
            for index, item in enumerate(value):
                self.text += self._choose(["", " ", "\n", ' # [z], "\n  '])
                self._note((*at, index))
                self._value(item, (*at, index))
                self.text += ","
            self.text += "]"
        elif isinstance(value, str):
            self.text += self._string(value)
        else:
            self.text += json.dumps(value)

    def _string(self, value: str) -> str:
        forms = [json.dumps(value)]
        if '"""' not in value and not value.endswith('"'):
            forms.append(f'"""\n{value}"""')
        if "'''" not in value and not value.endswith("'"):
            forms.append(f"'''\n{value}'''")
        if "'" not in value and "\n" not in value:
            forms.append(f"'{value}'")
        return self._choose(forms)


@given(TABLES, st.data())
def test_each_part_stands_where_it_was_written(data: Data, choices: st.DataObject) -> None:
    writer = Writer(lambda forms: choices.draw(st.sampled_from(forms)))
    writer.table(data, (), ())
    document = toml.load(writer.text, "a.toml")
    assert document.data == data
    for path, line in writer.lines.items():
        assert path in document.spans
        assert document.span(path).line == line, (path, writer.text)
