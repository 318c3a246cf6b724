"""``sovlint check``: everything that is wrong with what a house writes, in one run."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main

POLICY = "id: own\ntitle: t\nseverity: error\ndata: [health]\nroles: [at-rest]\nrequire: {area: EEA}\n"


def check(*arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["check", "--lang", lang, *arguments])


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a policy, an overlay and a configuration that names them, all right."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/own.yaml").write_text(POLICY)
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay/lexicon.yaml").write_text(
        "terms: [{term: casier, class: contact}]\n"
    )
    (tmp_path / "sovlint.yaml").write_text("policies: [policies]\ncatalog: [overlay]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_right(house: Path) -> None:
    result = check()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "configuration sovlint.yaml: no problem found\n"
        "1 policy of your own: no problem found\n"
        "1 overlay: no problem found\n"
        "Rules of this run that aren't the default:\n"
        "  own: a policy of one's own beside the shipped ones (policies/own.yaml:1)\n"
        "  an overlay of the catalogue adds terms/casier (overlay)\n"
    )


def test_in_french(house: Path) -> None:
    assert check(lang="fr").stdout == (
        "configuration sovlint.yaml\u00a0: aucun problème\n"
        "1 politique de votre main\u00a0: aucun problème\n"
        "1 extension du catalogue\u00a0: aucun problème\n"
        "Règles de cette analyse qui ne sont pas celles par défaut\u00a0:\n"
        "  own\u00a0: une politique propre s'ajoute à celles qui sont livrées\n"
        "    (policies/own.yaml:1)\n"
        "  une extension du catalogue ajoute terms/casier (overlay)\n"
    )


def test_every_problem_of_every_file(house: Path) -> None:
    (house / "sovlint.yaml").write_text(
        "policies: [policies]\ncatalog: [overlay]\nexclud: [x]\ndata: {assume: heath}\n"
        "clusters: [{paths: [a], provider: skaleway}, {paths: [b], provider: scaleway, region: mars}]\n"
    )
    (house / "policies/own.yaml").write_text(POLICY.replace("EEA", "EAE"))
    (house / "policies/two.yaml").write_text(
        POLICY.replace("severity", "seveity").replace("own", "two")
    )
    (house / "overlay/lexicon.yaml").write_text(
        "terms: [{term: casier, class: contacts}]\nchekced: 2026-01-01\n"
    )
    (house / "overlay/stray.yaml").write_text("a: b\n")
    result = check()
    assert result.exit_code == 2
    places = [
        line.split(": ")[0] for line in result.stdout.splitlines() if not line.startswith(" ")
    ]
    assert places == [
        "sovlint.yaml:3:1", "sovlint.yaml:4:8", "sovlint.yaml:5:12", "sovlint.yaml:5:46",
        "policies/two.yaml:3:1", "policies/two.yaml:1:1", "policies/own.yaml:6:11",
        "overlay/lexicon.yaml:2:1", "overlay/stray.yaml:1:1",
        "configuration sovlint.yaml", "1 policy of your own", "1 overlay",
    ]  # fmt: skip
    assert result.stdout.splitlines()[-3:] == [
        "configuration sovlint.yaml: 4 problems", "1 policy of your own: 3 problems", "1 overlay: 2 problems",
    ]  # fmt: skip
    assert "Names were looked up without the overlays" in result.stderr


def test_a_name_that_only_the_overlay_has_is_known(house: Path) -> None:
    (house / "overlay/classes.yaml").write_text(
        "classes: {dental: {en: Dental records, fr: Dossiers dentaires, labels: []}}\n"
    )
    (house / "policies/own.yaml").write_text(POLICY.replace("health", "dental"))
    result = check()
    assert (result.exit_code, result.stdout.count("no problem found")) == (0, 3), (
        result.stdout
    )


def test_hints_are_given_once(house: Path) -> None:
    (house / "policies/own.yaml").write_text(POLICY.replace("[health]", "[heath, helth]"))
    assert check().stdout.count("Known: anonymous, ") == 1


def test_options_name_more(house: Path) -> None:
    (house / "two.yaml").write_text(POLICY.replace("own", "two"))
    result = check("--policy", "two.yaml", "--policy-set", "strict", "--catalog", "none")
    assert result.exit_code == 2
    assert "The catalogue overlay `none` is no folder." in result.stdout
    assert "2 policies of your own, policy set strict: no problem found" in result.stdout
    assert "2 overlays: 1 problem" in result.stdout


def test_a_configuration_that_cannot_be_read_hides_no_policy(house: Path) -> None:
    (house / "sovlint.yaml").write_text("a: [\n")
    (house / "policies/own.yaml").write_text(POLICY.replace("EEA", "EAE"))
    result = check("--policy", "policies")
    assert result.exit_code == 2
    assert "sovlint.yaml:2:1: " in result.stdout
    assert "policies/own.yaml:6:11: the area `EAE`" in result.stdout


def test_a_policy_set_alone(house: Path) -> None:
    assert (
        check("--no-config", "--policy-set", "strict").stdout
        == "policy set strict: no problem found\nRules of this run that aren't the default:\n"
        "  --no-config was given on the command line\n"
    )
    result = check("--no-config", "--policy-set", "strct")
    assert (result.exit_code, "Did you mean `strict`?" in result.stdout) == (2, True)


def test_nothing_to_check_is_3(house: Path) -> None:
    result = check("--no-config")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Nothing to check" in result.stderr
    assert "Rien à vérifier" in check("--no-config", lang="fr").stderr


def test_what_is_quoted_never_reaches_the_terminal_raw(house: Path) -> None:
    (house / "sovlint.yaml").write_text('"\\e[31mred": 1\n')
    result = check()
    assert result.exit_code == 2
    assert "\x1b" not in result.stdout


ATTESTATION = """\
attestations:
  - claim: {qualification: hds}
    subject: {provider: scaleway, region: fr-par}
    evidence: %s
    owner: dpo
    issued: 2024-01-01
    expires: %s
