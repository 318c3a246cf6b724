"""Patches for objects that aren't here: what they write is judged by itself, told once, and nothing else is said."""

from __future__ import annotations

import json

import pytest

from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import Placed
from tests.frontends.kubernetes.charts.house import Files, placed, places, reading
from tests.frontends.kubernetes.charts.judged import findings
from tests.frontends.kubernetes.deployers.house import (
    CHART,
    PARIS,
    THERE,
    VIRGINIA,
    document,
)
from tests.frontends.memory import MemoryReader

REMOTE = "resources: ['https://example.org/repo//base?ref=v1']\n"
PATCH = f"""apiVersion: apps/v1
kind: Deployment
metadata: {{name: api, labels: {{sovlint.dev/data: health}}}}
spec:
  template:
    spec:
      containers:
        - name: api
          env:
            - {{name: DATABASE_HOST, value: {VIRGINIA}}}
"""
LINE = 10
"""Where the patch writes the host."""
ADDED = "/spec/template/spec/containers/0/env/-"
CLASS = {"op": "add", "path": "/metadata/labels/sovlint.dev~1data", "value": "health"}
INDENT = " " * 6


def _operations(*said: dict[str, object]) -> str:
    return json.dumps([CLASS, *said])


def _indented(text: str) -> str:
    return "".join(f"{INDENT}{line}\n" for line in text.splitlines())


def _patched(files: Files) -> list[Placed]:
    return [each for each in placed(files).values() if each.resource.patch]


def _told(files: Files) -> list[str]:
    """Where patches say that data goes."""
    found = (place for each in _patched(files) for place in places(each))
    return [place for place in found if not place.startswith("config")]


def _violations(files: Files) -> set[str]:
    found = findings(MemoryReader(files))
    return {
        each.resource.address
        for each in found
        if each.verdict is Verdict.VIOLATION and each.policy == "health-data-in-eea"
    }


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (
            {"k/kustomization.yaml": f"{REMOTE}patches:\n- patch: |\n{_indented(PATCH)}"},
            ("k/kustomization.yaml", LINE + 3),
        ),
        (
            {
                "k/kustomization.yaml": f"{REMOTE}patches: [{{path: p.yaml}}]",
                "k/p.yaml": PATCH,
            },
            ("k/p.yaml", LINE),
        ),
        (
            {
                "k/kustomization.yaml": f"{REMOTE}patchesStrategicMerge: [p.yaml]",
                "k/p.yaml": PATCH,
            },
            ("k/p.yaml", LINE),
        ),
        (
            {
                "k/kustomization.yaml": f"{REMOTE}patches: [{{target: {{kind: Deployment}}, path: p.yaml}}]",
                "k/p.yaml": PATCH,
            },
            ("k/p.yaml", LINE),
        ),
        (
            {
                "k/kustomization.yaml": "helmCharts: [{name: web, repo: 'https://charts.example'}]\n"
                "patches: [{path: p.yaml}]",
                "k/p.yaml": PATCH,
            },
            ("k/p.yaml", LINE),
        ),
    ],
)
def test_a_strategic_merge_patch_is_judged_at_its_line(
    files: Files, place: tuple[str, int]
) -> None:
    (found,) = _patched(files)
    (sent,) = found.resource.sends
    span = sent.where.span()
    assert (span.path, span.line) == place
    assert THERE in places(found)
    assert _violations(files) == {found.resource.address}


