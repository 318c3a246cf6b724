"""Where settings stand that a chart's helpers, values and files make inside of a text: in these, line by line."""

from __future__ import annotations

import pytest

from sovlint.model.value import StepKind, unroll
from tests.frontends.kubernetes.charts.test_rendered_charts import CHART, resources

HELPER = """\
{{- define "claims.config" }}
{
  "app": {"port": 8080},

  "errors": {
    "sentryDsn": "https://abc@{{ .Values.errors.organisation }}.ingest.us.sentry.io/2"
  }
}
{{- end }}
"""
HOLDER = """\
apiVersion: v1
kind: {kind}
metadata:
  name: config
{section}:
  mode: plain
  {key}: |
    {{{{- include "claims.config" . | nindent 4 }}}}
"""


@pytest.mark.parametrize(
    ("kind", "section", "key"),
    [
        ("ConfigMap", "data", "config.json"),
        ("ConfigMap", "data", "settings"),
    ],
)
def test_a_setting_in_a_text_stands_where_a_helper_has_it(
    kind: str, section: str, key: str
) -> None:
    found = resources(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "name: a\nerrors:\n  organisation: o1\n",
            "c/templates/a.yaml": HOLDER.format(kind=kind, section=section, key=key),
            "c/templates/_config.tpl": HELPER,
        }
    )
    (sent,) = found[f"k8s:-/{kind}/config", None].sends
    where = sent.where.span()
    assert (where.path, where.line) == ("c/templates/_config.tpl", 6)
    put_in = [
        step.where.span().position
        for step in unroll(sent.value.because)
        if step.where is not None and step.kind is StepKind.PUT_IN
    ]
    assert put_in == ["c/values.yaml:3:3"]


def test_a_setting_of_a_secret_is_told_at_its_name_alone() -> None:
    found = resources(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": "errors:\n  organisation: o1\n",
            "c/templates/a.yaml": HOLDER.format(
                kind="Secret", section="stringData", key="config.json"
            ),
            "c/templates/_config.tpl": HELPER,
        }
    )
    (sent,) = found["k8s:-/Secret/config", None].sends
    assert sent.where.span().position == "c/templates/a.yaml:4:3"
    assert sent.value.sensitive
    assert sent.written is not None
    assert sent.written.span().line == 6


FETCHED = """\
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: tls}
spec:
  provider: aws
  secretObjects: {{ .Values.objects | toJson }}
"""


def test_a_key_that_is_only_fetched_stands_where_what_fetches_it_does() -> None:
    """Nothing of it stands under `data`, as a secret's keys do."""
    objects = "[{secretName: tls, data: [{key: tls.key, objectName: SENTRY_DSN}]}]"
    found = resources(
        {
            "c/Chart.yaml": CHART,
            "c/values.yaml": f"objects: {objects}\n",
            "c/templates/a.yaml": FETCHED,
        }
    )
    assert [key[0] for key in found if "SecretProviderClass" in key[0]] == [
        "k8s:-/SecretProviderClass.secrets-store.csi.x-k8s.io/tls"
    ]
