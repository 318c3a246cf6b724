"""Charts as objects: what is rendered, with which values, and what is left where something can't be."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

CHART = "apiVersion: v2\nname: claims\nversion: 1.0.0\n"
JOB = """
apiVersion: batch/v1
kind: Job
metadata: {{name: {name}}}
spec:
  template:
    spec:
      containers:
        - name: a
          image: example/a
          env: [{{name: SENTRY_DSN, value: {value}}}]
"""


def job(name: str = "a", value: str = "none") -> str:
    """A job with one variable."""
    return JOB.format(name=name, value=value)


def reading(files: dict[str, str]) -> Reading:
    """What the front end makes of files."""
    return manifests.read(MemoryReader({**files}), ReadOptions(), catalog().hints())


def resources(files: dict[str, str]) -> dict[tuple[str, str | None], Resource]:
    """All resources, by address and variant; each has one of its own."""
    found = reading(files)
    assert found.failures == ()
    made = {(each.address, each.variant): each for each in found.resources}
    assert len(made) == len(found.resources)
    return made


def addresses(files: dict[str, str]) -> set[tuple[str, str | None]]:
    """The addresses and variants of all resources."""
    return set(resources(files))


def exists(resource: Resource) -> bool | None:
    """Whether it exists, as far as that is known."""
    return resource.exists.value if isinstance(resource.exists, Known) else None


def test_a_chart_is_rendered_with_its_own_values_and_with_those_of_each_environment() -> None:
    found = resources(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "name: own\n",
            "c/values-prod.yaml": "name: prod\n",
            "c/templates/a.yaml": job("{{ .Values.name }}"),
        }
    )
    assert set(found) == {("k8s:-/Job/own", None), ("k8s:-/Job/prod", "values-prod.yaml")}
    prod = found["k8s:-/Job/prod", "values-prod.yaml"]
    held_in = {"c/values-prod.yaml", "c/values.yaml", "c/Chart.yaml"}
    assert (prod.root, prod.held_in) == ("c", held_in)


RELEASE = """
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: claims, namespace: records, labels: {sovlint.dev/data: health}}
spec:
  chart: {spec: {chart: ./c, sourceRef: {kind: GitRepository, name: x}}}
  values: {name: released}
"""


def test_a_chart_that_a_release_installs_is_rendered_for_it_alone() -> None:
    found = resources(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "name: own\n",
            "c/templates/a.yaml": job("{{ .Release.Name }}-{{ .Values.name }}"),
            "k8s/r.yaml": RELEASE,
        }
    )
    release = ("k8s:records/HelmRelease.helm.toolkit.fluxcd.io/claims", None)
    installed = ("k8s:records/Job/claims-released", "records/claims")
    assert set(found) == {release, installed}
    assert found[release].role == "config"
    job_of_it = found[installed]
    assert [each.span().path for each in job_of_it.chain] == ["k8s/r.yaml"]
    assert "kubernetes.release" in {each.declarer for each in job_of_it.labels}
    assert "k8s/r.yaml" in job_of_it.held_in


def test_values_of_an_environment_that_a_release_names_are_rendered_for_it_alone() -> None:
    spec = "chart: {spec: {chart: ./c, valuesFiles: [c/values-prod.yaml], sourceRef: {kind: GitRepository, name: x}}}"
    release = RELEASE.split("spec:")[0] + "spec:\n  " + spec + "\n"
    found = addresses(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "name: own\n",
            "c/values-prod.yaml": "name: prod\n",
            "c/values-test.yaml": "name: test\n",
            "c/templates/a.yaml": job("{{ .Values.name }}"),
            "k8s/r.yaml": release,
        }
    )
    jobs = {each for each in found if "Job" in each[0]}
    assert jobs == {
        ("k8s:records/Job/prod", "records/claims"),
        ("k8s:-/Job/test", "values-test.yaml"),
    }


def test_a_chart_that_installs_another_one_is_followed() -> None:
    application = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: inner}
spec:
  destination: {namespace: apps}
  source: {repoURL: here, path: inner, helm: {parameters: [{name: name, value: "{{ .Values.name }}"}]}}
"""
    found = addresses(
        {
            "outer/Chart.yaml": CHART,
            "outer/values.yaml": "name: told\n",
            "outer/templates/a.yaml": application,
            "inner/Chart.yaml": CHART,
            "inner/templates/a.yaml": job("{{ .Values.name }}"),
        }
    )
    assert ("k8s:apps/Job/told", "apps/inner") in found
    assert not any(variant is None and "Job" in address for address, variant in found)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("{{ required `say it` .Values.name }}", "${.Values.name}"),
        ("a{{ .Values.x.y }}", "a${.Values.x.y}"),
    ],
)
def test_what_a_release_has_to_say_is_not_known(written: str, name: str) -> None:
    found = addresses({"c/Chart.yaml": CHART, "c/templates/a.yaml": job(f"'{written}'")})
    assert found == {(f"k8s:-/Job/{name}", None)}


def test_a_template_that_cannot_be_read_is_a_failure_and_the_values_count() -> None:
    found = reading(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "env: {SENTRY_DSN: https://a@o1.ingest.us.sentry.io/1}\n",
            "c/templates/a.yaml": job(),
            "c/templates/b.yaml": "a: {{ .Values.x | nothing }}\n",
        }
    )
    assert {each.address for each in found.resources} == {"k8s:-/Job/a", "helm:claims"}
    [said] = found.failures
    assert (said.path, said.line) == ("c/templates/b.yaml", 1)


