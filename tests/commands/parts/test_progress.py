"""The line on a terminal: what it says, how often, that it is taken back, and where there is none."""

from __future__ import annotations

import io
import re

import pytest

from sovlint.commands.parts.output import Voice
from sovlint.commands.parts.progress import ProgressLine, shown
from sovlint.model.watch import Phase
from tests.commands.parts.terminal import on_terminal

CLOCK_STANDS = 0.0


class Screen(io.StringIO):
    """A terminal that keeps what was written."""

    def __init__(self, terminal: bool = True, encoding: str = "utf-8") -> None:
        super().__init__()
        self._terminal, self._encoding = terminal, encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal

    @property
    def looks(self) -> list[str]:
        """What stood on the line, look by look."""
        return [look.rstrip() for look in self.getvalue().split("\r")[1:]]


def test_phases_are_shown_at_once_and_files_now_and_then() -> None:
    screen, now = Screen(), [0.0]
    line = ProgressLine(screen, "en", 80, lambda: now[0])
    line.phase(Phase.READ)
    for number in range(1234):
        line.file(f"infra/{number}.tf")
    now[0] += 1
    line.root("infra/claims")
    line.phase(Phase.JUDGE)
    line.clear()
    assert screen.looks == [
        "Reading",
        "Reading, 1,234 files, 1 root  infra/claims",
        "Judging, 1,234 files, 1 root",
        "",
        "",
    ]


def test_a_file_that_is_read_twice_counts_once() -> None:
    screen = Screen()
    line = ProgressLine(screen, "fr", 80, lambda: CLOCK_STANDS)
    line.phase(Phase.READ)
    for _ in range(3):
        line.file("a.tf")
    line.phase(Phase.PLACE)
    assert screen.looks[-1] == "Localisation, 1 fichier"


@pytest.mark.parametrize("columns", [10, 40, 80])
def test_the_line_is_never_broken_and_leaves_nothing(columns: int) -> None:
    screen, now = Screen(), [0.0]
    line = ProgressLine(screen, "fr", columns, lambda: now[0])
    line.phase(Phase.READ)
    for name in ("données/" * 20, "日本語/" * 20, "a\x1b[2J\n\u202eb"):
        now[0] += 1
        line.file(name)
        line.root(name)
    assert all(len(look) < columns for look in screen.looks)
    assert not re.search(r"[\x1b\n\u202e]", screen.getvalue())
    line.clear()
    before = max(map(len, screen.getvalue().split("\r")[:-2]))
    assert screen.getvalue().endswith("\r")
    assert set(screen.getvalue().split("\r")[-2]) <= {" "}
    assert before < columns


def test_a_terminal_of_another_encoding_and_one_that_is_gone() -> None:
    screen = Screen(encoding="ascii")
    line = ProgressLine(screen, "fr", 80, lambda: CLOCK_STANDS)
    line.phase(Phase.REPORT)
    assert screen.getvalue().isascii()
    screen.close()
    line.phase(Phase.JUDGE)
    line.clear()


@pytest.mark.parametrize(
    ("voice", "terminal", "environment", "wanted"),
    [
        (Voice(), True, {}, True),
        (Voice(), True, {"NO_COLOR": "1"}, True),
        (Voice(quiet=True), True, {}, False),
        (Voice(), False, {}, False),
        (Voice(), False, {"FORCE_COLOR": "1"}, False),
        (Voice(), True, {"TERM": "dumb"}, False),
    ],
)
def test_it_is_shown_where_people_look(
    voice: Voice, terminal: bool, environment: dict[str, str], wanted: bool
) -> None:
    assert shown(voice, Screen(terminal), environment) is wanted
    assert not shown(voice, None, environment)


def test_a_scan_on_a_terminal_shows_it_and_takes_it_back(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "a" {}\n')
    said = on_terminal(["facts", str(tmp_path), "--no-config"])
    assert "\rReading" in said
    assert said.rstrip(" ").endswith("\r")
    assert "\x1b" not in said
    assert on_terminal(["facts", str(tmp_path), "--no-config", "--quiet"]) == ""