@pytest.mark.parametrize(
    ("target", "operation"),
    [
        (
            "{kind: Deployment, name: api}",
            {
                "op": "add",
                "path": ADDED,
                "value": {"name": "DATABASE_HOST", "value": VIRGINIA},
            },
        ),
        (
            "{labelSelector: app=api}",
            {
                "op": "add",
                "path": ADDED,
                "value": {"name": "DATABASE_HOST", "value": VIRGINIA},
            },
        ),
        # The name of the variable stands in what isn't here.
        (
            "{kind: Deployment|StatefulSet, name: 'a.*'}",
            {
                "op": "replace",
                "path": "/spec/template/spec/containers/0/env/3/value",
                "value": f"postgres://u@{VIRGINIA}/x",
            },
        ),
        (
            "{kind: ConfigMap, name: settings}",
            {"op": "replace", "path": "/data/DATABASE_HOST", "value": VIRGINIA},
        ),
        (
            "{kind: HelmRelease, name: api}",
            {"op": "add", "path": "/spec/values/database/host", "value": VIRGINIA},
        ),
    ],
)
def test_what_a_json_patch_writes_is_judged(
    target: str, operation: dict[str, object]
) -> None:
    entry = f"target: {target}, patch: '{_operations(operation)}'"
    files: Files = {"k/kustomization.yaml": f"{REMOTE}patches: [{{{entry}}}]"}
    (found,) = _patched(files)
    assert THERE in places(found)
    assert _violations(files) == {found.resource.address}


@pytest.mark.parametrize(
    ("kind", "version", "spec"),
    [
        ("Deployment", "apps/v1", "{replicas: 3}"),
        (
            "Deployment",
            "apps/v1",
            "{template: {spec: {containers: [{name: api, image: api, resources: {limits: {cpu: 1}}}]}}}",
        ),
        ("PersistentVolumeClaim", "v1", "{resources: {requests: {storage: 9Gi}}}"),
        (
            "StatefulSet",
            "apps/v1",
            "{volumeClaimTemplates: [{metadata: {name: x}, spec: {resources: {}}}]}",
        ),
        ("Cluster", "postgresql.cnpg.io/v1", "{instances: 3}"),
        ("Bucket", "s3.aws.upbound.io/v1beta1", "{forProvider: {tags: {a: b}}}"),
    ],
)
def test_a_patch_that_says_nothing_of_data_has_no_place(
    kind: str, version: str, spec: str
) -> None:
    patch = f"{{apiVersion: {version}, kind: {kind}, metadata: {{name: api}}, spec: {spec}}}"
    (found,) = _patched(
        {
            "k/kustomization.yaml": f"{REMOTE}patches: [{{path: p.yaml}}]",
            "k/p.yaml": patch,
        }
    )
    assert found.is_config


@pytest.mark.parametrize(
    ("kind", "version", "spec", "expected"),
    [
        (
            "Bucket",
            "s3.aws.upbound.io/v1beta1",
            "{forProvider: {region: us-east-1}}",
            ["at-rest aws us-east-1"],
        ),
        (
            "Cluster",
            "postgresql.cnpg.io/v1",
            "{instances: 3, backup: {barmanObjectStore: {endpointURL: https://s3.us-east-1.amazonaws.com}}}",
            ["backup aws us-east-1"],
        ),
        (
            "PersistentVolumeClaim",
            "v1",
            "{storageClassName: fast}",
            ["at-rest scaleway fr-par"],
        ),
    ],
)
def test_where_a_patch_says_a_place_it_has_that_one_alone(
    kind: str, version: str, spec: str, expected: list[str]
) -> None:
    patch = f"{{apiVersion: {version}, kind: {kind}, metadata: {{name: api}}, spec: {spec}}}"
    files: Files = {
        "k/kustomization.yaml": f"{REMOTE}patches: [{{path: p.yaml}}]",
        "k/p.yaml": patch,
    }
    assert _told(files) == expected


def test_patches_for_one_object_are_one_and_its_names_are_followed() -> None:
    second = PATCH.replace(f"DATABASE_HOST, value: {VIRGINIA}", f"OTHER_HOST, value: {PARIS}")
    given = "{name: api, envFrom: [{configMapRef: {name: settings}}]}"
    third = (
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, "
        f"spec: {{template: {{spec: {{containers: [{given}]}}}}}}}}"
    )
    files: Files = {
        "base/kustomization.yaml": f"{REMOTE}patches: [{{path: p.yaml}}]",
        "base/p.yaml": PATCH,
        "k/kustomization.yaml": "resources: [../base]\nnamespace: care\npatches: [{path: p.yaml}, {path: q.yaml}]\n"
        f"configMapGenerator: [{{name: settings, literals: [CACHE_HOST=c.{VIRGINIA}]}}]",
        "k/p.yaml": second,
        "k/q.yaml": third,
    }
    (found,) = _patched(files)
    assert found.resource.address == "k8s:care/Deployment/api"
    assert {each.key for each in found.resource.sends} == {
        "DATABASE_HOST",
        "OTHER_HOST",
        "CACHE_HOST",
    }


