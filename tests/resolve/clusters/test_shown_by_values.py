"""Where charts and their releases land, as values show it: they become annotations, selectors and classes of objects."""

from __future__ import annotations

import json

import pytest

from tests.resolve.cluster_house import placed, pod, where
from tests.resolve.house import shown

NOWHERE = ("no-evidence: clusters", "no-evidence: clusters")
AWS = ("aws", "no-evidence: region")
CHART = {"chart/Chart.yaml": "name: api\nversion: 1.0.0\n"}
ROLE = (
    "{serviceAccount: {annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::1:role/a'}}}"
)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (ROLE, AWS),
        (
            "{serviceAccount: {annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::{{ .Values.account }}:role/a'}}}",
            AWS,
        ),
        ("{serviceAccount: {annotations: {eks.amazonaws.com/role-arn: ''}}}", NOWHERE),
        (
            "{ingress: {annotations: {alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:eu-west-3:1:certificate/a'}}}",
            ("aws", "eu-west-3"),
        ),
        (
            "{controller: {service: {annotations: {service.beta.kubernetes.io/scw-loadbalancer-zone: fr-par-1}}}}",
            ("scaleway", "fr-par"),
        ),
        ("{web: {persistence: {storageClass: scw-bssd}}}", ("scaleway", "no-evidence: region")),
        ("{web: {persistence: {storageClass: standard}}}", NOWHERE),
        ("{web: {persistence: {storageClass: '{{ .Values.kept }}'}}}", NOWHERE),
        ("{ingress: {className: alb}}", AWS),
        ("{ingress: {enabled: false, className: alb}}", NOWHERE),
        (
            "{worker: {nodeSelector: {topology.kubernetes.io/zone: europe-west9-a}}}",
            ("google-cloud", "europe-west9"),
        ),
        ("{parts: [{nodeSelector: {k8s.scaleway.com/pool-name: a}}]}", ("scaleway", "no-evidence: region")),
        # A wish, and another cloud's classes in a list of examples.
        ("{affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}}", NOWHERE),
        ("{docs: {storageClasses: [gp2, do-block-storage]}}", NOWHERE),
        ("{ingress: {className: alb}, db: {storageClass: scw-bssd}}", ({"aws", "scaleway"}, "...")),
    ],
)  # fmt: skip
def test_values_show_where_a_chart_lands(values: str, place: tuple[object, object]) -> None:
    files = {**CHART, "chart/values-prod.yaml": values}
    found = where(files, "chart/values-prod.yaml helm:api")
    assert found[0] == place[0]
    if not isinstance(place[0], set):
        assert found == place


def test_values_of_an_environment_show_where_that_lands_alone() -> None:
    files = {
        **CHART,
        "chart/values.yaml": "{a: 1}",
        "chart/values-prod.yaml": "{ingress: {className: alb}}",
        "chart/values-test.yaml": "{ingress: {className: nginx}}",
    }
    assert where(files, "chart/values-prod.yaml helm:api") == AWS
    assert where(files, "chart/values-test.yaml helm:api") == NOWHERE
    assert where(files, "chart/Chart.yaml helm:api") == NOWHERE


def test_what_an_environment_empties_shows_nothing() -> None:
    files = {
        **CHART,
        "chart/values.yaml": "{ingress: {className: alb}}",
        "chart/values-prod.yaml": "{a: 1}",
        "chart/values-test.yaml": "{ingress: {className: nginx}}",
    }
    assert where(files, "chart/values-prod.yaml helm:api") == AWS
    assert where(files, "chart/values-test.yaml helm:api") == NOWHERE


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ("{ingress: {className: alb}}", NOWHERE),
        ("{web: {persistence: {storageClass: scw-bssd}}}", NOWHERE),
        (ROLE, AWS),
        ("{worker: {nodeSelector: {topology.kubernetes.io/zone: europe-west9-a}}}", ("google-cloud", "europe-west9")),
    ],
)  # fmt: skip
def test_of_a_chart_that_nothing_installs_only_accounts_and_regions_count(
    values: str, place: tuple[object, object]
) -> None:
    """Whoever installs it may give other values than its defaults."""
    assert where({**CHART, "chart/values.yaml": values}, "chart/Chart.yaml helm:api") == place


def _release(**spec: object) -> str:
    return json.dumps(
        {
            "apiVersion": "helm.toolkit.fluxcd.io/v2",
            "kind": "HelmRelease",
            "metadata": {"name": "web"},
            "spec": {"chart": {"spec": {"chart": "web"}}, **spec},
        },
        indent=1,
    )


def _application(server: str) -> str:
    source = {"chart": "web", "helm": {"valuesObject": {"ingress": {"className": "alb"}}}}
    spec = {"source": source, "destination": {"server": server}}
    return json.dumps(
        {
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": {"name": "web"},
            "spec": spec,
        },
        indent=1,
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (_release(values={"ingress": {"className": "alb"}}), AWS),
        (_release(values={"ingress": {"className": "nginx"}}), NOWHERE),
        (_release(values={"ingress": {"className": "alb"}}, kubeConfig={"secretRef": {"name": "far"}}), NOWHERE),
        (_application("https://kubernetes.default.svc"), AWS),
        (_application("https://far.example.org"), NOWHERE),
    ],
)  # fmt: skip
def test_values_of_a_release_show_its_own_cluster(
    text: str, place: tuple[object, object]
) -> None:
    files = {"k8s/pod.yaml": pod(), "k8s/web.yaml": text}
    assert where(files, "k8s/pod.yaml k8s:-/Pod/api") == place


APPLICATION = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: "web-{{ .Values.name }}"}
spec:
  source: {path: apps/web, helm: {valueFiles: [values.yaml, "values-{{ .Values.name }}.yaml"]}}
  destination: {server: "https://kubernetes.default.svc"}
"""
SERVICE = """apiVersion: v1
kind: Service
metadata: {name: "{{ .Release.Name }}", annotations: {{ toJson .Values.annotations }}}
spec: {type: LoadBalancer}
---
apiVersion: v1
kind: Pod
metadata: {name: "{{ .Release.Name }}"}
spec: {containers: []}
"""


def test_each_environment_of_what_deploys_others_is_a_cluster_of_its_own() -> None:
    """What one environment's releases are given says nothing of where the others land."""
    paris = "{annotations: {service.beta.kubernetes.io/scw-loadbalancer-zone: fr-par-1}}"
    files = {
        "envs/Chart.yaml": "name: envs\nversion: 1.0.0\n",
        "envs/values.yaml": "{name: none}",
        "envs/values-cloud.yaml": "{name: cloud}",
        "envs/values-house.yaml": "{name: house}",
        "envs/templates/web.yaml": APPLICATION,
        "apps/web/Chart.yaml": "name: web\nversion: 1.0.0\n",
        "apps/web/values.yaml": "{annotations: {}}",
        "apps/web/values-cloud.yaml": paris,
        "apps/web/values-house.yaml": "{annotations: {a: b}}",
        "apps/web/templates/web.yaml": SERVICE,
    }
    found, _ = placed(files)
    pods = {
        each.resource.address: shown(at.provider)
        for each in found.values()
        for at in each.placements
        if "Pod/web-" in each.resource.address and shown(at.role) == "compute"
    }
    assert pods == {
        "k8s:-/Pod/web-cloud": "scaleway",
        "k8s:-/Pod/web-house": "no-evidence: clusters",
        "k8s:-/Pod/web-none": "no-evidence: clusters",
    }
