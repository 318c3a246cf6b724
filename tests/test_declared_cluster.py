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
    result = CliRunner().invoke(main, ["scan", str(tmp_path), "--format", "json", "--lang", language])
    report = json.loads(result.stdout)
    found = {each["policy"]: each for each in report["findings"]}
    assert found["health-data-under-eu-control"]["verdict"] == "unproven"
    assert said in found["health-data-in-eea"]["message"]
    assert [each["path"] for each in report["remarks"] if said in each["message"]] == ["k8s/api.yaml"]
    assert result.exit_code == 1
