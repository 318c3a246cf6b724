"""What releases of one helmfile in one environment show of the cluster that they share."""

from __future__ import annotations

import pytest

from tests.resolve.cluster_house import where

EKS = "{eks.amazonaws.com/capacityType: ON_DEMAND}"
RELEASES = """environments:
  prod: {values: [{nodes: %s}]}
---
releases:
  - name: api
    namespace: care
    chart: ./chart
    values: [{nodes: {{ .Values.nodes | toJson }}}]%s
"""
STORE = "  - {name: store, namespace: care, chart: stable/store}\n"
POD = """apiVersion: v1
kind: Pod
metadata: {name: api}
spec:
  nodeSelector: {{ .Values.nodes | toJson }}
  containers: [{name: a, image: a}]
"""
CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
    "chart/values.yaml": "nodes: {}\n",
    "chart/templates/pod.yaml": POD,
}
AWS = "aws"
NOWHERE = "no-evidence: clusters"


@pytest.mark.parametrize(
    ("nodes", "more", "provider"),
    [
        (EKS, "", AWS),
        ("{}", "", NOWHERE),
        # Not where a release names a cluster of its own, or isn't installed.
        (EKS, "\n    kubeContext: far", NOWHERE),
        (EKS, "\n    installed: false", NOWHERE),
    ],
)
def test_a_release_is_where_the_others_of_its_helmfile_are(
    nodes: str, more: str, provider: str
) -> None:
    files = {**CHART, "helmfile.yaml.gotmpl": RELEASES % (nodes, more) + STORE}
    assert where(files, "helmfile.yaml.gotmpl helm:care/store")[0] == provider


def test_two_helmfiles_share_nothing() -> None:
    files = {
        **CHART,
        "helmfile.yaml.gotmpl": RELEASES % (EKS, ""),
        "other/helmfile.yaml": "releases:\n" + STORE,
    }
    assert where(files, "helmfile.yaml helm:care/store")[0] == NOWHERE
