"""Whatever a chart makes of values that nobody knows, a class that is declared is asked for: no way is silent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from sovlint.model.findings.finding import Finding, Severity, Verdict
from tests.frontends.kubernetes.charts.judged import findings
from tests.frontends.memory import MemoryReader

ABROAD = "postgres://claims.abc.us-east-1.rds.amazonaws.com/db"
RELEASE = """
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: claims, namespace: records}
spec:
  chart: {spec: {chart: ./c, sourceRef: {kind: GitRepository, name: x}}}
  valuesFrom: [{kind: Secret, name: elsewhere, targetPath: open}]
"""
WORKLOAD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  template:
    metadata: {labels: {sovlint.dev/data: health}}
    spec:
      containers:
        - name: a
          image: a
          ENV
"""
SENDING = WORKLOAD.replace("ENV", f'env: [{{name: DATABASE_URL, value: "{ABROAD}"}}]')
HELD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME-held}\ndata:\n  "
HOLDING = "\n---" + WORKLOAD.replace("ENV", "envFrom: [{configMapRef: {name: NAME-held}}]")


def given(value: str) -> str:
    return WORKLOAD.replace("ENV", f"env: [{{name: DATABASE_URL, value: {value}}}]")


def within(opening: str, body: str = SENDING) -> str:
    return f"{{{{- {opening} }}}}\n---{body}{{{{- end }}}}\n"


PERHAPS_ABROAD = {
    "if": within("if .Values.open.x"),
    "else": within("if .Values.open.x }}{{ else"),
    "comparison": within('if eq .Values.open.x "prod"'),
    "with": within("with .Values.open.x"),
    "else of with": within("with .Values.open.x }}{{ else"),
    "list": within("range .Values.open.list"),
    "map": within("range $key, $value := .Values.open.map"),
    "counted": within("range until (int .Values.open.count)"),
    "break": within("range .Values.names }}{{ if eq . $.Values.open.x }}{{ break }}{{ end"),
    "key": within('if hasKey .Values.open "x"'),
    "pattern": within('if regexMatch "^a" .Values.open.x'),
    "number": within("if gt (int .Values.open.x) 0"),
    "read": within("if (fromYaml .Values.open.x).on"),
    "set": within('$_ := set .Values "made" .Values.open.x }}{{ if .Values.made'),
    "lookup": within('if lookup "v1" "Secret" "a" "b"'),
    "no lookup": within('if not (lookup "v1" "Secret" "a" "b")'),
    "items": within('range (lookup "v1" "Secret" "a" "").items'),
    "ternary": given(f'{{{{ ternary "{ABROAD}" "" (eq .Values.open.x "a") | quote }}}}'),
}
"""What may be in the United States: a database, whose place is known."""
SURELY_ABROAD = {
    "fails otherwise": '{{- if .Values.open.x }}{{ fail "no" }}{{ end }}' + SENDING,
    "name": SENDING.replace("NAME", "{{ .Values.open.name }}"),
    "file": '{{ .Files.Get "files/a.yaml" }}',
    "files": '{{ range $path, $_ := .Files.Glob "files/*" }}---\n{{ $.Files.Get $path }}{{ end }}',
}
"""What is in the United States whatever isn't known."""
ASKED = {
    "required": given('{{ required "x" .Values.open.x | quote }}'),
    "tpl": given("{{ tpl .Values.open.x . | quote }}"),
    "tpl of a part": given('{{ tpl "postgres://{{ .Values.open.x }}/db" . | quote }}'),
    "default": given(f'{{{{ .Values.open.x | default "{ABROAD}" | quote }}}}'),
    "coalesce": given(f'{{{{ coalesce .Values.open.x "{ABROAD}" | quote }}}}'),
    "get": given(f'{{{{ get (dict "a" "{ABROAD}") .Values.open.x | quote }}}}'),
    "index": given("{{ index .Values.urls .Values.open.x | quote }}"),
    "merge": given('{{ (merge (dict) .Values.open.x (dict "a" "b")).a | quote }}'),
    "looked up": given('{{ (lookup "v1" "Secret" "a" "b").data.url | quote }}'),
    "which file": given('{{ .Files.Get (printf "files/%s" .Values.open.x) | quote }}'),
    "held": HELD + "DATABASE_URL: {{ .Values.open.x | quote }}" + HOLDING,
    "argument": WORKLOAD.replace("ENV", 'args: ["--database-url={{ .Values.open.x }}"]'),
}
"""Who answers isn't known."""
VARIABLES = {
    "variables": WORKLOAD.replace("ENV", "env: {{- toYaml .Values.open.env | nindent 12 }}"),
    "more variables": WORKLOAD.replace(
        "ENV",
        "env:\n            - {name: A, value: b}\n            {{- toYaml .Values.open.env | nindent 12 }}",
    ),
    "each": WORKLOAD.replace(
        "ENV",
        "env:\n            {{- range $key, $value := .Values.open.env }}\n"
        "            - {name: {{ $key }}, value: {{ $value | quote }}}\n            {{- end }}",
    ),
    "sources": WORKLOAD.replace("ENV", "envFrom: {{- toYaml .Values.open.x | nindent 12 }}"),
    "which source": WORKLOAD.replace("ENV", "envFrom: [{configMapRef: {name: {{ .Values.open.x }}}}]"),
    "fields": WORKLOAD.replace("ENV", "{{- toYaml .Values.open.x | nindent 10 }}"),
    "containers": WORKLOAD.replace("          ENV", "        {{- toYaml .Values.open.x | nindent 8 }}"),
    "pod": WORKLOAD[: WORKLOAD.index("  template:")].replace("NAME}", "NAME, labels: {sovlint.dev/data: health}}")
    + "  {{- toYaml .Values.open.spec | nindent 2 }}\n",
    "held in a map": HELD + "{{- toYaml .Values.open.data | nindent 2 }}" + HOLDING,
}  # fmt: skip
"""Nobody knows which variables there are."""
EVERY = PERHAPS_ABROAD | SURELY_ABROAD | ASKED | VARIABLES


