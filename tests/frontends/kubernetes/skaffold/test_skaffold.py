"""Files of Skaffold: charts with the values that they and their profiles give."""

from __future__ import annotations

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: claims\nversion: 1.0.0\n",
    "chart/values.yaml": "host: db.example.fr\nmail: {host: a.example.fr}\n",
    "chart/templates/job.yaml": """apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  template:
    spec:
      containers:
        - name: a
          env:
            - {name: PGHOST, value: "{{ .Values.host }}"}
            - {name: SMTP_HOST, value: "{{ .Values.mail.host }}"}
""",
}
HOST = "claims.c1.us-east-1.rds.amazonaws.com"
HEAD = "apiVersion: skaffold/v4beta6\nkind: Config\n"


def jobs(skaffold: str, **more: str) -> dict[str | None, dict[str, object]]:
    """What the chart's job sends, by variant."""
    found = resources(skaffold, **more)
    return {
        each.variant: {
            one.key: one.value.value if isinstance(one.value, Known) else "?"
            for one in each.sends
        }
        for each in found
        if each.type == "Job"
    }


def resources(skaffold: str, **more: str) -> tuple[Resource, ...]:
    files = {**CHART, "skaffold.yaml": HEAD + skaffold, **more}
    found = manifests.read(MemoryReader(files), ReadOptions(), catalog().hints())
    assert found.failures == ()
    assert "skaffold.yaml" in found.files
    return tuple(found.resources)


def test_values_that_a_file_sets_are_those_of_its_release() -> None:
    release = f"[{{name: a, chartPath: chart, namespace: team, setValues: {{host: {HOST}}}}}]"
    for section in ("deploy", "manifests"):
        assert jobs(f"{section}: {{helm: {{releases: {release}}}}}\n") == {
            "default/team/a": {"PGHOST": HOST, "SMTP_HOST": "a.example.fr"}
        }


def test_a_profile_installs_what_it_says_instead() -> None:
    base = "deploy: {helm: {releases: [{name: a, chartPath: chart}]}}\n"
    release = (
        f"{{name: a, chartPath: chart, valuesFiles: [prod.yaml], overrides: {{host: {HOST}}}, "
        "setValues: {mail: {host: p.example.fr}}}"
    )
    found = jobs(
        f"{base}profiles: [{{name: prod, deploy: {{helm: {{releases: [{release}]}}}}}}, {{name: debug, build: {{}}}}]\n",
        **{"prod.yaml": "host: b.example.fr\nmail: {host: c.example.fr}\n"},
    )
    assert found == {
        "default/-/a": {"PGHOST": "db.example.fr", "SMTP_HOST": "a.example.fr"},
        "prod/-/a": {"PGHOST": HOST, "SMTP_HOST": "p.example.fr"},
    }


def test_a_profile_patches_what_the_file_says() -> None:
    """A patch that can't be made leaves open what the profile installs; it replaces where it says nothing else."""
    base = (
        "deploy: {helm: {releases: [{name: a, chartPath: chart, setValues: {host: a.fr}}]}}\n"
    )
    patch = f"{{path: /deploy/helm/releases/0/setValues/host, value: {HOST}}}"
    found = jobs(f"{base}profiles: [{{name: prod, patches: [{patch}]}}]\n")
    assert found["prod/-/a"]["PGHOST"] == HOST
    assert found["default/-/a"]["PGHOST"] == "a.fr"
    off = patch.replace("releases/0", "releases/7")
    found = jobs(f"{base}profiles: [{{name: prod, patches: [{off}]}}]\n")
    assert found["prod/-/a"]["PGHOST"] == "a.fr"


def test_what_an_environment_fills_in_is_not_known() -> None:
    release = "{name: a, chartPath: chart, setValueTemplates: {host: '{{.HOST}}', mail.host: m.example.fr}}"
    found = jobs(f"deploy: {{helm: {{releases: [{release}]}}}}\n")
    assert found == {"default/-/a": {"PGHOST": "?", "SMTP_HOST": "m.example.fr"}}
    absent = "{name: a, chartPath: chart, valuesFiles: ['{{.E}}.yaml']}"
    assert set(jobs(f"deploy: {{helm: {{releases: [{absent}]}}}}\n")) == {"default/-/a"}


def test_a_chart_that_is_not_here_is_told_by_its_values() -> None:
    release = f"{{name: search, remoteChart: opensearch, repo: https://a.example.fr, setValues: {{env.PGHOST: {HOST}}}}}"
    found = resources(f"deploy: {{helm: {{releases: [{release}]}}}}\n")
    (search,) = [each for each in found if each.address == "helm:search"]
    assert search.lacks == ("opensearch",)
    assert [each.key for each in search.sends] == ["PGHOST"]
