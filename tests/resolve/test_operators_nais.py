"""Applications and jobs of NAIS: where what they name is; each judgement by hand."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.test_links import read
from tests.resolve.manifests_house import CLUSTER, places

HERE = f"compute {CLUSTER}"
NOWHERE = "(no-evidence)"
KINDS = [("nais.io/v1alpha1", "Application"), ("nais.io/v1", "Naisjob")]


@pytest.mark.parametrize(("version", "kind"), KINDS)
@pytest.mark.parametrize(
    ("spec", "others"),
    [
        ("{image: x}", []),
        ("{gcp: {sqlInstances: [{type: POSTGRES_17}]}}", [f"at-rest google-cloud {NOWHERE}"]),
        ("{gcp: {buckets: [{name: a}]}}", [f"at-rest google-cloud {NOWHERE}"]),
        ("{gcp: {bigQueryDatasets: [{name: a}]}}", [f"at-rest google-cloud {NOWHERE}"]),
        ("{gcp: {sqlInstances: [], permissions: []}}", []),
        ("{kafka: {pool: nav-prod}}", [f"processor aiven {NOWHERE}"]),
        ("{openSearch: {instance: soek}}", [f"at-rest aiven {NOWHERE}"]),
        ("{valkey: [{instance: a}]}", [f"at-rest aiven {NOWHERE}"]),
        ("{redis: [{instance: a}]}", [f"at-rest aiven {NOWHERE}"]),
        ("{postgres: {clusterName: a}}", [f"at-rest {CLUSTER}"]),
        (
            "{observability: {logging: {destinations: [{id: elastic}, {id: loki}]}}}",
            [f"logs {NOWHERE} {NOWHERE}"],
        ),
        ("{azure: {application: {enabled: true}}, ingresses: ['https://a.nav.no']}", []),
    ],
)
def test_what_a_workload_names_is_provisioned_for_it(
    version: str, kind: str, spec: str, others: list[str]
) -> None:
    assert sorted(places(version, kind, f"spec: {spec}\n")) == sorted([HERE, *others])


def test_topics_are_kept_by_whoever_runs_the_pool() -> None:
    found = places("kafka.nais.io/v1", "Topic", "spec: {pool: nav-prod}\n")
    assert found == [f"at-rest aiven {NOWHERE}"]


APPLICATION = """
apiVersion: nais.io/v1alpha1
kind: Application
metadata: {name: spleis}
spec:
  image: x
  ingresses: ['https://spleis.intern.nav.no']
  env:
    - {name: FHIR_URL, value: 'https://fhir.partner.no/r4'}
    - {name: DATABASE_URL, valueFrom: {secretKeyRef: {name: db, key: url}}}
    - {name: JAVA_TOOL_OPTIONS, value: '-agentpath:/opt/cprof/profiler_java_agent.so=-cprof_service=spleis'}
  envFrom: [{configmap: settings}, {secret: elsewhere}]
  filesFrom: [{configmap: files}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {SENTRY_DSN: 'https://k@o1.ingest.sentry.io/1'}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data: {a: b}
"""


def test_settings_of_a_workload() -> None:
    found = read(APPLICATION)["k8s:-/Application.nais.io/spleis"]
    assert {each.key for each in found.sends} == {
        "FHIR_URL",
        "DATABASE_URL",
        "SENTRY_DSN",
        "JAVA_TOOL_OPTIONS",
    }
    assert {(each.kind, each.address) for each in found.links} == {
        ("config", "k8s:-/ConfigMap/settings"),
        ("call", "k8s:-/ConfigMap/files"),
    }
