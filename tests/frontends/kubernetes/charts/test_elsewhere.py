"""What a chart makes for other clusters, names and namespaces than ``helm template`` takes for granted, and by upgrades."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from sovlint.frontends.kubernetes.charts.alike import is_within
from sovlint.frontends.kubernetes.manifests import read
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

CHART = "apiVersion: v2\nname: claims\nversion: 1.0.0\n"
WORKLOAD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec: {template: {spec: {containers: [{name: a, image: a, env: ENV}]}}}
"""
PERHAPS = (
    '.Capabilities.APIVersions.Has "cert-manager.io/v1"',
    'not (.Capabilities.APIVersions.Has "apps/v1")',
    'has "cert-manager.io/v1" .Capabilities.APIVersions',
    'contains "cert-manager.io" (toString .Capabilities.APIVersions)',
    'contains "gke" (toString .Capabilities.KubeVersion)',
    'eq (.Capabilities.KubeVersion.Version | splitList "." | first) "v2"',
    'eq (index .Release "Namespace") "prod"',
    'and (.Capabilities.APIVersions.Has "a/v1") (not (.Capabilities.APIVersions.Has "b/v1"))',
    'semverCompare "<1.20-0" .Capabilities.KubeVersion.Version',
    'semverCompare "<1.20-0" .Capabilities.KubeVersion.String',
    "lt (.Capabilities.KubeVersion.Minor | int) 20",
    'eq .Capabilities.KubeVersion.GitVersion "v1.20.0"',
    'eq .Capabilities.HelmVersion.Version "v3.1.0"',
    "gt (.Release.Revision | int) 1",
    'eq .Release.Namespace "prod"',
    'hasPrefix "prod-" (.Release.Namespace | lower)',
    'eq (include "namespace" .) "prod"',
    'contains "prod" .Release.Name',
    "index .Values.switches .Release.Namespace",
    'and .Release.IsUpgrade (.Capabilities.APIVersions.Has "a/v1")',
    'lookup "v1" "Secret" "a" "b"',
)
"""Conditions of which nobody here knows whether they hold, and that don't for ``helm template``."""
SURELY = (
    ".Release.IsUpgrade",
    ".Release.IsInstall",
    "not .Release.IsInstall",
    "or .Release.IsInstall (eq .Release.Revision 7)",
    'semverCompare ">=1.20-0" .Capabilities.KubeVersion.Version',
    'not (.Capabilities.APIVersions.Has "cert-manager.io/v1")',
    'ne .Release.Namespace "prod"',
)
"""Conditions that hold some day for everybody, or for ``helm template``."""
NEVER = (
    'eq .Release.Service "Tiller"',
    "and .Release.IsInstall .Release.IsUpgrade .Values.off",
)


def conditional(name: str, condition: str) -> str:
    text = WORKLOAD.replace("NAME", name).replace("ENV", "[]")
    return f"{{{{- if {condition} }}}}{text}{{{{- end }}}}\n"


@cache
def made() -> dict[str, list[Resource]]:
    """What the chart makes, by address."""
    conditions = (*PERHAPS, *SURELY, *NEVER)
    files: dict[str, str | bytes | None] = {
        f"c/templates/{number}.yaml": conditional(f"d{number}", condition)
        for number, condition in enumerate(conditions)
    }
    helpers = '{{ define "namespace" }}{{ default .Release.Namespace .Values.ns }}{{ end }}'
    files |= {
        "c/Chart.yaml": CHART,
        "c/values.yaml": "off: false\nswitches: {default: false}\n",
        "c/templates/_helpers.tpl": helpers,
    }
    return by_address(files)


def by_address(files: dict[str, str | bytes | None]) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    reading = read(MemoryReader(files), ReadOptions(), catalog().hints())
    assert reading.failures == ()
    for each in reading.resources:
        found.setdefault(each.address, []).append(each)
    return found


def rows() -> Iterator[tuple[str, str, list[bool | None]]]:
    expected = ((PERHAPS, [None]), (SURELY, [True]), (NEVER, []))
    number = 0
    for conditions, exist in expected:
        for condition in conditions:
            yield f"d{number}", condition, list(exist)
            number += 1


@pytest.mark.parametrize(("name", "condition", "exist"), [*rows()])
def test_an_object_exists_surely_perhaps_or_never(
    name: str, condition: str, exist: list[bool | None]
) -> None:
    found = made().get(f"k8s:-/Deployment/{name}", [])
    assert [
        each.exists.value if isinstance(each.exists, Known) else None for each in found
    ] == exist, condition


