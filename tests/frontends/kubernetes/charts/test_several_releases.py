"""Releases of one chart that have the same name, and values that a release takes from elsewhere: none is lost."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.charts.house import CHART, Files, placed, places, reading

DSN = "https://abc@o1.ingest.us.sentry.io/1"
SENTRY = "processor sentry US"
UNKNOWN = "processor (from-environment) (from-environment)"

BASE: Files = {
    "c/Chart.yaml": CHART,
    "c/values.yaml": "dsn: none\n",
    "c/templates/a.yaml": """\
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  template:
    spec:
      containers:
        - name: a
          image: example/a
          env: [{name: SENTRY_DSN, value: {{ .Values.dsn | quote }}}]
""",
}
ABROAD = f"{{dsn: '{DSN}'}}"


def _flux(values: str, chart: str = "{chart: ./c}", kind: str = "GitRepository") -> str:
    spec = chart.rstrip("}") + f", sourceRef: {{kind: {kind}, name: x}}}}"
    return (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: claims, namespace: apps}\n"
        f"spec:\n  chart: {{spec: {spec}}}\n  {values}\n"
    )


def _argo(helm: str, name: str = "claims", source: str = "path: c") -> str:
    return (
        f"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: {name}}}\nspec:\n"
        f"  destination: {{namespace: apps, server: https://kubernetes.default.svc}}\n"
        f"  source: {{repoURL: x, {source}, helm: {helm}}}\n"
    )


def _sent(files: Files) -> dict[str | None, list[str]]:
    """Where the job sends data in each variant that sends any."""
    found = {
        variant: [place for place in places(each) if place.startswith("processor")]
        for (address, variant), each in placed({**BASE, **files}).items()
        if "/Job/" in address
    }
    return {variant: sent for variant, sent in found.items() if sent}


SET = """
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: claims}
spec:
  generators: [{list: {elements: [{name: eu, dsn: none}, {name: us, dsn: "DSN"}]}}]
  template:
    metadata: {name: "{{name}}-claims"}
    spec:
      destination: {namespace: apps, name: "{{name}}"}
      source: {repoURL: x, path: c, helm: {releaseName: claims, parameters: [{name: dsn, value: "{{dsn}}"}]}}
