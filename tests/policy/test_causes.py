"""What unproven findings wait for, by hand: by facts, then of small repositories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.model.landing import Evidence, Landing, Level
from sovlint.model.resources.resource import Binding, Named, Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, UnknownKind
from sovlint.policy import causes
from tests import scratch
from tests.report.build import placement, resource, said, span


def at(path: str, root: str | None = None, **changes: Any) -> Resource:
    return replace(resource("a.b", path, 1), root=root, **changes)


def unknown(reason: Reason, detail: str = "", kind: UnknownKind | None = None) -> Unknown:
    return Unknown(reason, detail, kind=kind)


UNDECLARED = unknown(Reason.NO_EVIDENCE, "clusters", UnknownKind.CLUSTER_UNDECLARED)
OVERLAP = unknown(Reason.MULTI_VALUED, "clusters", UnknownKind.CLUSTERS_OVERLAP)
NO_PROJECT = unknown(Reason.NO_EVIDENCE, "clusters", UnknownKind.PROJECT_UNDECLARED)
IN_ROOT = at("infra/prod/main.tf", "infra/prod", binding=Binding("hashicorp/aws"))


@pytest.mark.parametrize(
    ("fact", "about", "wanted"),
    [
        (unknown(Reason.UNSET_VARIABLE, "var.region"), IN_ROOT, "variable:infra/prod:var.region"),
        (unknown(Reason.UNSET_VARIABLE, "var.region"), at("main.tf", ""), "variable:.:var.region"),
        (unknown(Reason.UNSET_VARIABLE), IN_ROOT, "setting:infra/prod:a.b#unset-variable"),
        (unknown(Reason.CALLER_NOT_IN_REPO, "var.x"), IN_ROOT, "caller:infra/prod:var.x"),
        (unknown(Reason.COMPUTED_AT_APPLY, "data.a.b.c"), IN_ROOT, "computed:infra/prod:data.a.b.c"),
        (unknown(Reason.FROM_ENVIRONMENT, "region"), IN_ROOT, "environment:infra/prod:hashicorp/aws region"),
        (unknown(Reason.FROM_ENVIRONMENT, "env.HOME"), IN_ROOT, "environment:infra/prod:env.HOME"),
        (unknown(Reason.FROM_ENVIRONMENT, "secret"), IN_ROOT, "setting:infra/prod:a.b#secret"),
        (unknown(Reason.UNSUPPORTED_EXPRESSION, "f()"), IN_ROOT, "setting:infra/prod:a.b#f()"),
        (unknown(Reason.REMOTE_MODULE, "x/y/aws"), IN_ROOT, "module:x/y/aws"),
        (unknown(Reason.FROM_ENVIRONMENT, "Secret a/k", UnknownKind.OBJECT_ELSEWHERE), IN_ROOT, "object:Secret/a/k"),
        (UNDECLARED, at("k8s/prod/a.yaml"), "cluster:k8s"),
        (UNDECLARED, at("a.yaml"), "cluster:."),
        (OVERLAP, at("k8s/a/b.yaml"), "clusters-overlap:k8s/a"),
        (UNDECLARED, at("base/a.yaml", "apps/prod"), "cluster:apps"),
        (NO_PROJECT, at("shop/compose.yaml", "shop"), "project:shop"),
        (unknown(Reason.NOT_IN_CATALOGUE, "host a.b.example.eu", UnknownKind.HOST_UNLISTED), IN_ROOT, "host:example.eu"),
        (
            unknown(Reason.NOT_IN_CATALOGUE, "host a.example.github.io", UnknownKind.HOST_UNLISTED), IN_ROOT,
            "host:example.github.io",
        ),
        (unknown(Reason.NOT_IN_CATALOGUE, "host a.acme.fr", UnknownKind.HOST_OF_HOUSE), IN_ROOT, "house:hosts"),
        (unknown(Reason.NOT_IN_CATALOGUE, "host b.acme.eu", UnknownKind.HOST_OF_HOUSE), at("k8s/a.yaml"), "house:hosts"),
        (unknown(Reason.NO_EVIDENCE, "owners of X", UnknownKind.OWNERS_UNFOUND), IN_ROOT, "owners:aws"),
        (unknown(Reason.NO_EVIDENCE, "global", UnknownKind.NO_REGION), IN_ROOT, "place:aws/rds"),
        (unknown(Reason.NO_EVIDENCE, "region", UnknownKind.CLUSTER_REGION), at("k8s/a.yaml"), "cluster-region:k8s/aws"),
    ],
)  # fmt: skip
def test_a_fact_waits_for_what_names_it(fact: Unknown, about: Resource, wanted: str) -> None:
    assert causes.of_fact(fact, about, placement()).id == wanted


def test_what_is_waited_for_is_told_by_the_doubt_where_there_is_one_else_by_the_hint() -> (
    None
):
    note = Note("resolve.cluster-hinted", {"at": "a.yaml:2", "shown": said("localhost")})
    hinted = Unknown(
        Reason.NO_EVIDENCE, "provider", note=note, kind=UnknownKind.CLUSTER_HINTED
    )
    sure = Named(Known("x"), Known("y"))
    doubted = replace(sure, doubt=Evidence(Level.SERVER, span("a.yaml", 2, 1, 9), note))

    def told(named: Named | None) -> str:
        return causes.of_fact(hinted, at("k8s/a.yaml", named=named), placement()).why.key

    hint = "policy.waits-for-hinted-cluster"
    assert (told(None), told(sure), told(doubted)) == (hint, hint, "resolve.cluster-hinted")


def test_a_cluster_is_called_as_the_folder_that_deploys() -> None:
    def landing_on(*folders: str) -> Resource:
        landings = tuple(Landing(folder) for folder in folders)
        named = Named(Known("x"), Known("y"), landings=landings)
        return at("apps/api/a.yaml", "apps/api", named=named)

    assert (
        causes.of_fact(UNDECLARED, landing_on("clusters/prod")).id == "cluster:clusters/prod"
    )
    assert causes.of_fact(UNDECLARED, landing_on("apps/api")).id == "cluster:apps"
    several = landing_on("clusters/prod", "clusters/staging")
    assert causes.of_fact(UNDECLARED, several).id == "cluster:apps", (
        "neither alone settles it"
    )


def test_what_is_sensitive_is_named_by_its_place_alone() -> None:
    secret = Unknown(Reason.UNSET_VARIABLE, "var.hunter2", sensitive=True)
    assert causes.of_fact(secret, IN_ROOT).id == "setting:infra/prod:a.b#unset-variable"
    among = Unknown(Reason.UNSET_VARIABLE, "var.x", among=(Known("hunter2", sensitive=True),))
    assert not causes.of_fact(among, IN_ROOT).shared


def test_a_secret_in_a_name_is_hidden() -> None:
    source = "git::https://user:hunter22secret@git.example.org/m.git"
    found = causes.of_fact(Unknown(Reason.REMOTE_MODULE, source), IN_ROOT)
    assert "hunter22secret" not in found.id


def test_a_path_without_a_module_is_told_from_where_it_is_called() -> None:
    missing = Unknown(Reason.REMOTE_MODULE, "../store", note=said("none at the path"))
    assert causes.of_module(missing, at("a/b/main.tf", "a/b")).id == "module:a/store"
    assert causes.of_module(missing, at("c/main.tf", "c")).id == "module:store"


def test_several_reasons_have_no_cause_and_one_alike_has() -> None:
    one = causes.of_fact(UNDECLARED, at("k8s/a.yaml"))
    other = causes.of_fact(UNDECLARED, at("shop/a.yaml"))
    assert causes.common([one, one]) is not None
    assert causes.common([one, other]) is None
    assert causes.common([one, None]) is None
    assert causes.common([]) is None


# --- of repositories


def found(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    (folder / ".git").mkdir(exist_ok=True)
    usual = ["scan", str(folder), "--as-of", "2026-11-24", "--format", "json"]
    result = CliRunner().invoke(main, [*usual, *arguments], catch_exceptions=False)
    listed: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return listed


def waiting(folder: Path, *arguments: str) -> dict[tuple[str, str], str | None]:
    return {
        (one["policy"], one["address"]): one["cause"]
        for one in found(folder, *arguments)
        if one["verdict"] == "unproven"
    }


def test_an_inventory_entry_and_owners(tmp_path: Path) -> None:
    (tmp_path / "saas.yaml").write_text(
        "services:\n  - {id: payer, vendor: viamedis, data: [insured-identity]}\n"
    )
    (tmp_path / "sovlint.yaml").write_text("saas: [saas.yaml]\n")
    assert waiting(tmp_path) == {
        ("insured-identity-in-eea", "saas:payer"): "inventory:payer",
        ("insured-identity-under-eu-control", "saas:payer"): "owners:viamedis",
    }


def test_nobody_is_asked_to_attest_what_would_not_count_before_the_place_is_known(
    tmp_path: Path,
) -> None:
    entry = "services:\n- {id: chat, vendor: slack, data: [health]%s}\n"
    asked = ("health-data-on-certified-host", "saas:chat")
    (tmp_path / "saas.yaml").write_text(entry % "", "utf-8")
    assert waiting(tmp_path)[asked] == "inventory:chat"
    (tmp_path / "saas.yaml").write_text(entry % ", facts: {country: FR}", "utf-8")
    assert waiting(tmp_path)[asked] == "hds-listing:slack"


def test_what_violates_if_created_is_told_apart_from_what_is_not_known(
    tmp_path: Path,
) -> None:
    (tmp_path / "main.tf").write_text(
        """
        variable "where" {}
        provider "aws" { region = "us-east-1" }
        provider "aws" {
          alias  = "b"
          region = var.where
        }
        resource "aws_s3_bucket" "maybe" { count = var.where == "x" ? 1 : 0 }
        resource "aws_s3_bucket" "somewhere" { provider = aws.b }
        """
    )
    said_of = waiting(tmp_path, "--assume", "health")
    assert (
        said_of["health-data-in-eea", "aws_s3_bucket.maybe[0]"]
        == "created:variable:.:var.where"
    )
    assert said_of["health-data-in-eea", "aws_s3_bucket.somewhere"] == "variable:.:var.where"


def test_a_class_that_is_not_known_waits_for_its_variable(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "tags" {}\nresource "aws_s3_bucket" "a" { tags = var.tags }\n'
        'provider "aws" { region = "eu-west-3" }\n'
    )
    assert waiting(tmp_path) == {
        ("data-class-known", "aws_s3_bucket.a"): "variable:.:var.tags"
    }


def test_every_unproven_finding_of_the_fixture_says_what_it_waits_for() -> None:
    arguments = [
        "scan",
        str(scratch.alone("mutuelle")),
        "--as-of",
        "2026-11-24",
        "--format",
        "json",
    ]
    listed = json.loads(CliRunner().invoke(main, arguments).stdout)["findings"]
    assert all(one["cause"] for one in listed if one["verdict"] == "unproven")
    assert all(one["cause"] is None for one in listed if one["verdict"] == "violation")