PDB = """
{{- if .Capabilities.APIVersions.Has "policy/v1" }}
apiVersion: policy/v1
{{- else }}
apiVersion: policy/v1beta1
{{- end }}
kind: PodDisruptionBudget
metadata: {name: {{ include "fullname" . }}}
spec: {maxUnavailable: 1}
"""
INGRESS = """
{{- $new := semverCompare ">=1.19-0" .Capabilities.KubeVersion.GitVersion }}
apiVersion: {{ ternary "networking.k8s.io/v1" "extensions/v1beta1" $new }}
kind: Ingress
metadata:
  name: {{ include "fullname" . }}
  namespace: {{ .Release.Namespace | quote }}
spec:
  rules:
    - host: claims.example.org
      http:
        paths:
          - path: /
            {{- if $new }}
            pathType: Prefix
            backend: {service: {name: {{ include "fullname" . }}, port: {number: 80}}}
            {{- else }}
            backend: {serviceName: {{ include "fullname" . }}, servicePort: 80}
            {{- end }}
"""
FULLNAME = """
{{- define "fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end -}}
"""
PRINTED = """
apiVersion: batch/v1
kind: Job
metadata: {name: migrate-{{ .Release.Revision }}, namespace: {{ .Release.Namespace | default "none" }}}
spec:
  template:
    metadata: {annotations: {kubernetes: "{{ .Capabilities.KubeVersion.Version }}"}}
    spec:
      {{- if semverCompare ">=1.25-0" .Capabilities.KubeVersion.Version }}
      hostUsers: false
      {{- end }}
      containers: [{name: a, image: a, env: [{name: RELEASE, value: {{ .Release.Name }}}]}]
"""


def test_the_same_object_for_another_cluster_is_told_once() -> None:
    """What differs is the version of its API, how that calls its fields, or what is printed of the cluster; or it says
    less."""
    found = by_address(
        {
            "c/Chart.yaml": CHART,
            "c/templates/_helpers.tpl": FULLNAME,
            "c/templates/pdb.yaml": PDB,
            "c/templates/ingress.yaml": INGRESS,
            "c/templates/job.yaml": PRINTED,
        }
    )
    assert {address: len(each) for address, each in found.items()} == {
        "k8s:-/PodDisruptionBudget/release-name-claims": 1,
        "k8s:default/Ingress/release-name-claims": 1,
        "k8s:default/Job/migrate-1": 1,
    }
    exist = [resource.exists for each in found.values() for resource in each]
    assert [isinstance(each, Known) and each.value for each in exist] == [True] * 3


def test_what_is_otherwise_on_another_cluster_is_told_besides() -> None:
    """A workload counts by all that it says, whatever the version of its API."""
    variables = '[{name: A, value: {{ ternary "one" "two" NEW }}}, {name: B, value: "one"}]'
    new = '(semverCompare ">=1.19-0" .Capabilities.KubeVersion.Version)'
    text = WORKLOAD.replace("NAME", "a").replace("ENV", variables.replace("NEW", new))
    looked_up = (
        '[{name: A, value: {{ index .Values.hosts .Release.Namespace | default "none" }}}]'
    )
    found = by_address(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "hosts: {default: one}\n",
            "c/templates/a.yaml": text.replace(
                "apps/v1", f'{{{{ ternary "apps/v1" "extensions/v1beta1" {new} }}}}'
            ),
            "c/templates/b.yaml": WORKLOAD.replace("NAME", "b").replace("ENV", looked_up),
        }
    )
    assert {address: len(each) for address, each in found.items()} == {
        "k8s:-/Deployment/a": 2,
        "k8s:-/Deployment/b": 2,
    }


@pytest.mark.parametrize(
    ("new", "told", "within"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1, "b": 2}, {"a": 1}, False),
        ({"a": [{"n": 2}]}, {"a": [{"n": 1}, {"n": 2, "v": 3}]}, True),
        ({"a": [{"n": 2, "v": 4}]}, {"a": [{"n": 2, "v": 3}]}, False),
        ({"a": "1"}, {"a": 1}, False),
        ({"a": "b"}, {"a": {"b": 1}}, False),
    ],
)
def test_what_says_nothing_more(new: object, told: object, within: bool) -> None:
    assert is_within(new, told) is within
