"""What helmfiles install: charts of the repository with the values of each environment."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.helmfile.releases import (
    HelmfileRelease,
    Helmfiles,
    read_helmfiles,
)
from sovlint.model.value import Known
from tests.frontends.kubernetes.charts.test_rendered_charts import CHART, job, resources
from tests.frontends.memory import MemoryReader


def reading(files: dict[str, str]) -> Helmfiles:
    """What the helmfiles among files install."""
    texts = {path: dedent(text) for path, text in files.items()}
    folders = [
        path.removesuffix("/Chart.yaml") for path in files if path.endswith("Chart.yaml")
    ]
    named = {folder.rpartition("/")[2]: folder for folder in folders}
    return read_helmfiles(MemoryReader(texts), folders, lambda name, _: named.get(name))


def releases(files: dict[str, str]) -> dict[str, HelmfileRelease]:
    """The releases by environment, namespace and name; nothing is said to be unreadable."""
    found = reading({**files, "charts/claims/Chart.yaml": CHART})
    assert not found.remarks
    return {each.variant: each for each in found.releases}


def plain(value: Any) -> Any:
    """Values as they are read, ``?`` for what isn't known."""
    if isinstance(value, Map):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return "?" if isinstance(value, TemplateHole) else value


def test_each_environment_has_its_values_and_its_releases() -> None:
    """In parts below the environments their values are known; a release that isn't installed isn't there."""
    found = releases(
        {
            "helmfile.yaml": """
                environments:
                  staging: {values: [{small: true}]}
                  production: {values: [env/production.yaml]}
                ---
                releases:
                  - name: claims
                    namespace: app-{{ .Environment.Name }}
                    chart: ./charts/claims
                    values:
                      - region: {{ .Values | get "region" "none" }}
                        only: {{ .Values.small | default false }}
                  - name: tools
                    chart: ./charts/claims
                    installed: {{ eq .Environment.Name "staging" }}
                  - name: never
                    chart: ./charts/claims
                    condition: small.never
                """,
            "env/production.yaml": "region: gra\nsmall: {never: false}\n",
        }
    )
    assert {variant: plain(each.values) for variant, each in found.items()} == {
        "staging/app-staging/claims": {"region": "none", "only": True},
        "staging/-/tools": {},
        "staging/-/never": {},
        "production/app-production/claims": {
            "region": "gra", "only": "map[never:false]",
        },
    }  # fmt: skip


def test_values_lie_on_each_other_and_what_is_not_here_may_say_anything() -> None:
    """Files, templates of files, what stands in the helmfile, then ``set``."""
    found = releases(
        {
            "helmfile.yaml.gotmpl": """
                releases:
                  - name: claims
                    chart: charts/claims
                    values:
                      - a.yaml
                      - b.yaml.gotmpl
                      - /etc/secrets/{{`{{ .Release.Name }}`}}.yaml
                      - c: {d: 3}
                    set:
                      - {name: c.e, value: "x"}
                      - {name: "hosts[0]", value: "y"}
                """,
            "a.yaml": "a: 1\nc: {d: 2, f: '{{ not a template }}'}\n",
            "b.yaml.gotmpl": 'b: {{ env "SECRET" }}\nname: {{ .Release.Name }}\n',
        }
    )
    values = found["default/-/claims"].values
    assert plain(values) == {
        "a": 1.0,
        "c": {"d": 3.0, "f": "{{ not a template }}", "e": "x"},
        "b": "?",
        "name": "claims",
        "hosts": "?",
    }
    assert isinstance(values.rest, TemplateHole)
    assert str(values.places["a"].path) == "a.yaml"


def test_bases_templates_and_other_helmfiles_are_followed() -> None:
    """A release takes what it inherits, by an anchor or by ``inherit``; another helmfile has the same environments."""
    found = releases(
        {
            "deploy/helmfile.yaml": """
                bases: [../base.yaml]
                ---
                helmfiles: [other/helmfile.yaml]
                templates:
                  default: &default
                    namespace: app
                    values: ["values-{{`{{ .Release.Name }}`}}.yaml"]
                    installedTemplate: '{{`{{ has .Release.Name .Values.releases }}`}}'
                  second: {chart: ../charts/claims}
                releases:
                  - {name: main, <<: *default, inherit: [{template: second}]}
                  - {name: canary, <<: *default, inherit: [{template: second}]}
                """,
            "deploy/values-main.yaml": "a: main\n",
            "base.yaml": "environments: {prod: {values: [{releases: [main]}]}}\n",
            "deploy/other/helmfile.yaml": "releases: [{name: by-name, chart: local/claims}]\n",
        }
    )
    assert {
        variant: (each.folder, plain(each.values)) for variant, each in found.items()
    } == {
        "prod/app/main": ("charts/claims", {"a": "main"}),
        "prod/-/by-name": ("charts/claims", {}),
    }


