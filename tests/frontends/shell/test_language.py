"""What a shell makes of a text: words, commands and variables; never more than it would, and always to the end."""

from __future__ import annotations

import pytest

from sovlint.frontends.shell.files import Argument, ContainerFiles
from sovlint.frontends.shell.language.command import Command
from sovlint.frontends.shell.language.script import Script
from sovlint.frontends.shell.language.variables import MAX_STEPS, ScriptPlace, Text, Variables
from sovlint.frontends.shell.lines import ran
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step
from sovlint.rules.destination import Setting

HERE = Span("a.yaml", 3, 5, 3, 9)


def line(number: int) -> Span:
    return Span("a.yaml", number, 1, number, 2)


def commands(text: str, **environment: str) -> list[str]:
    """The words of each command with blanks between them; ``?`` stands for what isn't known."""
    variables = Variables(
        {k: Setting(k, Known(v), HERE) for k, v in environment.items()}, False
    )
    return [
        " ".join(word.text for word in each.words).replace(HOLE, "?")
        for each in read(text, variables)
    ]


def read(text: str, variables: Variables) -> list[Command]:
    found: list[Command] = []
    place = ScriptPlace(HERE, Step(HERE, Note("a")), line)
    Script(Text(text), variables, place, ContainerFiles(), found.append).read()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 'b c' \"d e\" f\\ g", ["a b c d e f g"]),
        ("a | b && c || d; e & f\ng", list("abcdefg")),
        ("a \\\n  b # c\nd", ["a b", "d"]),
        ("a b#c d", ["a b#c d"]),
        ("a > f 2>&1 < g >> h b", ["a b"]),
        ("a <<EOF | b\nc d\nEOF\ne", ["a", "b", "e"]),
        ("a <<-'EOF'\n\tc\n\tEOF\ne", ["a", "e"]),
        ("(a; b) && { c; }", ["a", "b", "c"]),
        ("if a; then b; elif c; then d; else e; fi", list("abcde")),
        ("for i in 1 2; do a $i; done; while b; do c; done", ["a 1", "a 2", "b", "c"]),
        ("case $x in y) a;; z|w) b;; esac; c", ["a", "b", "c"]),
        ("f() { a; }; f", ["a"]),
        ("a $(b $(c) d) e", ["c", "b ? d", "a ? e"]),
        ("a `b c` d", ["b c", "a ? d"]),
        ("a \"$(b 'x)')\" $((1 + 2)) ${c%%d} $1 $?", ["b x)", "a ? ? ? ? ?"]),
        ("A=1; a $A ${A} \"x$A\" '$A' $B", ["a 1 1 x1 $A ?"]),
        ("A=1 a $A", ["a ?"]),
        ("A=1; A=2; a $A", ["a 2"]),
        ("A=1; if b; then A=2; fi; a $A", ["b", "a ?"]),
        ("a ${A:-x} ${B:-y}", ["a z y"]),
        ("a 'open", ["a open"]),
        ('a "open $(b', ["a open ?", "b"]),
        ("a )b", ["a", "b"]),
    ],
)
def test_commands(text: str, expected: list[str]) -> None:
    given = {"A": "z"} if "${A:-" in text else {}
    assert commands(text, **given) == expected


def test_a_default_is_not_known_where_the_variable_may_be_set() -> None:
    found = read("a ${A:-x}", Variables({}, True))
    assert found[0].words[1].text == HOLE


def test_commands_know_their_lines() -> None:
    text = "a\n\nb \\\n  c\nd $(e\nf)\n  g | h"
    found = read(text, Variables({}, False))
    assert [(each.words[0].text, each.place.where.span().line) for each in found] == [
        ("a", 0), ("b", 2), ("e", 4), ("f", 5), ("d", 4), ("g", 6), ("h", 6),
    ]  # fmt: skip


def lines(*words: str, image: str = "") -> list[str]:
    arguments = [Argument(Known(each), Known(each), HERE) for each in words]
    run = ran(arguments, image, {}, False)
    return [
        " ".join(str(word.value) for word in each.words if isinstance(word, Known))
        for each in run.lines
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("app", "--a", "b;c"), ["app --a b;c"]),
        (("/bin/bash", "-euo", "pipefail", "-c", "a; b"), ["a", "b"]),
        (("sh", "-ec", "exec a"), ["a"]),
        (("tini", "--", "sh", "-c", "a"), ["a"]),
        (("sh", "-c", "su -s /bin/bash -c \"a 'b c'\" user"), ["a b c"]),
        (("sh", "/run.sh", "x"), ["sh /run.sh x"]),
        (("timeout", "-k", "5", "60", "a", "b"), ["a b"]),
        (("env", "-u", "A", "B=c", "a"), ["a"]),
        ((), []),
    ],
)
def test_what_runs(words: tuple[str, ...], expected: list[str]) -> None:
    assert lines(*words) == expected


def test_hostile_scripts_end() -> None:
    assert len(commands("a;" * 50_000)) < MAX_STEPS
    for text in (
        "$(" * 40_000,
        "`" * 50_001,
        "(" * 90_000,
        ")" * 90_000,
        "a <<E\n" * 9_000,
        "'" * 9_999,
        "${" * 40_000,
    ):
        commands(text)
    for text in (
        "$((" * 30_000,
        '"$(' * 30_000,
        "case a in " * 9_000,
        "\\" * 99_999,
        "A=$A$A; " * 9_000,
    ):
        commands(text)


def test_scripts_that_call_themselves_end() -> None:
    again = Known(". /a.sh\nsh /a.sh\n" * 900, Step(HERE, Note("a")))
    files = ContainerFiles({"/a.sh": Argument(again, again, HERE)})
    run = ran([Argument(Known("/a.sh"), Known("/a.sh"), HERE)], "", {}, False, files)
    assert len(run.lines) < 21 * 1_800
