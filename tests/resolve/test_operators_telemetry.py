"""Where metrics, traces, logs and alerts of operators go: each judgement by hand."""

from __future__ import annotations

import pytest

from tests.resolve.manifests_house import CLUSTER, places

NOBODY = "(no-evidence) (no-evidence)"
HERE = f"logs {CLUSTER}"
AMP = "https://aps-workspaces.eu-west-3.amazonaws.com/workspaces/ws-1/api/v1/remote_write"

WRITERS = [
    ("monitoring.coreos.com/v1", "Prometheus", [HERE]),
    ("monitoring.coreos.com/v1alpha1", "PrometheusAgent", [HERE]),
    ("monitoring.coreos.com/v1", "ThanosRuler", [HERE]),
    ("operator.victoriametrics.com/v1beta1", "VMAgent", [HERE]),
    ("monitoring.grafana.com/v1alpha1", "MetricsInstance", []),
]


@pytest.mark.parametrize(("version", "kind", "own"), WRITERS)
def test_metrics_are_written_on_to_each_address(
    version: str, kind: str, own: list[str]
) -> None:
    body = f"spec: {{remoteWrite: [{{url: '{AMP}'}}, {{url: 'http://mimir.mimir.svc/api/v1/push'}}]}}\n"
    assert places(version, kind, body) == [*own, "logs aws eu-west-3", HERE]


def test_metrics_that_nobody_writes_on_stay_in_the_cluster() -> None:
    assert places("monitoring.coreos.com/v1", "Prometheus", "spec: {replicas: 2}\n") == [HERE]
    assert places("operator.victoriametrics.com/v1beta1", "VMSingle", "spec: {}\n") == [HERE]


def test_a_secret_doesnt_show_where_thanos_keeps_blocks() -> None:
    body = "spec: {thanos: {objectStorageConfig: {name: a, key: b}}}\n"
    assert places("monitoring.coreos.com/v1", "Prometheus", body) == [HERE, f"logs {NOBODY}"]


def test_backups_of_victoria_metrics() -> None:
    body = "spec: {vmBackup: {destination: 's3://b', customS3Endpoint: 'https://s3.fr-par.scw.cloud'}}\n"
    assert places("operator.victoriametrics.com/v1beta1", "VMSingle", body) == [
        HERE,
        "backup scaleway fr-par",
    ]
    body = "spec: {vmstorage: {vmBackup: {destination: 'gs://b'}}}\n"
    assert places("operator.victoriametrics.com/v1beta1", "VMCluster", body) == [
        HERE,
        f"backup {NOBODY}",
    ]


RECEIVERS = [
    ("pagerdutyConfigs: [{routingKey: {name: a, key: b}}]", ["pagerduty"]),
    ("opsgenieConfigs: [{apiURL: 'https://api.eu.opsgenie.com'}]", ["atlassian"]),
    ("webhookConfigs: [{url: 'http://relay.monitoring.svc/alerts'}]", ["scaleway"]),
    ("webhookConfigs: [{urlSecret: {name: a, key: b}}]", ["(no-evidence)"]),
    ("slackConfigs: [{channel: a, apiURL: {name: a, key: b}}]", ["slack"]),
    ("discordConfigs: [{apiURL: {name: a, key: b}}]", ["discord"]),
    ("msteamsConfigs: [{webhookUrl: {name: a, key: b}}]", ["microsoft-365"]),
    ("telegramConfigs: [{chatID: 1}]", ["telegram"]),
    (
        "telegramConfigs: [{apiURL: 'https://bot.clinique-inconnue.fr'}]",
        ["(not-in-catalogue)"],
    ),
    ("snsConfigs: [{sigv4: {region: eu-west-3}}]", ["aws"]),
    ("rocketchatConfigs: [{channel: a}]", ["(no-evidence)"]),
    ("emailConfigs: [{smarthost: 'smtp.office365.com:587'}]", ["microsoft-365"]),
    ("name: 'null'", []),
]


@pytest.mark.parametrize(("receiver", "providers"), RECEIVERS)
def test_each_receiver_of_alerts_is_judged_by_itself(
    receiver: str, providers: list[str]
) -> None:
    body = f"spec: {{receivers: [{{{receiver}}}]}}\n"
    found = places("monitoring.coreos.com/v1alpha1", "AlertmanagerConfig", body)
    assert [each.split(" ")[:2] for each in found] == [
        ["processor", each] for each in providers
    ]


STACKS = [
    ("loki.grafana.com/v1", "LokiStack", "storage: {secret: {name: a, type: s3}}", [NOBODY]),
    ("loki.grafana.com/v1", "LokiStack", "storage: {secret: {name: a, type: gcs}}", ["google-cloud (no-evidence)"]),
    ("tempo.grafana.com/v1alpha1", "TempoStack", "storage: {secret: {name: a, type: azure}}",
     ["microsoft-azure (no-evidence)"]),
    ("tempo.grafana.com/v1alpha1", "TempoMonolithic", "storage: {traces: {backend: pv}}", []),
    ("tempo.grafana.com/v1alpha1", "TempoMonolithic", "storage: {traces: {backend: s3}}", [NOBODY]),
    ("jaegertracing.io/v1", "Jaeger",
     "storage: {type: elasticsearch, options: {es: {server-urls: 'https://a.eu-west-3.es.amazonaws.com'}}}",
     ["aws eu-west-3"]),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), STACKS)
