"""Where findings on what a chart makes stand, and ignore comments there: in values, in templates and in helpers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.exceptions.house import CONTROL, Json, repository, run, scan

COMMENT = f'sovlint: ignore[{CONTROL}] reason="moves with contract 2026-114"'
DSN = "https://abc@o1.ingest.us.sentry.io/2"
TEMPLATE = """\
{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
spec:
  template:
    spec:
      containers:
        - name: portal
          image: example/portal
          env:
            {{- include "portal.env" . | nindent 12 }}
            - name: OTHER_SENTRY_DSN
              value: {{ .Values.other | quote }}
{{- end }}
"""
HELPER = """\
{{- define "portal.env" -}}
- name: SENTRY_DSN
  value: {{ .Values.dsn | quote }}
{{- end }}
"""
CLAIM = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: files
spec:
  accessModes: [ReadWriteMany]
  storageClassName: {{ .Values.class }}
"""
VALUES = f"""\
enabled: true
class: azurefile-csi
dsn: {DSN}
other: {DSN.replace("us.", "de.")}
"""
FILES = {
    "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    "c/values.yaml": VALUES,
    "c/templates/app.yaml": TEMPLATE,
    "c/templates/_env.tpl": HELPER,
    "c/templates/claim.yaml": CLAIM,
}


def under_control(report: Json) -> dict[str, bool]:
    """By what is at stake, whether the finding on control is suppressed."""
    return {
        f"{each['role']} {each['placement']['region'] or ''}".strip(): bool(
            each["suppressed"]
        )
        for each in report["findings"]
        if each["policy"] == CONTROL and each["role"] != "compute"
    }


def with_line(path: str, written: str, line: str) -> dict[str, str]:
    """The chart with one line of one file otherwise."""
    assert written in FILES[path]
    return {**FILES, path: FILES[path].replace(written, line)}


def test_a_finding_stands_where_its_value_is_written(tmp_path: Path) -> None:
    folder = repository(tmp_path, FILES)
    result = run(folder, "--assume", "health", "--format", "sarif")
    found = {
        (
            each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            each["locations"][0]["physicalLocation"]["region"]["startLine"],
            *(
                other["physicalLocation"]["region"]["startLine"]
                for other in each.get("relatedLocations", ())
                if other["physicalLocation"]["artifactLocation"]["uri"] == "c/values.yaml"
            ),
        )
        for each in json.loads(result.stdout)["runs"][0]["results"]
        if each["ruleId"] == CONTROL
    }
    assert found == {
        ("c/templates/app.yaml", 15, 4),
        ("c/templates/_env.tpl", 3, 3),
        ("c/templates/claim.yaml", 7, 2),
    }
    for form in ("github", "concise", "gitlab-codequality"):
        said = run(folder, "--assume", "health", "--format", form).stdout
        assert "c/templates/_env.tpl" in said


@pytest.mark.parametrize(
    ("path", "written", "line", "covered"),
    [
        ("c/values.yaml", f"dsn: {DSN}", f"dsn: {DSN} # {COMMENT}", "processor US"),
        ("c/values.yaml", "dsn: ", f"# {COMMENT}\ndsn: ", "processor US"),
        ("c/values.yaml", "azurefile-csi", f"azurefile-csi # {COMMENT}", "at-rest"),
        (
            "c/templates/_env.tpl",
            "  value:",
            f"  {{{{/* {COMMENT} */}}}}\n  value:",
            "processor US",
        ),
        ("c/templates/_env.tpl", "- name: SEN", f"# {COMMENT}\n- name: SEN", "processor US"),
        (
            "c/templates/app.yaml",
            ".other | quote }}",
            f".other | quote }}}} # {COMMENT}",
            "processor EU",
        ),
        (
            "c/templates/claim.yaml",
            ".class }}",
            f".class }}}} {{{{- /* {COMMENT} */ -}}}}",
            "at-rest",
        ),
    ],
)
def test_a_comment_covers_what_stands_on_its_line(
    tmp_path: Path, path: str, written: str, line: str, covered: str
) -> None:
    report = scan(repository(tmp_path, with_line(path, written, line)), "--assume", "health")
    held = under_control(report)
    assert {name for name, suppressed in held.items() if suppressed} == {covered}
    assert len(held) == 3
    assert [each["state"] for each in report["exceptions"]] == ["used"]


@pytest.mark.parametrize(
    ("comment", "policy"),
    [
        (COMMENT.partition(" reason")[0], "ignore-without-reason"),
        (COMMENT.replace(" reason", " until=2026-01-31 reason"), "ignore-expired"),
        (COMMENT.replace(CONTROL, "owners-known"), "ignore-unused"),
    ],
)
def test_the_same_rules_hold_in_values(tmp_path: Path, comment: str, policy: str) -> None:
    files = with_line("c/values.yaml", "dsn: ", f"# {comment}\ndsn: ")
    report = scan(repository(tmp_path, files), "--assume", "health")
    assert not any(under_control(report).values())
    (told,) = (each for each in report["findings"] if each["policy"] == policy)
    assert (told["path"], told["line"]) == ("c/values.yaml", 3)


def test_a_comment_on_a_value_that_leads_nowhere_is_unused(tmp_path: Path) -> None:
    files = with_line("c/values.yaml", "enabled: true", f"enabled: true # {COMMENT}")
    report = scan(repository(tmp_path, files), "--assume", "health")
    assert not any(under_control(report).values())
    assert "ignore-unused" in {each["policy"] for each in report["findings"]}


def test_what_only_values_show_stands_in_these(tmp_path: Path) -> None:
    values = (
        f"replicas: 1\npersistence:\n  storageClass: managed-csi # {COMMENT}\n  size: 8Gi\n"
    )
    folder = repository(
        tmp_path, {"c/Chart.yaml": FILES["c/Chart.yaml"], "c/values.yaml": values}
    )
    found = run(folder, "--assume", "health", "--format", "concise").stdout
    assert "c/values.yaml:3" in found
    assert "`volume`" not in run(folder, "--assume", "health", "--full").stdout
    report = scan(folder, "--assume", "health")
    assert [each["state"] for each in report["exceptions"]] == ["used"]


def test_a_placement_that_is_told_alike_twice_is_named_once(tmp_path: Path) -> None:
    template = TEMPLATE.replace("replicas", "x").replace(
        "      containers:",
        "      serviceAccountName: {{ lookup `v1` `Pod` `a` `b` | toJson }}\n      containers:",
    )
    files = {**FILES, "c/templates/app.yaml": template}
    said = run(repository(tmp_path, files), "--assume", "health").stdout
    lines = [line for line in said.splitlines() if "Deployment/portal" in line]
    assert len(lines) == len(set(lines))
