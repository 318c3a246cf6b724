"""What workloads use and call: claims, config maps, secrets, services and the pods behind them; nothing else."""

from __future__ import annotations

import base64

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog


def read(files: str | dict[str, str]) -> dict[str, Resource]:
    """Resources by root and address (``prod:k8s:-/...``; plain ones by address)."""
    given = {"a.yaml": files} if isinstance(files, str) else files
    reading = manifests.read(MemoryReader(given), ReadOptions(), catalog().hints())
    assert reading.failures == ()
    return {
        f"{each.root}:{each.address}" if each.root else each.address: each
        for each in reading.resources
    }


def links(found: Resource) -> set[tuple[str, str]]:
    return {(link.kind, link.address) for link in found.links}


def workload(
    name: str, container: str = "", more: str = "", namespace: str = "", labels: str = ""
) -> str:
    space = f", namespace: {namespace}" if namespace else ""
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}{space}}}\nspec:\n  template:\n"
        f"    metadata: {{labels: {{app: {labels or name}}}}}\n    spec:\n      containers:\n"
        f"        - name: c\n          image: example.org/{name}:1\n{container}{more}---\n"
    )


def service(name: str, namespace: str = "", app: str = "") -> str:
    space = f", namespace: {namespace}" if namespace else ""
    selector = f"spec: {{selector: {{app: {app}}}}}\n" if app else "spec: {}\n"
    return (
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}{space}}}\n{selector}---\n"
    )


def held(kind: str, name: str, body: str = "", namespace: str = "") -> str:
    space = f", namespace: {namespace}" if namespace else ""
    return f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: {name}{space}}}\n{body}---\n"


def env(**settings: str) -> str:
    entries = "".join(
        f"            - {{name: {name}, value: '{value}'}}\n"
        for name, value in settings.items()
    )
    return f"          env:\n{entries}"


VOLUMES = """      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
        - name: settings
          configMap: {name: settings}
        - name: keys
          secret: {secretName: keys}
        - name: all
          projected:
            sources:
              - configMap: {name: more}
              - secret: {name: tls}
              - serviceAccountToken: {path: token}
        - name: scratch
          emptyDir: {}
        - name: absent
          persistentVolumeClaim: {claimName: absent}
"""


def test_volumes() -> None:
    objects = held("PersistentVolumeClaim", "data") + "".join(
        held(kind, name)
        for kind, name in (
            ("ConfigMap", "settings"), ("Secret", "keys"), ("ConfigMap", "more"), ("Secret", "tls"),
            ("ConfigMap", "unused"),
        )
    )  # fmt: skip
    found = read(workload("api", more=VOLUMES) + objects)["k8s:-/Deployment/api"]
    assert links(found) == {
        ("mount", "k8s:-/PersistentVolumeClaim/data"), ("config", "k8s:-/ConfigMap/settings"),
        ("config", "k8s:-/Secret/keys"), ("config", "k8s:-/ConfigMap/more"), ("config", "k8s:-/Secret/tls"),
    }  # fmt: skip
    assert [link.back for link in found.links] == [
        link.kind == "mount" for link in found.links
    ]
    assert [image.value for image in found.images if isinstance(image, Known)] == [
        "example.org/api:1"
    ]


def test_a_claim_belongs_to_its_own_namespace() -> None:
    mine = "      volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]\n"
    both = held("PersistentVolumeClaim", "data", namespace="one") + held(
        "PersistentVolumeClaim", "data", namespace="two"
    )
    found = read(workload("api", more=mine, namespace="two") + both)
    assert links(found["k8s:two/Deployment/api"]) == {
        ("mount", "k8s:two/PersistentVolumeClaim/data")
    }
    unnamed = read(
        workload("api", more=mine, namespace="two") + held("PersistentVolumeClaim", "data")
    )
    assert links(unnamed["k8s:two/Deployment/api"]) == {
        ("mount", "k8s:-/PersistentVolumeClaim/data")
    }


def test_environment_from_config_maps_and_secrets() -> None:
    body = """          envFrom:
            - configMapRef: {name: settings}
            - secretRef: {name: keys}
          env:
            - name: A
              valueFrom: {configMapKeyRef: {name: more, key: a}}
            - name: B
              valueFrom: {secretKeyRef: {name: db, key: b}}
            - name: C
              valueFrom: {fieldRef: {fieldPath: status.podIP}}
"""
    objects = "".join(
        held(kind, name)
        for kind, name in (
            ("ConfigMap", "settings"),
            ("Secret", "keys"),
            ("ConfigMap", "more"),
            ("Secret", "db"),
        )
    )
    found = read(workload("api", body) + objects)["k8s:-/Deployment/api"]
    assert {address for _, address in links(found)} == {
        "k8s:-/ConfigMap/settings", "k8s:-/Secret/keys", "k8s:-/ConfigMap/more", "k8s:-/Secret/db",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("http://db", "call"), ("db:5432", "call"),
        ("postgres://user:p%40ss@db:5432/claims?sslmode=off", "database"),
        ("jdbc:postgresql://db:5432/claims", "database"),
        ("http://db.data", "call"), ("db.data:80", "call"), ("http://db.data.svc:80/x", "call"),
        ("db.data.svc.cluster.local:5432", "database"), ("primary.db.data.svc.cluster.local:5432", "database"),
        ("other:9092,db.data.svc:9092", "call"), ("nats://db.data.svc.acme.internal", "call"),
    ],
)  # fmt: skip
def test_hosts_of_services(value: str, kind: str) -> None:
    text = workload("api", env(TARGET=value), namespace="data") + service("db", "data", "pg")
    found = read(text + workload("pg", namespace="data"))
    assert links(found["k8s:data/Deployment/api"]) == {(kind, "k8s:data/Service/db")}
    assert links(found["k8s:data/Service/db"]) == {("call", "k8s:data/Deployment/pg")}


