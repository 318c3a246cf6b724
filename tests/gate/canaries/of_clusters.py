"""Repositories of what runs in containers: manifests, Kustomize, Helm, Compose."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping

from tests.gate.canaries.kinds import lines, settings
from tests.gate.canaries.writing import Repository, as_json, block, named


def _workload(name: str, container: Mapping[str, object], **more: object) -> str:
    spec = {"containers": [{"name": "a", "image": "acme/a", **container}], **more}
    template = {"metadata": {"labels": {"app": name}}, "spec": spec}
    return as_json(
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": {"template": template}}
    )  # fmt: skip


def _object(kind: str, name: str, **more: object) -> str:
    return as_json({"apiVersion": "v1", "kind": kind, "metadata": {"name": name}, **more})


def kubernetes() -> Repository:
    encoded = {name: b64encode(value.encode()).decode() for name, value in settings("p4")}
    sources = [
        {"configMapRef": {"name": "c"}},
        {"secretRef": {"name": "s"}},
        {"secretRef": {"name": "b"}},
    ]
    given = "\n---\n".join(
        _workload(f"given{at}", {"envFrom": [each]}) for at, each in enumerate(sources)
    )
    probe = {"exec": {"command": ["sh", "-c", "; ".join(lines("p7"))]}}
    plain = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n" + block(
        (f"{name}: {as_json(value)}" for name, value in settings("p3")), 2
    )
    return Repository(
        {
            "direct.yaml": _workload("direct", {"env": named("p1")}) + "\n---\n" + given + "\n---\n"
            + _object("ConfigMap", "c", data=dict(settings("p2"))) + "\n---\n" + plain + "---\n"
            + "apiVersion: v1\ndata:\n" + block((f"{n}: {v}" for n, v in encoded.items()), 2)
            + "kind: Secret\nmetadata: {name: b}\n",
            "args.yaml": "---\n".join(
                _workload(f"a{number}", {"command": ["sh", "-c", line]}) + "\n"
                for number, line in enumerate(lines("p5"))
            ),
            "lifecycle.yaml": _workload("probed", {"livenessProbe": probe, "lifecycle": {"postStart": probe}}),
            "file.yaml": _object("ConfigMap", "f", data={"run.sh": "#!/bin/sh\n" + "\n".join(lines("p6")) + "\n"})
            + "\n---\n"
            + _workload(
                "scripted", {"command": ["sh", "/s/run.sh"], "volumeMounts": [{"name": "s", "mountPath": "/s"}]},
                volumes=[{"name": "s", "configMap": {"name": "f"}}],
            ),
            "odd.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: 'token=hunter920x', annotations: "
            "{sovlint.dev/data: 'password=hunter921x'}}\n"
            "spec: {type: ExternalName, externalName: 'u:hunter922x@ext.acme.com'}\n",
            "listed.yaml": _workload("listed", {"command": [
                "curl", "-d", "x", "--password", "hunter924x", "-H", "X-Acme: hunter925x", "-u", "admin:hunter926x",
                "https://listed.acme.com/x",
            ]}).replace(", ", ",\n  "),
            "broken.yaml": "apiVersion: v1\nkind: Secret\nstringData: {password: hunter923x\n",
        },
        ("p1", "p2"),
        ("p5", "p6"),
    )  # fmt: skip


def kustomize() -> Repository:
    literals = [f"{name}={value}" for name, value in settings("p1")]
    secrets = [f"{name}={value}" for name, value in settings("p2")]
    patch = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d"}}
    container = {"name": "a", "env": named("p3")}
    return Repository(
        {
            "kustomization.yaml": "resources: [d.yaml]\nconfigMapGenerator:\n- name: c\n  literals:\n"
            + block((f"- {as_json(each)}" for each in literals), 2)
            + "secretGenerator:\n- name: s\n  literals:\n" + block((f"- {as_json(each)}" for each in secrets), 2)
            + "- name: e\n  envs: [given.env]\npatches:\n- path: patch.yaml\n",
            "given.env": block((f"{name}={value}" for name, value in settings("p4")), 0),
            "patch.yaml": as_json({**patch, "spec": {"template": {"spec": {"containers": [container]}}}}),
            "d.yaml": "\n---\n".join([_workload("d", {}), *(
                _workload(f"given{at}", {"envFrom": [each]}) for at, each in enumerate([
                    {"configMapRef": {"name": "c"}}, {"secretRef": {"name": "s"}}, {"secretRef": {"name": "e"}}
                ])
            )]),
        },
        ("p1", "p3", "p4"),
    )  # fmt: skip


CHART_TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  template:
    spec:
      containers:
        - name: a
          image: acme/a
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | toString | quote }}
            {{- end }}
"""


def helm() -> Repository:
    release = {
        "apiVersion": "helm.toolkit.fluxcd.io/v2",
        "kind": "HelmRelease",
        "metadata": {"name": "r"},
    }
    source = {"kind": "HelmRepository", "name": "acme"}
    application = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": "a"},
    }
    return Repository(
        {
            "chart/Chart.yaml": "apiVersion: v2\nname: acme\nversion: 1.0.0\n",
            "chart/values.yaml": "env:\n" + block((f"{n}: {as_json(v)}" for n, v in settings("p1")), 2),
            "chart/templates/d.yaml": CHART_TEMPLATE,
            "release.yaml": as_json({**release, "spec": {
                "chart": {"spec": {"chart": "a", "sourceRef": source}}, "values": {"env": dict(settings("p2"))},
            }}),
            "application.yaml": as_json({**application, "spec": {
                "source": {"chart": "a", "repoURL": "https://u:hunter930x@charts.acme.com", "targetRevision": "1.0.0",
                           "helm": {"valuesObject": {"env": dict(settings("p3"))},
                                    "parameters": [{"name": "password", "value": "hunter931x"}]}},
                "destination": {"server": "https://u:hunter932x@cluster.acme.com", "namespace": "a"},
            }}),
        },
        ("p1", "p2", "p3"),
    )  # fmt: skip


def compose() -> Repository:
    services = {
        "mapped": {"image": "acme/a", "environment": dict(settings("p1"))},
        "listed": {"image": "acme/a", "environment": [f"{name}={value}" for name, value in settings("p2")]},
        "filed": {"image": "acme/a", "env_file": ["given.env"]},
        "built": {"image": "acme/a", "build": {
            "context": "https://u:hunter940x@git.acme.com/a.git", "args": {"NPM_TOKEN": "hunter941x"}
        }},
    }  # fmt: skip
    commands = {
        f"c{number}": {"image": "acme/a", "command": ["sh", "-c", line.replace("$", "$$")]}
        for number, line in enumerate(lines("p4"))
    }
    text = json.dumps({"services": {**services, **commands}}, indent=1, ensure_ascii=False)
    return Repository(
        {
            "compose.yaml": text,
            "given.env": block((f"{name}={value}" for name, value in settings("p3")), 0),
        },
        ("p1", "p2", "p3"),
        ("p4",),
    )
