"""Custom resources that install charts: Flux's, Argo CD's and K3s's, with values in each of their forms."""

from __future__ import annotations

import pytest

from sovlint.documents.tree import Node, plain
from sovlint.frontends.cluster.charts.merge import merged, set_path
from sovlint.model.placement import How
from sovlint.model.source import Span
from tests.frontends.kubernetes.charts.house import (
    CHART,
    CLUSTER,
    Files,
    placed,
    places,
    reading,
)

COMPUTE = f"compute {CLUSTER}"
KEPT = f"at-rest {CLUSTER}"
PARIS = "at-rest aws eu-west-3"
HOST = "db.x.eu-west-3.rds.amazonaws.com"

FLUX = "HelmRelease.helm.toolkit.fluxcd.io"
ARGO = "Application.argoproj.io"


def _flux(spec: str, more: str = "") -> str:
    head = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: claims, namespace: apps}\nspec:\n"
    return f"{head}{_indented(spec)}{more}"


def _argo(
    source: str,
    destination: str = "{server: https://kubernetes.default.svc, namespace: claims}",
) -> str:
    head = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: claims, namespace: argocd}\nspec:\n"
    return f"{head}  destination: {destination}\n  source:\n{_indented(source, 4)}"


def _indented(text: str, by: int = 2) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


def _places(files: Files, address: str) -> list[str]:
    return places(placed(files)[address, None])


def test_inline_values_of_flux_are_read() -> None:
    text = _flux(
        f"chart: {{spec: {{chart: app, sourceRef: {{kind: HelmRepository, name: r}}}}}}\n"
        f"values:\n  persistence: {{enabled: true}}\n  externalDatabase: {{host: {HOST}}}\n"
        "  podLabels: {sovlint.dev/data: health}"
    )
    found = placed({"a.yaml": text})[f"k8s:apps/{FLUX}/claims", None]
    assert places(found) == sorted([COMPUTE, KEPT, PARIS])
    assert [(each.data_class, each.how) for each in found.classes.claims] == [
        ("health", How.DECLARED)
    ]
    assert "app" in found.resource.names
    (sent,) = found.resource.sends
    assert (sent.where.span().path, sent.where.span().line) == ("a.yaml", 8)


SOURCES = """
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: bitnami, namespace: flux-system}
spec: {type: oci, url: "oci://registry-1.docker.io/bitnamicharts"}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: postgresql, namespace: apps}
spec: {url: "oci://registry-1.docker.io/bitnamicharts/postgresql"}
"""

PUBLISHED = [
    (
        "chart: {spec: {chart: postgresql, sourceRef: {kind: HelmRepository, name: bitnami, namespace: flux-system}}}",
        True,
    ),
    ("chartRef: {kind: OCIRepository, name: postgresql}", True),
    (
        "chart: {spec: {chart: postgresql, sourceRef: {kind: HelmRepository, name: other}}}",
        False,
    ),
]


@pytest.mark.parametrize(("spec", "expected"), PUBLISHED)
def test_a_published_chart_is_known_by_the_repository_that_its_source_names(
    spec: str, expected: bool
) -> None:
    assert _places({"a.yaml": _flux(spec, SOURCES)}, f"k8s:apps/{FLUX}/claims") == [
        *([KEPT] if expected else []),
        COMPUTE,
    ]
    off = f"{spec}\nvalues: {{primary: {{persistence: {{enabled: false}}}}}}"
    assert _places({"a.yaml": _flux(off, SOURCES)}, f"k8s:apps/{FLUX}/claims") == [COMPUTE]


def test_values_from_config_maps_are_followed_and_inline_ones_win() -> None:
    config = f"""
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: base, namespace: apps}}
data:
  values.yaml: |
    persistence: {{enabled: true}}
    database:
      host: {HOST}
  replicas: "3"
"""
    spec = "valuesFrom:\n  - {kind: ConfigMap, name: base}\n"
    address = f"k8s:apps/{FLUX}/claims"
    assert _places({"a.yaml": _flux(spec, config)}, address) == sorted([COMPUTE, KEPT, PARIS])
    (sent,) = placed({"a.yaml": _flux(spec, config)})[address, None].resource.sends
    assert sent.where.span().line == 16
    over = spec + "values: {persistence: {enabled: false}, database: null}"
    assert _places({"a.yaml": _flux(over, config)}, address) == [COMPUTE]


