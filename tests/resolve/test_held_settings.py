"""Settings that nobody is given as variables: of config maps and secrets, and of custom resources."""

from __future__ import annotations

import base64

import pytest

from tests.resolve.house import shown
from tests.resolve.manifests_house import custom, placed, sent_by

RDS = "postgres://u:hunter2@claims.x.us-east-1.rds.amazonaws.com/claims"
AT_RDS = {"at-rest aws us-east-1"}
BUCKET = "https://exports.s3.eu-west-3.amazonaws.com"
AT_BUCKET = {"at-rest aws eu-west-3"}
OPEN = "at-rest no-evidence: endpoint no-evidence: endpoint"
"""What is said of a bucket of which nothing tells whose it is."""
ELSEWHERE = "processor not-in-catalogue: host s3.acme-files.fr not-in-catalogue: host s3.acme-files.fr"


def told(text: str) -> dict[str, set[str]]:
    """``role provider region`` of what objects send."""
    return sent_by(text, "provider", "region")


def held(kind: str, body: str, name: str = "s") -> str:
    return (
        f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: b}}\n{body}---\n"
    )


def pod(container: str, volumes: str = "[]") -> str:
    return (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: b}\n"
        f"spec: {{volumes: {volumes}, containers: [{{name: c, image: acme/api, {container}}}]}}\n---\n"
    )


ENCODED = base64.b64encode(RDS.encode()).decode()
CONFIG = held("ConfigMap", f"data: {{DATABASE_URL: '{RDS}', OTHER_URL: '{BUCKET}'}}\n")

