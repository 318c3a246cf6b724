"""Configurations of pipelines inside config maps: what a pipeline uses sends data; what none uses is nothing."""

from __future__ import annotations

import textwrap

import pytest

from sovlint.model.placement import Placed
from tests.resolve.house import classes, place, shown
from tests.resolve.manifests_house import placed


def holding(text: str, kind: str = "ConfigMap", section: str = "data") -> str:
    body = textwrap.indent(textwrap.dedent(text).strip("\n"), "    ")
    return f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: settings}}\n{section}:\n  config: |\n{body}\n"


def sends(text: str, number: int = 0) -> list[tuple[str, str, object, object]]:
    """(outlet, role, provider, region) of each address that an object sends to."""
    found: Placed = placed(text)[number]
    return [
        (each.sent, str(shown(each.role)), *place(each))
        for each in found.placements
        if each.sent
    ]


COLLECTOR = """
    receivers: {otlp: {protocols: {grpc: {}}}}
    exporters:
      datadog: {api: {site: datadoghq.eu, key: "${env:KEY}"}}
      sentry: {dsn: "https://0123@o1.ingest.de.sentry.io/4"}
      otlp/tempo: {endpoint: "tempo:4317"}
      otlphttp/unused: {endpoint: "https://api.honeycomb.io"}
      debug: {}
    connectors: {spanmetrics: {}, forward/dead: {}}
    service:
      pipelines:
        traces: {receivers: [otlp], exporters: [datadog, otlp/tempo, debug, spanmetrics]}
        metrics: {receivers: [spanmetrics], exporters: [sentry]}
        logs/dead: {receivers: [forward/dead], exporters: [otlphttp/unused]}
"""
SERVICE = "---\napiVersion: v1\nkind: Service\nmetadata: {name: tempo}\nspec: {}\n"


def test_exporters_that_a_pipeline_uses() -> None:
    assert sends(holding(COLLECTOR)) == [
        ("exporter datadog", "logs", "datadog", "EU"),
        ("exporter sentry", "processor", "sentry", "EU"),
    ]
    found = placed(holding(COLLECTOR) + SERVICE)[0]
    assert [(link.kind, link.address) for link in found.resource.links] == [
        ("logs", "k8s:-/Service/tempo")
    ]


def test_an_exporter_says_where_it_stands() -> None:
    (first, *_) = placed(holding(COLLECTOR))[0].resource.sends
    line = (
        holding(COLLECTOR)
        .split("\n")
        .index('      datadog: {api: {site: datadoghq.eu, key: "${env:KEY}"}}')
    )
    assert first.where.span().line == line + 1


def test_an_exporter_of_an_unknown_type_is_unproven() -> None:
    text = COLLECTOR.replace("sentry:", "acmecloud:").replace("[sentry]", "[acmecloud]")
    assert sends(holding(text))[0][2] == "not-in-catalogue: opentelemetry acmecloud"


def test_a_custom_resource_holds_its_configuration_itself() -> None:
    body = textwrap.indent(textwrap.dedent(COLLECTOR).strip("\n"), "    ")
    head = "apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: {name: otel}\nspec:\n"
    for written in (f"  config:\n{body}\n", f"  config: |\n{body}\n"):
        assert [found[2] for found in sends(head + written)] == ["datadog", "sentry"]


def test_fluent_bit() -> None:
    classic = """
        [INPUT]
            Name tail
        [OUTPUT]
            Name  datadog
            Match *
            Host  http-intake.logs.datadoghq.eu
        [OUTPUT]
            Name  stdout
        # [OUTPUT]
        #    Name splunk
        [OUTPUT]
            Name s3
            region eu-west-3
    """
    assert sends(holding(classic)) == [
        ("output datadog", "logs", "datadog", "EU"), ("output s3", "logs", "aws", "eu-west-3"),
    ]  # fmt: skip
    text = "pipeline: {inputs: [{name: tail}], outputs: [{name: nrlogs, base_uri: 'https://log-api.eu.newrelic.com'}]}"
    assert [found[2:] for found in sends(holding(text))] == [("new-relic", "EU")]


VECTOR = """
    sources: {logs: {type: kubernetes_logs}}
    transforms: {clean: {type: remap, inputs: [logs]}, lost: {type: remap, inputs: [nothing]}}
    sinks:
      far: {type: datadog_logs, inputs: [clean]}
      store: {type: aws_s3, inputs: ["cl*"], region: eu-west-3, bucket: a}
      dead: {type: splunk_hec_logs, inputs: [lost], endpoint: "https://acme.splunkcloud.com"}
      here: {type: console, inputs: [logs]}
"""


def test_vector() -> None:
    assert [(found[0], found[2]) for found in sends(holding(VECTOR))] == [
        ("sink far", "datadog"),
        ("sink store", "aws"),
    ]
    toml = '[sources.a]\ntype = "file"\n[sinks.b]\ntype = "http"\ninputs = ["a"]\nuri = "https://s3.fr-par.scw.cloud"\n'
    assert [found[2:] for found in sends(holding(toml))] == [("scaleway", "fr-par")]


