"""What the README says is true: its commands exist, its configuration is valid, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from sovlint import config
from sovlint.catalog.load import load as load_catalog
from sovlint.cli import main
from sovlint.policy.load import known_policies, known_sets

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.partition("#")[0].strip()
    for kind, text in BLOCKS
    if kind == "sh"
    for line in text.splitlines()
    if line.strip()
]


def test_there_is_something_to_check() -> None:
    assert len(COMMANDS) >= 6
    assert [kind for kind, _ in BLOCKS].count("yaml") == 1


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("sovlint")])
def test_commands_and_options_exist(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    context = click.Context(main)
    command = main.get_command(context, name)
    assert command is not None
    known = {option for parameter in command.params for option in parameter.opts}
    assert {argument for argument in arguments if argument.startswith("-")} <= known
    if name == "explain":
        assert set(arguments) <= set(known_policies())


@pytest.mark.parametrize("target", [line.split()[1] for line in COMMANDS if line.startswith("make")])
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_configuration_is_valid(tmp_path: Path) -> None:
    text = next(text for kind, text in BLOCKS if kind == "yaml")
    (tmp_path / "sovlint.yaml").write_text(text, encoding="utf-8")
    found = config.load(tmp_path / "sovlint.yaml", tmp_path)
    assert len(found.attestations) == len(found.clusters) == len(found.roots) == 1


def test_names_exist() -> None:
    classes = re.search(r"Classes: (.*?)\.", README, re.DOTALL)
    assert classes is not None
    assert set(re.findall(r"`([\w-]+)`", classes.group(1))) == set(load_catalog().classes)
    assert set(re.findall(r"^\| `([\w-]+)`", README, re.MULTILINE)) == set(known_sets())


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)]+)\)", README))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists()
