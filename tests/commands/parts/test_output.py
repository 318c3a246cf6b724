"""The language, the colours, and where words go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sovlint.commands.parts import output
from sovlint.errors import SovlintError


@pytest.mark.parametrize(
    ("chosen", "environment", "language"),
    [
        (None, {}, "en"),
        ("fr", {"LANG": "en_GB.UTF-8"}, "fr"),
        ("en", {"LC_ALL": "fr_FR.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "fr"),
        (None, {"LANG": "fr"}, "fr"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "fr_BE", "LANG": "en_GB"}, "fr"),
    ],
)
def test_language(chosen: str | None, environment: dict[str, str], language: str) -> None:
    assert output.language(chosen, environment) == language


@pytest.mark.parametrize(
    ("chosen", "terminal", "environment", "colored"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colors(
    chosen: str, terminal: bool, environment: dict[str, str], colored: bool
) -> None:
    assert output.colored(chosen, terminal, environment) is colored


def test_a_file_is_written_plain_and_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    output.emit("région \udc80\n", path)
    assert path.read_bytes() == "région \\udc80\n".encode()
    assert output.style("auto", path).color is False
    assert output.style("always", path).color is True


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        SovlintError, match=r"none/report.txt can't be written: No such file or directory\."
    ):
        output.emit("x", tmp_path / "none/report.txt")


def run(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = f"from sovlint.commands.parts import output\n{code}"
    env = {"PATH": "", "PYTHONPATH": str(Path(__file__).parents[3]), **environment}
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=env, check=False
    )


def test_what_the_stream_cannot_hold_is_escaped() -> None:
    result = run(
        r"output.emit('régi\udc80on €\n'); output.say('€')", PYTHONIOENCODING="latin-1"
    )
    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        b"r\xe9gi\\udc80on \\u20ac\n",
        b"\\u20ac\n",
    )


def test_a_long_text_for_a_program_is_written_as_a_whole() -> None:
    result = run(
        "output.emit('é\\udc80\\n' * 600_000, exact=True)", PYTHONIOENCODING="latin-1"
    )
    assert result.stdout == "é\\udc80\n".encode() * 600_000


def test_a_reader_that_went_away_is_no_error() -> None:
    code = (
        "import os\n"
        "reading, writing = os.pipe(); os.close(reading); os.dup2(writing, 1)\n"
        "output.emit('x' * 1_000_000)\n"
        "raise SystemExit(1)"
    )
    result = run(code)
    assert (result.returncode, result.stderr) == (1, b"")


def test_a_closed_stdout_is_no_error() -> None:
    program = "import sys; from sovlint.commands.parts import output; output.emit('x')"
    shell = f'exec "{sys.executable}" -c "{program}" >&-'
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[3])}
    result = subprocess.run(
        ["/bin/sh", "-c", shell], capture_output=True, env=env, check=False
    )
    assert (result.returncode, result.stderr) == (0, b"")


def test_nothing_said_on_stderr_is_a_command_to_a_server() -> None:
    result = run(r"output.say('::error::x'); output.say('a ##vso[x]y')")
    assert (result.returncode, result.stderr) == (0, b"\\x3a:error::x\na #\\x23vso[x]y\n")