def test_a_patch_is_not_told_again_where_another_overlay_has_its_target() -> None:
    files: Files = {
        "part/kustomization.yaml": "kind: Component\npatches: [{path: p.yaml}]",
        "part/p.yaml": PATCH,
        "far/kustomization.yaml": f"{REMOTE}components: [../part]",
        "here/kustomization.yaml": "resources: [api.yaml]\ncomponents: [../part]",
        "here/api.yaml": PATCH.replace(VIRGINIA, PARIS),
    }
    assert _patched(files) == []
    assert _violations(files) == {"k8s:-/Deployment/api"}


def test_a_component_that_flux_adds_is_not_told_again() -> None:
    spec = {"path": "./here", "components": ["../part"]}
    files: Files = {
        "part/kustomization.yaml": "kind: Component\npatches: [{path: p.yaml}]",
        "part/p.yaml": PATCH,
        "here/kustomization.yaml": "resources: [api.yaml]",
        "here/api.yaml": PATCH.replace(VIRGINIA, PARIS),
        "flux.yaml": document(
            "kustomize.toolkit.fluxcd.io/v1", "Kustomization", "api", spec=spec
        ),
    }
    assert _patched(files) == []


def test_what_a_chart_here_renders_to_is_not_told_again() -> None:
    container = f"{{name: api, env: [{{name: DATABASE_HOST, value: {VIRGINIA}}}]}}"
    pod = f"{{apiVersion: v1, kind: Pod, metadata: {{name: api}}, spec: {{containers: [{container}]}}}}"
    kustomization = (
        "helmGlobals: {chartHome: ../charts}\nhelmCharts: [{name: api, releaseName: api}]\n"
        f"patches: [{{patch: '{pod}'}}]\n"
    )
    for more in ("", REMOTE):
        files: Files = {**CHART, "k/kustomization.yaml": kustomization + more}
        assert _patched(files) == []
        assert THERE in places(placed(files)["k8s:-/Pod/api", "-/api"])


def test_what_a_patch_says_of_settings_is_not_all_that_they_say() -> None:
    """The rest of the config map is in the remote base: a pod that is given it knows no more of it than before."""
    pod = (
        "{apiVersion: v1, kind: Pod, metadata: {name: api, labels: {sovlint.dev/data: health}}, "
        "spec: {containers: [{name: api, envFrom: [{configMapRef: {name: settings}}]}]}}"
    )
    data = f"{{DATABASE_HOST: {VIRGINIA}}}"
    patch = f"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: settings}}, data: {data}}}"
    kustomization = "resources: ['https://example.org/repo//base?ref=v1', pod.yaml]\n"
    files: Files = {"k/kustomization.yaml": kustomization, "k/pod.yaml": pod}
    patched: Files = {
        **files,
        "k/kustomization.yaml": f"{kustomization}patches: [{{path: p.yaml}}]",
        "k/p.yaml": patch,
    }
    asked = [
        {
            (each.resource.address, each.policy, each.verdict)
            for each in findings(MemoryReader(found))
            if each.resource.type == "Pod"
        }
        for found in (files, patched)
    ]
    assert asked[0] == asked[1]
    assert _told(patched) == [THERE]


POD = (
    "{apiVersion: v1, kind: Pod, metadata: {name: api, labels: {sovlint.dev/data: health}}, "
    f"spec: {{containers: [{{name: api, env: [{{name: DATABASE_HOST, value: {VIRGINIA}}}]}}]}}}}"
)
ON_POD = _operations(
    {
        "op": "add",
        "path": "/spec/containers/0/env/-",
        "value": {"name": "DATABASE_HOST", "value": VIRGINIA},
    }
)


