"""Which objects are told to run on a developer's own machine: by what, and along with what."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.source import Span
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec: {containers: [{name: a, image: acme/api}]}\n"
OWN, OTHER = "localhost:5001/a", "rg.fr-par.scw.cloud/a"


def images(*names: str) -> str:
    containers = [{"name": f"c{at}", "image": name} for at, name in enumerate(names)]
    spec = {"containers": containers}
    return json.dumps(
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": spec}
    )


def hosts(*names: str) -> str:
    spec = {"rules": [{"host": each} for each in names]}
    meta = {"name": "x"}
    kind = "networking.k8s.io/v1"
    return json.dumps({"apiVersion": kind, "kind": "Ingress", "metadata": meta, "spec": spec})


def doubted(files: Mapping[str, str], *clusters: Cluster) -> dict[str, tuple[str, str, str]]:
    """Of each Pod ``api`` that is doubted, by its file: what shows it, where, and for which environment it isn't proved."""
    reading = manifests.read(
        MemoryReader({**files}), ReadOptions(clusters=clusters), catalog().hints()
    )
    assert reading.failures == ()
    found = {}
    for each in reading.resources:
        doubt = each.named.doubt if each.named is not None else None
        if each.address.endswith("Pod/api") and doubt is not None:
            said, at = doubt.note.params, doubt.where.span()
            found[each.where.span().path] = (
                str(said["shown"].params["value"]), at.path, str(said["environment"]),
            )  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("beside", "shown"),
    [
        (hosts("a.localhost"), "a.localhost"),
        (hosts("a.localhost", "b.localtest.me"), "a.localhost"),
        (hosts("a.localhost", "care.acme.fr"), None),  # it is reached from elsewhere too
        (hosts("care.acme.fr"), None),
        (hosts(), None),
        (images(OWN), OWN),
        (images(OTHER, OWN), OWN),  # one image of the machine is enough
        (images(OTHER), None),
    ],
)
def test_by_all_hosts_of_a_route_or_any_image(beside: str, shown: str | None) -> None:
    found = doubted({"k8s/pod.yaml": POD, "k8s/x.json": beside, "other/pod.yaml": POD})
    assert found == ({} if shown is None else {"k8s/pod.yaml": (shown, "k8s/x.json", "k8s")})


def test_of_a_deployment_too_of_whose_images_other_things_are_asked_before() -> None:
    template = {"spec": {"containers": [{"name": "c", "image": OWN}]}}
    made = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x"}}
    beside = json.dumps({**made, "spec": {"template": template}})
    assert doubted({"k8s/pod.yaml": POD, "k8s/x.json": beside}) == {
        "k8s/pod.yaml": (OWN, "k8s/x.json", "k8s")
    }


def test_at_the_top_the_environment_is_a_dot() -> None:
    assert doubted({"pod.yaml": POD, "x.json": images(OWN), "k8s/pod.yaml": POD}) == {
        "pod.yaml": (OWN, "x.json", ".")
    }


@pytest.mark.parametrize(
    ("destination", "is_doubted"), [("dev/care", False), ("prod", True), ("dev", True)]
)
def test_a_cluster_declared_for_that_environment_is_one_all_the_same(
    destination: str, is_doubted: bool
) -> None:
    files = {"dev/care/pod.yaml": POD, "dev/care/x.json": images(OWN)}
    where = Span("sovlint.yaml", 1, 1, 1, 9)
    every = Cluster(lambda path: True, "scaleway", "fr-par", where)
    there = Cluster(lambda path: True, "ovh", "gra", where, destinations=(destination,))
    assert bool(doubted(files, every, there)) is is_doubted
