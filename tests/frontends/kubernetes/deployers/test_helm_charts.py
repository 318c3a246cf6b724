"""Charts of this repository that a kustomization has rendered, and what it changes in them."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.charts.house import Files, placed
from tests.frontends.kubernetes.deployers.house import (
    HERE,
    PARIS,
    THERE,
    VIRGINIA,
    databases,
    document,
    said,
)

CHARTS = "helmGlobals: {chartHome: ../charts}\nhelmCharts: [{name: api, releaseName: api}]\n"
CONTAINER = f"{{name: api, env: [{{name: DATABASE_HOST, value: {VIRGINIA}}}]}}"
PATCH = f"{{apiVersion: v1, kind: Pod, metadata: {{name: api}}, spec: {{containers: [{CONTAINER}]}}}}"
OTHER = PATCH.replace("{name: api}, spec", "{name: web}, spec")
JSON = f"[{{op: replace, path: /spec/containers/0/env/0/value, value: {VIRGINIA}}}]"
OVER = "resources: [../k]\n"


@pytest.mark.parametrize(
    ("base", "over", "expected"),
    [
        ("", "", HERE),
        (f"patches: [{{patch: '{PATCH}'}}]", "", THERE),
        (f"patches: [{{patch: '{OTHER}'}}]", "", HERE),
        ("patches: [{path: patch.yaml}]", "", THERE),
        (f"patches: [{{target: {{kind: Pod}}, patch: '{JSON}'}}]", "", THERE),
        (f"patches: [{{target: {{kind: Job}}, patch: '{JSON}'}}]", "", HERE),
        ("patchesStrategicMerge: [patch.yaml]", "", THERE),
        (
            "patchesJson6902: [{target: {version: v1, kind: Pod, name: api}, path: json.yaml}]",
            "",
            THERE,
        ),
        ("", f"patches: [{{patch: '{PATCH}'}}]", THERE),
        # The outer one wins, since it comes later.
        (
            f"patches: [{{patch: '{PATCH}'}}]",
            f"patches: [{{patch: '{PATCH.replace(VIRGINIA, PARIS)}'}}]",
            HERE,
        ),
    ],
)
def test_patches_are_laid_on_what_a_chart_renders_to(
    base: str, over: str, expected: str
) -> None:
    files: Files = {
        "k/kustomization.yaml": CHARTS + base,
        "over/kustomization.yaml": OVER + over,
    }
    beside: Files = {"patch.yaml": PATCH, "json.yaml": JSON}
    files |= {f"k/{name}": text for name, text in beside.items() if name in base}
    assert databases(files) == [expected]


def test_replacements_are_made_in_what_a_chart_renders_to() -> None:
    settings = f"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c}}, data: {{host: {VIRGINIA}}}}}"
    for target, expected in (("{kind: Pod}", THERE), ("{kind: Pod, name: web}", HERE)):
        replacement = (
            "{source: {kind: ConfigMap, name: c, fieldPath: data.host}, targets: "
            f"[{{select: {target}, fieldPaths: [spec.containers.0.env.0.value]}}]}}"
        )
        files: Files = {
            "k/kustomization.yaml": f"{CHARTS}resources: [c.yaml]\nreplacements: [{replacement}]\n",
            "k/c.yaml": settings,
        }
        assert databases(files) == [expected]


def test_a_replacement_that_cannot_be_made_leaves_patches_alone() -> None:
    replacement = (
        "{sourceValue: x, targets: [{select: {kind: Pod}, fieldPaths: [spec.nothing.here]}]}"
    )
    said = f"{CHARTS}patches: [{{patch: '{PATCH}'}}]\nreplacements: [{replacement}]\n"
    assert databases({"k/kustomization.yaml": said}) == [THERE]


def test_flux_changes_what_a_chart_renders_to() -> None:
    spec = {"path": "./k", "patches": [{"patch": PATCH}]}
    flux = document("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "api", spec=spec)
    assert databases({"k/kustomization.yaml": CHARTS, "flux.yaml": flux}) == [THERE]


def test_only_a_chart_that_is_not_here_is_said_not_to_be_rendered() -> None:
    key = "kubernetes.kustomize.helm"
    assert key not in said({"k/kustomization.yaml": CHARTS})
    assert key in said({"k/kustomization.yaml": CHARTS.replace("name: api,", "name: web,")})
    assert placed({"k/kustomization.yaml": CHARTS.replace("name: api,", "name: web,")})