def test_values_that_are_not_here_are_counted_once() -> None:
    spec = (
        "valuesFrom:\n  - {kind: Secret, name: s}\n  - {kind: ConfigMap, name: elsewhere}\n"
    )
    said = [
        each
        for each in reading({"a.yaml": _flux(spec)}).remarks
        if each.note.key == "kubernetes.charts.values-elsewhere"
    ]
    assert [(each.note.params, each.path, each.line) for each in said] == [
        ({"count": 2}, "a.yaml", 6)
    ]


def test_substitutions_of_flux_are_not_taken_for_text() -> None:
    text = _flux("values: {database: {host: 'db.${REGION}.rds.amazonaws.com'}}")
    assert _places({"a.yaml": text}, f"k8s:apps/{FLUX}/claims") == [
        "at-rest aws (templated)",
        COMPUTE,
    ]


ARGO_VALUES = [
    f"chart: app\nhelm:\n  valuesObject: {{database: {{host: {HOST}}}}}",
    f"chart: app\nhelm:\n  values: |\n    database:\n      host: {HOST}",
    f"chart: app\nhelm:\n  parameters:\n    - {{name: database.host, value: {HOST}}}",
    f"chart: app\nhelm:\n  values: 'database: {{host: x}}'\n  valuesObject: {{database: {{host: {HOST}}}}}",
    f"chart: app\nhelm:\n  valuesObject: {{database: {{host: x}}}}\n"
    f"  parameters: [{{name: database.host, value: {HOST}}}]",
]


@pytest.mark.parametrize("source", ARGO_VALUES)
def test_inline_values_of_argo_are_read_in_each_form_and_the_stronger_wins(
    source: str,
) -> None:
    assert _places({"a.yaml": _argo(source)}, f"k8s:argocd/{ARGO}/claims") == [PARIS, COMPUTE]


def test_a_chart_of_this_repository_gives_its_values_and_the_files_that_are_named() -> None:
    files: Files = {
        "argo.yaml": _argo(
            "path: charts/claims\nhelm: {valueFiles: [values-prod.yaml, ../../common.yaml, absent.yaml]}"
        ),
        "charts/claims/Chart.yaml": CHART,
        "charts/claims/values.yaml": "persistence: {enabled: true}\ndatabase: {host: localhost}\n",
        "charts/claims/values-prod.yaml": "persistence: {enabled: false}\n",
        "common.yaml": f"database: {{host: {HOST}}}\n",
    }
    assert _places(files, f"k8s:argocd/{ARGO}/claims") == [PARIS, COMPUTE]


def test_several_sources_add_up() -> None:
    text = _argo("chart: a").replace("  source:\n    chart: a\n", "") + (
        "  sources:\n    - {chart: a, helm: {valuesObject: {persistence: {enabled: true}}}}\n"
        f"    - {{chart: b, helm: {{valuesObject: {{database: {{host: {HOST}}}}}}}}}\n"
    )
    found = placed({"a.yaml": text})[f"k8s:argocd/{ARGO}/claims", None]
    assert places(found) == sorted([COMPUTE, KEPT, PARIS])
    assert {"a", "b"} <= set(found.resource.names)


def test_what_an_application_keeps_is_where_its_destination_is() -> None:
    source = "chart: app\nhelm: {valuesObject: {persistence: {enabled: true}}}"
    address = f"k8s:argocd/{ARGO}/claims"
    assert _places({"a.yaml": _argo(source)}, address) == [KEPT, COMPUTE]
    elsewhere = _argo(source, "{name: other}")
    assert _places({"a.yaml": elsewhere}, address) == [
        "at-rest (no-evidence) (no-evidence)",
        "compute (no-evidence) (no-evidence)",
    ]


