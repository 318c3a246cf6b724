"""Clusters declared for destinations: one path may go to several, which deployers call by name or by API server."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from sovlint.model.inputs import Cluster
from sovlint.model.source import Span
from tests.resolve.cluster_house import annotated, argo, everywhere, flux, pod, where

NOWHERE = ("no-evidence: clusters", "no-evidence: clusters")
PARIS, FALKENSTEIN = ("scaleway", "fr-par"), ("hetzner", "fsn1")
HERE = "apps/api/pod.yaml k8s:-/Pod/api"
FILES = {"apps/api/pod.yaml": pod()}


def _cluster(provider: str, region: str | None, *destinations: str, paths: str = "apps/*") -> Cluster:  # fmt: skip
    where = Span("sovlint.yaml", 1, 1, 1, 1)
    return Cluster(lambda path: fnmatchcase(path, paths), provider, region, where, (paths,), destinations)  # fmt: skip


PROD = _cluster("Scaleway", "fr-par", "prod", "https://prod.example.org:6443")
TEST = _cluster("hetzner", "fsn1", "test")


@pytest.mark.parametrize(
    ("deployers", "place"),
    [
        ([argo("apps/api", name="prod")], PARIS),
        ([argo("apps/api", server="https://prod.example.org:6443")], PARIS),
        ([argo("apps/api", server="https://prod.example.org")], PARIS),
        ([argo("apps/api", name="test")], FALKENSTEIN),
        ([argo("apps/api", name="other")], NOWHERE),
        ([flux("api", "./apps/api", kubeConfig={"secretRef": {"name": "prod"}})], PARIS),
        # Nothing here deploys it: any of those that are declared for the path.
        ([], ({"hetzner", "scaleway"}, "...")),
    ],
)  # fmt: skip
def test_what_goes_to_a_destination_lands_where_that_is_declared(
    deployers: list[str], place: tuple[object, object]
) -> None:
    deploys = {f"argo/{number}.yaml": text for number, text in enumerate(deployers)}
    found = where({**FILES, **deploys}, HERE, PROD, TEST)
    assert found[0] == place[0]
    if place[1] != "...":
        assert found == place


SET = """apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: api}
spec:
  generators: [{list: {elements: [{to: prod}, {to: %s}]}}]
  template:
    metadata: {name: "api-{{to}}"}
    spec: {source: {path: apps/api}, destination: {name: "{{to}}"}}
"""


@pytest.mark.parametrize(
    ("deployers", "places"),
    [
        (
            [argo("apps/api", name="prod"), argo("apps/api", name="test")],
            [FALKENSTEIN, PARIS],
        ),
        ([SET % "test"], [FALKENSTEIN, PARIS]),
        ([SET % "prod"], [PARIS]),
        # One of them isn't known.
        ([argo("apps/api", name="prod"), argo("apps/api", name="other")], [NOWHERE, PARIS]),
        ([SET % "other"], [NOWHERE, PARIS]),
    ],
)
def test_what_goes_to_several_destinations_is_on_each(
    deployers: list[str], places: list[tuple[object, object]]
) -> None:
    deploys = {f"argo/{number}.yaml": text for number, text in enumerate(deployers)}
    assert everywhere({**FILES, **deploys}, HERE, PROD, TEST) == places


CHART = {
    "charts/api/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
    "charts/api/templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: 'api-{{ .Values.to }}'}\n",
    "argo/set.yaml": (SET % "test").replace(
        "path: apps/api", "path: charts/api, helm: {valuesObject: {to: '{{to}}'}}"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "place"), [("prod", PARIS), ("test", FALKENSTEIN)])
def test_what_a_chart_makes_for_one_destination_is_there_alone(
    name: str, place: tuple[str, str]
) -> None:
    prod = _cluster("Scaleway", "fr-par", "prod", paths="*")
    test = _cluster("hetzner", "fsn1", "test", paths="*")
    assert everywhere(CHART, f"Pod/api-{name}", prod, test) == [place]


def test_a_destination_is_declared_for_its_paths_alone() -> None:
    deploys = {"argo/a.yaml": argo("apps/api", name="prod")}
    elsewhere = _cluster("scaleway", "fr-par", "prod", paths="other/*")
    assert where({**FILES, **deploys}, HERE, elsewhere) == NOWHERE


def test_two_declarations_that_contradict_each_other_leave_it_open() -> None:
    deploys = {"argo/a.yaml": argo("apps/api", name="test")}
    plain = _cluster("ovhcloud", "GRA")
    assert where({**FILES, **deploys}, HERE, plain, TEST)[0] == {"hetzner", "ovhcloud"}


def test_what_stands_there_may_contradict_it() -> None:
    deploys = {"argo/a.yaml": argo("apps/api", name="prod")}
    node = pod("other", nodeSelector={"eks.amazonaws.com/nodegroup": "a"})
    found = where({**FILES, **deploys, "apps/api/other.yaml": node}, HERE, PROD)
    assert found[0] == {"aws", "scaleway"}
    balancer = annotated("Service", {"load-balancer.hetzner.cloud/name": "a"})
    assert where({**FILES, **deploys, "apps/api/lb.yaml": balancer}, HERE, PROD) == PARIS