@pytest.mark.parametrize(
    "value",
    [
        "db",
        "https://db.example.org",
        "see http://docs.acme.io/db",
        "db.other",
        "x-db:5432",
        "adb:1",
        "db/x",
    ],
)
def test_what_is_no_host_of_a_service(value: str) -> None:
    text = workload("api", env(TARGET=value), namespace="data") + service("db", "data", "pg")
    assert links(read(text)["k8s:data/Deployment/api"]) == set()


def test_a_bare_name_is_a_host_where_the_name_of_the_setting_says_so() -> None:
    text = workload("api", env(SHOP_HOST="db", KIND="db", UPSTREAMS_URL="db,x")) + service(
        "db"
    )
    assert links(read(text)["k8s:-/Deployment/api"]) == {("call", "k8s:-/Service/db")}
    assert (
        links(read(workload("api", env(KIND="db")) + service("db"))["k8s:-/Deployment/api"])
        == set()
    )


def test_arguments_and_settings_put_together() -> None:
    body = env(HOST="db", PORT="5432", DSN="pg://$(HOST):$(PORT)/x", COST="$$(HOST):1")
    found = read(workload("api", body) + service("db"))["k8s:-/Deployment/api"]
    assert links(found) == {("call", "k8s:-/Service/db")}
    body = "          args: ['--upstream=http://db:80', $(X), 7]\n"
    assert links(read(workload("api", body) + service("db"))["k8s:-/Deployment/api"]) == {
        ("call", "k8s:-/Service/db")
    }


def test_a_value_is_followed_to_a_config_map_and_a_secret() -> None:
    body = """          env:
            - name: A
              valueFrom: {configMapKeyRef: {name: settings, key: url}}
            - name: B
              valueFrom: {secretKeyRef: {name: keys, key: url}}
"""
    secret = base64.b64encode(b"amqp://user:hidden@queue:5672").decode()
    objects = held("ConfigMap", "settings", "data: {url: 'http://db:80'}\n")
    objects += (
        held("Secret", "keys", f"data: {{url: {secret}}}\n")
        + service("db")
        + service("queue")
    )
    found = read(workload("api", body) + objects)["k8s:-/Deployment/api"]
    assert {link for link in links(found) if link[0] == "call"} == {
        ("call", "k8s:-/Service/db"), ("call", "k8s:-/Service/queue"),
    }  # fmt: skip


def test_a_service_selects_pods_of_its_namespace_by_all_its_labels() -> None:
    text = service("db", "a", "pg") + workload("one", namespace="a", labels="pg")
    text += workload("two", namespace="b", labels="pg") + workload("three", namespace="a")
    assert links(read(text)["k8s:a/Service/db"]) == {("call", "k8s:a/Deployment/one")}


def test_an_external_name_is_an_address_outside() -> None:
    text = held(
        "Service", "db", "spec: {type: ExternalName, externalName: db.acme-hosting.io}\n"
    )
    (sent,) = read(text)["k8s:-/Service/db"].sends
    assert (sent.role, sent.key, getattr(sent.value, "value", None)) == (
        "processor",
        "externalName",
        "db.acme-hosting.io",
    )
    assert read(service("db"))["k8s:-/Service/db"].sends == ()


def test_a_claim_names_its_volume() -> None:
    text = held("PersistentVolumeClaim", "data", "spec: {volumeName: disk}\n", "x") + held(
        "PersistentVolume", "disk"
    )
    assert links(read(text)["k8s:x/PersistentVolumeClaim/data"]) == {
        ("mount", "k8s:-/PersistentVolume/disk")
    }


def test_each_kustomization_has_its_own_objects_and_names_are_followed() -> None:
    files = {
        "base/kustomization.yaml": "resources: [all.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n",
        "base/all.yaml": workload("api", env(DB="http://db:80"), VOLUMES)
        + held("PersistentVolumeClaim", "data") + service("db"),
        "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\nnamespace: prod\n",
        "dev/kustomization.yaml": "resources: [../base]\nnamespace: dev\n",
    }  # fmt: skip
    found = read(files)
    prod = {
        address.partition("-t")[0]
        for _, address in links(found["prod:k8s:prod/Deployment/prod-api"])
    }
    assert "k8s:prod/PersistentVolumeClaim/prod-data" in prod
    assert any(address.startswith("k8s:prod/ConfigMap/prod-settings-") for address in prod)
    assert ("call", "k8s:dev/Service/db") in links(found["dev:k8s:dev/Deployment/api"])


