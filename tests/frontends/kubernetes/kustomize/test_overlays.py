"""Overlays as part of a repository: roots, their files, places of fields, what isn't known, what is broken."""

from __future__ import annotations

import json

import pytest

from sovlint.frontends.kubernetes import read
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader

DEPLOYMENT = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
    spec:
      template:
        spec:
          containers:
            - name: api
              image: registry.example/api:1
"""


def reading(files: dict[str, str | bytes | None], *clusters: Cluster) -> Reading:
    return read(MemoryReader(files), ReadOptions(clusters=clusters), Hints())


def said(found: Reading) -> list[tuple[str, str | None, int | None]]:
    return [
        (each.note.key, each.path, each.line)
        for each in found.remarks
        if "no-cluster" not in each.note.key
    ]


def failed(found: Reading) -> list[tuple[str, str, int | None]]:
    return [(each.note.key, each.path, each.line) for each in found.failures]


def place(resource: Resource, path: str) -> tuple[object, str, int]:
    (found,) = resource.attributes.read(path)
    assert isinstance(found.value, Known)
    span: Span = found.where.span()
    return found.value.value, span.path, span.line


BASE_AND_OVERLAY: dict[str, str | bytes | None] = {
    "base/kustomization.yaml": "resources: [api.yaml]\n",
    "base/api.yaml": DEPLOYMENT,
    "prod/kustomization.yaml": """
        namespace: claims
        namePrefix: prod-
        resources: [../base]
        commonLabels:
          sovlint.dev/data: health
        images:
          - name: registry.example/api
            newName: harbor.example/api
        patches:
          - path: replicas.yaml
          - target: {kind: Deployment}
            patch: |-
              - op: add
                path: /spec/paused
                value: true
    """,
    "prod/replicas.yaml": """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          replicas: 3
    """,
    "alone.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: alone}\n",
}


def test_an_overlay_is_a_root_and_what_it_reads_is_told_once() -> None:
    found = reading(BASE_AND_OVERLAY)
    assert [(each.root, each.address) for each in found.resources] == [
        ("prod", "k8s:claims/Deployment/prod-api"), (None, "k8s:-/ConfigMap/alone"),
    ]  # fmt: skip
    assert (failed(found), said(found)) == ([], [])
    assert found.files == (
        "base/api.yaml", "base/kustomization.yaml", "prod/kustomization.yaml", "prod/replicas.yaml", "alone.yaml",
    )  # fmt: skip


def test_a_field_stands_where_it_was_written_last() -> None:
    (api, _) = reading(BASE_AND_OVERLAY).resources
    assert (api.where.span().path, api.where.span().line) == ("base/api.yaml", 1)
    assert place(api, "kind") == ("Deployment", "base/api.yaml", 2)
    assert place(api, "metadata.name") == ("prod-api", "prod/kustomization.yaml", 2)
    assert place(api, "metadata.namespace") == ("claims", "prod/kustomization.yaml", 1)
    assert place(api, "spec.replicas") == (3, "prod/replicas.yaml", 5)
    assert place(api, "spec.paused") == (True, "prod/kustomization.yaml", 15)
    assert place(api, "spec.template.spec.containers.*.image") == (
        "harbor.example/api:1", "prod/kustomization.yaml", 8,
    )  # fmt: skip


def test_labels_of_a_kustomization_declare_data_and_say_where() -> None:
    (api, _) = reading(BASE_AND_OVERLAY).resources
    declared = {(each.where.span().path, each.where.span().line) for each in api.labels}
    assert declared == {("prod/kustomization.yaml", 5)}


def test_units_know_what_bears_on_an_overlay() -> None:
    (unit,) = reading(BASE_AND_OVERLAY).units
    assert (unit.root, unit.variant) == ("prod", None)
    bearing = [path for path in BASE_AND_OVERLAY if unit.bears(path)]
    assert bearing == [path for path in BASE_AND_OVERLAY if path != "alone.yaml"]


def test_a_cluster_is_that_of_the_overlay_and_never_that_of_the_base() -> None:
    prod = Cluster(lambda path: path.startswith("prod/"), "scaleway", "fr-par", None)
    base = Cluster(lambda path: path.startswith("base/"), "ovh", "gra", None)
    for clusters in ((prod, base), (base, prod)):
        api = reading(BASE_AND_OVERLAY, *clusters).resources[0]
        assert api.named is not None
        assert isinstance(api.named.provider, Known)
        assert api.named.provider.value == "scaleway"
    api = reading(BASE_AND_OVERLAY, base).resources[0]
    assert api.named is not None
    assert isinstance(api.named.provider, Unknown)  # others may deploy the base elsewhere
    inside = Cluster(lambda path: path.startswith(("base/", "prod/")), "ovh", "gra", None)
    api = reading(BASE_AND_OVERLAY, inside).resources[0]
    assert api.named is not None
    assert isinstance(api.named.provider, Known)


def test_kustomizations_that_use_each_other_are_refused_with_the_chain() -> None:
    found = reading(
        {
            "a/kustomization.yaml": "resources:\n  - ../b\n  - api.yaml\n",
            "a/api.yaml": DEPLOYMENT,
            "b/kustomization.yaml": "resources:\n  - ../a\n",
        }
    )
    assert failed(found) == [("kubernetes.kustomize.cycle", "b/kustomization.yaml", 2)]
    assert found.failures[0].note.params == {"chain": "a -> b -> a"}
    assert [each.address for each in found.resources] == ["k8s:-/Deployment/api"]


def test_what_is_broken_is_told_with_its_place_and_the_rest_is_read() -> None:
    found = reading(
        {
            "kustomization.yaml": """
                resources:
                  - gone.yaml
                  - api.yaml
                patches:
                  - path: patch.yaml
                namePrefix: p-
            """,
            "api.yaml": DEPLOYMENT,
            "patch.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: nobody}\n",
            "broken/kustomization.yaml": "resources: [a\n",
        }
    )
    assert sorted(failed(found)) == [
        ("kubernetes.kustomize.missing", "kustomization.yaml", 2),
        ("kubernetes.kustomize.unreadable", "broken/kustomization.yaml", 2),
    ]
    # The target of the patch may be in the file that isn't there: it is no mistake of its own.
    assert said(found) == [("kubernetes.kustomize.target-unknown", "patch.yaml", 1)]
    # What the patch says of it counts all the same.
    assert [(each.address, each.patch) for each in found.resources] == [
        ("k8s:-/Deployment/p-api", False),
        ("k8s:-/Service/nobody", True),
    ]


STORE = """
    apiVersion: example.org/v1
    kind: Store
    metadata: {name: files}
    spec:
      endpoint: https://s3.old.example
      settings: |
        {"endpoint": "https://s3.old.example"}
