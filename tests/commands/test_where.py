"""``sovlint where``: hosts, regions, plug-ins and types, asserted by hand; and what means nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sovlint.cli import main

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "sovlint/schemas/where.json").read_text(encoding="utf-8")
)


def where(*arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["where", "--no-config", "--lang", "en", *arguments], prog_name="sovlint"
    )


def data(query: str) -> Any:
    result = where(query, "--format", "json")
    found = json.loads(result.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert result.exit_code == (0 if found["matches"] else 1)
    return found


def matches(query: str) -> list[tuple[str, ...]]:
    """Provider, service, region and country of each; ``-`` for what isn't known."""
    keys = ("provider", "service", "region", "country")
    return [tuple(each[key] or "-" for key in keys) for each in data(query)["matches"]]


def said(query: str) -> str:
    return " ".join(where(query).stdout.split())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            "eu-west-2",
            [
                ("alibaba-cloud", "-", "eu-west-2", "FR"),
                ("aws", "-", "eu-west-2", "GB"),
                ("confluent", "-", "eu-west-2", "GB"),
                ("elastic", "-", "eu-west-2", "GB"),
                ("numspot", "-", "eu-west-2", "FR"),
                ("outscale", "-", "eu-west-2", "FR"),
                ("snowflake", "-", "eu-west-2", "GB"),
            ],
        ),
        ("euw3", [("aws", "-", "eu-west-3", "FR")]),
        ("eu-west-3a", [("aws", "-", "eu-west-3", "FR")]),
        (
            "France Central",
            [
                ("confluent", "-", "francecentral", "FR"),
                ("elastic", "-", "francecentral", "FR"),
                ("microsoft-azure", "-", "francecentral", "FR"),
            ],
        ),
        ("GRA11", [("ovhcloud", "-", "GRA", "FR")]),
        (
            "arn:aws:backup:eu-west-3:123456789012:backup-vault:copies",
            [("aws", "-", "eu-west-3", "FR")],
        ),
        ("u-france-east1", [("s3ns", "-", "u-france-east1", "FR")]),
    ],
)
def test_regions(query: str, found: list[tuple[str, ...]]) -> None:
    """Services that run on another company's cloud have its codes too; these are the ones that one must not mix up."""
    got = matches(query)
    assert [match for match in got if match in found] == found
    assert {match[0] for match in got} >= {match[0] for match in found}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("s3.eu-west-3.amazonaws.com", ("aws", "s3", "eu-west-3", "FR")),
        ("S3.EU-WEST-3.AMAZONAWS.COM.", ("aws", "s3", "eu-west-3", "FR")),
        (
            "https://oos.eu-west-2.outscale.com:443/bucket?versions",
            ("outscale", "object-storage", "eu-west-2", "FR"),
        ),
        ("fcu.us-east-2.outscale.com", ("outscale", "-", "us-east-2", "US")),
        ("storage.s3nsapis.fr", ("s3ns", "storage", "-", "-")),
        ("rg.fr-par.scw.cloud", ("scaleway", "registry", "fr-par", "FR")),
        ("s3.xx-nowhere-1.amazonaws.com", ("aws", "s3", "-", "-")),
    ],
)
def test_hosts(query: str, found: tuple[str, ...]) -> None:
    assert matches(query) == [found]


def test_a_region_in_a_host_that_the_catalogue_lacks_is_said() -> None:
    assert "s3, region xx-nowhere-1, which isn't in the catalogue" in said(
        "s3.xx-nowhere-1.amazonaws.com"
    )


def test_a_name_that_several_have() -> None:
    assert ("scaleway", "-", "fr-par", "FR") in matches("paris")
    assert ("google-cloud", "-", "europe-west9", "FR") in matches("Paris")


@pytest.mark.parametrize("query", ["hashicorp/aws", "registry.terraform.io/hashicorp/aws"])
def test_a_plugin_may_be_any_of_those_behind_it(query: str) -> None:
    assert [each[0] for each in matches(query)] == [
        "aws",
        "aws-china",
        "aws-european-sovereign-cloud",
    ]


def test_a_resource_type_has_roles_and_a_service() -> None:
    assert matches("aws_s3_bucket") == [
        (provider, "s3", "-", "-")
        for provider in ("aws", "aws-china", "aws-european-sovereign-cloud")
    ]
    assert "Amazon Web Services (aws): s3, at rest, through hashicorp/aws" in said(
        "aws_s3_bucket"
    )
    assert (
        "Google Cloud (google-cloud): storage, at rest, through hashicorp/google Google"
        in said("google_storage_bucket")
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("docs.aws.amazon.com", "no data lands there"),
        ("https://registry.terraform.io/providers", "no data lands there"),
        ("localhost:8080", "loopback, a private address"),
        ("http://db:5432", "loopback, a private address"),
        ("10.1.2.3", "loopback, a private address"),
        ("::1", "loopback, a private address"),
        ("[::1]:8080", "loopback, a private address"),
        ("vault.internal", "loopback, a private address"),
        ("example.org", "isn't in the catalogue"),
        ("8.8.8.8", "isn't in the catalogue"),
        ("eu-west-9", "Did you mean `eu-west-3`?"),
        ("global", "isn't in the catalogue"),
        ("terraform-provider-openstack/openstack", "anybody may be behind it"),
        ("openstack_compute_instance_v2", "anybody may be behind it"),
        ("Scaleway", "A provider goes by that name: see `sovlint provider scaleway`."),
    ],
)
def test_nothing(query: str, words: str) -> None:
    result = where(query)
    assert result.exit_code == 1
    assert words in " ".join(result.stdout.split())
    assert data(query)["matches"] == []


def test_an_empty_word_is_no_question() -> None:
    result = where(" ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "An empty word names nothing" in result.stderr


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    "query", ["https://u:hunter2@db.example.org/x", "u:hunter2@db.example.org"]
)
def test_no_secret_is_repeated(query: str, form: str) -> None:
    result = where(query, "--format", form)
    assert "hunter2" not in result.output
    assert "***@db.example.org" in result.stdout


def test_what_is_asked_is_fit_to_be_seen() -> None:
    result = where("x\x1b[31m.example.org")
    assert "\x1b" not in result.output
    assert r"x\x1b[31m.example.org" in result.stdout


def test_sources_are_footnotes_and_background_knowledge_is_called_that() -> None:
    text = said("eu-west-2")
    assert (
        "Alibaba Cloud (alibaba-cloud): eu-west-2, France (FR) (background knowledge)" in text
    )
    assert "Amazon Web Services (aws): eu-west-2, United Kingdom (GB) [1]" in text
    assert "Sources [1] partitions, region codes" in text


def test_french() -> None:
    text = " ".join(where("eu-west-3", "--lang", "fr").stdout.split())
    assert "Amazon Web Services (aws) : eu-west-3, France (FR) [1]" in text
    assert (
        "L'État du lieu peut y contraindre, et ceux qui contrôlent la société aussi" in text
    )


def test_a_region_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "providers").mkdir()
    (tmp_path / "providers/casa.yaml").write_text(
        "id: casa\nname: Casa\nkind: iaas\nstatus: active\noperator: scaleway-sas\n"
        "regions: {fr-cellar: {country: FR, source: own}}\n"
        "sources: {own: {url: null, date: '2026-01-01', supports: we run it, basis: read}}\n"
    )
    result = where("fr-cellar", "--catalog", str(tmp_path), "--format", "json")
    assert json.loads(result.stdout)["matches"] == [
        {"provider": "casa", "service": None, "region": "fr-cellar", "country": "FR"}
    ]