def test_what_no_kustomization_builds_is_found_from_one() -> None:
    files = {
        "app/kustomization.yaml": "resources: [all.yaml]\nnamespace: app\n",
        "app/all.yaml": workload("api", env(DB="http://db.data.svc:80")),
        "db.yaml": service("db", "data"),
    }
    found = read(files)["app:k8s:app/Deployment/api"]
    assert links(found) == {("call", "/:k8s:data/Service/db")}


def test_nothing_links_by_annotations_autoscalers_or_pull_secrets() -> None:
    text = workload(
        "api", more="      imagePullSecrets: [{name: pull}]\n      serviceAccountName: api\n"
    )
    text += held("Secret", "pull") + held("ServiceAccount", "api")
    text += (
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: api}\n"
    )
    text += "spec: {scaleTargetRef: {kind: Deployment, name: api}}\n"
    found = read(text)
    assert all(each.links == () for each in found.values())


CLUSTER = (
    "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg, namespace: care}\nspec:\n"
    "  plugins: [{name: barman-cloud, parameters: {barmanObjectName: away}}]\n"
)
STORE = "---\napiVersion: barmancloud.cnpg.io/v1\nkind: ObjectStore\nmetadata: {name: away, namespace: care}\nspec: {}\n"
LOGGING = "apiVersion: logging.banzaicloud.io/v1beta1\nkind: "


def test_a_database_is_linked_to_the_store_that_it_names_for_its_backups() -> None:
    found = read(CLUSTER + STORE)["k8s:care/Cluster.postgresql.cnpg.io/pg"]
    assert links(found) == {("backup", "k8s:care/ObjectStore.barmancloud.cnpg.io/away")}
    elsewhere = read(CLUSTER + STORE.replace("namespace: care", "namespace: other"))
    assert links(elsewhere["k8s:care/Cluster.postgresql.cnpg.io/pg"]) == set()


def test_a_flow_of_logs_is_linked_to_outputs_of_its_namespace_and_to_those_of_all() -> None:
    flow = f"{LOGGING}Flow\nmetadata: {{name: f, namespace: care}}\n"
    spec = "spec: {localOutputRefs: [near], globalOutputRefs: [away]}\n---\n"
    outputs = (
        f"{LOGGING}Output\nmetadata: {{name: near, namespace: care}}\n---\n"
        f"{LOGGING}ClusterOutput\nmetadata: {{name: away, namespace: logging}}\n"
    )
    assert links(read(flow + spec + outputs)["k8s:care/Flow.logging.banzaicloud.io/f"]) == {
        ("logs", "k8s:care/Output.logging.banzaicloud.io/near"),
        ("logs", "k8s:logging/ClusterOutput.logging.banzaicloud.io/away"),
    }


@pytest.mark.parametrize(
    "kind", ["postgresql.cnpg.io/v1\nkind: Cluster", "acid.zalan.do/v1\nkind: postgresql"]
)
def test_the_environment_of_a_database_that_an_operator_runs_is_read(kind: str) -> None:
    text = (
        f"apiVersion: {kind}\nmetadata: {{name: pg, namespace: care}}\nspec:\n"
        "  env: [{name: AWS_ENDPOINT, value: 'https://s3.eu-west-3.amazonaws.com'}]\n"
        "  envFrom: [{secretRef: {name: keys}}]\n---\n"
    ) + held("Secret", "keys", "stringData: {WALG_GS_PREFIX: 'gs://a/b'}\n", "care")
    (found,) = (each for address, each in read(text).items() if address.endswith("/pg"))
    assert {each.key for each in found.sends} == {"AWS_ENDPOINT", "WALG_GS_PREFIX"}
    assert links(found) == {("config", "k8s:care/Secret/keys")}


ENDPOINTS = "apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: [{addresses: [{ip: IP}]}]\n"
SLICE = (
    "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n"
    "metadata: {name: db-1, labels: {kubernetes.io/service-name: db}}\n"
    "addressType: FQDN\nendpoints: [{addresses: [db.acme.example]}]\n"
)


@pytest.mark.parametrize(
    ("of", "written", "addresses"),
    [
        (service("db"), ENDPOINTS.replace("IP", "52.47.1.2"), ["52.47.1.2"]),
        (service("db"), ENDPOINTS.replace("IP", "10.0.0.4"), []),
        (service("db"), SLICE, ["db.acme.example"]),
        (service("db"), SLICE.replace("service-name: db", "service-name: other"), []),
        (service("db", app="db"), SLICE, []),
    ],
)
def test_a_service_without_a_selector_leads_to_the_endpoints_written_for_it(
    of: str, written: str, addresses: list[str]
) -> None:
    sends = read(of + written)["k8s:-/Service/db"].sends
    assert [each.value.value for each in sends if isinstance(each.value, Known)] == addresses
