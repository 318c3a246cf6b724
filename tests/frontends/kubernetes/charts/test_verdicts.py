"""Whatever value of a chart isn't known: no verdict gets better by it, and nothing that was found goes away unsaid."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from sovlint.model.findings.finding import Verdict
from sovlint.model.value import Known
from tests.frontends.kubernetes.charts.judged import findings
from tests.frontends.memory import MemoryReader

CHARTS: Final = Path(__file__).parents[3] / "oracle" / "charts"
NAMES: Final = sorted(each.name for each in CHARTS.iterdir())
MOST: Final = 5
"""As many values of each of the small charts are tried, and as many pairs of those below."""
JUDGED: Final = "data-class-judged"

Files = dict[str, str | bytes | None]
Verdicts = dict[tuple[str, str, str], set[Verdict]]

RELEASE = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {{name: claims, namespace: records, labels: {{sovlint.dev/data: health}}}}
spec:
  chart: {{spec: {{chart: ./c, sourceRef: {{kind: GitRepository, name: x}}}}}}
  valuesFrom: [{given}]
  values: {values}
"""
SECRET = "{{kind: Secret, name: elsewhere, targetPath: '{path}'}}"
HELPERS = """
{{- define "claims.url" -}}
{{- with .Values.database -}}
{{- if .external.enabled -}}
postgres://{{ .user }}@{{ .external.host }}:{{ .port | default 5432 }}/{{ .name }}
{{- else -}}
postgres://{{ .user }}@claims-db/{{ .name }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- define "claims.labels" -}}
app: {{ default .Chart.Name .Values.nameOverride }}
{{- if .Values.labels.declared }}
sovlint.dev/data: {{ .Values.labels.class }}
{{- end }}
{{- end -}}
"""
WORKLOAD = """
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ default "api" .Values.nameOverride }}
spec:
  template:
    metadata:
      labels:
        {{- include "claims.labels" . | nindent 8 }}
    spec:
      containers:
        - name: api
          image: {{ .Values.image.repository }}:{{ .Values.image.tag }}
          args: ["--otlp-endpoint={{ .Values.collector }}"]
          env:
            - name: DATABASE_URL
              value: {{ include "claims.url" . | quote }}
            {{- if and .Values.sentry.enabled (ne .Values.stage "dev") }}
            - name: SENTRY_DSN
              value: {{ tpl .Values.sentry.dsn . | quote }}
            {{- end }}
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
            {{- toYaml .Values.extraEnv | nindent 12 }}
"""
STORED = """
{{- range .Values.buckets }}
{{- if or (not .stages) (has $.Values.stage .stages) }}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: {{ printf "copy-%s" .name | trunc 20 }}}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: copy
              image: amazon/aws-cli
              envFrom: [{configMapRef: {name: copy-{{ .name }}}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: copy-{{ .name }}}
data:
  {{- toYaml (merge (dict) (.settings | default dict) $.Values.settings) | nindent 2 }}
{{- end }}
{{- end }}
"""
VALUES = """
stage: prod
nameOverride: null
labels: {declared: true, class: health}
image: {repository: example/claims, tag: "1"}
collector: https://otlp.eu01.nr-data.net
database:
  user: claims
  name: claims
  port: null
  external: {enabled: true, host: claims.abc.HERE.rds.amazonaws.com}
sentry:
  enabled: true
  region: HOST
  dsn: "https://abc@o1.ingest.{{ .Values.sentry.region }}.sentry.io/1"
env: {REDIS_URL: "redis://claims.abc.ng.0001.HERE.cache.amazonaws.com:6379"}
extraEnv:
  - {name: STORAGE_URL, value: "https://claims.s3.HERE.amazonaws.com"}
settings: {S3_ENDPOINT: "https://s3.HERE.amazonaws.com"}
buckets:
  - {name: one, stages: [prod]}
  - {name: two, settings: {S3_ENDPOINT: "https://s3.fr-par.scw.cloud"}}
"""
OWN: Final = {"abroad": ("us-east-1", "us"), "here": ("eu-west-3", "de")}


