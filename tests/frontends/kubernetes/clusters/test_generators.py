"""What the generators of application sets give, and the charts that these install."""

from __future__ import annotations

from typing import Any

import pytest

from sovlint.documents import load
from sovlint.documents.cursor import Cursor
from sovlint.frontends.kubernetes.clusters.application_sets import filled
from sovlint.frontends.kubernetes.clusters.generator_files import GeneratorFiles
from sovlint.frontends.kubernetes.clusters.generators import GeneratorSources, parameters
from sovlint.frontends.kubernetes.clusters.registered import ArgoCluster
from sovlint.model.source import Span
from tests.frontends.kubernetes.charts.test_rendered_charts import (
    addresses,
    exists,
    job,
    resources,
)
from tests.frontends.memory import MemoryReader

FILES: dict[str, str | bytes | None] = {
    "envs/paris/values.yaml": "region: fr\ntier: {name: prod}\nsize: 3\n",
    "envs/lyon/values.yaml": "region: fr\ntier: {name: test}\n",
    "envs/old/values.yaml": "region: us\n",
    "envs/paris/deep/x.yaml": "a: 1\n",
    ".github/envs/a.yaml": "a: 1\n",
}
CLUSTERS = [ArgoCluster("one", "https://one", {"tier": "prod"}, Span("s.yaml", 1, 1, 1, 1))]
FOLDERS = "{git: {directories: [{path: 'envs/*'}, {path: envs/old, exclude: true}]}}"
LIST = "{list: {elements: [{cluster: a, region: eu}, {cluster: b, region: us}]}}"


def given(generators: str, text: str, go: bool = False) -> list[str]:
    """A text, filled with each set of parameters."""
    written = f"goTemplate: {str(go).lower()}\ngenerators: [{generators}]\n"
    document = next(iter(load(written, "set.yaml")))
    spec = Cursor(document, (), document.data)
    sources = GeneratorSources(CLUSTERS, GeneratorFiles(MemoryReader(FILES)))
    return [filled(text, each, go) for each in parameters(spec, sources)]


@pytest.mark.parametrize(
    ("generators", "text", "told"),
    [
        (LIST, "{{cluster}}-{{ region }}-{{x}}", ["a-eu-{{x}}", "b-us-{{x}}"]),
        (FOLDERS, "{{path}} {{path.basename}} {{path[0]}}", ["envs/lyon lyon envs", "envs/paris paris envs"]),
        ("{git: {directories: [{path: nowhere}]}}", "{{path}}", ["{{path}}"]),
        ("{git: {files: [{path: 'envs/*/values.yaml'}]}}", "{{path.basename}}:{{tier.name}}",
         ["lyon:test", "old:{{tier.name}}", "paris:prod"]),
        ("{git: {pathParamPrefix: p, directories: [{path: envs/old}]}}", "{{p.path.basename}}", ["old"]),
        ("{git: {directories: [{path: envs/old}], values: {n: 'x-{{path.basename}}'}}}", "{{values.n}}", ["x-old"]),
        (f"{{matrix: {{generators: [{LIST}, {{clusters: {{}}}}]}}}}", "{{cluster}} {{name}}", ["a one", "b one"]),
        (f"{{matrix: {{generators: [{LIST}, {{list: {{elements: [{{n: '{{{{cluster}}}}'}}]}}}}]}}}}", "{{n}}", ["a", "b"]),
        (f"{{merge: {{mergeKeys: [cluster], generators: [{LIST}, {{list: {{elements: [{{cluster: b, region: fr}}]}}}}]}}}}",
         "{{cluster}} {{region}}", ["a eu", "b fr"]),
        (LIST.replace("{list", "{selector: {matchLabels: {region: us}}, list"), "{{cluster}}", ["b"]),
        ("{pullRequest: {github: {}}}", "{{number}}", ["{{number}}"]),
    ],
)  # fmt: skip
def test_generators_give_sets_of_parameters(
    generators: str, text: str, told: list[str]
) -> None:
    assert given(generators, text) == told


@pytest.mark.parametrize(
    ("generators", "text", "told"),
    [
        (FOLDERS, "{{ .path.path }} {{ index .path.segments 1 | upper }}", ["envs/lyon LYON", "envs/paris PARIS"]),
        ("{git: {files: [{path: envs/paris/values.yaml}]}}", "{{ .tier.name }}{{ .size }}", ["prod3"]),
        (LIST, "{{ if eq .region `eu` }}in{{ else }}out{{ end }}", ["in", "out"]),
        ("{clusters: {}}", "{{ .metadata.labels.tier }} {{ .server }}", ["prod https://one"]),
        ("{clusters: {selector: {matchLabels: {tier: x}}}}", "{{ .name }}", ["{{ .name }}"]),
        (LIST, "{{ .cluster | nothing }}", ["{{ .cluster | nothing }}"] * 2),
    ],
)  # fmt: skip
def test_templates_of_go_are_executed(generators: str, text: str, told: list[str]) -> None:
    assert given(generators, text, go=True) == told


SET = """apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  goTemplate: true
  generators: [{git: {directories: [{path: 'envs/*'}, {path: envs/old, exclude: true}]}}]
  template:
    metadata: {name: 'app-{{ .path.basename }}'}
    spec:
      destination: {name: in-cluster, namespace: '{{ .path.basename }}'}
      sources:
        - {path: chart, helm: {valueFiles: ['$values/{{ .path.path }}/values.yaml']}}
        - {ref: values, repoURL: https://example.org/here}
"""


def test_each_application_of_a_set_installs_its_chart_with_its_own_values() -> None:
    chart: dict[str, Any] = {
        "chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
        "chart/templates/a.yaml": job("{{ .Release.Name }}-{{ .Values.tier.name }}"),
        "argo/set.yaml": SET,
    }
    found = addresses({**FILES, **chart})  # type: ignore[arg-type]
    assert {each for each in found if "/Job/" in each[0]} == {
        ("k8s:lyon/Job/app-lyon-test", "lyon/app-lyon"),
        ("k8s:paris/Job/app-paris-prod", "paris/app-paris"),
    }


def test_nothing_is_decided_by_a_value_that_nobody_fills_in() -> None:
    text = """apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  generators: [{pullRequest: {github: {}}}]
  template:
    metadata: {name: app}
    spec:
      destination: {name: in-cluster, namespace: care}
      source: {path: chart, helm: {valuesObject: {env: '{{env}}', list: ['{{env}}']}}}
"""
    condition = "{{ if and (eq .Values.env `prod`) (eq (first .Values.list) `prod`) }}"
    chart = {
        "chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
        "chart/templates/a.yaml": f"{condition}\n{job('a')}\n{{{{ end }}}}\n",
        "argo/set.yaml": text,
    }
    found = resources(chart)
    assert exists(found["k8s:care/Job/a", "care/app"]) is None
