"""What is off by default is no proof that nobody switches it on: asked once a chart, of a class that is declared."""

from __future__ import annotations

from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.value import Step, unroll
from tests.frontends.kubernetes.charts.judged import findings
from tests.frontends.memory import MemoryReader

DSN = "https://0a1b@o42.ingest.us.sentry.io/7"
CHART = {
    "charts/claims/Chart.yaml": "apiVersion: v2\nname: claims\nversion: 1.0.0\n",
    "charts/claims/values.yaml": (
        f"export:\n  enabled: false\n  dsn: {DSN}\nscaling:\n  enabled: false\nmail: false\n"
    ),
    "charts/claims/templates/deployment.yaml": """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: claims
  labels: {sovlint.dev/data: health}
spec:
  {{- if not .Values.scaling.enabled }}
  replicas: 2
  {{- end }}
  template:
    spec:
      containers:
        - name: claims
          image: claims:1
          env:
            - {name: LOG_LEVEL, value: info}
            {{- if .Values.export.enabled }}
            - {name: SENTRY_DSN, value: {{ .Values.export.dsn | quote }}}
            {{- end }}
""",
}
RELEASE = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {{name: claims, namespace: records}}
spec:
  chart: {{spec: {{chart: ./charts/claims, sourceRef: {{kind: GitRepository, name: x}}}}}}
  values: {values}
"""


def asked(files: dict[str, str]) -> list[Finding]:
    """What is asked of switches."""
    return [
        each for each in findings(MemoryReader(files)) if each.policy == "data-class-judged"
    ]


def steps(found: Finding) -> list[Step]:
    """All steps that lead to what is asked."""
    return [step for because in found.because for step in unroll(because)]


def why(found: Finding) -> dict[str, object]:
    """Whom it leads to, and the switches."""
    note = found.headline.params["why"]
    assert hasattr(note, "params")
    return dict(note.params)


def test_what_a_default_switches_off_is_asked_once_with_company_and_switch() -> None:
    [found] = asked(CHART)
    assert found.resource.address == "helm:claims"
    assert found.verdict is Verdict.UNPROVEN
    assert found.severity is Severity.WARNING
    assert why(found) == {"whom": ("Sentry",), "switches": ("export.enabled",)}


def test_an_address_in_the_template_is_governed_by_its_switch_too() -> None:
    files = {
        path: text.replace("{{ .Values.export.dsn | quote }}", DSN) if "templates" in path
        else text.replace(f"  dsn: {DSN}\n", "")
        for path, text in CHART.items()
    }  # fmt: skip
    [found] = asked(files)
    assert why(found) == {"whom": ("Sentry",), "switches": ("export.enabled",)}


def test_an_object_that_is_there_only_once_it_is_on_is_asked_of() -> None:
    files = {
        **CHART,
        "charts/claims/templates/mail.yaml": (
            "{{- if .Values.mail }}\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: mail}\n"
            "spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: a, "
            "env: [{name: SENDGRID_API_KEY, value: abc}]}]}}}}}\n{{- end }}\n"
        ),
    }
    [found] = asked(files)
    assert set(why(found)["switches"]) == {"export.enabled", "mail"}  # type: ignore[call-overload]


def test_without_a_declared_class_nothing_is_asked() -> None:
    files = {
        path: text.replace("  labels: {sovlint.dev/data: health}\n", "")
        for path, text in CHART.items()
    }
    assert asked(files) == []


def test_a_release_here_that_leaves_it_off_proves_that() -> None:
    off = RELEASE.format(values="{export: {enabled: false}}")
    assert asked({**CHART, "release.yaml": off}) == []
    on = RELEASE.format(values="{export: {enabled: true}}")
    found = findings(MemoryReader({**CHART, "release.yaml": on}))
    assert any(
        each.verdict is Verdict.VIOLATION and each.placement and each.placement.sent
        for each in found
    )


SECRET = "  valuesFrom: [{kind: Secret, name: claims-values}]\n"
"""More values, which aren't here."""


def test_what_a_release_gets_from_elsewhere_may_switch_it_on() -> None:
    [found] = asked({**CHART, "release.yaml": RELEASE.format(values="{}") + SECRET})
    assert why(found) == {"whom": ("Sentry",), "switches": ("export.enabled",)}
    assert asked({**CHART, "release.yaml": RELEASE.format(values="{}")}) == []


def test_values_of_the_release_itself_win_over_those_from_elsewhere() -> None:
    off = RELEASE.format(values="{export: {enabled: false}}") + SECRET
    assert asked({**CHART, "release.yaml": off}) == []


def test_several_releases_that_get_values_from_elsewhere_are_one_question() -> None:
    one = RELEASE.format(values="{}") + SECRET
    two = one.replace("name: claims, n", "name: claims-b, n")
    assert len(asked({**CHART, "one.yaml": one, "two.yaml": two})) == 1


def test_an_environment_that_says_so_itself_answers() -> None:
    said = {"charts/claims/values-prod.yaml": "export: {enabled: false}\n"}
    assert asked({**CHART, **said}) == []
    silent = {"charts/claims/values-prod.yaml": "mail: false\n"}
    assert len(asked({**CHART, **silent})) == 1


def test_what_sends_nothing_once_it_is_on_is_no_question() -> None:
    files = {
        path: text.replace(DSN, "http://sentry.records.svc/1") for path, text in CHART.items()
    }
    assert asked(files) == []


def test_of_a_chart_that_is_not_here_a_switch_beside_an_address_proves_nothing() -> None:
    elsewhere = (
        RELEASE.format(values=f"{{export: {{enabled: false, sentry: {{dsn: '{DSN}'}}}}}}")
        .replace("./charts/claims", "claims")
        .replace("GitRepository", "HelmRepository")
    )
    labelled = elsewhere.replace(
        "{name: claims, n", "{name: claims, labels: {sovlint.dev/data: health}, n"
    )
    [found] = asked({"release.yaml": labelled})
    assert why(found) == {"whom": ("Sentry",), "switches": ("export.enabled",)}
    assert any("o42.ingest.us.sentry.io" in str(step.note.params) for step in steps(found))
    assert asked({"release.yaml": elsewhere}) == []
    on = labelled.replace("enabled: false", "enabled: true")
    assert asked({"release.yaml": on}) == []
