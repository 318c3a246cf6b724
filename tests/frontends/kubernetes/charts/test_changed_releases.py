"""What a HelmRelease changes in what its chart renders to, and values that somebody fills in later."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known
from tests.frontends.kubernetes.charts.test_rendered_charts import (
    CHART,
    exists,
    job,
    reading,
    resources,
)

RELEASE = """apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: a, namespace: care}
spec:
  chart: {spec: {chart: ./c, sourceRef: {kind: GitRepository, name: here}}}
  postRenderers:
    - kustomize:
        patches:
"""
TARGET = "          - target: {kind: Job}\n            patch: |\n"
NAMED = "          - patch: |\n"
STRATEGIC = """\
              apiVersion: batch/v1
              kind: Job
              metadata: {name: a}
              spec: {template: {spec: {containers: [{name: a, image: example/other}]}}}
"""
JSON = """\
              - op: replace
                path: /spec/template/spec/containers/0/image
                value: example/new
"""
DELETE = """\
              $patch: delete
              apiVersion: batch/v1
              kind: Job
              metadata: {name: a}
"""
FOREIGN = STRATEGIC.replace("name: a}", "name: z}")


def _read(patches: str) -> tuple[dict[str, list[str]], list[str]]:
    """The images of each job, and what is remarked."""
    found = reading(
        {
            "c/Chart.yaml": CHART,
            "c/templates/a.yaml": job("a") + "\n---\n" + job("{{ .Values.x | default `b` }}"),
            "apps/a.yaml": RELEASE + patches,
        }
    )
    jobs = {
        each.address: [image.value for image in each.images if isinstance(image, Known)]
        for each in found.resources
        if "/Job/" in each.address
    }
    return jobs, [each.note.key for each in found.remarks]


@pytest.mark.parametrize(
    ("patches", "images"),
    [
        (NAMED + STRATEGIC, {"a": "example/other", "b": "example/a"}),
        (TARGET + STRATEGIC, {"a": "example/other", "b": "example/other"}),
        (NAMED + FOREIGN, {"a": "example/a", "b": "example/a"}),
        (TARGET + JSON, {"a": "example/new", "b": "example/new"}),
        (NAMED + DELETE, {"b": "example/a"}),
    ],
)
def test_patches_change_what_they_name(patches: str, images: dict[str, str]) -> None:
    jobs, remarks = _read(patches)
    assert {address.rpartition("/")[2]: image for address, (image,) in jobs.items()} == images
    assert "kubernetes.unapplied" not in remarks


def test_what_can_not_be_applied_is_said() -> None:
    jobs, remarks = _read(NAMED + "              - not a patch\n")
    assert sorted(jobs) == ["k8s:care/Job/a", "k8s:care/Job/b"]
    assert "kubernetes.unapplied" in remarks


@pytest.mark.parametrize(
    ("value", "there"),
    [("prod", True), ("'${ENV}'", None), ("'${ENV:=test}'", None), ("'a ${ENV}'", False)],
)
def test_nothing_is_decided_by_a_variable_that_somebody_fills_in(
    value: str, there: bool | None
) -> None:
    release = RELEASE.partition("  postRenderers")[0] + f"  values: {{env: {value}}}\n"
    template = f"{{{{ if eq .Values.env `prod` }}}}\n{job('a')}\n{{{{ end }}}}\n"
    files = {"c/Chart.yaml": CHART, "c/templates/a.yaml": template, "apps/a.yaml": release}
    found = resources(files).get(("k8s:care/Job/a", "care/a"))
    assert (False if found is None else exists(found)) is there


def test_nor_by_one_in_the_values_of_an_environment() -> None:
    template = f"{{{{ if eq .Values.env `prod` }}}}\n{job('a')}\n{{{{ end }}}}\n"
    files = {
        "c/Chart.yaml": CHART,
        "c/templates/a.yaml": template,
        "c/values-test.yaml": "env: ${ENV}\n",
    }
    found = resources(files)["k8s:-/Job/a", "values-test.yaml"]
    assert exists(found) is None
