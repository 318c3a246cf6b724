"""``sovlint init``: it writes a file once, and never over anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.policy.load import known_sets

ROOT = Path(__file__).parents[2]
MAIN = 'provider "aws" {\n  region = "eu-west-3"\n}\nresource "aws_s3_bucket" "claims" {}\n'


def init(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["init", "--lang", "en", *map(str, arguments)])


def scanned(at: Path) -> dict[str, Any]:
    """What a scan says, but for which configuration it went by."""
    result = CliRunner().invoke(
        main, ["scan", str(at), "--format", "json", "--as-of", "2026-11-24"]
    )
    found = dict(json.loads(result.stdout))
    del found["provenance"]["digests"]["configuration"]
    return found


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/main.tf").write_text(MAIN)
    return tmp_path


def test_it_is_written_at_the_root_and_said(repository: Path) -> None:
    result = init(repository / "infra/main.tf")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(
        f"{repository}/sovlint.yaml is written, with questions for you"
    )
    assert "policy_set: sovereign-health\n" in (repository / "sovlint.yaml").read_text(
        encoding="utf-8"
    )
    assert not (repository / "infra/sovlint.yaml").exists()


def test_without_git_it_is_written_there(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(MAIN)
    assert init(tmp_path, "--quiet").output == ""
    assert (tmp_path / "sovlint.yaml").is_file()


def test_printing_writes_nothing(repository: Path) -> None:
    result = init(repository, "--print")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "# yaml-language-server: $schema=.sovlint/config.schema.json\n"
    )
    assert not (repository / "sovlint.yaml").exists()
    init(repository)
    assert (repository / "sovlint.yaml").read_text(encoding="utf-8") == result.stdout


def test_a_scan_says_the_same_with_it_as_without(tmp_path: Path) -> None:
    at = tmp_path / "mutuelle"
    shutil.copytree(ROOT / "fixtures/mutuelle", at)
    (at / "sovlint.yaml").unlink()
    subprocess.run(["git", "init", "-q", str(at)], check=True)
    before = scanned(at)
    assert before["findings"]
    assert init(at).exit_code == 0
    assert scanned(at) == before


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("sovlint.yaml", "", "There is a configuration already: "),
        ("pyproject.toml", "[tool.sovlint]\n", "There is a configuration already: "),
        (
            "sovlint.yml",
            "",
            "sovlint.yml is not read: the configuration is named sovlint.yaml.",
        ),
        (".sovlint.yaml", "", ".sovlint.yaml is not read"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--print",)])
def test_never_over_a_configuration(
    repository: Path, name: str, text: str, said: str, options: tuple[str, ...]
) -> None:
    (repository / name).write_text(text)
    result = init(repository / "infra", *options)
    read = said.startswith("There is")
    assert result.exit_code == (0 if read and options else 2)
    assert ("#paths:" in result.stdout) is read
    assert (said in result.stderr) is (result.exit_code == 2)
    assert (repository / name).read_text() == text
    assert (name == "sovlint.yaml") is (repository / "sovlint.yaml").exists()


def test_no_link_is_followed(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("elsewhere") / "written"
    (repository / "sovlint.yaml").symlink_to(target)
    result = init(repository)
    assert (result.exit_code, "a link that leads nowhere" in result.stderr) == (2, True)
    assert not target.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written(repository: Path) -> None:
    repository.chmod(0o555)
    try:
        result = init(repository)
    finally:
        repository.chmod(0o755)
    assert (result.exit_code, "can't be written" in result.stderr) == (2, True)


def test_nothing_to_scan_is_3(tmp_path: Path) -> None:
    result = init(tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Nothing to scan" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_read_is_said(repository: Path) -> None:
    (repository / "infra/broken.tf").write_text("resource {{{\n")
    result = init(repository)
    assert result.exit_code == 0
    assert "Not everything could be read" in result.stderr
    assert (repository / "sovlint.yaml").is_file()


def test_beside_a_configuration_only_what_it_leaves_open_is_asked(repository: Path) -> None:
    objects = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: claims}\n"
    for folder in ("prod", "test"):
        (repository / "k8s" / folder).mkdir(parents=True)
        (repository / "k8s" / folder / "store.yaml").write_text(objects)
    answered = "clusters: [{paths: [k8s/prod/**], provider: scaleway, region: fr-par}]\n"
    (repository / "sovlint.yaml").write_text(answered)
    result = init(repository)
    assert result.exit_code == 2
    assert '#- paths: ["k8s/test/**"]' in result.stdout
    assert '#- paths: ["k8s/prod' not in result.stdout
    assert "take over the lines that you can answer" in result.stderr
    assert (repository / "sovlint.yaml").read_text() == answered


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("sovlint.yaml", "exclude: [a]\n", "policy_set: eu-control\norganisation:\n  kind: mutuelle\n"),
        ("pyproject.toml", "[tool.sovlint]\n", 'policy_set = "eu-control"\norganisation = {kind = "mutuelle"}\n'),
    ],
)  # fmt: skip
def test_for_a_kind_of_body_it_says_what_to_add_to_a_configuration_that_is_there(
    repository: Path, name: str, text: str, lines: str
) -> None:
    (repository / name).write_text(text)
    result = init(repository, "--body", "mutuelle")
    assert result.exit_code == 2
    assert f"in place of what it says of them:\n{lines}" in result.stderr
    assert (repository / name).read_text() == text
    (repository / name).write_text(text + lines)  # what it says holds
    assert scanned(repository)["policy_set"] == "eu-control"


@pytest.mark.parametrize(
    ("body", "policy_set"),
    [("mutuelle", "eu-control"), ("hospital", "eu-control"), ("state", "sovereign-health")],
)
def test_a_kind_of_body_gets_its_set_with_the_reason(
    repository: Path, body: str, policy_set: str
) -> None:
    text = init(repository, "--body", body, "--print").stdout
    assert f"\npolicy_set: {policy_set}\n" in text
    assert f"\norganisation:\n  kind: {body}\n" in text
    why = known_sets()[policy_set].why
    assert why is not None
    assert " ".join(why.en.split()) in " ".join(text.replace("\n# ", " ").split())
    assert ("#sren31: true" in text) is (body == "state")


@pytest.mark.parametrize(
    ("answers", "written"),
    [
        ("mutuelle\n", "eu-control"),
        ("\n", "sovereign-health"),
        ("bank\ninsurer\n", "eu-control"),
    ],
)
def test_on_a_terminal_it_asks_which_kind_of_body_this_is(
    repository: Path, monkeypatch: pytest.MonkeyPatch, answers: str, written: str
) -> None:
    monkeypatch.setattr("sovlint.commands.init.at_terminal", lambda: True)
    result = CliRunner().invoke(
        main, ["init", "--lang", "en", str(repository)], input=answers
    )
    assert result.exit_code == 0, result.output
    assert "What kind of body is this?" in result.stderr
    assert ("`bank` is none of them" in result.stderr) is ("bank" in answers)
    assert f"policy_set: {written}\n" in (repository / "sovlint.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "kind"),
    [("état", "state"), ("etat", "state"), ("Hôpital", "hospital"), ("editeur", "vendor")],
)
def test_a_kind_of_body_may_be_named_in_french(
    repository: Path, given: str, kind: str
) -> None:
    text = init(repository, "--body", given, "--print").stdout
    assert f"\norganisation:\n  kind: {kind}\n" in text


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "is not one of"), ("fr", "n'est pas l'une des valeurs")]
)
def test_a_kind_of_body_that_is_none_is_told_with_what_there_is(
    repository: Path, language: str, sentence: str
) -> None:
    result = init(repository, "--body", "bank", "--lang", language)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "state (état), " in result.stderr
    assert ", krankenkasse." in result.stderr