def test_a_template_that_cannot_be_rendered_is_said_and_cannot_be_judged() -> None:
    found = reading(
        {
            "c/Chart.yaml": CHART,
            "c/templates/a.yaml": job(),
            "c/templates/b.yaml": "a: b: c\nlabels: {sovlint.dev/data: health}\n",
        }
    )
    assert found.failures == ()
    [chart] = [each for each in found.resources if each.address == "helm:claims"]
    assert chart.unsaid is not None
    assert chart.unsaid.detail == "c/templates/b.yaml"
    assert [(each.declarer, each.where.span().line) for each in chart.labels] == [
        ("kubernetes.template.2", 2)
    ]
    [said] = [
        each for each in found.remarks if each.note.key == "kubernetes.charts.not-rendered"
    ]
    assert (said.path, said.line) == ("c/templates/b.yaml", 1)


COMMENT = '# sovlint: ignore[health-data-in-eea] until=2027-01-31 reason="x"'


@pytest.mark.parametrize(
    "written",
    [COMMENT, "{{- /* " + COMMENT[2:] + " */ -}}", "{{/* " + COMMENT[2:] + " */}}"],
)
def test_comments_below_an_action_of_a_template_are_read(written: str) -> None:
    template = job("{{ .Release.Name }}") + f"          {written}\n"
    found = reading({"c/Chart.yaml": CHART, "c/templates/a.yaml": template})
    assert [each.policies for each in found.ignores] == [("health-data-in-eea",)]


def test_values_and_templates_that_are_no_text_are_not_silent() -> None:
    files: dict[str, str | bytes | None] = {
        "c/Chart.yaml": CHART,
        "c/values.yaml": None,
        "c/templates/a.yaml": job(),
        "c/templates/b.yaml": None,
    }
    found = manifests.read(MemoryReader(files), ReadOptions(), catalog().hints())
    assert {each.path for each in found.failures} == {"c/values.yaml", "c/templates/b.yaml"}
    assert {each.address for each in found.resources} == {"k8s:-/Job/a", "helm:claims"}


def test_what_a_library_that_is_not_here_makes_is_not_silent() -> None:
    library = "{{ include `common.deployment` . }}\n"
    chart = f"{CHART}dependencies: [{{name: common, version: 1.0.0, repository: https://charts.example.org}}]\n"
    values = "env: {SENTRY_DSN: https://a@o1.ingest.us.sentry.io/1}\n"
    found = addresses(
        {"c/Chart.yaml": chart, "c/values.yaml": values, "c/templates/a.yaml": library}
    )
    assert found == {("helm:claims", None)}


def test_what_differs_by_something_unknown_may_exist() -> None:
    release = RELEASE.replace(
        "  values: {name: released}", "  valuesFrom: [{kind: Secret, name: s}]"
    )
    template = job("always") + "{{- if .Values.more }}\n---" + job("perhaps") + "{{- end }}\n"
    found = resources(
        {"c/Chart.yaml": CHART, "c/templates/a.yaml": template, "k8s/r.yaml": release}
    )
    assert exists(found["k8s:records/Job/always", "records/claims"]) is True
    assert exists(found["k8s:records/Job/perhaps", "records/claims"]) is None


@pytest.mark.parametrize(
    ("events", "there"),
    [
        ("test", False),
        ("crd-install", False),
        ("pre-install,test", True),
        ("post-upgrade", True),
    ],
)
def test_hooks_are_objects_but_for_those_of_tests(events: str, there: bool) -> None:
    hook = job().replace(
        "metadata: {name: a}",
        f"metadata: {{name: a, annotations: {{helm.sh/hook: '{events}'}}}}",
    )
    found = addresses(
        {"c/Chart.yaml": CHART, "c/templates/a.yaml": hook + "\n---" + job("b")}
    )
    assert (("k8s:-/Job/a", None) in found) is there
    assert ("k8s:-/Job/b", None) in found


def test_a_subchart_that_is_not_here_leaves_what_is_said_to_it() -> None:
    chart = f"{CHART}dependencies: [{{name: mail, version: 1.0.0, repository: https://charts.example.org}}]\n"
    values = "mail: {env: {SENTRY_DSN: https://a@o1.ingest.us.sentry.io/1}}\nown: {A_URL: https://b.example.com}\n"
    found = resources(
        {"c/Chart.yaml": chart, "c/values.yaml": values, "c/templates/a.yaml": job()}
    )
    assert set(found) == {("k8s:-/Job/a", None), ("helm:claims", None)}
    [sent] = found["helm:claims", None].sends
    assert sent.where.span().line == 1


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, False),
        ({"templates/_helpers.tpl": "{{ define `a` }}{{ end }}"}, False),
        ({"templates/NOTES.txt": "Thanks", "README.md": "# a"}, False),
        ({"values.yaml": "replicas: 1\n"}, True),
        ({"values-prod.yaml": "image: {repository: example/a}\n"}, True),
        ({"templates/a.yaml": "{{ fail `no` }}"}, True),
        ({"charts/b/Chart.yaml": "apiVersion: v2\nname: b\nversion: 1.0.0\n"}, True),
        ({"Chart.yaml": f"{CHART}dependencies: [{{name: postgresql, version: 1}}]\n"}, True),
        ({"Chart.yaml": f"{CHART}annotations: {{sovlint.dev/data: health}}\n"}, True),
    ],
)
def test_a_chart_that_makes_nothing_is_told_nowhere(more: dict[str, str], told: bool) -> None:
    files = {"c/Chart.yaml": CHART, **{f"c/{path}": text for path, text in more.items()}}
    found = {resource.address for resource in reading(files).resources}
    assert ("helm:claims" in found) is told
