"""A declared cluster that manifests contradict: what the owner is told, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main

CONFIG = "clusters:\n  - paths: ['k8s/**']\n    provider: scaleway\n    region: fr-par\n"
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {sovlint.dev/data: health}}
spec:
  template:
    spec:
      nodeSelector:
        eks.amazonaws.com/nodegroup: x
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "`clusters:` says scaleway (sovlint.yaml:2), but k8s/api.yaml:8 speaks of aws (nodes must have the label "
            "`eks.amazonaws.com/nodegroup`): mend whichever is wrong, or declare these files apart",
        ),
        (
            "fr",
            "`clusters:` indique scaleway (sovlint.yaml:2), mais k8s/api.yaml:8 désigne aws (les nœuds doivent porter "
            "l'étiquette `eks.amazonaws.com/nodegroup`) : corrigez ce qui est faux, ou déclarez ces fichiers à part",
        ),
    ],
)
def test_both_places_and_what_to_do_are_told(tmp_path: Path, language: str, said: str) -> None:
    (tmp_path / "sovlint.yaml").write_text(CONFIG)
    (tmp_path / "k8s").mkdir()
    (tmp_path / "k8s/api.yaml").write_text(DEPLOYMENT)
    result = CliRunner().invoke(
        main, ["scan", str(tmp_path), "--format", "json", "--lang", language]
    )
    report = json.loads(result.stdout)
    found = {each["policy"]: each for each in report["findings"]}
    assert found["health-data-under-eu-control"]["verdict"] == "unproven"
    assert said in found["health-data-in-eea"]["message"]
    assert [each["path"] for each in report["remarks"] if said in each["message"]] == [
        "k8s/api.yaml"
    ]
    assert result.exit_code == 1


UNHEARD = """apiVersion: {version}
kind: {kind}
metadata: {{name: a, namespace: care{labels}}}
spec: {{type: state.aws.dynamodb, metadata: [{{name: region, value: us-east-1}}]}}
"""


@pytest.mark.parametrize(
    ("version", "kind"),
    [("records.example.org/v1", "PatientStore"), ("dapr.io/v1alpha1", "Component")],
)
def test_where_a_kind_that_the_catalogue_lacks_keeps_its_data_is_unproven(
    tmp_path: Path, version: str, kind: str
) -> None:
    (tmp_path / "sovlint.yaml").write_text(CONFIG)
    (tmp_path / "k8s").mkdir()
    (tmp_path / "k8s/a.yaml").write_text(
        UNHEARD.format(version=version, kind=kind, labels=", labels: {sovlint.dev/data: health}")
    )
    report = json.loads(
        CliRunner().invoke(main, ["scan", str(tmp_path), "--format", "json", "--lang", "en"]).stdout
    )
    assert {each["policy"]: each["verdict"] for each in report["findings"]} == {
        "health-data-in-eea": "unproven",
        "health-data-on-certified-host": "unproven",
        "health-data-under-eu-control": "unproven",
        "health-data-on-qualified-service": "unproven",
    }
    said = " ".join(
        CliRunner().invoke(main, ["scan", str(tmp_path), "--lang", "en"]).stdout.split()
    )
    assert f"provider: {kind}.{version.partition('/')[0]} isn't in the catalogue" in said
    assert "Say what it is in an overlay of the catalogue (`catalog:`)" in said


def test_a_kind_that_the_catalogue_lacks_is_not_judged_without_a_class(tmp_path: Path) -> None:
    (tmp_path / "sovlint.yaml").write_text(CONFIG)
    (tmp_path / "k8s").mkdir()
    (tmp_path / "k8s/a.yaml").write_text(
        UNHEARD.format(version="records.example.org/v1", kind="Store", labels="")
    )

    def findings(*more: str) -> list[dict[str, str]]:
        result = CliRunner().invoke(main, ["scan", str(tmp_path), "--format", "json", *more])
        return list(json.loads(result.stdout)["findings"])

    assert findings() == []
    (finding,) = findings("--assume", "health")
    assert (finding["policy"], finding["verdict"]) == ("assumed-class-judged", "unproven")
