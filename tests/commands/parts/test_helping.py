"""Help that fits one screen, all of it under headings, and the variables of the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from sovlint.cli import COMMANDS, main
from sovlint.commands.fleet import COMMANDS as OF_FLEETS
from sovlint.commands.parts.helping import FEW, HELP, HelpHeading, options_of

LINES = 45
"""Of a screen."""
NAMES = (
    *(each for each in COMMANDS if each not in ("fleet", "catalog", "completion")),
    *(f"fleet {each}" for each in OF_FLEETS),
    *(f"catalog {each}" for each in ("build", "check", "diff", "keygen")),
)


def told(name: str, flag: str, language: str = "en") -> str:
    """What a command says at 80 columns."""
    result = CliRunner().invoke(
        main, [*name.split(), flag, "--lang", language], env={"COLUMNS": "80"}
    )
    assert result.exit_code == 0
    return result.stdout


def command_of(name: str) -> click.Command:
    """The command itself."""
    found: click.Command = main
    for word in [name] if name in COMMANDS else name.split():
        assert isinstance(found, click.Group)
        inside = found.get_command(click.Context(found), word)
        assert inside is not None
        found = inside
    return found


def flags(name: str) -> Iterator[str]:
    """The long flags of a command, whoever made them."""
    for each in command_of(name).params:
        if isinstance(each, click.Option) and each not in HELP:
            yield max(each.opts, key=len)


def named(said: str) -> list[str]:
    """The long flags that stand at the beginning of lines."""
    return re.findall(r"^  (?:-\w, )?(--[a-z-]+)", said, re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_help_fits_one_screen(name: str, language: str) -> None:
    lines = told(name, "--help", language).splitlines()
    assert len(lines) <= LINES + 2 * (name == "attest")  # most of it is asked for
    assert max(map(len, lines)) <= 80
    assert told(name, "-h", language).splitlines() == lines


@pytest.mark.parametrize("name", NAMES)
def test_all_of_the_help_names_every_option_and_no_variable(name: str) -> None:
    every, said = list(flags(name)), told(name, "--help-all")
    assert sorted({*named(said)} - {"--help", "--help-all", "--help-env"}) == sorted(every)
    assert not re.search(r"SOVLINT_|env var", said + told(name, "--help"))
    if len(every) <= FEW:
        assert said == told(name, "--help")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_every_variable_stands_on_a_line_with_its_option(name: str, language: str) -> None:
    lines = told(name, "--help-env", language).splitlines()
    for each in options_of(command_of(name)):
        flag = max(each.opts, key=len)
        found = [line for line in lines if line.split()[:1] == [each.envvar]]
        assert [line.split()[1].split("/")[0] for line in found] == [flag] * bool(each.envvar)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_people_see_what_they_use_under_headings(language: str) -> None:
    said = told("scan", "--help", language)
    assert 10 <= len(named(said)) - 3 <= 14
    heads = re.findall(r"^(\S.*?)\s*:$", said, re.MULTILINE)
    assert len(heads) == 5
    assert ({each.value for each in HelpHeading} >= {*heads}) == (language == "en")
    assert "--trust-key" not in said
    assert "--trust-key" in told("scan", "--help-all", language)
