"""Terraform's cluster, manifests on it, and what they send away: one story from several layers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

JOINED = Path(__file__).parents[1] / "fixtures/kubernetes/joined"


def report(root: Path, command: str, *options: str) -> dict[str, Any]:
    """What a command says of a folder, as JSON."""
    result = CliRunner().invoke(
        main, [command, str(root), "--format", "json", "--as-of", "2026-11-24", *options]
    )
    loaded: dict[str, Any] = json.loads(result.stdout)
    return loaded


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """A copy of the fixture, without what the project says around it."""
    return Path(
        shutil.copytree(
            JOINED, tmp_path / "joined", ignore=shutil.ignore_patterns("expected.yaml")
        )
    )


def test_an_exporter_in_no_pipeline_is_told_nowhere(joined: Path) -> None:
    for command in ("facts", "scan"):
        assert "honeycomb" not in json.dumps(report(joined, command))


def test_the_same_exporter_in_a_pipeline_is_told(joined: Path) -> None:
    path = joined / "k8s/telemetry.yaml"
    path.write_text(
        path.read_text().replace(
            "exporters: [datadog]", "exporters: [datadog, otlphttp/honeycomb]"
        )
    )
    assert "honeycomb" in json.dumps(report(joined, "facts"))


def test_the_classes_of_the_api_go_where_its_data_goes(joined: Path) -> None:
    found = {each["address"]: each["data"] for each in report(joined, "facts")["resources"]}
    assert [each["how"] for each in found["k8s:claims/Deployment/api"]] == ["declared"]
    for address in (
        "k8s:claims/PersistentVolumeClaim/documents", "k8s:telemetry/Deployment/collector",
        "k8s:telemetry/ConfigMap/collector",
    ):  # fmt: skip
        assert [(each["class"], each["how"]) for each in found[address]] == [
            ("claims", "propagated")
        ], address


def test_flows_lead_from_the_api_to_the_companies(joined: Path) -> None:
    flows = {
        (each["from"]["address"], each["to"].get("provider"))
        for each in report(joined, "facts")["flows"]
    }
    assert ("k8s:claims/Deployment/api", "sentry") in flows
    assert ("k8s:telemetry/ConfigMap/collector", "datadog") in flows


def test_the_message_names_sender_exporter_and_company_in_french_too(joined: Path) -> None:
    found = report(joined, "scan", "--lang", "fr")["findings"]
    (message,) = (
        each["message"]
        for each in found
        if each["address"] == "k8s:telemetry/ConfigMap/collector"
        and each["policy"] == "health-data-under-eu-control"
    )
    for part in (
        "`k8s:claims/Deployment/api`",
        "`exporter datadog`",
        "Datadog",
        "États-Unis",
    ):
        assert part in message


def test_a_cluster_isn_t_that_of_manifests_which_have_nothing_to_do_with_its_root(
    joined: Path,
) -> None:
    other = joined.parent / "other/k8s"
    other.mkdir(parents=True)
    shutil.copy(joined / "k8s/api.yaml", other / "api.yaml")
    (joined.parent / ".git").mkdir()
    found = report(joined.parent, "facts")["resources"]
    at = {
        each["path"]: each["placements"][0]["provider"]
        for each in found
        if each["type"] == "Deployment"
    }
    assert at == {
        "joined/k8s/api.yaml": "scaleway",
        "joined/k8s/telemetry.yaml": "scaleway",
        "other/k8s/api.yaml": None,
    }