""".replace("DSN", DSN)


@pytest.mark.parametrize(
    ("files", "variant"),
    [
        (
            {
                "a/r.yaml": _flux("values: {dsn: none}"),
                "b/r.yaml": _flux(f"values: {ABROAD}"),
            },
            "apps/claims@b",
        ),
        (
            {"r.yaml": _flux("values: {dsn: x}") + "---\n" + _flux(f"values: {ABROAD}")},
            "apps/claims@.",
        ),
        (
            {
                "k/a.yaml": _argo("{releaseName: claims}", "eu"),
                "k/b.yaml": _argo(f"{{releaseName: claims, valuesObject: {ABROAD}}}", "us"),
            },
            "apps/claims@k",
        ),
        ({"r.yaml": SET}, "apps/claims@."),
        (
            {
                "apps/Chart.yaml": CHART,
                "apps/values.yaml": "dsn: none\n",
                "apps/values-prod.yaml": f"dsn: {DSN}\n",
                "apps/templates/a.yaml": _argo("{valuesObject: {dsn: '{{ .Values.dsn }}'}}"),
            },
            "apps/claims@apps/values-prod.yaml",
        ),
    ],
)
def test_releases_of_one_name_are_told_apart(files: Files, variant: str) -> None:
    assert _sent(files) == {variant: [SENTRY]}


def test_the_same_release_written_twice_in_one_place_counts_once() -> None:
    release = _flux(f"values: {ABROAD}")
    assert _sent({"r.yaml": f"{release}---\n{release}"}) == {"apps/claims": [SENTRY]}


def test_one_release_that_fails_leaves_what_the_values_of_each_say() -> None:
    failing = str(BASE["c/templates/a.yaml"]).replace("{{ .Values", "{{ nosuch .Values")
    refused = '{{ if eq .Values.dsn "none" }}{{ "a" | fromJson | index }}{{ end }}\n'
    files: Files = {
        "c/templates/a.yaml": refused + failing.replace("nosuch ", ""),
        "a/r.yaml": _flux(f"values: {ABROAD}"),
        "b/r.yaml": _flux("values: {dsn: none, persistence: {storageClass: gp3}}"),
    }
    found = placed({**BASE, **files})
    release = found["k8s:apps/HelmRelease.helm.toolkit.fluxcd.io/claims", None]
    assert "compute" in " ".join(places(release))


@pytest.mark.parametrize(
    ("release", "sent"),
    [
        (_flux(f"values: {ABROAD}", "{chart: c}"), SENTRY),
        (_flux("", "{chart: ./c, valuesFiles: [./v/us.yaml]}"), SENTRY),
        (
            _flux("valuesFrom: [{kind: Secret, name: s, valuesKey: d, targetPath: dsn}]"),
            UNKNOWN,
        ),
        (_argo("{valueFiles: ['../v/*.yaml']}"), SENTRY),
        (_argo("{fileParameters: [{name: dsn, path: dsn.txt}]}"), UNKNOWN),
    ],
)
def test_values_of_every_form_reach_the_templates(release: str, sent: str) -> None:
    files: Files = {"v/us.yaml": f"dsn: {DSN}\n", "r.yaml": release}
    assert _sent(files) == {"apps/claims": [sent]}


def test_a_value_that_another_chart_does_not_know_is_not_known() -> None:
    inner = _argo("{parameters: [{name: dsn, value: '{{ required \"x\" .Values.no }}'}]}")
    files: Files = {"apps/Chart.yaml": CHART, "apps/templates/a.yaml": inner}
    unset = "processor (unset-variable) (unset-variable)"
    assert _sent(files) == {"apps/claims": [unset]}


@pytest.mark.parametrize(
    "release",
    [
        _argo("{valueFiles: ['$elsewhere/prod.yaml']}"),
        _argo("{valueFiles: [prod.yaml]}"),
        _flux("", "{chart: ./c, valuesFiles: [c/prod.yaml]}"),
    ],
)
def test_files_of_values_that_are_not_here_may_say_anything(release: str) -> None:
    template = str(BASE["c/templates/a.yaml"])
    start = "{{ if .Values.sentry }}\n"
    made = {**BASE, "c/templates/a.yaml": f"{start}{template}{{{{ end }}}}\n"}
    found = reading({**made, "r.yaml": release})
    jobs = [each for each in found.resources if "/Job/" in each.address]
    assert [each.variant for each in jobs] == ["apps/claims"]
    assert [each.note.key for each in found.remarks] == ["kubernetes.charts.values-elsewhere"]


def test_a_file_of_values_that_may_be_missing_is_not_asked_for() -> None:
    release = _argo("{ignoreMissingValueFiles: true, valueFiles: [prod.yaml]}")
    assert reading({**BASE, "r.yaml": release}).remarks == ()


@pytest.mark.parametrize(
    ("changed", "variants"),
    [
        ("c/templates/_helpers.tpl", {None, "values-prod.yaml"}),
        ("c/files/claims.conf", {None, "values-prod.yaml"}),
        ("c/charts/x/templates/deleted.yaml", {None, "values-prod.yaml"}),
        ("lib/templates/_x.tpl", {None, "values-prod.yaml"}),
        ("c/values.yaml", {None, "values-prod.yaml"}),
        ("c/values-prod.yaml", {"values-prod.yaml"}),
        ("elsewhere/x.yaml", set()),
    ],
)
def test_all_of_a_chart_bears_on_what_it_renders_to(
    changed: str, variants: set[str | None]
) -> None:
    files: Files = {
        "c/Chart.yaml": f"{CHART}dependencies: [{{name: lib, version: 1.0.0, repository: file://../lib}}]\n",
        "c/values-prod.yaml": "dsn: b\n",
        "lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
    }
    units = reading({**BASE, **files}).units
    assert {each.variant for each in units if each.bears(changed)} == variants


def test_files_of_values_bear_on_the_release_and_declare_its_class() -> None:
    files: Files = {
        "r.yaml": _argo("{valueFiles: [../v/a.yaml, ../v/b.yaml]}"),
        "v/a.yaml": "dsn: a\n",
        "v/b.yaml": "other: b\n",
    }
    found = reading({**BASE, **files})
    job = next(each for each in found.resources if "/Job/" in each.address)
    assert {"r.yaml", "v/a.yaml", "v/b.yaml"} <= job.held_in
    unit = [each.variant for each in found.units if each.bears("v/b.yaml")]
    assert unit == ["apps/claims"]


def test_a_chart_and_its_values_declare_the_class_of_what_it_renders_to() -> None:
    job = next(each for each in reading(BASE).resources if "/Job/" in each.address)
    assert {"c/Chart.yaml", "c/values.yaml"} <= job.held_in
