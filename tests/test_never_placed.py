"""What looks like a place and is none: links, schemas, comments, names of Kubernetes itself, wishes, examples.

Each case is a workload of health data in a folder of its own. Nothing in it says where it runs or data goes, so it
has one placement, of which nothing is known, and no flow: through the whole command line, as its owner would run it.
"""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

WORKLOAD = """\
{comment}apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels: {{sovlint.dev/data: health, app.kubernetes.io/managed-by: Helm, helm.sh/chart: api-1.2.3}}
{metadata}spec:
  selector: {{matchLabels: {{app: api}}}}
  template:
    metadata: {{labels: {{app: api}}}}
    spec:
      containers:
        - name: api
          image: {image}
{container}{pod}"""

PREFERRED = """\
affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        preference:
          matchExpressions:
            - {key: topology.kubernetes.io/region, operator: In, values: [us-east-1]}
            - {key: topology.kubernetes.io/zone, operator: In, values: [fr-par-1]}
            - {key: eks.amazonaws.com/nodegroup, operator: Exists}
"""
APART = """\
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - {labelSelector: {matchLabels: {app: api}}, topologyKey: topology.kubernetes.io/zone}
topologySpreadConstraints:
  - {maxSkew: 1, topologyKey: topology.kubernetes.io/region, whenUnsatisfiable: ScheduleAnyway}
"""


def annotated(**pairs: str) -> dict[str, str]:
    """A workload with annotations."""
    return {
        "metadata": "annotations:\n"
        + "".join(f'  {key}: "{value}"\n' for key, value in pairs.items())
    }


def environment(**pairs: str) -> dict[str, str]:
    """A workload with settings."""
    return {
        "container": "env:\n"
        + "".join(f'  - {{name: {key}, value: "{value}"}}\n' for key, value in pairs.items())
    }


CASES: dict[str, dict[str, str]] = {
    "nothing at all": {},
    "links in annotations": annotated(
        documentation="https://docs.aws.amazon.com/eks/latest/userguide/",
        runbook="https://s3.us-east-1.amazonaws.com/runbooks/api.pdf",
        dashboard="https://app.datadoghq.com/dashboard/abc",
        repository="https://github.com/example/api",
        **{"link.argocd.argoproj.io/external-link": "https://eu-west-3.console.aws.amazon.com/"},
    ),
    "words in annotations": annotated(description="was in eu-west-3 at AWS, moved to Scaleway fr-par in 2025"),
    "a schema": {"comment": "# yaml-language-server: $schema=https://storage.googleapis.com/schemas/deployment.json\n"},
    "a comment": {"comment": "# database: https://claims.abc.eu-west-3.rds.amazonaws.com (us-east-1 before)\n"},
    "a comment beside a setting": {"container": "imagePullPolicy: Always  # https://s3.us-east-1.amazonaws.com\n"},
    "names of Kubernetes": annotated(
        **{
            "kubernetes.io/change-cause": "kubectl apply --server=https://kubernetes.io",
            "kubernetes.io/ingress.class": "nginx",
            "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
            "prometheus.io/scrape": "true",
            "container.apparmor.security.beta.kubernetes.io/api": "runtime/default",
        }
    ),
    "nodes of any cluster": {
        "pod": "nodeSelector: {kubernetes.io/os: linux, kubernetes.io/arch: amd64, node.kubernetes.io/x: ''}\n"
    },
    "a preferred affinity": {"pod": PREFERRED},
    "keys without values": {"pod": APART},
    "nodes that are borne": {
        "pod": "tolerations:\n  - {key: kubernetes.azure.com/scalesetpriority, operator: Exists, effect: NoSchedule}\n"
    },
    "an image of a registry": {"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1"},
    "links in settings": environment(
        DOCS_URL="https://docs.aws.amazon.com/", HOMEPAGE="https://www.google.com", SUPPORT="https://example.zendesk.com",
        TERMS="https://www.acme.fr/terms.pdf",
    ),
    "names for examples": environment(
        S3_ENDPOINT="https://s3.example.com", DATABASE_URL="postgres://u:p@db.example.org:5432/a",
        SENTRY_DSN="https://key@sentry.example.net/1", OTEL_EXPORTER_OTLP_ENDPOINT="http://collector.test:4317",
    ),
    "its own machine and network": environment(
        OTEL_EXPORTER_OTLP_ENDPOINT="http://localhost:4317", DATABASE_URL="postgres://u:p@10.1.2.3:5432/a",
        REDIS_URL="redis://127.0.0.1:6379", S3_ENDPOINT="http://192.168.1.9:9000", DB_HOST="[::1]",
    ),
}  # fmt: skip


def written(case: dict[str, str]) -> str:
    """The manifest of a case."""
    columns = {"metadata": "  ", "container": " " * 10, "pod": " " * 6}
    parts = {
        key: indent(case.get(key, ""), columns.get(key, ""))
        for key in ("comment", "metadata", "container", "pod")
    }
    return WORKLOAD.format(image=case.get("image", "registry.example/api:1"), **parts)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    top = tmp_path_factory.mktemp("never")
    (top / ".git").mkdir()
    for name, case in CASES.items():
        folder: Path = top / name.replace(" ", "-")
        folder.mkdir()
        (folder / "api.yaml").write_text(written(case), encoding="utf-8")
    (top / "notes.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes, labels: {sovlint.dev/data: health}}\n"
        "data:\n  README.md: |\n    See https://s3.us-east-1.amazonaws.com/manual and https://app.datadoghq.com.\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["facts", str(top), "--format", "json", "--no-config"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("name", CASES)
def test_it_places_nothing(facts: dict[str, Any], name: str) -> None:
    (resource,) = (
        each
        for each in facts["resources"]
        if each["path"] == f"{name.replace(' ', '-')}/api.yaml"
    )
    assert [each["class"] for each in resource["data"]] == ["health"]
    (placement,) = resource["placements"]
    assert (placement["role"], placement["provider"], placement["region"]) == (
        "compute",
        None,
        None,
    )
    for fact in ("provider", "region", "country"):
        assert placement["unknown"][fact].startswith("no-evidence")
    assert placement["among"] == {}


def test_nothing_flows_anywhere(facts: dict[str, Any]) -> None:
    assert facts["flows"] == []
    (notes,) = (each for each in facts["resources"] if each["path"] == "notes.yaml")
    assert [(each["role"], each["provider"]) for each in notes["placements"]] == [
        ("config", None)
    ]
    assert facts["failures"] == []
