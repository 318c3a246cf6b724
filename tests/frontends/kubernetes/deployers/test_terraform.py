"""Charts of this repository that Terraform installs: rendered with the values that it gives them."""

from __future__ import annotations

import pytest

from tests.frontends.kubernetes.charts.house import places
from tests.frontends.kubernetes.deployers.house import CHART, HERE, PARIS, THERE, VIRGINIA
from tests.resolve.cluster_house import placed

CLUSTER = """
resource "scaleway_k8s_cluster" "main" {
  name   = "main"
  region = "fr-par"
}
provider "helm" {
  kubernetes { host = scaleway_k8s_cluster.main.kubeconfig[0].host }
}
"""
API = 'chart = "../charts/api"'
OPEN = "at-rest (unset-variable) (unset-variable)"


def _pods(body: str, folder: str = "infra", more: str = "") -> dict[str, list[str]]:
    """The places of the chart's pods, by variant; without that of the cluster."""
    release = f'resource "helm_release" "api" {{\n  name = "api"\n  namespace = "care"\n{body}\n}}\n'
    text = CLUSTER + release + more
    files = {key: str(value) for key, value in CHART.items()}
    found, _ = placed({**files, f"{folder}/main.tf": text})
    pods = [each for name, each in found.items() if name.endswith("Pod/api")]
    return {str(each.resource.variant): places(each) for each in pods}


@pytest.mark.parametrize(
    ("body", "database"),
    [
        ('chart = "../charts/api"', HERE),
        (f'chart = "../charts/api"\nset {{\n name = "database.host"\n value = "{VIRGINIA}"\n}}', THERE),
        (f'chart = "${{path.module}}/../charts/api"\nset = [{{ name = "database.host", value = "{VIRGINIA}" }}]', THERE),
        (f'chart = "../charts/api"\nvalues = [yamlencode({{ database = {{ host = "{VIRGINIA}" }} }})]', THERE),
        (f'chart = "../charts/api"\nvalues = [<<-EOT\n  database:\n    host: {VIRGINIA}\n  EOT\n]', THERE),
        # The later of two wins, and what is set wins over both.
        (f'{API}\nvalues = ["database: {{host: {VIRGINIA}}}", "database: {{host: {PARIS}}}"]', HERE),
        (f'{API}\nvalues = ["database: {{host: a}}"]\nset {{\n name = "database.host"\n value = "{VIRGINIA}"\n}}', THERE),
        ('chart = "../charts/api"\nset_sensitive {\n name = "database.host"\n value = var.host\n}', OPEN),
        # What lies elsewhere in its values isn't handed to the pod.
        (f'chart = "../charts/api"\nset {{\n name = "another.host"\n value = "{VIRGINIA}"\n}}', HERE),
    ],
)  # fmt: skip
def test_a_chart_is_rendered_with_what_terraform_gives_it(body: str, database: str) -> None:
    more = 'variable "host" { sensitive = true }\n'
    assert _pods(body, more=more) == {
        "care/api": sorted([database, "compute scaleway fr-par"])
    }


@pytest.mark.parametrize(
    "program",
    ['postrender {\n binary_path = "./x.sh"\n}', 'postrender = { binary_path = "./x.sh" }'],
)
def test_a_program_that_changes_what_a_chart_makes_leaves_it_open(program: str) -> None:
    release = f'resource "helm_release" "api" {{\n  name = "api"\n{API}\n{program}\n}}\n'
    files = {key: str(value) for key, value in CHART.items()}
    found, _ = placed({**files, "infra/main.tf": CLUSTER + release})
    made = found["infra/main.tf helm_release.api"].resource
    assert made.unsaid is not None
    assert made.unsaid.detail == "postrender"


def test_a_release_of_another_chart_changes_nothing() -> None:
    body = f'chart = "../charts/other"\nset {{\n name = "database.host"\n value = "{VIRGINIA}"\n}}'
    (places_of,) = _pods(body).values()
    assert HERE in places_of
    assert list(_pods(body)) == ["None"]


def test_a_release_that_may_not_be_there_may_make_nothing() -> None:
    body = 'count = var.on ? 1 : 0\nchart = "../charts/api"'
    found = _pods(body, more='variable "on" {}\n')
    assert found == {"care/api": [f"{HERE}", "compute scaleway fr-par"]}


SWITCHED = """apiVersion: v1
kind: Pod
metadata: {name: api, labels: {sovlint.dev/data: health}}
spec:
  containers:
    - name: api
      image: api
      env:
        - {name: DATABASE_HOST, value: "db.x.{{ if .Values.on }}us-east-1{{ else }}eu-west-3{{ end }}.rds.amazonaws.com"}
"""


@pytest.mark.parametrize(
    ("said", "database"),
    [
        ('set {\n name = "on"\n value = "false"\n}', HERE),
        ('set {\n name = "on"\n value = false\n}', HERE),
        ('set {\n name = "on"\n value = "true"\n}', THERE),
        # A text is true, whatever it reads like.
        ('set {\n name = "on"\n value = "false"\n type = "string"\n}', THERE),
    ],
)
def test_what_is_set_has_the_type_that_it_reads_like(
    said: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHART, "charts/api/templates/pod.yaml", SWITCHED)
    assert _pods(f'chart = "../charts/api"\n{said}') == {
        "care/api": sorted([database, "compute scaleway fr-par"])
    }
