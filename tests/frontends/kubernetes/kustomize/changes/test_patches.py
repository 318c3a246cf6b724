"""What a patch may change of the object that it is laid over, and what stays."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes import read
from sovlint.model.inputs import ReadOptions
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: api%s}\n"
PATCH = """
resources: [pod.yaml]
patches:
  - target: {kind: Pod}
    patch: |-
      apiVersion: v2
      kind: Job
      metadata: {name: other, namespace: elsewhere}
      spec: {paused: true}
    options: {%s}
"""


def patched(namespace: str, options: str) -> str:
    """The address of the one object, and the version of its kind."""
    files: dict[str, str | bytes | None] = {
        "kustomization.yaml": PATCH % options,
        "pod.yaml": POD % namespace,
    }
    reading = read(MemoryReader(files), ReadOptions(), Hints())
    (found,) = reading.resources
    assert reading.failures == ()
    assert [each.value.value for each in found.attributes.read("spec.paused")] == [True]
    (version,) = found.attributes.read("apiVersion")
    return f"{version.value.value} {found.address}"


@pytest.mark.parametrize(
    ("namespace", "options", "expected"),
    [
        (", namespace: claims", "", "v1 k8s:claims/Pod/api"),
        ("", "", "v1 k8s:-/Pod/api"),
        (", namespace: claims", "allowNameChange: true", "v1 k8s:claims/Pod/other"),
        (", namespace: claims", "allowKindChange: true", "v1 k8s:claims/Job/api"),
    ],
)
def test_no_patch_moves_an_object_to_another_namespace(
    namespace: str, options: str, expected: str
) -> None:
    """As in Kustomize: its name and its kind change where that is allowed, its namespace and version never."""
    assert patched(namespace, options) == expected
