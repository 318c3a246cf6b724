"""What a shell makes of a text: words, commands and variables; never more than it would, and always to the end."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from tests.resolve.house import catalog

TOKENS = (
    "$(", ")", "`", "'", '"', "${", "}", "$((", "))", "<(", "<<E\n", "\nE\n", "<<<", "|", "||", "&&", ";", "\n", " ", "a",
    "x=", "if ", "then ", "fi", "for a in ", "do ", "done", "case ", "esac", "{ ", "f() ", "eval ", "trap ", "\\", HOLE,
    "🙂", "é", "$1", "$@", "${x:-", "[@]", "!", "#", "*", "find . -exec ", "sh -c ", "=(", "$'", "\r\n", "<>", "3<",
    "[[ ", "]]", "source ", "set -- ", "shift ", "read x ", "docker run ", "ssh h ", "/dev/tcp/h/1",
)  # fmt: skip

COMMANDS = catalog().hints().commands
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
    run = ran(arguments, COMMANDS, image, {}, False)
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
    started = [Argument(Known("/a.sh"), Known("/a.sh"), HERE)]
    run = ran(started, COMMANDS, "", {}, False, files)
    assert len(run.lines) < 21 * 1_800


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # functions, where they are called, and those that nobody calls at the end
        ('f() { a "$1" $2; }; f "b c" d', ["a b c d"]),
        ("f() { a $1; }; b", ["b", "a ?"]),
        ("f() { local x=$1; a $x; }; f b; c", ["a b", "c"]),
        ("f() { f; a; }; f", ["a"] * 4),
        # loops over lists, once for each element
        ('for b in x "y z" $Q; do a "$b"; done', ["a x", "a y z", "a ?"]),
        ("for b in x y; do for c in 1 2; do a $b$c; done; done", ["a x1", "a x2", "a y1", "a y2"]),
        ("X=1; while read l; do a $X; X=2; done", ["read l", "a 1", "read l", "a ?"]),
        # branches: what is set in one counts there, and is a hole behind it
        ("if t; then X=1; a $X; else X=2; b $X; fi; c $X", ["t", "a 1", "b 2", "c ?"]),
        ("(X=1; a $X); b $X", ["a 1", "b ?"]),
        ('[ -n "$Y" ] && X=1; a $X', ["a ?"]),
        ("case $1 in a) X=1;; esac; a $X", ["a ?"]),
        # arrays, fields, parameters
        ('A=(--x "a b"); A+=(c); d "${A[@]}" ${A[0]}', ["d --x a b c --x"]),
        ('O="-a -b"; x $O "$O"', ["x -a -b -a -b"]),
        ("set -- a b; c $2; shift; c $1", ["set -- a b", "c b", "shift", "c b"]),
        ("X=s3://b/; a ${X%/}/y ${X#s3://} ${X:?no} ${X:+yes}", ["a s3://b/y b/ s3://b/ yes"]),
        ("X=1; read X; a $X", ["read X", "a ?"]),
        ("X=1; X+=2; a $X", ["a 12"]),
        ("E=; a $E b", ["a b"]),
        # texts that are run
        ('X=b; eval "a $X c"', ["a b c", "eval a b c"]),
        ("trap 'a b' EXIT; trap - INT", ["a b", "trap a b EXIT", "trap - INT"]),
        # other ways to write a word
        (r"a $'b\x41\n' {b,c}", ["a bA\n {b,c}"]),
        ("a <(b) >(c d) e", ["b", "c d", "a /dev/fd/63 /dev/fd/63 e"]),
        ("a 2>/dev/null b > c d", ["a b d"]),
        ("a <<E b\nx\nE\nc", ["a b", "c"]),
        ('a " $x" "b $(c) d"', ["c", "a  ? b ? d"]),
        ('X=1; a " $X" "  ${X} $X"', ["a  1   1 1"]),
        ("cat x > /dev/tcp/h/80; echo > /dev/tcp/h/80", ["cat x", "nc h 80", "echo"]),
        # letters that aren't ASCII's, and what the parser makes nothing of
        ("é {🙂}.x ${é} 'ü'", ["é {🙂}.x ? ü"]),
        ("if a; then\naws s3 cp x s3://b", ["a", "aws s3 cp x s3://b"]),
    ],
)  # fmt: skip
def test_what_scripts_come_to(text: str, expected: list[str]) -> None:
    assert commands(text) == expected


@pytest.mark.parametrize(
    ("text", "fed"),
    [
        ("a <<E\nx $Y\nE", "x ?\n"),
        ("a <<'E'\nx $Y\nE", "x $Y\n"),
        ('a <<< "x y"', "x y"),
        ("echo x y | a", "x y"),
        ("cat <<E | a\nx\nE", "x\n"),
        ("b | a", "?"),
        ("a < b", "?"),
        ("a < /dev/null", None),
        ("a", None),
    ],
)
def test_what_a_command_is_fed(text: str, fed: str | None) -> None:
    (found,) = [
        each for each in read(text, Variables({}, False)) if each.words[0].text == "a"
    ]
    given = None if found.input is None else found.input.text.replace(HOLE, "?")
    assert given == fed


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("bash <<E\na\nE", ["bash", "a"]),
        ("bash -s b <<< 'a $1'", ["bash -s b", "a"]),
        ("find . -name x -exec a {} + -exec b \\;", ["find . -name x -exec a {} + -exec b ;", "a x", "b"]),
            ("find . -name '*.csv' -exec a -d@{} \\;", ["find . -name *.csv -exec a -d@{} ;", "a -d@*.csv"]),
            ("find . -type f -exec a {} \\;", ["find . -type f -exec a {} ;", "a"]),
            ("for f in *.csv b out/*; do a $f; done", ["a *.csv", "a b", "a"]),
            ("for f in $(b)/* c; do a $f; done", ["b", "a", "a c"]),
        ("ls | xargs -n 1 -I {} a {}", ["ls", "a"]),
        ("parallel a {} ::: b c", ["a"]),
        ("sudo -u x nohup env A=b timeout 5 a", ["a"]),
        ("docker exec -i -u x box a b", ["docker exec -i -u x box a b", "a b"]),
        ("kubectl exec -n x pod -- sh -c 'a b'", ["kubectl exec -n x pod -- sh -c a b", "a b"]),
        ("ssh -i key u@h 'a | b'", ["ssh -i key u@h a | b", "a", "b"]),
        ("poetry run a; aws-vault exec p -- b", ["a", "b"]),
        ("f() { a; }; sh -c f", ["f", "a"]),
    ],
)  # fmt: skip
def test_what_programs_run(script: str, expected: list[str]) -> None:
    assert lines("sh", "-c", script) == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=60).map("".join))
def test_any_text_is_read_to_its_end(text: str) -> None:
    lines("bash", "-c", text)


def test_what_hostile_scripts_take() -> None:
    started = process_time()
    for text in (
        ")" * 299 + "a|" * 20_000,
        "a=( " * 300 + "x " * 10_000,
        "a<<E " * 3_000,
        "set -E" + "<>" * 25_000,
        "for a in 1 2 3 4 5 6 7 8 9; do " * 20 + "b; " + "done; " * 20,
        "f() { " + "f; " * 500 + "}; f",
        "eval '" * 2_000,
        "x=$x$x$x; " * 5_000,
        "a\n" * 500_000,
    ):
        lines("bash", "-c", text)
    assert process_time() - started < 60


@pytest.mark.parametrize("sign", list("./,+-:@%="))
def test_a_variable_ends_before_a_sign_wherever_it_stands_in_a_word(sign: str) -> None:
    """The parser alone cuts a word at its last dollar sign, before some of these."""
    found = commands(f"psql postgres://$A:$B@$C{sign}x", A="u", B="p", C="db")
    assert found == [f"psql postgres://u:p@db{sign}x"]
