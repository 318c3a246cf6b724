"""What whoever deploys something calls its cluster: one that stands around may be another. And a chart that another one
depends on says nothing of where that goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

TERRAFORM = """provider "scaleway" {
  region = "fr-par"
}

resource "scaleway_k8s_cluster" "main" {
  name    = "prod"
  version = "1.30"
  cni     = "cilium"
  type    = "kapsule"
}

provider "kubernetes" {
  host = scaleway_k8s_cluster.main.kubeconfig[0].host
}
"""
CHART = "apiVersion: v2\nname: {name}\nversion: 1.0.0\n"
POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: api, labels: {sovlint.dev/data: health}}\n"
    "spec: {containers: [{name: api, image: acme/api}]}\n"
)
HELMFILE = """environments:
  prod: {%s}
---
releases:
  - {name: api, chart: ./charts/api}
"""


def verdicts(folder: Path, files: dict[str, str]) -> set[tuple[str, str]]:
    """Of each pod, by the variant, whether it is under the control of the EEA alone."""
    write(folder, {".git/HEAD": "", **files})
    done = CliRunner().invoke(
        main,
        ["scan", str(folder), "-f", "json", "--show", "compliant", "--as-of", "2026-12-02"],
    )
    return {
        (str(each["variant"] or each["root"]), each["verdict"])
        for each in json.loads(done.stdout)["findings"]
        if each["policy"] == "health-data-under-eu-control" and "Pod/api" in each["address"]
    }


@pytest.mark.parametrize(
    ("context", "verdict"),
    [("values: []", "compliant"), ("kubeContext: minikube", "unproven")],
    ids=["no name", "another name"],
)
def test_a_context_of_an_environment_is_no_cluster_around(
    tmp_path: Path, context: str, verdict: str
) -> None:
    files = {
        "main.tf": TERRAFORM,
        "charts/api/Chart.yaml": CHART.format(name="api"),
        "charts/api/templates/pod.yaml": POD,
        "helmfile.yaml": HELMFILE % context,
    }
    found = {
        told for variant, told in verdicts(tmp_path, files) if variant.startswith("prod/")
    }
    assert found == {verdict}


@pytest.mark.parametrize(
    ("context", "verdict"), [("far", "compliant"), ("minikube", "unproven")]
)
@pytest.mark.parametrize("chart", ["./charts/api", "stable/api"])
def test_a_destination_is_that_of_its_name_alone(
    tmp_path: Path, context: str, verdict: str, chart: str
) -> None:
    helmfile = (HELMFILE % f"kubeContext: {context}").replace("./charts/api", chart)
    files = {
        "sovlint.yaml": "clusters: [{paths: ['**'], provider: scaleway, region: fr-par, destinations: [far]}]\n"
        "data: {paths: {helmfile.yaml: health}}\n",
        "helmfile.yaml": helmfile,
        "charts/api/Chart.yaml": CHART.format(name="api" if chart[0] == "." else "other"),
        "charts/api/templates/pod.yaml": POD,
    }
    write(tmp_path, {".git/HEAD": "", **files})
    asked = ["scan", str(tmp_path), "-f", "json", "--show", "compliant"]
    done = CliRunner().invoke(main, [*asked, "--as-of", "2026-12-02"])
    assert {
        each["verdict"]
        for each in json.loads(done.stdout)["findings"]
        if each["policy"] == "health-data-under-eu-control"
        and str(each["variant"]).startswith("prod/")
        and each["role"] == "compute"
    } == {verdict}


def test_a_context_of_skaffold_is_no_cluster_around(tmp_path: Path) -> None:
    files = {
        "main.tf": TERRAFORM,
        "charts/api/Chart.yaml": CHART.format(name="api"),
        "charts/api/templates/pod.yaml": POD,
        "skaffold.yaml": "apiVersion: skaffold/v4beta6\nkind: Config\ndeploy:\n  kubeContext: minikube\n  helm:\n"
        "    releases: [{name: api, chartPath: charts/api}]\n",
    }
    found = {told for variant, told in verdicts(tmp_path, files) if "api" in variant}
    assert "unproven" in found


def test_a_chart_that_another_depends_on_says_nothing_of_where_that_goes(
    tmp_path: Path,
) -> None:
    declared = "clusters: [{paths: ['charts/api/**'], provider: scaleway, region: fr-par}]\n"
    files = {
        "sovlint.yaml": declared,
        "charts/api/Chart.yaml": CHART.format(name="api"),
        "charts/api/templates/pod.yaml": POD,
        "charts/local/Chart.yaml": CHART.format(name="local")
        + "dependencies: [{name: api, version: '*', repository: 'file://../api'}]\n",
    }
    assert verdicts(tmp_path, files) == {
        ("charts/api", "compliant"),
        ("charts/local", "unproven"),
    }