"""


def replacing(kustomization: str, **files: str) -> Reading:
    named = {f"{name}.yaml": text for name, text in files.items()}
    return reading({"kustomization.yaml": kustomization, "store.yaml": STORE, **named})


def test_what_a_replacement_writes_stands_where_its_source_was_written() -> None:
    found = replacing(
        """
            resources: [store.yaml, places.yaml]
            replacements:
              - source: {kind: ConfigMap, name: places, fieldPath: data.store}
                targets:
                  - select: {kind: Store}
                    fieldPaths: [spec.endpoint]
        """,
        places="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: places}\ndata:\n  store: https://s3.new.example\n",
    )
    assert (failed(found), said(found)) == ([], [])
    assert place(found.resources[0], "spec.endpoint") == (
        "https://s3.new.example",
        "places.yaml",
        5,
    )


def test_what_is_replaced_by_something_unknown_is_unknown() -> None:
    """The object that the value is read from comes from elsewhere: what stood there before would be a guess."""
    for path in ("spec.endpoint", "spec.settings.endpoint"):
        found = replacing(
            f"""
                resources: [store.yaml, "https://example.org/places.yaml"]
                replacements:
                  - source: {{kind: ConfigMap, name: places, fieldPath: data.store}}
                    targets:
                      - select: {{kind: Store}}
                        fieldPaths: [{path}]
            """
        )
        assert failed(found) == []
        keys = {key.rpartition(".")[2] for key, _, _ in said(found)}
        assert keys == {
            "remote",
            "target-unknown",
            *(["in-text"] if "settings" in path else []),
        }
        (value,) = (
            each.value
            for each in found.resources[0].attributes.read(".".join(path.split(".")[:2]))
        )
        assert isinstance(value, Unknown)
        assert value.reason is Reason.TEMPLATED


def test_a_replacement_that_leads_nowhere_is_a_failure_and_the_next_is_carried_out() -> None:
    found = replacing(
        """
            resources: [store.yaml]
            replacements:
              - source: {kind: Store, name: files, fieldPath: spec.nothing}
                targets: [{select: {kind: Store}, fieldPaths: [spec.endpoint]}]
              - source: {kind: Store, name: files}
                targets: [{select: {kind: Store}, fieldPaths: ["spec.endpoint.host"]}]
              - source: {kind: Store, name: nobody}
                targets: [{select: {kind: Store}}]
              - source: {kind: Store}
              - {targets: [{select: {kind: Store}}]}
              - source: {kind: Store, options: {delimiter: l, index: 2}}
                targets: [{select: {kind: Store}}]
              - source: {kind: Store}
                targets: [{select: {kind: Store}, fieldPaths: [spec.endpoint]}]
        """
    )
    assert [(key.rpartition(".")[2], line) for key, _, line in failed(found)] == [
        ("no-field", 3), ("no-field", 6), ("no-target", 7), ("replacement", 9), ("replacement", 10), ("delimiter", 11),
    ]  # fmt: skip
    assert place(found.resources[0], "spec.endpoint") == ("files", "store.yaml", 3)


def test_a_patch_for_nobody_is_a_failure() -> None:
    found = reading(
        {
            "kustomization.yaml": "resources: [api.yaml]\npatches: [{path: patch.yaml}]\n",
            "api.yaml": DEPLOYMENT,
            "patch.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: nobody}\n",
        }
    )
    assert failed(found) == [("kubernetes.kustomize.no-target", "patch.yaml", 1)]
    assert [each.address for each in found.resources] == ["k8s:-/Deployment/api"]


def test_what_lies_elsewhere_is_told_and_leaves_names_in_it_open() -> None:
    found = reading(
        {
            "kustomization.yaml": """
                resources:
                  - https://github.com/example/repo//base?ref=v1
                  - github.com/example/other
                  - ../outside
                patches:
                  - path: patch.yaml
                helmCharts:
                  - name: postgresql
                transformers: [program.yaml]
                configMapGenerator:
                  - name: settings
                    envs: [made-when-deployed.env]
            """,
            "patch.yaml": DEPLOYMENT,
            "program.yaml": "apiVersion: example.org/v1\nkind: Program\nmetadata: {name: x}\n",
        }
    )
    assert failed(found) == []
    assert {(key.rpartition(".")[2], line) for key, _, line in said(found)} == {
        ("remote", 2), ("remote", 3), ("outside", 4), ("target-unknown", 1), ("helm", 8), ("program", 9),
        ("content-unknown", 12),
    }  # fmt: skip
    assert [each.address for each in found.resources] == [
        "k8s:-/ConfigMap/settings-*", "k8s:-/HelmChartInflationGenerator/postgresql", "k8s:-/Deployment/api",
    ]  # fmt: skip


def test_an_object_of_flux_is_no_kustomization() -> None:
    found = reading(
        {
            "kustomization.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
            "metadata: {name: apps}\nspec: {path: ./apps}\n"
        }
    )
    assert [each.address for each in found.resources] == [
        "k8s:-/Kustomization.kustomize.toolkit.fluxcd.io/apps"
    ]


def test_a_component_that_nothing_uses_changes_what_is_elsewhere() -> None:
    found = reading(
        {
            "part/kustomization.yaml": """
                kind: Component
                configMapGenerator: [{name: a, literals: [b=c]}]
                patches: [{path: p.yaml}]
            """,
            "part/p.yaml": DEPLOYMENT,
        }
    )
    assert failed(found) == []
    assert [(each.address, each.patch) for each in found.resources] == [
        ("k8s:-/ConfigMap/a-c78c7b75hm", False),
        ("k8s:-/Deployment/api", True),
    ]


def test_a_description_of_kinds_that_branches_without_end_ends() -> None:
    definitions = {
        f"d{at}": {
            "properties": {
                side: {"$ref": f"#/definitions/d{at + 1}"}
                for side in ("left", "right", "self")
            }
        }
        for at in range(60)
    }
    definitions["d0"]["x-kubernetes-group-version-kind"] = [
        {"group": "example.org", "version": "v1", "kind": "Store"}
    ]
    patch = "{apiVersion: example.org/v1, kind: Store, metadata: {name: files}, spec: {endpoint: https://b.example}}"
    found = reading(
        {
            "kustomization.yaml": f"""
                resources: [store.yaml]
                openapi: {{path: a.json}}
                patches: [{{patch: '{patch}'}}]
            """,
            "store.yaml": STORE,
            "a.json": json.dumps({"definitions": definitions}),
        }
    )
    assert (failed(found), said(found)) == ([], [])
    assert place(found.resources[0], "spec.endpoint") == (
        "https://b.example",
        "kustomization.yaml",
        3,
    )


COPIES = "patches:\n  - target: {kind: Store}\n    patch: |-\n      - {op: add, path: /a, value: {b: 1}}\n"
REPLACED = "replacements:\n"


@pytest.mark.parametrize(
    "steps",
    [
        COPIES + "".join(f"      - {{op: copy, from: /a, path: /a/x{at}}}\n" for at in range(60)),
        COPIES + "      - {op: copy, from: /a, path: /a/x}\n" * 150,
        COPIES + "      - {op: copy, from: /a, path: /a/x}\n" * 2_000,
        REPLACED + "".join(
            "  - source: {kind: Store, fieldPath: spec}\n"
            f"    targets: [{{select: {{kind: Store}}, fieldPaths: [spec.k{at}], options: {{create: true}}}}]\n"
            for at in range(60)
        ),
        REPLACED + (
            "  - source: {kind: Store, fieldPath: spec.endpoint}\n"
            "    targets: [{select: {kind: Store}, fieldPaths: [spec.endpoint], options: {delimiter: Z, index: 9}}]\n"
        ) * 60,
        REPLACED + "  - source: {kind: Store}\n    targets: [{select: {kind: Store}, options: {create: true}, "
        f"fieldPaths: [{'.'.join(['d'] * 3_000)}]}}]\n",
    ],
    ids=["copies that double", "150 levels", "2000 levels", "values that double", "texts that double", "a long path"],
)  # fmt: skip
def test_what_grows_at_every_step_is_refused(steps: str) -> None:
    """Doubling sixty times would take all memory; what stands elsewhere is read all the same."""
    found = reading(
        {
            "prod/kustomization.yaml": "resources: [store.yaml]\n" + steps,
            "prod/store.yaml": STORE,
            "alone.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: alone}\n",
        }
    )
    assert {key for key, _, _ in failed(found)} == {"kubernetes.kustomize.too-large"}
    assert {path for _, path, _ in failed(found)} == {"prod/kustomization.yaml"}
    assert "k8s:-/ConfigMap/alone" in {each.address for each in found.resources}


NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: claims, labels: {sovlint.dev/data: health}}\n"
DELETION = "{apiVersion: v1, kind: Namespace, metadata: {name: claims}, $patch: delete}"


@pytest.mark.parametrize(
    "overlay",
    [
        f"patches: [{{patch: '{DELETION}'}}]",
        "transformers: [move.yaml]",
        "namePrefix: a-",
        "namespace: prod",
    ],
    ids=["it is deleted", "they move out", "they stay", "it is renamed with them"],
)
def test_what_a_namespace_declared_stays(overlay: str) -> None:
    move = "apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: move, namespace: elsewhere}\n"
    api = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: claims}\n"
    found = reading(
        {
            "base/kustomization.yaml": "resources: [all.yaml]\n",
            "base/all.yaml": f"{NAMESPACE}---\n{api}",
            "prod/kustomization.yaml": f"resources: [../base]\n{overlay}\n",
            "prod/move.yaml": move,
        }
    )
    (deployment,) = (each for each in found.resources if "/Deployment/" in each.address)
    (labels,) = deployment.labels
    assert (labels.where.span().path, labels.where.span().line) == ("base/all.yaml", 3)
    assert not failed(found)
