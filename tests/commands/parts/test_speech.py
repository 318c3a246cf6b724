"""The language of help and errors, told before any option is understood, and help on narrow terminals."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner, Result

from sovlint.cli import COMMANDS, main
from sovlint.commands.fleet import COMMANDS as OF_FLEETS
from sovlint.commands.parts.speech import spoken_language


@pytest.mark.parametrize(
    ("arguments", "environment", "spoken"),
    [
        ([], {}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "xx_YY.UTF-8"}, "en"),
        ([], {"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"SOVLINT_LANG": "fr"}, "fr"),
        (["--lang", "en"], {"SOVLINT_LANG": "fr", "LANG": "fr_FR"}, "en"),
        (["scan", "--lang=FR"], {}, "fr"),
        (["scan", "--lang"], {"LANG": "fr"}, "fr"),
        (["scan", "--lang", "de"], {"LANG": "fr"}, "fr"),
        (["scan", "--", "--lang", "fr"], {}, "en"),
    ],
)
def test_the_language_is_known_before_options_are(
    arguments: list[str], environment: dict[str, str], spoken: str
) -> None:
    assert spoken_language(arguments, environment) == spoken


def run(*arguments: str, **environment: str) -> Result:
    given = {"LC_ALL": "fr_FR.UTF-8", "COLUMNS": "80", **environment}
    return CliRunner().invoke(main, [*arguments], env=given)


ENGLISH = re.compile(
    r"\b(the|which|where|what|this|that|from|with|are|not|here|show|print|write)\b", re.I
)


@pytest.mark.parametrize(
    "name", ["", *COMMANDS, "catalog check", *(f"fleet {each}" for each in OF_FLEETS)]
)
def test_help_is_french(name: str) -> None:
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"Utilisation : {' '.join(['sovlint', *name.split()])} ".replace("sovlint", "main")
    )
    prose = [
        line for line in result.stdout.splitlines()
        if not re.search(r"--\w|~/|\.zshrc|^  where |^Utilisation", line)
    ]  # fmt: skip
    assert [line for line in prose if ENGLISH.search(line)] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scan", "--as-of", "demain"], "'demain' n'est pas une date (AAAA-MM-JJ)."),
        (["scan", "--formaat", "json"], "L'option '--formaat' n'existe pas. Vouliez-vous dire '--format' ?"),
        (["scan", "--fromat", "json"], "n'existe pas. (Vouliez-vous dire : '--format', '--rules-from' ?)"),
        (["scan", "--min-classified", "101"], "101 n'est pas compris dans 0<=x<=100."),
        (["scan", "--var", "x"], "il faut NOM=VALEUR."),
        (["scan", "-f"], "L'option '-f' demande une valeur."),
        (["scan", "--affected=1"], "L'option '--affected' ne prend pas de valeur."),
        (["where"], "Il manque l'argument 'HÔTE_OU_RÉGION'."),
        (["where", "a", "b"], "Argument en trop : b"),
        (["completion", "tcsh"], "'tcsh' n'est pas l'une des valeurs possibles"),
        (["catalog", "foo"], "La commande 'foo' n'existe pas."),
        (["zzz"], "La commande `zzz` n'existe pas. Commandes : scan,"),
        (["nowhere.tf"], "La commande `nowhere.tf` n'existe pas."),
        (["scan", "nowhere"], "erreur : `nowhere` n'existe pas."),
        (["explain", "nothing"], "La politique `nothing` n'existe pas.\nconseil : `sovlint explain` les donne toutes."),
    ],
)  # fmt: skip
def test_what_is_refused_is_said_in_french(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not re.search(r"\b(Error|Usage|Try|Invalid|No such|env var)\b", result.stderr)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_help_fits_forty_columns(language: str) -> None:
    said = run("scan", "--help", "--lang", language, COLUMNS="40").stdout
    wide = [line for line in said.splitlines() if len(line) > 40]
    assert [line for line in wide if "[" not in line] == []


def test_a_group_without_a_command_shows_its_help() -> None:
    result = run("catalog")
    assert result.exit_code == 2
    assert result.stderr.startswith("Utilisation : ")
    assert "Erreur" not in result.stderr


def test_every_command_has_a_context_that_speaks() -> None:
    for name in COMMANDS:
        found = main.get_command(click.Context(main), name)
        assert found is not None
        assert found.context_class is main.context_class
