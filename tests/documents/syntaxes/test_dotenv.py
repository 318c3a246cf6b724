"""Files of variables, as Compose reads them."""

from __future__ import annotations

import pytest

from sovlint.documents.syntaxes.dotenv import variables
from sovlint.model.source import SourceFile
from sovlint.model.value import Known, Reason, Unknown, Value, unroll


def _read(text: str, raw: bool = False, **outside: str) -> dict[str, Value]:
    file = SourceFile("a.env", text.encode())
    return dict(
        variables(file, lambda name: Known(outside[name]) if name in outside else None, raw)
    )


def _plain(text: str, **outside: str) -> dict[str, object]:
    return {
        name: value.value if isinstance(value, Known) else value
        for name, value in _read(text, **outside).items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1", {"A": "1"}),
        ("A=1\nB=2\n", {"A": "1", "B": "2"}),
        ("A=1\r\nB=2\r\n", {"A": "1", "B": "2"}),
        ("  A = 1  \n", {"A": "1"}),
        ("A: 1", {"A": "1"}),
        ("export A=1", {"A": "1"}),
        ("A=", {"A": ""}),
        ("A=\nB=2", {"A": "", "B": "2"}),
        ("# A=1\n\n#\nB=2", {"B": "2"}),
        ("A=1 # why", {"A": "1"}),
        ("A=1#2", {"A": "1#2"}),
        ("A= # why", {"A": ""}),
        ('A="1 # 2" # why', {"A": "1 # 2"}),
        ("A='$B'", {"A": "$B"}),
        ('A="x\\ny"', {"A": "x\ny"}),
        ('A="two\nlines"\nB=2', {"A": "two\nlines", "B": "2"}),
        ('A="say \\"yes\\""', {"A": 'say "yes"'}),
        ("B=1\nA=${B}-$B", {"B": "1", "A": "1-1"}),
        ('A="\\$B"', {"A": "$B"}),
        ("A=${B:-d}", {"A": "d"}),
        ("A=1\nA=2", {"A": "2"}),
        ("not a line\nA=1", {"A": "1"}),
        ("A=https://user:pw@host/x=y", {"A": "https://user:pw@host/x=y"}),
    ],
)
def test_lines_are_read_as_compose_does(text: str, expected: dict[str, object]) -> None:
    assert _plain(text) == expected


def test_raw_values_are_taken_as_they_stand() -> None:
    found = _read('A="$B" # x', raw=True)["A"]
    assert isinstance(found, Known)
    assert found.value == '"$B" # x'


def test_the_surroundings_win_over_the_file() -> None:
    assert _plain("B=1\nA=$B", B="2")["A"] == "2"


def test_a_name_alone_takes_what_the_surroundings_have() -> None:
    assert _plain("A\nB\n", A="1") == {"A": "1"}


def test_a_value_from_elsewhere_is_unknown() -> None:
    value = _read("A=https://$B.host")["A"]
    assert isinstance(value, Unknown)
    assert (value.reason, value.parts) == (
        Reason.FROM_ENVIRONMENT,
        ("https://", None, ".host"),
    )


def test_a_value_says_on_which_line_it_is_set() -> None:
    found = _read('# first\nA="x\ny"\nB=2\n')
    lines = [next(unroll(found[name].because)).where for name in ("A", "B")]
    assert [where.span().line for where in lines if where is not None] == [2, 4]