@pytest.mark.parametrize(
    "said",
    [
        f"strategicMergePatches: [{POD}]",
        "strategicMergePatches: [p.yaml]",
        f"jsonPatches: [{{target: {{version: v1, kind: Pod, name: api}}, patch: {ON_POD}}}]",
    ],
)
def test_what_a_helmfile_changes_in_a_chart_from_elsewhere(said: str) -> None:
    release = "releases:\n  - name: api\n    namespace: care\n    chart: far/web\n"
    files: Files = {"helmfile.yaml": f"{release}    {said}\n"}
    if "p.yaml" in said:
        files["p.yaml"] = POD
    assert _told(files) == [THERE]
    assert _violations(files) == {"k8s:care/Pod/api"}


@pytest.mark.parametrize("chart", ["charts/api", "charts/web"])
def test_what_a_release_of_flux_changes_is_told_once(chart: str) -> None:
    renderer = {"kustomize": {"patches": [{"patch": POD}]}}
    source = {"chart": chart, "sourceRef": {"kind": "GitRepository", "name": "here"}}
    spec = {"chart": {"spec": source}, "postRenderers": [renderer]}
    files: Files = {
        **CHART,
        "r.yaml": document("helm.toolkit.fluxcd.io/v2", "HelmRelease", "api", spec=spec),
    }
    is_here = "charts/api/Chart.yaml" in files and chart == "charts/api"
    assert _told(files) == ([] if is_here else [THERE])
    assert _violations(files) == {"k8s:apps/Pod/api"}


@pytest.mark.parametrize(
    ("version", "kind", "spec"),
    [
        (
            "kustomize.toolkit.fluxcd.io/v1",
            "Kustomization",
            {"path": "./far", "targetNamespace": "care", "patches": [{"patch": POD}]},
        ),
        (
            "argoproj.io/v1alpha1",
            "Application",
            {
                "source": {
                    "path": "far",
                    "repoURL": "x",
                    "kustomize": {"patches": [{"patch": POD}]},
                }
            },
        ),
    ],
)
def test_what_is_changed_in_another_repository(
    version: str, kind: str, spec: dict[str, object]
) -> None:
    files: Files = {"a.yaml": document(version, kind, "api", spec=spec)}
    assert _told(files) == [THERE]
    (found,) = _patched(files)
    namespace = spec.get("targetNamespace", "-")
    assert found.resource.address == f"k8s:{namespace}/Pod/api"


@pytest.mark.parametrize(
    "patch",
    [
        "[]",
        "[{op: remove, path: /spec}]",
        '[{op: add, path: /spec/0/1, value: 1}, {op: add, path: "", value: {spec: 1}}]',
        "[{op: add, path: /metadata, value: x}, {op: add, path: /metadata/labels/a, value: b}]",
        f"[{{op: add, path: {'/a' * 5000}, value: b}}]",
        f"[{{op: add, path: {'/0' * 99}, value: {'[' * 60}{']' * 60}}}]",
        "{$patch: delete, apiVersion: v1, kind: Pod, metadata: {name: a}}",
    ],
)
def test_an_odd_patch_says_nothing_of_places(patch: str) -> None:
    kustomization = f"{REMOTE}patches: [{{target: {{kind: Pod}}, patch: '{patch}'}}]"
    found = reading({"k/kustomization.yaml": kustomization})
    assert {each.note.key for each in found.failures} <= {"kubernetes.kustomize.too-large"}
    assert not [each for each in found.resources if each.sends]


def test_patches_that_do_not_fit_together_are_two() -> None:
    odd = "[{op: add, path: /spec/template/spec/containers, value: x}]"
    entries = f"{{path: p.yaml}}, {{target: {{kind: Deployment, name: api}}, patch: '{odd}'}}"
    files: Files = {
        "k/kustomization.yaml": f"{REMOTE}patches: [{entries}]",
        "k/p.yaml": PATCH,
    }
    found = reading(files)
    assert found.failures == ()
    assert len([each for each in found.resources if each.patch]) == 2
