"""What Flux and Argo CD change in the manifests that they apply."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.frontends.kubernetes.charts.house import Files, placed, places
from tests.frontends.kubernetes.deployers.house import HERE, PARIS, THERE, VIRGINIA, document
from tests.resolve.house import shown

POD = f"""apiVersion: v1
kind: Pod
metadata: {{name: api, labels: {{sovlint.dev/data: health}}}}
spec:
  containers:
    - name: api
      image: registry.example/api:1
      env: [{{name: DATABASE_HOST, value: {PARIS}}}]
"""
KUSTOMIZATION = "resources: [pod.yaml]\n"
ENV = {"name": "DATABASE_HOST", "value": VIRGINIA}
MERGE = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n"
    f"    - name: api\n      env: [{{name: DATABASE_HOST, value: {VIRGINIA}}}]\n"
)
JSON = (
    f'[{{"op": "replace", "path": "/spec/containers/0/env/0/value", "value": "{VIRGINIA}"}}]'
)
COMPONENT: Files = {
    "components/far/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
    "patches: [{path: patch.yaml}]\n",
    "components/far/patch.yaml": MERGE,
}
FOLDER: Files = {"apps/api/pod.yaml": POD, "apps/api/kustomization.yaml": KUSTOMIZATION}
FILES: Files = {"apps/api/pod.yaml": POD}


def _flux(name: str = "api", **spec: Any) -> str:
    whole = {"path": "./apps/api", **spec}
    return document("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, spec=whole)


def _argo(name: str = "api", **kustomize: Any) -> str:
    source = {"path": "apps/api", "kustomize": kustomize}
    spec = {"source": source, "destination": {"server": "https://kubernetes.default.svc"}}
    return document("argoproj.io/v1alpha1", "Application", name, spec=spec)


def _set(**spec: Any) -> str:
    template = {
        "metadata": {"name": "api"},
        "spec": {
            "source": {"path": "apps/api"},
            "destination": {"server": "https://kubernetes.default.svc"},
        },
    }
    generators = [{"list": {"elements": [{"host": VIRGINIA}]}}]
    whole = {"generators": generators, "template": template, **spec}
    return document("argoproj.io/v1alpha1", "ApplicationSet", "api", spec=whole)


def _databases(files: Files) -> dict[str, list[str]]:
    """The databases of each pod, by its address, with its variant."""
    found = {key: each for key, each in placed(files).items() if "/Pod/" in key[0]}
    return {
        " ".join(filter(None, key)): [
            each for each in places(one) if each.startswith("at-rest")
        ]
        for key, one in found.items()
    }


IMAGES = "spec.containers[0].image"
PATCHES = [
    {"patches": [{"patch": MERGE}]},
    {"patches": [{"patch": JSON, "target": {"kind": "Pod"}}]},
    {"components": ["../../components/far"]},
]


@pytest.mark.parametrize("changes", PATCHES)
@pytest.mark.parametrize("folder", [FOLDER, FILES])
def test_what_a_kustomization_of_flux_changes_is_applied(
    folder: Files, changes: dict[str, Any]
) -> None:
    files = {**folder, **COMPONENT, "flux/api.yaml": _flux(**changes)}
    assert _databases(files) == {"k8s:-/Pod/api": [THERE]}


@pytest.mark.parametrize("changes", PATCHES)
def test_what_an_application_of_argo_cd_changes_is_applied(changes: dict[str, Any]) -> None:
    files = {**FOLDER, **COMPONENT, "argo/api.yaml": _argo(**changes)}
    assert _databases(files) == {"k8s:-/Pod/api": [THERE]}


@pytest.mark.parametrize(
    "text",
    [
        _flux(patches=[{"patch": JSON, "target": {"kind": "Deployment"}}]),
        _flux(
            path="./apps/other",
            patches=[{"patch": MERGE.replace("name: api}", "name: web}")}],
        ),
        _argo(patches=[{"patch": JSON, "target": {"name": "another"}}]),
        _flux(),
        _argo(),
    ],
)
def test_what_changes_another_object_changes_nothing(text: str) -> None:
    found = _databases({**FOLDER, "deploy/api.yaml": text})
    assert found["k8s:-/Pod/api"] == [HERE]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (_flux(targetNamespace="care"), "k8s:care/Pod/api"),
        (_flux(namePrefix="a-", nameSuffix="-b"), "k8s:-/Pod/a-api-b"),
        (_argo(namespace="care"), "k8s:care/Pod/api"),
        (_argo(namePrefix="a-", nameSuffix="-b"), "k8s:-/Pod/a-api-b"),
    ],
)
def test_names_and_namespaces_are_those_that_it_is_applied_with(
    text: str, address: str
) -> None:
    assert _databases({**FOLDER, "deploy/api.yaml": text}) == {address: [HERE]}


@pytest.mark.parametrize(
    ("text", "image"),
    [
        (_flux(images=[{"name": "registry.example/api", "newName": "other.example/web"}]), "other.example/web:1"),
        (_argo(images=["registry.example/api=other.example/web:2"]), "other.example/web:2"),
        (_argo(images=["registry.example/api:3"]), "registry.example/api:3"),
        (_argo(images=["another=other.example/web:2"]), "registry.example/api:1"),
    ],
)  # fmt: skip
def test_images_are_those_that_it_is_applied_with(text: str, image: str) -> None:
    found = placed({**FOLDER, "deploy/api.yaml": text})["k8s:-/Pod/api", None]
    assert [shown(each.value) for each in found.resource.attributes.read(IMAGES)] == [image]


@pytest.mark.parametrize(
    "text",
    [
        _flux(commonMetadata={"labels": {"sovlint.dev/data": "health"}}),
        _flux(commonMetadata={"annotations": {"sovlint.dev/data": "health"}}),
        _argo(commonLabels={"sovlint.dev/data": "health"}),
        _argo(commonAnnotations={"sovlint.dev/data": "health"}),
        _argo(commonLabels={"sovlint.dev/data": "health"}, labelWithoutSelector=True),
    ],
)
def test_a_class_that_it_is_applied_with_is_declared(text: str) -> None:
    pod = POD.replace(", labels: {sovlint.dev/data: health}", "")
    found = placed({**FOLDER, "apps/api/pod.yaml": pod, "deploy/api.yaml": text})
    claims = found["k8s:-/Pod/api", None].classes.claims
    assert {claim.data_class for claim in claims} == {"health"}


def test_two_that_change_one_folder_otherwise_give_both() -> None:
    text = _flux("far", patches=[{"patch": MERGE}]) + _flux("near", namePrefix="near-")
    assert _databases({**FOLDER, "flux/api.yaml": text}) == {
        "k8s:-/Pod/api apps/far": [THERE],
        "k8s:-/Pod/near-api apps/near": [HERE],
    }


def test_two_of_one_name_are_told_apart_by_where_they_stand() -> None:
    files = {
        **FOLDER,
        "clusters/a/api.yaml": _flux(patches=[{"patch": MERGE}]),
        "clusters/b/api.yaml": _flux(targetNamespace="care"),
    }
    assert _databases(files) == {
        "k8s:-/Pod/api apps/api": [THERE],
        "k8s:care/Pod/api apps/api@clusters/b": [HERE],
    }


def test_one_that_applies_it_as_it_is_leaves_it_there() -> None:
    text = _flux("far", patches=[{"patch": MERGE}]) + _flux("near")
    assert _databases({**FOLDER, "flux/api.yaml": text}) == {
        "k8s:-/Pod/api": [HERE],
        "k8s:-/Pod/api apps/far": [THERE],
    }


PATCH = """spec:
  source:
    kustomize:
      patches:
        - target: {kind: Pod}
          patch: |-
            - op: replace
              path: /spec/containers/0/env/0/value
              value: '%s'