def test_object_storage_of_logs_and_traces(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    assert places(version, kind, f"spec: {{{spec}}}\n") == [
        HERE,
        *(f"logs {each}" for each in expected),
    ]


VENDORS = [
    ("datadoghq.com/v2alpha1", "DatadogAgent", "global: {site: datadoghq.eu}", ["logs datadog EU"]),
    ("datadoghq.com/v2alpha1", "DatadogAgent", "global: {site: us3.datadoghq.com}", ["logs datadog US"]),
    ("datadoghq.com/v2alpha1", "DatadogAgent", "features: {apm: {enabled: true}}", ["logs datadog (no-evidence)"]),
    ("dynatrace.com/v1beta5", "DynaKube", "apiUrl: https://abc12345.live.dynatrace.com/api",
     ["logs dynatrace (no-evidence)"]),
    ("opentelemetry.io/v1alpha1", "Instrumentation", "exporter: {endpoint: 'http://otel.observability.svc:4317'}",
     [f"config {CLUSTER}", HERE]),
    ("opentelemetry.io/v1alpha1", "Instrumentation", "exporter: {endpoint: 'https://otlp.datadoghq.eu'}",
     [f"config {CLUSTER}", "logs datadog EU"]),
    ("coralogix.com/v1alpha1", "ArchiveLogsTarget", "s3Target: {region: eu-west-1, bucketName: b}",
     ["logs aws eu-west-1"]),
    ("opentelemetry.io/v1beta1", "OpenTelemetryCollector", "mode: daemonset", [f"compute {CLUSTER}"]),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kind", "spec", "expected"), VENDORS)
def test_agents_of_vendors_send_to_their_vendor(
    version: str, kind: str, spec: str, expected: list[str]
) -> None:
    assert places(version, kind, f"spec: {{{spec}}}\n") == expected


OUTPUTS = [
    ("logging.banzaicloud.io/v1beta1", "s3: {s3_bucket: b, s3_region: eu-west-3}", ["aws eu-west-3"]),
    ("logging.banzaicloud.io/v1beta1", "s3: {s3_region: fr-par, s3_endpoint: 'https://s3.fr-par.scw.cloud'}",
     ["scaleway fr-par"]),
    ("logging.banzaicloud.io/v1beta1", "loki: {url: 'http://loki.loki.svc:3100'}", [CLUSTER]),
    ("logging.banzaicloud.io/v1beta1", "datadog: {api_key: {}, host: http-intake.logs.datadoghq.eu}", ["datadog EU"]),
    ("logging.banzaicloud.io/v1beta1", "elasticsearch: {host: a.eu-west-3.es.amazonaws.com}", ["aws eu-west-3"]),
    ("logging.banzaicloud.io/v1beta1", "gcs: {bucket: b, project: p}", ["google-cloud (no-evidence)"]),
    ("logging.banzaicloud.io/v1beta1", "nullout: {x: y}", []),
    # An output that nobody has looked at may go anywhere.
    ("logging.banzaicloud.io/v1beta1", "mattermost: {webhook_url: {}}", [NOBODY]),
    ("fluentbit.fluent.io/v1alpha2", "es: {host: es.search.svc, port: 9200}", [CLUSTER]),
    ("fluentbit.fluent.io/v1alpha2", "cloudWatch: {region: us-east-1}", ["aws us-east-1"]),
    ("fluentbit.fluent.io/v1alpha2", "splunk: {host: a.splunkcloud.com}", ["splunk (no-evidence)"]),
    ("fluentbit.fluent.io/v1alpha2", "customPlugin: {config: x}", [NOBODY]),
    ("fluentd.fluent.io/v1alpha1", "outputs: [{s3: {s3Bucket: b, s3Region: eu-west-3}}, {stdout: {a: b}}]",
     ["aws eu-west-3", CLUSTER]),
]  # fmt: skip


@pytest.mark.parametrize(("version", "spec", "expected"), OUTPUTS)
def test_an_output_of_logs_sends_where_it_says(
    version: str, spec: str, expected: list[str]
) -> None:
    assert sorted(places(version, "ClusterOutput", f"spec: {{{spec}}}\n")) == sorted(
        f"logs {e}" for e in expected
    )


def test_outputs_of_openshifts_forwarder() -> None:
    outputs = """spec:
  outputs:
    - {name: a, type: cloudwatch, cloudwatch: {region: us-east-1}}
    - {name: b, type: loki, loki: {url: "https://loki.loki.svc:3100"}}
    - {name: c, type: lokiStack, lokiStack: {target: {name: l}}}
    - {name: d, type: splunk, splunk: {url: "https://a.splunkcloud.com:8088"}}
"""
    assert sorted(places("observability.openshift.io/v1", "ClusterLogForwarder", outputs)) == [
        "logs aws us-east-1", HERE, HERE, "logs splunk (no-evidence)",
    ]  # fmt: skip
    older = """spec:
  outputs:
    - {name: a, type: cloudwatch, cloudwatch: {region: us-east-1}}
    - {name: b, type: elasticsearch, url: "https://a.eu-west-3.es.amazonaws.com"}
    - {name: c, type: kafka}
"""
    assert sorted(places("logging.openshift.io/v1", "ClusterLogForwarder", older)) == [
        f"logs {NOBODY}", "logs aws eu-west-3", "logs aws us-east-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("monitoring.coreos.com/v1", "ServiceMonitor"),
        ("monitoring.coreos.com/v1", "PrometheusRule"),
        ("operator.victoriametrics.com/v1beta1", "VMServiceScrape"),
        ("grafana.integreatly.org/v1beta1", "GrafanaDashboard"),
        ("grafana.integreatly.org/v1beta1", "GrafanaDatasource"),
        ("datadoghq.com/v1alpha1", "DatadogMonitor"),
        ("logging.banzaicloud.io/v1beta1", "Flow"),
    ],
)
def test_what_is_scraped_shown_or_ruled_carries_no_payload(version: str, kind: str) -> None:
    assert places(version, kind, "spec: {datasource: {url: 'https://a.grafana.net'}}\n") == [
        f"config {CLUSTER}"
    ]
