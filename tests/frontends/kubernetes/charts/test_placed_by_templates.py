"""What named templates and lookups decide of charts: where their pods must run, and what a cluster would answer."""

from __future__ import annotations

import pytest

from sovlint.model.findings.finding import Verdict
from tests.frontends.kubernetes.charts.judged import findings
from tests.frontends.memory import MemoryReader

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: claims, labels: {sovlint.dev/data: health}}
spec:
  template:
    spec:
      nodeSelector: {{- include "claims.nodeSelector" . | nindent 8 }}
      containers:
        - name: claims
          image: claims:1
          env: [{name: LOG_LEVEL, value: info}]
"""
PARIS = "k8s.scaleway.com/pool-name: main\n"
OHIO = "topology.kubernetes.io/region: us-east-1\neks.amazonaws.com/nodegroup: {{ .Values.pool }}\n"
RELEASE = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: claims, namespace: records}
spec:
  chart: {spec: {chart: ./chart, sourceRef: {kind: GitRepository, name: x}}}
"""


def chart(selector: str, template: str = DEPLOYMENT) -> dict[str, str]:
    """A chart in a cluster that is declared to be in Paris."""
    return {
        "chart/Chart.yaml": "apiVersion: v2\nname: claims\nversion: 1.0.0\n",
        "chart/values.yaml": "pool: main\n",
        "chart/templates/_helpers.tpl": f'{{{{- define "claims.nodeSelector" }}}}\n{selector}{{{{- end }}}}\n',
        "chart/templates/deployment.yaml": template,
    }


def in_area(files: dict[str, str]) -> set[Verdict]:
    """Whether the workload is proved to be inside the EEA."""
    return {
        each.verdict
        for each in findings(MemoryReader(files))
        if each.policy == "health-data-in-eea" and "Deployment" in each.resource.address
    }


@pytest.mark.parametrize("more", [{}, {"release.yaml": RELEASE}])
def test_a_selector_of_a_named_template_counts_against_a_declared_cluster(
    more: dict[str, str],
) -> None:
    assert in_area({**chart(OHIO), **more}) == {Verdict.UNPROVEN}
    assert in_area({**chart(PARIS), **more}) == {Verdict.COMPLIANT}


def test_what_a_lookup_decides_is_never_proved() -> None:
    dsn = "https://0@o1.ingest.us.sentry.io/4"
    sent = DEPLOYMENT.replace(
        "env: [{name: LOG_LEVEL, value: info}]",
        f'env: [{{name: SENTRY_DSN, value: "{{{{ if lookup "v1" "Secret" "a" "b" }}}}{dsn}{{{{ end }}}}"}}]',
    )
    assert in_area(chart(PARIS, sent)) == {Verdict.COMPLIANT, Verdict.UNPROVEN}