HELD = [
    (CONFIG, {"ConfigMap/s": AT_RDS | AT_BUCKET}),
    (held("Secret", f"data: {{dsn: {ENCODED}}}\n"), {"Secret/s": AT_RDS}),
    (held("Secret", f"stringData: {{dsn: '{RDS}'}}\n"), {"Secret/s": AT_RDS}),
    # A reader is told as ever, and what it isn't given stays where it is.
    (CONFIG + pod("envFrom: [{configMapRef: {name: s}}]"), {"Pod/p": AT_RDS | AT_BUCKET}),
    (
        CONFIG + pod("env: [{name: A, valueFrom: {configMapKeyRef: {name: s, key: DATABASE_URL}}}]"),
        {"Pod/p": AT_RDS, "ConfigMap/s": AT_BUCKET},
    ),
    # What is mounted is nobody's variable.
    (
        CONFIG + pod("volumeMounts: [{name: v, mountPath: /etc/s}]", "[{name: v, configMap: {name: s}}]"),
        {"ConfigMap/s": AT_RDS | AT_BUCKET},
    ),
    # A text that is YAML, by what it says.
    (
        held("ConfigMap", f"data:\n  store: |\n    s3:\n      endpoint: {BUCKET}\n      bucket: b\n"),
        {"ConfigMap/s": {"at-rest aws eu-west-3"}},
    ),
    # Examples, programs, files that say nothing, broken texts, and what stays inside.
    (held("ConfigMap", f"data:\n  _example: |\n    store: {BUCKET}\n    other: x\n"), {}),
    (held("ConfigMap", f"data: {{a.sh: '{RDS}', b.txt: 'see {BUCKET} and more'}}\n"), {}),
    (held("ConfigMap", "data:\n  a: |\n    {b: c\n    d: e\n"), {}),
    (held("ConfigMap", "data: {DATABASE_URL: 'postgres://db.data.svc/claims', LOGO_URL: 'https://acme.fr/l.png'}\n"), {}),
    (held("ConfigMap", "data: {}\n"), {}),
    (held("ConfigMap", ""), {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HELD)
def test_config_maps_and_secrets(text: str, expected: dict[str, set[str]]) -> None:
    assert told(text) == expected


def test_a_secret_is_not_shown() -> None:
    (secret,) = placed(held("Secret", f"stringData: {{dsn: '{RDS}'}}\n"))
    (sent,) = secret.resource.sends
    assert sent.value.sensitive
    assert sent.where.span().line == 3


WIDGET = "Widget.acme.dev/x"
UNKNOWN = [
    (f"spec: {{env: [{{name: A, value: '{RDS}'}}]}}", AT_RDS),
    (f"spec: {{extraEnv: [{{name: A, value: '{RDS}'}}]}}", AT_RDS),
    (f"spec: {{config: {{anything: '{RDS}'}}}}", AT_RDS),
    (f"spec: {{target: {{endpoint: '{BUCKET}'}}}}", AT_BUCKET),
    (f"spec: {{targets: ['{BUCKET}']}}", AT_BUCKET),
    (f"config: {{DSN: '{RDS}'}}", AT_RDS),
    ("spec: {url: 'https://api.partenaire-sante.fr/v1', name: x}", set()),
    ("spec: {partner: {url: 'https://api.partenaire-sante.fr/v1'}}",
     {"processor not-in-catalogue: host api.partenaire-sante.fr not-in-catalogue: host api.partenaire-sante.fr"}),
    # What other objects are called and annotated with, what somebody found out, and what is inside.
    (f"spec: {{template: {{metadata: {{annotations: {{a: '{BUCKET}'}}}}}}}}", set()),
    (f"status: {{url: '{BUCKET}'}}", set()),
    ("spec: {url: 'http://api.b.svc.cluster.local', other: 'amqp://mq.queues:5672'}", set()),
    ("spec: 'text'", set()),
    ("spec: [a, 1, null]", set()),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), UNKNOWN)
def test_custom_resources_that_nobody_knows(body: str, expected: set[str]) -> None:
    assert told(custom("acme.dev/v1", "Widget", body)).get(WIDGET, set()) == expected


def test_types_without_payload_and_releases_are_left_to_their_rules() -> None:
    rule = (
        f"spec: {{groups: [{{rules: [{{annotations: {{x: '{BUCKET}'}}}}]}}], url: '{RDS}'}}"
    )
    assert told(custom("monitoring.coreos.com/v1", "PrometheusRule", rule)) == {}
    release = f"spec: {{source: {{repoURL: '{BUCKET}', chart: a, targetRevision: '1'}}, destination: {{namespace: b}}}}"
    assert told(custom("argoproj.io/v1alpha1", "Application", release)) == {}


def test_a_type_with_rules_is_told_by_them_once() -> None:
    store = (
        "spec: {configuration: {endpointURL: 'https://s3.fr-par.scw.cloud', "
        "destinationPath: 's3://backups/x'}}"
    )
    (found,) = placed(custom("barmancloud.cnpg.io/v1", "ObjectStore", store))
    assert [shown(each.provider) for each in found.placements if each.role] == ["scaleway"]


def test_the_same_in_one_pod_is_one_placement() -> None:
    text = (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: b}}\nspec:\n"
        f"  initContainers: [{{name: m, image: a, env: [{{name: MIGRATE_DSN, value: '{RDS}'}}], "
        "command: [sh, -c, 'pg_dump \"$MIGRATE_DSN\" > /tmp/x']}]\n"
        f"  containers: [{{name: c, image: b, envFrom: [{{configMapRef: {{name: s}}}}], "
        f"env: [{{name: DATABASE_URL, value: '{RDS}'}}]}}]\n---\n"
    )
    found = {
        each.resource.address: each
        for each in placed(text + held("ConfigMap", f"data: {{DATABASE_URL: '{RDS}'}}\n"))
    }
    sent = [each for each in found["k8s:b/Pod/p"].placements if each.sent]
    assert len(sent) == 1
    assert [each for each in found["k8s:b/ConfigMap/s"].placements if each.sent] == []


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (f"target: {{endpoint: '{BUCKET}', bucket: claims-a}}", AT_BUCKET),
        ("target: {endpoint: 'https://s3.acme-files.fr', bucket: claims-a}", {ELSEWHERE}),
        ("target: {endpoint: 'http://minio.files.svc:9000', bucket: claims-a}", set()),
        # An address elsewhere says nothing of it, nor does that of one of several.
        ("target: {bucket: claims-a}", {OPEN}),
        (f"other: {{endpoint: '{BUCKET}'}}, target: {{bucket: claims-a}}", AT_BUCKET | {OPEN}),
        (f"targets: [{{endpoint: '{BUCKET}', bucket: claims-a}}, {{bucket: claims-b}}]", AT_BUCKET | {OPEN}),
        (f"a: {{endpoint: '{BUCKET}', bucket: claims-a}}, b: {{bucket: claims-b}}", AT_BUCKET | {OPEN}),
        (f"targets: [{{endpoint: '{BUCKET}', bucket: claims-a}}, {{endpoint: '{BUCKET}', bucket: claims-b}}]", AT_BUCKET),
    ],
)  # fmt: skip
def test_a_bucket_is_at_the_address_beside_it(spec: str, expected: set[str]) -> None:
    found = told(custom("ship.acme.dev/v1", "Ship", f"spec: {{{spec}}}"))
    assert set().union(*found.values()) == expected