def test_what_is_not_known_is_installed_and_a_chart_from_elsewhere_leaves_the_file_unread() -> (
    None
):
    """Whatever the environment says."""
    found = reading(
        {
            "charts/claims/Chart.yaml": CHART,
            "helmfile.d/10-a.yaml": """
                releases:
                  - {name: a, chart: ./../charts/claims, installed: {{ env "A" }}}
                  {{ if env "B" }}
                  - {name: b, chart: ../charts/claims}
                  {{ end }}
                """,
            "helmfile.d/20-b.yaml": "releases: [{name: c, chart: elsewhere/redis}]\n",
        }
    )
    assert [each.variant for each in found.releases] == ["default/-/a", "default/-/b"]
    assert found.files == ["helmfile.d/10-a.yaml", "helmfile.d/20-b.yaml"]
    assert [(each.variant, each.chart) for each in found.elsewhere] == [
        ("default/-/c", "redis")
    ]


def test_a_helmfile_that_can_not_be_read_is_told_with_its_line() -> None:
    """Nothing is installed then."""
    found = reading({"helmfile.yaml": "releases:\n  - name: {{ nosuch 1 }}\n"})
    assert {(each.path, each.line) for each in found.remarks} == {("helmfile.yaml", 2)}
    assert found.files == []
    assert found.releases == []


def test_charts_are_rendered_as_each_environment_installs_them() -> None:
    """They aren't there by their own values alone then."""
    found = resources(
        {
            "charts/claims/Chart.yaml": CHART,
            "charts/claims/values.yaml": "dsn: none\n",
            "charts/claims/templates/a.yaml": job("a", "{{ .Values.dsn }}"),
            "helmfile.yaml": dedent("""
                environments: {prod: {values: [{dsn: "https://a@sentry.io/1"}]}}
                ---
                releases:
                  - name: claims
                    namespace: app
                    chart: charts/claims
                    values: [{dsn: "{{ .Values.dsn }}"}]
                """),
        }
    )
    assert set(found) == {("k8s:app/Job/a", "prod/app/claims")}


def test_a_chart_from_elsewhere_is_a_resource_for_what_its_values_show() -> None:
    """In each environment, with the name of the chart that isn't here."""
    found = resources(
        {
            "helmfile.yaml": dedent("""
                environments: {prod: {}, test: {}}
                ---
                repositories: [{name: acme, url: "https://charts.acme.example"}]
                releases:
                  - name: claims
                    namespace: app
                    chart: acme/claims
                    values: [{extraEnv: {SENTRY_DSN: "https://a@o1.ingest.de.sentry.io/1"}, x: {{ env "X" }}}]
                """),
        }
    )
    assert set(found) == {
        ("helm:app/claims", "prod/app/claims"),
        ("helm:app/claims", "test/app/claims"),
    }
    made = found["helm:app/claims", "prod/app/claims"]
    assert made.lacks == ("claims",)
    known = [each.value.value for each in made.sends if isinstance(each.value, Known)]
    assert known == ["https://a@o1.ingest.de.sentry.io/1"]


def test_a_helmfile_that_may_come_out_in_too_many_ways_stays_unread() -> None:
    """What was found in those that were looked at counts all the same."""
    parts = "".join(
        f"{{{{ if env `{name}` }}}}\n- {{name: {name}, chart: charts/claims}}\n{{{{ end }}}}\n"
        for name in "abcdefghij"
    )
    found = reading(
        {"charts/claims/Chart.yaml": CHART, "helmfile.yaml": f"releases:\n{parts}"}
    )
    assert {each.name for each in found.releases} == set("abcdefghij")
    assert found.files == []


def test_what_may_not_be_installed_may_not_exist() -> None:
    """Neither a chart that is here nor one that isn't."""
    found = resources(
        {
            "charts/claims/Chart.yaml": CHART,
            "charts/claims/templates/a.yaml": job(),
            "helmfile.yaml": dedent("""
                releases:
                  - {name: here, chart: charts/claims, installed: {{ env "A" }}}
                  - {name: sure, chart: charts/claims, installed: true}
                  - {name: there, chart: acme/redis, installed: {{ env "A" }}}
                """),
        }
    )
    exists = {variant: isinstance(each.exists, Known) for (_, variant), each in found.items()}
    assert exists == {
        "default/-/here": False,
        "default/-/sure": True,
        "default/-/there": False,
    }