def own_chart(place: str) -> Files:
    """A chart that sends data to a place, by way of most of what templates have."""
    region, host = OWN[place]
    return {
        "c/Chart.yaml": "apiVersion: v2\nname: claims\nversion: 1.0.0\n",
        "c/values.yaml": VALUES.replace("HERE", region).replace("HOST", host),
        "c/templates/_helpers.tpl": HELPERS,
        "c/templates/api.yaml": WORKLOAD,
        "c/templates/copies.yaml": STORED,
    }


@cache
def small_chart(name: str) -> Mapping[str, bytes]:
    folder = CHARTS / name
    return {
        f"c/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def paths(values: Any, above: str = "") -> Iterator[str]:
    """Every path of keys that can be written with dots, the outer ones first."""
    for key, value in values.items() if isinstance(values, dict) else ():
        if isinstance(key, str) and re.fullmatch(r"[\w-]+", key):
            yield f"{above}{key}"
            yield from paths(value, f"{above}{key}.")


def paths_of(files: Mapping[str, Any]) -> list[str]:
    written = files.get("c/values.yaml")
    return list(paths(yaml.safe_load(written) if written else {}))


def filled_in_later(unknown: Iterable[str]) -> dict[str, Any]:
    """Values of a release of which each is filled in before it is applied."""
    made: dict[str, Any] = {}
    for path in unknown:
        *above, last = path.split(".")
        at = made
        for key in above:
            inner = at.setdefault(key, {})
            at = inner if isinstance(inner, dict) else {}
        at[last] = "${UNKNOWN}"
    return made


def verdicts(
    files: Mapping[str, Any], unknown: Collection[str] = (), elsewhere: Collection[str] = ()
) -> Verdicts:
    """Verdicts by policy, address and role. The values at ``unknown`` are filled in later; a secret that isn't here has
    those at ``elsewhere``, and may have any more that nothing here says."""
    given = ", ".join(SECRET.format(path=path) for path in elsewhere)
    release = RELEASE.format(given=given, values=json.dumps(filled_in_later(unknown)))
    read = MemoryReader({**files, "release.yaml": release})
    found: Verdicts = {}
    for each in findings(read):
        role = each.placement.role if each.placement else None
        key = (
            each.policy,
            each.resource.address,
            role.value if isinstance(role, Known) else "",
        )
        found.setdefault(key, set()).add(each.verdict)
    return found


def may_be(address: str, other: str) -> bool:
    """Whether an address of which some isn't known may be another one."""
    parts = re.split(r"\$\{[^}]*\}", other)
    return re.fullmatch(".*".join(map(re.escape, parts)), address) is not None


def no_better(before: Verdicts, after: Verdicts) -> None:
    """Assert that nothing got better, and that what went away is spoken of."""
    asked = [key[1] for key in after if key[0] == JUDGED]
    for (policy, address, role), old in before.items():
        if policy == JUDGED:
            continue
        new = {
            verdict
            for (its, other, part), each in after.items()
            if (its, part) == (policy, role) and may_be(address, other)
            for verdict in each
        }
        spoken = any(may_be(address, each) for each in asked)
        assert new or spoken or old == {Verdict.COMPLIANT}, (policy, address, role)
        assert new <= old | {Verdict.UNPROVEN}, (policy, address, role, old, new)
        if old != {Verdict.COMPLIANT} and not spoken:
            assert new != {Verdict.COMPLIANT}, (policy, address, role, old)


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_a_small_chart_makes_a_verdict_better_by_its_absence(name: str) -> None:
    files = small_chart(name)
    before = verdicts(files)
    found = paths_of(files)
    for path in found[:: max(1, len(found) // MOST)][:MOST]:
        no_better(before, verdicts(files, [path]))


@pytest.mark.parametrize("place", OWN)
def test_no_value_makes_a_verdict_better_by_its_absence(place: str) -> None:
    """One by one, and some together, as far as nothing else is unknown; then where a secret may say more besides."""
    files = own_chart(place)
    before = verdicts(files)
    found = paths_of(files)
    pairs = random.Random(20).sample(list(combinations(found, 2)), MOST)
    assert {Verdict.VIOLATION, Verdict.COMPLIANT} <= set().union(*before.values())
    for unknown in [(path,) for path in found] + pairs:
        no_better(before, verdicts(files, unknown))
    for elsewhere in [(), *pairs]:
        no_better(before, verdicts(files, elsewhere=elsewhere))
