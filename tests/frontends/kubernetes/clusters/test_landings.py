"""Whether the cluster that is declared for an object is the one that it lands on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.resources.resource import Named
from sovlint.model.source import Span
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec: {containers: [{name: a, image: acme/api}]}\n"
TEMPLATE = {
    "metadata": {"name": "app-{{c}}"},
    "spec": {"destination": {"name": "{{c}}"}, "source": {"path": "charts/api"}},
}
HERE = ("argo", True, ())
FAR, FURTHER = (("argo", False, (name,)) for name in ("far", "further"))
CHART = {
    "charts/api/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
    "charts/api/templates/pod.yaml": POD,
}

Landed = list[tuple[str, bool, tuple[str, ...]]]


def application(name: str) -> str:
    kind = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": "x"},
    }
    spec = {"destination": {"name": name}, "source": {"path": "charts/api"}}
    return json.dumps({**kind, "spec": spec})


def set_of(*names: str) -> str:
    kind = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ApplicationSet",
        "metadata": {"name": "x"},
    }
    generators = [{"list": {"elements": [{"c": name} for name in names]}}]
    return json.dumps({**kind, "spec": {"generators": generators, "template": TEMPLATE}})


def named(
    files: Mapping[str, str], declared: Callable[[str], bool] = lambda path: True
) -> dict[tuple[str, str | None], Named]:
    """What is said of the cluster of each object, by its name and variant, with one cluster that is declared."""
    cluster = Cluster(declared, "scaleway", "fr-par", Span("sovlint.yaml", 1, 1, 1, 9))
    reading = manifests.read(
        MemoryReader({**files}), ReadOptions(clusters=(cluster,)), catalog().hints()
    )
    assert reading.failures == ()
    return {
        (each.address.partition("/")[2], each.variant): each.named
        for each in reading.resources
        if each.named is not None
    }


def landed(found: Named) -> tuple[bool, Landed]:
    """Whether the declared cluster counts, and where else it may be: the folder, what stands beside, the names."""
    landings = [(each.folder, each.beside, each.called) for each in found.landings]
    return isinstance(found.provider, Known), landings


@pytest.mark.parametrize(
    ("text", "is_declared", "landings"),
    [
        (POD, True, [HERE]),  # deploys nothing
        (application("in-cluster"), True, [HERE]),
        (application("far"), False, [FAR]),
        (set_of("in-cluster"), True, [HERE]),
        (set_of("in-cluster", "in-cluster"), True, [HERE]),
        (set_of("far"), False, [FAR]),
        (set_of("in-cluster", "far"), False, [HERE, FAR]),  # one elsewhere is enough
        (set_of("far", "further"), False, [FAR, FURTHER]),
    ],
)
def test_what_deploys_anything_elsewhere_is_not_where_its_own_cluster_is_declared(
    text: str, is_declared: bool, landings: Landed
) -> None:
    (found,) = named({"argo/x.yaml": text}).values()
    assert landed(found) == (is_declared, landings)


@pytest.mark.parametrize(
    ("text", "landings"),
    [
        (application("in-cluster"), {"-/x": [HERE]}),
        (application("far"), {"-/x": [FAR]}),
        (set_of("in-cluster", "far"), {"-/app-in-cluster": [HERE], "-/app-far": [FAR]}),
        (set_of("far", "further"), {"-/app-far": [FAR], "-/app-further": [FURTHER]}),
    ],
)
def test_what_a_chart_renders_to_lands_where_that_application_of_it_goes(
    text: str, landings: dict[str, Landed]
) -> None:
    found = named({**CHART, "argo/x.yaml": text}, lambda path: path.startswith("argo/"))
    assert {
        variant: landed(each)[1]
        for (name, variant), each in found.items()
        if name == "Pod/api"
    } == landings


@pytest.mark.parametrize(
    ("written", "kustomization", "declared", "is_declared"),
    [
        ("prod/pod.yaml", None, "prod/pod.yaml", True),
        ("prod/pod.yaml", "prod", "prod/pod.yaml", True),
        ("prod/pod.yaml", "prod", "prod/kustomization.yaml", True),
        ("base/pod.yaml", "prod", "prod/kustomization.yaml", True),
        (
            "base/pod.yaml",
            "prod",
            "base/pod.yaml",
            False,
        ),  # another overlay may put it elsewhere
    ],
)
def test_a_cluster_declared_for_a_file_counts_within_its_kustomization(
    written: str, kustomization: str | None, declared: str, is_declared: bool
) -> None:
    files = {written: POD}
    if kustomization is not None:
        files[f"{kustomization}/kustomization.yaml"] = f"resources: [../{written}]\n"
    (found,) = named(files, lambda path: path == declared).values()
    assert landed(found)[0] is is_declared