def test_prometheus_and_alertmanager() -> None:
    text = "global: {}\nscrape_configs: []\nremote_write: [{url: 'https://prometheus-prod-1.grafana.net/api/prom/push'}]\n"
    assert [found[1:3] for found in sends(holding(text))] == [("logs", "grafana-labs")]
    text = """
        global: {slack_api_url: 'https://hooks.slack.com/services/a/b/c', smtp_smarthost: 'smtp-relay.brevo.com:587'}
        route: {receiver: a, routes: [{receiver: b}]}
        receivers:
          - {name: a, slack_configs: [{channel: x}]}
          - {name: b, email_configs: [{to: x@acme.fr}], webhook_configs: [{url: "http://localhost:9"}]}
          - {name: c, pagerduty_configs: [{routing_key: k}]}
    """
    assert [found[:3] for found in sends(holding(text))] == [
        ("receiver a", "processor", "slack"), ("receiver b", "processor", "brevo"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("common: {storage: {s3: {endpoint: s3.fr-par.scw.cloud, region: fr-par}}}", ("scaleway", "fr-par")),
        ("storage: {trace: {backend: s3, s3: {bucket: a, region: eu-west-3}, gcs: {bucket_name: a}}}",
         ("aws", "eu-west-3")),
        ("type: S3\nconfig: {bucket: a, endpoint: s3.eu-west-3.amazonaws.com}", ("aws", "eu-west-3")),
        ("storage_config: {aws: {s3: 's3://key:secret@eu-west-3/bucket'}}", ("aws", "no-evidence: region")),
    ],
)  # fmt: skip
def test_object_stores(text: str, expected: tuple[object, object]) -> None:
    assert [found[1:] for found in sends(holding(text))] == [("at-rest", *expected)]


@pytest.mark.parametrize(
    "text",
    [
        "storage: {trace: {backend: local, s3: {bucket: a}}}", "type: FILESYSTEM\nconfig: {directory: /d}", "a: [", "x",
        "receivers: {otlp: {}}\nexporters: {datadog: {}}\n", "sinks: {a: [1]}", "pipeline: {outputs: [1, {}]}",
        "common: {storage: {s3: {endpoint: 'minio.minio.svc:9000'}}}", "remote_write: {a: 1}",
        "route: []\nreceivers: [1]",
        "service: {pipelines: [1]}\nexporters: []", "sinks = [",
    ],
)  # fmt: skip
def test_what_sends_nothing(text: str) -> None:
    assert sends(holding(text)) == []


def test_a_secret_sends_and_shows_nothing() -> None:
    text = "remote_write: [{url: 'https://user:pw@metrics.acme-secret.io/push'}]\n"
    (found,) = placed(holding(text, "Secret", "stringData"))
    (sent,) = [each for each in found.placements if each.sent]
    assert shown(sent.provider) == "not-in-catalogue: ***"
    assert {
        step.where.span().line
        for step in sent.because
        if step is not None and step.where is not None
    } == {3}


def test_health_data_reaches_the_exporter_through_service_collector_and_config_map() -> None:
    api = """---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {sovlint.dev/data: health}}
spec: {template: {spec: {containers: [{name: c, image: a/b, env: [{name: OTEL_EXPORTER_OTLP_ENDPOINT, value: 'http://otel:4317'}]}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: otel}
spec: {selector: {app: otel}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: otel}
spec:
  template:
    metadata: {labels: {app: otel}}
    spec: {containers: [{name: c, image: otel/collector}], volumes: [{name: v, configMap: {name: settings}}]}
"""
    found = placed(holding(COLLECTOR) + api)
    assert classes(found[0]) == {"health": "propagated"}


def test_columns_are_those_of_the_manifest() -> None:
    (first, *_) = placed(holding(COLLECTOR))[0].resource.sends
    span = first.where.span()
    assert (
        holding(COLLECTOR).split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]
        == "datadog"
    )


def test_equal_texts_of_two_objects_are_told_where_each_stands() -> None:
    other = holding(COLLECTOR).replace("name: settings", "name: others")
    found = placed(f"{holding(COLLECTOR)}---\n{other}")
    lines = [each.resource.sends[0].where.span().line for each in found]
    assert lines[1] - lines[0] == holding(COLLECTOR).count("\n") + 1


def test_equal_settings_of_two_objects_are_told_where_each_stands() -> None:
    text = holding("DATABASE_URL=postgresql://u:p@db.clinique-inconnue.fr/claims")
    text = text.replace("config: |", "app.env: |")
    found = placed(f"{text}---\n{text.replace('name: settings', 'name: others')}")
    lines = [each.where.span().line for one in found for each in one.resource.sends]
    assert lines[-1] - lines[0] == text.count("\n") + 1
