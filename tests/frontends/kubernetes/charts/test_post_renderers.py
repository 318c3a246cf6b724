"""What a HelmRelease changes by patches in what its chart renders to."""

from __future__ import annotations

import pytest

from sovlint.model.value import Known
from tests.frontends.kubernetes.charts.test_rendered_charts import CHART, job, reading

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
