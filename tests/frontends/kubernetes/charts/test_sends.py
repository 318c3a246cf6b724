"""Where values send data: each judged by hand, from what the chart's documentation says of the key."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.charts.house import CLUSTER, chart, places

COMPUTE = f"compute {CLUSTER}"

SENDS = [
    (
        "externalDatabase: {host: db.cluster-x.eu-west-3.rds.amazonaws.com}",
        ["at-rest aws eu-west-3"],
    ),
    (
        "external_database: {host: db.cluster-x.eu-west-3.rds.amazonaws.com}",
        ["at-rest aws eu-west-3"],
    ),
    ("wordpress:\n  externalDatabase: {host: localhost}", []),
    ("externalDatabase: {host: postgres.data.svc.cluster.local}", []),
    ("externalDatabase: {host: ''}", []),
    ("externalDatabase: {host: db.example.com}", []),
    (
        "externalDatabase: {host: db.clinique-inconnue.fr}",
        ["at-rest (not-in-catalogue) (not-in-catalogue)"],
    ),
    ("database: {host: '${DB_HOST}'}", ["at-rest (templated) (templated)"]),
    ("database: {host: '{{ .Release.Name }}-postgresql'}", []),
    ("ingress: {host: app.s3.fr-par.scw.cloud}", []),
    # Where the chart's own thing answers; what a client of another host there sends is told.
    ("ingress: {hosts: [claims.acme.fr]}\nenv: {STAFF_URL: 'https://claims.acme.fr'}", []),
    (
        "ingress: {hosts: [{host: claims.acme.fr}]}\nenv: {STAFF_URL: 'https://claims.acme.fr'}",
        [],
    ),
    (
        "route: {a: {hostnames: ['{{ .Release.Name }}.acme.fr']}}\nenv: {A_URL: 'https://{{ .Release.Name }}.acme.fr'}",
        [],
    ),
    (
        "database: {host: localhost, hosts: [claims.acme.fr]}\nenv: {STAFF_URL: 'https://claims.acme.fr'}",
        ["processor (not-in-catalogue) (not-in-catalogue)"] * 2,
    ),
    # A service of the release, or of another namespace; a host below a name of the release isn't.
    ("env: {REDIS_URL: 'redis://{{ .Release.Name }}-cache:6379'}", []),
    ("env: {REDIS_HOST: '{{ .Release.Name }}-cache.{{ .Release.Namespace }}.svc'}", []),
    (
        "env: {PARTNER_URL: 'http://partner.tools:8080'}",
        ["processor (not-in-catalogue) (not-in-catalogue)"],
    ),
    ("env: {PARTNER_URL: 'http://partner.downloads:8080'}", []),
    (
        "env: {REDIS_URL: 'redis://{{ .Release.Name }}.clinique-inconnue.fr:6379'}",
        ["at-rest (templated) (templated)"],
    ),
    # Object storage: an endpoint decides; without one a backend must be chosen.
    (
        "loki:\n  storage: {type: s3, s3: {endpoint: s3.fr-par.scw.cloud, region: fr-par}}",
        ["at-rest scaleway fr-par"],
    ),
    (
        "storage: {type: s3, s3: {bucketnames: logs, region: us-east-1}}",
        ["at-rest aws us-east-1"],
    ),
    (
        "storage:\n  trace: {backend: gcs, gcs: {bucket_name: traces}}",
        ["at-rest google-cloud (no-evidence)"],
    ),
    (
        "storage:\n  trace: {backend: azure, azure: {container_name: traces}}",
        ["at-rest microsoft-azure (no-evidence)"],
    ),
    ("storage: {s3: {bucketnames: logs, region: us-east-1}}", []),
    # Harbor brings an example of every backend.
    (
        "imageChartStorage:\n  type: filesystem\n  s3: {region: us-west-1, bucket: b, regionendpoint: https://s3.amazonaws.com}\n"
        "  gcs: {bucket: b}\n  swift: {authurl: https://storage.myprovider.com/v3/auth}",
        [],
    ),
    # Velero
    (
        "configuration:\n  backupStorageLocation:\n"
        "    - {provider: aws, bucket: b, config: {region: fr-par, s3Url: https://s3.fr-par.scw.cloud}}\n"
        "    - {provider: aws, bucket: b, config: {region: eu-west-3}}\n"
        "    - {provider: gcp, bucket: b}",
        [
            "backup aws eu-west-3",
            "backup google-cloud (no-evidence)",
            "backup scaleway fr-par",
        ],
    ),
    # Whose it is isn't known where what decides is still to be filled in.
    (
        "configuration:\n  backupStorageLocation: [{provider: '${CLOUD}', bucket: b}]",
        ["backup (templated) (templated)"],
    ),
    (
        "storage: {type: '{{ .Values.kind }}', s3: {bucket: b}}",
        ["at-rest (templated) (templated)"],
    ),
    # What decides is encrypted.
    (
        "configuration:\n  backupStorageLocation: [{provider: 'ENC[AES256,data:x]', bucket: b}]",
        ["backup (from-environment) (from-environment)"],
    ),
    (
        "jdbcUrl: jdbc:sqlserver://db.database.windows.net:1433;databaseName=claims",
        ["at-rest microsoft-azure (no-evidence)"],
    ),
    ("datadog: {apiKeyExistingSecret: dd, site: datadoghq.eu}", ["logs datadog EU"]),
    ("datadog: {apiKeyExistingSecret: dd}", ["logs datadog (no-evidence)"]),
    ("datadog: {clusterName: a}", []),
    (
        "prometheus:\n  prometheusSpec:\n    remoteWrite:\n      - {url: https://prometheus-prod-01-eu-west-0.grafana.net/api/prom/push}",
        ["logs grafana-labs (not-in-catalogue)"],
    ),
    # Whatever they are called: what a value can only be, and hosts that take data.
    ("env: {target: 'https://acme.s3.us-east-1.amazonaws.com'}", ["at-rest aws us-east-1"]),
    (
        "claims: {to: 'postgres://u@c.x.us-east-1.rds.amazonaws.com/c'}",
        ["at-rest aws us-east-1"],
    ),
    ("claims: {to: 'gs://acme-claims'}", ["at-rest google-cloud (no-evidence)"]),
    ("page: {text: 'See https://www.acme.fr/help', docsUrl: 'https://docs.acme.fr'}", []),
    (
        "partner: {apiUrl: 'https://api.acme.fr'}",  # of a class that is declared
        ["processor (not-in-catalogue) (not-in-catalogue)"],
    ),
    ("sentry: {enabled: false, dsn: 'https://k@o1.ingest.us.sentry.io/2'}", []),
    ("persistence:\n  media: {type: nfs, server: nas.internal, path: /a}", []),
]


@pytest.mark.parametrize(("values", "expected"), SENDS)
def test_values_say_where_data_is_sent(values: str, expected: list[str]) -> None:
    assert places(chart(values)) == sorted([*expected, COMPUTE])


def test_what_sends_data_is_named_by_its_path() -> None:
    sent = chart(
        "api:\n  database:\n    host: db.x.rds.eu-west-3.example.fr\n"
    ).resource.sends
    assert [(each.key, each.where.span().line) for each in sent] == [
        ("values api.database.host", 3)
    ]


def test_a_password_in_an_address_is_never_shown() -> None:
    placed = chart(
        "database: {url: 'postgres://claims:hunter2@db.clinique-inconnue.fr/claims'}"
    )
    shown = [fact for place in placed.placements for fact in (place.provider, place.region)]
    assert shown
    assert "hunter2" not in repr(shown)