@cache
def found() -> dict[str, list[Finding]]:
    """What is found, by the name of the template."""
    names = {f"c/templates/t{number}.yaml": name for number, name in enumerate(EVERY)}
    files: dict[str, str | bytes | None] = {
        path: EVERY[name].replace("NAME", path[12:-5]) for path, name in names.items()
    }
    files |= {
        "release.yaml": RELEASE,
        "c/Chart.yaml": "apiVersion: v2\nname: claims\nversion: 1.0.0\n"
        "dependencies: [{name: sub, version: 1.0.0, condition: open.sub}]\n",
        "c/values.yaml": f"names: [a, b]\nurls: {{a: '{ABROAD}'}}\n",
        "c/files/a.yaml": SENDING.replace("NAME", "filed"),
        "c/charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        "c/charts/sub/templates/a.yaml": SENDING.replace("NAME", "sub"),
    }
    made: dict[str, list[Finding]] = {}
    for each in findings(MemoryReader(files)):
        path = each.resource.where.span().path
        made.setdefault(names.get(path, path), []).append(each)
    return made


def verdicts(name: str, role: str) -> set[Verdict]:
    return {each.verdict for each in of_role(name, role)}


def of_role(name: str, role: str) -> Iterator[Finding]:
    for each in found().get(name, ()):
        placement = each.placement if each.policy == "health-data-in-eea" else None
        if placement is not None and getattr(placement.role, "value", None) == role:
            yield each


@pytest.mark.parametrize("name", [*PERHAPS_ABROAD, "c/charts/sub/templates/a.yaml"])
def test_what_may_be_abroad_is_not_proved(name: str) -> None:
    assert verdicts(name, "at-rest") == {Verdict.UNPROVEN}
    told = {each.placement.provider for each in of_role(name, "at-rest") if each.placement}
    assert [str(getattr(each, "value", None)) for each in told] == ["aws"] * len(told)


@pytest.mark.parametrize("name", SURELY_ABROAD)
def test_what_is_abroad_in_any_case_is_a_violation(name: str) -> None:
    assert verdicts(name, "at-rest") == {Verdict.VIOLATION}


@pytest.mark.parametrize("name", ASKED)
def test_who_answers_at_an_address_that_is_not_known_is_asked(name: str) -> None:
    assert verdicts(name, "at-rest") == {Verdict.UNPROVEN}


@pytest.mark.parametrize("name", VARIABLES)
def test_variables_that_nobody_knows_are_asked_for(name: str) -> None:
    asked = [each for each in found()[name] if each.policy == "data-class-judged"]
    assert [(each.verdict, each.severity) for each in asked] == [
        (Verdict.UNPROVEN, Severity.ERROR)
    ]


WHOLE = {
    "text": "{{ tpl .Values.open.text . }}",
    "object": "{{ toYaml .Values.open.object }}",
    "which helper": '{{ include (printf "claims.%s" .Values.open.x) . }}',
    "helper": "{{ include .Values.open.x . }}",
}
"""Nothing is known of what a template makes, since values aren't known."""
BROKEN = {
    "no YAML": "a: [b\nc: d",
    "endless": '{{ define "again" }}{{ include "again" . }}{{ end }}{{ include "again" . }}',
}
"""Nothing is known of what a template makes, since it can't be rendered."""
GIVEN_BESIDES = {name: text.replace(".open.", ".") for name, text in WHOLE.items()}
"""Nothing here says what a template makes; a secret that isn't here may."""


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        *((text, Severity.ERROR) for text in (WHOLE | BROKEN).values()),
        *((text, Severity.WARNING) for text in GIVEN_BESIDES.values()),
    ],
)
def test_what_a_template_makes_that_nobody_knows_is_asked_of_the_release(
    text: str, severity: Severity
) -> None:
    """Where nothing here says that there is anything, it costs less."""
    labels = "namespace: records, labels: {sovlint.dev/data: health}"
    files: dict[str, str | bytes | None] = {
        "release.yaml": RELEASE.replace("namespace: records", labels),
        "c/Chart.yaml": "apiVersion: v2\nname: claims\nversion: 1.0.0\n",
        "c/templates/a.yaml": text,
        "c/templates/b.yaml": SENDING.replace("NAME", "b"),
    }
    asked = [
        each for each in findings(MemoryReader(files)) if each.policy == "data-class-judged"
    ]
    assert [(each.resource.type.partition(".")[0], each.severity) for each in asked] == [
        ("HelmRelease", severity)
    ]
