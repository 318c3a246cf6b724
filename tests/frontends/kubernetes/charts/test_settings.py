"""Environments and configurations of collectors in values of charts: where they send data."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.charts.house import CLUSTER, chart, placed, places

COMPUTE = f"compute {CLUSTER}"
DSN = "https://0123@o1.ingest.de.sentry.io/4"


def _sent(values: str) -> list[tuple[str, str]]:
    return [(each.key, each.role) for each in chart(values).resource.sends]


@pytest.mark.parametrize(
    "values",
    [
        f"env:\n  SENTRY_DSN: {DSN}\n",
        f"api:\n  extraEnvVars:\n    - name: SENTRY_DSN\n      value: {DSN}\n",
        f"controllers:\n  main:\n    env:\n      SENTRY_DSN:\n        value: {DSN}\n",
        f"jupyterhub:\n  hub:\n    config:\n      SENTRY_DSN: {DSN}\n",
    ],
)
def test_a_variable_in_values_tells_where_data_is_sent_however_it_is_written(
    values: str,
) -> None:
    found = chart(values)
    (sent,) = found.resource.sends
    assert sent.key == "SENTRY_DSN"
    assert len(places(found)) == 2
    assert COMPUTE in places(found)


@pytest.mark.parametrize(
    "values",
    [
        "env:\n  SENTRY_ENVIRONMENT: production\n",
        "env:\n  SENTRY_DSN: ''\n",
        f"docs:\n  sentryDsnExample: {DSN}\n",
        "env:\n  - name: SENTRY_DSN\n    valueFrom: {fieldRef: {fieldPath: status.hostIP}}\n",
    ],
)
def test_what_sends_nothing_is_left_out(values: str) -> None:
    assert _sent(values) == []


def test_what_a_default_switches_off_is_perhaps_sent() -> None:
    """Nobody installs the chart here, so that nothing proves that the switch stays off."""
    values = f"api:\n  enabled: false\n  env:\n    SENTRY_DSN: {DSN}\n"
    (sent,) = chart(values).resource.sends
    assert sent.key == "SENTRY_DSN"
    assert sent.off is not None


def test_an_address_in_a_secret_that_is_not_here_is_not_known() -> None:
    values = "env:\n  - name: SENTRY_DSN\n    valueFrom: {secretKeyRef: {name: sentry, key: dsn}}\n"
    assert any("(" in each for each in places(chart(values)))


def test_a_credential_alone_is_not_proof_of_an_address_since_the_chart_may_set_one() -> None:
    assert any("(" in each for each in places(chart("env:\n  DD_API_KEY: '0123'\n")))


COLLECTOR = """\
config:
  exporters:
    otlphttp: {endpoint: https://otlp.eu-west-2.aws.example.fr}
  service:
    pipelines:
      traces: {receivers: [otlp], exporters: [otlphttp]}
"""

FLUENT_BIT = """\
config:
  outputs: |
    [OUTPUT]
        Name es
        Match *
        Host logs.acme.fr
"""


@pytest.mark.parametrize("values", [COLLECTOR, FLUENT_BIT])
def test_a_collector_in_values_sends_to_its_exporters(values: str) -> None:
    assert len(_sent(values)) == 1


def test_text_in_values_has_the_line_it_stands_at() -> None:
    (sent,) = chart(FLUENT_BIT).resource.sends
    assert 3 <= sent.where.span().line <= 6


def test_an_exporter_that_no_pipeline_uses_sends_nothing() -> None:
    assert _sent(COLLECTOR.replace("exporters: [otlphttp]", "exporters: [debug]")) == []


def test_a_release_sends_where_the_environment_in_its_values_says() -> None:
    release = (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: api, namespace: apps}\n"
        f"spec:\n  chart: {{spec: {{chart: api}}}}\n  values:\n    env:\n      SENTRY_DSN: {DSN}\n"
    )
    found = placed({"a.yaml": release})[
        "k8s:apps/HelmRelease.helm.toolkit.fluxcd.io/api", None
    ]
    assert [each.key for each in found.resource.sends] == ["SENTRY_DSN"]