"""


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"goTemplate": True, "templatePatch": PATCH % "{{ .host }}"}, THERE),
        ({"goTemplate": True, "templatePatch": PATCH % PARIS}, HERE),
        ({"goTemplate": True, "templatePatch": "{{- if eq .host \"a\" }}\n" + PATCH % "a" + "{{- end }}"}, HERE),
    ],
)  # fmt: skip
def test_the_patch_of_an_application_set_is_laid_on_its_applications(
    spec: dict[str, Any], expected: str
) -> None:
    assert _databases({**FOLDER, "argo/set.yaml": _set(**spec)}) == {
        "k8s:-/Pod/api": [expected]
    }


def test_what_is_changed_may_change_others() -> None:
    """A folder of objects that apply others is patched by whoever applies it."""
    patches = [{"patch": MERGE}]
    over = [{"op": "add", "path": "/spec/patches", "value": patches}]
    outer = document(
        "kustomize.toolkit.fluxcd.io/v1",
        "Kustomization",
        "all",
        spec={
            "path": "./apps/all",
            "patches": [{"target": {"kind": "Kustomization"}, "patch": json.dumps(over)}],
        },
    )
    files = {**FOLDER, "apps/all/api.yaml": _flux(), "flux/all.yaml": outer}
    assert _databases(files) == {"k8s:-/Pod/api": [THERE]}


def test_kustomizations_within_a_folder_are_applied_once() -> None:
    """Flux makes a kustomization of a folder that has none, of those within it too."""
    web = POD.replace("name: api", "name: web").replace(VIRGINIA, PARIS)
    files: Files = {
        **FOLDER,
        "apps/web/pod.yaml": web,
        "apps/web/kustomization.yaml": KUSTOMIZATION,
        "apps/alone/pod.yaml": POD.replace("name: api", "name: alone"),
        "flux/apps.yaml": _flux("apps", path="apps", patches=[{"patch": MERGE}]),
    }
    assert _databases(files) == {
        "k8s:-/Pod/api": [THERE],
        "k8s:-/Pod/web": [HERE],
        "k8s:-/Pod/alone": [HERE],
    }
    roots = {
        key[0]: each.resource.root for key, each in placed(files).items() if "Pod" in key[0]
    }
    assert roots["k8s:-/Pod/web"] == "apps/web", "what isn't changed stays as it was"
    assert roots["k8s:-/Pod/api"] == "apps"
