"""What collects logs, metrics, traces and alerts: by hand, for files of their own."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sovlint.frontends import configuration, kubernetes
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import ReadOptions
from sovlint.model.value import Known, StepKind, unroll
from sovlint.resolve.resolver import resolve
from tests.frontends.configuration.house import DAY, one, read, told
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

COLLECTOR = """\
receivers:
  otlp: {protocols: {grpc: {endpoint: 0.0.0.0:4317}}}
exporters:
  datadog: {api: {site: datadoghq.eu, key: "${env:DD_API_KEY}"}}
  otlphttp/off: {endpoint: https://api.honeycomb.io}
  otlphttp/var: {endpoint: "${env:ENDPOINT}"}
  otlp/inside: {endpoint: tempo:4317}
  debug: {}
service:
  pipelines:
    traces: {receivers: [otlp], exporters: [datadog, otlphttp/var, otlp/inside, debug]}
"""


def test_a_collector_sends_by_the_exporters_that_it_uses() -> None:
    assert one("otel-collector-config.yml", COLLECTOR) == {
        "exporter.datadog": "logs datadog EU",
        "exporter.otlphttp/var": "logs ? ?",
    }
    assert one("config.yaml", COLLECTOR) == one("otel-collector-config.yml", COLLECTOR)
    assert one(
        "config.yaml", COLLECTOR.replace("exporters:", "senders:")
    ) == {  # an application's own, by its keys
        "senders.datadog.api.site": "logs datadog EU",
        "senders.otlphttp/off.endpoint": "logs honeycomb US",
    }


def test_where_an_outlet_stands() -> None:
    (found, _) = sorted(
        (
            each
            for each in read({"otel/otelcol.yaml": COLLECTOR}).resources
            if "inside" not in each.address
        ),
        key=lambda each: each.address,
    )
    assert found.address == "config:otel/otelcol.yaml#exporter.datadog"
    assert (found.where.span().path, found.where.span().line) == ("otel/otelcol.yaml", 4)


def test_receivers_of_alerts_that_a_route_uses_each_address_once() -> None:
    text = """\
        global: {slack_api_url: "https://hooks.slack.com/services/T/B/x"}
        route: {receiver: a, routes: [{receiver: b}, {receiver: d}]}
        receivers:
          - {name: a, slack_configs: [{channel: "#a"}]}
          - {name: b, slack_configs: [{channel: "#b"}], pagerduty_configs: [{routing_key: k}]}
          - {name: c, opsgenie_configs: [{api_key: k}]}
          - {name: d, email_configs: [{to: a@acme.fr, smarthost: "smtp-relay.brevo.com:587"}]}
        """
    assert one("alertmanager.yml", text) == {
        "receiver.a": "processor slack ?",
        "receiver.b": "processor pagerduty ?",
        "receiver.d": "processor brevo ?",
    }


def test_a_variable_that_several_use_is_told_once() -> None:
    text = """\
        route: {receiver: a, routes: [{receiver: b}]}
        receivers:
          - {name: a, slack_configs: [{api_url: "${SLACK}"}]}
          - {name: b, webhook_configs: [{url: "${HOOK}"}, {url: "${OTHER}"}]}
          - {name: c, webhook_configs: [{url: "${HOOK}"}]}
        """
    assert one("alertmanager.yml", text) == {
        "receiver.a": "processor slack ?",
        "receiver.b": "processor ? ?",
        "receiver.b[2]": "processor ? ?",
    }


def test_a_receiver_of_a_company_whose_address_is_written_is_whoever_answers_there() -> None:
    text = """\
        route: {receiver: a, routes: [{receiver: b}]}
        receivers:
          - {name: a, slack_configs: [{api_url: "https://chat.clinique-inconnue.fr/hooks/x"}]}
          - {name: b, slack_configs: [{api_url: "https://${CHAT_HOST}/hooks/x"}]}
        """
    assert one("alertmanager.yml", text) == {
        "receiver.a": "processor ? ?",
        "receiver.b": "processor ? ?",
    }


@pytest.mark.parametrize(
    ("name", "text", "meets"),
    [
        ("prometheus.yml", "remote_write: [{url: 'https://aps-workspaces.eu-west-3.amazonaws.com/w/remote_write'}]",
         {"remote_write": "logs aws eu-west-3"}),
        ("prometheus.yml", "remote_write: [{url: 'http://mimir:9009/push'}]\nscrape_configs: []", {}),
        ("fluent-bit.conf", "[OUTPUT]\n  Name s3\n  Match *\n  region eu-west-3\n  bucket a\n[OUTPUT]\n  Name stdout\n",
         {"output.s3": "logs aws eu-west-3"}),
        ("tempo.yaml", "storage: {trace: {backend: s3, s3: {bucket: a, endpoint: s3.fr-par.scw.cloud}}}",
         {"storage.s3": "at-rest scaleway fr-par"}),
        ("vector.yaml", "sources: {a: {type: file}}\nsinks: {b: {type: datadog_logs, inputs: [a], site: datadoghq.eu}, "
         "c: {type: datadog_logs, inputs: [z]}}", {"sink.b": "logs datadog EU"}),
        ("filebeat.yml", "output.elasticsearch:\n  hosts: ['https://a.eu-west-3.aws.elastic-cloud.com', 'https://es:9200']",
         {"output.elasticsearch": "logs elastic ?"}),
        ("filebeat.yml", "output:\n  logstash: {hosts: ['logstash:5044']}\n  elasticsearch: {hosts: ['${ES_HOSTS}']}",
         {"output.elasticsearch": "logs ? ?"}),
        ("metricbeat.yml", "cloud.id: 'acme:ZXUtd2VzdC0z'\ncloud.auth: 'a:b'", {"cloud.id": "logs elastic ?"}),
        ("logstash.conf", "output { if [a] == 'b' { elasticsearch { hosts => ['https://logs.acme.fr'] } } file {} }",
         {"output.0.elasticsearch.0": "logs ? ?"}),
        ("logstash.conf", "output { datadog_logs { api_key => 'k' } unheard_of { x => 1 } }",
         {"output.0.datadog_logs.0": "logs datadog ?", "output.0.unheard_of.0": "logs ? ?"}),
        ("fluent.conf", "<match **>\n  @type elasticsearch\n  host logs.acme.fr\n</match>\n", {"match.0": "logs ? ?"}),
        ("fluent.conf", "<match **>\n  @type elasticsearch\n  host elasticsearch\n</match>\n", {}),
        ("promtail.yaml", "clients: [{url: 'https://logs-prod-eu-west-0.grafana.net/push'}, {url: 'http://loki:3100/push'}]",
         {"clients.0": "logs grafana-labs ?"}),
        ("config.alloy", 'loki.write "a" {\n  endpoint { url = "https://logs-prod-eu-west-0.grafana.net/push" }\n}\n',
         {"loki.write.a.0": "logs grafana-labs ?"}),
        ("telegraf.conf", '[[outputs.influxdb]]\n  urls = ["http://influxdb:8086"]\n[[outputs.azure_monitor]]\n'
         '  region = "francecentral"\n', {"outputs.azure_monitor.0": "logs microsoft-azure francecentral"}),
        ("datasource.yml", "datasources:\n  - {name: a, type: prometheus, url: 'http://prometheus:9090'}\n"
         "  - {name: b, type: cloudwatch, jsonData: {defaultRegion: eu-west-3}}\n  - {name: c, type: testdata}",
         {"datasources.1": "logs aws eu-west-3"}),
        ("datasource.yml", "datasources: [{name: a, type: postgres, url: '${HOST:-timescaledb}:5432'}]", {}),
        ("datasource.yml", "datasources: [{name: a, type: postgres, url: '${HOST:-db.acme.fr}:5432'}]",
         {"datasources.0": "at-rest ? ?"}),
        ("grafana.ini", "[smtp]\nenabled = true\nhost = smtp-relay.brevo.com:587\n[database]\ntype = postgres\n"
         "host = db:5432\n[auth.generic_oauth]\nenabled = true\nauth_url = https://acme.eu.auth0.com/authorize\n"
         "[auth.google]\nclient_id = a\n",
         {"smtp": "processor brevo ?", "auth.generic_oauth": "processor okta EU"}),
        ("provisioning/alerting/a.yml", "contactPoints: [{name: a, receivers: [{type: teams, settings: {url: "
         "'https://acme.webhook.office.com/x'}}, {type: email}]}]",
         {"contactPoints.0.receivers.0": "processor microsoft-365 ?"}),
        ("datadog.yaml", "api_key: 0123\nsite: datadoghq.eu", {"site": "logs datadog EU"}),
        ("datadog.yaml", "api_key: ENC[datadog]\n", {"api_key": "logs datadog US"}),
        ("newrelic.yml", "common: &c\n  license_key: <%= ENV['KEY'] %>\nproduction:\n  <<: *c\n",
         {"common.license_key": "logs new-relic ?"}),
        ("newrelic.ini", "[newrelic]\nlicense_key = 0123\nhost = collector.eu.newrelic.com\n",
         {"newrelic.host": "logs new-relic EU"}),
        ("elasticapm.properties", "server_url=https://apm.acme.fr\n", {"server_url": "logs ? ?"}),
        ("sentry.properties", "defaults.url=https://sentry.io/\nauth.token=0\n", {}),
        (".sentryclirc", "[defaults]\nurl=https://sentry.io/\n", {}),
        ("controller-info.xml", "<controller-info><controller-host>apm.acme.fr</controller-host></controller-info>",
         {"controller-info": "logs ? ?"}),
        ("jaeger.yaml", "extensions: {jaeger_storage: {backends: {a: {cassandra: {connection: {servers: "
         "[db.acme.fr]}}}}}}", {"extensions.jaeger_storage.backends.a.cassandra": "logs ? ?"}),
    ],
)  # fmt: skip
def test_each_tool(name: str, text: str, meets: dict[str, str]) -> None:
    assert one(name, text) == meets


def test_the_default_of_a_variable_counts_as_its_value_and_says_so() -> None:
    def sink(text: str) -> str:
        return f"[sources.a]\ntype = 'file'\n[sinks.b]\ntype = 'loki'\ninputs = ['a']\nendpoint = '{text}'\n"

    assert one("vector.toml", sink("${LOKI_URL:-http://localhost:3100}")) == {}
    assert one("vector.toml", sink("${LOKI_URL:-https://logs.acme.fr}")) == {
        "sink.b": "logs ? ?"
    }
    assert one("vector.toml", sink("https://${ENV:-prod}.live.dynatrace.com")) == {
        "sink.b": "logs dynatrace ?"
    }
    (found,) = read(
        {"vector.toml": sink("https://${ENV:-prod}.live.dynatrace.com")}
    ).resources
    value = found.sends[0].value
    assert isinstance(value, Known)
    assert any(step.kind is StepKind.DEFAULT for step in unroll(value.because))


def test_one_host_is_told_once_and_stores_one_by_one() -> None:
    text = """\
        exporters:
          otlphttp: {traces_endpoint: "https://api.honeycomb.io/v1/traces", logs_endpoint: "https://api.honeycomb.io/v1/logs"}
        receivers: {otlp: {}}
        service: {pipelines: {traces: {receivers: [otlp], exporters: [otlphttp]}}}
        """
    assert one("otel.yaml", text) == {"exporter.otlphttp": "logs honeycomb US"}
    stores = "datasources:\n" + "".join(
        f"  - {{name: {name}, type: postgres, url: 'postgres://db.acme.fr/{name}'}}\n"
        for name in "ab"
    )
    assert len(one("datasource.yml", stores)) == 2


def test_folders_of_documentation_are_passed_over_however_they_are_written() -> None:
    assert told({"Documentation/otel-config.yml": COLLECTOR}) == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("otel-collector.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yaml: |\n" + "".join(
            f"    {line}\n" for line in COLLECTOR.splitlines())),
        ("filebeat.yml", "filebeat.inputs: [{type: log, hosts: ['https://a.acme.fr']}]\noutput: x"),
        ("docs/otel-collector-config.yml", COLLECTOR),
        ("datasource.yml", "spring: {datasources: {a: {type: prometheus, url: 'https://a.acme.fr'}}}"),
        ("datadog.yaml", "apiVersion: datadoghq.com/v2alpha1\nkind: A\nspec: {global: {site: datadoghq.eu}}"),
        ("config.yaml", "receivers: [a, exporters: {datadog: {}}"),
        ("otel-config.yml", "exporters: {otlphttp: {endpoint: 'https://your-endpoint.acme.fr'}}\nreceivers: {a: {}}\n"
         "service: {pipelines: {logs: {receivers: [a], exporters: [otlphttp]}}}"),
    ],
)  # fmt: skip
def test_what_is_no_such_file(name: str, text: str) -> None:
    assert one(name, text) == {}


def test_a_template_of_one_proves_an_address_alone() -> None:
    assert one("otel-config.example.yaml", COLLECTOR) == {
        "exporter.datadog": "logs datadog EU if used"
    }
    assert (
        one(
            "alertmanager.yml.dist",
            "route: {receiver: a}\nreceivers: [{name: a, pagerduty_configs: [{}]}]",
        )
        == {}
    )


@pytest.mark.parametrize("generator", ["configMapGenerator", "secretGenerator"])
def test_what_an_object_holds_is_told_there_alone(generator: str) -> None:
    files: dict[str, str | bytes | None] = {
        "kustomization.yaml": f"{generator}: [{{name: otel, files: [otel-config.yaml]}}]\n",
        "otel-config.yaml": COLLECTOR,
    }
    assert set(told(files)) == {
        "otel-config.yaml#exporter.datadog",
        "otel-config.yaml#exporter.otlphttp/var",
    }
    reader, hints = (
        MemoryReader({name: dedent(str(text)) for name, text in files.items()}),
        catalog().hints(),
    )
    found = [
        *kubernetes.read(reader, ReadOptions(), hints).resources,
        *configuration.read(reader, ReadOptions(), hints).resources,
    ]
    placed = resolve(found, catalog(), ClassRules(), (), DAY)[0]
    assert {each.resource.front_end for each in placed if each.placements} == {"kubernetes"}
