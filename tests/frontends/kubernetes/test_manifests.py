"""Manifests -> resources: addresses, places, labels, names, and what can't be read."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sovlint.frontends.images import short_image
from sovlint.frontends.kubernetes import read
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, unroll
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader

WORKLOAD = """
    # the API of the claims team
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
      namespace: claims
      labels: {app: remboursements}
    spec:
      template:
        metadata:
          labels:
            sovlint.dev/data: health.nir
        spec:
          initContainers: [{image: busybox}]
          containers:
            - image: registry.example:5000/soins/moteur:1.2@sha256:abc

    # nothing follows
    ---
    apiVersion: v1
    kind: Namespace
    metadata:
      name: claims
      annotations: {"sovlint.dev/data": "claims"}
"""


def _reading(
    files: dict[str, str | bytes | None], *clusters: Cluster, asked: tuple[str, ...] = ("",)
) -> Reading:
    return read(MemoryReader(files, asked), ReadOptions(clusters=clusters), Hints())


def _one(text: str, *clusters: Cluster) -> Resource:
    (resource,) = _reading({"k8s/a.yaml": text}, *clusters).resources
    return resource


def _declared(resource: Resource) -> list[tuple[str, object]]:
    found = []
    for labels in resource.labels:
        assert labels.keys == ("sovlint.dev/data",)
        assert isinstance(labels.entries, Known)
        value = labels.entries.value["sovlint.dev/data"]
        found.append(
            (labels.declarer, _plain(value) if isinstance(value, Known) else value.reason)
        )
    return found


def _plain(value: Known[object]) -> object:
    if isinstance(value.value, tuple):
        return tuple(item.value for item in value.value)
    return value.value


def test_an_object_becomes_a_resource() -> None:
    deployment, namespace = _reading({"k8s/a.yaml": WORKLOAD}).resources
    assert deployment.address == "k8s:claims/Deployment/api"
    assert (deployment.type, deployment.front_end, deployment.root, deployment.variant) == (
        "Deployment", "kubernetes", None, None,
    )  # fmt: skip
    assert deployment.binding is not None
    assert deployment.binding.plugin == "kubernetes"
    assert deployment.where.span() == Span("k8s/a.yaml", 2, 1, 16, 67)
    assert namespace.address == "k8s:-/Namespace/claims"
    assert namespace.where.span() == Span("k8s/a.yaml", 20, 1, 24, 46)


def test_names_are_what_people_called_it() -> None:
    deployment, _ = _reading({"k8s/a.yaml": WORKLOAD}).resources
    assert deployment.names == ("api", "claims", "remboursements", "busybox", "moteur")


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("api", "api"),
        ("api:1", "api"),
        ("a/b/api", "api"),
        ("host:5000/a/api:1@sha256:0", "api"),
        ("", ""),
    ],
)
def test_short_names_of_images(image: str, name: str) -> None:
    assert short_image(image) == name


@pytest.mark.parametrize(
    ("version", "kind", "type_"),
    [
        ("v1", "PersistentVolumeClaim", "PersistentVolumeClaim"),
        ("networking.k8s.io/v1", "Ingress", "Ingress"),
        ("extensions/v1beta1", "Ingress", "Ingress"),
        ("postgresql.cnpg.io/v1", "Cluster", "Cluster.postgresql.cnpg.io"),
        (
            "snapshot.storage.k8s.io/v1",
            "VolumeSnapshot",
            "VolumeSnapshot.snapshot.storage.k8s.io",
        ),
    ],
)
def test_a_custom_resource_carries_its_group(version: str, kind: str, type_: str) -> None:
    resource = _one(
        f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a, namespace: n}}\n"
    )
    assert resource.type == type_
    assert resource.address == f"k8s:n/{type_}/a"


def test_lists_are_unrolled_and_each_object_keeps_its_own_place() -> None:
    reading = _reading(
        {
            "a.yaml": """
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: one}
          - apiVersion: v1
            kind: ConfigMapList
            items:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: two}}
        """
        }
    )
    assert [(each.address, each.where.span().line, each.where.span().end_line) for each in reading.resources] == [
        ("k8s:-/ConfigMap/one", 4, 6), ("k8s:-/ConfigMap/two", 10, 10),
    ]  # fmt: skip


def test_json_anchors_and_generated_names() -> None:
    reading = _reading(
        {
            "a.json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "j"}}',
            "b.yaml": "apiVersion: v1\nkind: Pod\nmetadata: &m {name: a}\nspec: *m\n",
            "c.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}\n",
        }
    )
    assert [each.address for each in reading.resources] == [
        "k8s:-/Pod/j",
        "k8s:-/Pod/a",
        "k8s:-/Job/run-*",
    ]
    assert reading.failures == ()


def test_the_nearest_label_comes_first_as_it_was_written() -> None:
    deployment, namespace = _reading({"k8s/a.yaml": WORKLOAD}).resources
    assert _declared(deployment) == [("kubernetes", "health.nir"), ("kubernetes", "claims")]
    assert _declared(namespace) == [("kubernetes", "claims")]
    assert deployment.labels[0].where.span().line == 12
    annotated = _one(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {sovlint.dev/data: "a.b; nir"}}\n'
    )
    assert _declared(annotated) == [("kubernetes", "a.b; nir")]


def test_the_namespace_may_stand_in_any_file() -> None:
    reading = _reading(
        {
            "apps/x.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: care}\n",
            "b/ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: care, labels: {sovlint.dev/data: nir}}\n",
        }
    )
    assert _declared(reading.resources[0]) == [("kubernetes", "nir")]
    assert reading.resources[0].labels[0].where.span().path == "b/ns.yaml"


def test_an_object_without_namespace_takes_nothing_from_one() -> None:
    reading = _reading(
        {
            "a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n",
            "b.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {sovlint.dev/data: nir}}\n",
        }
    )
    assert reading.resources[0].labels == ()


def test_a_label_and_an_annotation_at_one_place_declare_together() -> None:
    resource = _one("""
        apiVersion: v1
        kind: Pod
        metadata:
          name: a
          labels: {sovlint.dev/data: health}
          annotations: {sovlint.dev/data: nir}
        """)
    assert _declared(resource) == [("kubernetes", ("health", "nir"))]


def test_a_cron_job_and_a_stateful_set_are_labelled_inside() -> None:
    cron = _one("""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: a, labels: {sovlint.dev/data: contact}}
        spec:
          jobTemplate:
            metadata: {labels: {sovlint.dev/data: nir}}
            spec: {template: {metadata: {labels: {sovlint.dev/data: health}}}}
        """)
    assert _declared(cron) == [
        ("kubernetes", "health"),
        ("kubernetes", "nir"),
        ("kubernetes", "contact"),
    ]
    stateful = _one("""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: a, labels: {sovlint.dev/data: contact}}
        spec:
          volumeClaimTemplates:
            - metadata: {name: d, labels: {sovlint.dev/data: health}}
        """)
    assert _declared(stateful) == [
        ("kubernetes", "contact"),
        ("kubernetes.claim-template.0", "health"),
    ]


@pytest.mark.parametrize("value", ['"{{ .Values.class }}"', "${DATA_CLASS}"])
def test_a_label_still_to_be_filled_in_is_unknown(value: str) -> None:
    resource = _one(
        f"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    sovlint.dev/data: {value}\n"
    )
    assert _declared(resource) == [("kubernetes", Reason.TEMPLATED)]


def test_empty_labels_declare_nothing() -> None:
    resource = _one(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {sovlint.dev/data: ""}}\n'
    )
    assert resource.labels == ()


def test_a_list_declares_all_that_is_in_it() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {sovlint.dev/data: LIST}}\n"
    assert _declared(_one(pod.replace("LIST", "[health, nir]"))) == [
        ("kubernetes", "health,nir")
    ]
    assert _one(pod.replace("LIST", "[]")).labels == ()


def test_the_cluster_declared_for_a_path_names_the_place() -> None:
    where = Span("sovlint.yaml", 2, 5, 2, 60)
    here = Cluster(
        lambda path: PurePosixPath(path).match("k8s/*"), "scaleway", "fr-par", where
    )
    anywhere = Cluster(lambda path: "/" not in path, "hetzner", None, None)
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\n"
    reading = _reading({"k8s/a.yaml": WORKLOAD, "b.yaml": pod}, here, anywhere)
    other, deployment, _ = reading.resources
    assert deployment.named is not None
    assert isinstance(deployment.named.provider, Known)
    assert isinstance(deployment.named.region, Known)
    assert (deployment.named.provider.value, deployment.named.region.value) == (
        "scaleway",
        "fr-par",
    )
    (step,) = unroll(deployment.named.region.because)
    assert (step.note.key, step.where) == ("kubernetes.cluster-declared", where)
    assert other.named is not None
    assert isinstance(other.named.region, Unknown)
    assert other.named.region.reason is Reason.NO_EVIDENCE
    assert not reading.remarks


def _cluster(provider: str, region: str | None, line: int) -> Cluster:
    return Cluster(
        lambda path: True, provider, region, Span("sovlint.yaml", line, 1, line, 9)
    )


def test_clusters_that_contradict_each_other_leave_the_place_open_and_that_is_said() -> None:
    reading = _reading(
        {"k8s/a.yaml": WORKLOAD},
        _cluster("scaleway", "fr-par", 2),
        _cluster("aws", "us-east-1", 3),
    )
    named = reading.resources[0].named
    assert named is not None
    assert isinstance(named.provider, Unknown)
    assert named.provider.reason is Reason.MULTI_VALUED
    assert [member.value for member in named.provider.among or ()] == ["scaleway", "aws"]
    assert isinstance(named.region, Unknown)
    assert named.region.among is None, "a code means nothing at another provider"
    lines = [
        step.where.span().line
        for step in unroll(named.provider.because)
        if step.where is not None
    ]
    assert lines == [2, 3]


def test_clusters_of_one_provider_leave_only_the_region_open_and_equal_ones_nothing() -> None:
    reading = _reading(
        {"k8s/a.yaml": WORKLOAD},
        _cluster("scaleway", "fr-par", 2),
        _cluster("scaleway", "nl-ams", 3),
    )
    named = reading.resources[0].named
    assert named is not None
    assert isinstance(named.provider, Known)
    assert isinstance(named.region, Unknown)
    assert [member.value for member in named.region.among or ()] == ["fr-par", "nl-ams"]
    reading = _reading(
        {"k8s/a.yaml": WORKLOAD},
        _cluster("scaleway", "fr-par", 2),
        _cluster("scaleway", "fr-par", 3),
    )
    named = reading.resources[0].named
    assert named is not None
    assert isinstance(named.region, Known)
    assert not reading.remarks


def test_without_a_cluster_the_place_is_left_open() -> None:
    reading = _reading({"k8s/a.yaml": WORKLOAD})
    for each in reading.resources:
        assert each.named is not None
        assert isinstance(each.named.provider, Unknown)
        assert each.named.provider.text() == "no-evidence: clusters"


def test_a_broken_manifest_is_a_failure_and_what_precedes_it_is_read() -> None:
    reading = _reading(
        {
            "a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: [\n",
            "b.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\n",
        }
    )
    assert [each.address for each in reading.resources] == ["k8s:-/Pod/a", "k8s:-/Pod/b"]
    (failure,) = reading.failures
    assert (failure.path, failure.line, failure.column, failure.note.key) == (
        "a.yaml",
        8,
        1,
        "kubernetes.unreadable",
    )
    assert reading.files == ("a.yaml", "b.yaml")


def test_other_yaml_is_skipped_and_counted_broken_or_not() -> None:
    reading = _reading({
        "values.yaml": "a: [\n", "ci.yml": "jobs: {}\n", "package.json": "{}", "config": "x",
        "kube.yaml": "apiVersion: v1\nkind: Config\nclusters: []\n",
    })  # fmt: skip
    assert reading.skipped == ("ci.yml", "kube.yaml", "values.yaml")
    assert (reading.files, reading.failures, reading.resources) == ((), (), ())


def test_a_template_is_skipped_and_said_but_braces_in_a_value_are_read() -> None:
    reading = _reading(
        {
            "t.yaml": "apiVersion: v1\nkind: Pod\n{{ if .x }}\nmetadata: {name: a}\n{{ end }}\n",
            "u.yaml": 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: "{{ $labels.x }}"}\n',
        }
    )
    assert [each.address for each in reading.resources] == ["k8s:-/ConfigMap/c"]
    assert (reading.skipped, reading.failures) == (("t.yaml",), ())
    assert ("kubernetes.templated", "t.yaml") in [
        (each.note.key, each.path) for each in reading.remarks
    ]


def test_places_to_fill_in_are_texts_and_loops_are_read_once() -> None:
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n"
        "      image: {{registry}}/{{image}}\n      env:\n        {{#each env}}\n"
        '        - name: {{@key}}\n          value: "{{this}}"\n        {{/each}}\n---\n'
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n{{#if a}}\n  namespace: {{a}}\n{{/if}}\n"
    )
    reading = _reading({"t.yaml": text})
    assert [(each.address, each.where.span().line) for each in reading.resources] == [
        ("k8s:-/Pod/a", 1)
    ]
    assert [(each.note.key, each.line) for each in reading.remarks] == [
        ("kubernetes.templated", 19)
    ]


def test_templates_of_a_chart_that_cannot_be_read_are_skipped_counted_and_said() -> None:
    reading = _reading(
        {
            "c/Chart.yaml": "- c\n",
            "c/templates/a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n",
        }
    )
    assert reading.resources == ()
    assert reading.skipped == ("c/templates/a.yaml",)
    assert ("kubernetes.helm-templates", "c/Chart.yaml") in [
        (each.note.key, each.path) for each in reading.remarks
    ]


def test_duplicate_keys_and_nameless_objects_are_said_with_their_line() -> None:
    nameless = "apiVersion: v1\nkind: Pod\n"
    reading = _reading(
        {"a.yaml": f"{nameless}metadata: {{name: a}}\nkind: Service\n---\n{nameless}"}
    )
    said = {(each.note.key, each.line) for each in reading.remarks}
    assert {("kubernetes.duplicate-key", 4), ("kubernetes.nameless", 6)} <= said
    assert [each.address for each in reading.resources] == ["k8s:-/Service/a"]


def test_a_file_that_cannot_be_read_is_a_failure_only_where_it_was_named() -> None:
    reading = _reading({"a.yaml": None})
    assert (reading.failures, reading.skipped, len(reading.remarks)) == ((), ("a.yaml",), 1)
    assert len(_reading({"a.yaml": None}, asked=("a.yaml",)).failures) == 1


def test_secret_values_are_out_of_reach() -> None:
    secret = _one("""
        apiVersion: v1
        kind: Secret
        metadata: {name: db, annotations: {last: hunter2}}
        type: Opaque
        data: {password: aHVudGVyMg==}
        stringData: {token: hunter2}
        """)
    assert secret.names == ("db",)
    for path in (
        "data.*",
        "data.password",
        "stringData.*",
        "stringData",
        "metadata.annotations.*",
        "*.password",
    ):
        assert secret.attributes.read(path) == ()
    assert len(secret.attributes.read("type")) == 1


def test_a_document_that_breaks_does_not_take_its_neighbours_along() -> None:
    pods = [f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n" for name in "abc"]
    templated = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-x\n  {{- include }}\n"
    reading = _reading(
        {
            "k.yaml": "---\n".join(
                [pods[0], templated, pods[1], "apiVersion: v1\nkind: [\n", pods[2]]
            )
        }
    )
    assert [each.address for each in reading.resources] == [
        "k8s:-/Pod/a",
        "k8s:-/Pod/b",
        "k8s:-/Pod/c",
    ]
    assert [each.where.span().line for each in reading.resources] == [1, 11, 18]
    assert [(failure.path, failure.line) for failure in reading.failures] == [("k.yaml", 17)]
    assert ("kubernetes.templated", 8) in [
        (remark.note.key, remark.line) for remark in reading.remarks
    ]
    assert reading.files == ("k.yaml",)