def test_an_application_set_shows_what_its_template_does() -> None:
    text = """
        apiVersion: argoproj.io/v1alpha1
        kind: ApplicationSet
        metadata: {name: claims}
        spec:
          template:
            spec:
              destination: {name: in-cluster}
              source:
                chart: app
                helm: {valuesObject: {database: {host: "db.{{ region }}.rds.amazonaws.com"}}}
    """
    assert _places({"a.yaml": text}, "k8s:-/ApplicationSet.argoproj.io/claims") == [
        "at-rest aws (templated)",
        COMPUTE,
    ]


def test_the_namespace_that_an_application_lands_in_declares_its_class() -> None:
    namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: claims, labels: {sovlint.dev/data: health}}\n"
    found = placed({"a.yaml": _argo("chart: app") + namespace})[
        f"k8s:argocd/{ARGO}/claims", None
    ]
    assert [(each.data_class, each.how) for each in found.classes.claims] == [
        ("health", How.DECLARED)
    ]


def test_charts_of_k3s_are_read() -> None:
    text = f"""
        apiVersion: helm.cattle.io/v1
        kind: HelmChart
        metadata: {{name: db, namespace: kube-system}}
        spec:
          repo: https://charts.bitnami.com/bitnami
          chart: mongodb
          set: {{backup.url: x}}
          valuesContent: |-
            database: {{host: {HOST}}}
    """
    found = _places({"a.yaml": text}, "k8s:kube-system/HelmChart.helm.cattle.io/db")
    assert found == sorted([COMPUTE, KEPT, PARIS])


@pytest.mark.parametrize("values", ["'a: [1'", "'{{- if x }}'", "'just text'", "5", "[a]"])
def test_values_that_cannot_be_read_hide_nothing_else(values: str) -> None:
    found = reading({"a.yaml": _argo(f"chart: app\nhelm: {{values: {values}}}")})
    assert [each.address for each in found.resources] == [f"k8s:argocd/{ARGO}/claims"]
    assert found.failures == ()


@pytest.mark.parametrize(
    "spec", ["x", "[]", "null", "{source: x}", "{sources: {a: 1}}", "{source: {helm: [1]}}"]
)
def test_specs_of_another_shape_are_no_error(spec: str) -> None:
    text = f"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: a}}\nspec: {spec}\n"
    assert len(reading({"a.yaml": text}).resources) == 1


# --- merging

HERE = Span("a.yaml", 1, 1, 1, 1)


def _tree(value: object) -> Node:
    if isinstance(value, dict):
        return Node({key: _tree(item) for key, item in value.items()}, HERE)
    return Node([_tree(item) for item in value] if isinstance(value, list) else value, HERE)


def test_maps_merge_lists_replace_and_null_takes_away() -> None:
    under = _tree({"a": {"b": 1, "c": 2}, "l": [1, 2], "x": 1, "m": {"k": 1}})
    over = _tree({"a": {"c": None, "d": 3}, "l": [3], "x": None, "m": 5, "n": None})
    assert plain(merged(under, over)) == {"a": {"b": 1, "d": 3}, "l": [3], "m": 5}
    assert plain(under) == {"a": {"b": 1, "c": 2}, "l": [1, 2], "x": 1, "m": {"k": 1}}


SETTINGS = [
    ("a.b", "1", {"a": {"b": 1}, "k": 0}),
    ("a\\.b", "x", {"a.b": "x", "k": 0}),
    ("a[1].b", "true", {"a": [None, {"b": True}], "k": 0}),
    ("k", "null", {}),
    ("a[99999999]", "x", {"k": 0}),
    ("a[x", "x", {"k": 0}),
]


@pytest.mark.parametrize(("path", "written", "expected"), SETTINGS)
def test_a_single_value_is_set_at_its_path(
    path: str, written: str, expected: dict[str, object]
) -> None:
    assert plain(set_path(_tree({"k": 0}), path, written, HERE)) == expected
