"""The first inventory that ``init`` proposes: valid as it is written, with blanks for what only its owner knows."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from sovlint.cli import main
from sovlint.frontends.saas.schemas import schema
from tests.resolve.test_sameness import DATADOG, DEPLOYMENT, MAIL


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for name, text in {
        "infra/logs/main.tf": DATADOG,
        "infra/mail/main.tf": MAIL,
        "k8s/portal.yaml": DEPLOYMENT,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def init(at: Path, *options: str) -> str:
    result = CliRunner().invoke(
        main, ["init", str(at), "--lang", "en", *options], catch_exceptions=False
    )
    assert result.exit_code == 0
    return result.stdout


def test_services_that_code_uses_are_proposed_with_what_it_shows(repository: Path) -> None:
    init(repository)
    text = (repository / "saas.yaml").read_text(encoding="utf-8")
    written = yaml.safe_load(text)
    assert written == {
        "services": [
            {
                "id": "aws",
                "vendor": "aws",
                "region": "eu-west-3",
            },  # its mail; the bucket is none
            {"id": "datadog", "vendor": "datadog", "region": "EU"},
            {"id": "sentry", "vendor": "sentry", "region": "US"},
        ]
    }
    Draft202012Validator(schema("inventory")).validate(written)
    assert "infra/logs/main.tf:10 (datadog_logs_index.one)" in text
    assert "  # Amazon Web Services (mail delivery), found at infra/mail/main.tf:8" in text
    assert "aws_s3_bucket" not in text
    assert text.count("#data: [???]") == 3
    assert "0123456789abcdef" not in text


def test_a_tenant_whose_address_is_not_known_is_asked_about(repository: Path) -> None:
    secret = DATADOG.replace(
        '"https://api.datadoghq.eu/"',
        "data.aws_secretsmanager_secret_version.x.secret_string",
    )
    (repository / "infra/logs/main.tf").write_text(secret, encoding="utf-8")
    init(repository)
    written = yaml.safe_load((repository / "saas.yaml").read_text(encoding="utf-8"))[
        "services"
    ]
    assert {"id": "datadog", "vendor": "datadog"} in written


def test_the_blanks_filled_in_give_a_valid_inventory(repository: Path) -> None:
    init(repository)
    lines = (repository / "saas.yaml").read_text(encoding="utf-8").splitlines()
    filled = [
        line.replace("    #", "    ")
        .replace("date: ???", "date: 2026-01-01")
        .replace("???", "x")
        if line.startswith("    #") and not line.startswith("    # ")
        else line
        for line in lines
    ]
    Draft202012Validator(schema("inventory")).validate(
        yaml.load("\n".join(filled), Loader=yaml.BaseLoader)
    )


def test_a_scan_finds_nothing_missing_in_it(repository: Path) -> None:
    init(repository)
    result = CliRunner().invoke(
        main, ["scan", str(repository), "--format", "json", "--as-of", "2026-11-24"]
    )
    report = json.loads(result.stdout)
    assert report["failures"] == []
    assert [
        each for each in report["findings"] if each["policy"] == "saas-in-inventory"
    ] == []


@pytest.mark.parametrize("name", ["saas.yaml", "saas.yml", "lists/saas.yaml"])
def test_none_is_proposed_where_there_is_one(repository: Path, name: str) -> None:
    (repository / name).parent.mkdir(exist_ok=True)
    (repository / name).write_text(
        "services:\n  - {id: mail, vendor: Brevo}\n", encoding="utf-8"
    )
    init(repository)
    assert (repository / name).read_text(encoding="utf-8").startswith("services:")
    assert len(list(repository.rglob("saas.y*ml"))) == 1


def test_printed_they_are_two_documents(repository: Path) -> None:
    printed = init(repository, "--print")
    configuration, inventory = yaml.safe_load_all(printed)
    assert configuration["policy_set"] == "sovereign-health"
    assert len(inventory["services"]) == 3
    assert not (repository / "saas.yaml").exists()
