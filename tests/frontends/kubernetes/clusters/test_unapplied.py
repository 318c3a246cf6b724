"""What Flux and Argo CD change by themselves is told, since it isn't applied."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

FLUX = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: care}\nspec:\n  path: ./apps\n"
ARGO = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: care}\nspec:\n  source:\n    path: apps\n"
SET = "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: care}\nspec:\n  template:\n    spec:\n"
RELEASE = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: care}\nspec:\n"
PATCH = "[{patch: 'x'}]"


def said(text: str) -> list[tuple[int | None, object, object]]:
    """Line, count and field of each remark on what isn't applied."""
    reading = manifests.read(
        MemoryReader({"flux/a.yaml": text}), ReadOptions(), catalog().hints()
    )
    remarks = [each for each in reading.remarks if each.note.key == "kubernetes.unapplied"]
    return [
        (each.line, each.note.params["count"], each.note.params["field"]) for each in remarks
    ]


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (f"{FLUX}  patches: {PATCH}\n", 6, "patches"),
        (f"{FLUX}  components: [../aws]\n", 6, "components"),
        (
            f"{FLUX}  commonMetadata: {{labels: {{sovlint.dev/data: health}}}}\n",
            6,
            "sovlint.dev/data",
        ),
        (f"{ARGO}    kustomize: {{patches: {PATCH}}}\n", 7, "patches"),
        (
            f"{ARGO}  sources:\n    - {{path: a}}\n    - {{path: b, kustomize: {{patches: {PATCH}}}}}\n",
            9,
            "patches",
        ),
        (f"{SET}      source: {{path: a, kustomize: {{patches: {PATCH}}}}}\n", 7, "patches"),
        (f"{RELEASE}  postRenderers:\n    - kustomize: {{patches: {PATCH}}}\n", 6, "patches"),
    ],
)
def test_a_change_that_is_not_applied_is_told(text: str, line: int, field: str) -> None:
    assert said(text) == [(line, 1, field)]


def test_it_is_told_once_with_how_many_there_are() -> None:
    assert said(
        f"{FLUX}  patches: {PATCH}\n---\n{ARGO}    kustomize: {{patches: {PATCH}}}\n"
    ) == [(6, 2, "patches")]


@pytest.mark.parametrize(
    "text",
    [
        FLUX,
        f"{FLUX}  patches: []\n",
        f"{FLUX}  commonMetadata: {{labels: {{team: care}}}}\n",
        f"{ARGO}    kustomize: {{images: [a=b]}}\n",
        f"{RELEASE}  postRenderers: []\n",
        f"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {{name: a}}\npatches: {PATCH}\n",
    ],
)
def test_what_bears_on_nothing_is_not_told(text: str) -> None:
    assert said(text) == []