"""
WAIVER = """\
waivers:
  - policy: health-data-in-eea
    addresses: ["*"]
    reason: %s
    owner: team
    approver: dpo
    ticket: SEC-1
    issued: 2024-01-01
    expires: %s
"""


@pytest.mark.parametrize(
    ("text", "french"),
    [
        (ATTESTATION % ("contract 7", "2024-06-01"), "avertissement : sovlint.yaml:2"),
        (WAIVER % ("moves in May", "2024-06-01"), "avertissement : sovlint.yaml:2"),
    ],
    ids=["attestation", "waiver"],
)
def test_what_ended_is_a_warning(house: Path, text: str, french: str) -> None:
    (house / "sovlint.yaml").write_text(text)
    result = check()
    assert result.exit_code == 0
    assert "warning: sovlint.yaml:2" in result.stdout
    assert "it ended on 2024-06-01" in result.stdout
    assert "no problem found, 1 warning" in result.stdout
    told = check(lang="fr").stdout
    assert french in told
    assert "fin le 1er juin 2024" in told or "fin le 2024-06-01" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ATTESTATION % ("none", "2099-06-01"), "`none` is no evidence"),
        (WAIVER % ('"N/A"', "2099-06-01"), "`N/A` is no reason"),
    ],
    ids=["attestation", "waiver"],
)
def test_what_says_nothing_is_a_problem(house: Path, text: str, said: str) -> None:
    (house / "sovlint.yaml").write_text(text)
    result = check()
    assert result.exit_code == 2
    assert said in result.stdout


def test_what_runs_go_by(house: Path) -> None:
    (house / "sovlint.yaml").write_text('hds_scope: care-only\nexclude: ["a/**"]\n')
    said = " ".join(check().stdout.split())
    assert (
        "hds_scope: care-only: the configuration asks less than the default (sovlint.yaml)"
        in said
    )
    assert "never looked at (`exclude`): a/** (sovlint.yaml:2)" in said


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("en", "There are 2 problems in all; this is the first. Known: health"),
        ("fr", "Il y a 2 problèmes en tout ; voici le premier. Noms connus : health"),
    ],
)
def test_what_is_wrong_beside_it_hides_no_unknown_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, more: str
) -> None:
    paths = 'paths: {"a/**": zzz, "b/**": helth}'
    (tmp_path / "sovlint.yaml").write_text(f'data:\n  tags: [""]\n  {paths}\n')
    monkeypatch.chdir(tmp_path)
    checked = CliRunner().invoke(main, ["check"]).output
    assert [word for word in ("data.tags.0", "`zzz`", "`helth`") if word not in checked] == []
    (tmp_path / "sovlint.yaml").write_text(f"data:\n  {paths}\n")
    scanned = CliRunner().invoke(main, ["scan", "--lang", language]).output
    assert more in scanned.replace("\u00a0", " ").replace("\u202f", " ")
