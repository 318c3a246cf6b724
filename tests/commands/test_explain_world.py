"""``sovlint explain`` of a qualification, a law or a data class: what the catalogue says, in both languages."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from sovlint.catalog.load import load
from sovlint.cli import main
from sovlint.commands.parts import explain_world

DAY = ("--as-of", "2026-11-24", "--no-config")


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", "--lang", "en", *DAY, *arguments])


def said(*arguments: str) -> str:
    result = explain(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hds", "Versions that count on 2026-11-24: v2 (since 2024-11-16)"),
        ("hds", "What was read by 2026-09-29 may lack holders. Nobody is covered without"),
        (
            "SecNumCloud",
            "Lasts, in years, where no end is known: 3 Offers on 2026-11-24: valid: ",
        ),
        (
            "secnumcloud",
            "The list was read on 2026-09-15, and names every holder. Sources [1]",
        ),
        (
            "cloud act",
            "cloud-act: United States (US) CLOUD Act (18 USC 2713): in force since 2018-03-23 [1] "
            "By it the state can order a provider to hand over data.",
        ),
        ("FISA", "lapsed on 2026-06-12, what was begun under it goes on until 2027-03; "),
        ("Investigatory Powers Act 2016", "ipa-2016: United Kingdom (GB)"),
        ("décret présidentiel 12333", "collects data itself, and compels no provider."),
        ("nir", "nir: social security numbers (NIR) / numéros de sécurité sociale (NIR)"),
        (
            "nir",
            "Policies of sovereign-health that bind it: insured-identity-in-eea (warning), ",
        ),
        ("claims", "Bound too by policies on: health Policies"),
        ("Health", "A policy on it binds too: claims, health-pseudonymised"),
        ("sren", "Policies of sovereign-health that bind it: none"),
    ],
)
def test_pages(written: str, expected: str) -> None:
    assert expected in said(written)


@pytest.mark.parametrize(
    ("options", "unsaid", "expected"),
    [
        (("FISA", "--as-of", "2026-01-01"), "lapsed on 2026", "in force"),
        (("FISA", "--as-of", "2028-01-01"), "what was begun", "lapsed on 2026-06-12"),
        (("CLOUD Act", "--as-of", "2018-01-01"), "since", "in force from 2018-03-23 on"),
        (("hds", "--as-of", "2025-01-01"), "none", "v1 (until 2026-05-16), v2"),
        (
            ("claims", "--hds-scope", "care-only"),
            "certified-host",
            "health-data-under-eu-control",
        ),
        (("health", "--policy-set", "strict"), "sovereign", "health-data-on-eu-technology"),
        (("nir", "--lang", "fr"), "bind", "Politiques de sovereign-health qui la lient : "),
    ],
)
def test_options(options: tuple[str, ...], unsaid: str, expected: str) -> None:
    found = said(*options).replace("\u00a0", " ")
    assert expected in found
    assert unsaid not in found


@pytest.mark.parametrize(
    ("written", "meant"),
    [("secnumclod", "secnumcloud"), ("cloud atc", "cloud-act"), ("clams", "claims")],
)
def test_what_was_meant(written: str, meant: str) -> None:
    result = explain(written)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Did you mean `{meant}`?" in result.stderr


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_name_has_a_page(language: str) -> None:
    for name in explain_world.names(load()):
        assert explain(name, "--lang", language).exit_code == 0, name
