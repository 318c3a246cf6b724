"""Objects and kustomizations in which something is of another kind than it must be: told, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.frontends.kubernetes.kustomize.test_overlays import DEPLOYMENT, failed, reading
from tests.frontends.odd import ODD, each_part_odd

OBJECTS = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {a: b}, annotations: {sovlint.dev/data: health}}
spec:
  replicas: 1
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
      - {name: api, image: "api:1", env: [{name: A, value: $(OF)}], envFrom: [{configMapRef: {name: env}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: writer}
roleRef: {kind: Role, name: writer}
subjects: [{kind: ServiceAccount, name: default}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: own}
data: {a: b}
"""
KUSTOMIZATION = """
resources: [all.yaml]
namespace: prod
namePrefix: a-
nameSuffix: -z
labels: [{pairs: {c: d}, includeSelectors: true}]
commonLabels: {e: f}
commonAnnotations: {g: h}
images: [{name: api, newName: registry.example/api}]
replicas: [{name: api, count: 2}]
configMapGenerator:
- {name: env, literals: [A=b]}
- {name: own, behavior: merge, literals: [c=d]}
generatorOptions: {labels: {x: y}}
vars: [{name: OF, objref: {kind: ConfigMap, name: own, apiVersion: v1}, fieldref: {fieldpath: data.a}}]
patches:
- {target: {kind: Deployment}, patch: '[{"op": "add", "path": "/metadata/labels/i", "value": "j"}]'}
- {patch: '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "api"}, "spec": {"replicas": 3}}'}
replacements:
- source: {kind: ConfigMap, name: own, fieldPath: data.a}
  targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]
helmCharts: [{name: c, releaseName: c, valuesInline: {a: b}}]
"""


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
def test_whatever_part_of_an_object_is_odd(odd: Any) -> None:
    documents = list(yaml.safe_load_all(OBJECTS))
    for each in each_part_odd(documents, odd):
        text = yaml.safe_dump_all(each if isinstance(each, list) else [each])
        reading({"kustomization.yaml": KUSTOMIZATION, "all.yaml": text})


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
def test_whatever_part_of_a_kustomization_is_odd(odd: Any) -> None:
    written = yaml.safe_load(KUSTOMIZATION)
    for each in each_part_odd(written, odd):
        reading({"kustomization.yaml": yaml.safe_dump(each), "all.yaml": OBJECTS})


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
def test_whatever_part_a_patch_makes_odd(odd: Any) -> None:
    for pointer in (
        "",
        *(f"/metadata{each}" for each in ("", "/labels", "/annotations", "/name")),
    ):
        patch = json.dumps([{"op": "replace", "path": pointer, "value": odd}])
        entry = {"target": {"kind": "Deployment"}, "patch": patch}
        written = yaml.safe_load(KUSTOMIZATION)
        base = yaml.safe_dump({**written, "patches": [entry, *written["patches"]]})
        above = "namespace: b\nnamePrefix: b-\nresources: [base]\n"
        reading(
            {
                "kustomization.yaml": above,
                "base/kustomization.yaml": base,
                "base/all.yaml": OBJECTS,
            }
        )


def test_an_object_whose_metadata_is_a_text_is_none() -> None:
    files: dict[str, str | bytes | None] = {
        "kustomization.yaml": "namespace: prod\nresources: [a.yaml, b.yaml]\n",
        "a.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: default\n",
        "b.yaml": DEPLOYMENT,
    }
    found = reading(files)
    assert failed(found) == [("kubernetes.kustomize.no-object", "a.yaml", 1)]
    assert [each.address for each in found.resources] == ["k8s:prod/Deployment/api"]
